package detect

import (
	"time"

	"cleardesk/domain"
)

// hush marks what an exemption covers: however odd, the statistics let it pass. It is
// not counted as worth a flag either, so that it takes nothing of the budget.
func (e *Engine) hush(in *Input, whole *weighed) {
	if len(in.Quiet) == 0 {
		return
	}
	for i := range e.lines {
		j := &e.lines[i]
		if x, ok := in.Quiet[j.line.No]; ok && j.line.Quantity <= x.UpTo() {
			j.quiet, j.eligible = true, false
		}
	}
	if x, ok := in.Quiet[0]; ok && domain.TotalOf(in.Order.Lines) <= x.UpToAmount() {
		whole.quiet, whole.eligible = true, false
	}
}

// heard leaves of a limit that was passed what an exemption does not cover: a soft
// one only flags, and is quiet as the statistics are; a hard one goes on holding.
func (p passed) heard(quiet bool) passed {
	if quiet && p.hard == "" {
		return passed{}
	}
	return p
}

// tellQuiet notes in the evidence the exemption that was in force on a line, or on the
// amount (line 0), and did not keep it from being flagged.
func tellQuiet(ev *domain.Evidence, in *Input, line int) {
	x, ok := in.Quiet[line]
	if !ok {
		return
	}
	zone := in.Calendar.Zone
	if zone == nil {
		zone = time.UTC
	}
	ev.QuietTo, ev.QuietToAmount = x.UpTo(), x.UpToAmount()
	ev.QuietUntil = x.Until.In(zone).Format(time.DateOnly)
}
