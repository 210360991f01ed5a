package casefile

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

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
		if z := r.Second; z != nil {
			by += " + " + t.Person(z.Name, z.NameEn, z.Login)
		}
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
