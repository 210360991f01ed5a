package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// Past is the database's own history, to be judged again. It is read page by page in
// the order in which it came in, each page by statements of its own: a desk works on
// meanwhile, and nothing holds its tables back. What comes in after the opening is not
// of it.
type Past struct {
	Settings domain.Settings // that hold now
	Products map[domain.ProductCode]domain.Product
	Stores   map[domain.StoreCode]domain.Store
	Decided  bool // decisions may be read by this login

	First, Last domain.OrderID // of all there is; Last 0: nothing

	store *Store
	facts facts
	after domain.OrderID
}

// PastOrder is one order as it was placed, none of its lines cancelled, with what is
// known of it today. It is no history any more: it is to be judged.
type PastOrder struct {
	domain.Order
	Taken     time.Time                // when it came in
	Quiet     map[int]domain.Exemption // that were in force then, by line, 0 for the amount
	Decisions []PastDecision
	Changes   []PastChange
}

// PastDecision is what a person decided on a quantity surge or an excessive amount.
type PastDecision struct {
	Line   int // 0: the amount
	Reason domain.CloseReason
	AtRisk domain.Money
	At     time.Time
}

// PastChange is a line a decision changed: what stood in the end, 0 when it was
// cancelled.
type PastChange struct {
	Line  int
	Stood domain.Quantity
	At    time.Time
}

// OpenPast reads what orders are judged by. Stock is left out: what there was of it on
// a day of the past nobody knows.
func (s *Store) OpenPast(ctx context.Context) (*Past, error) {
	p := &Past{store: s, Products: map[domain.ProductCode]domain.Product{}, Stores: map[domain.StoreCode]domain.Store{}}
	var err error
	if p.Settings, err = s.Settings(ctx); err != nil {
		return nil, err
	}
	var span struct {
		First, Last domain.OrderID
		Decided     bool
	}
	err = s.db.GetContext(ctx, &span, `
		SELECT coalesce(min(id), 0) AS first, coalesce(max(id), 0) AS last,
		       has_table_privilege('cleardesk.resolution_record', 'SELECT') AND has_table_privilege('cleardesk.anomaly', 'SELECT') AS decided
		FROM cleardesk.orders`)
	if err != nil {
		return nil, fail(ctx, "read history", err)
	}
	p.First, p.Last, p.Decided = span.First, span.Last, span.Decided
	if err := p.readProducts(ctx); err != nil {
		return nil, err
	}
	return p, p.readStores(ctx)
}

func (p *Past) readProducts(ctx context.Context) error {
	var rows []struct {
		Code     domain.ProductCode
		Category string
		Weighed  bool
		Step     *domain.Quantity
		Case     *domain.Quantity `db:"case_size"`
	}
	err := p.store.db.SelectContext(ctx, &rows, `SELECT code, category, weighed, step, case_size FROM cleardesk.product`)
	for _, r := range rows {
		p.Products[r.Code] = domain.Product{Code: r.Code, Category: r.Category, Weighed: r.Weighed, Step: r.Step, Case: r.Case}
	}
	return fail(ctx, "read products", err)
}

func (p *Past) readStores(ctx context.Context) error {
	var rows []struct {
		Code     domain.StoreCode
		CODLimit *domain.Money `db:"cod_limit"`
	}
	err := p.store.db.SelectContext(ctx, &rows, `SELECT code, cod_limit FROM cleardesk.store`)
	for _, r := range rows {
		p.Stores[r.Code] = domain.Store{Code: r.Code, CODLimit: r.CODLimit}
	}
	return fail(ctx, "read stores", err)
}

// pastPage is how many orders are read at once.
const pastPage = 500

// Next gives the next orders, none at the end.
func (p *Past) Next(ctx context.Context) ([]PastOrder, error) {
	items, err := p.page(ctx)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	p.after = items[len(items)-1].order.ID
	if err := p.facts.readQuiet(ctx, p.store, items); err != nil {
		return nil, err
	}
	out := make([]PastOrder, len(items))
	for i := range items {
		it := &items[i]
		out[i] = PastOrder{Order: it.order, Taken: it.at, Quiet: p.facts.quiet.of(&it.order, it.at)}
	}
	if !p.Decided {
		return out, nil
	}
	return out, p.decide(ctx, out)
}

func (p *Past) page(ctx context.Context) ([]item, error) {
	rows, err := p.store.db.QueryContext(ctx, `
		SELECT o.id, o.order_no, o.store, o.placed_at, o.business_day, o.taken_at,
		       (SELECT string_agg(concat_ws(E'\t', l.line_no, l.product, l.original, l.price, 0, l.step_seen),
		                          E'\n' ORDER BY l.line_no)
		        FROM cleardesk.order_line l WHERE l.order_id = o.id)
		FROM cleardesk.orders o WHERE o.id > $1 AND o.id <= $2 ORDER BY o.id LIMIT $3`, p.after, p.Last, pastPage)
	if err != nil {
		return nil, fail(ctx, "read history", err)
	}
	defer rows.Close()
	var out []item
	for rows.Next() {
		var it item
		var lines string
		o := &it.order
		if err := rows.Scan(&o.ID, &o.No, &o.Store, &o.PlacedAt, &o.BusinessDay, &it.at, &lines); err != nil {
			return nil, fail(ctx, "read history", err)
		}
		if err := it.readLines(lines); err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	return out, fail(ctx, "read history", rows.Err())
}

// decide adds what was decided on the orders of a page. Of several records on one thing
// the last counts.
func (p *Past) decide(ctx context.Context, orders []PastOrder) error {
	at := make(map[domain.OrderID]*PastOrder, len(orders))
	ids := make(pq.Int64Array, len(orders))
	for i := range orders {
		at[orders[i].ID] = &orders[i]
		ids[i] = int64(orders[i].ID)
	}
	var rows []struct {
		Order  domain.OrderID     `db:"order_id"`
		Line   int                `db:"line_no"`
		Reason domain.CloseReason `db:"close_reason"`
		AtRisk domain.Money       `db:"at_risk"`
		At     time.Time
	}
	err := p.store.db.SelectContext(ctx, &rows, `
		SELECT DISTINCT ON (a.order_id, a.line_no, a.kind) a.order_id, a.line_no, r.close_reason, a.at_risk, r.at
		FROM cleardesk.anomaly a JOIN cleardesk.resolution_record r ON r.case_id = a.case_id AND r.anomaly_id = a.id
		WHERE a.order_id = ANY ($1) AND a.kind IN ('quantity_surge', 'amount_surge')
		ORDER BY a.order_id, a.line_no, a.kind, r.id DESC`, ids)
	if err != nil {
		return fail(ctx, "read decisions on history", err)
	}
	var decided pq.Int64Array
	for _, r := range rows {
		o := at[r.Order]
		if len(o.Decisions) == 0 {
			decided = append(decided, int64(r.Order))
		}
		o.Decisions = append(o.Decisions, PastDecision{Line: r.Line, Reason: r.Reason, AtRisk: r.AtRisk, At: r.At})
	}
	return p.change(ctx, at, decided)
}

// change adds what became of lines where a real error was found.
func (p *Past) change(ctx context.Context, at map[domain.OrderID]*PastOrder, decided pq.Int64Array) error {
	if len(decided) == 0 {
		return nil
	}
	var rows []struct {
		Order domain.OrderID `db:"order_id"`
		Line  int            `db:"line_no"`
		Stood domain.Quantity
	}
	err := p.store.db.SelectContext(ctx, &rows, `
		SELECT order_id, line_no, CASE WHEN cancelled THEN 0 ELSE quantity END AS stood
		FROM cleardesk.order_line WHERE order_id = ANY ($1) AND (cancelled OR quantity <> original)
		ORDER BY order_id, line_no`, decided)
	for _, r := range rows {
		o := at[r.Order]
		for _, d := range o.Decisions {
			if d.Reason == domain.RealError && (d.Line == r.Line || d.Line == 0) {
				o.Changes = append(o.Changes, PastChange{Line: r.Line, Stood: r.Stood, At: d.At})
				break
			}
		}
	}
	return fail(ctx, "read changes of history", err)
}
