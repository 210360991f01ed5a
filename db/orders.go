package db

import (
	"context"
	"time"

	"cleardesk/domain"
)

type orderRow struct {
	ID          int64
	OrderNo     string `db:"order_no"`
	Store       string
	PlacedAt    time.Time `db:"placed_at"`
	BusinessDay time.Time `db:"business_day"`
	State       string
	Total       domain.Money
	Link        *string
	LinkedTo    *string `db:"linked_to"`
	History     bool
	Version     int64
}

// order reads one order with its lines.
func (s *Store) order(ctx context.Context, id domain.OrderID) (domain.Order, error) {
	var r orderRow
	err := s.db.GetContext(ctx, &r, `
		SELECT o.id, o.order_no, o.store, o.placed_at, o.business_day, o.state, o.total, o.link, l.order_no AS linked_to, o.history, o.version
		FROM cleardesk.orders o LEFT JOIN cleardesk.orders l ON l.id = o.linked_to WHERE o.id = $1`, int64(id))
	if err != nil {
		return domain.Order{}, fail(ctx, "read order", err)
	}
	out := domain.Order{
		ID: domain.OrderID(r.ID), No: domain.OrderNo(r.OrderNo), Store: domain.StoreCode(r.Store), PlacedAt: r.PlacedAt,
		BusinessDay: r.BusinessDay, State: domain.OrderState(r.State), Total: r.Total, Link: domain.Link(deref(r.Link)),
		LinkedTo: domain.OrderNo(deref(r.LinkedTo)), History: r.History, Version: r.Version,
	}
	var lines []struct {
		LineNo    int `db:"line_no"`
		Product   string
		Quantity  domain.Quantity
		Original  domain.Quantity
		Price     domain.Money
		Amount    domain.Money
		StepSeen  *domain.Quantity `db:"step_seen"`
		Cancelled bool
		Waiting   bool
		Reserved  bool
		Verified  *string
		Version   int64
	}
	err = s.db.SelectContext(ctx, &lines, `
		SELECT line_no, product, quantity, original, price, amount, step_seen, cancelled, waiting, reserved, verified, version
		FROM cleardesk.order_line WHERE order_id = $1 ORDER BY line_no`, int64(id))
	for _, l := range lines {
		out.Lines = append(out.Lines, domain.Line{
			No: l.LineNo, Product: domain.ProductCode(l.Product), Quantity: l.Quantity, Original: l.Original, Price: l.Price,
			Amount: l.Amount, StepSeen: l.StepSeen, Cancelled: l.Cancelled,
			Waiting: l.Waiting, Reserved: l.Reserved, Verified: domain.Login(deref(l.Verified)), Version: l.Version,
		})
	}
	return out, fail(ctx, "read order", err)
}

// recentOrders reads a store's last orders, newest first.
func (s *Store) recentOrders(ctx context.Context, store domain.StoreCode, limit int) ([]domain.OrderBrief, error) {
	return s.orderBriefs(ctx, `o.store = $1 ORDER BY o.placed_at DESC, o.id DESC LIMIT $2`, string(store), limit)
}

func (s *Store) orderBriefs(ctx context.Context, where string, args ...any) ([]domain.OrderBrief, error) {
	var rows []struct {
		ID       int64
		OrderNo  string    `db:"order_no"`
		PlacedAt time.Time `db:"placed_at"`
		Total    domain.Money
		Lines    int
		State    string
		Held     int
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT o.id, o.order_no, o.placed_at, o.total, o.line_count AS lines, o.state,
		       (SELECT CASE WHEN bool_or(h.line_no = 0) THEN -1 ELSE count(DISTINCT h.line_no) END
		        FROM cleardesk.hold h WHERE h.order_id = o.id AND h.released_at IS NULL) AS held
		FROM cleardesk.orders o WHERE `+where, args...)
	out := make([]domain.OrderBrief, len(rows))
	for i, r := range rows {
		out[i] = domain.OrderBrief{
			ID: domain.OrderID(r.ID), No: domain.OrderNo(r.OrderNo), PlacedAt: r.PlacedAt, Total: r.Total, Lines: r.Lines,
			State: domain.OrderState(r.State), Held: r.Held,
		}
	}
	return out, fail(ctx, "read orders", err)
}

type productRow struct {
	Code, Name        string
	NameEn            string `db:"name_en"`
	Unit              string
	UnitEn            string `db:"unit_en"`
	Weighed           bool
	Category          string
	Step              *domain.Quantity
	StepVersion       int64            `db:"step_version"`
	CaseSize          *domain.Quantity `db:"case_size"`
	MinOrder          *domain.Quantity `db:"min_order"`
	Price             domain.Money
	Supplier          *string
	Status            string
	Stock             *domain.Quantity
	Reserved          domain.Quantity
	VerifyAbove       *domain.Quantity `db:"verify_above"`
	TolerancePermille int              `db:"tolerance_permille"`
	ToleranceAbs      domain.Quantity  `db:"tolerance_abs"`
}

const productColumns = `p.code, p.name, p.name_en, p.unit, p.unit_en, p.weighed, p.category, p.step, p.step_version, p.case_size, p.min_order,
	p.price, p.supplier, p.status, p.stock, p.reserved, p.verify_above, p.tolerance_permille, p.tolerance_abs`

func (r productRow) toDomain() domain.Product {
	return domain.Product{
		Code: domain.ProductCode(r.Code), Name: r.Name, NameEn: r.NameEn, Unit: r.Unit, UnitEn: r.UnitEn, Weighed: r.Weighed,
		Category: r.Category, Step: r.Step, StepVersion: r.StepVersion, Case: r.CaseSize, Least: r.MinOrder, Price: r.Price,
		Supplier: domain.SupplierCode(deref(r.Supplier)), Status: domain.ProductStatus(r.Status), Stock: r.Stock, Reserved: r.Reserved,
		VerifyAbove: r.VerifyAbove, ToleranceRate: r.TolerancePermille, ToleranceAbs: r.ToleranceAbs,
	}
}

// productsOf reads the products of an order's lines.
func (s *Store) productsOf(ctx context.Context, id domain.OrderID) (map[domain.ProductCode]domain.Product, error) {
	var rows []productRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+productColumns+` FROM cleardesk.product p
		WHERE p.code IN (SELECT product FROM cleardesk.order_line WHERE order_id = $1)`, int64(id))
	out := make(map[domain.ProductCode]domain.Product, len(rows))
	for _, r := range rows {
		out[domain.ProductCode(r.Code)] = r.toDomain()
	}
	return out, fail(ctx, "read products", err)
}
