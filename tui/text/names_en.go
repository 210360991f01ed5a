package text

import "cleardesk/domain"

func namesEnglish() NameWords {
	return NameWords{
		Short: map[domain.Kind]string{
			domain.Exchange: "Exchange", domain.QuantitySurge: "Quantity", domain.AmountSurge: "Amount",
			domain.StepMismatch: "Step", domain.SlowFulfilment: "Late", domain.OrderChange: "Change",
			domain.ShortWeight: "Short wt", domain.Replenishment: "Gap", domain.ZeroStock: "No stock",
			domain.NotOrderable: "Blocked", domain.Overweight: "Over wt", domain.WrongOrder: "Wrong",
			domain.Return: "Return",
		},
		Long: map[domain.Kind]string{
			domain.Exchange: "Exchange", domain.QuantitySurge: "Quantity surge", domain.AmountSurge: "Excessive amount",
			domain.StepMismatch: "Step mismatch", domain.SlowFulfilment: "Slow fulfilment",
			domain.OrderChange: "Order change", domain.ShortWeight: "Short weight",
			domain.Replenishment: "Replenishment gap", domain.ZeroStock: "Zero stock",
			domain.NotOrderable: "Not orderable", domain.Overweight: "Overweight", domain.WrongOrder: "Wrong order",
			domain.Return: "Return",
		},
		Departments: map[domain.Department]string{
			domain.CustomerService: "customer service", domain.Manager: "manager", domain.Expansion: "expansion",
			domain.Procurement: "procurement", domain.Logistics: "logistics", domain.Training: "training",
			domain.Finance: "finance",
		},
		Roles: map[domain.Role]string{
			domain.RoleAgent: "agent", domain.RoleManager: "manager", domain.RoleExpansion: "expansion",
			domain.RoleProcurement: "procurement", domain.RoleLogistics: "logistics", domain.RoleTraining: "training",
			domain.RoleFinance: "finance",
		},
		Outcomes: outcomesEnglish(),
		Who: map[domain.WhoCan]string{
			domain.StoreCan: "st", domain.WeCan: "us", domain.ReceiptOnly: "rc",
		},
		WhoLong: map[domain.WhoCan]string{
			domain.StoreCan: "the store can change it", domain.WeCan: "only we can change it",
			domain.ReceiptOnly: "only at receipt",
		},
		Moments: map[domain.MomentKind]string{
			domain.WindowClose: "window closes", domain.Picking: "picking", domain.Departure: "departure",
			domain.Promise: "promised", domain.ClaimEnds: "end of the claim period", domain.WeekEnds: "week's settlement",
		},
		States: map[domain.OrderState]string{
			domain.Placed: "placed", domain.Accepted: "accepted", domain.Allocated: "allocated",
			domain.Shipped: "shipped", domain.Delivered: "delivered", domain.Received: "received",
			domain.Settled: "settled", domain.Cancelled: "cancelled", domain.Refused: "refused",
		},
		CaseStates: map[domain.CaseState]string{
			domain.CaseOpen: "open", domain.CaseSnoozed: "later", domain.CaseClosed: "closed",
		},
	}
}

func outcomesEnglish() map[string]string {
	return map[string]string{
		"supplement_created": "supplement order", "converted_to_return": "made a return", "refused": "refused",
		"confirmed_genuine": "genuine", "quantity_corrected": "new quantity", "line_cancelled": "line dropped",
		"order_cancelled": "order dropped", "order_corrected": "order corrected", "limit_raised": "limit raised",
		"step_corrected": "step corrected", "quantity_rounded": "quantity rounded", "delivered": "delivered",
		"cancelled_reordered": "cancelled, ordered anew", "change_refused": "change refused",
		"withdrawn": "withdrawn", "credited": "credited", "claim_rejected": "claim rejected", "charged": "charged",
		"surplus_returned": "surplus returned", "accepted_free": "accepted free", "reordered": "ordered anew",
		"not_needed": "not needed", "stock_corrected": "stock corrected", "substituted": "substituted",
		"listing_corrected": "listing corrected", "delisted_confirmed": "delisted, confirmed", "kept": "kept",
		"returned": "returned", "supplier_rejected": "supplier rejected", "false_alarm": "false alarm",
		"rescheduled": "rescheduled", "lapsed": "filled by itself", "merged": "merged",
	}
}
