package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/ui"
)

// relayEvery is the least time between two messages made of hints: a busy platform
// changes hundreds of rows a second, a person reads a few frames.
const relayEvery = 150 * time.Millisecond

// lineState tells the root how the line to the database is.
type lineState struct{ state ui.ConnState }

// relay turns hints into messages until ctx ends or the channel is closed. The
// first hint goes on at once, those within the next 150 ms together in one message.
// It never waits for the program while it takes hints, so that their source is
// never held up: send may block as long as the event loop does.
func relay(ctx context.Context, hints <-chan Hint, send func(tea.Msg)) {
	out := make(chan tea.Msg)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m := range out {
			send(m)
		}
	}()
	defer func() { close(out); <-done }()
	collect(ctx, hints, out)
}

// pending is what was heard and not yet told.
type pending struct {
	states  []ui.ConnState
	changed ui.Changed
	dirty   bool
}

func (p *pending) add(h Hint) {
	if h.IsState {
		p.states = append(p.states, h.State)
		if len(p.states) > 2 {
			p.states = p.states[len(p.states)-2:] // the way there does not matter, the end does
		}
	}
	if h.All {
		p.changed.All, p.dirty = true, true
	}
	if h.Topic != "" {
		p.dirty = true
		if !p.changed.Has(h.Topic) || p.changed.All {
			p.changed.Topics = appendNew(p.changed.Topics, h.Topic)
		}
	}
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

// next is the message to tell now, nil for none. News of rows wait for quiet.
func (p *pending) next(quiet bool) tea.Msg {
	switch {
	case len(p.states) > 0:
		return lineState{state: p.states[0]}
	case p.dirty && quiet:
		return p.changed
	}
	return nil
}

// told takes out the message that next gave.
func (p *pending) told() {
	if len(p.states) > 0 {
		p.states = p.states[1:]
		return
	}
	p.changed, p.dirty = ui.Changed{}, false
}

func collect(ctx context.Context, hints <-chan Hint, out chan<- tea.Msg) {
	var p pending
	quiet := true
	timer := time.NewTimer(0)
	defer timer.Stop()
	<-timer.C
	for {
		var to chan<- tea.Msg
		msg := p.next(quiet)
		if msg != nil {
			to = out
		}
		select {
		case <-ctx.Done():
			return
		case h, ok := <-hints:
			if !ok {
				hints = nil
				continue
			}
			p.add(h)
		case to <- msg:
			if _, rows := msg.(ui.Changed); rows {
				quiet = false
				timer.Reset(relayEvery)
			}
			p.told()
		case <-timer.C:
			quiet = true
		}
	}
}
