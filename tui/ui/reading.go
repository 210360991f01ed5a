package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/domain"
)

// Reading keeps the reads of one thing in order: at most one is under way and at most
// one more is due, so that a burst of news costs two reads.
type Reading struct {
	gen       Gen
	busy, due bool
}

// Start gives the number of a new read; false while one is under way, after which
// another is then due.
func (r *Reading) Start() (Gen, bool) {
	if r.busy {
		r.due = true
		return r.gen, false
	}
	r.busy, r.due = true, false
	return r.gen.Next(), true
}

// End takes the answer of a read: mine is false for one that nobody waits for, again
// tells that another read is due.
func (r *Reading) End(gen Gen) (mine, again bool) {
	if gen != r.gen {
		return false, false
	}
	r.busy = false
	return true, r.due
}

// FailRead says why a later read brought nothing. Of a lost line the line's own state
// tells; what was read before stays on the screen with its age.
func FailRead(env *Env, err error) tea.Cmd {
	switch domain.CodeOf(err) {
	case domain.Unavailable, domain.Timeout, domain.Canceled:
		return nil
	default:
		return Fail(env, err)
	}
}
