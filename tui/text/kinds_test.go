package text_test

import (
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
)

// whyCells is the width of the reason in the queue at 80 columns.
const whyCells = 28

// words are what the desk says of one anomaly of each kind: why in a list, what is odd
// in the preview, and to the store.
func words() map[domain.Kind][2][3]string {
	return map[domain.Kind][2][3]string{
		domain.Exchange: {
			{"速冻水饺2袋破损", "第4行: 要换速冻水饺2袋 订15袋, 破损", "念: 「速冻水饺2袋要换, 破损, 是补给您新的, 还是退货?」"},
			{
				"Frozen dumplings 2 bags broken", "Line 4: 2 bags of frozen dumplings to exchange, ordered 15 bags, broken",
				"Say: \"You want 2 bags of dumplings exchanged: broken. Shall we send new ones, or take it back?\"",
			},
		},
		domain.QuantitySurge: {
			{
				"鲜牛奶250ml 48袋 近3次2-6", "第3行: 鲜牛奶250ml 48袋, 平常2-6, 像多打一个零?, 其余4行正常",
				"念: 「您这单鲜牛奶订了48袋, 最近3次是2到6袋, 是要48袋吗?」",
			},
			{
				"Fresh milk 250 ml 48 bags; last 3 2-6", "Line 3: Fresh milk 250 ml 48 bags, usual 2-6, a zero too many?, the other 4 normal",
				"Say: \"You ordered 48 bags of fresh milk; your last 3 were 2 to 6. Is 48 right?\"",
			},
		},
		domain.AmountSurge: {
			{"金额38,400 平常3,100-5,200", "", "念: 「您这单共¥2,129, 平常¥3,100到¥5,200, 是这个数吗?」"},
			{"38,400; usual 3,100-5,200", "", "Say: \"Your order comes to ¥2,129, usually ¥3,100 to ¥5,200. Is that right?\""},
		},
		domain.StepMismatch: {
			{
				"鲜牛奶250ml 50袋 步长12 可48/60", "第3行: 鲜牛奶250ml 50袋不是步长12袋的倍数; 可48或60袋",
				"念: 「鲜牛奶订了50袋, 要按12袋的倍数订, 要48还是60袋?」",
			},
			{
				"Fresh milk 250 ml 50 bags; step 12: 48 or 60", "Line 3: Fresh milk 250 ml 50 bags is no multiple of 12 bags; 48 or 60 bags",
				"Say: \"50 bags of milk: the step is 12 bags. Would you take 48 or 60 bags?\"",
			},
		},
		domain.SlowFulfilment: {
			{"未配货, 应12:50", "配货超时, 应在12:50, 10:50已接受", "念: 「您1122-0377这单晚了, 我们问清几时到, 马上告诉您。」"},
			{
				"not allocated, due 12:50", "Allocation is late, due 12:50, accepted since 10:50",
				"Say: \"Your order 1122-0377 is late. We find out when it comes and ring back.\"",
			},
		},
		domain.OrderChange: {
			{
				"1122-0377要改3行, 13:46装车", "要改: 五花肉20>15.5kg, 鸡蛋12板>不要, 鲜牛奶48>36袋, 13:46装车",
				"念: 「您要改3行: 取消原单, 照新的重下, 可以吗?」",
			},
			{
				"1122-0377 3 lines, van 13:46", "Wanted: pork belly 20 > 15.5 kg, eggs 12 trays > none, fresh milk 48 > 36 bags, van 13:46",
				"Say: \"You want 3 lines changed. We cancel it and take it anew: all right?\"",
			},
		},
		domain.ShortWeight: {
			{"五花肉 收18.40/订20.00kg", "第1行: 五花肉少1.600kg(8.0%), 容差0.200kg", "念: 「五花肉订20kg收18.4kg, 少1.6kg, 投诉号TS-1123-017, 查实就答复您。」"},
			{
				"Pork belly 18.40 of 20.00 kg", "Line 1: pork belly 1.600 kg short (8.0%), tolerance 0.200 kg",
				"Say: \"Pork belly: 18.4 kg came of 20 kg, 1.6 kg short. Your complaint is TS-1123-017\"",
			},
		},
		domain.Replenishment: {
			{"今日未下单, 周一常订2种", "今日未下单, 周一常订2种: 鸡蛋12板(近8次订8), 酸奶24盒(近8次订7)", "念: 「您周一常订鸡蛋, 酸奶, 今天还没有, 还要吗?」"},
			{
				"none yet; Mondays 2 items", "None yet; Mondays 2 items: eggs 12 trays (8 of 8), yoghurt 24 boxes (7 of 8)",
				"Say: \"Mondays you order eggs, yoghurt; nothing of it yet today. Do you want it?\"",
			},
		},
		domain.ZeroStock: {
			{"酸奶24盒 库存0", "第5行: 酸奶24盒, 只剩0盒", "念: 「酸奶订了24盒, 库存只有0盒, 怎么办?」"},
			{
				"Yoghurt 24 boxes; none left", "Line 5: Yoghurt 24 boxes, 0 boxes left",
				"Say: \"You ordered 24 boxes of yoghurt, we have 0 boxes. What shall we do?\"",
			},
		},
		domain.NotOrderable: {
			{"速冻水饺4袋 被拒5次 步长5", "被拒5次: 速冻水饺4袋, 步长5", "念: 「速冻水饺4袋不合步长5袋, 可订5袋。」"},
			{
				"Frozen dumplings 4 bags refused 5x: step 5", "Refused 5x, Frozen dumplings 4 bags: step 5",
				"Say: \"4 bags of dumplings is not in steps of 5 bags. 5 bags will do.\"",
			},
		},
		domain.Overweight: {
			{"五花肉 收21.60/订20.00kg", "第1行: 五花肉多1.600kg(8.0%), 容差0.200kg", "念: 「五花肉订20kg收21.6kg, 多的1.6kg您留下照价付, 还是退回?」"},
			{
				"Pork belly 21.60 of 20.00 kg", "Line 1: pork belly 1.600 kg over (8.0%), tolerance 0.200 kg",
				"Say: \"Pork belly: 21.6 kg came for 20 kg. Will you keep and pay the 1.6 kg, or give it back?\"",
			},
		},
		domain.WrongOrder: {
			{"与1122-0371重复, 同5行", "与今天的1122-0371重复: 5行同5行", "念: 「您今天已下1122-0371, 这单5行一样, 是重复下的吗?」"},
			{
				"repeats 1122-0371, 5 lines", "Repeats 1122-0371 of the same day: 5 of 5 lines the same",
				"Say: \"You ordered 1122-0371 today; this has the same 5 lines. Was it meant?\"",
			},
		},
		domain.Return: {
			{"酸奶12盒临期", "第5行: 要退酸奶12盒 订24盒, 临期", "念: 「酸奶12盒要退, 临期: 采购先看货, 供应商答复后告诉您。」"},
			{
				"Yoghurt 12 boxes, near expiry", "Line 5: 12 boxes of yoghurt to return, ordered 24 boxes, near expiry",
				"Say: \"12 boxes of yoghurt to return, near expiry: we look at them, the supplier answers, we ring back.\"",
			},
		},
	}
}

func TestEveryKindIsTold(t *testing.T) {
	t.Parallel()
	all := words()
	for _, k := range domain.Kinds() {
		for i, lang := range []text.Lang{text.Chinese, text.English} {
			c, f := text.For(lang), kindCase(k)
			told := c.Tell(f, f.Anomalies[0], at("13:40"))
			got := [3]string{c.Why(f.Row, at("13:40")), strings.Join(c.Odd(f, at("13:40")), "; "), told.Say[0]}
			if got != all[k][i] {
				t.Errorf("%s %s\ngot  %q\nwant %q", lang, k, got, all[k][i])
			}
			if len(told.First) < 2 || len(told.Second) == 0 {
				t.Errorf("%s %s: %q, %q", lang, k, told.First, told.Second)
			}
		}
	}
}

// In the queue the numbers of a reason are never cut, and one way to say it fits a
// line of the form.
func TestEveryKindFitsItsCells(t *testing.T) {
	t.Parallel()
	for _, k := range domain.Kinds() {
		for _, lang := range []text.Lang{text.Chinese, text.English} {
			c, f := text.For(lang), kindCase(k)
			name, rest := c.WhyParts(f.Row, true, at("13:40"))
			if cell.Width(rest)+min(cell.Width(name), 6) > whyCells {
				t.Errorf("%s %s: %q %q", lang, k, name, rest)
			}
			told := c.Tell(f, f.Anomalies[0], at("13:40"))
			fits := false
			for _, s := range told.Say {
				fits = fits || cell.Width(s) <= 79
			}
			if !fits {
				t.Errorf("%s %s: nothing of %q fits", lang, k, told.Say)
			}
			for _, s := range c.Odd(f, at("13:40")) {
				if cell.Width(s) > 100 {
					t.Errorf("%s %s: %q", lang, k, s)
				}
			}
		}
	}
}

// Where there is no clock, in a list for programs, no hour is told.
func TestWithoutAClockNoHourIsTold(t *testing.T) {
	t.Parallel()
	for _, k := range domain.Kinds() {
		f := kindCase(k)
		for _, lang := range []text.Lang{text.Chinese, text.English} {
			if s := text.For(lang).Why(f.Row, time.Time{}); s == "" || strings.Contains(s, "12:50") || strings.Contains(s, "13:46") {
				t.Errorf("%s: %q", k, s)
			}
		}
	}
}

// An anomaly of a kind that a later version raises is shown, with what is known.
func TestAnUnknownKindIsShown(t *testing.T) {
	t.Parallel()
	f := kindCase(domain.Return)
	f.Row.Kind, f.Anomalies[0].Kind = "new_kind", "new_kind"
	c := text.For(text.English)
	told := c.Tell(f, f.Anomalies[0], at("13:40"))
	if got := c.Why(f.Row, at("13:40")); got != "1122-0377" || told.First[0] != "new_kind" {
		t.Errorf("%q, %+v", got, told)
	}
}

func TestOtherFacesOfAKind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind   domain.Kind
		change func(*domain.Evidence, *domain.QueueRow)
		zh, en string
	}{
		"whole order": {domain.OrderChange, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Items, e.Told = nil, domain.ToldCancel
		}, "1122-0377要取消, 13:46装车", "1122-0377 cancel it, van 13:46"},
		"one dropped": {domain.OrderChange, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Items = e.Items[1:2]
		}, "1122-0377取消1行, 13:46装车", "1122-0377 drop 1, van 13:46"},
		"words only": {domain.OrderChange, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Items, e.Text = nil, "少送点"
		}, "1122-0377要变更, 13:46装车", "1122-0377 to change, van 13:46"},
		"foreseen": {domain.SlowFulfilment, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Foreseen, e.Stage, e.StageDue = true, domain.StageDelivered, ptr(at("07:00").AddDate(0, 0, 1))
		}, "送达要误, 应明07:00", "delivery late, due tomor. 07:00"},
		"no plan": {domain.SlowFulfilment, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Stage, e.StageDue = domain.StagePlanned, ptr(at("13:30"))
		}, "未排送货, 应13:30", "not planned, due 13:30"},
		"over the limit alone": {domain.AmountSurge, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Amount, e.LowAmount, e.HighAmount, e.Limit = 49_680, 340_800, 752_000, 25_000
		}, "金额497 超货到付款限250", "497 over COD limit 250"},
		"missing of an order": {domain.Replenishment, func(e *domain.Evidence, r *domain.QueueRow) {
			e.Orders, r.OrderNo = 1, "1123-0401"
		}, "缺常订的2种", "2 usual items missing"},
		"outside the window": {domain.Replenishment, func(e *domain.Evidence, r *domain.QueueRow) {
			e.Items, e.LateOrders = nil, []domain.OrderNo{"1123-0401"}
		}, "1123-0401不在下单时间", "1123-0401 outside the window"},
		"tried too late": {domain.Replenishment, func(e *domain.Evidence, r *domain.QueueRow) {
			e.Items = []domain.Item{{Product: "P1100", Wanted: domain.Units(12), Gap: domain.GapLate}}
			e.Product, r.ProductName, r.ProductNameEn = "P1100", "鸡蛋", "Eggs"
		}, "鸡蛋 不在下单时间", "Eggs outside the window"},
		"dropped": {domain.Replenishment, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Orders, e.Items[0].Gap, e.ItemsInAll = 1, domain.GapDropped, 40
		}, "缺常订的39种, 掉了1行", "39 usual items missing, 1 line dropped"},
		"can be ordered now": {domain.Replenishment, func(e *domain.Evidence, r *domain.QueueRow) {
			e.Rule, e.Items, e.Product = domain.RuleTold, e.Items[:1], "P1100"
			r.ProductName, r.ProductNameEn, r.Unit, r.UnitEn = "鸡蛋", "Eggs", "板", "tray"
		}, "鸡蛋12板 现在能订了", "Eggs 12 trays: can be ordered now"},
		"refused for stock": {domain.ZeroStock, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Refusals = 2
		}, "酸奶24盒 被拒2次 库存0", "Yoghurt 24 boxes; refused 2x, none left"},
		"refused for stock that is there": {domain.ZeroStock, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Refusals, e.Available = 2, ptr(domain.Units(30))
		}, "酸奶24盒 被拒2次 此处有30", "Yoghurt 24 boxes; refused 2x, here 30"},
		"paused": {domain.NotOrderable, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Step, e.Above, e.Status, e.Told, e.Found = 0, 0, domain.ProductPaused, domain.ToldOther, ""
		}, "速冻水饺4袋 被拒5次 暂停", "Frozen dumplings 4 bags refused 5x: paused"},
		"repeats in part": {domain.WrongOrder, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.SameLines = 4
		}, "与1122-0371重复, 5行同4行", "repeats 1122-0371, 4 of 5"},
		"a slip": {domain.WrongOrder, func(e *domain.Evidence, r *domain.QueueRow) {
			*e = domain.Evidence{Product: "P1100", Line: 2, Quantity: domain.Units(120), Multiple: "x10", Likely: domain.Units(12), Median: domain.Units(12)}
			r.ProductName, r.ProductNameEn, r.Unit, r.UnitEn = "鸡蛋", "Eggs", "板", "tray"
		}, "鸡蛋120板 多打一个零 平常12", "Eggs 120 trays; a zero too many; usual 12"},
		"the store reports it": {domain.WrongOrder, func(e *domain.Evidence, _ *domain.QueueRow) {
			*e = domain.Evidence{Told: domain.ToldTwice, Text: "点了两次"}
		}, "店报下错: 重复", "store says wrong: twice"},
		"in its own words": {domain.Return, func(e *domain.Evidence, _ *domain.QueueRow) {
			e.Told, e.Text = domain.ToldOther, "有异味"
		}, "酸奶12盒有异味", "Yoghurt 12 boxes, 有异味"},
		"one cause": {domain.Exchange, func(_ *domain.Evidence, r *domain.QueueRow) {
			r.Cause, r.Members, r.MembersOpen = "exchange P3001 2026-11-20", 9, 7
		}, "速冻水饺11-20起要换, 9条未结7", "Frozen dumplings exchange 11-20 on, 7 of 9 open"},
		"one refusal": {domain.NotOrderable, func(_ *domain.Evidence, r *domain.QueueRow) {
			r.Cause, r.Members, r.MembersOpen = "attempt P3001 step", 5, 5
		}, "速冻水饺 被拒: 步长, 5条未结5", "Frozen dumplings refused: step, 5 of 5 open"},
	} {
		f := kindCase(c.kind)
		c.change(&f.Row.Why, &f.Row)
		for lang, want := range map[text.Lang]string{text.Chinese: c.zh, text.English: c.en} {
			if got := text.For(lang).Why(f.Row, at("13:40")); got != want {
				t.Errorf("%s: %s: %q, want %q", name, lang, got, want)
			}
		}
	}
}

// Who rang is written down without a language and shown in each.
func TestCallerIsNamedInEachLanguage(t *testing.T) {
	t.Parallel()
	s := domain.Store{Manager: "许诺", ManagerEn: "Xu Nuo"}
	for caller, want := range map[string][2]string{
		"许诺": {"许诺", "Xu Nuo"}, "clerk": {"店员", "clerk"}, "manager": {"店长", "manager"}, "王姐": {"王姐", "王姐"}, "": {"", ""},
	} {
		zh, en := text.For(text.Chinese).Caller(caller, s), text.For(text.English).Caller(caller, s)
		if got := [2]string{zh, en}; got != want {
			t.Errorf("%q: %q, want %q", caller, got, want)
		}
	}
}
