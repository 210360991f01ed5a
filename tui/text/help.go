package text

import (
	"strings"

	"cleardesk/domain"
)

// HelpWords are the pages of the help: the procedure of each kind, what the kind means
// and who does what about it.
type HelpWords struct {
	Kinds map[domain.Kind]HelpPage
	Ends  map[domain.Outcome]string // what an outcome does

	Clauses, First, Steps, Who, Money, Out string // the names of the parts
	Second                                 string // what takes a second person
	AllKinds                               string // the page of all kinds
	By                                     func(roles string) string
}

// HelpPage is what the help says of one kind, in our words; its clauses can be found in
// the source by their numbers.
type HelpPage struct {
	Clauses string   // their numbers
	Means   string   // what it is, when it is raised, what it stops
	Steps   []string // the procedure, in order
	Who     []string // who does what
	Money   string   // what is at risk, and at which moments
}

// HelpLine is one line of the help. A heading stands alone.
type HelpLine struct {
	Text string
	Head bool
}

// Help is the page of a kind: what it means, its procedure, how it ends, who does what.
// It is empty for a kind the desk does not know.
func (c *Catalog) Help(k domain.Kind) []HelpLine {
	w := c.Helps
	p, ok := w.Kinds[k]
	if !ok {
		return nil
	}
	out := []HelpLine{{c.KindLong(k) + "   " + w.Clauses + " " + p.Clauses, true}, {p.Means, false}, {}, {w.Steps, true}}
	for i, s := range p.Steps {
		out = append(out, HelpLine{itoa(i+1) + " " + s, false})
	}
	out = append(out, HelpLine{}, HelpLine{w.Out, true})
	for _, o := range domain.Outcomes(k) {
		r, _ := domain.RuleFor(k, o)
		out = append(out, HelpLine{c.Outcome(string(o)) + ": " + w.Ends[o] + " " + w.By(c.rolesOf(r.Roles)), false})
	}
	out = append(out, HelpLine{w.Second, false}, HelpLine{}, HelpLine{w.Who, true})
	for _, s := range p.Who {
		out = append(out, HelpLine{s, false})
	}
	return append(out, HelpLine{}, HelpLine{w.Money, true}, HelpLine{p.Money, false})
}

// HelpKinds is the page of all kinds: what each means, where it lies first, and who does
// what about it.
func (c *Catalog) HelpKinds() []HelpLine {
	w := c.Helps
	var out []HelpLine
	for _, k := range domain.Kinds() {
		p := w.Kinds[k]
		out = append(out, HelpLine{c.KindLong(k) + " (" + c.Kind(k) + ")   " + w.First + " " + c.Department(k.FirstWith()), true}, HelpLine{p.Means, false})
		for _, s := range p.Who {
			out = append(out, HelpLine{s, false})
		}
		out = append(out, HelpLine{})
	}
	return out
}

func (c *Catalog) rolesOf(roles []domain.Role) string {
	var out []string
	for _, r := range roles {
		out = append(out, c.Role(r))
	}
	return strings.Join(out, "/")
}
