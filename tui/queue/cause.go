package queue

import (
	"context"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/smallact"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// membersRead is the members of one cause.
type membersRead struct {
	cause domain.CaseID
	rows  []domain.QueueRow
}

// unfold shows the members of the cause under the cursor in its place.
func (v *View) unfold(r domain.QueueRow, have bool) tea.Cmd {
	if _, open := v.unfolded[r.Case]; !have || !r.IsCause() || open {
		return ui.NoSense(v.env, keys.Press{Action: keys.Unfold})
	}
	store, cause := v.store, r.Case
	return ui.Load(v.env, v.membersGen.Next(), "read members", readLimit, func(ctx context.Context) (membersRead, error) {
		rows, err := store.Members(ctx, cause)
		return membersRead{cause: cause, rows: rows}, err
	})
}

func (v *View) membersCame(msg ui.Loaded[membersRead]) tea.Cmd {
	if msg.Gen != v.membersGen {
		return nil
	}
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	cause := msg.Value.cause
	ids := v.members(cause, msg.Value.rows)
	for _, r := range msg.Value.rows {
		v.rows[r.Case] = r
	}
	v.unfolded[cause] = ids
	v.list.Unfold(cause, ids)
	return nil
}

// members notes which rows stand under a cause.
func (v *View) members(cause domain.CaseID, rows []domain.QueueRow) []domain.CaseID {
	ids := make([]domain.CaseID, 0, len(rows))
	for _, r := range rows {
		if r.Case != cause {
			ids = append(ids, r.Case)
		}
	}
	return ids
}

// fold takes the members away, from the cause's row or from one of theirs.
func (v *View) fold(r domain.QueueRow, have bool) tea.Cmd {
	cause := r.Case
	if r.Parent != 0 {
		cause = r.Parent
	}
	ids, open := v.unfolded[cause]
	if !have || !open {
		return ui.NoSense(v.env, keys.Press{Action: keys.Fold})
	}
	delete(v.unfolded, cause)
	v.list.Fold(cause, ids)
	return v.rest()
}

// withMembers are the rows of a page, those of unfolded causes with their members
// under them. A cause that left is folded with it.
func (v *View) withMembers(p pageRead) []domain.QueueRow {
	out := make([]domain.QueueRow, 0, len(p.page.Rows))
	still := map[domain.CaseID][]domain.CaseID{}
	for _, r := range p.page.Rows {
		out = append(out, r)
		if _, open := v.unfolded[r.Case]; !open {
			continue
		}
		rows, have := p.members[r.Case]
		if !have { // unfolded while the page was read
			for _, id := range v.unfolded[r.Case] {
				rows = append(rows, v.rows[id])
			}
		}
		still[r.Case] = v.members(r.Case, rows)
		for _, m := range rows {
			if m.Case != r.Case {
				out = append(out, m)
			}
		}
	}
	v.unfolded = still
	return out
}

// place is where a row is: its store; of a cause how many stores, with a sign that it
// unfolds; a member stands in.
func (v *View) place(r domain.QueueRow) string {
	t := v.env.Text
	name := t.Pick(r.StoreName, r.StoreNameEn)
	switch _, open := v.unfolded[r.Parent]; {
	case r.IsCause():
		return t.Kinds.Cause.Stores(r.Stores)
	case r.Parent != 0 && open:
		return "  " + name
	}
	return name
}

// differs is the reason of a member in its cause's terms: the goods are the cause's, and
// said there; how many and what they are compared with is the member's own.
func (v *View) differs(r domain.QueueRow) string {
	_, rest := v.env.Text.WhyParts(r, true, v.env.Now())
	return strings.TrimSpace(cell.Clean(rest))
}

// rowName is how a row is called in a sentence.
func (v *View) rowName(r domain.QueueRow) string {
	if r.Task != nil {
		return v.env.Text.Tasks.Short[r.Task.What]
	}
	return smallact.Name(v.env, r)
}

// progress is how many members of a cause are done, and whether it is mine.
func (v *View) progress(r domain.QueueRow) cell.Span {
	s := v.env.Text.Queue.Done(r.Members-r.MembersOpen, r.Members)
	if r.Holder != nil {
		return cell.Span{Text: v.who(*r.Holder) + " " + s}
	}
	return cell.Span{Text: s, Role: theme.Muted}
}

// causeLines is the preview of a cause: what its members have in common, then they
// themselves as far as there is room.
func (v *View) causeLines(f domain.CaseFile, w, h int) []cell.Line {
	t, r, now := v.env.Text, f.Row, v.env.Now()
	head := cell.Line{
		Left: []cell.Span{
			{Text: " " + t.KindLong(r.Kind), Role: theme.Head}, {Text: "  " + t.Cause(r) + "  " + t.Kinds.Cause.Open(r.MembersOpen, r.Members)},
		},
		Right: []cell.Span{{Text: t.MoneyExact(r.AtRisk) + " "}},
	}
	out := []cell.Line{head}
	for _, m := range f.Members {
		if len(out) >= h {
			break
		}
		who := "-"
		switch {
		case m.State == domain.CaseClosed:
			who = t.CaseState(m.State)
		case m.Holder != nil:
			who = v.who(*m.Holder) + " " + t.Age(now.Sub(m.Holder.Since))
		}
		name := cell.Fit(cell.Clean(t.Pick(m.StoreName, m.StoreNameEn)), 10) + " " + cell.Fit(cell.Clean(string(m.OrderNo)), 10)
		out = append(out, cell.Line{
			Left:  []cell.Span{{Text: " " + name + " " + cell.Cut(v.differs(m), max(8, w-48))}},
			Right: []cell.Span{{Text: t.Money(m.AtRisk) + "  "}, {Text: cell.Fit(cell.Clean(who), 8) + " ", Role: theme.Muted}},
		})
	}
	return out
}
