package db_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// with puts a case where somebody else has to say something about it.
func (w *deskWorld) with(c deskCase, d domain.Department) {
	w.Helper()
	w.exec(`UPDATE cleardesk.cases SET lies_with = $2 WHERE id = $1`, int64(c.id), string(d))
}

// What decides the matter sends the case back, everything else keeps it.
func TestAFindingThatDecidesSendsTheCaseBack(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	due, part := time.Now().Add(26*time.Hour), domain.Quantity(2_500)
	for name, x := range map[string]struct {
		f    domain.Finding
		want domain.Department
	}{
		"goods right":    {domain.Finding{What: domain.FindGoods, Answer: domain.FoundYes}, domain.Procurement},
		"some of them":   {domain.Finding{What: domain.FindGoods, Answer: domain.FoundPart, Line: 1, Quantity: &part}, domain.Procurement},
		"goods not":      {domain.Finding{What: domain.FindGoods, Answer: domain.FoundNo, Note: "不是我们的货"}, domain.CustomerService},
		"supplier asked": {domain.Finding{What: domain.FindSupplier, Answer: domain.FoundAsked, Due: &due}, domain.Procurement},
		"supplier yes":   {domain.Finding{What: domain.FindSupplier, Answer: domain.FoundYes}, domain.CustomerService},
		"supplier part":  {domain.Finding{What: domain.FindSupplier, Answer: domain.FoundPart, Quantity: &part}, domain.CustomerService},
		"supplier no":    {domain.Finding{What: domain.FindSupplier, Answer: domain.FoundNo, Note: "过期"}, domain.CustomerService},
		"stock there":    {domain.Finding{What: domain.FindStock, Answer: domain.FoundYes}, domain.Procurement},
		"stock short":    {domain.Finding{What: domain.FindStock, Answer: domain.FoundPart, Quantity: &part}, domain.CustomerService},
		"stock gone":     {domain.Finding{What: domain.FindStock, Answer: domain.FoundNo, Note: "库里没有"}, domain.CustomerService},
	} {
		c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
		w.with(c, domain.Procurement)
		before := w.text(`SELECT version FROM cleardesk.cases WHERE id = $1`, int64(c.id))
		moved, err := w.stores["zhao"].RecordFinding(t.Context(), uuid.New(), c.id, x.f)
		if err != nil || moved.With != x.want {
			t.Errorf("%s: %+v %v", name, moved, err)
		}
		w.want("true found", `SELECT concat_ws(' ', (c.version > $2::bigint)::text, n.what) FROM cleardesk.cases c JOIN cleardesk.case_note n ON n.case_id = c.id WHERE c.id = $1`, int64(c.id), before)
		w.want(string(x.f.What)+" "+string(x.f.Answer)+" "+string(w.login("zhao")), `SELECT concat_ws(' ', what, answer, by_login) FROM cleardesk.finding WHERE case_id = $1`, int64(c.id))
	}
	w.want("promise true", `SELECT concat_ws(' ', (moments -> 2 ->> 'what'), (abs(extract(epoch FROM (moments -> 2 ->> 'at')::timestamptz - $1::timestamptz)) < 1)::text)
		FROM cleardesk.cases WHERE jsonb_array_length(moments) = 3`, due)
	w.want("goods part 2.5", `SELECT text FROM cleardesk.case_note WHERE text LIKE 'goods part%'`)
}

func TestFindingsThatSayNothing(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	yes := domain.Finding{What: domain.FindGoods, Answer: domain.FoundYes}
	_, err := w.stores["zhao"].RecordFinding(t.Context(), uuid.New(), c.id, yes)
	wantCode(t, err, domain.Forbidden) // it lies elsewhere
	w.with(c, domain.Procurement)
	_, err = w.stores["lin"].RecordFinding(t.Context(), uuid.New(), c.id, yes)
	wantCode(t, err, domain.Forbidden)
	due, past, some, none := time.Now().Add(time.Hour), time.Now().Add(-time.Hour), domain.Quantity(1), domain.Quantity(0)
	for name, f := range map[string]domain.Finding{
		"what": {What: "price", Answer: domain.FoundYes}, "answer": {What: domain.FindGoods, Answer: "perhaps"},
		"goods asked": {What: domain.FindGoods, Answer: domain.FoundAsked, Due: &due}, "asked, no time": {What: domain.FindSupplier, Answer: domain.FoundAsked},
		"asked, too late": {What: domain.FindSupplier, Answer: domain.FoundAsked, Due: &past}, "time without": {What: domain.FindSupplier, Answer: domain.FoundYes, Due: &due},
		"part of what": {What: domain.FindGoods, Answer: domain.FoundPart}, "part is nought": {What: domain.FindGoods, Answer: domain.FoundPart, Quantity: &none},
		"all of it": {What: domain.FindGoods, Answer: domain.FoundYes, Quantity: &some}, "no word": {What: domain.FindGoods, Answer: domain.FoundNo},
	} {
		_, err := w.stores["zhao"].RecordFinding(t.Context(), uuid.New(), c.id, f)
		if domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	yes.Line = 7
	_, err = w.stores["zhao"].RecordFinding(t.Context(), uuid.New(), c.id, yes)
	wantCode(t, err, domain.NotFound)
	w.want("0", `SELECT count(*) FROM cleardesk.finding`)
}

// A promise is a moment: with it the case stands where its time comes.
func TestAPromiseIsAMoment(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	due := time.Now().Add(20 * time.Minute)
	lin := w.stores["lin"]
	if err := lin.PromiseStore(t.Context(), uuid.New(), c.id, due, "17点前回话"); err != nil {
		t.Fatal(err)
	}
	w.want("promise true true 2", `SELECT concat_ws(' ', next_what, (next_at < now() + interval '21 minutes')::text,
		(rank = cleardesk.case_rank(next_at, at_risk) AND next_check = next_at)::text, version - 1) FROM cleardesk.cases WHERE id = $1`, int64(c.id))
	w.want("S1 17点前回话 promised", `SELECT concat_ws(' ', p.store, p.what, n.what) FROM cleardesk.promise p JOIN cleardesk.case_note n ON n.case_id = p.case_id WHERE p.order_id = $1`, c.order)
	wantCode(t, lin.PromiseStore(t.Context(), uuid.New(), c.id, due, " "), domain.Invalid)
	wantCode(t, lin.PromiseStore(t.Context(), uuid.New(), c.id, time.Now(), "x"), domain.Invalid)
	wantCode(t, w.stores["wu"].PromiseStore(t.Context(), uuid.New(), c.id, due, "x"), domain.Forbidden)
	w.claim("wang", c)
	wantCode(t, lin.PromiseStore(t.Context(), uuid.New(), c.id, due, "x"), domain.Taken)
	// The cause it stands under waits for it too.
	var top int64
	w.scan(&top, `INSERT INTO cleardesk.cases (store, cause, lies_with, kind, why, at_risk, moments, rank, search)
		VALUES ('S1', 'x', 'customer_service', 'quantity_surge', '{}', 0, '[]', 0, '') RETURNING id`)
	w.exec(`UPDATE cleardesk.cases SET parent = $1, holder = NULL, lease_until = NULL, why = '{"cause": "x"}' WHERE id = $2`, top, int64(c.id))
	if err := lin.PromiseStore(t.Context(), uuid.New(), c.id, due.Add(-10*time.Minute), "先回话"); err != nil {
		t.Fatal(err)
	}
	w.want("promise true", `SELECT next_what || ' ' || (next_at < now() + interval '11 minutes')::text FROM cleardesk.cases WHERE id = $1`, top)
	w.exec(`UPDATE cleardesk.cases SET parent = NULL WHERE id = $1`, int64(c.id))
	w.exec(`UPDATE cleardesk.cases SET store = NULL, cause = 'step P4 v1', holder = NULL, lease_until = NULL WHERE id = $1`, int64(c.id))
	wantCode(t, lin.PromiseStore(t.Context(), uuid.New(), c.id, due, "x"), domain.Invalid)
	w.want("2", `SELECT count(*) FROM cleardesk.promise`)
}

// A duplicate becomes part of the first; both keep what was told of them.
func TestADuplicateIsMerged(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	first := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	other := w.put("S1", "", deskLine{"P1", 480, surge})
	var twin deskCase
	w.scan(&twin.id, `INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
		VALUES ('S1', $1, 'customer_service', 'wrong_order', '{}', 5, '[]', 1e10, '') RETURNING id`, first.order)
	twin.order = first.order
	w.flag(twin, 2, domain.WrongOrder)
	lin := w.stores["lin"]
	claim := w.claim("lin", twin)
	if err := lin.NoteCase(t.Context(), uuid.New(), twin.id, "店里又打来"); err != nil {
		t.Fatal(err)
	}
	_, err := lin.Merge(t.Context(), uuid.New(), twin.id, claim.No+1, first.id, "")
	wantCode(t, err, domain.Conflict)
	for _, into := range []domain.CaseID{other.id, twin.id} {
		_, err := lin.Merge(t.Context(), uuid.New(), twin.id, claim.No, into, "")
		wantCode(t, err, domain.Invalid)
	}
	w.claim("wang", first)
	_, err = lin.Merge(t.Context(), uuid.New(), twin.id, claim.No, first.id, "")
	wantCode(t, err, domain.Taken)
	w.exec(`UPDATE cleardesk.cases SET lease_until = now() WHERE id = $1`, int64(first.id))
	moved, err := lin.Merge(t.Context(), uuid.New(), twin.id, claim.No, first.id, "同一单")
	if err != nil || moved.Case != first.id {
		t.Fatalf("%+v %v", moved, err)
	}
	w.want("open 1|closed 0", `SELECT string_agg(state || ' ' || more, '|' ORDER BY id) FROM cleardesk.cases WHERE order_id = $1`, first.order)
	w.want("note,merged joined", `SELECT concat_ws(' ', (SELECT string_agg(what, ',' ORDER BY id) FROM cleardesk.case_note WHERE case_id = $2),
		(SELECT string_agg(what, ',') FROM cleardesk.case_note WHERE case_id = $1)) FROM cleardesk.cases WHERE id = $2 AND merged_into = $1`, int64(first.id), int64(twin.id))
	w.exec(`UPDATE cleardesk.cases SET holder = NULL, lease_until = NULL WHERE id = $1`, int64(first.id))
	if r, err := w.finish("lin", first, domain.ChooseDropOrder, 0); err != nil || len(r.Records) != 2 || r.State != domain.CaseClosed {
		t.Errorf("both anomalies end together: %+v %v", r, err)
	}
}
