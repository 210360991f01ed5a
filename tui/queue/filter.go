package queue

import (
	"slices"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// filter is what the person narrowed the queue by. It outlives a lost line; a new
// start of the desk begins without.
type filter struct {
	field   *widget.Field
	before  string // what stood in the field when editing began
	editing bool
	fresh   bool // the filter changed: other rows, not news

	kinds   []domain.Kind
	store   domain.StoreCode
	holding domain.HoldFacet
	who     domain.WhoCan
	states  domain.StateFacet
}

func newFilter() filter { return filter{field: widget.NewField(80)} }

func (v *View) domainFilter() domain.QueueFilter {
	f := v.filter
	return domain.QueueFilter{
		With: v.with, Words: strings.Fields(strings.ToLower(f.field.Value())), Kinds: f.kinds, Store: f.store, Holding: f.holding,
		Who: f.who, States: f.states,
	}
}

// narrowed tells whether the list is not simply all open cases of the department.
func (v *View) narrowed() bool {
	f := v.domainFilter()
	return f.Narrow() || f.States != domain.OpenOnly
}

// changed reads the rows for the filter as it is now.
func (v *View) changed() tea.Cmd {
	v.filter.fresh = true
	v.want = firstPage
	v.gen.Next() // what is on its way answers another question
	return v.reload()
}

func (v *View) editFilter() {
	v.filter.editing, v.filter.before = true, v.filter.field.Value()
}

// typeFilter takes keys while the filter is typed: enter keeps it, esc goes back to
// what it was.
func (v *View) typeFilter(p keys.Press) tea.Cmd {
	switch p.Action {
	case keys.Input:
		if v.filter.field.Update(p) {
			return v.changed()
		}
	case keys.Open, keys.NextPart, keys.Down:
		v.filter.editing = false
	case keys.Back:
		v.filter.editing = false
		if v.filter.field.Value() != v.filter.before {
			v.filter.field.SetValue(v.filter.before)
			return v.changed()
		}
	}
	return nil
}

// clearFilter shows everything again.
func (v *View) clearFilter() tea.Cmd {
	v.filter.field.SetValue("")
	v.filter.kinds, v.filter.store, v.filter.holding, v.filter.who, v.filter.states = nil, "", "", "", ""
	return v.changed()
}

// The facets, chosen from the action menu.
const (
	actMine     keys.Action = "queue_mine"
	actFree     keys.Action = "queue_free"
	actOthers   keys.Action = "queue_others"
	actSnoozed  keys.Action = "queue_snoozed"
	actKind     keys.Action = "queue_kind"
	actStore    keys.Action = "queue_store"
	actStoreCan keys.Action = "queue_store_can"
	actAll      keys.Action = "queue_all"
	actWith     keys.Action = "queue_with"
)

// facet narrows the list, or undoes it when chosen again.
func (v *View) facet(a keys.Action) (tea.Cmd, bool) {
	r, have := v.current()
	f := &v.filter
	switch a {
	case actMine:
		f.holding = toggle(f.holding, domain.Mine)
	case actFree:
		f.holding = toggle(f.holding, domain.Free)
	case actOthers:
		f.holding = toggle(f.holding, domain.Others)
	case actSnoozed:
		f.states = toggle(f.states, domain.SnoozedOnly)
	case actStoreCan:
		f.who = toggle(f.who, domain.StoreCan)
	case actKind:
		switch {
		case len(f.kinds) > 0:
			f.kinds = nil
		case have && r.Task == nil:
			f.kinds = []domain.Kind{r.Kind}
		}
	case actStore:
		switch {
		case f.store != "":
			f.store = ""
		case have:
			f.store = r.Store
		}
	case actWith, keys.NextPart:
		v.with = besideOf(v.with, 1)
	case keys.PrevPart:
		v.with = besideOf(v.with, -1)
	case actAll:
		return v.clearFilter(), true
	default:
		return nil, false
	}
	return v.changed(), true
}

func toggle[T ~string](now, to T) T {
	if now == to {
		return ""
	}
	return to
}

// besideOf is the department so many places after another one, round and round.
func besideOf(d domain.Department, by int) domain.Department {
	all := domain.Departments()
	at := max(0, slices.Index(all, d))
	return all[(at+by+len(all))%len(all)]
}

// savedViews are the lists the v key goes through.
func (v *View) nextSaved() tea.Cmd {
	switch {
	case v.filter.holding == domain.Mine:
		v.filter.holding = domain.Free
	case v.filter.holding == domain.Free:
		v.filter.holding, v.filter.states = "", domain.SnoozedOnly
	case v.filter.states == domain.SnoozedOnly:
		v.filter.states = ""
	default:
		v.filter.holding = domain.Mine
	}
	return v.changed()
}
