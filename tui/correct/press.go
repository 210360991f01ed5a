package correct

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// stop is a place the cursor rests on.
type stop int

const (
	atStep stop = iota
	atCount
	atTime
	atStatus
	atReason
	atNote
	atList
	atTell
	atRows
)

func (s stop) field() bool {
	return s == atStep || s == atCount || s == atTime || s == atNote
}

// stops are the places there are now, in their order.
func (v *View) stops() []stop {
	out := []stop{atStep, atCount, atTime, atStatus, atReason, atNote}
	p, _ := v.preview()
	if len(p.Lists) > 0 {
		out = append(out, atList)
	}
	if len(p.Tells) > 0 {
		out = append(out, atTell)
	}
	if len(v.rows()) > 0 {
		out = append(out, atRows)
	}
	return out
}

// moveRow moves the cursor of the table.
func (v *View) moveRow(by int) {
	if rows := v.rows(); len(rows) > 0 {
		v.row = rows[max(0, min(v.at(rows)+by, len(rows)-1))].Case.Anomaly
	}
}

// press does what a key means here.
func (v *View) press(p keys.Press) tea.Cmd {
	switch {
	case v.writes:
		return nil
	case v.ask != nil:
		return v.pressExchange(p)
	case v.confirm.Asking():
		return v.answer(p)
	}
	if p.Action != keys.Back {
		v.leaving = false
	}
	if !v.read {
		switch p.Action {
		case keys.Refresh:
			return v.reload()
		case keys.Back:
			return ui.Send(ui.Back{})
		}
		return nil
	}
	if v.move(p) {
		return nil
	}
	r, have := v.current()
	switch p.Action {
	case keys.Input:
		v.input(p)
	case keys.Digit:
		if !v.digit(p.Digit) {
			return ui.NoSense(v.env, p)
		}
	case keys.Open:
		if v.focus == atRows && have {
			return ui.Send(ui.OpenCase{ID: r.Case.Row.Case})
		}
		v.turn(1)
	case keys.Write:
		return v.write()
	case keys.Refresh:
		return v.reload()
	case keys.Back:
		return v.back()
	default:
		return v.elsewhere(p, r, have)
	}
	return nil
}

// elsewhere leads to what the row under the cursor is about.
func (v *View) elsewhere(p keys.Press, r domain.CorrectionRow, have bool) tea.Cmd {
	row := r.Case.Row
	switch {
	case p.Action == keys.Store && have && row.Store != "":
		return ui.Send(ui.OpenStore{Code: row.Store})
	case p.Action == keys.Order && have && row.OrderID != 0:
		return ui.Send(ui.OpenOrder{ID: row.OrderID})
	case p.Action == keys.History && have && row.Store != "":
		return ui.Send(ui.OpenHistory{Store: row.Store, Order: row.OrderID})
	case p.Action == actExchange:
		return v.askExchange()
	}
	return ui.NoSense(v.env, p)
}

// move goes about among the places, and in the table among its rows.
func (v *View) move(p keys.Press) bool {
	switch p.Action {
	case keys.NextPart:
		v.turn(1)
	case keys.PrevPart:
		v.turn(-1)
	case keys.Down:
		if v.focus == atRows {
			v.moveRow(p.Count)
		} else {
			v.turn(1)
		}
	case keys.Up:
		if rows := v.rows(); v.focus == atRows && v.at(rows) > 0 {
			v.moveRow(-p.Count)
		} else {
			v.turn(-1)
		}
	case keys.First:
		v.moveRow(-1 << 20)
	case keys.Last:
		v.moveRow(1 << 20)
	case keys.HalfDown:
		v.moveRow(max(1, v.tableRoom()/2))
	case keys.HalfUp:
		v.moveRow(-max(1, v.tableRoom()/2))
	default:
		return false
	}
	return true
}

// turn goes to the next place; one of another value makes that the one corrected.
func (v *View) turn(by int) {
	all := v.stops()
	i := slices.Index(all, v.focus)
	v.focus = all[max(0, min(i+by, len(all)-1))]
	switch v.focus {
	case atStep:
		v.become(domain.CorrectStep)
	case atCount, atTime:
		v.become(domain.CorrectStock)
	case atStatus:
		v.become(domain.CorrectListing)
	default:
	}
}

// become turns to another value, unless one was already given: then only typing does.
func (v *View) become(k domain.CorrectionKind) {
	if _, err := v.preview(); err != nil {
		v.what = k
	}
}

func (v *View) input(p keys.Press) {
	changed := false
	switch v.focus {
	case atStep:
		if changed = v.step.Update(p); changed {
			v.what = domain.CorrectStep
		}
	case atCount:
		if changed = v.count.Update(p); changed {
			v.what = domain.CorrectStock
		}
	case atTime:
		if changed = v.counted.Update(p); changed {
			v.what = domain.CorrectStock
		}
	case atNote:
		changed = v.note.Update(p)
	default:
	}
	v.touched = v.touched || changed
}

// digit chooses at the place the cursor is on; false where there is no such choice.
func (v *View) digit(n int) bool {
	i := n - 1
	switch {
	case i < 0:
		return false
	case v.focus == atStatus && i < len(statuses()):
		v.status, v.what = statuses()[i], domain.CorrectListing
	case v.focus == atReason && i < len(domain.CorrectionReasons()):
		v.reason = domain.CorrectionReasons()[i]
	case v.focus == atList && i < 2:
		v.list = answer(n)
	case v.focus == atTell && i < 2:
		v.tell = answer(n)
	default:
		return false
	}
	v.touched = true
	v.turn(1)
	return true
}

// back leaves; over what was typed it asks first.
func (v *View) back() tea.Cmd {
	if v.touched && !v.leaving {
		v.leaving = true
		return ui.Send(ui.Say{Text: v.env.Text.Correct.LeaveAgain, Tone: ui.Note})
	}
	return ui.Send(ui.Back{})
}

// lacks is the first place where something is missing or does not stand.
func (v *View) lacks() (stop, bool) {
	p, err := v.preview()
	_, timed := v.countedAt()
	switch {
	case v.what == domain.CorrectStock && !timed:
		return atTime, true
	case err != nil:
		return map[domain.CorrectionKind]stop{domain.CorrectStep: atStep, domain.CorrectStock: atCount, domain.CorrectListing: atStatus}[v.what], true
	case v.reason == "":
		return atReason, true
	case v.reason == domain.OtherReason && strings.TrimSpace(v.note.Value()) == "":
		return atNote, true
	case len(p.Lists) > 0 && v.list == unsaid:
		return atList, true
	case len(p.Tells) > 0 && v.tell == unsaid:
		return atTell, true
	}
	return 0, false
}

// content is all that would be written and done, for comparing what was asked with
// what is.
func (v *View) content() string {
	p, _ := v.preview()
	raw, err := json.Marshal(struct {
		C    domain.Correction
		P    domain.CorrectionPreview
		Sure bool
	}{v.correction(), p, v.sure})
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// write asks before writing, or says what is missing.
func (v *View) write() tea.Cmd {
	w := v.env.Text.Correct
	if why := v.mayWrite(); why != "" {
		return ui.Send(ui.Say{Text: why, Tone: ui.Problem})
	}
	if at, lacks := v.lacks(); lacks {
		v.focus = at
		if at == atTime {
			return ui.Send(ui.Say{Text: w.NotCountedAt, Tone: ui.Problem})
		}
		return ui.Send(ui.Say{Text: w.Missing(v.label(at)), Tone: ui.Problem})
	}
	v.sure = false
	return v.confirm.Ask(v.env, v.content())
}

// answer writes on the second ctrl+s; a step that fits less than the present one asks
// once more.
func (v *View) answer(p keys.Press) tea.Cmd {
	switch v.confirm.Press(v.env, p, v.content()) {
	case widget.Confirmed:
	case widget.Changed:
		return tea.Batch(ui.Send(ui.Say{Text: v.env.Text.Correct.Changed, Tone: ui.Problem}), v.confirm.Ask(v.env, v.content()))
	default:
		return nil
	}
	if pre, _ := v.preview(); pre.Fewer && !v.sure {
		v.sure = true
		return v.confirm.Ask(v.env, v.content())
	}
	v.writes, v.asked = true, v.rows()
	store, op, c := v.store, v.op, v.correction()
	return ui.Load(v.env, v.writeGen.Next(), "correct", writeLimit, func(ctx context.Context) (corrected, error) {
		done, err := store.Correct(ctx, op, c)
		return corrected(done), err
	})
}

// wrote says what was done and goes back. Where no answer came the form stays, with its
// key; where somebody was faster the product is read again.
func (v *View) wrote(msg ui.Loaded[corrected]) tea.Cmd {
	if msg.Gen != v.writeGen {
		return nil
	}
	v.writes = false
	w := v.env.Text.Correct
	switch domain.CodeOf(msg.Err) {
	case "":
	case domain.Timeout, domain.Unavailable, domain.Canceled:
		return ui.Send(ui.Say{Text: w.Unknown, Tone: ui.Problem})
	default:
		return tea.Batch(v.reload(), ui.Fail(v.env, msg.Err))
	}
	d := msg.Value
	cleared := len(d.Cleared)
	cmds := make([]tea.Cmd, 0, len(v.asked)+2)
	for _, r := range v.asked {
		if r.Clears && slices.Contains(d.Told, r.Case.Row.Case) {
			cleared--
		}
	}
	for _, id := range v.written(domain.Corrected(d)) {
		cmds = append(cmds, ui.Send(ui.CaseWritten{ID: id}))
	}
	return tea.Batch(append(cmds, ui.Done(w.Done(cleared, len(d.Left), len(d.Listed), len(d.Told))), ui.Send(ui.Back{}))...)
}

// written are the cases that leave with the correction: nothing is left in them to
// correct, or they are somebody else's now; with the last of its members their cause.
func (v *View) written(d domain.Corrected) []domain.CaseID {
	left := map[domain.CaseID]bool{}
	for _, r := range v.asked {
		row := r.Case.Row
		gone := slices.Contains(d.Cleared, r.Case.Anomaly) || r.Moves
		for _, id := range []domain.CaseID{row.Case, row.Parent} {
			if id != 0 {
				left[id] = left[id] || !gone
			}
		}
	}
	var out []domain.CaseID
	for id, stays := range left {
		if !stays {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
