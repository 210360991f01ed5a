package db_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// returning makes a case in which S1 wants lines of a received order back: 12 of 40 of P1,
// and with a second line 3 of 3 of P2.
func (w *deskWorld) returning(lines int) effectCase {
	w.Helper()
	e := w.ready(domain.Return)
	w.exec(`INSERT INTO cleardesk.supplier (code, name) VALUES ('V1', '顺源') ON CONFLICT DO NOTHING; UPDATE cleardesk.product SET supplier = 'V1'`)
	if lines > 1 {
		w.raise(e.deskCase, 2, domain.Return)
	}
	told := []map[string]any{{"line": 1, "product": "P1", "quantity": 12_000, "why": "expiry"}, {"line": 2, "product": "P2", "quantity": 3_000, "why": "expiry"}}
	raw, err := json.Marshal(map[string]any{"lines": told[:lines], "text": "临期"})
	if err != nil {
		w.Fatal(err)
	}
	w.exec(`WITH v AS (INSERT INTO cleardesk.event (what, key, store, order_id, at, detail) VALUES ('return', $2, 'S1', $1, now(), $3) RETURNING id)
		UPDATE cleardesk.anomaly SET event_id = v.id FROM v WHERE kind = 'return' AND order_id = $1`, e.order, e.no+" back", string(raw))
	w.with(e.deskCase, domain.Procurement)
	return e
}

// found lets procurement say something about a line of a return.
func (w *deskWorld) says(e effectCase, f domain.Finding) domain.Department {
	w.Helper()
	moved, err := w.stores["zhao"].RecordFinding(w.Context(), uuid.New(), e.id, f)
	if err != nil {
		w.Fatal(err)
	}
	return moved.With
}

// stages are the lines of a case's returns as somebody reads them: line, stage, asked,
// verified and approved in whole units, worth in fen.
func (w *deskWorld) stages(e effectCase) []string {
	w.Helper()
	all, err := w.stores["lin"].Returns(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	domain.SortReturns(all, domain.ReturnsByStage, time.Now())
	var out []string
	for i := range all {
		if r := &all[i]; r.Case == e.id {
			seen, _ := r.Verified()
			ok, _ := r.Approved()
			out = append(out, fmt.Sprintf("%d %s %s/%s/%s %d", r.Line, r.Stage(), r.Asked, seen, ok, r.Worth()))
		}
	}
	return out
}

func (w *deskWorld) wantStages(e effectCase, want ...string) {
	w.Helper()
	if d := cmp.Diff(want, w.stages(e)); d != "" {
		w.Error(d)
	}
}

// Twelve are asked for, procurement finds ten, the supplier takes eight: eight go back to
// the stock and are credited, no more.
func TestAReturnInParts(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	e := w.returning(1)
	w.wantStages(e, "1 requested 12/12/12 14400")
	ten, eight, due := domain.Units(10), domain.Units(8), time.Now().Add(3*time.Hour)
	w.says(e, domain.Finding{What: domain.FindGoods, Answer: domain.FoundPart, Line: 1, Quantity: &ten})
	w.wantStages(e, "1 verified 12/10/10 12000")
	w.says(e, domain.Finding{What: domain.FindSupplier, Answer: domain.FoundAsked, Line: 1, Due: &due})
	w.wantStages(e, "1 asked 12/10/10 12000")
	w.want("true", `SELECT moments @> '[{"what": "promise"}]' AND next_at < now() + interval '4 hours' FROM cleardesk.cases WHERE id = $1`, int64(e.id))
	if with := w.says(e, domain.Finding{What: domain.FindSupplier, Answer: domain.FoundPart, Line: 1, Quantity: &eight, Note: "两盒已拆"}); with != domain.CustomerService {
		t.Errorf("answered, it lies with %s", with)
	}
	w.wantStages(e, "1 answered 12/10/8 9600")
	before := w.text(`SELECT stock FROM cleardesk.product WHERE code = 'P1'`)
	claim := w.claim("lin", e.deskCase)
	f := w.form("lin", e.deskCase)
	write := func(q domain.Quantity) error {
		r := domain.Resolution{
			Anomaly: e.anomaly, Outcome: domain.Returned, Close: domain.RealError, Reason: domain.WhyNotWanted, Effects: []domain.Effect{
				{Op: domain.EffectAdjust, Line: 1, Amount: -domain.Amount(q, 1200)}, {Op: domain.EffectRestock, Line: 1, Product: "P1", Quantity: q},
			},
		}
		_, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), domain.Handled{Case: e.id, Claim: claim.No, Version: f.Version, Resolutions: []domain.Resolution{r}})
		return err
	}
	wantCode(t, write(domain.Units(9)), domain.Conflict)
	if err := write(eight); err != nil {
		t.Fatal(err)
	}
	w.wantStages(e, "1 done 12/10/8 9600")
	w.want("8000", `SELECT stock - $1::bigint FROM cleardesk.product WHERE code = 'P1'`, before)
	w.want("restocked 8000", `SELECT why || ' ' || delta FROM cleardesk.stock_move WHERE order_id = $1`, e.order)
	w.want("return -9600", `SELECT what || ' ' || amount FROM cleardesk.adjustment WHERE order_id = $1`, e.order)
	all, _ := w.stores["lin"].Returns(t.Context())
	if r := all[0]; r.Supplier != "顺源" || r.Said != "临期" || r.Ended == nil || r.Ended.Back != eight || r.Ended.By != w.login("lin") || r.Answer.Note != "两盒已拆" {
		t.Errorf("read %+v", r)
	}
}

// A case goes back to customer service once every line of it is decided.
func TestACaseOfSeveralReturnsGoesBackWhenAllAreDecided(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	e := w.returning(2)
	due := time.Now().Add(time.Hour)
	w.says(e, domain.Finding{What: domain.FindGoods, Answer: domain.FoundYes, Line: 2})
	if with := w.says(e, domain.Finding{What: domain.FindGoods, Answer: domain.FoundNo, Line: 1, Note: "不是我们的货"}); with != domain.Procurement {
		t.Fatalf("with a line open it lies with %s", with)
	}
	w.wantStages(e, "2 verified 3/3/3 999", "1 answered 12/0/0 0")
	w.says(e, domain.Finding{What: domain.FindSupplier, Answer: domain.FoundYes, Line: 2})
	w.want("customer_service", `SELECT lies_with FROM cleardesk.cases WHERE id = $1`, int64(e.id))

	// A supplier that is asked again has not answered.
	again := w.returning(2)
	w.says(again, domain.Finding{What: domain.FindGoods, Answer: domain.FoundYes})
	w.says(again, domain.Finding{What: domain.FindSupplier, Answer: domain.FoundYes, Line: 1})
	w.says(again, domain.Finding{What: domain.FindSupplier, Answer: domain.FoundAsked, Line: 1, Due: &due})
	if with := w.says(again, domain.Finding{What: domain.FindSupplier, Answer: domain.FoundYes, Line: 2}); with != domain.Procurement {
		t.Errorf("with a question open it lies with %s", with)
	}
	w.wantStages(again, "1 asked 12/12/12 14400", "2 answered 3/3/3 999")
}
