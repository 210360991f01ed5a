package correct

import (
	"slices"
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/widget"
)

// factsName is what speaks for the value.
func (v *View) factsName() string {
	w := v.env.Text.Correct
	switch v.what {
	case domain.CorrectStock:
		return w.StockFacts
	case domain.CorrectListing:
		return w.ListingFacts
	case domain.CorrectStep:
	}
	return w.StepFacts(v.env.Text.Number(int64(v.file.Share(1).Of)))
}

// facts are two lines: of a step how well steps fit what was really ordered, of a stock
// what moved it since it was counted, and the last corrections.
func (v *View) facts() []cell.Line {
	t, w := v.env.Text, v.env.Text.Correct
	var first []string
	switch v.what {
	case domain.CorrectStep:
		var proposed *domain.Quantity
		if q, ok, _ := v.quantity(v.step); ok && q > 0 {
			proposed = &q
		}
		for _, s := range v.file.Shares(proposed) {
			if v.W < wideColumns && proposed != nil && s.Step == 2**proposed {
				continue // of the three the one there is no room for
			}
			per := s.Permille()
			first = append(first, w.Share(v.amount(s.Step), t.Number(int64(s.Lines)), strconv.Itoa(per/10)+"."+strconv.Itoa(per%10)+"%"))
		}
	case domain.CorrectStock:
		at, timed := v.countedAt()
		if !timed {
			return []cell.Line{cell.Painted(theme.Problem, " "+w.NotCountedAt), cell.Painted(theme.Muted, " "+v.lastCorrection())}
		}
		if p, err := v.preview(); err == nil {
			first = append(first, w.CountFacts(t.When(at, v.env.Now()), v.amount(p.Then), v.change(p.Delta), v.amount(p.Stock)))
		}
		if p := v.file.Product; p.Stock != nil {
			first = append(first, w.Reserved(v.amount(p.Reserved)))
		}
	case domain.CorrectListing:
		first = append(first, w.Attempts(len(v.file.Attempts)))
	}
	if len(first) == 0 {
		first = []string{w.NoFacts}
	}
	gap := "   "
	if v.W >= wideColumns {
		gap = "      "
	}
	return []cell.Line{cell.Plain(" " + strings.Join(first, gap)), cell.Painted(theme.Muted, " "+v.lastCorrection())}
}

// lastCorrection is the newest of the kind, and of a stock what moved last.
func (v *View) lastCorrection() string {
	t, w, now := v.env.Text, v.env.Text.Correct, v.env.Now()
	if moves := v.file.StockMoves; v.what == domain.CorrectStock && len(moves) > 0 {
		m := moves[len(moves)-1]
		why := w.Moves[m.Why]
		if why == "" {
			why = m.Why
		}
		return w.LastMove(t.When(m.At.In(v.env.Zone), now), why, v.change(m.Delta), v.amount(m.Stock))
	}
	for _, c := range v.file.Corrections {
		if c.What == v.what {
			return w.LastMade(t.When(c.At.In(v.env.Zone), now), t.FirstName(c.ByName, c.ByNameEn, c.By), v.value(c.What, c.Old), v.value(c.What, c.New),
				w.Reasons[c.Reason])
		}
	}
	return w.NeverMade
}

// value is an old or a new value of a correction as it is written elsewhere: they are
// kept as thousandths of the unit, and of a listing as its status.
func (v *View) value(what domain.CorrectionKind, kept string) string {
	if what == domain.CorrectListing {
		return v.env.Text.ProductState(domain.ProductStatus(kept))
	}
	n, err := strconv.ParseInt(kept, 10, 64)
	if err != nil {
		return v.env.Text.Values.Unknown
	}
	return v.bare(domain.Quantity(n))
}

// clearsName counts what is cleared, what stays and what is raised.
func (v *View) clearsName() string {
	w := v.env.Text.Correct
	p, err := v.preview()
	if err != nil {
		return w.Nothing(len(v.rows()))
	}
	clears, told := 0, 0
	for _, r := range p.Rows {
		switch {
		case v.toTell(r):
			told++
		case r.Clears:
			clears++
		}
	}
	return w.Clears(clears, told, len(p.Rows)-clears-told, len(p.Raises))
}

// tableRoom is how many lines the table has under its head.
func (v *View) tableRoom() int {
	return max(1, v.H-titleLines-valueLines-factLines-sideLines-5)
}

// columns of the table for its width.
func (v *View) columns() widget.Table {
	w, p := v.env.Text.Correct, v.file.Product
	wide := v.W >= wideColumns
	cols := []widget.Column{{Title: w.HeadStore, W: 10, Tight: true}}
	if wide {
		cols = []widget.Column{{Title: w.HeadStore, W: 15, Tight: true}, {Title: w.HeadOrder, W: 9}}
	}
	cols = append(cols, widget.Column{Title: w.HeadOrdered, W: 11, Right: true})
	if v.what == domain.CorrectStep {
		is := ""
		if q, ok, _ := v.quantity(v.step); ok && q > 0 {
			is = w.HeadIs(v.bare(q))
		}
		if wide {
			was := w.NoStep
			if p.Step != nil {
				was = w.HeadWas(v.bare(*p.Step))
			}
			cols = append(cols, widget.Column{Title: was, W: 16})
		}
		cols = append(cols, widget.Column{Title: is, W: 17})
	}
	cols = append(cols, widget.Column{Title: w.HeadResult, W: 20, Grow: true})
	if wide {
		cols = append(cols, widget.Column{Title: w.HeadHolder, W: 9})
	}
	return widget.NewTable(cols, v.W)
}

// table is the head, the rows that fit around the cursor's, and how many there are
// besides.
func (v *View) table() []cell.Line {
	w := v.env.Text.Correct
	rows, room := v.rows(), v.tableRoom()
	if len(rows) == 0 {
		return []cell.Line{cell.Painted(theme.Muted, " "+w.NoRows)}
	}
	table := v.columns()
	_, err := v.preview()
	out := []cell.Line{table.Head()}
	at := v.at(rows)
	under := v.W < wideColumns && v.focus == atRows
	fit := room
	if under {
		fit--
	}
	if len(rows) > fit {
		fit--
	}
	fit = max(1, fit)
	from := max(0, min(at-fit/2, len(rows)-fit))
	to := min(len(rows), from+fit)
	for i := from; i < to; i++ {
		here := i == at && v.focus == atRows
		out = append(out, table.Row(widget.RowState{Cursor: here}, v.cells(rows[i], err == nil)...))
		if here && under {
			out = append(out, cell.Painted(theme.Muted, "    "+v.under(rows[i].Case.Row)))
		}
	}
	if rest := len(rows) - (to - from); rest > 0 {
		out = append(out, cell.Painted(theme.Muted, "  "+v.env.Text.Form.MoreBelow(strconv.Itoa(rest))))
	}
	return out
}

// under is what a low screen tells of the row under the cursor.
func (v *View) under(r domain.QueueRow) string {
	s := string(r.Store)
	if r.OrderNo != "" {
		s += "  " + string(r.OrderNo)
	}
	return s + "  " + v.holder(r)
}

func (v *View) holder(r domain.QueueRow) string {
	switch {
	case r.Holder == nil && r.Draft:
		return v.env.Text.Queue.Draft
	case r.Holder == nil:
		return "-"
	case r.Draft:
		return v.env.Text.FirstName(r.Holder.Name, r.Holder.NameEn, r.Holder.Login) + " " + v.env.Text.Queue.Draft
	}
	return v.env.Text.FirstName(r.Holder.Name, r.Holder.NameEn, r.Holder.Login)
}

// cells are one row; what becomes of it only where that is known.
func (v *View) cells(r domain.CorrectionRow, known bool) []cell.Span {
	t, row := v.env.Text, r.Case.Row
	name := t.Pick(row.StoreName, row.StoreNameEn)
	wide := v.W >= wideColumns
	var out []cell.Span
	if wide {
		out = []cell.Span{{Text: cell.Fit(cell.Clean(name), 10) + " " + cell.Clean(string(row.Store))}, {Text: string(row.OrderNo)}}
	} else {
		out = []cell.Span{{Text: name}}
	}
	tried := t.Values.Unknown
	if r.Case.Quantity > 0 {
		tried = v.amount(r.Case.Quantity)
	}
	out = append(out, cell.Span{Text: tried})
	if v.what == domain.CorrectStep {
		if wide {
			out = append(out, cell.Span{Text: v.fit(r.Was), Role: theme.Muted})
		}
		out = append(out, cell.Span{Text: v.fit(r.Is)})
	}
	text, role := "", theme.Muted
	if known {
		text, role = v.result(r)
	}
	out = append(out, cell.Span{Text: text, Role: role})
	if wide {
		out = append(out, cell.Span{Text: v.holder(row), Role: theme.Muted})
	}
	return out
}

// fit is how a quantity goes into steps: how often, or both neighbours.
func (v *View) fit(f domain.StepFit) string {
	w := v.env.Text.Correct
	switch {
	case f.Above == 0:
		return "-"
	case f.Exact:
		return w.Exact(domain.Quantity(f.Times100 * 10).Grouped(0))
	case f.Below == 0:
		return v.bare(f.Above)
	}
	return v.bare(f.Below) + " / " + v.bare(f.Above)
}

// toTell tells whether the store of a refused attempt is to hear that it can order: its
// case is handed on, not closed.
func (v *View) toTell(r domain.CorrectionRow) bool {
	return r.Clears && r.Case.Row.OrderID == 0 && v.tell == yes && (v.what != domain.CorrectListing || v.status == domain.ProductNormal)
}

// result is what becomes of an anomaly.
func (v *View) result(r domain.CorrectionRow) (string, theme.Role) {
	w, t := v.env.Text.Correct, v.env.Text
	if r.Clears {
		switch {
		case v.toTell(r):
			return w.ClearsTold(t.Department(domain.CustomerService)), theme.Done
		case v.what == domain.CorrectListing && v.status != domain.ProductNormal:
			return w.ClearsOff(t.ProductState(v.status)), theme.Done
		case r.Case.Row.OrderID == 0:
			return w.ClearsAttempt, theme.Done
		case len(r.Case.Others) > 0:
			h := r.Case.Others[0]
			return w.ClearsBut(h.Line, t.Kind(h.Kind)), theme.Near
		}
		return w.ClearsLine, theme.Done
	}
	why := w.NotEnough
	if v.what == domain.CorrectStep {
		why = w.Times(domain.Quantity(r.Is.Times100 * 10).Grouped(0))
	}
	if r.Moves {
		return w.StaysMoves(why, t.Department(domain.CustomerService)), theme.Near
	}
	return w.Stays(why), theme.Near
}

// beside is what is touched and not changed by itself: accepted orders, refused
// attempts, and the platform's own catalogue.
func (v *View) beside() []cell.Line {
	w, t := v.env.Text.Correct, v.env.Text
	p, _ := v.preview()
	yesNo := func(lead []cell.Span, a answer, yesWord, noWord string) cell.Line {
		lead = choice(lead, 0, yesWord, a == yes)
		return cell.Line{Left: choice(lead, 1, noWord, a == no)}
	}
	none := cell.Painted(theme.Muted, "   "+w.NoneAccepted)
	if n := len(p.Lists); n > 0 {
		orders := map[domain.OrderID]bool{}
		for _, l := range p.Lists {
			orders[l.Order] = true
		}
		lead := append(v.sign(atList), cell.Span{Text: w.Accepted(v.oldStep(), len(orders)) + " "})
		none = yesNo(lead, v.list, w.List, w.DontList)
	}
	tell := cell.Painted(theme.Muted, "   "+w.NoneRefused)
	if n := len(p.Tells); n > 0 {
		stores := map[domain.StoreCode]bool{}
		for _, e := range v.file.Attempts {
			stores[e.Store] = true
		}
		span := ""
		if a := v.file.Attempts; len(a) > 0 {
			from, to := a[0].At, a[0].At
			for _, e := range a {
				if e.At.Before(from) {
					from = e.At
				}
				if e.At.After(to) {
					to = e.At
				}
			}
			span = t.Clock(from.In(v.env.Zone))
			if last := t.Clock(to.In(v.env.Zone)); last != span {
				span += "-" + last
			}
		}
		lead := append(v.sign(atTell), cell.Span{Text: w.Refused(max(n, len(v.file.Attempts)), len(stores), span) + " "})
		tell = yesNo(lead, v.tell, w.Tell, w.DontTell)
	}
	platform := cell.Painted(theme.Muted, "   "+w.NoPlatform)
	if q := v.file.Imported; q != nil && v.what == domain.CorrectStep {
		said := w.PlatformHas(v.amount(*q))
		if to, ok, _ := v.quantity(v.step); ok && to != *q {
			said = w.Platform(v.amount(*q))
		}
		platform = cell.Painted(theme.Muted, "   "+said)
	}
	if slices.Contains(v.file.Unconfirmed, v.what) {
		platform.Left = append([]cell.Span{{Text: "   " + w.Unconfirmed, Role: theme.Near}}, platform.Left...)
	}
	return []cell.Line{none, tell, platform}
}

// oldStep is the step orders were accepted under.
func (v *View) oldStep() string {
	if v.file.Product.Step == nil {
		return v.env.Text.Correct.NoStep
	}
	return v.amount(*v.file.Product.Step)
}

func (v *View) sign(at stop) []cell.Span {
	if at == v.focus {
		return []cell.Span{{Text: " > ", Role: theme.Mark}}
	}
	return []cell.Span{{Text: "   "}}
}
