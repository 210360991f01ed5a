package queue_test

import (
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"
)

// The preview tells what the statistics let pass of this order's products, under it
// and beside it, and of no other product.
func TestPreviewTellsWhatIsLetPass(t *testing.T) {
	t.Parallel()
	until := time.Date(2026, 12, 23, 13, 0, 0, 0, now.Location())
	quiet := []domain.Exemption{
		{Product: "P9", ProductName: "豆腐", ProductNameEn: "Tofu", Quantity: domain.Units(5), Ratio100: 150, Until: until},
		{Product: "P2", ProductName: "挂面", ProductNameEn: "Noodles", Unit: "袋", UnitEn: "bag", Quantity: domain.Units(40), Ratio100: 150, Until: until},
	}
	for lang, want := range map[text.Lang]string{
		text.Chinese: "12-23前不因统计挂起: 挂面到60袋", text.English: "to 12-23 not flagged: Noodles up to 60 bags",
	} {
		for _, size := range [][2]int{{140, 35}, {200, 55}} {
			w := newWorld(t, lang, size[0], size[1])
			w.rest()
			w.Lacks(want)
			w = newWorld(t, lang, size[0], size[1])
			w.desk.change(func() { w.desk.file.Memory.Quieter = quiet })
			w.rest()
			w.Sees(want)
			w.Lacks("豆腐", "Tofu")
		}
	}
}
