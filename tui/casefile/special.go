package casefile

import (
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// verifyBlocks asks procurement about the quantities.
func (v *View) verifyBlocks(f domain.Form) []block {
	q := domain.Question{ID: domain.QuestionID{Ask: askVerify}, No: 1, Options: v.options()}
	if v.focus.ID.Ask != askVerify {
		q.Options = []domain.Option{{Digit: 1, Code: "verified"}, {Digit: 2, Code: "not_right"}}
	}
	at := v.focus == stop{ID: q.ID}
	lines := v.optionRows(f, q, v.name(1, v.env.Text.Case.Ask.Verify, at), true)
	b := block{no: 1, at: at, lines: append(lines, v.verifyLines(f)...), short: lines[:len(lines):len(lines)]}
	blocks := []block{b}
	if v.answers.Call != nil {
		name := v.name(0, v.env.Text.Case.Ask.Names[domain.AskCall], false)
		r := v.summary(name)
		blocks = append(blocks, block{lines: []row{r}, short: []row{r}})
	}
	return append(blocks, v.noteBlock())
}

// verifyLines lists the quantities in question beside what there is.
func (v *View) verifyLines(f domain.Form) []row {
	w, t := v.env.Text.Case.Facts, v.env.Text
	var out []row
	for _, no := range v.toVerify() {
		l, _ := f.Line(no)
		p := f.Products[l.Product]
		text := w.Which(strconv.Itoa(no), v.shortName(l.Product), string(l.Product)) + "   " + w.Ordered(t.Quantity(l.Quantity, p.Unit, p.UnitEn))
		if free, known := p.Available(); known {
			text += "   " + w.Stock(max(0, free).Grouped(0), unitOf(t, free, p))
		}
		out = append(out, plain(cell.Of(v.indent(), cell.Span{Text: text})))
	}
	return out
}

// recordRows are what was found and done, newest first.
func (v *View) recordRows() []row {
	t := v.env.Text
	var out []row
	for _, r := range v.file.Records {
		what := t.Kind(r.Kind) + ": " + t.Outcome(string(r.Outcome))
		if reason, ok := t.Case.Ask.Reasons[domain.ReasonCode(r.Reason)]; ok {
			what += t.Values.Join + reason
		}
		by := v.when(r.At) + " " + t.Person(r.ByName, r.ByNameEn, r.By)
		line := cell.Sides("   "+what, by+" ")
		if r.Reversed != nil {
			line = cell.Painted(theme.Muted, "   "+what)
			line.Right = []cell.Span{{Text: by + " ", Role: theme.Muted}}
		}
		out = append(out, plain(line))
		if b := r.Reversed; b != nil {
			back := t.Reverse.TakenBack(t.Person(b.ByName, b.ByNameEn, b.By), v.when(b.At), b.Reason)
			for _, part := range cell.Wrap(cell.Clean(back), v.W-7, 2) {
				out = append(out, plain(cell.Painted(theme.Near, "     "+part)))
			}
		}
		for _, words := range []string{r.ReasonText, r.Note} {
			for _, part := range cell.Wrap(cell.Clean(words), v.W-7, 2) {
				if part != "" {
					out = append(out, plain(cell.Painted(theme.Muted, "     "+part)))
				}
			}
		}
	}
	if len(out) == 0 {
		out = append(out, plain(cell.Painted(theme.Muted, "   "+t.Form.Nothing)))
	}
	return out
}
