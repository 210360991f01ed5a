package text_test

import (
	"time"

	"cleardesk/domain"
)

func ptr[T any](v T) *T { return &v }

var zone = time.FixedZone("CST", 8*3600)

func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-11-23 "+clock, zone)
	if err != nil {
		panic(err)
	}
	return t
}

func kg(thousandths int64) domain.Quantity { return domain.Quantity(thousandths) }

// kindCase is a case of one anomaly of a kind, of an order of five lines.
func kindCase(k domain.Kind) domain.CaseFile {
	f := domain.CaseFile{Products: map[domain.ProductCode]domain.Product{
		"P4001": {
			Code: "P4001", Name: "五花肉", NameEn: "Pork belly", Unit: "kg", UnitEn: "kg", Weighed: true, Step: ptr(kg(500)), Price: 2790,
			Stock: ptr(kg(88_500)), Status: domain.ProductNormal,
		},
		"P1100": {Code: "P1100", Name: "鸡蛋30枚", NameEn: "Eggs 30", Unit: "板", UnitEn: "tray", Price: 2400, Stock: ptr(domain.Units(200))},
		"P1007": {
			Code: "P1007", Name: "鲜牛奶250ml", NameEn: "Fresh milk 250 ml", Unit: "袋", UnitEn: "bag", Price: 1200, Step: ptr(domain.Units(12)),
			Stock: ptr(domain.Units(1240)),
		},
		"P3001": {
			Code: "P3001", Name: "速冻水饺", NameEn: "Frozen dumplings", Unit: "袋", UnitEn: "bag", Price: 3900, Step: ptr(domain.Units(5)),
			Stock: ptr(domain.Units(318)), Status: domain.ProductNormal,
		},
		"P2044": {Code: "P2044", Name: "酸奶", NameEn: "Yoghurt", Unit: "盒", UnitEn: "box", Price: 510, Stock: ptr(domain.Quantity(0))},
	}}
	f.Order = domain.Order{ID: 377, No: "1122-0377", Store: "S008", PlacedAt: at("13:05"), State: domain.Received}
	for i, l := range []struct {
		code domain.ProductCode
		q    domain.Quantity
	}{{"P4001", kg(20_000)}, {"P1100", domain.Units(12)}, {"P1007", domain.Units(48)}, {"P3001", domain.Units(15)}, {"P2044", domain.Units(24)}} {
		p := f.Products[l.code]
		f.Order.Lines = append(f.Order.Lines, domain.Line{
			No: i + 1, Product: l.code, Quantity: l.q, Original: l.q, Price: p.Price, Amount: domain.Amount(l.q, p.Price),
		})
	}
	f.Order.Total = domain.TotalOf(f.Order.Lines)
	f.Row = domain.QueueRow{
		Case: 9, Version: 3, With: k.FirstWith(), State: domain.CaseOpen, Kind: k, AtRisk: 4464, Store: "S008", StoreName: "大望路店",
		StoreNameEn: "Dawanglu", OrderID: 377, OrderNo: "1122-0377", OpenedAt: at("13:31"), Next: domain.Departure, NextAt: ptr(at("13:46")),
	}
	e := evidenceOf(k)
	e.Rule, e.RuleVersion = string(k), 1
	if p, ok := f.Products[e.Product]; ok {
		f.Row.ProductName, f.Row.ProductNameEn, f.Row.Unit, f.Row.UnitEn = p.Name, p.NameEn, p.Unit, p.UnitEn
	}
	switch k {
	case domain.StepMismatch:
		f.Order.Lines[2].Quantity = e.Quantity
	case domain.ShortWeight, domain.Overweight:
		f.Row.Complaint = "TS-1123-017"
	case domain.Replenishment, domain.NotOrderable:
		f.Row.OrderID, f.Row.OrderNo, f.Order = 0, "", domain.Order{}
	case domain.OrderChange, domain.WrongOrder, domain.SlowFulfilment:
		f.Order.State = domain.Accepted
	default:
	}
	f.Row.Why = e
	f.Anomalies = []domain.Anomaly{{ID: 11, Case: 9, Kind: k, Order: f.Row.OrderID, Line: e.Line, Evidence: e, AtRisk: 4464}}
	return f
}

func evidenceOf(k domain.Kind) domain.Evidence {
	switch k {
	case domain.Exchange:
		return domain.Evidence{
			Product: "P3001", Line: 4, Quantity: domain.Units(2), Told: domain.ToldDamaged, Text: "袋子破了", Caller: "许诺", ReceivedAt: ptr(at("07:22")),
		}
	case domain.QuantitySurge:
		return domain.Evidence{
			Product: "P1007", Line: 3, Quantity: domain.Units(48), Median: domain.Units(4), UsualLow: domain.Units(2), UsualHigh: domain.Units(6),
			Recent: []domain.Quantity{domain.Units(2), domain.Units(4), domain.Units(6)}, RestNormal: true, Multiple: "x10", Likely: kg(4800),
		}
	case domain.AmountSurge:
		return domain.Evidence{Amount: 3_840_000, LowAmount: 310_000, HighAmount: 520_000, MedianAmount: 422_000}
	case domain.StepMismatch:
		return domain.Evidence{Product: "P1007", Line: 3, Quantity: domain.Units(50), Step: domain.Units(12), Below: domain.Units(48), Above: domain.Units(60)}
	case domain.SlowFulfilment:
		return domain.Evidence{Stage: domain.StageAllocated, StageDue: ptr(at("12:50")), Since: ptr(at("10:50"))}
	case domain.OrderChange:
		return domain.Evidence{Lines: 5, Caller: "许诺", Items: []domain.Item{
			{Line: 1, Product: "P4001", Quantity: kg(20_000), Wanted: kg(15_500)},
			{Line: 2, Product: "P1100", Quantity: domain.Units(12)},
			{Line: 3, Product: "P1007", Quantity: domain.Units(48), Wanted: domain.Units(36)},
		}}
	case domain.ShortWeight:
		return domain.Evidence{
			Product: "P4001", Line: 1, Quantity: kg(20_000), Received: ptr(kg(18_400)), Difference: kg(-1600), Tolerance: kg(200), Price: 2790,
			Slip: "GB-0712", ReceivedAt: ptr(at("07:22")),
		}
	case domain.Overweight:
		return domain.Evidence{
			Product: "P4001", Line: 1, Quantity: kg(20_000), Received: ptr(kg(21_600)), Difference: kg(1600), Tolerance: kg(200), Price: 2790,
		}
	case domain.Replenishment:
		return domain.Evidence{Foreseen: true, Day: "2026-11-23", Items: []domain.Item{
			{Product: "P1100", Wanted: domain.Units(12), Times: 8, Of: 8}, {Product: "P2044", Wanted: domain.Units(24), Times: 7, Of: 8},
		}}
	case domain.ZeroStock:
		return domain.Evidence{Product: "P2044", Line: 5, Quantity: domain.Units(24), Stock: ptr(domain.Quantity(0)), Available: ptr(domain.Quantity(0))}
	case domain.NotOrderable:
		return domain.Evidence{
			Product: "P3001", Quantity: domain.Units(4), Told: domain.ToldStep, Found: domain.ToldStep, Step: domain.Units(5), Above: domain.Units(5), Refusals: 5,
			Status: domain.ProductNormal,
		}
	case domain.WrongOrder:
		return domain.Evidence{Repeats: "1122-0371", SameLines: 5, Lines: 5}
	case domain.Return:
		return domain.Evidence{Product: "P2044", Line: 5, Quantity: domain.Units(12), Told: domain.ToldExpiry, ReceivedAt: ptr(at("07:22"))}
	default:
	}
	return domain.Evidence{}
}
