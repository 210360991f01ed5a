package domain

// procedure is one row for each kind: its ways out in the order they are offered,
// which is the order of its clause.
type procedure struct {
	kind Kind
	ways []way
}

// way is one way out: what the choice makes of the anomaly, what else it asks, and the
// reasons it may have.
type way struct {
	choice  Choice
	outcome Outcome
	asks    []Ask
	why     []ReasonCode // "other" ends every list
}

// procedures is the table of "The procedures": first what is decided before the goods
// leave, then what is decided after. It is never changed.
var procedures = append(ordering(), delivering()...)

func procedureOf(k Kind) procedure {
	for _, p := range procedures {
		if p.kind == k {
			return p
		}
	}
	return procedure{}
}

var (
	slips     = []ReasonCode{WhyExtraDigit, WhyCaseForPiece, WhyWrongItem, WhyTwice}
	unwanted  = []ReasonCode{WhyExtraDigit, WhyWrongItem, WhyTwice, WhyNotWanted}
	whatFor   = []ReasonCode{WhyEvent, WhyStockUp, WhyGrowth, WhyNewItem}
	noSurge   = []ReasonCode{WhyUsualHere, WhyFewOrders, WhyWrongData}
	goodData  = []ReasonCode{WhyWrongData, WhyUsualHere}
	outOf     = []ReasonCode{WhyNoStock, WhyNotWanted, WhyExtraDigit}
	entered   = []ReasonCode{WhyEntry, WhyImport, WhyPack, WhySupplierSays}
	notSo     = []ReasonCode{WhyToldTwice, WhyMisunderstood, WhyWrongData}
	takesBack = []ReasonCode{WhyStoreAgrees, WhySolved, WhyMisunderstood}
	badGoods  = []ReasonCode{WhyDamaged, WhyExpiry, WhyQuality, WhyWrongGoods}
	notOwed   = []ReasonCode{WhyNotShown, WhyTooLate, WhyStoreFault}
	packing   = []ReasonCode{WhyPacking, WhyScale, WhyOnTheWay}
)

// ordering are the kinds about what was ordered, or could not be.
func ordering() []procedure {
	line, quantity := []Ask{AskOnLine}, []Ask{AskOnLine, AskQuantity}
	return []procedure{
		{QuantitySurge, []way{
			{ChooseGenuine, ConfirmedGenuine, nil, whatFor},
			{ChooseChange, QuantityCorrected, quantity, slips},
			{ChooseDropLine, LineCancelled, line, unwanted},
			{ChooseDropOrder, OrderCancelled, nil, unwanted},
			{ChooseFalseAlarm, FalseAlarm, nil, noSurge},
		}},
		{AmountSurge, []way{
			{ChooseGenuine, ConfirmedGenuine, nil, whatFor},
			{ChooseChange, OrderCorrected, quantity, slips},
			{ChooseDropLine, OrderCorrected, line, unwanted},
			{ChooseDropOrder, OrderCancelled, nil, unwanted},
			{ChooseFalseAlarm, FalseAlarm, nil, noSurge},
			{ChooseRaiseLimit, LimitRaised, []Ask{AskAmount}, []ReasonCode{WhyGrowth, WhyGoodPayer, WhyEvent}},
		}},
		{StepMismatch, []way{
			{ChooseChange, QuantityRounded, quantity, []ReasonCode{WhyStepUnknown, WhyCaseForPiece, WhyExtraDigit}},
			{ChooseDropLine, LineCancelled, line, unwanted},
			{ChooseDropOrder, OrderCancelled, nil, unwanted},
			{ChooseFalseAlarm, FalseAlarm, nil, goodData},
			{ChooseFixStep, StepCorrected, nil, entered},
		}},
		{OrderChange, []way{
			{ChooseReorder, CancelledReordered, []Ask{AskItem}, []ReasonCode{WhyStoreAsks, WhyWrongItem, WhyExtraDigit, WhyTwice}},
			{ChooseRefuse, ChangeRefused, nil, []ReasonCode{WhyShipped, WhyTooLate}},
			{ChooseWithdraw, Withdrawn, nil, takesBack},
			{ChooseFalseAlarm, FalseAlarm, nil, notSo},
		}},
		{Replenishment, []way{
			{ChooseOrder, Reordered, []Ask{AskItem}, []ReasonCode{WhyForgot, WhyCouldNot, WhyLate}},
			{ChooseNotNeeded, NotNeededAny, nil, []ReasonCode{WhyEnough, WhySeason, WhyOtherSource}},
			{ChooseFalseAlarm, FalseAlarm, nil, noSurge},
		}},
		{ZeroStock, []way{
			{ChooseChange, QuantityCorrected, quantity, outOf},
			{ChooseDropLine, LineCancelled, line, outOf},
			{ChooseDropOrder, OrderCancelled, nil, outOf},
			{ChooseFalseAlarm, FalseAlarm, nil, goodData},
			{ChooseSubstitute, Substituted, []Ask{AskProduct, AskQuantity}, []ReasonCode{WhyNoStock, WhyStoreAgrees}},
			{ChooseFixStock, StockCorrected, nil, entered},
		}},
		{NotOrderable, []way{
			{ChooseFixStep, StepCorrected, nil, entered},
			{ChooseFixStock, StockCorrected, nil, entered},
			{ChooseFixListing, ListingCorrected, nil, entered},
			{ChooseDelisted, DelistedConfirmed, nil, []ReasonCode{WhySupplierSays, WhySeason, WhyQuality}},
			{ChooseFalseAlarm, FalseAlarm, nil, notSo},
		}},
		{WrongOrder, []way{
			{ChooseDropOrder, OrderCancelled, nil, []ReasonCode{WhyTwice, WhyWrongItem, WhyExtraDigit, WhyNotWanted}},
			{ChooseReorder, CancelledReordered, []Ask{AskItem}, slips},
			{ChooseChange, QuantityCorrected, quantity, slips},
			{ChooseDropLine, LineCancelled, line, unwanted},
			{ChooseGenuine, KeptAsOrdered, nil, whatFor},
			{ChooseFalseAlarm, FalseAlarm, nil, noSurge},
		}},
	}
}

// delivering are the kinds about what was delivered, or is late.
func delivering() []procedure {
	return []procedure{
		{SlowFulfilment, []way{
			{ChooseReschedule, Rescheduled, []Ask{AskWhen}, []ReasonCode{WhyVan, WhyWarehouse, WhySupplierLate, WhyTraffic, WhyNoStock}},
			{ChooseDelivered, WasDelivered, []Ask{AskWhen}, []ReasonCode{WhyNotTold, WhySystemLate}},
			{ChooseDropOrder, OrderCancelled, nil, []ReasonCode{WhyStoreAsks, WhyNoStock, WhyVan}},
			{ChooseFalseAlarm, FalseAlarm, nil, []ReasonCode{WhyNotTold, WhyWrongData}},
		}},
		{Exchange, []way{
			{ChooseSupplement, SupplementCreated, []Ask{AskQuantity}, badGoods},
			{ChooseToReturn, ConvertedToReturn, []Ask{AskQuantity}, []ReasonCode{WhyNoStock, WhyNotWanted, WhyQuality}},
			{ChooseRefuse, RequestRefused, nil, notOwed},
			{ChooseFalseAlarm, FalseAlarm, nil, notSo},
		}},
		{ShortWeight, []way{
			{ChooseCredit, Credited, []Ask{AskAmount, AskConfirmed}, packing},
			{ChooseSupplement, SupplementCreated, []Ask{AskQuantity, AskConfirmed}, packing},
			{ChooseRefuse, ClaimRejected, []Ask{AskConfirmed}, notOwed},
			{ChooseFalseAlarm, FalseAlarm, nil, notSo},
		}},
		{Overweight, []way{
			{ChooseCharge, Charged, []Ask{AskAmount, AskConfirmed}, packing},
			{ChooseSendBack, SurplusReturned, []Ask{AskQuantity, AskConfirmed}, packing},
			{ChooseFree, AcceptedFree, nil, []ReasonCode{WhyGoodwill, WhyPacking, WhyScale}},
			{ChooseFalseAlarm, FalseAlarm, nil, notSo},
		}},
		{Return, []way{
			{ChooseReturn, Returned, []Ask{AskQuantity, AskAmount, AskRestock}, append(badGoods[:4:4], WhyNotWanted)},
			{ChooseRefuse, SupplierRejected, nil, []ReasonCode{WhySupplierSays, WhyNotShown, WhyTooLate, WhyStoreFault}},
			{ChooseWithdraw, Withdrawn, nil, takesBack},
			{ChooseFalseAlarm, FalseAlarm, nil, notSo},
		}},
	}
}
