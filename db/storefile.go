package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

type storeRow struct {
	Code, Name string
	NameEn     string `db:"name_en"`
	Manager    string
	ManagerEn  string `db:"manager_en"`
	Phone      string
	Expansion  string
	Route      string
	CODLimit   *domain.Money `db:"cod_limit"`
	OpenedOn   *time.Time    `db:"opened_on"`
}

const storeColumns = `s.code, s.name, s.name_en, s.manager, s.manager_en, s.phone, s.expansion, s.route, s.cod_limit, s.opened_on`

func (r storeRow) toDomain() domain.Store {
	return domain.Store{
		Code: domain.StoreCode(r.Code), Name: r.Name, NameEn: r.NameEn, Manager: r.Manager, ManagerEn: r.ManagerEn, Phone: r.Phone,
		Expansion: r.Expansion, Route: r.Route, CODLimit: r.CODLimit, OpenedOn: deref(r.OpenedOn),
	}
}

func (s *Store) store(ctx context.Context, code domain.StoreCode) (domain.Store, error) {
	var r storeRow
	err := s.db.GetContext(ctx, &r, `SELECT `+storeColumns+` FROM cleardesk.store s WHERE s.code = $1`, string(code))
	return r.toDomain(), fail(ctx, "read store", err)
}

// StoreFile reads what is told to a store that rings up. NotFound: there is none.
func (s *Store) StoreFile(ctx context.Context, code domain.StoreCode) (domain.StoreFile, error) {
	var f domain.StoreFile
	var err error
	if f.Store, err = s.store(ctx, code); err != nil {
		return f, err
	}
	if f.Orders, err = s.recentOrders(ctx, code, recentOrders); err != nil {
		return f, err
	}
	if f.Open, err = s.openOf(ctx, code); err != nil {
		return f, err
	}
	if err = s.addBusy(ctx, f.Open); err != nil {
		return f, err
	}
	if f.Calls, err = s.calls(ctx, `c.store = $1`, string(code)); err != nil {
		return f, err
	}
	if f.Records, err = s.records(ctx, `r.case_id IN (SELECT id FROM cleardesk.cases WHERE store = $1)`, string(code)); err != nil {
		return f, err
	}
	if f.Memory, err = s.memory(ctx, code); err != nil {
		return f, err
	}
	if f.Missing, err = s.missing(ctx, code); err != nil {
		return f, err
	}
	return f, s.cash(ctx, &f)
}

// cash adds what is accepted and on its way, and the limit for cash on delivery.
func (s *Store) cash(ctx context.Context, f *domain.StoreFile) error {
	err := s.db.QueryRowContext(ctx, `
		SELECT now(), coalesce((
		    SELECT sum(l.amount) FROM cleardesk.orders o JOIN cleardesk.order_line l ON l.order_id = o.id
		    WHERE o.store = $1 AND o.state IN ('accepted', 'allocated', 'shipped') AND NOT o.history AND NOT l.cancelled
		      AND o.placed_at > now() - interval '7 days'
		      AND NOT EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no = l.line_no AND h.released_at IS NULL)
		), 0)::bigint`, string(f.Store.Code)).Scan(&f.ReadAt, &f.CashDue)
	if err != nil {
		return fail(ctx, "read what is due", err)
	}
	settings, err := s.Settings(ctx)
	if err != nil {
		return err
	}
	f.CashLimit, _ = settings.Money("limit.cod", domain.Where{Store: f.Store.Code})
	if f.Store.CODLimit != nil {
		f.CashLimit = *f.Store.CODLimit
	}
	return nil
}

// memory reads what the store did in the last 90 days.
func (s *Store) memory(ctx context.Context, code domain.StoreCode) (domain.StoreMemory, error) {
	var m domain.StoreMemory
	err := s.db.QueryRowContext(ctx, `
		SELECT count(DISTINCT r.case_id) FILTER (WHERE r.close_reason = 'real_error'),
		       count(DISTINCT r.case_id) FILTER (WHERE r.outcome = 'confirmed_genuine'),
		       count(DISTINCT r.case_id) FILTER (WHERE r.outcome = 'false_alarm'),
		       count(DISTINCT r.case_id)
		FROM cleardesk.resolution_record r JOIN cleardesk.cases c ON c.id = r.case_id
		WHERE c.store = $1 AND r.at > now() - interval '90 days'`, string(code)).
		Scan(&m.WrongOrders, &m.TrueSurges, &m.FalseAlarms, &m.Cases)
	if err != nil {
		return m, fail(ctx, "read memory of store", err)
	}
	var amounts pq.Int64Array
	err = s.db.QueryRowContext(ctx, `
		WITH recent AS (
		    SELECT placed_at, id, total, (placed_at AT TIME ZONE `+zoneSetting+`)::time AS clock
		    FROM cleardesk.orders
		    WHERE store = $1 AND placed_at > now() - interval '90 days' AND state <> 'cancelled'
		      AND id NOT IN (SELECT h.order_id FROM cleardesk.hold h WHERE h.released_at IS NULL)
		    ORDER BY placed_at DESC, id DESC LIMIT 200)
		SELECT count(*),
		       coalesce(percentile_disc(0.1) WITHIN GROUP (ORDER BY total), 0)::bigint,
		       coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY total), 0)::bigint,
		       coalesce(percentile_disc(0.9) WITHIN GROUP (ORDER BY total), 0)::bigint,
		       coalesce(to_char(percentile_disc(0.1) WITHIN GROUP (ORDER BY clock), 'HH24:MI'), ''),
		       coalesce(to_char(percentile_disc(0.9) WITHIN GROUP (ORDER BY clock), 'HH24:MI'), ''),
		       ARRAY(SELECT total::bigint FROM (SELECT * FROM recent ORDER BY placed_at DESC, id DESC LIMIT 26) l ORDER BY placed_at, id)
		FROM recent`, string(code)).
		Scan(&m.Orders, &m.UsualLow, &m.UsualMedian, &m.UsualHigh, &m.FirstClock, &m.LastClock, &amounts)
	for _, a := range amounts {
		m.LastAmounts = append(m.LastAmounts, domain.Money(a))
	}
	return m, fail(ctx, "read memory of store", err)
}

// missing reads what the store ordered on at least three of its last four orders of
// this weekday and has not ordered today, when it has ordered today at all.
func (s *Store) missing(ctx context.Context, code domain.StoreCode) ([]domain.Product, error) {
	var rows []productRow
	err := s.db.SelectContext(ctx, &rows, `
		WITH today AS (SELECT (now() AT TIME ZONE `+zoneSetting+`)::date AS day),
		past AS (
		    SELECT o.id FROM cleardesk.orders o, today
		    WHERE o.store = $1 AND o.placed_at > now() - interval '60 days' AND o.business_day < today.day
		      AND extract(dow FROM o.business_day) = extract(dow FROM today.day)
		    ORDER BY o.placed_at DESC LIMIT 4)
		SELECT `+productColumns+`
		FROM cleardesk.product p
		WHERE p.code IN (
		    SELECT l.product FROM cleardesk.order_line l WHERE l.order_id IN (SELECT id FROM past)
		    GROUP BY l.product HAVING count(DISTINCT l.order_id) >= 3
		    EXCEPT
		    SELECT l.product FROM cleardesk.order_line l JOIN cleardesk.orders o ON o.id = l.order_id, today
		    WHERE o.store = $1 AND o.placed_at > now() - interval '2 days' AND o.business_day = today.day)
		  AND EXISTS (SELECT FROM cleardesk.orders o, today WHERE o.store = $1 AND o.placed_at > now() - interval '2 days'
		      AND o.business_day = today.day)
		ORDER BY p.code LIMIT 20`, string(code))
	out := make([]domain.Product, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, fail(ctx, "read what is missing", err)
}
