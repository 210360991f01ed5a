package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// orderedReach is how many orders, the newest of the last 90 days, are looked through for
// what stores really ordered of a product.
const orderedReach = 20_000

// CorrectionFile reads what there is to know before a product is corrected. Without a
// product the case says which: that of its evidence. NotFound: there is none.
func (s *Store) CorrectionFile(ctx context.Context, product domain.ProductCode, id domain.CaseID) (domain.CorrectionFile, error) {
	var f domain.CorrectionFile
	if product == "" {
		err := s.db.GetContext(ctx, &product, `SELECT coalesce(why ->> 'product', '') FROM cleardesk.cases WHERE id = $1`, int64(id))
		if err != nil {
			return f, fail(ctx, "read correction", err)
		}
	}
	var p struct {
		productRow
		SupplierName string           `db:"supplier_name"`
		Told         *domain.Quantity // by the last import
		Waiting      pq.StringArray
		Unreserved   domain.Quantity // is reserved with the first count
		Now          time.Time
	}
	err := s.db.GetContext(ctx, &p, `
		SELECT `+productColumns+`, coalesce(v.name, '') AS supplier_name, now() AS now, `+waitingFields+` AS waiting,
		       (SELECT coalesce(sum(u.quantity), 0)::bigint FROM cleardesk.unreserved_line u WHERE u.product = p.code) AS unreserved,
		       coalesce(nullif(p.imported ->> 'step', '0'), p.imported ->> 'told_step')::bigint AS told
		FROM cleardesk.product p LEFT JOIN cleardesk.supplier v ON v.code = p.supplier WHERE p.code = $1`, string(product))
	if err != nil {
		return f, fail(ctx, "read correction", err)
	}
	f.Product, f.Supplier, f.Imported, f.ReadAt = p.toDomain(), p.SupplierName, p.Told, p.Now
	f.Product.Reserved += p.Unreserved
	for _, field := range p.Waiting {
		if k := domain.ProductField(field).Correction(); k != "" {
			f.Unconfirmed = append(f.Unconfirmed, k)
		}
	}
	for _, part := range []func(context.Context, *domain.CorrectionFile) error{
		s.readCorrections, s.readOrdered, s.readCorrectable, s.readCorrectionLines, s.readAttempts, s.readStockMoves,
	} {
		if err := part(ctx, &f); err != nil {
			return f, err
		}
	}
	return f, nil
}

// readCorrections reads the corrections on record, newest first.
func (s *Store) readCorrections(ctx context.Context, f *domain.CorrectionFile) error {
	var rows []struct {
		ID       int64
		What     string
		OldValue string `db:"old_value"`
		NewValue string `db:"new_value"`
		Reason   string
		Note     string
		By       string `db:"by_login"`
		Name     string
		NameEn   string `db:"name_en"`
		At       time.Time
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT k.id, k.what, k.old_value, k.new_value, k.reason, k.note, k.by_login, n.name, n.name_en, k.at
		FROM cleardesk.correction k JOIN cleardesk.staff n ON n.login = k.by_login
		WHERE k.product = $1 ORDER BY k.id DESC LIMIT 50`, string(f.Product.Code))
	for _, r := range rows {
		f.Corrections = append(f.Corrections, domain.CorrectionMade{
			ID: r.ID, What: domain.CorrectionKind(r.What), Old: r.OldValue, New: r.NewValue, Reason: domain.CorrectionReason(r.Reason),
			Note: r.Note, By: domain.Login(r.By), ByName: r.Name, ByNameEn: r.NameEn, At: r.At,
		})
	}
	return fail(ctx, "read corrections", err)
}

// readOrdered counts what stores really ordered of the product, history included.
func (s *Store) readOrdered(ctx context.Context, f *domain.CorrectionFile) error {
	err := s.db.SelectContext(ctx, &f.Ordered, `
		SELECT l.quantity, count(*) AS lines
		FROM (SELECT o.id, o.business_day, o.state FROM cleardesk.orders o ORDER BY o.id DESC LIMIT $2) o
		CROSS JOIN LATERAL (SELECT k.quantity FROM cleardesk.order_line k
		                    WHERE k.order_id = o.id AND k.product = $1 AND NOT k.cancelled OFFSET 0) l
		WHERE o.business_day >= (now() AT TIME ZONE `+zoneSetting+`)::date - 90 AND o.state NOT IN ('cancelled', 'refused')
		GROUP BY l.quantity ORDER BY l.quantity`, string(f.Product.Code), orderedReach)
	return fail(ctx, "read what was ordered", err)
}

// readCorrectable reads the open anomalies of the product that a correction may cure, with
// their cases and the other holds of their orders.
func (s *Store) readCorrectable(ctx context.Context, f *domain.CorrectionFile) error {
	var rows []struct {
		Anomaly  int64
		CaseID   int64 `db:"case_id"`
		Kind     string
		OrderID  *int64 `db:"order_id"`
		LineNo   int    `db:"line_no"`
		Quantity domain.Quantity
		Reserved bool
		Told     string
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT anomaly, case_id, kind, order_id, line_no, quantity, reserved, told FROM cleardesk.correction_open
		WHERE product = $1 ORDER BY rank, case_id, anomaly`, string(f.Product.Code))
	if err != nil || len(rows) == 0 {
		return fail(ctx, "read open anomalies", err)
	}
	var cases, orders pq.Int64Array
	for _, r := range rows {
		cases = append(cases, r.CaseID)
		if r.OrderID != nil {
			orders = append(orders, *r.OrderID)
		}
	}
	queue, err := s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q WHERE q.id = ANY ($1)`, cases)
	if err != nil {
		return err
	}
	byCase := map[int64]domain.QueueRow{}
	for _, q := range queue {
		byCase[int64(q.Case)] = q
	}
	holds, err := s.activeHolds(ctx, orders)
	for _, r := range rows {
		c := domain.CorrectionCase{
			Row: byCase[r.CaseID], Anomaly: domain.AnomalyID(r.Anomaly), Kind: domain.Kind(r.Kind), Line: r.LineNo, Quantity: r.Quantity,
			Reserved: r.Reserved, Told: domain.WhyTold(r.Told),
		}
		for _, h := range holds[deref(r.OrderID)] {
			if h.Anomaly != c.Anomaly {
				c.Others = append(c.Others, h)
			}
		}
		f.Open = append(f.Open, c)
	}
	return err
}

// activeHolds reads the holds that stop something of the orders, by order.
func (s *Store) activeHolds(ctx context.Context, orders pq.Int64Array) (map[int64][]domain.Hold, error) {
	var rows []struct {
		ID        int64
		OrderID   int64 `db:"order_id"`
		LineNo    int   `db:"line_no"`
		AnomalyID int64 `db:"anomaly_id"`
		Kind      string
		PlacedAt  time.Time `db:"placed_at"`
		Pending   bool
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT h.id, h.order_id, h.line_no, h.anomaly_id, a.kind, h.placed_at, h.pending
		FROM cleardesk.hold h JOIN cleardesk.anomaly a ON a.id = h.anomaly_id
		WHERE h.order_id = ANY ($1) AND h.released_at IS NULL ORDER BY h.id`, orders)
	out := map[int64][]domain.Hold{}
	for _, r := range rows {
		out[r.OrderID] = append(out[r.OrderID], domain.Hold{
			ID: domain.HoldID(r.ID), Line: r.LineNo, Anomaly: domain.AnomalyID(r.AnomalyID), Kind: domain.Kind(r.Kind),
			PlacedAt: r.PlacedAt, Pending: r.Pending,
		})
	}
	return out, fail(ctx, "read holds", err)
}

// readCorrectionLines reads the lines nothing is wrong with yet: those accepted and those
// that wait for something else.
func (s *Store) readCorrectionLines(ctx context.Context, f *domain.CorrectionFile) error {
	var rows []struct {
		Held     bool
		OrderID  int64  `db:"order_id"`
		OrderNo  string `db:"order_no"`
		Store    string
		Name     string
		NameEn   string `db:"name_en"`
		LineNo   int    `db:"line_no"`
		Quantity domain.Quantity
		At       time.Time
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT l.held, l.order_id, l.order_no, l.store, coalesce(s.name, '') AS name, coalesce(s.name_en, '') AS name_en, l.line_no, l.quantity, l.at
		FROM cleardesk.correction_line l LEFT JOIN cleardesk.store s ON s.code = l.store
		WHERE l.product = $1 ORDER BY l.order_id, l.line_no`, string(f.Product.Code))
	for _, r := range rows {
		line := domain.CorrectionLine{
			Order: domain.OrderID(r.OrderID), OrderNo: domain.OrderNo(r.OrderNo), Store: domain.StoreCode(r.Store), StoreName: r.Name,
			NameEn: r.NameEn, Line: r.LineNo, Quantity: r.Quantity, At: r.At,
		}
		if r.Held {
			f.Waiting = append(f.Waiting, line)
		} else {
			f.Accepted = append(f.Accepted, line)
		}
	}
	return fail(ctx, "read accepted lines", err)
}

// readAttempts reads today's refused attempts to order the product.
func (s *Store) readAttempts(ctx context.Context, f *domain.CorrectionFile) error {
	product, err := jsonArg([]map[string]domain.ProductCode{{"product": f.Product.Code}})
	if err != nil {
		return err
	}
	f.Attempts, err = s.events(ctx, `e.what = 'attempt' AND e.at >= date_trunc('day', now() AT TIME ZONE `+zoneSetting+`) AT TIME ZONE `+zoneSetting+`
		AND e.detail -> 'lines' @> $1`, product)
	return err
}

// readStockMoves reads what moved the stock as far back as a count may have been made.
func (s *Store) readStockMoves(ctx context.Context, f *domain.CorrectionFile) error {
	err := s.db.SelectContext(ctx, &f.StockMoves, `
		SELECT at, why, delta, coalesce(stock, 0) AS stock FROM cleardesk.stock_move
		WHERE product = $1 AND at > $2 ORDER BY at, id`, string(f.Product.Code), f.ReadAt.Add(-domain.CountReach))
	return fail(ctx, "read stock moves", err)
}
