package casefile

import (
	"slices"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
)

// storyLine is one line of the story, with its time for the order of lines.
type storyLine struct {
	at   time.Time
	text string
}

// storyLines are what was told, rung, found out, promised and noted, newest first.
func (v *View) storyLines() []cell.Line {
	all := append(v.callStory(), v.noteStory()...)
	all = append(append(all, v.eventStory()...), v.findStory()...)
	all = append(append(all, v.promiseStory()...), v.moneyStory()...)
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b storyLine) int { return b.at.Compare(a.at) })
	out := []cell.Line{cell.Painted(theme.Head, " "+v.env.Text.Case.Facts.Story)}
	for _, l := range all {
		out = append(out, cell.Painted(theme.Muted, "   "+l.text))
	}
	return out
}

// personOf is what somebody of the story is called.
func (v *View) personOf(login string) string {
	n := v.file.People[domain.Login(login)]
	return v.env.Text.Person(n.Name, n.NameEn, domain.Login(login))
}

func (v *View) callStory() []storyLine {
	w, ask := v.env.Text.Case.Facts, v.env.Text.Case.Ask
	var out []storyLine
	for _, c := range v.file.Calls {
		said := ask.Saids[domain.Said(c.Said)]
		if c.Text != "" {
			said = c.Text
		}
		outcome := ask.Calls[domain.CallOutcome(c.Outcome)]
		out = append(out, storyLine{c.At, w.Called(v.when(c.At), v.personOf(c.By), outcome, said)})
	}
	return out
}

// noteStory leaves out what is told by itself: findings, promises.
func (v *View) noteStory() []storyLine {
	w := v.env.Text.Case.Facts
	var out []storyLine
	for i := len(v.file.Notes) - 1; i >= 0; i-- {
		n := v.file.Notes[i]
		if n.What == "found" && len(v.file.Findings) > 0 || n.What == "promised" && len(v.file.Promises) > 0 {
			continue
		}
		out = append(out, storyLine{n.At, w.Noted(v.when(n.At), v.personOf(n.By), noteName(v.env.Text, n.What), n.Text)})
	}
	return out
}

func (v *View) eventStory() []storyLine {
	w, t := v.env.Text.Case.Tells, v.env.Text
	var out []storyLine
	for _, e := range v.file.Events {
		what := w.Events[e.What]
		if e.Stage != "" {
			what = t.Kinds.Shared.Reached[e.Stage]
		}
		parts := []string{v.when(e.At) + " " + what}
		if e.Amount != nil {
			parts = append(parts, w.Cash(t.MoneyExact(*e.Amount)))
		}
		parts = append(parts, v.eventLines(e)...)
		for _, s := range []string{t.Kinds.Shared.Told[e.Why], e.Text, e.Slip, t.Caller(e.Caller, v.file.Store), v.personOf(string(e.By))} {
			if s != "" && (s != t.Kinds.Shared.Told[domain.ToldOther] || e.Text == "") {
				parts = append(parts, s)
			}
		}
		out = append(out, storyLine{e.At, strings.Join(parts, t.Values.Join)})
	}
	return out
}

// mostTold is how many lines of an event are named.
const mostTold = 3

func (v *View) eventLines(e domain.Event) []string {
	w, t, f := v.env.Text.Case.Tells, v.env.Text, v.form()
	var out []string
	for i, l := range e.Lines {
		if i == mostTold && len(e.Lines) > mostTold+1 {
			return append(out, t.Kinds.Shared.Others(len(e.Lines)-i))
		}
		code := l.Product
		if ordered, ok := f.Line(l.Line); ok {
			code = ordered.Product
		}
		p, _ := f.Product(code)
		q := ""
		switch {
		case l.Weight != nil:
			q = t.Weight(*l.Weight, weighed(p), p.Unit, p.UnitEn)
		case l.Quantity != nil:
			q = t.Quantity(*l.Quantity, p.Unit, p.UnitEn)
		}
		out = append(out, strings.TrimSpace(w.Line(v.nameOf(p, code), q)))
	}
	return out
}

func (v *View) findStory() []storyLine {
	w, t := v.env.Text.Case.Tells, v.env.Text
	var out []storyLine
	for _, f := range v.file.Findings {
		name := t.Person(f.ByName, f.ByNameEn, f.By)
		out = append(out, storyLine{f.At, w.Finding(v.when(f.At), name, t.Case.Finds.Ask[f.What], v.found(f))})
	}
	if p := v.file.ToSign; p != nil && p.Signed != nil {
		s := p.Signed
		out = append(out, storyLine{s.At, t.Case.Signs.Was[s.Signed](t.Person(s.ByName, s.ByNameEn, s.By), v.when(s.At), s.Note)})
	}
	return out
}

func (v *View) promiseStory() []storyLine {
	w, t := v.env.Text.Case.Tells, v.env.Text
	var out []storyLine
	for _, p := range v.file.Promises {
		s := w.Promise(v.when(p.At), p.What, v.when(p.Due), t.Person(p.ByName, p.ByNameEn, p.By))
		if p.Kept {
			s += t.Values.Join + w.Kept
		}
		out = append(out, storyLine{p.At, s})
	}
	for _, p := range v.file.Plans {
		out = append(out, storyLine{p.At, w.Plan(v.when(p.At), v.when(p.Due), p.Route, v.personOf(string(p.By)))})
	}
	return out
}

// moneyStory is what was written to the settlement, and the orders that belong with this
// one.
func (v *View) moneyStory() []storyLine {
	w, t := v.env.Text.Case.Tells, v.env.Text
	var out []storyLine
	for _, a := range v.file.Adjustments {
		out = append(out, storyLine{a.At, v.when(a.At) + " " + w.Adjust[a.What] + " " + t.MoneyChange(a.Amount)})
	}
	for _, l := range v.file.Links {
		out = append(out, storyLine{l.PlacedAt, v.when(l.PlacedAt) + " " + t.Linked(l)})
	}
	if v.file.Merged != 0 {
		out = append(out, storyLine{v.env.Now(), w.Merged(int(v.file.Merged))})
	}
	return out
}

// noteName says what a note of the story is about; its code where there is no word.
func noteName(t *text.Catalog, what string) string {
	if s, ok := t.Case.Facts.Notes[what]; ok {
		return s
	}
	return what
}
