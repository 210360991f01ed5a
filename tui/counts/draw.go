package counts

import (
	"slices"
	"strconv"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

const (
	wideColumns = 110 // who counted gets a column
	fullColumns = 160 // the story stands at the right
	sideWidth   = 64
	storyLow    = 5
	storyHigh   = 12
)

// beside tells whether the story stands at the right of the rows.
func (v *View) beside() bool { return v.W >= fullColumns }

// heights are the lines of the list and of the story under it.
func (v *View) heights() (list, story int) {
	if v.beside() {
		return max(1, v.H-2), v.H - 1
	}
	story = min(storyHigh, storyLow+max(0, v.H-19)/3)
	return max(1, v.H-4-story), story
}

// SetSize divides the room.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	list, _ := v.heights()
	v.list.SetHeight(list)
}

// View draws the list with the story of the product under the cursor.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.titleLine())
	listH, storyH := v.heights()
	width := v.W
	if v.beside() {
		width -= sideWidth + 1
	}
	t := v.table(width)
	rows := append([]cell.Line{t.Head()}, v.list.Lines(func(id domain.CountID, st widget.RowState) cell.Line {
		return t.Row(st, v.cells(id)...)
	})...)
	if v.read && v.list.Len() == 0 {
		none := v.env.Text.Counts.NoneHere
		switch {
		case len(v.all) == 0:
			none = v.env.Text.Counts.None
		case v.part == showOpen && v.filter.Value() == "":
			none = v.env.Text.Counts.Quiet
		}
		rows = append(rows, cell.Plain(" "+none))
	}
	name := ""
	var story []cell.Line
	if c := v.current(); c != nil {
		name = v.env.Text.Counts.Story(v.name(&c.Product) + " " + string(c.Product.Code))
		if v.beside() {
			width, storyH = sideWidth, v.H-2
		}
		story = v.story(c, width, storyH)
	}
	if v.beside() {
		return b.Add(ui.Beside(v.env, rows, v.W-sideWidth-1, append([]cell.Line{cell.Painted(theme.Head, " "+name)}, story...), v.H-1)...).String()
	}
	b.Add(rows...)
	b.Blank(2 + listH)
	b.Rule(name)
	b.Add(story...)
	b.Blank(v.H - 1)
	return b.Rule("").String()
}

// titleLine tells what is shown, and how the work stands.
func (v *View) titleLine() cell.Line {
	w, t := v.env.Text.Counts, v.env.Text
	var line cell.Line
	for i, name := range w.Parts {
		role, s := theme.Muted, "  "+name+" "
		if i == v.part {
			role, s = theme.Head, " ["+name+"]"
		}
		line.Left = append(line.Left, cell.Span{Text: s, Role: role})
	}
	n, sum := v.tally()
	line.Left = append(line.Left, cell.Span{Text: "  "})
	for _, s := range domain.CountStates()[:3] {
		if n[s] > 0 {
			money := ""
			if v.W >= wideColumns {
				money = t.Money(sum[s])
			}
			line.Left = append(line.Left, cell.Span{Text: "  " + w.Summary(w.States[s], n[s], money), Role: stateRole(s)})
		}
	}
	first, last := v.list.Span()
	line.Right = []cell.Span{{Text: t.Values.Ranged(t.Number(int64(first)), t.Number(int64(last))) + " / " + t.Number(int64(v.list.Len())) + " ", Role: theme.Muted}}
	return line
}

func stateRole(s domain.CountState) theme.Role {
	switch s {
	case domain.CountDiffers, domain.CountVerified:
		return theme.Near
	case domain.CountAgain:
		return theme.Text
	case domain.CountMatches, domain.CountCorrected, domain.CountReplaced:
	}
	return theme.Muted
}

// table lays the columns out as they are drawn for the width.
func (v *View) table(width int) widget.Table {
	w := v.env.Text.Counts
	cols := []widget.Column{
		{Title: w.HeadProduct, W: 14, Grow: true},
		{Title: w.HeadCounted, W: 10, Right: true},
		{Title: w.HeadKnown, W: 10, Right: true},
		{Title: w.HeadDiff, W: 9, Right: true},
		{Title: w.HeadMoney, W: 8, Right: true},
		{Title: w.HeadAt, W: 11},
	}
	if v.W >= wideColumns {
		cols[0].W = 18
		cols = append(cols, widget.Column{Title: w.HeadBy, W: 10})
	}
	return widget.NewTable(append(cols, widget.Column{Title: w.HeadState, W: 10}), width)
}

// cells are one row.
func (v *View) cells(id domain.CountID) []cell.Span {
	c := v.rows[id]
	if c == nil {
		return nil
	}
	t, role := v.env.Text, stateRole(c.State)
	known, money := t.Counts.Unknown, "-"
	if c.Known != nil {
		known = (c.Counted - c.Diff).Grouped(0)
	}
	if c.Amount > 0 {
		money = t.Money(c.Amount)
	}
	diff := "-"
	if c.Diff != 0 {
		diff = signed(c.Diff.Grouped(0), c.Diff)
	}
	name := v.name(&c.Product)
	if v.W >= wideColumns {
		name += " " + string(c.Product.Code)
	}
	out := []cell.Span{{Text: name}, {Text: v.quantity(c.Counted, &c.Product)}, {Text: known}, {Text: diff, Role: role}, {Text: money, Role: role}, {Text: v.soon(c.At)}}
	if v.W >= wideColumns {
		out = append(out, cell.Span{Text: v.counter(c)})
	}
	return append(out, cell.Span{Text: t.Counts.States[c.State], Role: role})
}

// signed puts a plus before what is above nought.
func signed(s string, q domain.Quantity) string {
	if q > 0 {
		return "+" + s
	}
	return s
}

func (v *View) quantity(q domain.Quantity, p *domain.Product) string {
	return v.env.Text.Quantity(q, p.Unit, p.UnitEn)
}

func (v *View) diff(c *domain.StockCount) string {
	return signed(v.quantity(c.Diff, &c.Product), c.Diff)
}

func (v *View) name(p *domain.Product) string { return v.env.Text.Pick(p.Name, p.NameEn) }

// soon is a moment as it is written here.
func (v *View) soon(t time.Time) string {
	return v.env.Text.When(t.In(v.env.Zone), v.env.Now().In(v.env.Zone))
}

// counter is who counted, else who entered it.
func (v *View) counter(c *domain.StockCount) string {
	switch {
	case c.Counter != "":
		return c.Counter
	case c.By == "":
		return v.env.Text.Counts.FromFile
	}
	return v.env.Text.Person(c.ByName, c.ByNameEn, c.By)
}

// story is the count under the cursor and what its product's stock went through before,
// in at most h lines.
func (v *View) story(c *domain.StockCount, width, h int) []cell.Line {
	w, t := v.env.Text.Counts, v.env.Text
	var out []cell.Line
	say := func(role theme.Role, s string) {
		for _, l := range cell.Wrap(cell.Clean(s), width-2, 2) {
			out = append(out, cell.Painted(role, " "+l))
		}
	}
	say(theme.Text, w.Counted(v.quantity(c.Counted, &c.Product), v.counter(c), v.soon(c.At)))
	switch {
	case c.Known == nil:
		say(stateRole(c.State), w.NoStock(v.diff(c)))
	case c.Diff == 0:
		say(theme.Text, w.Matches(v.quantity(c.Counted, &c.Product)))
	default:
		say(stateRole(c.State), w.Against(v.quantity(c.Counted-c.Diff, &c.Product), v.diff(c), t.MoneyExact(c.Amount)))
	}
	if r := c.Review; r != nil {
		say(theme.Text, v.reviewed(r))
	}
	if c.State.Open() && c.Stale(v.env.Now()) {
		say(theme.Problem, w.Stale)
	} else {
		say(theme.Head, w.Next[c.State])
	}
	for _, s := range v.earlier(c) {
		say(theme.Muted, s)
	}
	return out[:min(h, len(out))]
}

func (v *View) reviewed(r *domain.CountReview) string {
	w, by := v.env.Text.Counts, v.env.Text.Person(r.ByName, r.ByNameEn, r.By)
	if r.What == domain.CountVerified {
		return w.Verified(by, v.soon(r.At), r.Note)
	}
	return w.Again(by, v.soon(r.At), r.Note)
}

// earlier is what was counted and corrected of the product else, newest first.
func (v *View) earlier(c *domain.StockCount) []string {
	type told struct {
		at   time.Time
		said string
	}
	w, t, f := v.env.Text.Counts, v.env.Text, v.files[c.Product.Code]
	var all []told
	for i := range f.Corrections {
		k := &f.Corrections[i]
		all = append(all, told{k.At, w.Corrected(v.value(k.Old, &c.Product), v.value(k.New, &c.Product), t.Person(k.ByName, k.ByNameEn, k.By), v.soon(k.At))})
	}
	for i := range f.Counts {
		k := &f.Counts[i]
		if k.ID == c.ID {
			continue
		}
		diff := ""
		if k.Diff != 0 {
			diff = v.diff(k)
		}
		all = append(all, told{k.At, w.Earlier(w.Counted(v.quantity(k.Counted, &k.Product), v.counter(k), v.soon(k.At)), diff, w.States[k.State])})
	}
	slices.SortStableFunc(all, func(a, b told) int { return b.at.Compare(a.at) })
	out := make([]string, len(all))
	for i := range all {
		out[i] = all[i].said
	}
	return out
}

// value is a stock as a correction has it on record: thousandths, empty where there was none.
func (v *View) value(s string, p *domain.Product) string {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return v.env.Text.Counts.Unknown
	}
	return v.quantity(domain.Quantity(n), p)
}
