package intake

import (
	"fmt"
	"slices"
	"strings"

	"cleardesk/domain"
)

// The columns the reject file adds in front of the original ones. They are passed
// over when the mended file comes back.
const (
	rejectLine   = "rejected_line"
	rejectReason = "rejected_reason"
	rejectText   = "rejected_text"
)

// ParseMap reads --map: "order_no=OrderID,store=Customer", ours first. Each of
// specs may hold several. The error is an Invalid *domain.Error.
func ParseMap(specs ...string) (map[string]string, error) {
	m := make(map[string]string)
	for _, spec := range specs {
		for pair := range strings.SplitSeq(spec, ",") {
			if strings.TrimSpace(pair) == "" {
				continue
			}
			ours, theirs, ok := strings.Cut(pair, "=")
			ours, theirs = fold(ours), strings.TrimSpace(theirs)
			if !ok || ours == "" || theirs == "" {
				return nil, domain.Errorf(domain.Invalid, "--map", "%s is not OURS=THEIRS, as in quantity=qty", Show(pair))
			}
			if was, twice := m[ours]; twice && was != theirs {
				return nil, domain.Errorf(domain.Invalid, "--map", "%s is given twice, as %s and %s", Show(ours), Show(was), Show(theirs))
			}
			m[ours] = theirs
		}
	}
	return m, nil
}

// fold brings a column name to the form names are compared in.
func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// layout ties the columns of a kind to those of a source.
type layout struct {
	cols   []Column
	theirs []string       // what each column is called there, folded
	at     []int          // CSV: the place of each column, -1: absent
	width  int            // CSV: columns of the header
	byName map[string]int // JSON: their name to our column
	header []string       // of the reject file, without the columns it adds
	keep   []int          // CSV: places of header
}

func newLayout(cols []Column, mapping map[string]string) *layout {
	l := &layout{cols: cols, byName: make(map[string]int, len(cols))}
	for i, c := range cols {
		name := c.Name
		if m, ok := mapping[name]; ok {
			name = m
		}
		l.theirs = append(l.theirs, fold(name))
		l.header = append(l.header, name)
		l.byName[fold(name)] = i
	}
	return l
}

// checkMap refuses a mapping for a column the kind does not have.
func checkMap(mapping map[string]string, known []string) error {
	for ours := range mapping {
		if !slices.Contains(known, ours) {
			return domain.Errorf(domain.Invalid, "--map", "there is no column %s; the columns are %s", Show(ours), strings.Join(known, ", "))
		}
	}
	return nil
}

// bind finds the columns in a CSV header.
func (l *layout) bind(header []string) error {
	places := make(map[string]int, len(header))
	twice := make(map[string]bool)
	l.width, l.header, l.keep = len(header), nil, nil
	for i, h := range header {
		name := fold(unguard(h))
		if name == rejectLine || name == rejectReason || name == rejectText {
			continue
		}
		if _, seen := places[name]; seen {
			twice[name] = true
		}
		places[name] = i
		l.header = append(l.header, h)
		l.keep = append(l.keep, i)
	}
	l.at = make([]int, len(l.cols))
	for i, name := range l.theirs {
		place, ok := places[name]
		if !ok {
			place = -1
		}
		if twice[name] {
			return fmt.Errorf("the header has the column %s twice", Show(name))
		}
		l.at[i] = place
	}
	return l.missing(func(i int) bool { return l.at[i] >= 0 }, l.header)
}

// missing says which required columns are not there, what is, and what to do.
func (l *layout) missing(has func(col int) bool, found []string) error {
	var lack, hint []string
	for i, c := range l.cols {
		mapped := l.theirs[i] != c.Name
		if has(i) || !c.Required && !mapped {
			continue
		}
		if mapped {
			return fmt.Errorf("--map says %s is called %s, but the columns are %s", c.Name, Show(l.theirs[i]), list(found))
		}
		lack = append(lack, c.Name)
		hint = append(hint, c.Name+"=THEIRS")
	}
	if lack == nil {
		return nil
	}
	return fmt.Errorf("no column %s; the columns are %s; name theirs with --map %s",
		strings.Join(lack, ", "), list(found), strings.Join(hint, ","))
}

// list shows column names, not all of a thousand.
func list(names []string) string {
	const most = 30
	shown := make([]string, 0, most)
	for _, n := range names[:min(most, len(names))] {
		shown = append(shown, Show(strings.TrimSpace(n)))
	}
	if len(names) > most {
		shown = append(shown, fmt.Sprintf("and %d more", len(names)-most))
	}
	return strings.Join(shown, ", ")
}
