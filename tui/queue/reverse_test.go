package queue_test

import (
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"
)

// written is the case of the drawing after its line was changed to 48 bags and
// accepted.
func written() domain.CaseFile {
	by := domain.Reversal{By: "lin", ByName: "林梅", ByNameEn: "Lin Mei", At: now.Add(-time.Minute)}
	released := now.Add(-30 * time.Second)
	return domain.CaseFile{
		Order: domain.Order{ID: 398, No: "1123-0398", State: domain.Accepted, Total: 393_600, Lines: []domain.Line{
			{No: 1, Product: "P1", Quantity: domain.Units(20), Amount: 336_000},
			{No: 2, Product: "P1007", Quantity: domain.Units(48), Amount: 57_600},
		}},
		Products: map[domain.ProductCode]domain.Product{
			"P1007": {Code: "P1007", Name: "鲜牛奶250ml", NameEn: "Fresh milk 250 ml", Unit: "袋", UnitEn: "bag"},
		},
		Moments: []domain.Moment{{What: domain.WindowClose, At: now.Add(80 * time.Minute)}, {What: domain.Picking, At: now.Add(110 * time.Minute)}},
		Holds:   []domain.Hold{{ID: 21, Line: 2, Anomaly: 11, Kind: domain.QuantitySurge, ReleasedAt: &released}},
		Records: []domain.ResolutionRecord{{ID: 5, Anomaly: 11, Changed: []domain.ResolvedLine{
			{Line: 2, Product: "P1007", Old: domain.Units(480), New: domain.Units(48), OldAmount: 576_000, NewAmount: 57_600},
		}}},
		Written: &domain.Written{
			Records: []domain.RecordID{5}, By: by.By, ByName: by.ByName, ByNameEn: by.ByNameEn, At: by.At,
			Found: domain.OrderBefore{
				State: domain.Accepted, Left: domain.Accepted, Lines: []domain.LineBefore{{Line: 2, Quantity: domain.Units(480), Amount: 576_000}},
				Holds: []domain.HoldBefore{{Anomaly: 11, Line: 2}}, Free: []int{2},
			},
		},
	}
}

// newWritten is a queue whose person has written a case that is closed now.
func newWritten(tb testing.TB, lang text.Lang, w, h int) *world {
	tb.Helper()
	d := newWorld(tb, lang, w, h)
	d.desk.change(func() {
		d.desk.closed = domain.QueueRow{
			Case: 7, Version: 4, With: domain.CustomerService, State: domain.CaseClosed, Kind: domain.QuantitySurge, Store: "S031",
			StoreName: "望京店", StoreNameEn: "Wangjing", OrderNo: "1123-0398", OrderID: 398, Rank: 9,
		}
		d.desk.last = 7
	})
	return d
}

func TestTakeBackFrames(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		t.Run(string(lang), func(t *testing.T) {
			t.Parallel()
			w := newWritten(t, lang, 80, 17)
			w.rest()
			w.Press("u")
			typed := feet(w)
			w.Type("看错")
			w.Press("ctrl+s")
			golden(t, "takeback_"+string(lang), typed+"\n--\n"+feet(w))
		})
	}
}

// feet are the message lines, as wide as the screen.
func feet(w *world) string {
	var out []string
	for _, l := range w.view.Message() {
		out = append(out, l.Render(w.env.Theme, 80))
	}
	return strings.Join(out, "\n")
}

func TestTakenBackCaseIsInTheQueueAgain(t *testing.T) {
	t.Parallel()
	w := newWritten(t, text.English, 80, 19)
	w.Press("down", "u")
	w.Press("ctrl+s")
	if len(w.desk.written()) > 0 || !strings.Contains(strings.Join(w.Said(), " "), "needs a reason") {
		t.Fatalf("without a reason: %v %v", w.desk.written(), w.Said())
	}
	w.Type("slip")
	w.Press("ctrl+s", "ctrl+s") // in one read: asked, not written
	if len(w.desk.written()) > 0 {
		t.Fatal("written before it could be read")
	}
	w.Advance(time.Second)
	w.Press("ctrl+s")
	if got := strings.Join(w.desk.written(), ","); got != "take back: slip" {
		t.Fatalf("wrote %q", got)
	}
	w.Sees("1123-0398") // beneath the rows there were, with the cursor
	if r := w.view.Menu(); !strings.Contains(r.Title, "1123-0398") {
		t.Errorf("the cursor is on %q", r.Title)
	}
	if said := strings.Join(w.Said(), " "); !strings.Contains(said, "taken back: open again, and yours") {
		t.Errorf("said %q", said)
	}
	w.Press("u")
	if said := strings.Join(w.Said(), " "); !strings.Contains(said, "nothing you wrote today") {
		t.Errorf("said %q", said)
	}
}

func TestTakingBackIsLeftWithEsc(t *testing.T) {
	t.Parallel()
	w := newWritten(t, text.English, 80, 19)
	w.Press("u")
	w.Type("u1")
	w.Press("ctrl+s", "x") // any other key goes back to the reason
	if !w.view.CapturesText() {
		t.Error("the reason is not typed on")
	}
	w.Press("esc")
	if w.view.Asks() || len(w.desk.written()) > 0 {
		t.Errorf("asks %v, wrote %v", w.view.Asks(), w.desk.written())
	}
}

func TestTakingBackIsRefused(t *testing.T) {
	t.Parallel()
	w := newWritten(t, text.English, 80, 19)
	w.Press("u")
	w.Type("slip")
	w.desk.change(func() {
		w.desk.refuse[7] = &domain.Error{Code: domain.Conflict, Detail: map[string]string{"reverse": "later", "name_en": "Wang Lei"}}
	})
	w.Press("ctrl+s")
	w.Advance(time.Second)
	w.Press("ctrl+s")
	if said := strings.Join(w.Said(), " "); !strings.Contains(said, "1123-0398 cannot be taken back: the order was written again since: Wang Lei") {
		t.Errorf("said %q", said)
	}
	if w.view.Asks() {
		t.Error("the question stays")
	}
	// After picking it is not even asked.
	w.Advance(2 * time.Hour)
	w.Press("u")
	if said := strings.Join(w.Said(), " "); w.view.Asks() || !strings.Contains(said, "picking began 15:30") {
		t.Errorf("said %q", said)
	}
}

// No answer came: the question stays, and goes again under the same key.
func TestTakingBackWithoutAnAnswerKeepsItsKey(t *testing.T) {
	t.Parallel()
	w := newWritten(t, text.English, 80, 19)
	w.Press("u")
	w.Type("slip")
	w.desk.change(func() { w.desk.refuse[7] = domain.Errorf(domain.Unavailable, "reverse", "lost") })
	twice := func() {
		w.Press("ctrl+s")
		w.Advance(time.Second)
		w.Press("ctrl+s")
	}
	twice()
	if said := strings.Join(w.Said(), " "); !strings.Contains(said, "not known yet") || !w.view.Asks() {
		t.Fatalf("said %q", said)
	}
	w.desk.change(func() { delete(w.desk.refuse, 7) })
	w.Send(ui.Changed{All: true})
	twice()
	if len(w.desk.ops) != 2 || w.desk.ops[0] != w.desk.ops[1] || len(w.desk.written()) != 1 {
		t.Errorf("keys %v, wrote %v", w.desk.ops, w.desk.written())
	}
}

func TestOthersTakeNothingBack(t *testing.T) {
	t.Parallel()
	w := newWritten(t, text.English, 80, 19)
	w.env.Me.Roles = []domain.Role{domain.RoleProcurement}
	w.Press("u")
	if said := strings.Join(w.Said(), " "); !strings.Contains(said, "needs customer service") {
		t.Errorf("said %q", said)
	}
	if off := w.view.Menu().Rest[0].Off; off == "" {
		t.Error("the menu offers it")
	}
}
