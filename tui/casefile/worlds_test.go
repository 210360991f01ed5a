package casefile_test

import (
	"encoding/json"

	"cleardesk/domain"
)

func zhao() domain.Staff {
	return domain.Staff{Login: "zhao", Name: "赵敏", NameEn: "Zhao Min", Roles: []domain.Role{domain.RoleProcurement}, Active: true}
}

func heldByWang(d *desk) {
	d.file.Row.Holder = &domain.Holder{Login: "wang", Name: "王磊", NameEn: "Wang Lei", Since: at("13:31"), Until: at("13:55"), No: 4}
}

func closed(d *desk) {
	d.file.Row.State, d.file.Row.ClosedAt = domain.CaseClosed, ptr(at("13:38"))
	d.file.Anomalies[0].Outcome = domain.QuantityCorrected
	d.file.Holds = nil
	d.file.Records = []domain.ResolutionRecord{{
		Second: &domain.Person{Login: "zheng", Name: "郑洁", NameEn: "Zheng Jie"},
		ID:     1, Anomaly: 11, Kind: domain.QuantitySurge, Outcome: domain.QuantityCorrected, CloseReason: domain.RealError,
		Reason: string(domain.WhyExtraDigit), Note: "店长说少打了一个点", By: "wang", ByName: "王磊", ByNameEn: "Wang Lei", At: at("13:38"),
	}}
}

// aboveStock makes the quantity one that procurement verifies first.
func aboveStock(d *desk) {
	p := d.file.Products["P1007"]
	p.Stock = ptr(domain.Units(300))
	d.file.Products["P1007"] = p
}

func atProcurement(d *desk) {
	aboveStock(d)
	d.file.Row.With = domain.Procurement
	a := domain.Answers{
		Look:      &domain.Stamp{At: at("13:20"), By: "lin"},
		Call:      &domain.Call{Stamp: domain.Stamp{At: at("13:21"), By: "lin"}, Outcome: domain.Reached, Who: domain.StoreManager, Said: domain.SaidWanted},
		Decisions: []domain.Decision{{Target: 2, Choice: domain.ChooseGenuine, Why: domain.WhyEvent}},
		Note:      "校庆团购",
	}
	raw, err := json.Marshal(a)
	if err != nil {
		panic(err)
	}
	d.file.Draft = &domain.Draft{By: "lin", Answers: raw, Act: "0d3f8a34-1f4e-4c56-9a3d-0d3c9e0d3f8a", SavedAt: at("13:22")}
}

// amountToo adds the order's amount, which the milk makes.
func amountToo(d *desk) {
	d.file.Row.More = 1
	d.file.Order.State = domain.Placed
	d.file.Anomalies = append(d.file.Anomalies, domain.Anomaly{
		ID: 12, Case: 7, Kind: domain.AmountSurge, Order: 398, Blocks: true, AtRisk: 400_000,
		Evidence: domain.Evidence{OddLines: []int{2}, Amount: d.file.Order.Total, HighAmount: 490_000, LowAmount: 360_000, MedianAmount: 412_000},
	})
	d.file.Holds = append(d.file.Holds, domain.Hold{ID: 22, Anomaly: 12, Kind: domain.AmountSurge, PlacedAt: at("13:31")})
}

// twoLines adds a second odd line and the amount both make, so that there are three
// decisions.
func twoLines(d *desk) {
	amountToo(d)
	d.file.Anomalies[1].Evidence.OddLines = []int{2, 4}
	e := d.file.Anomalies[0].Evidence
	e.Product, e.Line, e.Recent, e.Earlier, e.P999, e.Multiple = "P2044", 4, nil, 0, 0, ""
	e.Quantity, e.Median, e.UsualLow, e.UsualHigh = domain.Units(100), domain.Units(8), domain.Units(4), domain.Units(12)
	d.file.Anomalies = append(d.file.Anomalies, domain.Anomaly{ID: 13, Case: 7, Kind: domain.QuantitySurge, Order: 398, Line: 4, Evidence: e, Blocks: true})
	d.file.Holds = append(d.file.Holds, domain.Hold{ID: 23, Line: 4, Anomaly: 13, Kind: domain.QuantitySurge, PlacedAt: at("13:31")})
}
