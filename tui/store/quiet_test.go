package store_test

import (
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/text"
)

func TestWhatIsLetPassIsTold(t *testing.T) {
	t.Parallel()
	for lang, want := range map[text.Lang]string{
		text.Chinese: "12-23前不因统计挂起: 鲜牛奶到720袋", text.English: "to 12-23 not flagged: Milk up to 720 bags",
	} {
		f := wangjing()
		d := open(t, lang, f, 200, 58)
		d.Lacks(want)
		f.Memory.Quieter = []domain.Exemption{{
			Product: "P1007", ProductName: "鲜牛奶", ProductNameEn: "Milk", Unit: "袋", UnitEn: "bag",
			Quantity: q(480), Ratio100: 150, Until: clockAt(53, 10, 0),
		}}
		for _, s := range sizes {
			open(t, lang, f, s[0], s[1]-2).Frame()
		}
		open(t, lang, f, 200, 58).Sees(want)
	}
}
