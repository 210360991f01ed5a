package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// OrderFile reads all there is to know about an order. NotFound: there is none.
func (s *Store) OrderFile(ctx context.Context, id domain.OrderID) (domain.OrderFile, error) {
	var f domain.OrderFile
	var err error
	if f.Order, err = s.order(ctx, id); err != nil {
		return f, err
	}
	for _, part := range []func(context.Context, *domain.OrderFile) error{
		s.readAround, s.readLinks, s.readFound, s.readCasesOf, s.readClaims, s.readTalks, s.readNotes, s.readRecords, s.readTold,
	} {
		if err := part(ctx, &f); err != nil {
			return f, err
		}
	}
	return f, nil
}

// readAround reads the store, the products and the moments.
func (s *Store) readAround(ctx context.Context, f *domain.OrderFile) error {
	err := s.db.QueryRowContext(ctx, `SELECT accepted_at, now() FROM cleardesk.orders WHERE id = $1`, int64(f.Order.ID)).
		Scan(&f.AcceptedAt, &f.ReadAt)
	if err != nil {
		return fail(ctx, "read order", err)
	}
	if f.Store, err = s.store(ctx, f.Order.Store); err != nil {
		return err
	}
	if f.Products, err = s.productsOf(ctx, f.Order.ID); err != nil {
		return err
	}
	settings, err := s.Settings(ctx)
	f.Moments = settings.Calendar().Moments(f.Order.PlacedAt)
	return err
}

// LinksQuery finds what order $1 points to, and what points to it.
const LinksQuery = `
	(SELECT l.id, l.order_no, o.link, false AS later, l.state, l.placed_at
	 FROM cleardesk.orders o JOIN cleardesk.orders l ON l.id = o.linked_to WHERE o.id = $1 AND o.link IS NOT NULL)
	UNION ALL
	(SELECT o.id, o.order_no, o.link, true, o.state, o.placed_at FROM cleardesk.orders o
	 WHERE o.linked_to = $1
	 ORDER BY o.placed_at, o.id LIMIT 20)`

func (s *Store) readLinks(ctx context.Context, f *domain.OrderFile) error {
	var err error
	f.Links, err = s.links(ctx, f.Order.ID)
	return err
}

// links reads the order it points to, and those that point to it.
func (s *Store) links(ctx context.Context, order domain.OrderID) ([]domain.OrderLink, error) {
	var rows []struct {
		ID       int64
		OrderNo  string `db:"order_no"`
		Link     string
		Later    bool
		State    string
		PlacedAt time.Time `db:"placed_at"`
	}
	err := s.db.SelectContext(ctx, &rows, LinksQuery, int64(order))
	var out []domain.OrderLink
	for _, r := range rows {
		out = append(out, domain.OrderLink{
			ID: domain.OrderID(r.ID), No: domain.OrderNo(r.OrderNo), Link: domain.Link(r.Link), Later: r.Later,
			State: domain.OrderState(r.State), PlacedAt: r.PlacedAt,
		})
	}
	return out, fail(ctx, "read links of order", err)
}

// readFound reads the anomalies of the order and their holds.
func (s *Store) readFound(ctx context.Context, f *domain.OrderFile) error {
	var rows []struct {
		anomalyRow
		CaseID     int64      `db:"case_id"`
		HoldID     *int64     `db:"hold_id"`
		HoldLine   *int       `db:"hold_line"`
		PlacedAt   *time.Time `db:"placed_at"`
		Pending    *bool
		ReleasedAt *time.Time `db:"released_at"`
		ReleasedBy *string    `db:"released_by"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT a.id, a.case_id, a.kind, a.order_id, a.line_no, a.evidence, a.at_risk, a.hard, a.blocks, a.raised_at, a.outcome, a.closed_at,
		       h.id AS hold_id, h.line_no AS hold_line, h.placed_at, h.pending, h.released_at, h.released_by
		FROM cleardesk.anomaly a LEFT JOIN cleardesk.hold h ON h.anomaly_id = a.id
		WHERE a.order_id = $1 ORDER BY a.closed_at IS NOT NULL, a.at_risk DESC, a.id, h.id LIMIT 200`, int64(f.Order.ID))
	if err != nil {
		return fail(ctx, "read anomalies of order", err)
	}
	for _, r := range rows {
		a, err := r.toDomain(domain.CaseID(r.CaseID))
		if err != nil {
			return err
		}
		if n := len(f.Anomalies); n == 0 || f.Anomalies[n-1].ID != a.ID { // one that was taken back is held again
			f.Anomalies = append(f.Anomalies, a)
		}
		if r.HoldID != nil {
			f.Holds = append(f.Holds, domain.Hold{
				ID: domain.HoldID(*r.HoldID), Line: deref(r.HoldLine), Anomaly: a.ID, Kind: a.Kind, PlacedAt: deref(r.PlacedAt),
				Pending: deref(r.Pending), ReleasedAt: r.ReleasedAt, ReleasedBy: deref(r.ReleasedBy),
			})
		}
	}
	return nil
}

// readCasesOf reads the cases the order is in, its own and those of one cause.
func (s *Store) readCasesOf(ctx context.Context, f *domain.OrderFile) error {
	var err error
	f.Cases, err = s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q
		WHERE q.id IN (SELECT id FROM cleardesk.cases WHERE order_id = $1 UNION SELECT case_id FROM cleardesk.anomaly WHERE order_id = $1)
		ORDER BY q.id LIMIT 50`, int64(f.Order.ID))
	return err
}

func casesOf(f *domain.OrderFile) pq.Int64Array {
	ids := make(pq.Int64Array, len(f.Cases))
	for i, c := range f.Cases {
		ids[i] = int64(c.Case)
	}
	return ids
}

func (s *Store) readClaims(ctx context.Context, f *domain.OrderFile) error {
	var rows []struct {
		CaseID  int64 `db:"case_id"`
		ClaimNo int64 `db:"claim_no"`
		At      time.Time
		What    string
		Holder  string
		Name    string
		NameEn  string `db:"name_en"`
		Why     string
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT * FROM (SELECT c.case_id, c.claim_no, c.at, c.what, c.holder, p.name, p.name_en, c.why
		    FROM cleardesk.claim c JOIN cleardesk.staff p ON p.login = c.holder
		    WHERE c.case_id = ANY ($1) ORDER BY c.at DESC, c.claim_no DESC LIMIT 200) x ORDER BY at, claim_no, what`, casesOf(f))
	for _, r := range rows {
		f.Claims = append(f.Claims, domain.CaseClaim{
			Case: domain.CaseID(r.CaseID), No: domain.ClaimNo(r.ClaimNo), At: r.At, What: r.What, By: domain.Login(r.Holder),
			ByName: r.Name, ByNameEn: r.NameEn, Why: r.Why,
		})
	}
	return fail(ctx, "read claims of order", err)
}

// readTalks reads the calls about the order.
func (s *Store) readTalks(ctx context.Context, f *domain.OrderFile) error {
	var rows []struct {
		At        time.Time
		By        string `db:"by_login"`
		Name      string
		NameEn    string `db:"name_en"`
		Outcome   string
		Who, Said string
		Text      string     `db:"said_text"`
		Again     *time.Time `db:"again_at"`
		CaseID    int64      `db:"case_id"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT c.at, c.by_login, p.name, p.name_en, c.outcome, c.who, c.said, c.said_text, c.again_at, min(x.case_id) AS case_id
		FROM cleardesk.call_case x JOIN cleardesk.call_record c ON c.id = x.call_id JOIN cleardesk.staff p ON p.login = c.by_login
		WHERE x.case_id = ANY ($1) GROUP BY c.id, p.login ORDER BY c.at, c.id LIMIT 200`, casesOf(f))
	for _, r := range rows {
		f.Calls = append(f.Calls, domain.StoreCall{
			CallRecord: domain.CallRecord{At: r.At, By: r.By, Outcome: r.Outcome, Who: r.Who, Said: r.Said, Text: r.Text, Again: r.Again},
			ByName:     r.Name, ByNameEn: r.NameEn, Case: domain.CaseID(r.CaseID), OrderNo: f.Order.No,
		})
	}
	return fail(ctx, "read calls of order", err)
}

func (s *Store) readNotes(ctx context.Context, f *domain.OrderFile) error {
	var rows []struct {
		CaseID  int64 `db:"case_id"`
		At      time.Time
		By      string `db:"by_login"`
		Name    string
		NameEn  string `db:"name_en"`
		What    string
		LayWith *string `db:"lay_with"`
		Text    string
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT n.case_id, n.at, coalesce(n.by_login, '') AS by_login, coalesce(p.name, '') AS name, coalesce(p.name_en, '') AS name_en,
		       n.what, n.lay_with, n.text
		FROM cleardesk.case_note n LEFT JOIN cleardesk.staff p ON p.login = n.by_login
		WHERE n.case_id = ANY ($1) ORDER BY n.at, n.id LIMIT 200`, casesOf(f))
	for _, r := range rows {
		f.Notes = append(f.Notes, domain.OrderNote{
			CaseNote: domain.CaseNote{At: r.At, By: r.By, What: r.What, With: domain.Department(deref(r.LayWith)), Text: r.Text},
			Case:     domain.CaseID(r.CaseID), ByName: r.Name, ByNameEn: r.NameEn,
		})
	}
	return fail(ctx, "read notes of order", err)
}

// readTold reads what was told of the order beside itself, and its money beside its lines.
func (s *Store) readTold(ctx context.Context, f *domain.OrderFile) error {
	var err error
	if f.Events, err = s.toldEvents(ctx, `e.order_id = $1`, int64(f.Order.ID)); err != nil {
		return err
	}
	if f.Plans, err = s.plans(ctx, f.Order.ID); err != nil {
		return err
	}
	f.Adjustments, err = s.adjustmentsOf(ctx, f.Order.ID)
	return err
}

// changedRow is what an act changed, as its records keep it.
type changedRow struct {
	Lines    []domain.ResolvedLine `json:"lines"`
	OldTotal domain.Money          `json:"old_total"`
	NewTotal domain.Money          `json:"new_total"`
	Order    domain.OrderState     `json:"order"`
}

// readRecords reads the records of the order's anomalies, oldest first, with what
// their acts changed.
func (s *Store) readRecords(ctx context.Context, f *domain.OrderFile) error {
	records, err := s.records(ctx, `r.anomaly_id IN (SELECT id FROM cleardesk.anomaly WHERE order_id = $1)
		AND r.case_id IN (SELECT case_id FROM cleardesk.anomaly WHERE order_id = $1)`, int64(f.Order.ID))
	if err != nil || len(records) == 0 {
		return err
	}
	ids := make(pq.Int64Array, len(records))
	for i, r := range records {
		ids[i] = int64(r.ID)
	}
	var rows []struct {
		ID      int64
		CaseID  int64 `db:"case_id"`
		Changed []byte
		First   bool
	}
	err = s.db.SelectContext(ctx, &rows, `
		SELECT id, case_id, changed, row_number() OVER (PARTITION BY op ORDER BY id) = 1 AS first
		FROM cleardesk.resolution_record WHERE id = ANY ($1)`, ids)
	if err != nil {
		return fail(ctx, "read records of order", err)
	}
	for i := len(records) - 1; i >= 0; i-- {
		out := domain.OrderRecord{ResolutionRecord: records[i]}
		for _, r := range rows {
			if r.ID != int64(out.ID) {
				continue
			}
			var c changedRow
			if err := json.Unmarshal(r.Changed, &c); err != nil {
				return domain.Errorf(domain.Internal, "read records of order", "changes of record %d: %v", r.ID, err)
			}
			out.Case, out.OldTotal, out.Total, out.Left = domain.CaseID(r.CaseID), c.OldTotal, c.NewTotal, c.Order
			if r.First {
				out.Changed = c.Lines
			}
		}
		f.Records = append(f.Records, out)
	}
	return nil
}

func (r anomalyRow) toDomain(id domain.CaseID) (domain.Anomaly, error) {
	a := domain.Anomaly{
		ID: domain.AnomalyID(r.ID), Case: id, Kind: domain.Kind(r.Kind), Order: domain.OrderID(r.OrderID), Line: r.LineNo,
		AtRisk: r.AtRisk, Hard: r.Hard, Blocks: r.Blocks, RaisedAt: r.RaisedAt, Outcome: domain.Outcome(deref(r.Outcome)),
		ClosedAt: r.ClosedAt,
	}
	if err := json.Unmarshal(r.Evidence, &a.Evidence); err != nil {
		return a, domain.Errorf(domain.Internal, "read anomalies", "evidence of anomaly %d: %v", r.ID, err)
	}
	return a, nil
}
