package reports

import (
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

const (
	wide     = 110
	frame    = 3 // title, headings, the rule over the second table
	leastTwo = 4 // rows of the second table that there is always room for
)

// listing is what is behind a row: what of it opens, and how it is laid out.
type listing struct {
	name    string
	cols    func(w int) []widget.Column
	entries []entry
	waits   bool // it is still being read
}

type entry struct {
	cells []cell.Span
	opens tea.Msg          // nil: nothing
	store domain.StoreCode // "": of none, or of several
}

// heights are the rows of the two tables, and the lines under them for what is behind the
// row under the cursor.
func (v *View) heights() (first, second, under int) {
	r, p := v.now()
	if r == nil {
		return 0, 0, 0
	}
	room := max(2, v.H-frame)
	all := r.rows(1, p.at[0])
	first = min(r.rows(0, 0), max(1, room-min(leastTwo, all)))
	second = min(all, room-first)
	if !v.beside() {
		under = max(0, room-first-second)
	}
	return first, second, under
}

// beside tells whether what is behind the row stands at its right.
func (v *View) beside() bool { return v.W >= ui.SideBySide }

// tableWidth is what the tables have.
func (v *View) tableWidth() int {
	if v.beside() {
		return v.W - ui.SideWidth - 1
	}
	return v.W
}

// SetSize keeps the cursor in sight.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	v.settle()
	if v.opened != nil {
		v.opened.list.SetHeight(v.openedHeight())
	}
}

// settle brings the cursor to rows that are there, and them into sight.
func (v *View) settle() {
	r, p := v.now()
	if r == nil || v.H == 0 {
		return
	}
	p.at[0] = max(0, min(p.at[0], r.rows(0, 0)-1))
	n := r.rows(1, p.at[0])
	p.at[1] = max(0, min(p.at[1], n-1))
	if n == 0 {
		p.part = 0
	}
	first, second, _ := v.heights()
	for i, h := range []int{first, second} {
		p.top[i] = max(0, min(max(min(p.top[i], p.at[i]), p.at[i]-h+1), r.rows(i, p.at[0])-h))
	}
}

// step moves the cursor through both tables as through one.
func (v *View) step(n int) {
	r, p := v.now()
	if r == nil {
		return
	}
	for ; n > 0; n-- {
		switch {
		case p.at[p.part] < r.rows(p.part, p.at[0])-1:
			p.at[p.part]++
		case p.part == 0 && r.rows(1, p.at[0]) > 0:
			p.part, p.at[1] = 1, 0
		}
		v.fresh()
	}
	for ; n < 0; n++ {
		switch {
		case p.at[p.part] > 0:
			p.at[p.part]--
		case p.part == 1:
			p.part = 0
		}
		v.fresh()
	}
	v.settle()
}

// fresh begins the second table at its top when the row it is of changes.
func (v *View) fresh() {
	if _, p := v.now(); p.part == 0 {
		p.at[1], p.top[1] = 0, 0
	}
}

// View draws the report that is shown, or what is behind one of its rows.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.titleLine())
	r, p := v.now()
	if r == nil {
		return b.String()
	}
	if v.opened != nil {
		return v.drawOpened(b)
	}
	w := v.tableWidth()
	lines := v.tables(r, p, w)
	if v.beside() {
		return b.Add(ui.Beside(v.env, lines, w, v.preview(r, p, ui.SideWidth-1, v.H-1), v.H-1)...).String()
	}
	b.Add(lines...)
	if _, _, under := v.heights(); under > 3 {
		b.Add(v.preview(r, p, v.W, under)...)
	}
	return b.String()
}

// tables draws both tables in w cells.
func (v *View) tables(r report, p *place, w int) []cell.Line {
	first, second, _ := v.heights()
	var out []cell.Line
	for part, h := range []int{first, second} {
		t := widget.NewTable(r.cols(part, w), w)
		if part == 0 {
			out = append(out, t.Head())
		} else if r.rows(1, p.at[0]) > 0 {
			out = append(out, ui.Rule(v.env, r.second(p.at[0]), w))
		}
		if part == 0 && r.rows(0, 0) == 0 {
			out = append(out, cell.Painted(theme.Muted, " "+v.env.Text.Report.None))
		}
		for i := p.top[part]; i < min(p.top[part]+h, r.rows(part, p.at[0])); i++ {
			st := widget.RowState{Cursor: p.part == part && p.at[part] == i}
			cells := r.cells(part, p.at[0], i, w)
			if part == 0 && p.part == 1 && p.at[0] == i { // the row the second table is of
				cells[0].Role = theme.Accent
			}
			out = append(out, t.Row(st, cells...))
		}
	}
	return out
}

// titleLine names the reports, the one that is shown in brackets, and the period.
func (v *View) titleLine() cell.Line {
	w := v.env.Text.Report
	line := cell.Line{}
	for i, name := range w.Tabs {
		if i == v.shown {
			line.Left = append(line.Left, cell.Span{Text: " [" + name + "]", Role: theme.Head})
		} else {
			line.Left = append(line.Left, cell.Span{Text: "  " + name + " ", Role: theme.Muted})
		}
	}
	if r, _ := v.now(); r != nil {
		line.Right = []cell.Span{{Text: r.period() + " ", Role: theme.Head}}
	}
	return line
}

// preview is what is behind the row under the cursor, in w cells and h lines.
func (v *View) preview(r report, p *place, w, h int) []cell.Line {
	l := v.behind(r, p)
	out := []cell.Line{cell.Painted(theme.Head, " "+v.env.Text.Report.Behind(l.name, len(l.entries)))}
	if !v.beside() {
		out[0] = ui.Rule(v.env, v.env.Text.Report.Behind(l.name, len(l.entries)), w)
	}
	if l.waits || len(l.entries) == 0 {
		return append(out, cell.Painted(theme.Muted, "  "+v.nothing(l)))
	}
	t := widget.NewTable(l.cols(w), w)
	out = append(out, t.Head())
	for i := range min(len(l.entries), max(0, h-2)) {
		out = append(out, t.Row(widget.RowState{}, l.entries[i].cells...))
	}
	return out
}

func (v *View) nothing(l listing) string {
	if l.waits {
		return v.env.Text.Form.Loading
	}
	return v.env.Text.Report.NoneThere
}

func (v *View) behind(r report, p *place) listing {
	if p.part == 0 {
		return r.behind(p.at[0], -1)
	}
	return r.behind(p.at[0], p.at[1])
}

// minutes is a span of n times as the report gives it out; "-" of no times.
func minutes(d time.Duration, n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.FormatFloat(d.Minutes(), 'f', 1, 64)
}

// took is a time of one thing; "" where there is none.
func took(d time.Duration, known bool) string {
	if !known {
		return ""
	}
	return minutes(d, 1)
}

// money is an amount: rounded to the yuan where there is little room; "-" for nought.
func (v *View) money(m domain.Money, w int) string {
	switch {
	case m == 0:
		return "-"
	case w < wide:
		return v.env.Text.Money(m)
	}
	return m.Grouped()
}

// number is a count; "-" for nought.
func number(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// day is a business day with its weekday.
func (v *View) day(d time.Time) string {
	return v.env.Text.Values.Weekdays[d.Weekday()] + " " + d.Format("01-02")
}

// moment is day and time of day at the platform.
func (v *View) moment(t time.Time) string { return t.In(v.env.Zone).Format("01-02 15:04") }

// opens is what a place opens into: its case, its order, or nothing.
func opens(p domain.Place) tea.Msg {
	switch {
	case p.Case != 0:
		return ui.OpenCase{ID: p.Case}
	case p.Order != 0:
		return ui.OpenOrder{ID: p.Order}
	}
	return nil
}

// storeOf names the store of a place.
func (v *View) storeOf(p domain.Place) string {
	if n := v.env.Text.Pick(p.Name, p.NameEn); n != "" {
		return n
	}
	return string(p.Store)
}

// matches tells whether every word of the filter is in one of some texts.
func matches(words []string, texts ...string) bool {
	all := strings.ToLower(strings.Join(texts, "\n"))
	for _, w := range words {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}

// words are those of a report's filter.
func (v *View) words(report int) []string {
	return strings.Fields(strings.ToLower(v.places[report].filter.Value()))
}
