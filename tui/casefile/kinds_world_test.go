package casefile_test

import (
	"encoding/json"

	"cleardesk/domain"
)

// kindFile is a case of one anomaly of a kind: an order of five lines, or none.
func kindFile(k domain.Kind) domain.CaseFile {
	f := domain.CaseFile{Products: map[domain.ProductCode]domain.Product{
		"P4001": {
			Code: "P4001", Name: "五花肉", NameEn: "Pork belly", Unit: "kg", UnitEn: "kg", Weighed: true, Step: ptr(domain.Quantity(500)), Price: 2790,
			Stock: ptr(domain.Quantity(88_500)), Status: domain.ProductNormal, Category: "fresh",
		},
		"P1100": {Code: "P1100", Name: "鸡蛋30枚", NameEn: "Eggs 30", Unit: "板", UnitEn: "tray", Price: 2400, Stock: ptr(domain.Units(200)), Status: domain.ProductNormal},
		"P1007": {
			Code: "P1007", Name: "鲜牛奶250ml", NameEn: "Fresh milk 250 ml", Unit: "袋", UnitEn: "bag", Price: 1200, Step: ptr(domain.Units(12)),
			Stock: ptr(domain.Units(1240)), Status: domain.ProductNormal,
		},
		"P3001": {
			Code: "P3001", Name: "速冻水饺", NameEn: "Frozen dumplings", Unit: "袋", UnitEn: "bag", Price: 3900, Step: ptr(domain.Units(5)),
			Stock: ptr(domain.Units(318)), Status: domain.ProductNormal,
		},
		"P2044": {Code: "P2044", Name: "酸奶", NameEn: "Yoghurt", Unit: "盒", UnitEn: "box", Price: 510, Stock: ptr(domain.Quantity(0)), Status: domain.ProductNormal},
	}}
	f.Others = []domain.Product{
		{Code: "P2045", Name: "原味酸奶", NameEn: "Plain yoghurt", Unit: "盒", UnitEn: "box", Price: 550, Stock: ptr(domain.Units(160)), Status: domain.ProductNormal},
		{Code: "P2046", Name: "低脂酸奶", NameEn: "Low-fat yoghurt", Unit: "盒", UnitEn: "box", Price: 560, Stock: ptr(domain.Units(12)), Status: domain.ProductNormal},
	}
	f.Order = domain.Order{ID: 377, No: "1122-0377", Store: "S008", PlacedAt: at("13:05").AddDate(0, 0, -1), State: domain.Received}
	for i, l := range []struct {
		code domain.ProductCode
		q    domain.Quantity
	}{{"P4001", 20_000}, {"P1100", domain.Units(12)}, {"P1007", domain.Units(48)}, {"P3001", domain.Units(15)}, {"P2044", domain.Units(24)}} {
		p := f.Products[l.code]
		f.Order.Lines = append(f.Order.Lines, domain.Line{
			No: i + 1, Product: l.code, Quantity: l.q, Original: l.q, Price: p.Price, Amount: domain.Amount(l.q, p.Price),
		})
	}
	f.Row = domain.QueueRow{
		Case: 7, Version: 3, With: k.FirstWith(), State: domain.CaseOpen, Kind: k, AtRisk: 4464, Store: "S008", StoreName: "大望路店",
		StoreNameEn: "Dawanglu", OrderID: 377, OrderNo: "1122-0377", OpenedAt: at("13:31"), Next: domain.Departure, NextAt: ptr(at("23:00")),
	}
	f.Store = domain.Store{Code: "S008", Name: "大望路店", NameEn: "Dawanglu", Manager: "许诺", ManagerEn: "Xu Nuo", Phone: "137 0000 0000"}
	f.Moments = []domain.Moment{
		{What: domain.WindowClose, At: at("15:00")}, {What: domain.Picking, At: at("15:30")}, {What: domain.Departure, At: at("23:00")},
	}
	f.Quiet = domain.QuietTerms{Days: 30, Ratio100: 125}
	f.Terms = domain.Settings{}.HandlingTerms()
	f.Terms.Calendar.Zone = zone
	e := kindEvidence(k)
	e.Rule, e.RuleVersion = string(k), 1
	a := domain.Anomaly{ID: 11, Case: 7, Kind: k, Order: 377, Line: e.Line, AtRisk: 4464}
	kindOrder(&f, &a, &e)
	if p, ok := f.Products[e.Product]; ok {
		f.Row.ProductName, f.Row.ProductNameEn, f.Row.Unit, f.Row.UnitEn = p.Name, p.NameEn, p.Unit, p.UnitEn
	}
	f.Order.Total = domain.TotalOf(f.Order.Lines)
	f.Row.Why, a.Evidence = e, e
	f.Anomalies = []domain.Anomaly{a}
	return f
}

// kindOrder brings the order to where an anomaly of the kind finds it.
func kindOrder(f *domain.CaseFile, a *domain.Anomaly, e *domain.Evidence) {
	held := func(line int) {
		a.Blocks = true
		f.Order.State, f.Order.PlacedAt = domain.Accepted, at("13:05")
		f.Holds = []domain.Hold{{ID: 21, Line: line, Anomaly: 11, Kind: a.Kind, PlacedAt: at("13:05")}}
	}
	switch a.Kind {
	case domain.ShortWeight, domain.Overweight:
		f.Row.Complaint = "TS-1123-017"
		f.Row.Next, f.Row.NextAt = domain.Promise, ptr(at("17:00"))
	case domain.Exchange, domain.Return:
		f.Row.Next, f.Row.NextAt = domain.Promise, ptr(at("17:00"))
	case domain.Replenishment, domain.NotOrderable:
		f.Row.OrderID, f.Row.OrderNo, f.Order, a.Order, f.Moments = 0, "", domain.Order{}, 0, f.Moments[:2]
		f.Row.Next, f.Row.NextAt = domain.WindowClose, ptr(at("15:00"))
	case domain.OrderChange, domain.WrongOrder, domain.AmountSurge:
		held(0)
	case domain.SlowFulfilment:
		f.Order.State, f.Order.PlacedAt, f.Moments = domain.Accepted, at("09:05"), f.Moments[2:]
	case domain.QuantitySurge, domain.ZeroStock:
		held(e.Line)
	case domain.StepMismatch:
		held(e.Line)
		l := &f.Order.Lines[2]
		l.Quantity, l.Original, l.Amount = e.Quantity, e.Quantity, domain.Amount(e.Quantity, l.Price)
	default:
	}
	if a.Kind == domain.AmountSurge {
		f.Order.State = domain.Placed
		l := &f.Order.Lines[1]
		l.Quantity, l.Amount = domain.Units(980), domain.Amount(domain.Units(980), l.Price)
		e.OddLines, e.HardLimit, e.Limit = nil, "cod_limit", 2_000_000
	}
}

func kindEvidence(k domain.Kind) domain.Evidence {
	switch k {
	case domain.Exchange:
		return domain.Evidence{
			Product: "P3001", Line: 4, Quantity: domain.Units(2), Price: 3900, Told: domain.ToldDamaged, Caller: "许诺", ReceivedAt: ptr(at("07:22")),
		}
	case domain.QuantitySurge:
		return domain.Evidence{
			Product: "P1007", Line: 3, Quantity: domain.Units(48), Median: domain.Units(4), UsualLow: domain.Units(2), UsualHigh: domain.Units(6),
			Recent: []domain.Quantity{domain.Units(2), domain.Units(4), domain.Units(6)}, RestNormal: true,
		}
	case domain.AmountSurge:
		return domain.Evidence{Amount: 2_540_000, LowAmount: 310_000, HighAmount: 520_000, MedianAmount: 422_000}
	case domain.StepMismatch:
		return domain.Evidence{Product: "P1007", Line: 3, Quantity: domain.Units(50), Step: domain.Units(12), Below: domain.Units(48), Above: domain.Units(60)}
	case domain.SlowFulfilment:
		return domain.Evidence{Stage: domain.StageAllocated, StageDue: ptr(at("12:50")), Since: ptr(at("10:50"))}
	case domain.OrderChange:
		return domain.Evidence{Lines: 5, Caller: "许诺", Items: []domain.Item{
			{Line: 1, Product: "P4001", Quantity: 20_000, Wanted: 15_500, Price: 2790},
			{Line: 2, Product: "P1100", Quantity: domain.Units(12), Price: 2400},
			{Line: 3, Product: "P1007", Quantity: domain.Units(48), Wanted: domain.Units(36), Price: 1200},
		}}
	case domain.ShortWeight:
		return domain.Evidence{
			Product: "P4001", Line: 1, Quantity: 20_000, Received: ptr(domain.Quantity(18_400)), Difference: -1600, Tolerance: 200, Price: 2790,
			Slip: "GB-0712", ReceivedAt: ptr(at("07:22")),
		}
	case domain.Overweight:
		return domain.Evidence{
			Product: "P4001", Line: 1, Quantity: 20_000, Received: ptr(domain.Quantity(21_600)), Difference: 1600, Tolerance: 200, Price: 2790,
			ReceivedAt: ptr(at("07:22")),
		}
	case domain.Replenishment:
		return domain.Evidence{Foreseen: true, Day: "2026-11-23", Items: []domain.Item{
			{Product: "P1100", Wanted: domain.Units(12), Price: 2400, Times: 8, Of: 8},
			{Product: "P3001", Wanted: domain.Units(10), Price: 3900, Times: 7, Of: 8},
		}}
	case domain.ZeroStock:
		return domain.Evidence{Product: "P2044", Line: 5, Quantity: domain.Units(24), Stock: ptr(domain.Quantity(0)), Available: ptr(domain.Quantity(0))}
	case domain.NotOrderable:
		return domain.Evidence{
			Product: "P3001", Quantity: domain.Units(4), Price: 3900, Told: domain.ToldStep, Found: domain.ToldStep, Step: domain.Units(5),
			Above: domain.Units(5), Refusals: 5, Status: domain.ProductNormal,
		}
	case domain.WrongOrder:
		return domain.Evidence{Repeats: "1123-0371", RepeatsOf: 5, SameLines: 5, Lines: 5}
	case domain.Return:
		return domain.Evidence{Product: "P2044", Line: 5, Quantity: domain.Units(12), Price: 510, Told: domain.ToldExpiry, ReceivedAt: ptr(at("07:22"))}
	default:
	}
	return domain.Evidence{}
}

func kindDesk(k domain.Kind, change ...func(*domain.CaseFile)) *desk {
	d := newDesk()
	d.file = kindFile(k)
	for _, c := range change {
		c(&d.file)
	}
	return d
}

func qian() domain.Staff {
	return domain.Staff{Login: "qian", Name: "钱进", NameEn: "Qian Jin", Roles: []domain.Role{domain.RoleLogistics}, Active: true}
}

func zheng() domain.Staff {
	return domain.Staff{Login: "zheng", Name: "郑爽", NameEn: "Zheng Shuang", Roles: []domain.Role{domain.RoleManager}, Active: true}
}

// looked is what procurement found of returned goods.
func looked(f *domain.CaseFile) {
	f.Findings = append(f.Findings, domain.Finding{
		What: domain.FindGoods, Answer: domain.FoundYes, By: "zhao", ByName: "赵敏", ByNameEn: "Zhao Min", At: at("13:20"),
	})
}

// agreed is the supplier's answer to it.
func agreed(f *domain.CaseFile) {
	looked(f)
	f.Findings = append(f.Findings, domain.Finding{
		What: domain.FindSupplier, Answer: domain.FoundPart, Quantity: ptr(domain.Units(10)), By: "zhao", ByName: "赵敏", ByNameEn: "Zhao Min",
		At: at("13:30"), Note: "2盒已开封",
	})
}

// counted is procurement's word on the stock.
func counted(f *domain.CaseFile) {
	f.Row.With = domain.CustomerService
	f.Findings = []domain.Finding{{What: domain.FindStock, Answer: domain.FoundNo, By: "zhao", ByName: "赵敏", ByNameEn: "Zhao Min", At: at("13:20")}}
}

// toSign is a credit that a second person signs.
func toSign(f *domain.CaseFile) {
	a := domain.Answers{
		Look: &domain.Stamp{At: at("13:20"), By: "lin"},
		Call: &domain.Call{Stamp: domain.Stamp{At: at("13:21"), By: "lin"}, Outcome: domain.Reached, Who: domain.StoreManager, Said: domain.SaidOther, Text: "少一箱"},
		Decisions: []domain.Decision{{
			Stamp: domain.Stamp{At: at("13:22"), By: "lin"}, Target: -11, Choice: domain.ChooseCredit, Amount: 4464, Confirmed: domain.BySlip, Why: domain.WhyPacking,
		}},
		Note: "磅单已看",
	}
	raw, err := json.Marshal(a)
	if err != nil {
		panic(err)
	}
	f.Row.With = domain.Manager
	f.ToSign = &domain.ToSign{ID: 4, Version: 3, Answers: raw, Stake: 4464, By: "lin", ByName: "林梅", ByNameEn: "Lin Mei", At: at("13:23")}
}

// oneCause is a product exchanged at three stores.
func oneCause(f *domain.CaseFile) {
	f.Row.Cause, f.Row.Members, f.Row.MembersOpen, f.Row.Store, f.Row.StoreName, f.Row.StoreNameEn = "exchange P3001 2026-11-20", 3, 2, "", "", ""
	f.Row.OrderID, f.Row.OrderNo, f.Order, f.Anomalies = 0, "", domain.Order{}, nil
	for i, name := range []string{"大望路店", "亚运村店", "回龙观店"} {
		r := kindFile(domain.Exchange).Row
		r.Case, r.Parent, r.Store, r.StoreName = domain.CaseID(20+i), 7, domain.StoreCode([]string{"S008", "S040", "S044"}[i]), name
		r.StoreNameEn, r.OrderNo = []string{"Dawanglu", "Yayuncun", "Huilongguan"}[i], domain.OrderNo([]string{"1120-0377", "1120-0373", "1120-0376"}[i])
		r.Why = kindEvidence(domain.Exchange)
		f.Members = append(f.Members, r)
	}
	f.Members[1].Holder = &domain.Holder{Login: "wang", Name: "王磊", NameEn: "Wang Lei", Since: at("13:31")}
	f.Members[2].State = domain.CaseClosed
}
