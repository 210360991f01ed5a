package queue

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
)

// preview says of the row under the cursor what is needed to start the call.
func (v *View) preview(w, h int) []cell.Line {
	r, ok := v.current()
	if !ok {
		return nil
	}
	if r.Task != nil {
		return v.taskLines(r, w, h)
	}
	f, full := v.files[r.Case]
	if !full {
		f = domain.CaseFile{Row: r, Anomalies: []domain.Anomaly{{Kind: r.Kind, Evidence: r.Why, AtRisk: r.AtRisk}}}
		f.Store.Name, f.Store.NameEn, f.Store.Code = r.StoreName, r.StoreNameEn, r.Store
	}
	f.Row = r
	if r.IsCause() {
		return v.causeLines(f, w, h)
	}
	if w < wideColumns/2 || w == ui.SideWidth {
		return v.tall(f, full, w, h)
	}
	lines := []cell.Line{v.headLine(f), v.amountsLine(f)}
	for _, s := range v.env.Text.Odd(f, v.env.Now()) {
		lines = append(lines, cell.Plain(" "+s))
	}
	if len(lines) > h-1 {
		lines = lines[:h-1]
	}
	lines = append(lines, v.untilLine(f, full))
	if quiet := v.env.Text.Quieter(f.QuieterHere(), v.env.Zone); quiet != "" && len(lines) < h {
		lines = append(lines, cell.Painted(theme.Muted, " "+quiet))
	}
	return append(lines, v.storyLines(f, h-len(lines))...)
}

// tall is the preview beside the rows: the same things, one under the other.
func (v *View) tall(f domain.CaseFile, full bool, w, h int) []cell.Line {
	t := v.env.Text
	head := v.headLine(f)
	lines := []cell.Line{{Left: head.Left}, {Left: append([]cell.Span{{Text: " "}}, head.Right...)}, {}}
	amounts := v.amountsLine(f)
	lines = append(lines, cell.Line{Left: amounts.Left}, cell.Line{Left: append([]cell.Span{{Text: " "}}, amounts.Right...)}, cell.Line{})
	for _, s := range t.Odd(f, v.env.Now()) {
		for _, part := range cell.Wrap(cell.Clean(s), w-2, 3) {
			lines = append(lines, cell.Plain(" "+part))
		}
	}
	until := v.untilLine(f, full)
	lines = append(lines, cell.Line{}, cell.Line{Left: until.Left}, cell.Line{Left: append([]cell.Span{{Text: " "}}, until.Right...)})
	if quiet := cell.Clean(t.Quieter(f.QuieterHere(), v.env.Zone)); quiet != "" {
		for _, part := range cell.Wrap(quiet, w-2, 2) {
			lines = append(lines, cell.Painted(theme.Muted, " "+part))
		}
	}
	lines = append(lines, cell.Line{})
	return append(lines, v.storyLines(f, max(0, h-len(lines)))...)
}

// headLine names the kinds, the order, the store and whom to ring.
func (v *View) headLine(f domain.CaseFile) cell.Line {
	t := v.env.Text
	kinds, said := t.Kind(f.Row.Kind), map[domain.Kind]bool{f.Row.Kind: true}
	for _, a := range f.Anomalies {
		if !said[a.Kind] && a.Outcome == "" {
			said[a.Kind] = true
			kinds += t.Queue.And + t.Kind(a.Kind)
		}
	}
	store := t.Pick(f.Row.StoreName, f.Row.StoreNameEn) + " " + string(f.Row.Store)
	state := t.Queue.HeldState(f)
	contact := t.Queue.Contact(t.Pick(f.Store.Manager, f.Store.ManagerEn), f.Store.Phone)
	return cell.Line{
		Left: []cell.Span{
			{Text: " " + kinds, Role: theme.Head}, {Text: "  " + string(f.Row.OrderNo) + "  " + store + "  " + state},
		},
		Right: []cell.Span{{Text: contact + " "}},
	}
}

// amountsLine sets the order beside what is usual, with the curve of the last ones.
func (v *View) amountsLine(f domain.CaseFile) cell.Line {
	t := v.env.Text
	left := []cell.Span{{Text: " " + t.Amounts(f)}}
	series := make([]int64, 0, len(f.Memory.LastAmounts)+1)
	for _, a := range f.Memory.LastAmounts {
		series = append(series, int64(a))
	}
	n := len(series)
	if n == 0 {
		return cell.Line{Left: left}
	}
	if f.Order.Total > 0 { // there may be no order
		series = append(series, int64(f.Order.Total))
	}
	return cell.Line{
		Left:  left,
		Right: []cell.Span{{Text: t.Queue.LastN(n) + " ", Role: theme.Muted}, {Text: v.env.Glyphs.Curve(series, 14, true) + " "}},
	}
}

// untilLine says who can change it until when, and what the store did before.
func (v *View) untilLine(f domain.CaseFile, full bool) cell.Line {
	t := v.env.Text
	if !full {
		return cell.Line{}
	}
	right := cell.Span{Text: t.Remembered(f.Memory) + " ", Role: theme.Muted}
	if due, ok := v.dueSpan(f.Row); ok {
		right = due
	}
	return cell.Line{Left: []cell.Span{{Text: " " + t.Until(f.Moments, v.env.Now())}}, Right: []cell.Span{right}}
}

// storyLines fill what room is left with the lines of the order.
func (v *View) storyLines(f domain.CaseFile, n int) []cell.Line {
	t := v.env.Text
	var out []cell.Line
	for _, l := range f.Order.Lines {
		if len(out) >= n {
			break
		}
		p := f.Products[l.Product]
		role := theme.Muted
		for _, a := range f.Anomalies {
			if a.Line == l.No && a.Outcome == "" {
				role = theme.Text
			}
		}
		out = append(out, cell.Line{
			Left:  []cell.Span{{Text: " " + t.Number(int64(l.No)) + " " + t.Pick(p.Name, p.NameEn) + " " + string(l.Product), Role: role}},
			Right: []cell.Span{{Text: t.Quantity(l.Quantity, p.Unit, p.UnitEn) + "  " + t.MoneyExact(l.Amount) + " ", Role: role}},
		})
	}
	return out
}
