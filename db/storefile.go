package db

import (
	"context"
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"

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

// lastTalks is how many calls and records of a store are listed.
const lastTalks = 20

// StoreFile reads what is told to a store that rings up. NotFound: there is none.
func (s *Store) StoreFile(ctx context.Context, code domain.StoreCode) (domain.StoreFile, error) {
	var f domain.StoreFile
	var err error
	if f.Store, err = s.store(ctx, code); err != nil {
		return f, err
	}
	settings, err := s.Settings(ctx)
	if err != nil {
		return f, err
	}
	cal := settings.Calendar()
	for _, part := range []func(context.Context, *domain.StoreFile) error{
		s.storeOrders(cal), s.storeCases, s.storeCalls, s.storeRecords, s.storeHabits(settings), s.cash(cal), s.storeTold(cal),
	} {
		if err := part(ctx, &f); err != nil {
			return f, err
		}
	}
	limited := (&rules{settings: settings}).storeFor(f.Store, code)
	f.CashLimit = deref(limited.CODLimit)
	return f, nil
}

// storeOrders reads the last orders and those with an open case, with their moments,
// and how many are of today.
func (s *Store) storeOrders(cal domain.Calendar) func(context.Context, *domain.StoreFile) error {
	return func(ctx context.Context, f *domain.StoreFile) error {
		var err error
		if f.Orders, err = s.orderBriefs(ctx, `o.id IN (
			    (SELECT id FROM cleardesk.orders WHERE store = $1 ORDER BY placed_at DESC, id DESC LIMIT $2)
			    UNION ALL
			    (SELECT order_id FROM cleardesk.cases WHERE store = $1 AND state <> 'closed' ORDER BY rank, id LIMIT 50))
			ORDER BY o.placed_at DESC, o.id DESC`, string(f.Store.Code), recentOrders); err != nil {
			return err
		}
		for i := range f.Orders {
			f.Orders[i].Moments = cal.Moments(f.Orders[i].PlacedAt)
		}
		err = s.db.QueryRowContext(ctx, `
			SELECT now(), (SELECT count(*) FROM cleardesk.orders o WHERE o.store = $1 AND o.placed_at > now() - interval '2 days'
			    AND o.business_day = (now() AT TIME ZONE `+zoneSetting+`)::date)`, string(f.Store.Code)).Scan(&f.ReadAt, &f.Today)
		return fail(ctx, "read orders of store", err)
	}
}

func (s *Store) storeCases(ctx context.Context, f *domain.StoreFile) error {
	var err error
	if f.Open, err = s.openOf(ctx, f.Store.Code); err != nil {
		return err
	}
	return s.addBusy(ctx, f.Open)
}

func (s *Store) storeHabits(settings domain.Settings) func(context.Context, *domain.StoreFile) error {
	return func(ctx context.Context, f *domain.StoreFile) error {
		var err error
		if f.Memory, err = s.memory(ctx, f.Store.Code); err != nil {
			return err
		}
		f.Missing, err = s.missing(ctx, f.Store.Code, settings, f.ReadAt)
		return err
	}
}

// storeCalls reads the last calls. One is still owed while a case it was about is
// open and nobody rang about that case since.
func (s *Store) storeCalls(ctx context.Context, f *domain.StoreFile) error {
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
		OrderNo   string     `db:"order_no"`
		Owed      bool
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT c.at, c.by_login, f.name, f.name_en, c.outcome, c.who, c.said, c.said_text, c.again_at,
		       coalesce(k.id, 0) AS case_id, coalesce(o.order_no, '') AS order_no,
		       c.again_at IS NOT NULL AND EXISTS (
		           SELECT FROM cleardesk.call_case x JOIN cleardesk.cases w ON w.id = x.case_id
		           WHERE x.call_id = c.id AND w.state <> 'closed'
		             AND NOT EXISTS (SELECT FROM cleardesk.call_case y WHERE y.case_id = x.case_id AND y.call_id > x.call_id)) AS owed
		FROM cleardesk.call_record c JOIN cleardesk.staff f ON f.login = c.by_login
		LEFT JOIN LATERAL (SELECT w.id, w.order_id FROM cleardesk.call_case x JOIN cleardesk.cases w ON w.id = x.case_id
		    WHERE x.call_id = c.id ORDER BY w.state = 'closed', w.id LIMIT 1) k ON true
		LEFT JOIN cleardesk.orders o ON o.id = k.order_id
		WHERE c.store = $1 AND c.at > now() - interval '90 days' ORDER BY c.at DESC, c.id DESC LIMIT $2`, string(f.Store.Code), lastTalks)
	for _, r := range rows {
		f.Calls = append(f.Calls, domain.StoreCall{
			CallRecord: domain.CallRecord{At: r.At, By: r.By, Outcome: r.Outcome, Who: r.Who, Said: r.Said, Text: r.Text, Again: r.Again},
			ByName:     r.Name, ByNameEn: r.NameEn, Case: domain.CaseID(r.CaseID), OrderNo: domain.OrderNo(r.OrderNo), Owed: r.Owed,
		})
	}
	return fail(ctx, "read calls of store", err)
}

// storeRecords reads what was written last about the store's cases.
func (s *Store) storeRecords(ctx context.Context, f *domain.StoreFile) error {
	records, err := s.records(ctx, `r.case_id IN (SELECT id FROM cleardesk.cases WHERE store = $1)`, string(f.Store.Code))
	if err != nil || len(records) == 0 {
		return err
	}
	records = records[:min(len(records), lastTalks)]
	ids := make(pq.Int64Array, len(records))
	for i, r := range records {
		ids[i] = int64(r.ID)
	}
	var rows []struct {
		ID      int64
		CaseID  int64  `db:"case_id"`
		OrderNo string `db:"order_no"`
	}
	err = s.db.SelectContext(ctx, &rows, `
		SELECT r.id, r.case_id, coalesce(o.order_no, '') AS order_no
		FROM cleardesk.resolution_record r JOIN cleardesk.cases c ON c.id = r.case_id LEFT JOIN cleardesk.orders o ON o.id = c.order_id
		WHERE r.id = ANY ($1)`, ids)
	for _, r := range records {
		out := domain.StoreRecord{ResolutionRecord: r}
		for _, of := range rows {
			if of.ID == int64(r.ID) {
				out.Case, out.OrderNo = domain.CaseID(of.CaseID), domain.OrderNo(of.OrderNo)
			}
		}
		f.Records = append(f.Records, out)
	}
	return fail(ctx, "read records of store", err)
}

// promisesKept is how long a promise of a closed case is still listed.
const promisesKept = 7 * 24 * time.Hour

// storeTold reads today's refused attempts, and what the store was promised.
func (s *Store) storeTold(cal domain.Calendar) func(context.Context, *domain.StoreFile) error {
	return func(ctx context.Context, f *domain.StoreFile) error {
		today := cal.BusinessDay(f.ReadAt)
		from := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, cal.Zone)
		var err error
		if f.Refused, err = s.events(ctx, `e.what = 'attempt' AND e.store = $1 AND e.at >= $2`, string(f.Store.Code), from); err != nil {
			return err
		}
		if f.Tried, err = s.tried(ctx, f.Refused); err != nil {
			return err
		}
		f.Promises, err = s.promisesMade(ctx, `m.store = $1 AND (m.due > $2 OR c.state <> 'closed')`, string(f.Store.Code), f.ReadAt.Add(-promisesKept))
		return err
	}
}

// tried reads the products that were to be ordered.
func (s *Store) tried(ctx context.Context, attempts []domain.Event) (map[domain.ProductCode]domain.Product, error) {
	var codes pq.StringArray
	for _, e := range attempts {
		for _, l := range e.Lines {
			codes = append(codes, string(l.Product))
		}
	}
	out := map[domain.ProductCode]domain.Product{}
	if len(codes) == 0 {
		return out, nil
	}
	var rows []productRow
	err := s.db.SelectContext(ctx, &rows, `SELECT `+productColumns+` FROM cleardesk.product p WHERE p.code = ANY ($1)`, codes)
	for _, r := range rows {
		out[domain.ProductCode(r.Code)] = r.toDomain()
	}
	return out, fail(ctx, "read what was tried", err)
}

// cash adds what is paid at the door, van by van. A van that left on an earlier day
// has been: only what is still on the road of it counts, with today's van.
func (s *Store) cash(cal domain.Calendar) func(context.Context, *domain.StoreFile) error {
	return func(ctx context.Context, f *domain.StoreFile) error {
		var rows []struct {
			PlacedAt time.Time `db:"placed_at"`
			Shipped  bool
			Amount   domain.Money
		}
		err := s.db.SelectContext(ctx, &rows, `
			SELECT o.placed_at, o.state = 'shipped' AS shipped, sum(l.amount)::bigint AS amount
			FROM cleardesk.orders o JOIN cleardesk.order_line l ON l.order_id = o.id
			WHERE o.store = $1 AND o.state IN ('accepted', 'allocated', 'shipped') AND NOT o.history AND NOT l.cancelled
			  AND o.placed_at > now() - interval '7 days'
			  AND NOT EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no IN (0, l.line_no) AND h.released_at IS NULL)
			GROUP BY o.id ORDER BY o.placed_at, o.id`, string(f.Store.Code))
		if err != nil {
			return fail(ctx, "read what is due", err)
		}
		today := cal.BusinessDay(f.ReadAt)
		leaves := func(placed time.Time) time.Time { return domain.OrderBrief{Moments: cal.Moments(placed)}.Leaves() }
		for _, r := range rows {
			van := leaves(r.PlacedAt)
			if cal.BusinessDay(van).Before(today) {
				if !r.Shipped {
					continue
				}
				van = cal.Departure.On(f.ReadAt, cal.Zone)
			}
			f.Due = addDue(f.Due, domain.CashDue{Leaves: van, Amount: r.Amount, Orders: 1})
		}
		slices.SortFunc(f.Due, func(a, b domain.CashDue) int { return a.Leaves.Compare(b.Leaves) })
		return nil
	}
}

func addDue(all []domain.CashDue, d domain.CashDue) []domain.CashDue {
	for i := range all {
		if all[i].Leaves.Equal(d.Leaves) {
			all[i].Amount += d.Amount
			all[i].Orders += d.Orders
			return all
		}
	}
	return append(all, d)
}

// memory reads what the store did in the last 90 days.
func (s *Store) memory(ctx context.Context, code domain.StoreCode) (domain.StoreMemory, error) {
	var m domain.StoreMemory
	err := s.db.QueryRowContext(ctx, `
		SELECT count(DISTINCT r.case_id) FILTER (WHERE r.close_reason = 'real_error' AND r.kind = ANY ($2)),
		       count(DISTINCT r.case_id) FILTER (WHERE r.outcome = 'confirmed_genuine'),
		       count(DISTINCT r.case_id) FILTER (WHERE r.outcome = 'false_alarm'),
		       count(DISTINCT r.case_id)
		FROM cleardesk.standing_record r JOIN cleardesk.cases c ON c.id = r.case_id
		WHERE c.store = $1 AND r.at > now() - interval '90 days'`, string(code), kindArray(domain.EntryKinds())).
		Scan(&m.WrongOrders, &m.TrueSurges, &m.FalseAlarms, &m.Cases)
	if err != nil {
		return m, fail(ctx, "read memory of store", err)
	}
	var amounts pq.Int64Array
	err = s.db.QueryRowContext(ctx, `
		WITH recent AS (
		    SELECT placed_at, id, total, (placed_at AT TIME ZONE `+zoneSetting+`)::time AS clock
		    FROM cleardesk.orders o
		    WHERE store = $1 AND placed_at > now() - interval '90 days' AND state <> 'cancelled'
		      AND NOT EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.released_at IS NULL)
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
	if err != nil {
		return m, fail(ctx, "read memory of store", err)
	}
	m.Quieter, err = s.quieterAt(ctx, code)
	return m, err
}

// missing gives what the store regularly orders on this weekday and has not ordered today,
// when it has ordered today at all: what a gap would be raised of.
func (s *Store) missing(ctx context.Context, code domain.StoreCode, settings domain.Settings, now time.Time) ([]domain.Product, error) {
	days, err := s.storeDays(ctx, settings.Calendar().BusinessDay(now), []string{string(code)}, settings)
	if err != nil || len(days) == 0 {
		return nil, err
	}
	in, codes := days[0], pq.StringArray{}
	for _, h := range in.Habits {
		codes = append(codes, string(h.Product))
	}
	var rows []productRow
	err = s.db.SelectContext(ctx, &rows, `SELECT `+productColumns+` FROM cleardesk.product p WHERE p.code = ANY ($1)`, codes)
	products := make(map[domain.ProductCode]domain.Product, len(rows))
	for _, r := range rows {
		products[domain.ProductCode(r.Code)] = r.toDomain()
	}
	if err != nil {
		return nil, fail(ctx, "read what is missing", err)
	}
	priced(&in, products)
	var out []domain.Product
	if f := detect.Replenishment(in); f != nil {
		for _, it := range f.Evidence.Items[:min(len(f.Evidence.Items), missingShown)] {
			out = append(out, products[it.Product])
		}
	}
	return out, nil
}

// missingShown is how many missing products are listed.
const missingShown = 20
