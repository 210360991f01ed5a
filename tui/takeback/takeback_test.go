package takeback_test

import (
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/takeback"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// asked opens the question about a case that was written with these effects, to be taken
// back until 18:00, and gives its lines.
func asked(t *testing.T, lang text.Lang, did ...domain.EffectDone) (string, string) {
	t.Helper()
	clock := tuitest.NewClock(noon)
	env := ui.NewEnv(ui.NewDesk(t.Context(), ui.Desk{
		Text: text.For(lang), Clock: clock.Now, Timer: clock.Timer, Zone: time.UTC,
		Me: domain.Staff{Login: "lin", Roles: []domain.Role{domain.RoleAgent}},
	}), "here")
	stock := domain.Units(100)
	ask, why := takeback.New(env, domain.CaseFile{
		Row:      domain.QueueRow{Case: 1, OrderNo: "1123-0398", With: domain.CustomerService},
		Order:    domain.Order{State: domain.Received},
		Moments:  []domain.Moment{{What: domain.Promise, At: noon.Add(-time.Hour)}, {What: domain.WeekEnds, At: noon.Add(6 * time.Hour)}},
		Products: map[domain.ProductCode]domain.Product{"P1": {Name: "牛奶", NameEn: "Milk", Unit: "箱", UnitEn: "box", Stock: &stock}},
		Written:  &domain.Written{Records: []domain.RecordID{1}, By: "lin", At: noon, Found: domain.OrderBefore{State: domain.Received, Left: domain.Received, Did: did}},
	})
	if ask == nil {
		return "", why
	}
	var out []string
	for _, l := range ask.Lines(400) {
		for _, s := range l.Left {
			out = append(out, s.Text)
		}
	}
	return strings.Join(out, " "), ""
}

func TestWhatWasDoneBesideTheOrderIsShown(t *testing.T) {
	t.Parallel()
	tomorrow := noon.Add(24 * time.Hour)
	for name, x := range map[string]struct {
		did    domain.EffectDone
		en, zh string
	}{
		"supplement":  {domain.EffectDone{Op: domain.EffectSupplement, OrderNo: "1123-0398-S1"}, "order 1123-0398-S1 is cancelled", "订单1123-0398-S1取消"},
		"re-order":    {domain.EffectDone{Op: domain.EffectReorder, OrderNo: "1123-0398-R1"}, "order 1123-0398-R1 is cancelled", "订单1123-0398-R1取消"},
		"credit":      {domain.EffectDone{Op: domain.EffectAdjust, Amount: -4464}, "44.64", "44.64"},
		"restock":     {domain.EffectDone{Op: domain.EffectRestock, Product: "P1", Quantity: domain.Units(2)}, "Milk 2 boxes out of stock again", "牛奶 2箱 再出库"},
		"plan":        {domain.EffectDone{Op: domain.EffectReschedule, At: &tomorrow, BeforeAt: &noon}, "delivery planned today 12:00 again", "配送改回 今12:00"},
		"first plan":  {domain.EffectDone{Op: domain.EffectReschedule, At: &tomorrow}, "the planned delivery no longer counts", "配送安排作废"},
		"limit":       {domain.EffectDone{Op: domain.EffectSetLimit, Before: "20000.00"}, "COD limit ¥20,000.00 again", "货到付款限额改回 ¥20,000.00"},
		"first limit": {domain.EffectDone{Op: domain.EffectSetLimit}, "no COD limit again", "货到付款限额取消"},
		"return":      {domain.EffectDone{Op: domain.EffectOpenReturn}, "the return is not opened", "退货不再发起"},
	} {
		for lang, want := range map[text.Lang]string{text.English: x.en, text.Chinese: x.zh} {
			if got, why := asked(t, lang, x.did); !strings.Contains(got, want) {
				t.Errorf("%s: %q %s, want %q", name, got, why, want)
			}
		}
	}
	// Until the week is settled, or the delivery that was planned.
	if got, _ := asked(t, text.English); !strings.Contains(got, "possible until today 18:00") {
		t.Error(got)
	}
	if got, _ := asked(t, text.English, domain.EffectDone{Op: domain.EffectReschedule, At: &tomorrow}); !strings.Contains(got, "possible until tomor. 12:00") {
		t.Error(got)
	}
	past := noon.Add(-time.Minute)
	if _, why := asked(t, text.English, domain.EffectDone{Op: domain.EffectReschedule, At: &past}); !strings.Contains(why, "it was possible until today 11:59") {
		t.Error(why)
	}
	if got, _ := asked(t, text.English, domain.EffectDone{Op: domain.EffectSetLimit, Before: "\x1b[2J9"}); cell.Clean(got) != got {
		t.Errorf("%q", got)
	}
}

// A restock of goods that have gone since names them.
func TestGoodsThatAreGoneAreNamed(t *testing.T) {
	t.Parallel()
	_, why := asked(t, text.English, domain.EffectDone{Op: domain.EffectRestock, Product: "P1", Quantity: domain.Units(101)})
	if !strings.Contains(why, "of Milk 100 boxes is left, 101 boxes is needed") {
		t.Error(why)
	}
}
