package ui

import "time"

// How long a thing that opened by itself swallows keys: until this much quiet, and
// never longer than that in all.
const (
	graceQuiet = 425 * time.Millisecond
	graceMost  = 1500 * time.Millisecond
)

// Grace keeps keys meant for what was on the screen before from answering a
// question that opened by itself. The zero value swallows nothing.
type Grace struct{ opened, last time.Time }

// Open starts swallowing.
func (g *Grace) Open(now time.Time) { g.opened, g.last = now, now }

// Swallows tells whether a key that came now must be dropped.
func (g *Grace) Swallows(now time.Time) bool {
	if g.opened.IsZero() {
		return false
	}
	if now.Sub(g.last) >= graceQuiet || now.Sub(g.opened) >= graceMost {
		g.opened = time.Time{}
		return false
	}
	g.last = now
	return true
}
