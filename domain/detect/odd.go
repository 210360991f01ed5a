package detect

import (
	"cleardesk/domain"
)

// maxOddLines bounds the lines an order's evidence names.
const maxOddLines = 20

// oddResidual is the number of standard deviations beyond which a line is named as
// odd in its order's evidence though it is not flagged itself.
const oddResidual = 3.0

// nameOddLines says which lines make the amount odd, and what the order would cost if
// they were as usual. With no single line odd, all of them are too large together
// and none is named.
func (e *Engine) nameOddLines(ev *domain.Evidence, v *Verdict) {
	ev.WithoutOdd = ev.Amount
	for i := range e.lines {
		j := &e.lines[i]
		if len(ev.OddLines) == maxOddLines {
			break
		}
		u := j.usual()
		odd := j.residual-j.others > oddResidual*j.expected.sd && j.line.Quantity > u.high
		if flagged(v.Flags, j.line.No) == nil && !odd {
			continue
		}
		ev.OddLines = append(ev.OddLines, j.line.No)
		ev.WithoutOdd -= domain.Amount(surplus(j.line.Quantity, u.high, u.expected), j.line.Price)
	}
	ev.RestNormal = len(ev.OddLines) > 0 && len(ev.OddLines) < len(e.lines)
}

// flagged gives the quantity surge of a line, nil when there is none.
func flagged(flags []Flag, line int) *Flag {
	for i := range flags {
		if flags[i].Kind == domain.QuantitySurge && flags[i].Line == line {
			return &flags[i]
		}
	}
	return nil
}
