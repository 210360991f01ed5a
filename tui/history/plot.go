package history

import (
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// Cells beside the plot.
const (
	scaleCells = 10 // the names of the scale
	nameCells  = 6  // those of the lines
	dateCells  = 5
)

// point is an order in the plot.
type point struct {
	x     int
	value int64
	mark  domain.Mark
	at    bool // the cursor is on it
	date  string
}

// letters are what the marks are drawn with.
func letter(m domain.Mark) byte { return "oTW#"[m] }

// points are the orders of the period with something to show, oldest first.
func (v *View) points(w int) []point {
	all := v.shown()
	at := v.index(all)
	start, end := v.bounds()
	var out []point
	for i := len(all) - 1; i >= 0; i-- {
		o := all[i]
		x := w - 1 - i*(w-1)/(ordersShown-1)
		if v.period != lastOrders {
			x = int(int64(o.PlacedAt.Sub(start)) / max(1, int64(end.Sub(start))/int64(w-1)))
		}
		m := o.Mark()
		if o.ID == v.this {
			m = domain.MarkThis
		}
		out = append(out, point{
			x: max(0, min(x, w-1)), value: o.Value(v.measure), mark: m, at: i == at, date: v.env.Text.Date(o.PlacedAt.In(v.env.Zone)),
		})
	}
	return out
}

// unit is the least step of the scale: a yuan, a line, a thousandth.
func (v *View) unit() int64 {
	if v.measure == domain.ByAmount {
		return int64(domain.Yuan)
	}
	return 1
}

// name is a value as the scale names it.
func (v *View) name(n int64) string {
	t := v.env.Text
	switch v.measure {
	case domain.ByLines:
		return t.Number(n)
	case domain.ByProduct:
		return domain.Quantity(n).Grouped(0)
	default:
		return t.Money(domain.Money(n))
	}
}

// picture is the plot as it is put together.
type picture struct {
	cells [][]byte
	roles [][]theme.Role
	names []string // of the lines, at the right
}

func newPicture(w, h int) *picture {
	p := &picture{names: make([]string, h)}
	for range h {
		p.cells = append(p.cells, []byte(strings.Repeat(" ", w)))
		p.roles = append(p.roles, make([]theme.Role, w))
	}
	return p
}

// across draws a line over the whole width.
func (p *picture) across(row int, sign byte, name string) {
	for x := range p.cells[row] {
		p.cells[row][x], p.roles[row][x] = sign, theme.Muted
	}
	p.names[row] = name
}

// plot draws the values of the period in w cells and h rows, with the scale at the
// left. It tells whether the scale is logarithmic.
func (v *View) plot(w, h int) ([]cell.Line, bool) {
	words := v.env.Text.History
	width := max(2, w-scaleCells-1-nameCells)
	points := v.points(width)
	low, high, usual := v.file.Usual(v.measure, v.this)
	var values []int64
	most := int64(0)
	for _, p := range points {
		if p.value > 0 {
			values = append(values, p.value)
			most = max(most, p.value)
		}
	}
	limit := int64(v.file.CashLimit)
	limited := v.measure == domain.ByAmount && limit > 0 && limit <= 2*most // further off, it would press all others together
	fit := values
	if usual && len(values) > 0 {
		fit = append(fit, max(1, low), max(1, high))
	}
	if limited {
		fit = append(fit, limit)
	}
	s := newScale(fit, h, v.unit())
	pic := newPicture(width, h)
	if len(values) > 0 {
		if usual {
			pic.across(s.row(low), '-', "")
			pic.across(s.row(high), '-', words.Usual)
		}
		if limited {
			pic.across(s.row(limit), '=', words.Limit)
		}
		v.put(pic, s, points)
	}
	return v.framed(pic, s, points, len(values) > 0), s.log
}

// put draws the points: where several meet, the one under the cursor, else the one that
// means most.
func (v *View) put(pic *picture, s scale, points []point) {
	for m := domain.MarkOrder; m <= domain.MarkThis+1; m++ {
		for _, p := range points {
			if p.value <= 0 || p.at != (m > domain.MarkThis) || !p.at && p.mark != m {
				continue
			}
			r := s.row(p.value)
			pic.cells[r][p.x] = letter(p.mark)
			pic.roles[r][p.x] = theme.Text
			if p.mark != domain.MarkOrder {
				pic.roles[r][p.x] = theme.Near
			}
			if p.at {
				pic.roles[r][p.x] = theme.Cursor
			}
		}
	}
}

// framed puts the scale and the axes around a picture.
func (v *View) framed(pic *picture, s scale, points []point, some bool) []cell.Line {
	g := v.env.Glyphs
	ticks := s.ticks(v.unit())
	var out []cell.Line
	for r, cells := range pic.cells {
		name := ""
		if n, ok := ticks[r]; ok && some {
			name = v.name(n)
		}
		line := cell.Of(cell.Span{Text: cell.FitRight(name, scaleCells-1) + " ", Role: theme.Muted}, cell.Own(theme.Rule, g.Vertical))
		line.Left = append(line.Left, runs(cells, pic.roles[r])...)
		line.Left = append(line.Left, cell.Span{Text: " " + pic.names[r], Role: theme.Muted})
		out = append(out, line)
	}
	if !some && len(out) > 1 {
		out[len(out)/2] = cell.Of(cell.Span{Text: cell.Spaces(scaleCells)}, cell.Own(theme.Rule, g.Vertical),
			cell.Span{Text: " " + v.env.Text.History.None, Role: theme.Muted})
	}
	width := len(pic.cells[0])
	return append(out, v.axis(points, width), dates(points, width))
}

// runs are cells as spans, one for each run of a role.
func runs(cells []byte, roles []theme.Role) []cell.Span {
	var out []cell.Span
	for from := 0; from < len(cells); {
		to := from + 1
		for to < len(cells) && roles[to] == roles[from] {
			to++
		}
		out = append(out, cell.Span{Text: string(cells[from:to]), Role: roles[from]})
		from = to
	}
	return out
}

// axis is the line beneath the plot, with a sign under the cursor's point.
func (v *View) axis(points []point, w int) cell.Line {
	g := v.env.Glyphs
	line := cell.Of(cell.Span{Text: cell.Spaces(scaleCells)}, cell.Own(theme.Rule, g.BottomLeft))
	for _, p := range points {
		if p.at {
			line.Left = append(line.Left, cell.Own(theme.Rule, cell.Repeat(g.Horizontal, p.x)), cell.Span{Text: "^", Role: theme.Accent},
				cell.Own(theme.Rule, cell.Repeat(g.Horizontal, w-p.x-1)))
			return line
		}
	}
	line.Left = append(line.Left, cell.Own(theme.Rule, cell.Repeat(g.Horizontal, w)))
	return line
}

// dates names the days of some points, from the newest on, where there is room.
func dates(points []point, w int) cell.Line {
	row := []byte(strings.Repeat(" ", w+dateCells))
	free := len(row)
	for i := len(points) - 1; i >= 0; i-- {
		p := points[i]
		from := max(0, min(p.x-dateCells/2, w-dateCells))
		if from+dateCells+dateCells > free || len(p.date) != dateCells {
			continue
		}
		copy(row[from:], p.date)
		free = from
	}
	return cell.Of(cell.Span{Text: cell.Spaces(scaleCells + 1)}, cell.Span{Text: strings.TrimRight(string(row), " "), Role: theme.Muted})
}
