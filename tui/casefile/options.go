package casefile

import (
	"slices"
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// optionRows draws the numbered answers after a name, over a second line only where
// the question is at hand.
func (v *View) optionRows(f domain.Form, q domain.Question, name cell.Span, at bool) []row {
	most := 1
	if at {
		most = 3
	}
	lines := v.withBarred(q, v.pack(f, q, v.W-cell.Width(name.Text)-1, most), v.W-cell.Width(name.Text)-1, at)
	var out []row
	for i, spans := range lines {
		lead := name
		if i > 0 {
			lead = cell.Span{Text: cell.Spaces(cell.Width(name.Text))}
		}
		out = append(out, plain(cell.Of(append([]cell.Span{lead}, spans...)...)))
	}
	s := stop{ID: q.ID, Text: true}
	if q.ID.Ask == domain.AskWhy && takesText(q) {
		lead := []cell.Span{v.indent(), {Text: v.env.Text.Case.Ask.Text}}
		out = append(out, v.fieldRow(lead, v.field(s), s, 0))
	}
	return out
}

// kindOf is the kind whose words stand for a target.
func (v *View) kindOf(f domain.Form, target int) domain.Kind {
	if t, ok := f.Target(target); ok {
		return t.Lead().Kind
	}
	return ""
}

// choiceName names a choice about a target.
func (v *View) choiceName(f domain.Form, target int, c domain.Choice) string {
	return v.env.Text.Choice(v.kindOf(f, target), c, f.HasOrder())
}

// withBarred adds the choices that cannot be made now, and why, where there is room.
func (v *View) withBarred(q domain.Question, lines [][]cell.Span, w int, at bool) [][]cell.Span {
	words := v.env.Text.Case.Ask
	for _, b := range q.Barred {
		text := "- " + words.Bar(v.choiceName(v.form(), q.ID.Target, b.Choice), words.Bars[b.Why])
		last := len(lines) - 1
		switch used := spanWidth(lines[last]); {
		case used+2+cell.Width(text) <= w:
			lines[last] = append(lines[last], cell.Span{Text: "  "}, cell.Span{Text: text, Role: theme.Disabled})
		case at && cell.Width(text) <= w:
			lines = append(lines, []cell.Span{{Text: text, Role: theme.Disabled}})
		}
	}
	return lines
}

// pack sets answers side by side in lines of w cells.
func (v *View) pack(f domain.Form, q domain.Question, w, most int) [][]cell.Span {
	if most == 1 {
		q = chosenFirst(q, len(v.packed(f, q, w, 2)) > 1)
	}
	return v.packed(f, q, w, most)
}

// chosenFirst puts the answer that was given before the others where not all fit.
func chosenFirst(q domain.Question, tooMany bool) domain.Question {
	i := slices.IndexFunc(q.Options, func(o domain.Option) bool { return o.Chosen })
	if i <= 0 || !tooMany {
		return q
	}
	all := slices.Clone(q.Options)
	chosen := all[i]
	q.Options = append([]domain.Option{chosen}, slices.Delete(all, i, i+1)...)
	return q
}

func (v *View) packed(f domain.Form, q domain.Question, w, most int) [][]cell.Span {
	lines := [][]cell.Span{{}}
	used := 0
	for i, o := range q.Options {
		if v.focus.ID == q.ID && i < v.firstShown(len(q.Options)) {
			continue
		}
		digit, role := strconv.Itoa(o.Digit), theme.Text
		keyRole := theme.Key
		picked := v.focus == (stop{ID: q.ID}) && v.pick == i+1
		switch {
		case o.Chosen:
			digit, keyRole, role = "["+digit+"]", theme.Accent, theme.Accent
		case len(o.Needs) > 0:
			keyRole, role = theme.Disabled, theme.Disabled
		}
		if picked {
			digit = ">" + digit
		}
		name := " " + v.optionName(f, q.ID.Ask, q.ID.Target, o.Code)
		if o.HandTo != "" {
			name = " " + v.env.Text.Case.Ask.HandsTo(name[1:], v.env.Text.Department(o.HandTo))
		}
		width := cell.Width(digit) + cell.Width(cell.Clean(name))
		if used > 0 && used+2+width > w {
			if len(lines) == most {
				break
			}
			lines, used = append(lines, nil), 0
		}
		last := len(lines) - 1
		if used > 0 {
			lines[last] = append(lines[last], cell.Span{Text: "  "})
			used += 2
		}
		lines[last] = append(lines[last], cell.Span{Text: digit, Role: keyRole}, cell.Span{Text: name, Role: role})
		used += width
	}
	return lines
}

// firstShown is the first of n answers to draw: of many, a part around the one the
// cursor stands on.
func (v *View) firstShown(n int) int {
	if n <= 9 {
		return 0
	}
	return max(0, v.pick-3)
}

// optionName is an answer in the person's language.
func (v *View) optionName(f domain.Form, ask domain.Ask, target int, code string) string {
	w, t := v.env.Text.Case.Ask, v.env.Text
	switch ask {
	case domain.AskLook:
		return w.Names[domain.AskLook]
	case domain.AskCall:
		return w.Calls[domain.CallOutcome(code)]
	case domain.AskWho:
		if domain.CallWho(code) == domain.StoreManager {
			return w.Manager(t.Pick(v.file.Store.Manager, v.file.Store.ManagerEn), v.file.Store.Phone)
		}
		if code == managerOnly {
			code = string(domain.StoreManager)
		}
		return w.Whos[domain.CallWho(code)]
	case domain.AskSaid:
		return w.Saids[domain.Said(code)]
	case domain.AskDecide:
		return v.choiceName(f, target, domain.Choice(code))
	case domain.AskOnLine:
		no, _ := strconv.Atoi(code)
		l, _ := f.Line(no)
		return w.Line(code, v.shortName(l.Product))
	case domain.AskWhy:
		return w.Reasons[domain.ReasonCode(code)]
	case domain.AskRest:
		return w.Rests[domain.Rest(code)]
	case domain.AskProduct:
		p, _ := f.Product(domain.ProductCode(code))
		free, known := p.Available()
		if !known {
			return w.Stocked(v.nameOf(p, p.Code), "")
		}
		return w.Stocked(v.nameOf(p, p.Code), t.Quantity(max(0, free), p.Unit, p.UnitEn))
	case domain.AskConfirmed:
		return w.Confirmers[domain.Confirmer(code)]
	case domain.AskRestock:
		return w.Restockings[domain.Restocking(code)]
	case askVerify, askFind, askSign:
		return v.specialName(ask, code)
	default:
		return code
	}
}
