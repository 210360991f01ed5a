package db

import (
	"cmp"
	"context"
	"slices"
	"time"

	"cleardesk/domain"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// StoreWeek reads everything behind the figures of a store's week. NotFound: there is no
// such store. A store with nothing in the week has nothing in its file.
func (s *Store) StoreWeek(ctx context.Context, week time.Time, code domain.StoreCode) (domain.StoreWeekFile, error) {
	f := domain.StoreWeekFile{Week: domain.WeekOf(week)}
	shop, err := s.store(ctx, code)
	if err != nil {
		return f, err
	}
	err = s.steady(ctx, "read settlement of store", func(tx *sqlx.Tx) error {
		w := domain.Settlement{Week: f.Week}
		if err := readWeek(ctx, tx, &w); err != nil {
			return err
		}
		f.Rounding, f.Signed = w.Rounding, w.Signed
		if err := readStores(ctx, tx, &w, code); err != nil {
			return err
		}
		f.StoreWeek = domain.StoreWeek{Store: shop.Code, Name: shop.Name, NameEn: shop.NameEn}
		if len(w.Stores) > 0 {
			f.StoreWeek = w.Stores[0]
		}
		if err := readFacts(ctx, tx, &f); err != nil {
			return err
		}
		return readReviews(ctx, tx, &f)
	})
	if err != nil || len(f.OpenCases) == 0 {
		return f, err
	}
	ids := make(pq.Int64Array, len(f.OpenCases))
	for i, id := range f.OpenCases {
		ids[i] = int64(id)
	}
	f.Cases, err = s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q WHERE q.id = ANY ($1) ORDER BY q.id`, ids)
	return f, err
}

type factRow struct {
	What    string
	Ref     int64
	OrderID int64  `db:"order_id"`
	OrderNo string `db:"order_no"`
	Amount  domain.Money
	At      time.Time
	LineNo  int   `db:"line_no"`
	Record  int64 `db:"record_id"`
	Rev     int64 `db:"reverses"`
	CaseID  int64 `db:"case_id"`
	Kind    string
	Outcome string
	By      string
	Name    string
	NameEn  string `db:"name_en"`
}

// readFacts reads the facts of the store's week and the orders refused at the door, and
// puts each to the delivery it belongs to.
func readFacts(ctx context.Context, tx *sqlx.Tx, f *domain.StoreWeekFile) error {
	var rows []factRow
	err := tx.SelectContext(ctx, &rows, `
		SELECT f.what, f.ref, coalesce(f.order_id, 0) AS order_id, coalesce(o.order_no, '') AS order_no, f.amount, f.at,
		       coalesce(a.line_no, 0) AS line_no, coalesce(a.record_id, 0) AS record_id, coalesce(a.reverses, 0) AS reverses,
		       coalesce(r.case_id, 0) AS case_id, coalesce(r.kind::text, '') AS kind, coalesce(r.outcome, '') AS outcome,
		       coalesce(a.by_login, '') AS by, coalesce(p.name, '') AS name, coalesce(p.name_en, '') AS name_en
		FROM (SELECT what, ref, order_id, amount, at FROM cleardesk.settlement_facts($1) WHERE store = $2
		      UNION ALL SELECT 'refused', order_id, order_id, total, at FROM cleardesk.settlement_refused($1) WHERE store = $2) f
		LEFT JOIN cleardesk.orders o ON o.id = f.order_id
		LEFT JOIN cleardesk.adjustment a ON a.id = f.ref AND a.what = f.what
		LEFT JOIN cleardesk.resolution_record r ON r.id = a.record_id LEFT JOIN cleardesk.staff p ON p.login = a.by_login
		ORDER BY f.at, f.what, f.ref`, dateArg(f.Week), string(f.Store))
	if err != nil {
		return err
	}
	place := map[int64]int{}
	for i := range rows {
		if r := &rows[i]; r.What == "delivery" || r.What == "refused" {
			place[r.OrderID] = len(f.Orders)
			o := domain.SettledOrder{Day: r.At, Order: domain.OrderID(r.OrderID), No: domain.OrderNo(r.OrderNo), Delivered: r.Amount}
			if r.What == "refused" {
				o.Refused, o.Delivered, o.Worth = true, 0, r.Amount
			}
			f.Orders = append(f.Orders, o)
		}
	}
	for i := range rows {
		rows[i].put(f, place)
	}
	slices.SortStableFunc(f.Orders, func(a, b domain.SettledOrder) int { return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.No, b.No)) })
	return nil
}

// put puts what is no delivery to the delivery of its order, else beside them.
func (r *factRow) put(f *domain.StoreWeekFile, place map[int64]int) {
	at, here := place[r.OrderID]
	switch r.What {
	case "credit", "charge", "return":
		a := domain.SettledAdjustment{
			Adjustment: domain.Adjustment{
				ID: r.Ref, OrderID: domain.OrderID(r.OrderID), Line: r.LineNo, What: r.What, Amount: r.Amount, Record: domain.RecordID(r.Record),
				Reverses: r.Rev, By: domain.Login(r.By), At: r.At,
			},
			OrderNo: domain.OrderNo(r.OrderNo), Case: domain.CaseID(r.CaseID), Kind: domain.Kind(r.Kind), Outcome: domain.Outcome(r.Outcome),
			ByName: r.Name, ByNameEn: r.NameEn,
		}
		if here {
			f.Orders[at].Adjustments = append(f.Orders[at].Adjustments, a)
		} else {
			f.Others = append(f.Others, a)
		}
	case "collection":
		if here {
			f.Orders[at].Collected += r.Amount
		} else {
			f.Cash = append(f.Cash, domain.SettledCash{
				Event: domain.EventID(r.Ref), At: r.At, OrderID: domain.OrderID(r.OrderID), OrderNo: domain.OrderNo(r.OrderNo), Amount: r.Amount,
			})
		}
	case "carried":
		f.Carries = append(f.Carries, domain.SettledCarry{From: f.Week.AddDate(0, 0, -7), Amount: r.Amount})
	}
}

func readReviews(ctx context.Context, tx *sqlx.Tx, f *domain.StoreWeekFile) error {
	var rows []struct {
		What, Dept, Note string
		Diff             domain.Money
		By               string `db:"by_login"`
		Name             string
		NameEn           string `db:"name_en"`
		At               time.Time
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT r.what, coalesce(r.dept, '') AS dept, r.note, r.diff, r.by_login, p.name, p.name_en, r.at
		FROM cleardesk.settlement_review r JOIN cleardesk.staff p ON p.login = r.by_login
		WHERE r.week = $1 AND r.store = $2 ORDER BY r.id LIMIT 200`, dateArg(f.Week), string(f.Store))
	for _, r := range rows {
		f.Reviews = append(f.Reviews, domain.SettlementReview{
			What: domain.ReviewWhat(r.What), Dept: domain.Department(r.Dept), Diff: r.Diff, Note: r.Note, By: domain.Login(r.By),
			ByName: r.Name, ByNameEn: r.NameEn, At: r.At,
		})
	}
	return err
}
