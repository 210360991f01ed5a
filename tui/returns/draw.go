package returns

import (
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

const (
	wideColumns = 110 // quantities get columns of their own
	fullColumns = 160 // the preview stands at the right
	sideWidth   = 64
	previewLow  = 5
	previewHigh = 9
)

// beside tells whether the preview stands at the right of the rows.
func (v *View) beside() bool { return v.W >= fullColumns }

// heights are the lines of the list and of the preview under it.
func (v *View) heights() (list, preview int) {
	if v.beside() {
		return max(1, v.H-2), v.H - 1
	}
	preview = min(previewHigh, previewLow+max(0, v.H-19)/4)
	return max(1, v.H-4-preview), preview
}

// SetSize divides the room.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	list, _ := v.heights()
	v.list.SetHeight(list)
}

// View draws the list with what is known of the row under the cursor.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.titleLine())
	listH, _ := v.heights()
	width := v.W
	if v.beside() {
		width = v.W - sideWidth - 1
	}
	t := v.table(width)
	rows := append([]cell.Line{t.Head()}, v.list.Lines(func(id domain.AnomalyID, st widget.RowState) cell.Line {
		return t.Row(st, v.cells(id)...)
	})...)
	if v.read && v.list.Len() == 0 {
		none := v.env.Text.Returns.NoneHere
		if v.stage == 0 && v.filter.Value() == "" {
			none = v.env.Text.Returns.None
		}
		rows = append(rows, cell.Plain(" "+none))
	}
	if v.beside() {
		var side []cell.Line
		if r := v.current(); r != nil {
			side = append([]cell.Line{cell.Painted(theme.Head, " "+v.name(r))}, v.preview(r, sideWidth)...)
		}
		return b.Add(ui.Beside(v.env, rows, width, side, v.H-1)...).String()
	}
	b.Add(rows...)
	b.Blank(2 + listH)
	r := v.current()
	name := ""
	if r != nil {
		name = v.name(r)
	}
	b.Rule(name)
	if r != nil {
		b.Add(v.preview(r, v.W)...)
	}
	b.Blank(v.H - 1)
	return b.Rule("").String()
}

// titleLine counts the returns by how far they have come; those shown stand out.
func (v *View) titleLine() cell.Line {
	w := v.env.Text.Returns
	count := map[domain.ReturnStage]int{}
	open := 0
	for i := range v.all {
		s := v.all[i].Stage()
		count[s]++
		if s != domain.ReturnDone {
			open++
		}
	}
	role := func(n int) theme.Role {
		if n == v.stage {
			return theme.Head
		}
		return theme.Muted
	}
	mark := func(n int, s string) string {
		if n == v.stage {
			return " [" + s + "]"
		}
		return "  " + s + " "
	}
	line := cell.Line{Left: []cell.Span{{Text: mark(0, w.Count(w.Open, open)), Role: role(0)}}}
	for i, s := range domain.ReturnStages() {
		line.Left = append(line.Left, cell.Span{Text: mark(i+1, w.Count(w.Stages[s], count[s])), Role: role(i + 1)})
	}
	first, last := v.list.Span()
	order := w.Orders[v.order] + "   "
	if v.W < wideColumns && v.order == domain.ReturnsByStage {
		order = "" // the counts take the room
	}
	line.Right = []cell.Span{{Text: order + v.env.Text.Values.Ranged(v.env.Text.Number(int64(first)), v.env.Text.Number(int64(last))) +
		" / " + v.env.Text.Number(int64(v.list.Len())) + " ", Role: theme.Muted}}
	return line
}

// table lays the columns out as they are drawn for the width.
func (v *View) table(width int) widget.Table {
	w := v.env.Text.Returns
	cols := []widget.Column{{Title: w.HeadStage, W: 9}, {Title: w.HeadLeft, W: 6, Right: true}}
	if v.W < wideColumns {
		if v.order == domain.ReturnsBySupplier {
			cols = append(cols, widget.Column{Title: w.HeadSupplier, W: 9})
		} else {
			cols = append(cols, widget.Column{Title: w.HeadStore, W: 9})
		}
		return widget.NewTable(append(cols, widget.Column{Title: w.HeadProduct, W: 12, Grow: true}, widget.Column{Title: w.HeadParts, W: 16, Right: true},
			widget.Column{Title: w.HeadMoney, W: 7, Right: true}, widget.Column{Title: w.HeadWho, W: 8}), width)
	}
	return widget.NewTable(append(cols, widget.Column{Title: w.HeadSupplier, W: 10}, widget.Column{Title: w.HeadStore, W: 10},
		widget.Column{Title: w.HeadOrder, W: 9}, widget.Column{Title: w.HeadProduct, W: 12, Grow: true}, widget.Column{Title: w.HeadAsked, W: 8, Right: true},
		widget.Column{Title: w.HeadSeen, W: 8, Right: true}, widget.Column{Title: w.HeadTakes, W: 8, Right: true},
		widget.Column{Title: w.HeadMoney, W: 8, Right: true}, widget.Column{Title: w.HeadWho, W: 9}), width)
}

// cells are one row.
func (v *View) cells(id domain.AnomalyID) []cell.Span {
	r := v.rows[id]
	if r == nil {
		return nil
	}
	c, w := v.env.Text, v.env.Text.Returns
	left, role := v.left(r)
	stage := cell.Span{Text: w.Stages[r.Stage()], Role: role}
	out := []cell.Span{stage, {Text: left, Role: role}}
	store := cell.Span{Text: c.Pick(r.StoreName, r.StoreNameEn)}
	product := cell.Span{Text: c.Pick(r.Product.Name, r.Product.NameEn)}
	money, who := cell.Span{Text: c.Money(r.Worth())}, cell.Span{Text: v.who(r)}
	seen, takes := v.parts(r)
	if v.W < wideColumns {
		if v.order == domain.ReturnsBySupplier {
			store.Text = v.supplier(r)
		}
		parts := strings.Join([]string{number(r.Asked), seen, takes}, "/") + strings.TrimPrefix(v.quantity(r.Asked, r), number(r.Asked))
		return append(out, store, product, cell.Span{Text: parts}, money, who)
	}
	return append(out, cell.Span{Text: v.supplier(r)}, store, cell.Span{Text: string(r.OrderNo)}, product,
		cell.Span{Text: v.quantity(r.Asked, r)}, cell.Span{Text: seen}, cell.Span{Text: takes}, money, who)
}

// left is the time left to the supplier's answer, or to the case's next moment.
func (v *View) left(r *domain.ReturnLine) (string, theme.Role) {
	if r.Ended != nil {
		return "", theme.Muted
	}
	now := v.env.Now()
	due, waits := r.Due()
	switch {
	case waits && r.Late(now):
		return v.env.Text.Left(due.Sub(now)), theme.Late
	case waits:
		return v.env.Text.Left(due.Sub(now)), theme.Text
	case r.NextAt != nil:
		return v.env.Text.Left(r.NextAt.Sub(now)), theme.Text
	}
	return "", theme.Text
}

// parts are how much was verified and how much is taken back, "-" where nobody has said.
func (v *View) parts(r *domain.ReturnLine) (seen, takes string) {
	seen, takes = "-", "-"
	if q, known := r.Verified(); known {
		seen = number(q)
	}
	if q, known := r.Approved(); known {
		takes = number(q)
	}
	if r.Ended != nil && r.Ended.Outcome != domain.Returned {
		takes = "0"
	}
	return seen, takes
}

func number(q domain.Quantity) string { return q.Grouped(0) }

func (v *View) quantity(q domain.Quantity, r *domain.ReturnLine) string {
	return v.env.Text.Quantity(q, r.Product.Unit, r.Product.UnitEn)
}

// who did the last thing about it.
func (v *View) who(r *domain.ReturnLine) string {
	c := v.env.Text
	switch f := r.Last(); {
	case r.Ended != nil:
		return c.FirstName(r.Ended.ByName, r.Ended.ByNameEn, r.Ended.By)
	case f != nil:
		return c.FirstName(f.ByName, f.ByNameEn, f.By)
	}
	return "-"
}

func (v *View) supplier(r *domain.ReturnLine) string {
	switch {
	case r.Supplier != "":
		return r.Supplier
	case r.Product.Supplier != "":
		return string(r.Product.Supplier)
	}
	return v.env.Text.Returns.NoSupplier
}

// name is what a return is called.
func (v *View) name(r *domain.ReturnLine) string {
	c := v.env.Text
	return string(r.OrderNo) + " " + c.Pick(r.StoreName, r.StoreNameEn) + " " + c.Pick(r.Product.Name, r.Product.NameEn)
}

// preview is what was said of a return so far and what comes next, each in a line of its
// own; from 30 rows on they may take two.
func (v *View) preview(r *domain.ReturnLine, width int) []cell.Line {
	w, c := v.env.Text.Returns, v.env.Text
	var out []cell.Line
	lines := 1
	if _, h := v.heights(); v.beside() || h >= previewHigh {
		lines = 2
	}
	say := func(role theme.Role, s string) {
		for _, l := range cell.Wrap(cell.Clean(s), width-2, lines) {
			out = append(out, cell.Painted(role, " "+l))
		}
	}
	say(theme.Text, w.Asked(v.quantity(r.Asked, r), v.quantity(r.Came, r), c.Entry.Whys[r.Why], r.Said, v.soon(r.At)))
	if f := r.Goods; f == nil {
		say(theme.Muted, w.GoodsWait)
	} else {
		say(theme.Text, w.Goods(v.answered(w.Answers[f.Answer], f, r), c.Person(f.ByName, f.ByNameEn, f.By), v.soon(f.At), f.Note))
	}
	v.saySupplier(r, say)
	switch {
	case r.Ended == nil:
		say(theme.Head, w.With(v.next(r), c.Department(r.With), string(r.Holder)))
	case r.Ended.Paid == 0 && r.Ended.Back == 0:
		say(theme.Done, w.Rest(c.Outcome(string(r.Ended.Outcome)), c.Person(r.Ended.ByName, r.Ended.ByNameEn, r.Ended.By), v.soon(r.Ended.At)))
	default:
		say(theme.Done, w.Ended(c.Outcome(string(r.Ended.Outcome)), v.quantity(r.Ended.Back, r), c.MoneyExact(-r.Ended.Paid),
			c.Person(r.Ended.ByName, r.Ended.ByNameEn, r.Ended.By), v.soon(r.Ended.At)))
	}
	return out
}

func (v *View) saySupplier(r *domain.ReturnLine, say func(theme.Role, string)) {
	w, c := v.env.Text.Returns, v.env.Text
	name := v.supplier(r)
	switch q := r.Query; {
	case r.Answer != nil:
		f := r.Answer
		say(theme.Text, w.Answer(name, v.answered(w.Takes[f.Answer], f, r), c.Person(f.ByName, f.ByNameEn, f.By), v.soon(f.At), f.Note))
	case q != nil && r.Late(v.env.Now()):
		say(theme.Late, w.QueryLate(name, v.soon(*q.Due), c.Person(q.ByName, q.ByNameEn, q.By), q.Note))
	case q != nil && q.Due != nil:
		say(theme.Text, w.Query(name, v.soon(*q.Due), c.Person(q.ByName, q.ByNameEn, q.By), q.Note))
	case r.Goods == nil || r.Goods.Answer != domain.FoundNo:
		say(theme.Muted, w.QueryWait(name))
	}
}

// answered is an answer, with how much where it is a part.
func (v *View) answered(word string, f *domain.Finding, r *domain.ReturnLine) string {
	if f.Quantity == nil {
		return word
	}
	return v.env.Text.Returns.Part(word, v.quantity(*f.Quantity, r))
}

// next is what comes next.
func (v *View) next(r *domain.ReturnLine) string {
	w := v.env.Text.Returns
	q, _ := r.Approved()
	switch stage := r.Stage(); {
	case stage == domain.ReturnAnswered && q == 0:
		return w.Told
	case stage != domain.ReturnAnswered && r.With != domain.Procurement:
		return w.Hand
	default:
		return w.Next[stage]
	}
}
