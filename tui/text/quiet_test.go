package text_test

import (
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"
)

func TestQuieterIsSaidInOneLine(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("CST", 8*3600)
	until := time.Date(2026, 12, 22, 16, 30, 0, 0, time.UTC) // half past midnight of the 23rd there
	milk := domain.Exemption{
		Product: "P1007", ProductName: "鲜牛奶", ProductNameEn: "Milk", Unit: "袋", UnitEn: "bag", Quantity: domain.Units(480), Ratio100: 150, Until: until,
	}
	amount := domain.Exemption{Amount: 12_000 * domain.Yuan, Ratio100: 150, Until: until}
	nameless := domain.Exemption{Product: "P9", Quantity: domain.Units(1), Ratio100: 100, Until: until}
	for _, c := range []struct {
		all    []domain.Exemption
		zh, en string
	}{
		{nil, "", ""},
		{[]domain.Exemption{milk}, "12-23前不因统计挂起: 鲜牛奶到720袋", "to 12-23 not flagged: Milk up to 720 bags"},
		{
			[]domain.Exemption{amount, nameless, milk, milk},
			"12-23前不因统计挂起: 金额到¥18,000, 12-23前不因统计挂起: P9到1, 另2项",
			"to 12-23 not flagged: amount up to ¥18,000, to 12-23 not flagged: P9 up to 1, 2 more",
		},
	} {
		for lang, want := range map[text.Lang]string{text.Chinese: c.zh, text.English: c.en} {
			if got := text.For(lang).Quieter(c.all, zone); got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
}

// A flag that lies beyond an exemption says so, beside what is odd.
func TestAFlagSaysWhichExemptionItPassed(t *testing.T) {
	t.Parallel()
	p := domain.Product{Code: "P1007", Name: "鲜牛奶", NameEn: "Milk", Unit: "袋", UnitEn: "bag"}
	line := domain.Evidence{Product: "P1007", Line: 1, Quantity: domain.Units(900), QuietTo: domain.Units(720), QuietUntil: "2026-12-23"}
	amount := domain.Evidence{Amount: 20_000 * domain.Yuan, QuietToAmount: 18_000 * domain.Yuan, QuietUntil: "2026-12-23"}
	f := domain.CaseFile{
		Products: map[domain.ProductCode]domain.Product{"P1007": p},
		Anomalies: []domain.Anomaly{
			{Kind: domain.QuantitySurge, Evidence: line},
			{Kind: domain.AmountSurge, Evidence: amount},
			{Kind: domain.QuantitySurge, Evidence: domain.Evidence{Product: "P1007", Line: 2, Quantity: 1}},
		},
	}
	for lang, want := range map[text.Lang][2]string{
		text.Chinese: {"超出12-23前放过的720袋", "超出12-23前放过的¥18,000"},
		text.English: {"past the 720 bags let pass to 12-23", "past the ¥18,000 let pass to 12-23"},
	} {
		got := text.For(lang).Odd(f, time.Time{})
		if len(got) != 4 || got[1] != want[0] || got[2] != want[1] {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
