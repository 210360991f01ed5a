package text

import "cleardesk/domain"

// SharedWords are what the words of several kinds have in common.
type SharedWords struct {
	Told     map[domain.WhyTold]string
	Stages   map[domain.Stage]string // as a thing: "allocation"
	Reached  map[domain.Stage]string // as a state: "allocated"
	Statuses map[domain.ProductStatus]string
	Moments  map[domain.MomentKind]string // in short: "van"
	At       func(moment, clock string) string
	Quote    func(s string) string
	Rang     func(caller string) string
	Slip     func(ref string) string
	Received func(clock string) string
	Others   func(n int) string
	OnLine   func(line, what string) string
	OfOrder  func(q string) string // how much the line was ordered with
	Wanted   func(name, from, to string) string
	Dropped  func(name, from string) string
	Added    func(name, to string) string
}

func sharedEnglish() SharedWords {
	return SharedWords{
		Told: map[domain.WhyTold]string{
			domain.ToldStep: "step", domain.ToldStock: "stock", domain.ToldStatus: "status", domain.ToldPrice: "price", domain.ToldWindow: "hours",
			domain.ToldDamaged: "broken", domain.ToldExpiry: "near expiry", domain.ToldWrong: "wrong item", domain.ToldQuality: "quality",
			domain.ToldTooMany: "too many", domain.ToldTwice: "twice", domain.ToldDigit: "a slip", domain.ToldCancel: "not wanted",
			domain.ToldOther: "other",
		},
		Stages: map[domain.Stage]string{
			domain.StagePlanned: "a delivery plan", domain.StageAllocated: "allocation", domain.StageShipped: "departure",
			domain.StageDelivered: "delivery", domain.StageReceived: "receipt", domain.StageRefused: "refusal",
		},
		Reached: map[domain.Stage]string{
			domain.StagePlanned: "planned", domain.StageAllocated: "allocated", domain.StageShipped: "shipped",
			domain.StageDelivered: "delivered", domain.StageReceived: "received", domain.StageRefused: "refused at the door",
		},
		Statuses: map[domain.ProductStatus]string{
			domain.ProductNormal: "normal", domain.ProductPaused: "paused", domain.ProductDelisted: "delisted",
		},
		Moments: map[domain.MomentKind]string{
			domain.WindowClose: "closes", domain.Picking: "picked", domain.Departure: "van", domain.Promise: "promised",
			domain.ClaimEnds: "claim ends", domain.WeekEnds: "settled",
		},
		At:       func(m, c string) string { return m + " " + c },
		Quote:    func(s string) string { return "\"" + s + "\"" },
		Rang:     func(c string) string { return c + " rang" },
		Slip:     func(r string) string { return "slip " + r },
		Received: func(c string) string { return "received " + c },
		Others:   func(n int) string { return itoa(n) + " more" },
		OnLine:   func(l, what string) string { return "Line " + l + ": " + what },
		OfOrder:  func(q string) string { return "ordered " + q },
		Wanted:   func(n, from, to string) string { return n + " " + from + " > " + to },
		Dropped:  func(n, from string) string { return n + " " + from + " > none" },
		Added:    func(n, to string) string { return "+ " + n + " " + to },
	}
}

func sharedChinese() SharedWords {
	return SharedWords{
		Told: map[domain.WhyTold]string{
			domain.ToldStep: "步长", domain.ToldStock: "库存", domain.ToldStatus: "状态", domain.ToldPrice: "价格", domain.ToldWindow: "不在时间",
			domain.ToldDamaged: "破损", domain.ToldExpiry: "临期", domain.ToldWrong: "商品不对", domain.ToldQuality: "质量", domain.ToldTooMany: "订多了",
			domain.ToldTwice: "重复", domain.ToldDigit: "打错", domain.ToldCancel: "不要了", domain.ToldOther: "其他",
		},
		Stages: map[domain.Stage]string{
			domain.StagePlanned: "排送货", domain.StageAllocated: "配货", domain.StageShipped: "装车", domain.StageDelivered: "送达",
			domain.StageReceived: "收货", domain.StageRefused: "拒收",
		},
		Reached: map[domain.Stage]string{
			domain.StagePlanned: "已排", domain.StageAllocated: "已配货", domain.StageShipped: "已装车", domain.StageDelivered: "已送达",
			domain.StageReceived: "已收货", domain.StageRefused: "已拒收",
		},
		Statuses: map[domain.ProductStatus]string{
			domain.ProductNormal: "正常", domain.ProductPaused: "暂停", domain.ProductDelisted: "已下架",
		},
		Moments: map[domain.MomentKind]string{
			domain.WindowClose: "截单", domain.Picking: "拣货", domain.Departure: "装车", domain.Promise: "答复",
			domain.ClaimEnds: "申诉期满", domain.WeekEnds: "结算",
		},
		At:       func(m, c string) string { return c + m },
		Quote:    func(s string) string { return "「" + s + "」" },
		Rang:     func(c string) string { return c + "来电" },
		Slip:     func(r string) string { return "凭证" + r },
		Received: func(c string) string { return c + "收货" },
		Others:   func(n int) string { return "另" + itoa(n) + "项" },
		OnLine:   func(l, what string) string { return "第" + l + "行: " + what },
		OfOrder:  func(q string) string { return "订" + q },
		Wanted:   func(n, from, to string) string { return n + from + ">" + to },
		Dropped:  func(n, from string) string { return n + from + ">不要" },
		Added:    func(n, to string) string { return "加" + n + to },
	}
}
