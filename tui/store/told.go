package store

import (
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/widget"
)

// byCells is the room for who promised.
const byCells = 6

// promisedPart lists the calls that are still owed, the first due on top, then what
// was promised.
func (v *View) promisedPart(w int) section {
	t, now := v.env.Text, v.env.Now()
	s := section{part: promised}
	var owed []domain.StoreCall
	for _, c := range v.file.Calls {
		if c.Owed && c.Again != nil {
			owed = append(owed, c)
		}
	}
	slices.SortStableFunc(owed, func(a, b domain.StoreCall) int { return a.Again.Compare(*b.Again) })
	s.name = t.Store.Promised(len(owed) + len(v.file.Promises))
	for _, c := range owed {
		role, when := v.untilThen(*c.Again)
		r := row{place: place{promised, c.At.UnixNano()}, opens: c.Case, order: v.orderNo(c.OrderNo)}
		r.line = func(st widget.RowState) cell.Line {
			return lineOf(st, cell.Span{Text: cell.Fit(cell.Clean(string(c.OrderNo)), numberCells(w)) + " "},
				cell.Span{Text: t.Store.Rows.CallAgain(t.Soon(*c.Again, now), when), Role: role},
				cell.Span{Text: "   " + t.Store.Rows.CallTried(t.Soon(c.At, now), v.person(c.ByName, c.ByNameEn, domain.Login(c.By)), t.Answered(c.CallRecord)), Role: theme.Muted})
		}
		s.rows = append(s.rows, r)
	}
	for _, p := range v.file.Promises {
		s.rows = append(s.rows, v.promiseRow(p))
	}
	return s
}

// untilThen is how long it is to a time, or how long it is over.
func (v *View) untilThen(at time.Time) (theme.Role, string) {
	left := at.Sub(v.env.Now())
	said := v.env.Text.Left(left)
	switch {
	case left < 0:
		return theme.Late, said
	case left < nearBy:
		return theme.Near, v.env.Text.Store.Rows.InTime(said)
	}
	return theme.Text, v.env.Text.Store.Rows.InTime(said)
}

// promiseRow is who promised what, for when, and what became of it.
func (v *View) promiseRow(p domain.PromiseMade) row {
	t, now := v.env.Text, v.env.Now()
	role, left := v.untilThen(p.Due)
	if p.Kept {
		role, left = theme.Muted, t.Store.Rows.Kept
	}
	// A call and a promise may be of the same instant: promises count downwards.
	r := row{place: place{promised, -p.ID}, opens: p.Case, order: v.orderNo(p.OrderNo)}
	r.line = func(st widget.RowState) cell.Line {
		return lineOf(st, cell.Span{Text: t.Date(p.At.In(v.env.Zone)) + " " + cell.Fit(cell.Clean(v.person(p.ByName, p.ByNameEn, p.By)), byCells) + " "},
			cell.Span{Text: t.Store.Rows.Promise(string(p.OrderNo), p.What, t.When(p.Due, now))}, cell.Span{Text: left, Role: role})
	}
	return r
}

// refusedPart lists what the store tried to order today and could not, with what it
// can order instead.
func (v *View) refusedPart(w int) section {
	t := v.env.Text
	s := section{part: refused, name: t.Store.Refused}
	for _, e := range v.file.Refused {
		for i, l := range e.Lines {
			r := row{place: place{refused, int64(e.ID)<<8 + int64(i&0xff)}, product: l.Product}
			r.line = func(st widget.RowState) cell.Line {
				said, offer := t.Attempted(e, l, v.file.Tried[l.Product])
				room := max(10, w-12-cell.Width(cell.Clean(offer)))
				return lineOf(st, cell.Span{Text: t.Clock(e.At.In(v.env.Zone)) + " " + cell.Cut(cell.Clean(said), room)},
					cell.Span{Text: "   " + offer, Role: theme.Accent})
			}
			s.rows = append(s.rows, r)
		}
	}
	return s
}
