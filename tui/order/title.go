package order

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
)

// tall is the height from which the links have a line though there are none.
const tall = 30

// waiting stands where the parts would be until they were read.
func (v *View) waiting() []cell.Line {
	t := v.env.Text
	if v.failed == nil {
		return []cell.Line{{}, cell.Painted(theme.Muted, " "+t.Store.Reading)}
	}
	out := []cell.Line{{}}
	for _, l := range cell.Wrap(cell.Clean(t.Error(v.failed)), v.W-3, 3) {
		out = append(out, cell.Painted(theme.Problem, "!"+l))
	}
	return append(out, cell.Painted(theme.Muted, " "+t.Store.Again))
}

// title says which order it is and whose, where it stands, and who can still change it.
func (v *View) title() []cell.Line {
	t, w, f := v.env.Text, v.env.Text.Order, v.file
	if !v.read {
		return ui.OpenedTitle(v.env, v.W, w.Name, "", "", "")
	}
	s := f.Store
	no := " " + w.Name + " " + string(f.Order.No)
	who := "  " + t.Pick(s.Name, s.NameEn) + " " + string(s.Code) + "  " + t.Pick(s.Manager, s.ManagerEn) + " " + s.Phone
	first := cell.Line{Left: []cell.Span{{Text: no, Role: theme.Head}, {Text: who}}, Right: []cell.Span{{Text: v.until() + " "}}}
	if cell.Width(cell.Clean(no+who+first.Right[0].Text))+2 > v.W { // the phone comes before the whole sentence
		first.Right[0].Text = t.CanChange(f.Brief(), v.env.Now()) + " "
	}
	second := cell.Line{Left: []cell.Span{{Text: " " + v.times()}}, Right: []cell.Span{v.where(), {Text: "  " + v.money() + " "}}}
	if v.W >= wide && s.Route != "" {
		second.Right = []cell.Span{second.Right[0], {Text: "   " + s.Route + " "}, second.Right[1]}
	}
	cash := v.cash()
	if len(cash.Right) > 0 { // it tells what is due, too
		second.Right = second.Right[:len(second.Right)-1]
	}
	if len(cash.Right) > 0 && v.W >= wide {
		first.Right = append(append(second.Right, cell.Span{Text: "  "}), first.Right...)
		second.Right, cash = cash.Right, cell.Line{}
	}
	out := []cell.Line{first, second}
	if len(f.Links) > 0 || v.H >= tall {
		out = append(out, v.links())
	}
	if len(cash.Right) > 0 {
		out = append(out, cash)
	}
	return append(out, ui.Rule(v.env, "", v.W))
}

// cash is the cash that was taken at the door against what is due; empty where nobody
// told of any.
func (v *View) cash() cell.Line {
	t, w := v.env.Text, v.env.Text.Order.Told
	got, told := v.file.Collected()
	if !told {
		return cell.Line{}
	}
	due := v.file.Due()
	line := cell.Line{Right: []cell.Span{{Text: w.Due(t.MoneyExact(due)) + "   " + w.Cash(t.MoneyExact(got))}}}
	switch d := got - due; {
	case d > 0:
		line.Right = append(line.Right, cell.Span{Text: "   " + w.Over(t.MoneyExact(d)), Role: theme.Near})
	case d < 0:
		line.Right = append(line.Right, cell.Span{Text: "   " + w.Short(t.MoneyExact(-d)), Role: theme.Problem})
	}
	line.Right = append(line.Right, cell.Span{Text: " "})
	return line
}

// times says when it was placed and accepted, and when it came where it stands.
func (v *View) times() string {
	t, now := v.env.Text, v.env.Now()
	out := v.begun()
	if e := v.file.ReachedAt(domain.Stage(v.file.Order.State)); e != nil {
		if say, ok := t.Order.Told.Reached[e.Stage]; ok {
			out += t.Values.Join + say(t.When(e.At, now))
		}
	}
	return out
}

func (v *View) begun() string {
	t, w, now := v.env.Text, v.env.Text.Order, v.env.Now()
	out := w.Placed(t.When(v.file.Order.PlacedAt, now))
	switch at := v.file.AcceptedAt; {
	case at != nil && t.Day(*at, now) == t.Day(v.file.Order.PlacedAt, now):
		return out + t.Values.Join + w.Taken(t.Clock(at.In(v.env.Zone)))
	case at != nil:
		return out + t.Values.Join + w.Taken(t.When(*at, now))
	case v.file.Order.State == domain.Placed:
		return out + t.Values.Join + w.Not
	}
	return out
}

// money is what the order comes to.
func (v *View) money() string {
	t, total := v.env.Text, v.file.Order.Total
	if v.file.Told() {
		return t.Order.Told.Due(t.MoneyExact(v.file.Due()))
	}
	if v.W < wide {
		return t.MoneyExact(total)
	}
	return t.Order.Total(t.MoneyExact(total))
}

// where is where the order stands and what of it is held.
func (v *View) where() cell.Span {
	t, b := v.env.Text, v.file.Brief()
	switch {
	case b.Held < 0:
		return cell.Span{Text: t.Store.Rows.AllHeld, Role: theme.Problem}
	case b.Held == 0:
		return cell.Span{Text: t.OrderState(b.State)}
	}
	held := t.Store.Rows.LinesHeld(b.Held)
	if b.Held == 1 {
		for _, h := range v.file.Holds {
			if h.Active() && h.Line > 0 {
				held = t.Store.Rows.LineHeld(v.no(h.Line))
			}
		}
	}
	if b.State != domain.Placed {
		held = t.Store.Rows.InPart(held, t.OrderState(b.State))
	}
	return cell.Span{Text: held, Role: theme.Problem}
}

func (v *View) no(line int) string { return v.env.Text.Number(int64(line)) }

// until says who can still change it until when.
func (v *View) until() string {
	t, b, now := v.env.Text, v.file.Brief(), v.env.Now()
	if who, _, ok := b.CanChange(now); !ok || who == domain.ReceiptOnly {
		return t.CanChange(b, now)
	}
	return t.Until(b.Moments, now)
}

func (v *View) links() cell.Line {
	t, w := v.env.Text, v.env.Text.Order
	var all []string
	for _, l := range v.file.Links {
		all = append(all, t.Linked(l))
	}
	if len(all) == 0 {
		return cell.Painted(theme.Muted, " "+w.NoLink)
	}
	return cell.Plain(" " + w.Links(all))
}
