package db_test

import (
	"fmt"
	"strings"
	"testing"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// orderFile reads an order's file as Lin.
func (w *deskWorld) orderFile(id int64) domain.OrderFile {
	w.Helper()
	f, err := w.stores["lin"].OrderFile(w.Context(), domain.OrderID(id))
	if err != nil {
		w.Fatal(err)
	}
	return f
}

// told is a story in short.
func told(f domain.OrderFile) []string {
	var out []string
	for _, e := range f.Story() {
		s := string(e.What)
		switch {
		case e.Claim != nil:
			s += " " + e.Claim.What
		case e.Note != nil:
			s += " " + e.Note.What + " " + string(e.To)
		case e.Call != nil:
			s += " " + e.Call.Outcome
		case e.Record != nil:
			s += fmt.Sprintf(" %s %d", e.Record.Outcome, len(e.Record.Changed))
		case e.Link != nil:
			s += " " + string(e.Link.No)
		case e.Anomaly != nil:
			s += fmt.Sprintf(" %s %d", e.Anomaly.Kind, e.Anomaly.Line)
		case e.What == domain.StoryAccepted:
			s += fmt.Sprint(" ", e.Held)
		}
		if e.ByNameEn != "" {
			s += " by " + e.ByNameEn
		}
		out = append(out, s)
	}
	return out
}

// An order from its hold to its end, by everybody who has to do with it.
func TestOrderFileTellsTheWholeStory(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P4", 30, surge}, deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	w.exec(`UPDATE cleardesk.orders SET accepted_at = now() WHERE id = $1`, c.order)
	lin, zhao, wang := w.stores["lin"], w.stores["zhao"], w.stores["wang"]
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	f := w.orderFile(c.order)
	if b := f.Brief(); b.Held != 2 || len(f.Holds) != 2 || f.HoldOn(3) != nil || f.CaseFor(2) != c.id || f.CaseFor(3) != 0 {
		t.Errorf("held %d, holds %+v", b.Held, f.Holds)
	}
	w.claim("lin", c)
	_, err := lin.RecordCall(t.Context(), uuid.New(), domain.CallReport{
		Cases: []domain.CaseID{c.id}, Outcome: domain.Reached, Who: domain.StoreManager, Said: domain.SaidMistake, Text: "多打了零",
	})
	check(err)
	file, err := lin.CaseFile(t.Context(), c.id)
	check(err)
	_, err = lin.HandOver(t.Context(), uuid.New(), c.id, file.Row.Version, domain.Procurement, "请核实")
	check(err)
	_, err = zhao.Claim(t.Context(), uuid.New(), c.id)
	check(err)
	_, err = zhao.VerifyQuantity(t.Context(), uuid.New(), c.id, []int{1}, true, "有货")
	check(err)
	claim, err := wang.Claim(t.Context(), uuid.New(), c.id)
	check(err)
	form := w.form("wang", c)
	answers := w.decided(form, domain.ChooseChange, domain.Units(12))
	_, err = wang.Resolve(t.Context(), uuid.New(), handled(form, claim, answers))
	check(err)
	f = w.orderFile(c.order)
	want := []string{
		"placed", "found quantity_surge 1", "found quantity_surge 2", "accepted 2", "claim claimed by lin", "call reached by lin",
		"note handed_over procurement by lin", "claim claimed by zhao", "note verified customer_service by zhao", "claim claimed by wang",
		"record quantity_corrected 2 by wang", "record quantity_corrected 0 by wang",
	}
	if diff := cmp.Diff(want, told(f)); diff != "" {
		t.Errorf("the story (-want +got):\n%s", diff)
	}
	if r := f.ChangedBy(2); r == nil || r.ByNameEn != "wang" || r.OldTotal <= r.Total || r.Changed[1].Old != domain.Units(480) || r.Changed[1].New != domain.Units(12) {
		t.Errorf("line 2 was changed by %+v", r)
	}
	if f.HoldOn(2) == nil || !f.HoldOn(2).Pending || f.ChangedBy(3) != nil || f.CaseFor(2) != c.id {
		t.Errorf("holds after the change: %+v", f.Holds)
	}
	w.exec(`UPDATE cleardesk.hold SET pending = false, released_at = now(), released_by = 'judge' WHERE order_id = $1`, c.order)
	got := told(w.orderFile(c.order))
	if diff := cmp.Diff([]string{"cleared", "cleared"}, got[len(got)-2:]); diff != "" {
		t.Errorf("after the judge saw it (-want +got):\n%s", diff)
	}
	for _, e := range f.Story() {
		if e.What == domain.StoryCall && (e.Call.Text != "多打了零" || e.Case != c.id) {
			t.Errorf("the call %+v", e.Call)
		}
	}
}

func TestOrderFileKnowsWhatBelongsWithIt(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	first := w.past("S1", 3, "12:00", "cancelled", "P1")
	second := w.past("S1", 3, "13:00", "settled", "P1", "P2")
	third := w.past("S1", 2, "13:00", "settled", "P2")
	far := w.past("S2", 2, "13:00", "settled", "P2")
	link := func(id int64, why string, to int64) {
		w.exec(`UPDATE cleardesk.orders SET link = $2, linked_to = $3 WHERE id = $1`, id, why, to)
	}
	link(second, "reorder", first)
	link(third, "supplement", second)
	f := w.orderFile(second)
	var got []string
	for _, l := range f.Links {
		got = append(got, fmt.Sprint(l.ID, " ", l.Link, " ", l.Later, " ", l.State))
	}
	want := []string{fmt.Sprint(first, " reorder false cancelled"), fmt.Sprint(third, " supplement true settled")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if len(f.Order.Lines) != 2 || f.Products["P2"].Name != "鸡蛋" || f.Store.Name != "店1" || len(f.Moments) != 3 || f.ReadAt.IsZero() {
		t.Errorf("file %+v", f)
	}
	if f := w.orderFile(far); len(f.Links) != 0 || len(f.Cases) != 0 {
		t.Errorf("an order by itself has links %v, cases %v", f.Links, f.Cases)
	}
	if _, err := w.stores["lin"].OrderFile(t.Context(), 999_999); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("an order that is not there: %v", err)
	}
}

// A case of one cause holds anomalies of orders it does not point to.
func TestOrderFileFindsTheCaseOfACause(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	w.exec(`UPDATE cleardesk.cases SET order_id = NULL WHERE id = $1`, int64(c.id))
	if err := w.stores["lin"].NoteCase(t.Context(), uuid.New(), c.id, "看过"); err != nil {
		t.Fatal(err)
	}
	f := w.orderFile(c.order)
	if len(f.Cases) != 1 || f.Cases[0].Case != c.id || len(f.Anomalies) != 1 || len(f.Notes) != 1 || f.Notes[0].Text != "看过" {
		t.Errorf("cases %v, anomalies %v, notes %v", f.Cases, f.Anomalies, f.Notes)
	}
}

// Orders are many: those that point to this one are found by their index.
func TestLinksAreReadByIndex(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.exec(`INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content)
		SELECT 'X' || g, 'S' || 1 + g % 40, now() - g * interval '7 minutes', current_date, 'settled', 1000, 1, true, '' FROM generate_series(1, 20000) g`)
	w.exec(`ANALYZE cleardesk.orders`)
	var lines []string
	if err := w.admin.SelectContext(t.Context(), &lines, "EXPLAIN "+db.LinksQuery, 1); err != nil {
		t.Fatal(err)
	}
	if plan := strings.Join(lines, "\n"); !strings.Contains(plan, "orders_linked") || strings.Contains(plan, "Seq Scan on orders") {
		t.Errorf("plan:\n%s", plan)
	}
}
