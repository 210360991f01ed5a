package text

import "cleardesk/domain"

func caseCodesEnglish() CaseCodeWords {
	return CaseCodeWords{
		Names: map[domain.Ask]string{
			domain.AskLook: "History", domain.AskCall: "Call", domain.AskDecide: "Decide", domain.AskWhy: "Why",
			domain.AskWho: "who", domain.AskSaid: "said", domain.AskOnLine: "line", domain.AskQuantity: "quantity", domain.AskRest: "the others",
			domain.AskProduct: "product", domain.AskItem: "lines", domain.AskAmount: "amount", domain.AskWhen: "time", domain.AskConfirmed: "confirmed",
			domain.AskRestock: "goods",
		},
		Parts: map[domain.Ask]string{
			domain.AskWho: "who    ", domain.AskSaid: "said   ", domain.AskOnLine: "line   ", domain.AskQuantity: "quantity ", domain.AskRest: "others ",
			domain.AskProduct: "instead ", domain.AskAmount: "amount   ", domain.AskWhen: "time     ", domain.AskConfirmed: "shown by ",
			domain.AskRestock: "goods    ", domain.AskItem: "lines    ",
		},
		Calls: map[domain.CallOutcome]string{
			domain.Reached: "answered", domain.NoAnswer: "no answer", domain.Busy: "busy", domain.WrongNumber: "wrong no.",
			domain.NotNeeded: "not needed",
		},
		Whos: map[domain.CallWho]string{domain.StoreManager: "manager", domain.StoreClerk: "clerk", domain.SomebodyElse: "other"},
		Saids: map[domain.Said]string{
			domain.SaidMistake: "a mistake", domain.SaidWanted: "wanted", domain.SaidChange: "change", domain.SaidCancel: "cancel",
			domain.SaidOther: "other", domain.SaidAsAsked: "as asked", domain.SaidLeaves: "leave it", domain.SaidEnough: "not needed",
			domain.SaidOtherGood: "other goods", domain.SaidWaits: "waits", domain.SaidCame: "it came", domain.SaidNewOnes: "send new",
			domain.SaidSendsBack: "sends back", domain.SaidCredit: "credit", domain.SaidPays: "pays", domain.SaidWontPay: "won't pay",
		},
		Choices: choicesEnglish(),
		NoOrder: map[domain.Choice]string{domain.ChooseDropLine: "tell: none left"},
		KindChoices: map[domain.Kind]map[domain.Choice]string{
			domain.WrongOrder:  {domain.ChooseGenuine: "keep it"},
			domain.Return:      {domain.ChooseRefuse: "no return"},
			domain.OrderChange: {domain.ChooseRefuse: "no change"},
			domain.ShortWeight: {domain.ChooseRefuse: "claim rejected"},
		},
		Bars:        barsEnglish(),
		Rests:       map[domain.Rest]string{domain.RestAlike: "all alike", domain.RestEach: "one by one"},
		Reasons:     reasonsEnglish(),
		Proposals:   proposalsEnglish(),
		AmountWhys:  map[domain.AmountWhy]string{domain.AmountAll: "all of it", domain.AmountBeyond: "beyond tolerance", domain.AmountGoods: "the goods", domain.AmountOrder: "just this", domain.AmountRoomy: "roomy"},
		TimeWhys:    timesEnglish(),
		Confirmers:  map[domain.Confirmer]string{domain.ByWarehouse: "warehouse", domain.BySupplier: "supplier", domain.BySlip: "slip or photo", domain.ByNobody: "nobody"},
		Restockings: map[domain.Restocking]string{domain.ToStock: "back into stock", domain.ToWaste: "not sold again"},
	}
}

func choicesEnglish() map[domain.Choice]string {
	return map[domain.Choice]string{
		domain.ChooseGenuine: "genuine", domain.ChooseChange: "new quantity", domain.ChooseDropLine: "drop line",
		domain.ChooseDropOrder: "drop order", domain.ChooseFalseAlarm: "false",
		domain.ChooseReorder: "cancel, re-order", domain.ChooseRaiseLimit: "raise limit", domain.ChooseSubstitute: "substitute",
		domain.ChooseFixStep: "step is wrong", domain.ChooseFixStock: "stock is wrong", domain.ChooseFixListing: "listing is wrong",
		domain.ChooseDelisted: "delisted", domain.ChooseSupplement: "supplement", domain.ChooseToReturn: "make it a return",
		domain.ChooseReturn: "take back", domain.ChooseCredit: "credit", domain.ChooseCharge: "charge", domain.ChooseSendBack: "surplus back",
		domain.ChooseFree: "free of charge", domain.ChooseRefuse: "refuse", domain.ChooseWithdraw: "withdrawn",
		domain.ChooseReschedule: "reschedule", domain.ChooseDelivered: "delivered", domain.ChooseOrder: "order it",
		domain.ChooseNotNeeded: "not needed",
	}
}

func barsEnglish() map[domain.Bar]string {
	return map[domain.Bar]string{
		domain.BarShipped: "shipped", domain.BarNotShipped: "not shipped", domain.BarGone: "cancelled", domain.BarNoOrder: "no order",
		domain.BarDelivered: "delivered", domain.BarNoStock: "none left", domain.BarNotOrderable: "none can be had", domain.BarNoLimit: "no limit passed",
		domain.BarNotAccepted: "not accepted yet", domain.BarNothingDue: "nothing to settle",
		domain.BarRejected: "refused before", domain.BarNotRejected: "nobody refused yet",
	}
}

func reasonsEnglish() map[domain.ReasonCode]string {
	return map[domain.ReasonCode]string{
		domain.WhyExtraDigit: "digit too many", domain.WhyCaseForPiece: "cases for pieces", domain.WhyWrongItem: "wrong item",
		domain.WhyTwice: "twice", domain.WhyNotWanted: "not wanted", domain.WhyStepUnknown: "step unknown", domain.WhyNoStock: "no stock",
		domain.WhyEvent: "feast or group", domain.WhyStockUp: "stocks up", domain.WhyGrowth: "sells more", domain.WhyNewItem: "new item",
		domain.WhyUsualHere: "usual here", domain.WhyFewOrders: "too few orders", domain.WhyWrongData: "wrong data",
		domain.WhyGoodPayer: "pays well", domain.WhyForgot: "forgot", domain.WhyCouldNot: "could not", domain.WhyLate: "too late",
		domain.WhyEnough: "has enough", domain.WhySeason: "season over", domain.WhyOtherSource: "bought elsewhere",
		domain.WhyEntry: "typed wrong", domain.WhyImport: "imported wrong", domain.WhyPack: "new pack", domain.WhySupplierSays: "supplier",
		domain.WhyDamaged: "broken", domain.WhyExpiry: "near expiry", domain.WhyQuality: "quality", domain.WhyWrongGoods: "wrong goods",
		domain.WhyNotShown: "no proof", domain.WhyTooLate: "told too late", domain.WhyStoreFault: "store's fault", domain.WhyPacking: "packed wrong",
		domain.WhyScale: "scale", domain.WhyOnTheWay: "lost on the way", domain.WhyGoodwill: "goodwill", domain.WhyShipped: "shipped",
		domain.WhyStoreAsks: "store asks", domain.WhyStoreAgrees: "store agrees", domain.WhySolved: "solved", domain.WhyMisunderstood: "misheard",
		domain.WhyToldTwice: "told twice", domain.WhyVan: "van", domain.WhyWarehouse: "warehouse", domain.WhySupplierLate: "supplier late",
		domain.WhyTraffic: "traffic", domain.WhyNotTold: "not told", domain.WhySystemLate: "system late", domain.WhyOther: "other",
	}
}

func proposalsEnglish() map[domain.ProposalWhy]string {
	return map[domain.ProposalWhy]string{
		domain.ProposeLikely: "likely", domain.ProposeZeroLess: "a zero less", domain.ProposeUndouble: "typed once",
		domain.ProposeCase: "pieces", domain.ProposeMedian: "median", domain.ProposeTop: "usual top", domain.ProposeBelow: "below",
		domain.ProposeAbove: "above", domain.ProposeStock: "all there is", domain.ProposeAsked: "as asked", domain.ProposeDiffers: "all of it", domain.ProposeUsual: "usual", domain.ProposeApproved: "approved",
		domain.ProposeAsOrdered: "as ordered",
	}
}

func timesEnglish() map[domain.TimeWhy]string {
	return map[domain.TimeWhy]string{
		domain.TimeNextVan: "next van", domain.TimeLaterVan: "the one after", domain.TimeHour: "in an hour", domain.TimeNow: "now",
		domain.TimeHourAgo: "an hour ago", domain.TimePromised: "as promised",
	}
}
