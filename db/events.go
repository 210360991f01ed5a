package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"
)

// eventsShown is how many events of an order, a case or a store's day are read at most.
const eventsShown = 200

type eventRow struct {
	ID      int64
	What    string
	Key     string
	Store   string
	OrderID int64  `db:"order_id"`
	OrderNo string `db:"order_no"`
	At      time.Time
	By      string `db:"by_login"`
	Name    string
	NameEn  string `db:"name_en"`
	Detail  []byte
}

func (r *eventRow) toDomain() (domain.Event, error) {
	var e domain.Event
	if err := json.Unmarshal(r.Detail, &e); err != nil {
		return e, domain.Errorf(domain.Internal, "read events", "detail of event %d: %v", r.ID, err)
	}
	e.ID, e.What, e.Key, e.Store = domain.EventID(r.ID), domain.EventKind(r.What), r.Key, domain.StoreCode(r.Store)
	e.OrderID, e.OrderNo, e.At, e.By = domain.OrderID(r.OrderID), domain.OrderNo(r.OrderNo), r.At, domain.Login(r.By)
	return e, nil
}

// toldEvents reads the events e that where finds, oldest first, with who entered them.
func (s *Store) toldEvents(ctx context.Context, where string, args ...any) ([]domain.EventTold, error) {
	var rows []eventRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT * FROM (
		    SELECT e.id, e.what, e.key, e.store, coalesce(e.order_id, 0) AS order_id, coalesce(o.order_no, '') AS order_no, e.at,
		           coalesce(e.by_login, '') AS by_login, coalesce(p.name, '') AS name, coalesce(p.name_en, '') AS name_en, e.detail
		    FROM cleardesk.event e LEFT JOIN cleardesk.orders o ON o.id = e.order_id LEFT JOIN cleardesk.staff p ON p.login = e.by_login
		    WHERE `+where+` ORDER BY e.at DESC, e.id DESC LIMIT `+itoa(eventsShown)+`) x
		ORDER BY at, id`, args...)
	if err != nil {
		return nil, fail(ctx, "read events", err)
	}
	out := make([]domain.EventTold, len(rows))
	for i, r := range rows {
		if out[i].Event, err = r.toDomain(); err != nil {
			return nil, err
		}
		out[i].ByName, out[i].ByNameEn = r.Name, r.NameEn
	}
	return out, nil
}

// events reads the events e that where finds, oldest first.
func (s *Store) events(ctx context.Context, where string, args ...any) ([]domain.Event, error) {
	told, err := s.toldEvents(ctx, where, args...)
	var out []domain.Event
	for _, e := range told {
		out = append(out, e.Event)
	}
	return out, err
}

// plans reads when an order is to be at its store, the oldest word first.
func (s *Store) plans(ctx context.Context, order domain.OrderID) ([]domain.DeliveryPlan, error) {
	var out []domain.DeliveryPlan
	err := s.db.SelectContext(ctx, &out, `
		SELECT due, route, why, coalesce(by_login, '') AS by, at FROM cleardesk.delivery_plan
		WHERE order_id = $1 ORDER BY id DESC LIMIT 50`, int64(order))
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out, fail(ctx, "read delivery plans", err)
}

// adjustmentsOf reads the money beside an order, oldest first.
func (s *Store) adjustmentsOf(ctx context.Context, order domain.OrderID) ([]domain.Adjustment, error) {
	var rows []struct {
		ID       int64
		OrderID  int64 `db:"order_id"`
		LineNo   int   `db:"line_no"`
		What     string
		Amount   domain.Money
		RecordID int64 `db:"record_id"`
		Reverses int64
		By       string `db:"by_login"`
		At       time.Time
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT id, order_id, line_no, what, amount, record_id, coalesce(reverses, 0) AS reverses, by_login, at
		FROM cleardesk.adjustment WHERE order_id = $1 ORDER BY id LIMIT 200`, int64(order))
	var out []domain.Adjustment
	for _, r := range rows {
		out = append(out, domain.Adjustment{
			ID: r.ID, OrderID: domain.OrderID(r.OrderID), Line: r.LineNo, What: r.What, Amount: r.Amount,
			Record: domain.RecordID(r.RecordID), Reverses: r.Reverses, By: domain.Login(r.By), At: r.At,
		})
	}
	return out, fail(ctx, "read adjustments", err)
}

// promisesMade reads promises m that where finds, the nearest first.
func (s *Store) promisesMade(ctx context.Context, where string, args ...any) ([]domain.PromiseMade, error) {
	var rows []struct {
		ID      int64
		CaseID  int64  `db:"case_id"`
		OrderNo string `db:"order_no"`
		What    string
		Due     time.Time
		By      string `db:"by_login"`
		Name    string
		NameEn  string `db:"name_en"`
		At      time.Time
		Kept    bool
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT m.id, coalesce(m.case_id, 0) AS case_id, coalesce(o.order_no, '') AS order_no, m.what, m.due, m.by_login, p.name, p.name_en,
		       m.at, coalesce(c.closed_at <= m.due, false) AS kept
		FROM cleardesk.promise m JOIN cleardesk.staff p ON p.login = m.by_login LEFT JOIN cleardesk.cases c ON c.id = m.case_id
		LEFT JOIN cleardesk.orders o ON o.id = coalesce(m.order_id, c.order_id)
		WHERE `+where+` ORDER BY m.due, m.id LIMIT 50`, args...)
	var out []domain.PromiseMade
	for _, r := range rows {
		out = append(out, domain.PromiseMade{
			ID: r.ID, Case: domain.CaseID(r.CaseID), OrderNo: domain.OrderNo(r.OrderNo), What: r.What, Due: r.Due,
			By: domain.Login(r.By), ByName: r.Name, ByNameEn: r.NameEn, At: r.At, Kept: r.Kept,
		})
	}
	return out, fail(ctx, "read promises", err)
}

// readToldOf reads what was told of a case: the events its anomalies were raised on, and
// those of its order, with when that is to be at the store.
func (s *Store) readToldOf(ctx context.Context, f *domain.CaseFile) error {
	var err error
	if f.Events, err = s.events(ctx, `e.id IN (SELECT event_id FROM cleardesk.anomaly WHERE case_id = $1
		UNION SELECT id FROM cleardesk.event WHERE order_id = $2)`, int64(f.Row.Case), int64(f.Row.OrderID)); err != nil {
		return err
	}
	f.Plans, err = s.plans(ctx, f.Row.OrderID)
	return err
}
