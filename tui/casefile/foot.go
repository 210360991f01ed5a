package casefile

import (
	"slices"
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
)

// Message is what stands above the keys: a dialog, the question before writing, or
// how far the form is and what to mind.
func (v *View) Message() []cell.Line {
	switch {
	case v.dialog != nil && v.dialog.missed != nil:
		return v.missedLines()
	case v.dialog != nil && v.dialog.back != nil:
		return v.dialog.back.Lines(v.W)
	case v.dialog != nil:
		return v.handLines()
	case v.confirm.Asking():
		return []cell.Line{
			cell.Painted(theme.Accent, " "+v.env.Text.Case.Say.WillDo(v.willDo())), cell.Painted(theme.Near, " "+v.env.Text.Form.WriteAgain),
		}
	case !v.loaded:
		return nil
	}
	out := []cell.Line{v.stateLine()}
	if v.shut() != "" {
		return out
	}
	if warnings := v.warnings(); warnings != "" {
		for _, s := range cell.Wrap(warnings, v.W-2, 2) {
			out = append(out, cell.Painted(theme.Near, " "+s))
		}
	}
	if len(out) < v.FootLines() && v.saving.failed {
		out = append(out, cell.Painted(theme.Near, " "+v.env.Text.Case.Say.NotKept))
	}
	if said := v.lastWord(); said != "" && len(out) < v.FootLines() {
		out = append(out, cell.Painted(theme.Muted, " "+cell.Cut(cell.Clean(said), v.W-2)))
	}
	return out
}

// inWords are the notes that are what a person wrote; others name what was done.
func inWords() []string {
	return []string{"note", "handed_over", "verified", "not_verified", "not_signed"}
}

// lastWord is the newest that somebody else wrote on the case: why it was handed over, or
// what they would not sign.
func (v *View) lastWord() string {
	for i := len(v.file.Notes) - 1; i >= 0; i-- {
		n := v.file.Notes[i]
		if n.Text != "" && n.By != "" && n.By != string(v.env.Me.Login) && slices.Contains(inWords(), n.What) {
			return v.env.Text.Case.Facts.Noted(v.when(n.At), v.personOf(n.By), noteName(v.env.Text, n.What), n.Text)
		}
	}
	return ""
}

// stateLine says how far the form is, or what keeps it.
func (v *View) stateLine() cell.Line {
	w := v.env.Text.Case.Say
	switch {
	case v.write != nil && v.write.unknown:
		return cell.Painted(theme.Problem, " !"+w.Unknown)
	case v.write != nil:
		return cell.Painted(theme.Accent, " "+w.Writing)
	case v.shut() != "":
		return cell.Painted(theme.Near, " "+v.shut())
	case v.loadErr != nil:
		return cell.Painted(theme.Problem, " !"+w.NotLoaded(v.env.Text.Error(v.loadErr)))
	case v.wishes():
		return cell.Painted(theme.Accent, " "+w.Claiming)
	case v.changed != "":
		return cell.Painted(theme.Problem, " !"+v.changed)
	case v.special() != "":
		if v.word == 0 {
			return cell.Painted(theme.Muted, " "+w.LookFirst)
		}
		if v.needsNote() && v.noted() == "" {
			return cell.Plain(" " + w.NoteFirst)
		}
		return cell.Painted(theme.Done, " "+w.Ready(1))
	case v.file.Row.IsCause():
		return cell.Line{}
	case v.answers.Look == nil && v.claim.no == 0:
		return cell.Painted(theme.Muted, " "+w.LookFirst)
	}
	f := v.form()
	plan := f.Plan(v.answers)
	if len(plan.Missing) > 0 {
		return cell.Plain(" " + w.Missing(v.missingNames(plan.Missing)))
	}
	n := 0
	for _, q := range f.Questions(v.answers) {
		n = max(n, q.No)
	}
	if s := v.nextText(plan); s != "" {
		return cell.Painted(theme.Near, " "+s+": ctrl+s")
	}
	return cell.Painted(theme.Done, " "+w.Ready(n))
}

// warnings are what to think of before writing.
func (v *View) warnings() string {
	if v.special() != "" {
		return ""
	}
	w := v.env.Text.Case.Say.Warnings
	var out []string
	seen := map[string]bool{}
	for _, x := range v.form().Plan(v.answers).Preview.Warnings {
		if say, ok := w[x.Kind]; ok {
			if s := say(v.env.Text.Left(x.Left)); !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	return strings.Join(out, v.env.Text.Values.Join)
}

// willDo is what writing does, in one line.
func (v *View) willDo() string {
	w, t := v.env.Text.Case.Say, v.env.Text
	if ask := v.special(); ask != "" {
		return v.specialWill(ask)
	}
	plan := v.form().Plan(v.answers)
	if next := v.nextText(plan); next != "" {
		return next
	}
	s := v.effectText(plan)
	if fate := v.fateShort(plan); fate != "" {
		s += t.Values.Join + fate
	}
	switch d := plan.Preview.Delta(); {
	case d < 0:
		s += "; " + w.Less(t.MoneyExact(-d))
	case d > 0:
		s += "; " + w.More(t.MoneyExact(d))
	}
	return s
}

func (v *View) fateShort(p domain.Plan) string {
	w := v.env.Text.Case.Say
	switch {
	case p.Preview.OrderCancelled:
		return ""
	case len(p.Preview.Rechecked) > 0:
		return w.IfClean
	case p.Preview.Accepted:
		return v.env.Text.Case.Plan.Accepted
	}
	return ""
}

// nextText says what comes next with a plan that is not written by this person now; ""
// where it is, or something is missing.
func (v *View) nextText(p domain.Plan) string {
	w, t := v.env.Text.Case.Effects, v.env.Text
	switch p.Next() {
	case domain.StepHand:
		if say, ok := w.Hands[p.HandWhy]; ok {
			return say(t.Department(p.HandTo))
		}
		return t.Department(p.HandTo)
	case domain.StepCorrect:
		return w.Corrections[p.Correct.What]
	case domain.StepPropose:
		return w.Second(t.MoneyExact(p.Stake), t.Department(v.file.Terms.SignWith))
	default:
		return ""
	}
}

// missedLines are what follows a call that was not answered.
func (v *View) missedLines() []cell.Line {
	w, t, p := v.env.Text.Case.Later, v.env.Text, v.dialog.missed
	then := t.Department(p.Then)
	outcome := t.Case.Ask.Calls[domain.NoAnswer]
	at := v.env.Now()
	if c := v.answers.Call; c != nil {
		outcome, at = t.Case.Ask.Calls[c.Outcome], c.At
	}
	last := ""
	if p.LastTry != nil {
		last = v.clock(*p.LastTry)
	}
	first := w.Attempt(p.Attempt, outcome, v.clock(at))
	if p.GoesOn {
		return []cell.Line{cell.Plain(" " + first + "   " + w.NowGoes(then)), v.missedChoices(then)}
	}
	first += "   " + w.Again(v.clock(p.Again))
	if p.Then == v.file.Row.With {
		return []cell.Line{cell.Plain(" " + first), v.missedChoices(then)}
	}
	on := w.GoesOn(p.Attempts, last, then)
	if cell.Width(first)+3+cell.Width(on) < v.W {
		return []cell.Line{cell.Plain(" " + first + "   " + on), v.missedChoices(then)}
	}
	return []cell.Line{cell.Plain(" " + first), v.missedChoices(then), cell.Plain(" " + on)}
}

// missedChoices draws the answers of that dialog.
func (v *View) missedChoices(then string) cell.Line {
	w, p := v.env.Text.Case.Later, v.dialog.missed
	type choice struct{ key, word string }
	enter := choice{"enter", w.Enter(v.clock(p.Again))}
	if p.GoesOn {
		enter.word = w.EnterOn(then)
	}
	choices := []choice{enter, {"1", w.Soon}, {"2", w.Other}, {"3", w.Hand(then)}, {"4", w.GiveBack}}
	line := cell.Line{}
	for i, c := range choices {
		if p.GoesOn && (i == 1 || i >= 3) || i == 3 && p.Then == v.file.Row.With {
			continue
		}
		gap := " "
		switch {
		case i == 1:
			gap = "   "
		case i > 1:
			gap = "  "
		}
		line.Left = append(line.Left, cell.Span{Text: gap + c.key, Role: theme.Key}, cell.Span{Text: " " + c.word})
	}
	return line
}

// handLines ask to whom the case is handed, and for the note.
func (v *View) handLines() []cell.Line {
	w, t, d := v.env.Text.Queue.Acted, v.env.Text, v.dialog
	order := v.caseName()
	if d.note == nil {
		line := cell.Line{}
		for i, x := range v.otherDepartments() {
			line.Left = append(line.Left, cell.Span{Text: " " + strconv.Itoa(i+1), Role: theme.Key}, cell.Span{Text: " " + t.Department(x) + " "})
		}
		return []cell.Line{cell.Painted(theme.Accent, " "+w.AskHand(order)), line}
	}
	head := cell.Painted(theme.Accent, " "+w.WillHand(order, t.Department(d.to), d.note.Value()))
	if d.confirm.Asking() {
		return []cell.Line{head, cell.Painted(theme.Near, " "+t.Form.WriteAgain)}
	}
	_, width := v.handNote()
	spans := append([]cell.Span{{Text: " " + w.NoteName + " "}}, d.note.Spans(width, true)...)
	return []cell.Line{cell.Painted(theme.Accent, " "+w.WillHand(order, t.Department(d.to), "")), {Left: spans}}
}

// handNote is where the note's field begins in its line, and how wide it is.
func (v *View) handNote() (x, width int) {
	return cell.Width(v.env.Text.Queue.Acted.NoteName) + 2, min(100, v.W-16)
}

// Keys are what works now, the most useful first.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Case.Keys
	back := keys.Hint{Action: keys.Back, Word: w.Back}
	digits := keys.Hint{Action: keys.Digit, Key: w.Digits, Word: w.Choose}
	write := v.env.Hint(keys.Write)
	switch {
	case v.confirm.Asking() || v.dialog != nil && (v.dialog.confirm.Asking() || v.dialog.back != nil && v.dialog.back.Asking()):
		return []keys.Hint{write, {Key: w.OtherKeys, Word: w.Back}}
	case v.dialog != nil && v.dialog.missed != nil:
		return []keys.Hint{{Action: keys.Open, Word: w.AsSaid}, digits, back}
	case v.dialog != nil && (v.dialog.note != nil || v.dialog.back != nil):
		return []keys.Hint{write, back}
	case v.dialog != nil:
		return []keys.Hint{digits, back}
	}
	if v.loaded && v.file.Row.IsCause() {
		return v.memberKeys()
	}
	store := keys.Hint{Action: keys.Next, Word: w.SameStore}
	menu := v.env.Hint(keys.Menu)
	if v.shut() != "" {
		return []keys.Hint{store, v.env.Hint(keys.Store), {Action: keys.Refresh, Word: w.Reread}, menu, back}
	}
	out := []keys.Hint{write, v.env.Hint(keys.NextPart), digits}
	if id := v.focus.ID; id.Ask == domain.AskItem && v.asks(domain.QuestionID{Ask: id.Ask, Target: id.Target, Item: 1}) {
		out[2] = keys.Hint{Action: keys.Open, Word: w.AllLines} // not each by itself
	}
	if v.special() == "" && v.asks(domain.QuestionID{Ask: domain.AskCall}) {
		out = append(out, keys.Hint{Action: keys.Later, Word: w.NoAnswer})
	}
	out = append(out, store, menu, back)
	if last := len(out) - 1; width(out) > v.W {
		out[last-1], out[last] = back, menu // leaving is shown before the menu
	}
	return out
}

// width is how many cells the hints take in the key line.
func width(hints []keys.Hint) int {
	n := 1
	for i, h := range hints {
		key, word := h.Label()
		n += cell.Width(key) + 1 + cell.Width(word)
		if i > 0 {
			n += 2
		}
	}
	return n
}

// Menu is what can be done with the case.
func (v *View) Menu() ui.Menu {
	t, r, shut := v.env.Text, v.file.Row, v.shut()
	claim := ui.Act{Action: keys.Claim, Off: shut}
	if v.claim.no != 0 {
		claim.Name = t.Queue.Acted.GiveBackName
	}
	product := ui.Act{Action: keys.Product}
	switch {
	case !v.env.Me.Has(domain.RoleProcurement):
		product.Off = t.Errors.Needs(t.Department(domain.Procurement))
	case v.product() == "":
		product.Off = t.Desk.NotHere
	}
	order := ui.Act{Action: keys.Order}
	if r.OrderID == 0 {
		order.Off = t.Desk.NotHere
	}
	return ui.Menu{
		Rest:  []ui.Act{{Action: keys.TakeBack, Off: v.barred()}},
		Title: strings.TrimSpace(string(r.OrderNo)+" "+t.Pick(r.StoreName, r.StoreNameEn)) + "  " + t.Kind(r.Kind), Copy: string(r.OrderNo),
		Acts: []ui.Act{
			order,
			{Action: keys.Store},
			{Action: keys.History},
			product,
			claim,
			{Action: keys.Later, Off: shut},
			{Action: keys.HandOver, Off: shut},
			{Action: keys.Merge, Off: t.Case.Keys.MergeThere},
		},
	}
}
