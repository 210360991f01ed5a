package casefile_test

import (
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"
)

// The form tells what the statistics let pass, and of a flag that lies beyond it, what
// it passed.
func TestFormTellsWhatIsLetPass(t *testing.T) {
	t.Parallel()
	for lang, want := range map[text.Lang][2]string{
		text.Chinese: {"12-23前不因统计挂起: 金额到¥3,000", "超出12-23前放过的120"},
		text.English: {"to 12-23 not flagged: amount up to ¥3,000", "past the 120 "},
	} {
		d := newDesk()
		s := open(t, d, newMemory(), lang, lin(), 200, 50)
		s.Lacks(want[0], want[1])
		d = newDesk()
		d.file.Memory.Quieter = []domain.Exemption{{
			Amount: 2000 * domain.Yuan, Ratio100: 150, Until: time.Date(2026, 12, 23, 10, 0, 0, 0, zone),
		}}
		for i := range d.file.Anomalies {
			if d.file.Anomalies[i].Kind == domain.QuantitySurge {
				d.file.Anomalies[i].Evidence.QuietTo = domain.Units(120)
				d.file.Anomalies[i].Evidence.QuietUntil = "2026-12-23"
			}
		}
		s = open(t, d, newMemory(), lang, lin(), 200, 50)
		s.Sees(want[0], want[1])
	}
}
