package widget

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
)

// readTime is how long the question must have been on the screen before a second
// press counts.
const readTime = 300 * time.Millisecond

// Verdict is what a key did to a standing question.
type Verdict int

// The answers to a question. Waiting: the key came too early and was dropped.
const (
	Waiting Verdict = iota
	Confirmed
	GoneBack
	Changed // what would be written is no longer what was asked: ask again
)

// Confirm is the question before writing: the first ctrl+s asks, the second writes,
// once the question was on the screen for 300 ms and only what was asked. The zero
// value asks nothing.
type Confirm struct {
	content string
	gen     ui.Gen
	asking  bool
	shown   time.Time
}

// Ask puts the question about content, any text that holds all that would be
// written. Hand the command back to the root, and its ui.Woken to Drawn.
func (c *Confirm) Ask(env *ui.Env, content string) tea.Cmd {
	c.content, c.asking, c.shown = content, true, time.Time{}
	to := ui.To{Page: env.Page, Gen: c.gen.Next()}
	return func() tea.Msg { return Drawn{To: to} }
}

// Drawn comes back when the frame with the question was made: only then the time
// for reading begins, however fast the keys came.
type Drawn struct{ ui.To }

// Seen takes the Drawn of this question.
func (c *Confirm) Seen(env *ui.Env, d Drawn) {
	if c.asking && d.Gen == c.gen && c.shown.IsZero() {
		c.shown = env.Now()
	}
}

// Asking tells whether the question stands; use it for View.Asks.
func (c *Confirm) Asking() bool { return c.asking }

// Press answers a standing question. content is what would be written now.
func (c *Confirm) Press(env *ui.Env, p keys.Press, content string) Verdict {
	if p.Action != keys.Write {
		c.Stop()
		return GoneBack
	}
	if c.shown.IsZero() || env.Now().Sub(c.shown) < readTime {
		return Waiting
	}
	same := content == c.content
	c.Stop()
	if !same {
		return Changed
	}
	return Confirmed
}

// Stop takes the question back.
func (c *Confirm) Stop() { *c = Confirm{gen: c.gen} }
