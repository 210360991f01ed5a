package intake

import (
	"time"
)

// Column is one column of a kind, by our name for it.
type Column struct {
	Name     string
	Required bool
}

// Kind describes what a file holds: its columns, and how a row T is read from
// them. Each kind is made by a function of its own: Stores, Products, Orders,
// WholeOrders, Events.
type Kind[T any] struct {
	name    string
	columns []Column
	lines   []Column             // of the objects in the nested column, for whole orders
	key     int                  // the column rows are refused together by
	keyOf   func(*fields) string // instead of it, where no one column tells; "": it cannot be told
	nested  int                  // the column that holds a list of lines, -1: none
	parse   func(*fields) T
}

// Name is the word for the kind on the command line.
func (k Kind[T]) Name() string { return k.name }

// Columns lists the names --map knows, in their order.
func (k Kind[T]) Columns() []string {
	names := make([]string, 0, len(k.columns)+len(k.lines))
	for _, c := range append(k.columns[:len(k.columns):len(k.columns)], k.lines...) {
		names = append(names, c.Name)
	}
	return names
}

// Binding says how a source's rows are to be understood.
type Binding struct {
	Map  map[string]string // our column name to theirs, see ParseMap
	Zone *time.Location    // of times that carry none
}

// fields are the cells of one row in the order of the kind's columns, and the
// first thing found wrong with them.
type fields struct {
	cols  []Column
	vals  []string
	has   []bool // the row has this column at all
	given []string
	line  int
	zone  *time.Location
	bad   string
	times *timeMemo
	sub   *fields // for the lines of a whole order
	lay   *layout // of sub
}

func newFields(cols []Column, zone *time.Location) *fields {
	return &fields{
		cols: cols, vals: make([]string, len(cols)), has: make([]bool, len(cols)), zone: zone, times: &timeMemo{},
	}
}

// reset empties the cells for the next row.
func (f *fields) reset(line int) {
	f.line, f.bad = line, ""
	clear(f.vals)
}

// names lists the columns the row has.
func (f *fields) names() []string {
	var names []string
	for i, c := range f.cols {
		if f.has[i] {
			names = append(names, c.Name)
		}
	}
	return names
}
