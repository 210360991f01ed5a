package main

import (
	"fmt"
	"io"

	"cleardesk/db/embedded"
)

// newFetchBar tells on a terminal what takes time while the private server is
// opened.
func newFetchBar(w io.Writer) func(embedded.Progress) {
	if !isTerminal(w) {
		return nil
	}
	var last embedded.Phase
	return func(p embedded.Progress) {
		switch p.Phase {
		case embedded.PhaseFetch, embedded.PhaseUnpack:
			share := ""
			if p.Total > 0 {
				share = fmt.Sprintf(" %3d%%", 100*p.Done/p.Total)
			}
			_, _ = fmt.Fprintf(w, "\rPostgreSQL's programs are not installed: %s%s of %d MB ", p.Phase, share, p.Total>>20)
			if p.Total > 0 && p.Done >= p.Total {
				_, _ = fmt.Fprintln(w)
			}
		case embedded.PhaseInit:
			if last != p.Phase {
				_, _ = fmt.Fprintln(w, "first start: making the database")
			}
		case embedded.PhaseStart:
		}
		last = p.Phase
	}
}
