package db

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/lib/pq"
)

// pastFrom asks the database for the past of one order's product.
func (w *judgeWorld) pastFrom(s *Store, id domain.OrderID, product domain.ProductCode) []pastRow {
	w.t.Helper()
	var rows []pastRow
	err := s.db.SelectContext(w.t.Context(), &rows, `
		SELECT n, order_id, line_no, business_day, quantity, amount, held, placed_at FROM cleardesk.judge_past($1, $2, $3)`,
		pq.Int64Array{int64(id)}, pq.StringArray{string(product)}, pastRead)
	if err != nil {
		w.t.Fatal(err)
	}
	return rows
}

// knownFrom gives what the judge remembers and still holds, unless something changed.
func (w *judgeWorld) knownFrom(j *Judge, o *domain.Order, product domain.ProductCode) ([]pastRow, bool) {
	w.t.Helper()
	rows, certain := j.known.past(o, product)
	var of []*knownOrder
	for _, r := range rows {
		of = append(of, r.of)
	}
	moved, held, err := j.known.stands(w.t.Context(), j.store, of)
	if err != nil {
		w.t.Fatal(err)
	}
	out := []pastRow{}
	for _, r := range rows {
		if certain = certain && r.of.version != 0 && !moved[r.Order]; !certain {
			return nil, false
		}
		r.Held = held[place{r.Order, r.Line}]
		out = append(out, r.pastRow)
	}
	return out, certain
}

// What a judge remembers is what the database tells, whatever people do meanwhile.
func TestKnownPastIsThePast(t *testing.T) {
	t.Parallel()
	w := streamed(t, 300)
	w.learnt(450, testLine{product: "P1", quantity: 10}) // more than is remembered, of S1
	j := w.takeOver(JudgeOptions{Lease: time.Minute, BatchLines: 300})
	for n := 1; n > 0; {
		var err error
		if n, err = j.batch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if at := j.known.stores["S1"]; at.whole || len(at.orders) > 2*pastOrders {
		t.Errorf("%d orders of S1 are remembered", len(at.orders))
	}
	w.exec(`UPDATE cleardesk.orders SET state = 'cancelled', version = version + 1 WHERE id % 60 = 0`)
	w.exec(`WITH l AS (UPDATE cleardesk.order_line SET cancelled = true WHERE order_id % 70 = 0 AND line_no = 1 RETURNING order_id)
		UPDATE cleardesk.orders SET version = version + 1 WHERE id IN (SELECT order_id FROM l)`)
	w.exec(`UPDATE cleardesk.hold SET released_at = now(), released_by = 'lin' WHERE id % 2 = 0`)

	byName := cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "N" || p.String() == "Amount" || p.String() == "Qty" }, cmp.Ignore())
	known, unknown, held := 0, 0, 0
	for code, at := range j.known.stores {
		last := at.orders[len(at.orders)-1]
		o := &domain.Order{ID: last.id, Store: code, PlacedAt: last.placed}
		for product := range j.known.products {
			got, certain := w.knownFrom(j, o, product)
			if !certain {
				unknown++
				continue
			}
			known++
			want := w.pastFrom(j.store, last.id, product)
			if diff := cmp.Diff(want, got, byName); diff != "" {
				t.Fatalf("%s %s: %s", code, product, diff)
			}
			for i := range want {
				if want[i].Qty != got[i].Qty {
					t.Errorf("%s %s: %v, want %v", code, product, got[i], want[i])
				}
				if got[i].Held {
					held++
				}
			}
		}
		if got, certain := w.knownFrom(j, o, ""); certain {
			for i, want := range w.pastFrom(j.store, last.id, "") {
				if want.Amount != got[i].Amount || want.Order != got[i].Order || want.Held != got[i].Held {
					t.Errorf("%s: %v, want %v", code, got[i], want)
				}
			}
		}
	}
	if known < 20 || unknown < 20 || held == 0 {
		t.Errorf("known %d, unknown %d, held %d: the test shows nothing", known, unknown, held)
	}
}
