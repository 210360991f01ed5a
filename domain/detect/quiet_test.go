package detect

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// What an exemption covers is scored as ever and not flagged, holds nothing and takes
// nothing of the budget; beyond it the evidence tells of it.
func TestExemptionsQuietTheStatistics(t *testing.T) {
	t.Parallel()
	until := firstDay.AddDate(0, 0, 40)
	line := func(units int64) map[int]domain.Exemption {
		return map[int]domain.Exemption{1: {Quantity: domain.Units(units), Ratio100: 150, Until: until}}
	}
	for name, c := range map[string]struct {
		quiet   map[int]domain.Exemption
		limits  LineLimits
		flagged bool
		told    domain.Quantity
	}{
		"none":                {nil, LineLimits{}, true, 0},
		"covers":              {line(320), LineLimits{}, false, 0},
		"does not reach":      {line(319), LineLimits{}, true, domain.Quantity(478_500)},
		"of another line":     {map[int]domain.Exemption{2: {Quantity: domain.Units(320), Ratio100: 150}}, LineLimits{}, true, 0},
		"of the amount":       {map[int]domain.Exemption{0: {Amount: 100_000_000, Ratio100: 150}}, LineLimits{}, true, 0},
		"covers a soft limit": {line(320), LineLimits{SoftQuantity: domain.Units(100)}, false, 0},
		"not a hard limit":    {line(320), LineLimits{HardQuantity: domain.Units(100)}, true, domain.Units(480)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := orderOf("S1", 31, item{"milk", 480, 12}, item{"eggs", 8, 30}, item{"rice", 10, 25}, item{"salt", 20, 2})
			in := Input{Order: o, Limits: Limits{Line: c.limits}}
			plain := taught(t, Defaults(), 30).Judge(Input{Order: o})
			e := taught(t, Defaults(), 30)
			above := e.platform.lineThreshold.above
			in.Quiet = c.quiet
			v := e.Judge(in)
			flags := find(v, domain.QuantitySurge)
			if (len(flags) == 1) != c.flagged {
				t.Fatalf("flags %+v", flags)
			}
			if d := cmp.Diff(plain.LineScores, v.LineScores); d != "" {
				t.Errorf("the scores moved: %s", d)
			}
			if !c.flagged {
				if e.platform.lineThreshold.above > above {
					t.Error("it takes of the budget")
				}
				return
			}
			ev := flags[0].Evidence
			day := ""
			if c.told > 0 {
				day = until.Format(time.DateOnly)
			}
			if ev.QuietTo != c.told || ev.QuietUntil != day {
				t.Errorf("told of %v until %q, want %v until %q", ev.QuietTo, ev.QuietUntil, c.told, day)
			}
		})
	}
}

func TestExemptionsQuietTheAmount(t *testing.T) {
	t.Parallel()
	o := orderOf("S1", 31, item{"milk", 480, 12}, item{"eggs", 80, 30}, item{"rice", 100, 25}, item{"salt", 200, 2})
	limit := 1000 * domain.Yuan
	for name, c := range map[string]struct {
		confirmed domain.Money
		store     domain.Store
		want      int
	}{
		"covers":           {o.Total, domain.Store{}, 0},
		"does not reach":   {o.Total - 1, domain.Store{}, 1},
		"not a hard limit": {o.Total, domain.Store{CODLimit: &limit}, 1},
	} {
		e := taught(t, Defaults(), 30)
		v := e.Judge(Input{Order: o, Store: c.store, Quiet: map[int]domain.Exemption{0: {Amount: c.confirmed, Ratio100: 100, Until: firstDay}}})
		flags := find(v, domain.AmountSurge)
		if len(flags) != c.want || c.want == 0 && v.OrderHeld {
			t.Errorf("%s: %+v", name, flags)
		} else if c.want == 1 && flags[0].Evidence.QuietToAmount != c.confirmed {
			t.Errorf("%s: told of %v", name, flags[0].Evidence.QuietToAmount)
		}
	}
}
