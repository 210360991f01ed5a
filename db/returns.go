package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"
)

const (
	returnsShown = 1000                // lines read at most
	returnsKept  = 14 * 24 * time.Hour // how long an ended return stays in the list
)

// Returns reads what stores want to return: all that is open, and what ended in the last
// 14 days (§4.3). It is in no order; domain.SortReturns gives one.
func (s *Store) Returns(ctx context.Context) ([]domain.ReturnLine, error) {
	var rows []returnRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT a.id AS anomaly, a.case_id, c.lies_with, coalesce(c.holder, '') AS holder, c.rank, c.next_at, a.raised_at, a.at_risk, a.line_no,
		       o.id AS order_id, o.order_no, c.store, s.name AS store_name, s.name_en AS store_name_en,
		       p.code, p.name, p.name_en, p.unit, p.unit_en, p.weighed, p.case_size, coalesce(p.supplier, '') AS supplier,
		       coalesce(v.name, '') AS supplier_name, l.price, coalesce(cleardesk.came(o.id, a, a.line_no), 0) AS came,
		       coalesce((t.e ->> 'quantity')::bigint, l.quantity) AS asked, coalesce(t.e ->> 'why', e.detail ->> 'why', '') AS why,
		       coalesce(e.detail ->> 'text', '') AS said,
		       cleardesk.line_finding(a.case_id, a.line_no, 'goods') AS goods, cleardesk.line_finding(a.case_id, a.line_no, 'supplier') AS answer,
		       a.closed_at, coalesce(a.outcome, '') AS outcome, coalesce(r.by_login, '') AS ended_by, coalesce(n.name, '') AS ended_name,
		       coalesce(n.name_en, '') AS ended_name_en,
		       coalesce((SELECT sum((x.e ->> 'quantity')::bigint) FROM jsonb_array_elements(r.effects) x (e) WHERE x.e ->> 'op' = 'restock'), 0)::bigint AS back,
		       coalesce((SELECT sum((x.e ->> 'amount')::bigint) FROM jsonb_array_elements(r.effects) x (e) WHERE x.e ->> 'op' = 'adjust'), 0)::bigint AS paid
		FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id JOIN cleardesk.store s ON s.code = c.store
		JOIN cleardesk.orders o ON o.id = a.order_id
		JOIN cleardesk.order_line l ON l.order_id = a.order_id AND l.line_no = a.line_no JOIN cleardesk.product p ON p.code = l.product
		LEFT JOIN cleardesk.supplier v ON v.code = p.supplier
		LEFT JOIN cleardesk.event e ON e.id = a.event_id
		LEFT JOIN LATERAL (SELECT x.e FROM jsonb_array_elements(e.detail -> 'lines') x (e)
		                   WHERE (x.e ->> 'line')::integer = a.line_no LIMIT 1) t ON true
		LEFT JOIN LATERAL (SELECT y.* FROM cleardesk.resolution_record y WHERE y.anomaly_id = a.id AND a.closed_at IS NOT NULL
		                   ORDER BY y.id DESC LIMIT 1) r ON true
		LEFT JOIN cleardesk.staff n ON n.login = r.by_login
		WHERE a.kind = 'return' AND (a.closed_at IS NULL OR a.closed_at > now() - $1 * interval '1 second')
		ORDER BY a.closed_at IS NOT NULL, a.closed_at DESC, a.id LIMIT $2`, returnsKept.Seconds(), returnsShown)
	if err != nil {
		return nil, fail(ctx, "read returns", err)
	}
	out := make([]domain.ReturnLine, 0, len(rows))
	for i := range rows {
		line, err := rows[i].toDomain()
		if err != nil {
			return nil, fail(ctx, "read returns", err)
		}
		out = append(out, line)
	}
	return out, nil
}

type returnRow struct {
	Anomaly           int64
	Case              int64  `db:"case_id"`
	With              string `db:"lies_with"`
	Holder            string
	NextAt            *time.Time `db:"next_at"`
	Rank              float64
	At                time.Time    `db:"raised_at"`
	AtRisk            domain.Money `db:"at_risk"`
	LineNo            int          `db:"line_no"`
	Order             int64        `db:"order_id"`
	OrderNo           string       `db:"order_no"`
	Store             string
	StoreName         string `db:"store_name"`
	StoreNameEn       string `db:"store_name_en"`
	Code, Name        string
	NameEn            string `db:"name_en"`
	Unit              string
	UnitEn            string `db:"unit_en"`
	Weighed           bool
	CaseSize          *domain.Quantity `db:"case_size"`
	Supplier          string
	SupplierName      string `db:"supplier_name"`
	Price             domain.Money
	Came, Asked, Back domain.Quantity
	Why, Said         string
	Goods, Answer     []byte
	ClosedAt          *time.Time `db:"closed_at"`
	Outcome           string
	EndedBy           string `db:"ended_by"`
	EndedName         string `db:"ended_name"`
	EndedNameEn       string `db:"ended_name_en"`
	Paid              domain.Money
}

func (r *returnRow) toDomain() (domain.ReturnLine, error) {
	out := domain.ReturnLine{
		Anomaly: domain.AnomalyID(r.Anomaly), Case: domain.CaseID(r.Case), With: domain.Department(r.With), Holder: domain.Login(r.Holder),
		Store: domain.StoreCode(r.Store), StoreName: r.StoreName, StoreNameEn: r.StoreNameEn, Order: domain.OrderID(r.Order),
		OrderNo: domain.OrderNo(r.OrderNo), Line: r.LineNo, Supplier: r.SupplierName, Price: r.Price, Why: domain.WhyTold(r.Why), Said: r.Said,
		Came: r.Came, Asked: r.Asked, At: r.At, Rank: r.Rank, NextAt: r.NextAt, AtRisk: r.AtRisk,
		Product: domain.Product{
			Code: domain.ProductCode(r.Code), Name: r.Name, NameEn: r.NameEn, Unit: r.Unit, UnitEn: r.UnitEn, Weighed: r.Weighed,
			Case: r.CaseSize, Price: r.Price, Supplier: domain.SupplierCode(r.Supplier),
		},
	}
	if r.ClosedAt != nil {
		out.Ended = &domain.ReturnEnd{
			Outcome: domain.Outcome(r.Outcome), Back: r.Back, Paid: r.Paid, By: domain.Login(r.EndedBy), ByName: r.EndedName,
			ByNameEn: r.EndedNameEn, At: *r.ClosedAt,
		}
	}
	var err error
	if out.Goods, err = lineFinding(r.Goods); err != nil {
		return out, err
	}
	last, err := lineFinding(r.Answer)
	if last != nil && last.Answer == domain.FoundAsked {
		out.Query = last
	} else {
		out.Answer = last
	}
	return out, err
}

// lineFinding reads a finding as the database's line_finding gives it, nil for none.
func lineFinding(raw []byte) (*domain.Finding, error) {
	if raw == nil {
		return nil, nil //nolint:nilnil // none is no error
	}
	var f struct {
		What, Answer string
		Line         int `json:"line_no"`
		Quantity     *domain.Quantity
		Due          *time.Time
		Note         string
		By           string `json:"by_login"`
		Name         string
		NameEn       string `json:"name_en"`
		At           time.Time
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, err
	}
	return &domain.Finding{
		What: domain.FindingKind(f.What), Answer: domain.FindingAnswer(f.Answer), Line: f.Line, Quantity: f.Quantity, Due: f.Due, Note: f.Note,
		By: domain.Login(f.By), ByName: f.Name, ByNameEn: f.NameEn, At: f.At,
	}, nil
}
