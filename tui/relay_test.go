package tui

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/ui"
)

type told struct {
	At  time.Duration
	Msg string
}

// relayed runs a relay in a bubble of its own time.
func relayed(t *testing.T, hints func(ch chan<- Hint), block time.Duration) []told {
	t.Helper()
	var got []told
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ch := make(chan Hint)
		start := time.Now()
		done := make(chan struct{})
		go func() {
			defer close(done)
			relay(ctx, ch, func(m tea.Msg) {
				got = append(got, told{time.Since(start), describe(m)})
				<-time.After(block) // the event loop is busy
			})
		}()
		hints(ch)
		<-time.After(10 * time.Second)
		cancel()
		<-done
	})
	return got
}

func describe(m tea.Msg) string {
	switch m := m.(type) {
	case lineState:
		return map[ui.ConnState]string{ui.Live: "live", ui.Reconnecting: "reconnecting", ui.Down: "down"}[m.state]
	case ui.Changed:
		s := ""
		for _, topic := range m.Topics {
			s += topic + " "
		}
		if m.All {
			s += "all"
		}
		return s
	}
	return "?"
}

func TestRelayTellsTheFirstAtOnceAndTheRestTogether(t *testing.T) {
	t.Parallel()
	got := relayed(t, func(ch chan<- Hint) {
		for range 3 {
			for range 100 {
				ch <- Hint{Topic: "orders"}
				ch <- Hint{Topic: "claims"}
			}
			<-time.After(60 * time.Millisecond)
		}
		<-time.After(time.Second)
		ch <- Hint{All: true}
	}, 0)
	if len(got) < 3 || got[0].At != 0 {
		t.Fatalf("got %v", got)
	}
	for i := 1; i < len(got); i++ {
		if gap := got[i].At - got[i-1].At; gap < relayEvery {
			t.Errorf("only %v between two messages: %v", gap, got)
		}
	}
	last := got[len(got)-1]
	if last.Msg != "all" || last.At != 1180*time.Millisecond {
		t.Errorf("the last is %v", last)
	}
}

func TestRelayNeverHoldsItsSourceUp(t *testing.T) {
	t.Parallel()
	got := relayed(t, func(ch chan<- Hint) {
		start := time.Now()
		for range 1000 {
			ch <- Hint{Topic: "orders"}
		}
		for range 5 {
			ch <- Hint{IsState: true, State: ui.Down}
			ch <- Hint{IsState: true, State: ui.Live}
		}
		if d := time.Since(start); d != 0 {
			t.Errorf("the source waited %v", d)
		}
	}, 2*time.Second)
	state := ""
	for _, g := range got {
		if g.Msg == "live" || g.Msg == "down" {
			state = g.Msg
		}
	}
	if state != "live" || len(got) > 8 {
		t.Errorf("the line ends %q after %d messages: %v", state, len(got), got)
	}
}

func TestRelayEndsWithItsSourceClosed(t *testing.T) {
	t.Parallel()
	got := relayed(t, func(ch chan<- Hint) {
		ch <- Hint{Topic: "orders"}
		close(ch)
	}, 0)
	if len(got) != 1 {
		t.Errorf("got %v", got)
	}
}
