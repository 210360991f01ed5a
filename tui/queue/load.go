package queue

import (
	"context"
	"maps"
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// pageRead and fileRead are what reads bring: of the page the members of causes that
// are unfolded too.
type (
	pageRead struct {
		page    domain.QueuePage
		members map[domain.CaseID][]domain.QueueRow
	}
	fileRead domain.CaseFile
)

// keptFiles bounds the files kept for the preview.
const keptFiles = 64

// reload reads the rows again; while a read is under way it only notes that another
// is due, so that a burst of news costs two reads.
func (v *View) reload() tea.Cmd {
	if v.busy {
		v.due = true
		return nil
	}
	v.busy, v.due = true, false
	store, f, limit, causes := v.store, v.domainFilter(), v.want, slices.Collect(maps.Keys(v.unfolded))
	return ui.Load(v.env, v.gen.Next(), "read queue", readLimit, func(ctx context.Context) (pageRead, error) {
		p, err := store.QueuePage(ctx, f, nil, limit)
		out := pageRead{page: p, members: map[domain.CaseID][]domain.QueueRow{}}
		for _, r := range p.Rows {
			if err == nil && slices.Contains(causes, r.Case) {
				out.members[r.Case], err = store.Members(ctx, r.Case)
			}
		}
		return out, err
	})
}

// pageCame takes the rows in. An error is told by the line's state; the rows that
// were read stay on the screen with their age.
func (v *View) pageCame(msg ui.Loaded[pageRead]) tea.Cmd {
	v.busy = false
	if v.due {
		defer func() { v.due = false }()
	}
	if msg.Gen != v.gen {
		return v.reload() // the filter changed meanwhile
	}
	if msg.Err != nil {
		if v.due {
			return v.reload()
		}
		return ui.FailRead(v.env, msg.Err)
	}
	reset := !v.read || v.filter.fresh
	v.read, v.filter.fresh = true, false
	v.page = msg.Value.page
	ids := make([]domain.CaseID, 0, len(v.page.Rows))
	now := make(map[domain.CaseID]domain.QueueRow, len(v.page.Rows))
	for _, r := range v.withMembers(msg.Value) {
		ids, now[r.RowID()] = append(ids, r.RowID()), r
		if f, ok := v.files[r.Case]; ok && f.Row.Version != r.Version {
			delete(v.files, r.Case)
		}
	}
	for _, id := range v.list.Rows() { // rows that left stay drawn until they are let go
		if old, ok := v.rows[id]; ok && !reset {
			if _, still := now[id]; !still {
				now[id] = old
			}
		}
	}
	v.rows = now
	if reset {
		v.list.Reset(ids)
	} else {
		v.list.Set(ids)
	}
	if v.to != 0 {
		v.list.To(v.to)
		v.to = 0
	}
	cmd := v.rest()
	if v.due {
		return tea.Batch(cmd, v.reload())
	}
	return cmd
}

// rest waits until the cursor has rested on its row, then reads its file.
func (v *View) rest() tea.Cmd {
	r, ok := v.current()
	if !ok || r.Task != nil {
		return nil
	}
	if _, have := v.files[r.Case]; have || v.wanted == r.Case {
		return nil
	}
	return ui.After(v.env, v.wakeGen.Next(), restFor)
}

func (v *View) readFile() tea.Cmd {
	r, ok := v.current()
	if !ok || r.Task != nil || v.wanted == r.Case {
		return nil
	}
	v.wanted = r.Case
	store, id := v.store, r.Case
	return ui.Load(v.env, v.fileGen.Next(), "read case", readLimit, func(ctx context.Context) (fileRead, error) {
		f, err := store.CaseFile(ctx, id)
		return fileRead(f), err
	})
}

func (v *View) fileCame(msg ui.Loaded[fileRead]) tea.Cmd {
	if msg.Gen != v.fileGen {
		return nil
	}
	v.wanted = 0
	if msg.Err != nil {
		return nil // the row says enough; the preview shows what the row knows
	}
	if len(v.files) >= keptFiles {
		clear(v.files)
	}
	f := domain.CaseFile(msg.Value)
	v.files[f.Row.Case] = f
	return v.rest()
}

// nearEnd reads further rows when the cursor comes near the last that was read.
func (v *View) nearEnd() tea.Cmd {
	if v.list.Index() < v.list.Len()-v.H || len(v.page.Rows) < v.want || v.want >= mostRows {
		return nil
	}
	v.want = min(2*v.want, mostRows)
	v.filter.fresh = true // the rows beyond are no news
	return v.reload()
}

// leftOf is how long it is to the row's moment; the last has passed when !ok.
func leftOf(r domain.QueueRow, now time.Time) (time.Duration, bool) {
	if r.State == domain.CaseSnoozed && r.Until != nil {
		return r.Until.Sub(now), true
	}
	if r.NextAt == nil {
		return 0, false
	}
	return r.NextAt.Sub(now), true
}
