package deliveries

import (
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// results is what became of an act on several rows.
type results struct {
	all    []result
	failed int
	from   int
}

func newResults(all []result) *results {
	r := &results{all: all}
	for _, x := range all {
		if x.failed != nil {
			r.failed++
		}
	}
	return r
}

func (v *View) pressResults(p keys.Press) tea.Cmd {
	r := v.results
	switch p.Action {
	case keys.Up:
		r.from = max(0, r.from-p.Count)
	case keys.Down:
		r.from = max(0, min(len(r.all)-1, r.from+p.Count))
	case keys.Back, keys.Open:
		v.results = nil
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

func (v *View) drawResults(b *ui.Body) string {
	w, r := v.env.Text.Deliver, v.results
	b.Rule(w.ResultsTitle(len(r.all)-r.failed, r.failed))
	for _, x := range r.all[r.from:] {
		said := cell.Span{Text: w.ResultDone, Role: theme.Done}
		if x.failed != nil {
			said = cell.Span{Text: "!" + v.env.Text.Error(x.failed), Role: theme.Problem}
		}
		b.Add(cell.Of(cell.Span{Text: "  " + cell.Fit(cell.Clean(x.name), 30) + " "}, said))
	}
	return b.String()
}
