package casefile

import (
	"strconv"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
)

// Lines of the parts at the least height. What is more goes to the evidence.
const (
	leastFacts      = 3
	leastQuestions  = 7
	leastPlan       = 4
	fewestQuestions = 4   // what will be written is shown whole before more than these
	sideBySide      = 110 // from here on the further evidence has two columns
)

// row is a line of the form; x is the text cursor's cell in it, -1 for none.
type row struct {
	line cell.Line
	x    int
}

// View draws the form.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	for _, r := range v.rows() {
		b.Add(r.line)
	}
	return b.String()
}

// TextCursor is where the text cursor stands.
func (v *View) TextCursor() (x, y int, ok bool) {
	if !v.CapturesText() {
		return 0, 0, false
	}
	if v.dialog != nil && v.dialog.back != nil {
		x, line := v.dialog.back.Cursor(v.W)
		return x, v.H + line, true
	}
	if v.dialog != nil { // the note stands in the second message line, beneath the form
		x, width := v.handNote()
		return x + v.dialog.note.CursorX(width), v.H + 1, true
	}
	for i, r := range v.rows() {
		if r.x >= 0 && i < v.H {
			return min(r.x, v.W-1), i, true
		}
	}
	return 0, 0, false
}

// rows lays the form out: title, evidence, questions, what will be written.
func (v *View) rows() []row {
	if !v.loaded {
		text := v.env.Text.Form.Loading
		if v.loadErr != nil {
			text = "!" + v.env.Text.Case.Say.NotLoaded(v.env.Text.Error(v.loadErr))
		}
		return []row{plain(cell.Painted(theme.Muted, " "+text))}
	}
	if v.file.Row.IsCause() {
		return v.causeRows()
	}
	f := v.form()
	plan := f.Plan(v.answers)
	closed := v.file.Row.State == domain.CaseClosed
	var below []row
	rules, least := 3, leastPlan
	if closed {
		rules, least = 2, 0
	} else {
		below = v.planRows(f, plan)
	}
	room := v.H - 3 - rules - leastFacts
	keep := fewestQuestions
	if v.confirm.Asking() {
		keep = 1 // what is about to be written comes before all
	}
	below = fill(v.cutPlan(below, max(least, room-keep)), least)
	blocks := v.blocks(f)
	asked := fill(window(blocks, max(1, room-len(below))), min(leastQuestions, max(0, room-len(below))))
	facts := v.facts(f, leastFacts+max(0, room-len(below)-len(asked)))

	out := make([]row, 0, v.H)
	for _, l := range v.head(blocks, len(asked)) {
		out = append(out, plain(l))
	}
	out = append(out, facts...)
	out = append(out, plain(ui.Rule(v.env, "", v.W)))
	out = append(out, asked...)
	if !closed {
		out = append(out, plain(ui.Rule(v.env, v.env.Text.Case.Plan.Title, v.W)))
	}
	out = append(out, below...)
	return append(out, plain(ui.Rule(v.env, "", v.W)))
}

func plain(l cell.Line) row { return row{line: l, x: -1} }

// fill adds empty lines up to n.
func fill(rows []row, n int) []row {
	for len(rows) < n {
		rows = append(rows, plain(cell.Line{}))
	}
	return rows
}

// cutPlan keeps what will be written to n lines and says how many are left out.
func (v *View) cutPlan(rows []row, n int) []row {
	if len(rows) <= n {
		return rows
	}
	more := cell.Painted(theme.Near, cell.Spaces(1+v.env.Text.Case.Rows)+v.env.Text.Case.Plan.More(len(rows)-n+1))
	return append(rows[:n-1:n-1], plain(more))
}

// head is the title: what, which order, whose it is, how long there is; whom to ring,
// and what else the store has.
func (v *View) head(blocks []block, shown int) []cell.Line {
	t, w := v.env.Text, v.env.Text.Case.Head
	r := v.file.Row
	kind := t.KindLong(r.Kind)
	if cell.Width(kind) > 16 || t.Lang == text.Chinese {
		kind = t.Kind(r.Kind)
	}
	store := t.Pick(r.StoreName, r.StoreNameEn) + " " + string(r.Store)
	left := w.Title(kind, r.More, string(r.OrderNo), store)
	switch s := v.heldText(); {
	case r.Complaint != "":
		left += "  " + r.Complaint
	case s != "":
		left += "  " + s
	}
	right := v.holderText()
	if p := v.proposed(); p != nil {
		right = w.Proposed(t.FirstName(p.ByName, p.ByNameEn, p.By)) + "  " + right
	}
	lines := 0
	at, of := 0, 0
	for _, b := range blocks {
		lines += len(b.lines)
		of = max(of, b.no)
		if b.at {
			at = b.no
		}
	}
	if lines > shown && at > 0 {
		right = w.Progress(at, of) + "  " + right
	}
	contact := w.Contact(t.Pick(v.file.Store.Manager, v.file.Store.ManagerEn), v.file.Store.Phone)
	room := v.W - cell.Width(contact) - 4 // the number to ring is never cut
	return ui.OpenedTitle(v.env, v.W, left, right, contact, cell.Cut(v.moreOfStore(), max(0, room)))
}

// heldText says what of the order is held.
func (v *View) heldText() string {
	w, o := v.env.Text.Case.Head, v.file.Order
	held := map[int]bool{}
	for _, h := range v.file.Holds {
		if h.Active() {
			held[h.Line] = true
		}
	}
	live := 0
	for _, l := range o.Lines {
		if !l.Cancelled && !held[l.No] {
			live++
		}
	}
	switch {
	case len(o.Lines) == 0:
		return ""
	case len(held) == 0:
		return v.env.Text.OrderState(o.State)
	case held[0]:
		return w.OrderHeld
	case len(held) == 1:
		for line := range held {
			return w.LineHeld(strconv.Itoa(line), live, o.State != domain.Placed)
		}
	}
	return w.LinesHeld(len(held), live)
}

// holderText says whose the case is and how long there is.
func (v *View) holderText() string {
	t, w, r := v.env.Text, v.env.Text.Case.Head, v.file.Row
	if r.State == domain.CaseClosed {
		if r.ClosedAt != nil {
			return w.Closed(v.clock(*r.ClosedAt))
		}
		return w.Closed("")
	}
	left := v.left(r)
	if h := v.heldByOther(); h != nil {
		return w.HeldBy(t.FirstName(h.Name, h.NameEn, h.Login), t.Age(v.env.Now().Sub(h.Since)), left)
	}
	if v.claim.no != 0 {
		return w.Mine(left)
	}
	return w.Free(left)
}

// left is the time left to a case's next moment.
func (v *View) left(r domain.QueueRow) string {
	if r.NextAt == nil {
		return v.env.Text.Case.Head.Past
	}
	return v.env.Text.Left(r.NextAt.Sub(v.env.Now()))
}

// moreOfStore names the most urgent of the store's other cases.
func (v *View) moreOfStore() string {
	n := 0
	var first domain.QueueRow
	for _, r := range v.file.SameStore {
		if r.Case == v.id || r.State == domain.CaseClosed {
			continue
		}
		if n++; n == 1 {
			first = r
		}
	}
	if n == 0 {
		return ""
	}
	t := v.env.Text
	return t.Case.Head.MoreOfStore(n, t.Kind(first.Kind), v.left(first), t.Money(first.AtRisk))
}

// when is a time seen from now.
func (v *View) when(t time.Time) string { return v.env.Text.When(t, v.env.Now()) }
