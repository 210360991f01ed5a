// Package takeback asks before a written case is taken back: what comes back, until
// when, and why. The queue and the form of a case show the same question.
package takeback

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Ask is the question about one case. Its reversal has one key from the beginning: sent
// again it is not done twice.
type Ask struct {
	Op      uuid.UUID
	env     *ui.Env
	file    domain.CaseFile
	reason  *widget.Field
	confirm widget.Confirm
	busy    bool
}

// Answer is what a key did to the question.
type Answer int

// The answers. Go: take it back, with Reason.
const (
	Stands Answer = iota
	Closed
	Go
)

// Bounds of the question in the message lines.
const (
	reasonLimit = 400
	mostLines   = 4 // of what comes back
)

// New asks about a case; what it says is worked out anew each time it is drawn. Where
// it cannot be taken back there is no question, and the line says why.
func New(env *ui.Env, file domain.CaseFile) (*Ask, string) {
	a := &Ask{Op: uuid.New(), env: env, file: file, reason: widget.NewField(reasonLimit)}
	if p := a.plan(); p.Bar != "" {
		return nil, a.env.Text.Reverse.Cannot(env.Text.CaseName(file.Row), a.why(p))
	}
	return a, ""
}

func (a *Ask) plan() domain.ReversalPlan { return domain.PlanReversal(a.file, a.env.Me, a.env.Now()) }

// Case is what it is about.
func (a *Ask) Case() domain.QueueRow { return a.file.Row }

// Reason is why, as typed.
func (a *Ask) Reason() string { return strings.TrimSpace(a.reason.Value()) }

// Typing is true while the reason is typed.
func (a *Ask) Typing() bool { return !a.confirm.Asking() && !a.busy }

// Seen takes the message that the question before writing was drawn.
func (a *Ask) Seen(d widget.Drawn) { a.confirm.Seen(a.env, d) }

// Asking tells whether the second ctrl+s is waited for.
func (a *Ask) Asking() bool { return a.confirm.Asking() }

// Again lets a reversal whose answer was lost be sent once more.
func (a *Ask) Again() { a.busy = false }

// Press takes a key.
func (a *Ask) Press(p keys.Press) (Answer, tea.Cmd) {
	w := a.env.Text.Reverse
	switch {
	case a.busy:
		return Stands, nil
	case a.confirm.Asking():
		return a.confirmed(p)
	case p.Action == keys.Input:
		a.reason.Update(p)
	case p.Action == keys.Back:
		return Closed, nil
	case p.Action == keys.Write, p.Action == keys.Open:
		if a.Reason() == "" {
			return Stands, ui.Send(ui.Say{Text: w.NeedsReason, Tone: ui.Problem})
		}
		return Stands, a.confirm.Ask(a.env, a.content())
	}
	return Stands, nil
}

// confirmed writes on the second ctrl+s, if what was shown still holds.
func (a *Ask) confirmed(p keys.Press) (Answer, tea.Cmd) {
	switch a.confirm.Press(a.env, p, a.content()) {
	case widget.Confirmed:
		a.busy = true
		return Go, nil
	case widget.Changed:
		if plan := a.plan(); plan.Bar != "" {
			why := a.env.Text.Reverse.Cannot(a.env.Text.CaseName(a.file.Row), a.why(plan))
			return Closed, ui.Send(ui.Say{Text: why, Tone: ui.Problem})
		}
	case widget.Waiting, widget.GoneBack:
	}
	return Stands, nil
}

// content is all that would be done, for comparing what was asked with what is.
func (a *Ask) content() string {
	raw, err := json.Marshal(struct {
		Version int64
		Reason  string
		Plan    domain.ReversalPlan
	}{a.file.Row.Version, a.Reason(), a.plan()})
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// Lines draws the question in lines of w cells: what comes back, then the reason or
// the question before writing.
func (a *Ask) Lines(w int) []cell.Line {
	t := a.env.Text
	p := a.plan()
	var out []cell.Line
	for i, s := range packed(a.parts(p), w-2) {
		role := theme.Text
		if i == 0 {
			role = theme.Accent
		}
		if i < mostLines {
			out = append(out, cell.Painted(role, " "+s))
		}
	}
	switch {
	case a.busy:
		return append(out, cell.Painted(theme.Accent, " "+t.Reverse.Busy))
	case a.confirm.Asking():
		return append(out, cell.Painted(theme.Near, " "+t.Reverse.Again))
	}
	spans := append([]cell.Span{{Text: " " + t.Reverse.ReasonName + " "}}, a.reason.Spans(a.field(w), true)...)
	return append(out, cell.Line{Left: spans, Right: []cell.Span{{Text: t.Reverse.Keys + " ", Role: theme.Muted}}})
}

// field is how wide the reason's field is.
func (a *Ask) field(w int) int {
	return max(12, min(60, w-cell.Width(a.env.Text.Reverse.ReasonName)-cell.Width(a.env.Text.Reverse.Keys)-6))
}

// Cursor is where the text cursor stands in those lines.
func (a *Ask) Cursor(w int) (x, line int) {
	return cell.Width(a.env.Text.Reverse.ReasonName) + 2 + a.reason.CursorX(a.field(w)), len(a.Lines(w)) - 1
}

// parts are the sentences of the preview: the whole truth, the order first.
func (a *Ask) parts(p domain.ReversalPlan) []string {
	t, w, f := a.env.Text, a.env.Text.Reverse, a.file
	name := t.Pick(f.Row.StoreName, f.Row.StoreNameEn)
	if f.Row.OrderNo == "" {
		name = "" // it is called by its store
	}
	out := []string{w.Head(t.CaseName(f.Row), name)}
	if p.Restored {
		out = append(out, w.OrderAgain(t.OrderState(p.State)))
	} else if p.State == domain.Placed && f.Order.State == domain.Accepted {
		out = append(out, w.NotAccepted)
	}
	if p.Restored && len(p.Lines) > 1 {
		out = append(out, w.AllLines(len(p.Lines)))
	} else {
		for _, c := range p.Lines {
			out = append(out, a.line(c))
		}
	}
	if p.Delta() != 0 {
		out = append(out, w.Total(t.MoneyExact(p.OldTotal), t.MoneyExact(p.NewTotal), t.MoneyChange(p.Delta())))
	}
	var held []string
	for _, h := range p.Held {
		held = append(held, w.HoldOf(h.Line, t.Kind(h.Kind)))
	}
	if len(held) > 0 {
		out = append(out, w.Held(strings.Join(held, t.Values.Join)))
	}
	out = append(out, w.Reopened(p.Reopened))
	if p.Learnt {
		out = append(out, w.Learnt)
	} else if p.Unlearnt {
		out = append(out, w.Unlearnt)
	}
	if n := len(p.Quieter); n > 0 {
		out = append(out, w.Quieter(n))
	}
	for _, d := range p.Undone {
		out = append(out, a.undone(d)...)
	}
	if p.Until != nil {
		if p.Until.What != domain.Picking {
			return append(out, w.UntilThen(a.moment(p.Until.At)))
		}
		out = append(out, w.Until(t.Clock(p.Until.At.In(a.env.Zone))))
	}
	return out
}

// undone says what of what was done beside the order is taken back.
func (a *Ask) undone(d domain.EffectDone) []string {
	t, w := a.env.Text, a.env.Text.Reverse
	switch d.Op {
	case domain.EffectSupplement, domain.EffectReorder:
		return []string{w.LinkedGone(string(d.OrderNo))}
	case domain.EffectAdjust:
		return []string{w.MoneyBack(t.MoneyChange(d.Amount))}
	case domain.EffectRestock:
		p := a.file.Products[d.Product]
		return []string{w.StockBack(t.Pick(p.Name, p.NameEn), t.Quantity(d.Quantity, p.Unit, p.UnitEn))}
	case domain.EffectReschedule:
		if d.BeforeAt == nil {
			return []string{w.PlanBack("")}
		}
		return []string{w.PlanBack(a.moment(*d.BeforeAt))}
	case domain.EffectSetLimit:
		before := cell.Clean(d.Before)
		if m, err := domain.ParseMoney(before); err == nil {
			before = t.MoneyExact(m)
		}
		return []string{w.LimitBack(before)}
	case domain.EffectOpenReturn:
		return []string{w.ReturnGone}
	default:
		return nil
	}
}

// moment is a time with its day, where that is not today.
func (a *Ask) moment(at time.Time) string {
	return a.env.Text.When(at.In(a.env.Zone), a.env.Now().In(a.env.Zone))
}

func (a *Ask) line(c domain.LineChange) string {
	t, w := a.env.Text, a.env.Text.Reverse
	p := a.file.Products[c.Product]
	name, no := t.Pick(p.Name, p.NameEn), strconv.Itoa(c.Line)
	back := t.Quantity(c.New, p.Unit, p.UnitEn)
	if c.Old == 0 {
		return w.LineAgain(no, name, back)
	}
	return w.LineBack(no, name, t.Quantity(c.Old, p.Unit, p.UnitEn), back)
}

// why says what keeps it from being taken back.
func (a *Ask) why(p domain.ReversalPlan) string {
	t := a.env.Text
	s := t.Reverse.Bars[p.Bar]
	switch {
	case p.Bar == domain.BarPicking && p.Until != nil && p.Until.What == domain.Picking:
		return t.Reverse.Picked(t.Clock(p.Until.At.In(a.env.Zone)))
	case p.Bar == domain.BarPicking && p.Until != nil:
		return t.Reverse.Passed(a.moment(p.Until.At))
	case p.Short != nil:
		x := a.file.Products[p.Short.Product]
		return t.Reverse.Short(t.Pick(x.Name, x.NameEn), t.Quantity(p.Short.Left, x.Unit, x.UnitEn), t.Quantity(p.Short.Wanted, x.Unit, x.UnitEn))
	case p.Who != nil:
		return t.Reverse.Who(s, t.Person(p.Who.ByName, p.Who.ByNameEn, p.Who.By), t.Clock(p.Who.At.In(a.env.Zone)))
	case p.Bar == domain.BarState:
		return s + " " + t.OrderState(a.file.Order.State)
	}
	return s
}

// packed puts sentences on as few lines of w cells as hold them in turn.
func packed(parts []string, w int) []string {
	const gap = "   "
	var out []string
	for _, s := range parts {
		if last := len(out) - 1; last >= 0 && cell.Width(out[last])+len(gap)+cell.Width(s) <= w {
			out[last] += gap + s
			continue
		}
		out = append(out, cell.Wrap(s, w, 2)...)
	}
	return out
}
