package text

import (
	"strings"

	"cleardesk/domain"
)

// NameWords are the names of things that have codes.
type NameWords struct {
	Short       map[domain.Kind]string // at most 8 cells
	Long        map[domain.Kind]string
	Departments map[domain.Department]string
	Roles       map[domain.Role]string
	Outcomes    map[string]string
	Who         map[domain.WhoCan]string     // who can still change an order, at most 2 cells
	WhoLong     map[domain.WhoCan]string     // the same in words
	Moments     map[domain.MomentKind]string // "closes", "picking"
	States      map[domain.OrderState]string
	CaseStates  map[domain.CaseState]string
}

// named gives the word for a code, and the code itself where there is none: what a
// later version of the database knows is shown, not hidden.
func named[K ~string](words map[K]string, code K) string {
	if w, ok := words[code]; ok {
		return w
	}
	return string(code)
}

// Kind is the short name of a kind, at most 8 cells.
func (c *Catalog) Kind(k domain.Kind) string { return named(c.Names.Short, k) }

// KindLong is the full name of a kind.
func (c *Catalog) KindLong(k domain.Kind) string { return named(c.Names.Long, k) }

// Department is the name of a department.
func (c *Catalog) Department(d domain.Department) string { return named(c.Names.Departments, d) }

// Role is the name of a role.
func (c *Catalog) Role(r domain.Role) string { return named(c.Names.Roles, r) }

// Outcome is the name of an outcome by its code.
func (c *Catalog) Outcome(code string) string { return named(c.Names.Outcomes, code) }

// Who is the two-cell sign for who can still change an order.
func (c *Catalog) Who(w domain.WhoCan) string { return named(c.Names.Who, w) }

// WhoLong says in words who can still change an order.
func (c *Catalog) WhoLong(w domain.WhoCan) string { return named(c.Names.WhoLong, w) }

// Moment is the name of a moment.
func (c *Catalog) Moment(m domain.MomentKind) string { return named(c.Names.Moments, m) }

// OrderState is the name of an order's state.
func (c *Catalog) OrderState(s domain.OrderState) string { return named(c.Names.States, s) }

// CaseName names a case where one line says what became of it: by its order, else by its
// store and what it is.
func (c *Catalog) CaseName(r domain.QueueRow) string {
	switch {
	case r.OrderNo != "":
		return string(r.OrderNo)
	case r.IsCause():
		return c.Cause(r)
	}
	return strings.TrimSpace(c.Pick(r.StoreName, r.StoreNameEn) + " " + c.Kind(r.Kind))
}

// KeyName is what a key, or several with spaces between, is called where it is called by a
// word.
func (c *Catalog) KeyName(keys string) string {
	names := strings.Fields(keys)
	for i, k := range names {
		names[i] = named(c.Desk.KeyNames, k)
	}
	return strings.Join(names, " ")
}

// CaseState is the name of a case's state.
func (c *Catalog) CaseState(s domain.CaseState) string { return named(c.Names.CaseStates, s) }
