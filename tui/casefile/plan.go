package casefile

import (
	"slices"
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// planRows says what will be written: lines, order, record, and what follows. It is
// the whole truth of the plan, or that there is nothing yet.
func (v *View) planRows(f domain.Form, p domain.Plan) []row {
	w := v.env.Text.Case.Plan
	if ask := v.special(); ask != "" {
		return v.specialPlan(ask)
	}
	if len(p.Resolutions) == 0 {
		return []row{plain(cell.Painted(theme.Muted, " "+w.Nothing))}
	}
	return append(v.nextRows(p), v.effectRows(f, p)...)
}

// nextRows say, before what would be written, who goes on with it instead.
func (v *View) nextRows(p domain.Plan) []row {
	w, t := v.env.Text.Case.Effects, v.env.Text
	switch {
	case p.HandTo != "":
		say, ok := w.HandTo[p.HandWhy]
		if !ok {
			return nil
		}
		return v.pair("", theme.Near, say(numbers(p.Verify), t.Department(p.HandTo)), "")
	case p.Correct != nil:
		return v.pair(w.Catalogue, theme.Near, w.Correct(w.Corrections[p.Correct.What]), "")
	case p.Second:
		return v.pair(w.Sign, theme.Near, w.Second(t.MoneyExact(p.Stake), t.Department(v.file.Terms.SignWith)), "")
	}
	return nil
}

// effectRows say what is written: lines, order, what is beside it, record, and what
// follows.
func (v *View) effectRows(f domain.Form, p domain.Plan) []row {
	w := v.env.Text.Case.Plan
	out := v.lineRows(f, p)
	if f.HasOrder() && (v.touchesOrder(p) || len(p.Preview.Stays) > 0) {
		out = append(out, v.pair(w.Order, theme.Text, v.totals(p.Preview), v.orderFate(p))...)
	}
	out = append(out, v.besideRows(p.Preview)...)
	if p.HandTo != "" || p.Correct != nil {
		return out // only that it goes there is written now
	}
	if doesNothing(p) && !v.unread(p) {
		out = append(out, v.pair("", theme.Text, v.env.Text.Case.Effects.Nothing, "")...)
	}
	out = append(out, v.pair(w.Record, theme.Text, v.recordText(p), "")...)
	if after := v.afterText(p); after != "" {
		out = append(out, v.pair(w.After, theme.Text, after, "")...)
	}
	return out
}

// unread tells whether something that is typed cannot be read yet: what it does is not
// known then.
func (v *View) unread(p domain.Plan) bool {
	return slices.ContainsFunc(p.Missing, func(id domain.QuestionID) bool { return isTyped(id.Ask) })
}

// pair is a name with text at both sides; where they do not fit into one line, the
// right one gets its own, and what is longer is broken.
func (v *View) pair(name string, role theme.Role, left, right string) []row {
	indent := 1 + v.env.Text.Case.Rows
	lead := cell.Span{Text: " " + cell.Fit(name, indent-1), Role: theme.Muted}
	left, right = cell.Clean(left), cell.Clean(right)
	room := v.W - indent - 1
	if right != "" && cell.Width(left)+2+cell.Width(right) <= room {
		return []row{plain(cell.Line{Left: []cell.Span{lead, {Text: left, Role: role}}, Right: []cell.Span{{Text: right + " ", Role: role}}})}
	}
	parts := packed(left, room)
	if right != "" {
		parts = append(parts, cell.Wrap(right, room, 2)...)
	}
	var out []row
	for _, s := range parts {
		out = append(out, plain(cell.Of(lead, cell.Span{Text: s, Role: role})))
		lead = cell.Span{Text: cell.Spaces(indent)}
	}
	return out
}

// packed breaks a text into lines of w cells, where it can between its parts, which
// stand three cells apart.
func packed(s string, w int) []string {
	const gap = "   "
	var out []string
	for _, part := range strings.Split(s, gap) {
		if last := len(out) - 1; last >= 0 && cell.Width(out[last])+len(gap)+cell.Width(part) <= w {
			out[last] += gap + part
			continue
		}
		out = append(out, cell.Wrap(part, w, 3)...)
	}
	return out
}

// lineRows says what becomes of the lines that are decided.
func (v *View) lineRows(f domain.Form, p domain.Plan) []row {
	w, t := v.env.Text.Case.Plan, v.env.Text
	if p.Preview.OrderCancelled && len(p.Preview.Lines) > 1 {
		return v.pair(w.Lines, theme.Text, w.AllDropped(len(p.Preview.Lines)), t.MoneyChange(p.Preview.Delta()))
	}
	var out []row
	changed := map[int]bool{}
	for _, c := range p.Preview.Lines {
		changed[c.Line] = true
		product, _ := f.Product(c.Product)
		old := t.Quantity(c.Old, product.Unit, product.UnitEn)
		text := w.Change(v.shortName(c.Product), c.Old.Grouped(0), old, t.Quantity(c.New, product.Unit, product.UnitEn))
		switch {
		case c.New == 0:
			text = w.Dropped(v.shortName(c.Product), old)
		case c.Old == 0:
			text = v.env.Text.Case.Effects.Instead(v.shortName(c.Product), v.units(c.Product, c.New))
		}
		out = append(out, v.pair(w.Line(strconv.Itoa(c.Line)), theme.Text, text, t.MoneyChange(c.Delta()))...)
	}
	return append(out, v.freedRows(f, p, changed)...)
}

// freedRows says what is released as it was ordered; several lines go into one row.
func (v *View) freedRows(f domain.Form, p domain.Plan, changed map[int]bool) []row {
	w, t := v.env.Text.Case.Plan, v.env.Text
	var lines []domain.Line
	whole := false
	for _, target := range f.Targets {
		d, ok := v.answers.Decision(target.ID)
		if !ok || target.ID < 0 || !f.HasOrder() || p.Preview.OrderCancelled || d.Choice != domain.ChooseGenuine && d.Choice != domain.ChooseFalseAlarm {
			continue
		}
		l, found := f.Line(target.Line)
		whole = whole || target.Line == 0
		if found && !changed[l.No] {
			lines = append(lines, l)
		}
	}
	var out []row
	switch len(lines) {
	case 0:
	case 1:
		l := lines[0]
		product := f.Products[l.Product]
		text := w.AsOrdered(v.shortName(l.Product), t.Quantity(l.Quantity, product.Unit, product.UnitEn))
		out = v.pair(w.Line(strconv.Itoa(l.No)), theme.Text, text, "")
	default:
		var nos []int
		for _, l := range lines {
			nos = append(nos, l.No)
		}
		out = v.pair("", theme.Text, w.AsOrdered(w.Line(numbers(nos)), ""), "")
	}
	if whole {
		out = append(out, v.pair("", theme.Text, w.WholeAs(t.MoneyExact(p.Preview.OldTotal)), "")...)
	}
	return out
}

// totals is the order's amount before and after, and what holds it still.
func (v *View) totals(p domain.Preview) string {
	w, t := v.env.Text.Case.Plan, v.env.Text
	s := w.SameTotal(t.MoneyExact(p.OldTotal))
	if p.OldTotal != p.NewTotal {
		s = w.Totals(t.MoneyExact(p.OldTotal), t.MoneyExact(p.NewTotal))
	}
	if p.OrderCancelled {
		return s
	}
	if len(p.Stays) == 0 {
		return s + "   " + w.NoHold
	}
	return s + "   " + w.Stays(strings.Join(v.stays(p), t.Values.Join))
}

// stays names the holds that stay, those of a kind together, and with whom they lie.
func (v *View) stays(p domain.Preview) []string {
	w, t := v.env.Text.Case.Plan, v.env.Text
	type group struct{ kind, with string }
	var order []group
	lines := map[group][]int{}
	for _, h := range p.Stays {
		g := group{t.Kind(h.Kind), v.with(h)}
		if _, have := lines[g]; !have {
			order = append(order, g)
		}
		lines[g] = append(lines[g], h.Line)
	}
	var out []string
	for _, g := range order {
		slices.Sort(lines[g])
		out = append(out, w.HoldOf(numbers(lines[g]), g.kind, g.with))
	}
	return out
}

// with is the department a hold that stays lies with, where another case shows it.
func (v *View) with(h domain.Hold) string {
	for _, a := range v.file.Anomalies {
		if a.ID == h.Anomaly {
			return v.env.Text.Department(v.file.Row.With)
		}
	}
	for _, r := range v.file.SameStore {
		if r.OrderID == v.file.Row.OrderID {
			return v.env.Text.Department(r.With)
		}
	}
	return ""
}

// orderFate says what becomes of the order.
func (v *View) orderFate(p domain.Plan) string {
	w, x := v.env.Text.Case.Plan, p.Preview
	switch {
	case p.HandTo != "":
		return ""
	case x.OrderCancelled:
		return w.Cancelled
	case len(x.Rechecked) > 0 && len(x.Lines) > 1:
		return w.RecheckedAll
	case len(x.Rechecked) > 0:
		return w.Rechecked
	case x.Accepted:
		return w.Accepted
	case len(x.Released) > 0 && len(x.Stays) == 0 && x.Released[0].Line == 0:
		return w.FreedAll
	case len(x.Released) > 0 && len(x.Stays) == 0:
		return w.Freed
	}
	return ""
}

// recordText is what the record will hold: the decisions with their reasons, the
// call, and who writes it.
func (v *View) recordText(p domain.Plan) string {
	t, w := v.env.Text, v.env.Text.Case
	var what []string
	seen := map[string]bool{}
	for _, d := range v.answers.Decisions {
		s := v.choiceName(v.form(), d.Target, d.Choice)
		if reason := w.Ask.Reasons[d.Why]; reason != "" && d.Why == domain.WhyOther && d.WhyText != "" {
			s += t.Values.Join + d.WhyText
		} else if reason != "" {
			s += t.Values.Join + reason
		}
		if !seen[s] {
			seen[s] = true
			what = append(what, s)
		}
	}
	text := strings.Join(what, "; ")
	if len(p.Resolutions) > 1 {
		var kinds []string
		for _, r := range p.Resolutions {
			if k := t.Kind(r.Kind); !slices.Contains(kinds, k) {
				kinds = append(kinds, k)
			}
		}
		text = w.Plan.Records(strings.Join(kinds, t.Values.Join)) + text
	}
	call := w.Plan.NoCall
	if c := v.answers.Call; c != nil && c.Outcome == domain.Reached {
		who := v.whoText()
		if c.Who == domain.StoreManager {
			who = t.Pick(v.file.Store.Manager, v.file.Store.ManagerEn)
		}
		call = w.Plan.Call(who, v.clock(c.At))
	}
	if !v.rung() {
		return text + "   " + v.signedBy()
	}
	return text + "   " + call + "   " + v.signedBy()
}

// rung tells whether the procedure rings the store at all.
func (v *View) rung() bool {
	return v.answers.Call != nil || v.asks(domain.QuestionID{Ask: domain.AskCall})
}

// signedBy is who writes it; of what takes two, both.
func (v *View) signedBy() string {
	if p := v.toSign(); p != nil {
		return v.proposer(p) + " + " + v.env.MyName()
	}
	return v.env.MyName()
}

// afterText says until when it can be taken back, what is learnt, and whether the
// store has to be told.
func (v *View) afterText(p domain.Plan) string {
	w := v.env.Text.Case.Plan
	var parts []string
	switch {
	case !v.touchesOrder(p), p.Preview.Until == nil && p.Preview.OrderCancelled:
	case p.Preview.Until != nil:
		parts = append(parts, w.Until(v.clock(p.Preview.Until.At)))
	default:
		parts = append(parts, w.TooLate)
	}
	if v.teaches(p) {
		parts = append(append(parts, v.learntTexts(p.Preview.Learnt)...), v.quietTexts(p.Preview.Quieter)...)
	}
	if c := v.answers.Call; (c == nil || c.Outcome == domain.NotNeeded) && v.changesForStore(p.Preview) {
		parts = append(parts, w.TellStore)
	}
	return strings.Join(parts, "   ")
}

// teaches tells whether the detector may learn from it: of what was ordered it does.
func (v *View) teaches(p domain.Plan) bool {
	return len(p.Preview.Learnt) > 0 || slices.ContainsFunc(p.Resolutions, func(r domain.Resolution) bool {
		return r.Kind.Teaches()
	})
}

// changesForStore tells whether something becomes different for the store, of which it
// has to be told.
func (v *View) changesForStore(x domain.Preview) bool {
	return len(x.Lines)+len(x.Linked)+len(x.Adjusts)+len(x.Returns) > 0
}

// learntTexts says what becomes usual; lines that are learnt as they were ordered go
// together.
func (v *View) learntTexts(learnt []domain.Learnt) []string {
	w, t := v.env.Text.Case.Plan, v.env.Text
	var out []string
	var same []int
	for _, l := range learnt {
		if l.Line != 0 && l.Not == 0 {
			same = append(same, l.Line)
		}
	}
	for _, l := range learnt {
		product, _ := v.form().Product(l.Product)
		q := t.Quantity(l.Quantity, product.Unit, product.UnitEn)
		switch {
		case l.Line == 0:
			out = append(out, w.LearnsSum(t.MoneyExact(l.Amount)))
		case l.Not > 0:
			out = append(out, w.LearnsNot(q, t.Quantity(l.Not, product.Unit, product.UnitEn), l.Quantity.Grouped(0), l.Not.Grouped(0)))
		case len(same) == 1:
			out = append(out, w.Learns(q, l.Quantity.Grouped(0)))
		}
	}
	if len(same) > 1 {
		out = append(out, w.LearnsLines(numbers(same)))
	}
	if len(learnt) == 0 {
		out = append(out, w.LearnsNone)
	}
	return out
}

// quietTexts says what the statistics hold no more for a time; hard limits stay.
func (v *View) quietTexts(quiet []domain.Quieter) []string {
	w, t := v.env.Text.Case.Plan, v.env.Text
	var out []string
	var lines []int
	date := ""
	for _, q := range quiet {
		date = t.Date(q.Until.In(v.env.Zone))
		if q.Line == 0 {
			out = append(out, w.Quiet(t.MoneyExact(q.Amount), date))
			continue
		}
		lines = append(lines, q.Line)
	}
	switch len(lines) {
	case 0:
	case 1:
		for _, q := range quiet {
			if q.Line != 0 {
				product, _ := v.form().Product(q.Product)
				out = append(out, w.Quiet(t.Quantity(q.UpTo, product.Unit, product.UnitEn), date))
			}
		}
	default:
		out = append(out, w.QuietLines(numbers(lines), date))
	}
	return out
}
