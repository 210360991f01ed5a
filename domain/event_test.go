package domain

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// An order goes on along its way, may leave out what nobody told, and leaves it by
// being cancelled before it is shipped, or refused after it was accepted and before
// it was received.
func TestWhatCanFollow(t *testing.T) {
	t.Parallel()
	way := []OrderState{Accepted, Allocated, Shipped, Delivered, Received, Settled}
	for _, from := range append(OrderStates(), "", "elsewhere") {
		for _, to := range append(OrderStates(), "", "elsewhere") {
			var want bool
			switch to {
			case Accepted:
				want = from == Placed
			case Cancelled:
				want = slices.Contains([]OrderState{Placed, Accepted, Allocated}, from)
			case Refused:
				want = slices.Contains([]OrderState{Accepted, Allocated, Shipped, Delivered}, from)
			default:
				at := slices.Index(way, from)
				want = at >= 0 && slices.Index(way, to) > at
			}
			if got := from.CanFollow(to); got != want {
				t.Errorf("from %q to %q: %v, want %v", from, to, got, want)
			}
		}
	}
}

// Whatever is told in whatever order, an order that moves only where it can is never
// allocated or further without having been accepted, never comes back from an end, and
// never goes back.
func TestNoStateWithoutItsPath(t *testing.T) {
	t.Parallel()
	ends := []OrderState{Settled, Cancelled, Refused}
	rapid.Check(t, func(t *rapid.T) {
		told := rapid.SliceOf(rapid.SampledFrom(OrderStates())).Draw(t, "told")
		state, path := Placed, []OrderState{Placed}
		for _, next := range told {
			if !state.CanFollow(next) {
				continue
			}
			if slices.Contains(ends, state) {
				t.Fatalf("%v goes on to %s, though %s is an end", path, next, state)
			}
			state = next
			path = append(path, next)
		}
		if state != Placed && state != Cancelled && path[1] != Accepted {
			t.Fatalf("%v came to %s without being accepted", path, state)
		}
		for i, s := range path[1:] {
			if s.way() != 0 && s.way() <= path[i].way() {
				t.Fatalf("%v goes back to %s", path, s)
			}
			if slices.Contains(path[:i+1], s) {
				t.Fatalf("%v comes to %s twice", path, s)
			}
			if s == Cancelled && path[i].way() > Allocated.way() {
				t.Fatalf("%v was cancelled though it was %s", path, path[i])
			}
		}
	})
}

// A stage moves an order to the state of its name, and a plan moves none.
func TestStagesAreStates(t *testing.T) {
	t.Parallel()
	for _, s := range Stages() {
		state := s.State()
		switch {
		case s == StagePlanned:
			if state != "" || Accepted.CanFollow(state) {
				t.Errorf("a plan leads to %q", state)
			}
		case !slices.Contains(OrderStates(), state) || !Accepted.CanFollow(state):
			t.Errorf("stage %s leads to %q, which an accepted order cannot come to", s, state)
		}
	}
}

// Every kind of event has reasons, and each reason is one that can be given.
func TestReasonsOfEvents(t *testing.T) {
	t.Parallel()
	for _, k := range EventKinds() {
		whys := WhysTold(k)
		if len(whys) == 0 || whys[0] != ToldOther {
			t.Errorf("the reasons of %s are %v, want one for what a file does not tell first", k, whys)
		}
		for i, w := range whys {
			if slices.Contains(whys[:i], w) {
				t.Errorf("%s has the reason %s twice", k, w)
			}
		}
	}
}
