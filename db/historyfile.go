package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// How many orders tell what is usual in them, how many products are offered, and how
// much of the past after an order that is older than the window is shown with it.
const (
	usualOrders    = 26
	offered        = 9
	afterOlder     = 28 * 24 * time.Hour
	historyReaches = domain.HistoryWeeks * 7 * 24 * time.Hour
)

// StoreHistory reads what a store ordered in the last weeks, or in those around an
// order that is older (0: none), with the quantities of a product ("": none).
// NotFound: there is no such store.
func (s *Store) StoreHistory(
	ctx context.Context, code domain.StoreCode, order domain.OrderID, product domain.ProductCode,
) (domain.HistoryFile, error) {
	var f domain.HistoryFile
	var err error
	if f.Store, err = s.store(ctx, code); err != nil {
		return f, err
	}
	if f.Memory, err = s.memory(ctx, code); err != nil {
		return f, err
	}
	settings, err := s.Settings(ctx)
	if err != nil {
		return f, err
	}
	f.CashLimit = deref((&rules{settings: settings}).storeFor(f.Store, code).CODLimit)
	calls := domain.StoreFile{Store: f.Store}
	if err := s.storeCalls(ctx, &calls); err != nil {
		return f, err
	}
	for _, c := range calls.Calls {
		if c.Owed {
			f.Promised = append(f.Promised, c)
		}
	}
	if err := s.readPast(ctx, &f, order); err != nil {
		return f, err
	}
	if err := s.readSeen(ctx, &f); err != nil {
		return f, err
	}
	if err := s.readOffered(ctx, &f, order); err != nil {
		return f, err
	}
	return f, s.readQuantities(ctx, &f, product)
}

// HistoryQuery is the orders of store $1 placed after $2 and up to $3, the newest $4.
const HistoryQuery = `o.store = $1 AND o.placed_at > $2 AND o.placed_at <= $3 ORDER BY o.placed_at DESC, o.id DESC LIMIT $4`

func (s *Store) readPast(ctx context.Context, f *domain.HistoryFile, order domain.OrderID) error {
	var placed *time.Time
	err := s.db.QueryRowContext(ctx, `SELECT now(), (SELECT placed_at FROM cleardesk.orders WHERE id = $1 AND store = $2)`,
		int64(order), string(f.Store.Code)).Scan(&f.ReadAt, &placed)
	if err != nil {
		return fail(ctx, "read history of store", err)
	}
	end := f.ReadAt.Add(24 * time.Hour) // an order may be dated a little ahead
	if placed != nil && placed.Before(f.ReadAt.Add(-historyReaches)) {
		end = placed.Add(afterOlder)
	}
	briefs, err := s.orderBriefs(ctx, HistoryQuery, string(f.Store.Code), end.Add(-historyReaches-24*time.Hour), end, domain.HistoryOrders)
	for _, b := range briefs {
		f.Orders = append(f.Orders, domain.PastOrder{OrderBrief: b})
	}
	return err
}

// readSeen reads what was found in the orders, and what those came to as they were
// placed: only they can have been changed.
func (s *Store) readSeen(ctx context.Context, f *domain.HistoryFile) error {
	var rows []struct {
		anomalyRow
		CaseID      int64   `db:"case_id"`
		CloseReason *string `db:"close_reason"`
		Name        *string
		NameEn      *string `db:"name_en"`
		Unit        *string
		UnitEn      *string `db:"unit_en"`
		Placed      domain.Money
	}
	ids, at := idsOf(f)
	err := s.db.SelectContext(ctx, &rows, `
		SELECT a.id, a.case_id, a.kind, a.order_id, a.line_no, a.evidence, a.at_risk, a.hard, a.blocks, a.raised_at, a.outcome, a.closed_at,
		       r.close_reason, p.name, p.name_en, p.unit, p.unit_en,
		       (SELECT coalesce(sum(floor((l.original::numeric * l.price + 500) / 1000)), 0)::bigint
		        FROM cleardesk.order_line l WHERE l.order_id = a.order_id) AS placed
		FROM cleardesk.anomaly a
		LEFT JOIN cleardesk.standing_record r ON r.case_id = a.case_id AND r.anomaly_id = a.id
		LEFT JOIN cleardesk.product p ON p.code = a.evidence ->> 'product'
		WHERE a.order_id = ANY ($1) ORDER BY a.order_id, a.at_risk DESC, a.id`, ids)
	if err != nil {
		return fail(ctx, "read what was seen in orders", err)
	}
	for _, r := range rows {
		a, err := r.toDomain(domain.CaseID(r.CaseID))
		if err != nil {
			return err
		}
		o := &f.Orders[at[r.OrderID]]
		o.Total = r.Placed
		o.Seen = append(o.Seen, domain.PastSeen{
			Anomaly: a, CloseReason: domain.CloseReason(deref(r.CloseReason)),
			Product: domain.Product{
				Code: a.Evidence.Product, Name: deref(r.Name), NameEn: deref(r.NameEn), Unit: deref(r.Unit), UnitEn: deref(r.UnitEn),
			},
		})
	}
	return nil
}

func idsOf(f *domain.HistoryFile) (pq.Int64Array, map[int64]int) {
	ids, at := make(pq.Int64Array, len(f.Orders)), map[int64]int{}
	for i, o := range f.Orders {
		ids[i], at[int64(o.ID)] = int64(o.ID), i
	}
	return ids, at
}

// readOffered reads the products that can be asked for: what is odd in the order, the
// rest of it, and what the store orders most often.
func (s *Store) readOffered(ctx context.Context, f *domain.HistoryFile, order domain.OrderID) error {
	ids, _ := idsOf(f)
	ids = append(ids[:min(len(ids), usualOrders):min(len(ids), usualOrders)], int64(order))
	var rows []productRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+productColumns+` FROM cleardesk.product p JOIN (
		    SELECT product, count(DISTINCT order_id) AS n, bool_or(order_id = $2) AS mine,
		           bool_or(order_id = $2 AND line_no IN (SELECT line_no FROM cleardesk.anomaly WHERE order_id = $2)) AS odd
		    FROM cleardesk.order_line WHERE order_id = ANY ($1) GROUP BY product) l ON l.product = p.code
		ORDER BY l.odd DESC, l.mine DESC, l.n DESC, p.code LIMIT $3`, ids, int64(order), offered)
	for _, r := range rows {
		f.Products = append(f.Products, r.toDomain())
	}
	return fail(ctx, "read products of store", err)
}

// readQuantities reads how much of a product each order had, as it was placed.
func (s *Store) readQuantities(ctx context.Context, f *domain.HistoryFile, product domain.ProductCode) error {
	if product == "" {
		return nil
	}
	var p productRow
	err := s.db.GetContext(ctx, &p, `SELECT `+productColumns+` FROM cleardesk.product p WHERE p.code = $1`, string(product))
	if err != nil {
		return fail(ctx, "read product", err)
	}
	found := p.toDomain()
	f.Product = &found
	var rows []struct {
		OrderID int64 `db:"order_id"`
		Sum     domain.Quantity
	}
	ids, at := idsOf(f)
	err = s.db.SelectContext(ctx, &rows, `
		SELECT order_id, sum(original)::bigint AS sum FROM cleardesk.order_line
		WHERE order_id = ANY ($1) AND product = $2 GROUP BY order_id`, ids, string(product))
	for _, r := range rows {
		f.Orders[at[r.OrderID]].Quantity = r.Sum
	}
	return fail(ctx, "read quantities of product", err)
}
