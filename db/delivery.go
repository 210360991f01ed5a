package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// DeliveryDay reads the daily check of a business day (§4.4.1).
func (s *Store) DeliveryDay(ctx context.Context, day time.Time) (domain.DeliveryDay, error) {
	y, m, n := day.Date()
	d := domain.DeliveryDay{Day: time.Date(y, m, n, 0, 0, 0, 0, time.UTC), Lines: map[domain.DayLine]domain.DayCount{}}
	err := s.steady(ctx, "read deliveries", func(tx *sqlx.Tx) error {
		for _, read := range []func(context.Context, *sqlx.Tx, *domain.DeliveryDay) error{readDayHead, readDaySums, readDayRows, readSilent, readDaysBefore} {
			if err := read(ctx, tx, &d); err != nil {
				return err
			}
		}
		return nil
	})
	d.Price()
	d.Sort()
	return d, err
}

func readDayHead(ctx context.Context, tx *sqlx.Tx, d *domain.DeliveryDay) error {
	var head struct {
		Closes    time.Time
		SignBy    time.Time `db:"sign_by"`
		ReadAt    time.Time `db:"read_at"`
		Until     time.Time
		CountedAt *time.Time `db:"counted_at"`
	}
	err := tx.GetContext(ctx, &head, `
		SELECT cleardesk.day_at($1, cleardesk.platform_clock('window.closes', '15:00')) AS closes,
		       cleardesk.day_at($1, cleardesk.platform_clock('deliver.sign_by', '18:30')) AS sign_by, now() AS read_at,
		       cleardesk.day_at($1, cleardesk.platform_clock('picking.until', '18:00')) AS until,
		       (SELECT t.counted_at FROM cleardesk.day_total t WHERE t.day = $1 ORDER BY t.id DESC LIMIT 1) AS counted_at`, dateArg(d.Day))
	d.Closes, d.SignBy, d.Until, d.ReadAt, d.CountedAt = head.Closes, head.SignBy, head.Until, head.ReadAt, head.CountedAt
	return err
}

func readDaySums(ctx context.Context, tx *sqlx.Tx, d *domain.DeliveryDay) error {
	var rows []struct {
		Line   string
		Orders int
		Amount domain.Money
	}
	err := tx.SelectContext(ctx, &rows, `SELECT line, orders, amount FROM cleardesk.delivery_sums($1)`, dateArg(d.Day))
	for _, r := range rows {
		c := domain.DayCount{Orders: r.Orders, Amount: r.Amount}
		switch r.Line {
		case "platform":
			d.Platform = &c
		case "here":
			d.Here = c
		case "later":
			d.Later = c
		case "changed":
			d.Changed = c
		case "made":
			d.Made = c
		case "reordered":
			d.Reordered = c
		default:
			d.Lines[domain.DayLine(r.Line)] = c
		}
	}
	return err
}

type deliveryRow struct {
	What, No      string
	OrderID       int64 `db:"order_id"`
	Store, Name   string
	NameEn        string `db:"name_en"`
	Amount        domain.Money
	Many          int
	Latest        *time.Time
	After, Before string
	Reason, About string
	IsOpen        bool       `db:"is_open"`
	AcceptedAt    *time.Time `db:"accepted_at"`
	ReleasedAt    *time.Time `db:"released_at"`
	PlanDue       *time.Time `db:"plan_due"`
	CaseID        int64      `db:"case_id"`
	Kind, With    string
	Holder        string
	HolderEn      string `db:"holder_en"`
	Attempts      int
	Goes          *string
	Dept, Note    string
	Due           *time.Time
	By            string
	ByName        string `db:"by_name"`
	ByNameEn      string `db:"by_name_en"`
	At            *time.Time
}

func readDayRows(ctx context.Context, tx *sqlx.Tx, d *domain.DeliveryDay) error {
	var rows []deliveryRow
	err := tx.SelectContext(ctx, &rows, `
		SELECT r.what, r.no, coalesce(r.order_id, 0) AS order_id, coalesce(r.store, '') AS store, coalesce(t.name, '') AS name,
		       coalesce(t.name_en, '') AS name_en, coalesce(o.total, 0) AS amount, r.many, r.latest, coalesce(r.after, '') AS after,
		       coalesce(r.before, '') AS before, coalesce(r.reason, '') AS reason, coalesce(r.about, '') AS about, r.is_open, o.accepted_at,
		       (SELECT max(h.released_at) FROM cleardesk.hold h WHERE h.order_id = o.id) AS released_at,
		       (SELECT x.due FROM cleardesk.delivery_plan x WHERE x.order_id = o.id ORDER BY x.id DESC LIMIT 1) AS plan_due,
		       coalesce(c.id, 0) AS case_id, coalesce(c.kind::text, '') AS kind, coalesce(c.lies_with::text, '') AS "with",
		       coalesce(h.name, '') AS holder, coalesce(h.name_en, '') AS holder_en, coalesce(c.attempts, 0) AS attempts,
		       m.goes, coalesce(m.dept::text, '') AS dept, coalesce(m.note, '') AS note, m.due, coalesce(m.by_login, '') AS by,
		       coalesce(p.name, '') AS by_name, coalesce(p.name_en, '') AS by_name_en, m.at
		FROM cleardesk.delivery_rows($1) r
		LEFT JOIN cleardesk.orders o ON o.id = r.order_id LEFT JOIN cleardesk.store t ON t.code = r.store
		LEFT JOIN LATERAL (SELECT * FROM cleardesk.cases k WHERE k.order_id = o.id AND k.state <> 'closed' ORDER BY k.rank, k.id LIMIT 1) c ON true
		LEFT JOIN cleardesk.staff h ON h.login = c.holder
		LEFT JOIN cleardesk.day_mark m ON m.id = r.mark LEFT JOIN cleardesk.staff p ON p.login = m.by_login
		ORDER BY r.what, r.no`, dateArg(d.Day))
	for i := range rows {
		d.Rows = append(d.Rows, rows[i].toDomain())
	}
	return err
}

func (r *deliveryRow) toDomain() domain.DeliveryRow {
	out := domain.DeliveryRow{
		What: domain.RowWhat(r.What), No: domain.OrderNo(r.No), Order: domain.OrderID(r.OrderID), Store: domain.StoreCode(r.Store),
		Name: r.Name, NameEn: r.NameEn, Amount: r.Amount, Many: r.Many, Latest: deref(r.Latest), After: domain.OrderNo(r.After),
		Before: domain.OrderNo(r.Before), Refused: r.Reason, About: r.About, Accepted: r.AcceptedAt, Released: r.ReleasedAt,
		Case: domain.CaseID(r.CaseID), Kind: domain.Kind(r.Kind), With: domain.Department(r.With), Holder: r.Holder, HolderEn: r.HolderEn,
		Attempts: r.Attempts, Open: r.IsOpen, Scheduled: r.PlanDue,
	}
	if r.Goes != nil {
		out.Mark = &domain.DayMark{
			Goes: domain.Goes(*r.Goes), Dept: domain.Department(r.Dept), Due: r.Due, Note: r.Note, By: domain.Login(r.By),
			Name: r.ByName, NameEn: r.ByNameEn, At: deref(r.At),
		}
	}
	return out
}

// readSilent reads the stores that have not ordered, each with the day's last call to it.
func readSilent(ctx context.Context, tx *sqlx.Tx, d *domain.DeliveryDay) error {
	var rows []struct {
		Store, Name string
		NameEn      string `db:"name_en"`
		Times       int
		Usual       domain.Money
		Called      *time.Time
		Reached     bool
		Said        string
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT x.store, t.name, t.name_en, x.times, x.usual, c.at AS called, coalesce(c.outcome = 'reached', false) AS reached,
		       coalesce(c.said_text, '') AS said
		FROM cleardesk.delivery_silent($1) x JOIN cleardesk.store t ON t.code = x.store
		LEFT JOIN LATERAL (SELECT * FROM cleardesk.call_record k WHERE k.store = x.store AND k.at >= cleardesk.day_at($1, '00:00')
		    AND k.at < cleardesk.day_at($1::date + 1, '00:00') ORDER BY k.at DESC LIMIT 1) c ON true
		ORDER BY x.times DESC, x.usual DESC, x.store`, dateArg(d.Day))
	for _, r := range rows {
		d.Silent = append(d.Silent, domain.SilentStore{
			Store: domain.StoreCode(r.Store), Name: r.Name, NameEn: r.NameEn, Times: r.Times, Usual: r.Usual, Called: r.Called,
			Reached: r.Reached, Said: r.Said,
		})
	}
	return err
}

// daysBefore is how many of the days before are read.
const daysBefore = 7

// readDaysBefore reads who signed the day and those before it that had orders.
func readDaysBefore(ctx context.Context, tx *sqlx.Tx, d *domain.DeliveryDay) error {
	var rows []struct {
		Day    time.Time
		By     *string `db:"by_login"`
		Name   *string
		NameEn *string    `db:"name_en"`
		At     *time.Time `db:"at"`
		Missed *int
		Nos    []byte `db:"missed_nos"`
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT x.day, g.by_login, p.name, p.name_en, g.at, g.missed, g.missed_nos
		FROM (SELECT $1::date - i AS day FROM generate_series(0, $2::integer) i) x
		LEFT JOIN cleardesk.day_signed g ON g.day = x.day LEFT JOIN cleardesk.staff p ON p.login = g.by_login
		WHERE g.day IS NOT NULL OR EXISTS (SELECT FROM cleardesk.orders o WHERE o.business_day = x.day AND NOT o.history) ORDER BY x.day DESC`,
		dateArg(d.Day), daysBefore)
	if err != nil {
		return err
	}
	for _, r := range rows {
		one := domain.DaySigned{
			Day: r.Day.UTC(), By: domain.Login(deref(r.By)), Name: deref(r.Name), NameEn: deref(r.NameEn), At: deref(r.At), Many: deref(r.Missed),
		}
		if r.Nos != nil {
			if err := json.Unmarshal(r.Nos, &one.Missed); err != nil {
				return &domain.Error{Code: domain.Internal, Op: "read signed day", Err: err}
			}
		}
		switch {
		case !one.Day.Equal(d.Day):
			d.Days = append(d.Days, one)
		case one.By != "":
			d.Signed = &one
		}
	}
	return nil
}

// DeliveriesOpen counts the rows of a day that have no destination yet.
func (s *Store) DeliveriesOpen(ctx context.Context, day time.Time) (int, error) {
	var n int
	err := s.db.GetContext(ctx, &n, `SELECT cleardesk.delivery_open($1)`, dateArg(day))
	return n, fail(ctx, "count deliveries", err)
}

// PlanDelivery schedules an order, or does it anew; the store is promised the time.
// Forbidden: the caller is not logistics. Conflict: it is not accepted, has arrived, or is
// held as a whole. Invalid: the time is not within the next 31 days.
func (s *Store) PlanDelivery(ctx context.Context, op uuid.UUID, p domain.PlannedDelivery) error {
	return s.act(ctx, nil, "plan_delivery", op, int64(p.Order), string(p.How), p.Due, p.Note)
}

// MarkRow gives a row of the daily check its destination; what another department takes
// becomes its task. Conflict: the row is none any more, or the day is signed. Invalid: it
// is no destination of such a row, or a note, time or department is wanting.
func (s *Store) MarkRow(ctx context.Context, op uuid.UUID, m domain.RowMark) error {
	var dept *string
	if m.Dept != "" {
		d := string(m.Dept)
		dept = &d
	}
	var due *time.Time
	if !m.Due.IsZero() {
		due = &m.Due
	}
	return s.act(ctx, nil, "mark_row", op, dateArg(m.Day), string(m.What), string(m.No), string(m.Goes), dept, due, m.Note)
}

// SignDay signs a day off as it was seen. Conflict: rows have no destination yet (Detail:
// left), the day is another by now, or it is signed. Invalid: its window is open.
func (s *Store) SignDay(ctx context.Context, op uuid.UUID, day time.Time, seen domain.DaySeen) error {
	raw, err := jsonArg(seen)
	if err != nil {
		return err
	}
	return s.act(ctx, nil, "sign_day", op, dateArg(day), raw)
}
