package casefile

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// facts is the evidence: three lines about what is decided at hand, and beneath them the
// order, the store's last ones and the story, which scroll. Where there is no room beneath
// them the three lines scroll too.
func (v *View) facts(f domain.Form, n int) []row {
	lines := v.evidence(f)
	out := make([]row, 0, n)
	for _, l := range lines {
		out = append(out, plain(l))
	}
	out = fill(out, leastFacts)[:leastFacts]
	more := v.further()
	if room := n - leastFacts; room <= 0 && v.scroll > 0 {
		lines, out = append(append([]cell.Line{}, lines...), more...), out[:0]
		for _, l := range lines[min(v.scroll, max(0, len(lines)-n)):] {
			out = append(out, plain(l))
		}
		return fill(out, n)[:max(n, 0)]
	}
	room := max(0, n-leastFacts)
	from := min(v.scroll, max(0, len(more)-room))
	for i := from; i < len(more) && len(out) < n; i++ {
		out = append(out, plain(more[i]))
	}
	out = fill(out, n)[:max(n, 0)]
	if hidden := len(more) - from - room; hidden > 0 && room > 0 {
		note := v.env.Text.Form.MoreBelow(v.env.Text.Number(int64(hidden + 1)))
		out[n-1] = plain(cell.Painted(theme.Muted, " "+note))
	}
	return out
}

// target is what the question at hand is about; the first there is for questions
// about the whole case.
func (v *View) target(f domain.Form) (domain.Target, bool) {
	switch v.focus.ID.Ask {
	case domain.AskLook, domain.AskCall, domain.AskWho, domain.AskSaid, domain.AskRest:
	default:
		if t, ok := f.Target(v.focus.ID.Target); ok {
			return t, true
		}
	}
	if len(f.Targets) == 0 {
		return domain.Target{}, false
	}
	if v.toSign() != nil { // what most is at stake for
		return slices.MaxFunc(f.Targets, func(a, b domain.Target) int { return cmp.Compare(a.Lead().AtRisk, b.Lead().AtRisk) }), true
	}
	return f.Targets[0], true
}

// evidence is what is odd, and the sentence to ask the store with.
func (v *View) evidence(f domain.Form) []cell.Line {
	t, ok := v.target(f)
	if !ok {
		return v.closedEvidence()
	}
	return v.told(t.Lead())
}

// told is an anomaly in words: two lines of evidence, and the fullest sentence for the
// store that fits.
func (v *View) told(a domain.Anomaly) []cell.Line {
	t := v.env.Text.Tell(v.file, a, v.env.Now())
	return []cell.Line{v.joined(t.First...), v.joined(t.Second...), v.fullest(t.Say)}
}

// closedEvidence is what the case was about, where nothing is open any more.
func (v *View) closedEvidence() []cell.Line {
	w, t := v.env.Text.Case.Facts, v.env.Text
	for _, a := range v.file.Anomalies {
		if told := t.Tell(v.file, a, v.env.Now()); len(told.First) > 0 && len(told.Second) > 0 {
			return []cell.Line{v.joined(told.First...), v.joined(told.Second...)}
		}
	}
	return []cell.Line{cell.Plain(" " + w.OrderOf(len(v.file.Order.Lines), t.MoneyExact(v.file.Order.Total)))}
}

// joined sets as many parts side by side as fit, three cells apart.
func (v *View) joined(parts ...string) cell.Line {
	s := ""
	for i, p := range parts {
		p = cell.Clean(p)
		if i > 0 {
			if p == "" || cell.Width(s)+3+cell.Width(p) > v.W-2 {
				continue
			}
			p = "   " + p
		}
		s += p
	}
	return cell.Plain(" " + s)
}

// fullest is the first of the ways to say something that fits.
func (v *View) fullest(ways []string) cell.Line {
	for _, s := range ways {
		if s = cell.Clean(s); cell.Width(s) <= v.W-1 {
			return cell.Painted(theme.Accent, " "+s)
		}
	}
	return cell.Painted(theme.Accent, " "+ways[len(ways)-1])
}

// shortName is a product's name in a sentence.
func (v *View) shortName(code domain.ProductCode) string {
	p, _ := v.form().Product(code)
	return v.nameOf(p, code)
}

func (v *View) nameOf(p domain.Product, code domain.ProductCode) string {
	if s := v.env.Text.ShortProduct(p.Name, p.NameEn); s != "" {
		return s
	}
	return string(code)
}

// further is what stands beneath the evidence where there is room: the order's lines,
// then or beside them the store's last orders and the story.
func (v *View) further() []cell.Line {
	t := v.env.Text
	until := cell.Line{
		Left:  []cell.Span{{Text: " " + t.Until(v.file.Moments, v.env.Now())}},
		Right: []cell.Span{{Text: t.Remembered(v.file.Memory) + " ", Role: theme.Muted}},
	}
	order, store := v.orderLines(), append(v.recentLines(), v.storyLines()...)
	out := []cell.Line{until}
	if past, ok := v.pastLine(); ok {
		out = append(out, past)
	}
	if quiet := t.Quieter(v.file.QuieterHere(), v.env.Zone); quiet != "" {
		out = append(out, cell.Line{Left: []cell.Span{{Text: " " + quiet, Role: theme.Muted}}})
	}
	out = append(out, v.itemLines()...)
	if v.W < sideBySide {
		return append(append(out, order...), store...)
	}
	half := v.W / 2
	for i := range max(len(order), len(store)) {
		var left, right cell.Line
		if i < len(order) {
			left = order[i]
		}
		if i < len(store) {
			right = store[i]
		}
		out = append(out, beside(left, right, half, v.W))
	}
	return out
}

// itemLines name every product the case is about, where its evidence does not.
func (v *View) itemLines() []cell.Line {
	t, ok := v.target(v.form())
	if !ok {
		return nil
	}
	var out []cell.Line
	items := v.env.Text.Tell(v.file, t.Lead(), v.env.Now()).Items
	for i := range items {
		items[i] = cell.Clean(items[i])
	}
	if len(items) == 0 {
		return nil
	}
	for _, s := range packed(strings.Join(items, "   "), v.W-2) {
		out = append(out, cell.Plain(" "+s))
	}
	return out
}

// pastLine is the store's last orders of the product, oldest first, with their curve.
func (v *View) pastLine() (cell.Line, bool) {
	t, ok := v.target(v.form())
	if !ok || len(t.Lead().Evidence.Recent) < 2 {
		return cell.Line{}, false
	}
	e := t.Lead().Evidence
	var all []string
	series := make([]int64, 0, len(e.Recent)+1)
	for _, q := range e.Recent {
		all = append(all, q.Grouped(0))
		series = append(series, int64(q))
	}
	series = append(series, int64(e.Quantity))
	text := v.env.Text.Case.Facts.History(len(e.Recent), strings.Join(all, " "))
	return cell.Line{
		Left:  []cell.Span{{Text: " " + text, Role: theme.Muted}},
		Right: []cell.Span{cell.Own(theme.Text, v.env.Glyphs.Curve(series, 14, true)), {Text: " "}},
	}, true
}

// beside puts two lines into one, the second beginning at a column.
func beside(left, right cell.Line, at, w int) cell.Line {
	return cell.Line{Left: append(fitted(left, at-1), fitted(right, w-at)...)}
}

// fitted is a line's spans in exactly w cells.
func fitted(l cell.Line, w int) []cell.Span {
	tail := min(spanWidth(l.Right), w)
	var out []cell.Span
	used := 0
	for _, s := range l.Left {
		text := cell.Cut(cell.Clean(s.Text), max(0, w-tail-used))
		used += cell.Width(text)
		out = append(out, cell.Span{Text: text, Role: s.Role})
	}
	out = append(out, cell.Span{Text: cell.Spaces(w - tail - used)})
	for _, s := range l.Right {
		out = append(out, cell.Span{Text: cell.Cut(cell.Clean(s.Text), tail), Role: s.Role})
	}
	return out
}

func (v *View) orderLines() []cell.Line {
	w, t, o := v.env.Text.Case.Facts, v.env.Text, v.file.Order
	if len(o.Lines) == 0 {
		return nil
	}
	held := map[int]bool{}
	for _, h := range v.file.Holds {
		if h.Active() {
			held[h.Line] = true
		}
	}
	out := []cell.Line{cell.Painted(theme.Head, " "+w.Lines(len(o.Lines), t.MoneyExact(o.Total)))}
	for _, l := range o.Lines {
		p := v.file.Products[l.Product]
		role, state := theme.Muted, ""
		switch {
		case l.Cancelled:
			state = w.Cancelled
		case held[l.No]:
			role, state = theme.Text, w.Held
		}
		name := " " + cell.FitRight(strconv.Itoa(l.No), 3) + " " + t.Pick(p.Name, p.NameEn) + " " + string(l.Product)
		tail := cell.FitRight(t.Quantity(l.Quantity, p.Unit, p.UnitEn), 11) + cell.FitRight(t.MoneyExact(l.Amount), 13) + " " +
			cell.Fit(state, 9)
		out = append(out, cell.Line{Left: []cell.Span{{Text: name, Role: role}}, Right: []cell.Span{{Text: tail, Role: role}}})
	}
	return out
}

func (v *View) recentLines() []cell.Line {
	w, t := v.env.Text.Case.Facts, v.env.Text
	if len(v.file.Recent) == 0 {
		return nil
	}
	out := []cell.Line{cell.Painted(theme.Head, " "+w.Recent)}
	for _, o := range v.file.Recent {
		left := " " + cell.Fit(string(o.No), 10) + cell.Fit(v.when(o.PlacedAt), 12) + cell.FitRight(t.MoneyExact(o.Total), 12)
		right := w.LinesN(o.Lines) + "  " + cell.Fit(t.OrderState(o.State), 9)
		out = append(out, cell.Line{
			Left: []cell.Span{{Text: left, Role: theme.Muted}}, Right: []cell.Span{{Text: right + " ", Role: theme.Muted}},
		})
	}
	return out
}
