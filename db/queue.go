package db

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

const queueColumns = `q.id, q.version, q.lies_with, q.state, q.kind, q.more, q.why, q.at_risk, q.rank, q.next_what, q.next_at,
	q.store, q.store_name, q.store_name_en, q.order_id, q.order_no, q.order_state, q.product_name, q.product_name_en, q.unit, q.unit_en,
	q.holder, q.holder_name, q.holder_name_en, q.claimed_at, q.lease_until, q.claim_no, q.draft, q.attempts, q.snooze_until,
	q.opened_at, q.closed_at, coalesce(q.parent, 0) AS parent, q.cause, q.members, q.members_open, q.stores, q.complaint,
	(SELECT e.near_at FROM cleardesk.case_due e WHERE e.case_id = q.id) AS near_at,
	(SELECT e.due_at FROM cleardesk.case_due e WHERE e.case_id = q.id) AS due_at`

type queueRow struct {
	ID           int64
	Version      int64
	LiesWith     string `db:"lies_with"`
	State, Kind  string
	More         int
	Why          []byte
	AtRisk       domain.Money `db:"at_risk"`
	Rank         float64
	NextWhat     *string    `db:"next_what"`
	NextAt       *time.Time `db:"next_at"`
	Store        string
	StoreName    string `db:"store_name"`
	StoreNameEn  string `db:"store_name_en"`
	OrderID      int64  `db:"order_id"`
	OrderNo      string `db:"order_no"`
	OrderState   string `db:"order_state"`
	ProductName  string `db:"product_name"`
	ProductEn    string `db:"product_name_en"`
	Unit         string
	UnitEn       string `db:"unit_en"`
	Holder       *string
	HolderName   *string    `db:"holder_name"`
	HolderNameEn *string    `db:"holder_name_en"`
	ClaimedAt    *time.Time `db:"claimed_at"`
	LeaseUntil   *time.Time `db:"lease_until"`
	ClaimNo      int64      `db:"claim_no"`
	Draft        bool
	Attempts     int
	SnoozeUntil  *time.Time `db:"snooze_until"`
	OpenedAt     time.Time  `db:"opened_at"`
	ClosedAt     *time.Time `db:"closed_at"`
	Parent       int64
	Cause        string
	Members      int
	MembersOpen  int `db:"members_open"`
	Stores       int
	Complaint    string
	NearAt       *time.Time `db:"near_at"`
	DueAt        *time.Time `db:"due_at"`
}

func (r queueRow) toDomain() (domain.QueueRow, error) {
	out := domain.QueueRow{
		Case: domain.CaseID(r.ID), Version: r.Version, With: domain.Department(r.LiesWith), State: domain.CaseState(r.State),
		Kind: domain.Kind(r.Kind), More: r.More, AtRisk: r.AtRisk, Rank: r.Rank, NextAt: r.NextAt, NearAt: r.NearAt, DueAt: r.DueAt,
		Store: domain.StoreCode(r.Store), StoreName: r.StoreName, StoreNameEn: r.StoreNameEn,
		OrderID: domain.OrderID(r.OrderID), OrderNo: domain.OrderNo(r.OrderNo), OrderState: domain.OrderState(r.OrderState),
		ProductName: r.ProductName, ProductNameEn: r.ProductEn, Unit: r.Unit, UnitEn: r.UnitEn,
		Draft: r.Draft, Attempts: r.Attempts, Until: r.SnoozeUntil, OpenedAt: r.OpenedAt, ClosedAt: r.ClosedAt,
		Parent: domain.CaseID(r.Parent), Cause: r.Cause, Members: r.Members, MembersOpen: r.MembersOpen, Stores: r.Stores, Complaint: r.Complaint,
	}
	if r.NextWhat != nil {
		out.Next = domain.MomentKind(*r.NextWhat)
	}
	if r.Holder != nil {
		out.Holder = &domain.Holder{
			Login: domain.Login(*r.Holder), Name: deref(r.HolderName), NameEn: deref(r.HolderNameEn), Since: *r.ClaimedAt,
			Until: *r.LeaseUntil, No: domain.ClaimNo(r.ClaimNo),
		}
	}
	if err := json.Unmarshal(r.Why, &out.Why); err != nil {
		return out, domain.Errorf(domain.Internal, "read queue", "evidence of case %d: %v", r.ID, err)
	}
	return out, nil
}

func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// QueuePage reads up to limit rows after a place (nil: from the top) in the
// queue's order, cases and tasks, with what the filter hides. A filter by words looks through the
// first domain.FilterReach cases. Closed ones have no place in the queue: they come
// after the others, the newest first, and can only be read from the top.
func (s *Store) QueuePage(ctx context.Context, f domain.QueueFilter, after *domain.QueueKey, limit int) (domain.QueuePage, error) {
	tasks, err := s.Tasks(ctx, f.With)
	if err != nil {
		return domain.QueuePage{}, err
	}
	without := shownOnce(f, tasks)
	where, args := queueWhere(f)
	where += notOffered("c", without)
	if after != nil {
		where += ` AND (c.rank, c.id) > ($` + itoa(len(args)+1) + `, $` + itoa(len(args)+2) + `)`
		args = append(args, after.Rank, int64(after.Row))
	}
	args = append(args, limit)
	// The rows are chosen in the narrow table first and only those are joined.
	query := `WITH hit AS MATERIALIZED (SELECT c.id FROM ` + queueSource(f) + ` c WHERE ` + where + `
			ORDER BY ` + queueOrder(f, "c") + ` LIMIT $` + itoa(len(args)) + `)
		SELECT ` + queueColumns + ` FROM hit JOIN cleardesk.queue q USING (id) ORDER BY ` + queueOrder(f, "q")
	page := domain.QueuePage{}
	rows, err := s.queueRows(ctx, query, args...)
	if err != nil {
		return page, err
	}
	page.Rows = rows
	if err := s.countQueue(ctx, f, offeredNow(tasks), without, &page); err != nil {
		return page, err
	}
	if err := s.addBusy(ctx, page.Rows); err != nil {
		return page, err
	}
	addTasks(tasks, f, after, limit, &page)
	return page, nil
}

func (s *Store) queueRows(ctx context.Context, query string, args ...any) ([]domain.QueueRow, error) {
	var rows []queueRow
	if err := s.db.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fail(ctx, "read queue", err)
	}
	out := make([]domain.QueueRow, len(rows))
	for i, r := range rows {
		row, err := r.toDomain()
		if err != nil {
			return nil, err
		}
		out[i] = row
	}
	return out, nil
}

// queueSource is the cases, or its first reach rows where words have to be
// looked for in each.
func queueSource(f domain.QueueFilter) string {
	if len(f.Words) == 0 {
		return `cleardesk.cases`
	}
	state := `state = 'open'`
	switch f.States {
	case domain.SnoozedOnly:
		state = `state = 'snoozed'`
	case domain.ClosedToo:
		state = `state IN ('open', 'snoozed', 'closed')`
	case domain.OpenOnly:
	}
	return `(SELECT n.* FROM cleardesk.cases n WHERE n.lies_with = $1 AND ` + queueTop(f, "n") + ` AND n.` + state + ` ORDER BY ` + queueOrder(f, "n") +
		` LIMIT ` + itoa(domain.FilterReach) + `)`
}

// queueTop leaves the members of a cause to its row, but for what a person holds: a
// member that is theirs stands by itself, unless the whole cause is theirs.
func queueTop(f domain.QueueFilter, of string) string {
	if f.Holding != domain.Mine {
		return of + `.parent IS NULL`
	}
	return `(` + of + `.parent IS NULL OR NOT EXISTS (SELECT FROM cleardesk.cases cause WHERE cause.id = ` + of + `.parent AND cause.holder = cleardesk.me()))`
}

// queueOrder is the order of the rows of a table or view: that of the stored rank,
// which is the index's. The rank of a closed case is that of the day it was closed.
func queueOrder(f domain.QueueFilter, of string) string {
	if f.States != domain.ClosedToo {
		return of + `.rank, ` + of + `.id`
	}
	return `(` + of + `.state = 'closed'), CASE ` + of + `.state WHEN 'closed' THEN -extract(epoch FROM ` + of + `.closed_at)::float8 ELSE ` +
		of + `.rank END, ` + of + `.id`
}

// kindArray is kinds as the database takes them.
func kindArray(kinds []domain.Kind) pq.StringArray {
	out := make(pq.StringArray, len(kinds))
	for i, k := range kinds {
		out[i] = string(k)
	}
	return out
}

// Whether a case's order is still here, or has left, as domain.QueueRow.WhoCan has it; of
// a case without an order neither.
const (
	here = `EXISTS (SELECT FROM cleardesk.orders o WHERE o.id = c.order_id AND o.state IN ('placed', 'accepted', 'allocated'))`
	left = `EXISTS (SELECT FROM cleardesk.orders o WHERE o.id = c.order_id AND o.state NOT IN ('placed', 'accepted', 'allocated'))`
)

// queueWhere gives the conditions of a filter; the department is always $1.
func queueWhere(f domain.QueueFilter) (string, []any) {
	w := []string{`c.lies_with = $1`, queueTop(f, "c")}
	args := []any{string(f.With)}
	add := func(cond string, arg any) {
		args = append(args, arg)
		w = append(w, strings.ReplaceAll(cond, "$?", "$"+itoa(len(args))))
	}
	switch f.States {
	case domain.OpenOnly:
		w = append(w, `c.state = 'open'`)
	case domain.SnoozedOnly:
		w = append(w, `c.state = 'snoozed'`)
	case domain.ClosedToo:
	}
	for _, word := range f.Words {
		add(`position($? in c.search) > 0`, strings.ToLower(word))
	}
	if len(f.Kinds) > 0 {
		add(`c.kind = ANY ($?)`, kindArray(f.Kinds))
	}
	if f.Store != "" {
		add(`c.store = $?`, string(f.Store))
	}
	switch f.Holding {
	case domain.Free:
		w = append(w, `c.holder IS NULL`)
	case domain.Mine:
		w = append(w, `c.holder = cleardesk.me()`)
	case domain.Others:
		w = append(w, `c.holder <> cleardesk.me()`)
	case domain.AnyHolding:
	}
	switch f.Who {
	case domain.StoreCan:
		w = append(w, `c.next_what = 'window_close' AND NOT `+left)
	case domain.WeCan:
		w = append(w, `(c.next_what IN ('picking', 'departure') AND NOT `+left+` OR c.next_what IS DISTINCT FROM 'window_close' AND `+here+`)`)
	case domain.ReceiptOnly:
		w = append(w, `(`+left+` OR (c.next_what IS NULL OR c.next_what NOT IN ('window_close', 'picking', 'departure')) AND NOT `+here+`)`)
	}
	return strings.Join(w, " AND "), args
}

// countQueue fills in what is shown and hidden, and the hidden case that is more
// urgent than the first row.
func (s *Store) countQueue(ctx context.Context, f domain.QueueFilter, offered, without []int64, page *domain.QueuePage) error {
	var n struct {
		Total int
		Now   time.Time
	}
	err := s.db.GetContext(ctx, &n, `
		SELECT count(*) AS total, now() AS now
		FROM (SELECT FROM cleardesk.cases c WHERE lies_with = $1 AND state = 'open' AND parent IS NULL`+notOffered("c", offered)+` LIMIT $2) c`,
		string(f.With), domain.MaxCount)
	if err != nil {
		return fail(ctx, "count queue", err)
	}
	page.Total, page.Shown, page.ReadAt = n.Total, n.Total, n.Now
	if !f.Narrow() && f.States == domain.OpenOnly {
		return nil
	}
	where, args := queueWhere(f)
	where += notOffered("c", without)
	args = append(args, domain.MaxCount)
	err = s.db.GetContext(ctx, &page.Shown, `
		SELECT count(*) FROM (SELECT FROM `+queueSource(f)+` c WHERE `+where+` LIMIT $`+itoa(len(args))+`) hits`, args...)
	if err != nil {
		return fail(ctx, "count queue", err)
	}
	return s.findUrgent(ctx, f, offered, page)
}

func (s *Store) findUrgent(ctx context.Context, f domain.QueueFilter, offered []int64, page *domain.QueuePage) error {
	first, err := s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q
		WHERE q.lies_with = $1 AND q.state = 'open' AND q.parent IS NULL`+notOffered("q", offered)+` ORDER BY q.rank, q.id LIMIT 1`, string(f.With))
	if err != nil || len(first) == 0 {
		return err
	}
	if len(page.Rows) == 0 || first[0].Rank < page.Rows[0].Rank {
		page.Urgent = &first[0]
	}
	return nil
}

// addBusy says of each row who else is at work with its store, and what the holder
// is doing.
func (s *Store) addBusy(ctx context.Context, rows []domain.QueueRow) error {
	if len(rows) == 0 {
		return nil
	}
	stores := make(pq.StringArray, len(rows))
	for i, r := range rows {
		stores[i] = string(r.Store)
	}
	var busy []struct {
		Store, Login, Name, Doing string
		NameEn                    string `db:"name_en"`
		CaseID                    *int64 `db:"case_id"`
		Since                     time.Time
	}
	err := s.db.SelectContext(ctx, &busy, `
		SELECT c.store, c.holder AS login, h.name, h.name_en, c.id AS case_id, c.claimed_at AS since, coalesce(p.doing, '') AS doing
		FROM cleardesk.cases c
		JOIN cleardesk.staff h ON h.login = c.holder
		LEFT JOIN cleardesk.presence p ON p.login = c.holder AND p.case_id = c.id AND p.at > now() - $2 * interval '1 second'
		WHERE c.store = ANY ($1) AND c.holder IS NOT NULL AND c.state <> 'closed'
		ORDER BY c.claimed_at`, stores, atDesk.Seconds())
	if err != nil {
		return fail(ctx, "read who is busy", err)
	}
	for i := range rows {
		r := &rows[i]
		for _, b := range busy {
			switch {
			case b.Store != string(r.Store):
			case deref(b.CaseID) == int64(r.Case):
				r.Doing = b.Doing
			case r.Holder == nil || string(r.Holder.Login) != b.Login:
				r.Busy = append(r.Busy, domain.Holder{Login: domain.Login(b.Login), Name: b.Name, NameEn: b.NameEn, Since: b.Since})
			}
		}
	}
	return nil
}
