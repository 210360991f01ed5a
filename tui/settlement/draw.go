package settlement

import (
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

const (
	wideColumns = 110 // the four parts of due appear
	weekLines   = 3
	fileLow     = 3 // lines of a store's records under the list at 24 rows
	fileHigh    = 14
)

// shape is how the screen is divided: the rows, and what is behind the one under the
// cursor, under them or at their right.
type shape struct {
	rowsW, rowsH int
	fileW, fileH int
	side         bool
}

func (v *View) shape() shape {
	if v.W >= ui.SideBySide {
		h := max(1, v.H-4-weekLines-1)
		side := max(ui.SideWidth, v.W-wideColumns-3)
		return shape{rowsW: v.W - side - 1, rowsH: h, fileW: side, fileH: h + 1, side: true}
	}
	file := min(fileHigh, fileLow+max(0, v.H-19)*3/8)
	return shape{rowsW: v.W, rowsH: max(1, v.H-5-weekLines-1-file), fileW: v.W, fileH: file}
}

// SetSize divides the room.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	v.list.SetHeight(v.shape().rowsH)
	if v.opened != nil {
		v.opened.list.SetHeight(v.openedHeight())
	}
}

// View draws the week, or a store's records.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.titleLine())
	switch {
	case v.read == nil:
		return b.String()
	case v.opened != nil:
		return v.drawOpened(b)
	}
	s := v.shape()
	rows := v.rowLines(s)
	if s.side {
		b.Add(ui.Beside(v.env, rows, s.rowsW, v.fileLines(s), s.rowsH+2)...)
	} else {
		b.Add(rows...).Add(v.fileLines(s)...).Blank(3 + s.rowsH + 1 + s.fileH)
	}
	b.Rule(v.env.Text.Settle.TheWeek)
	b.Add(v.weekPart()...)
	return b.Rule("").String()
}

// rowLines are the headings, the stores and their sum, which stands at the bottom.
func (v *View) rowLines(s shape) []cell.Line {
	t := v.table(s.rowsW)
	out := []cell.Line{t.Head()}
	if len(v.read.Stores) == 0 {
		out = append(out, cell.Plain(" "+v.env.Text.Settle.None))
	}
	out = append(out, v.list.Lines(func(id domain.StoreCode, st widget.RowState) cell.Line {
		return t.Row(st, v.cells(id, s.rowsW)...)
	})...)
	for len(out) < 1+s.rowsH {
		out = append(out, cell.Line{})
	}
	total := v.read.Total()
	return append(out, t.Row(widget.RowState{}, v.sums(v.env.Text.Settle.All(len(v.read.Stores)), "", &total, "", theme.Head, s.rowsW)...))
}

func (v *View) titleLine() cell.Line {
	w := v.env.Text.Settle
	left := " " + w.Week(v.day(v.week), v.day(v.week.AddDate(0, 0, 6)))
	if v.read != nil {
		how := w.Unsigned
		switch s := v.read.Signed; {
		case s != nil:
			how = w.Signed(v.env.Text.Person(s.ByName, s.ByNameEn, s.By), v.env.Text.When(s.At, v.env.Now()))
		case !v.read.Ended:
			how = w.Running
		}
		left += ", " + how
	}
	line := cell.Painted(theme.Head, left)
	if v.W >= wideColumns {
		line.Right = []cell.Span{{Text: w.Sums + " ", Role: theme.Muted}}
	}
	return line
}

// table lays the columns out as they are drawn for a width.
func (v *View) table(width int) widget.Table {
	w := v.env.Text.Settle
	cols := []widget.Column{{Title: w.HeadStore, W: 10 + min(12, max(0, width-wideColumns))}, {W: 4}}
	if width < wideColumns {
		cols[0].W = min(20, width-60)
	}
	if width >= wideColumns {
		cols = append(cols, widget.Column{Title: w.HeadDelivered, W: 12, Right: true}, widget.Column{Title: w.HeadCredits, W: 9, Right: true},
			widget.Column{Title: w.HeadCharges, W: 7, Right: true}, widget.Column{Title: w.HeadReturns, W: 9, Right: true})
	}
	return widget.NewTable(append(cols, widget.Column{Title: w.HeadDue, W: 12, Right: true}, widget.Column{Title: w.HeadCollected, W: 12, Right: true},
		widget.Column{Title: w.HeadDiff, W: 9, Right: true}, widget.Column{Title: w.HeadOpen, W: 4, Right: true},
		widget.Column{Title: w.HeadState, W: 10, Grow: true}), width)
}

// cells are one row: a store, or all that match.
func (v *View) cells(id domain.StoreCode, width int) []cell.Span {
	if id != others {
		s := v.rows[id]
		if s == nil {
			return nil
		}
		role := theme.Text
		if s.State(v.read.Rounding) == domain.SettleMatches {
			role = theme.Muted
		}
		return v.sums(v.env.Text.Pick(s.Name, s.NameEn), string(s.Store), s, v.state(s), role, width)
	}
	var rest domain.Settlement
	for i := range v.read.Stores {
		if s := &v.read.Stores[i]; s.State(v.read.Rounding) == domain.SettleMatches {
			rest.Stores = append(rest.Stores, *s)
		}
	}
	sum := rest.Total()
	return v.sums(v.env.Text.Settle.Others(v.folded), "", &sum, v.env.Text.Settle.Match, theme.Muted, width)
}

// sums are a row's figures, as the table of a width has them.
func (v *View) sums(name, code string, s *domain.StoreWeek, state string, role theme.Role, width int) []cell.Span {
	out := []cell.Span{{Text: name, Role: role}, {Text: code, Role: role}}
	if width >= wideColumns {
		out = append(out, cell.Span{Text: s.Delivered.Grouped(), Role: role}, cell.Span{Text: dashed(s.Credits), Role: role},
			cell.Span{Text: dashed(s.Charges), Role: role}, cell.Span{Text: dashed(s.Returns), Role: role})
	}
	diff := role
	if s.Diff() != 0 {
		diff = theme.Near
	}
	open := "-"
	if s.Open > 0 {
		open = strconv.Itoa(s.Open)
	}
	return append(out, cell.Span{Text: s.Due().Grouped(), Role: role}, cell.Span{Text: s.Collected.Grouped(), Role: role},
		cell.Span{Text: zero(s.Diff()), Role: diff}, cell.Span{Text: open, Role: role}, cell.Span{Text: state, Role: diff})
}

// state is what the store's week needs; what was sent is named by where it lies.
func (v *View) state(s *domain.StoreWeek) string {
	st := s.State(v.read.Rounding)
	if st == domain.SettleSent {
		return v.env.Text.Department(s.Review.Dept)
	}
	return v.env.Text.Settle.States[st]
}

func (v *View) name(s *domain.StoreWeek) string {
	return v.env.Text.Pick(s.Name, s.NameEn) + " " + string(s.Store)
}

// plain is an amount with its sign, nought as 0.
func plain(m domain.Money) string {
	if m > 0 {
		return "+" + m.Grouped()
	}
	return m.Grouped()
}

func dashed(m domain.Money) string {
	if m == 0 {
		return "-"
	}
	return plain(m)
}

func zero(m domain.Money) string {
	if m == 0 {
		return "0"
	}
	return plain(m)
}

// fileLines are what is behind the store under the cursor, under a rule, as far as there
// is room.
func (v *View) fileLines(sh shape) []cell.Line {
	w, s := v.env.Text.Settle, v.current()
	if s == nil {
		return []cell.Line{ui.Rule(v.env, "", sh.fileW)}
	}
	out := []cell.Line{ui.Rule(v.env, w.Of(v.name(s), s.Deliveries), sh.fileW)}
	if sh.rowsW < wideColumns {
		out = append(out, cell.Plain("  "+w.Parts(s.Delivered.Grouped(), dashed(s.Credits), dashed(s.Charges), dashed(s.Returns))))
	}
	if f, have := v.files[s.Store]; have {
		t := v.recordTable(sh.fileW)
		out = append(out, t.Head())
		for _, e := range v.entries(&f, sh.fileW) {
			last := len(e.cells) - 1
			said := e.cells[last].Text
			if sh.side { // what it comes from has a line of its own there
				e.cells[last].Text = ""
			}
			out = append(out, t.Row(widget.RowState{}, e.cells...))
			if sh.side && said != "" {
				out = append(out, cell.Painted(theme.Muted, "          "+said))
			}
		}
	}
	return out[:min(1+sh.fileH, len(out))]
}

// weekPart proves that records and columns are the same sum, and counts what is left.
func (v *View) weekPart() []cell.Line {
	w, c, r := v.env.Text.Settle, v.env.Text, v.read.Records
	proof := cell.Plain(" " + w.Proven(r.Records, plain(r.Credits), plain(r.Charges), plain(r.Returns)))
	if !v.read.Proven() {
		proof = cell.Painted(theme.Problem, " "+w.Unproven(plain(r.Credits), plain(r.Charges), plain(r.Returns)))
	}
	sum := func(all []domain.StoreWeek) (out domain.Money) {
		for i := range all {
			out += all[i].Diff()
		}
		return out
	}
	total := v.read.Total()
	look, sent := v.read.ToLook(), v.read.With(domain.SettleSent)
	return []cell.Line{
		proof,
		cell.Plain(" " + w.OpenCases(total.Open, c.MoneyExact(total.OpenSum), c.MoneyExact(v.read.Rounding),
			plain(sum(v.read.With(domain.SettleRounding))))),
		cell.Plain(" " + w.Differences(len(look), plain(sum(look)), len(sent), plain(sum(sent)),
			total.Refused, c.MoneyExact(total.RefusedSum))),
	}
}
