package domain

// ReasonCode is the reason of an act, from the short list of its choice.
type ReasonCode string

// The reasons of what was ordered.
const (
	WhyExtraDigit   ReasonCode = "extra_digit"
	WhyCaseForPiece ReasonCode = "case_for_piece"
	WhyWrongItem    ReasonCode = "wrong_item"
	WhyTwice        ReasonCode = "twice"
	WhyNotWanted    ReasonCode = "not_wanted"
	WhyStepUnknown  ReasonCode = "step_unknown" // the store did not know the step
	WhyNoStock      ReasonCode = "no_stock"
	WhyEvent        ReasonCode = "event" // a feast, a promotion, a group's order
	WhyStockUp      ReasonCode = "stock_up"
	WhyGrowth       ReasonCode = "growth" // the store sells more now
	WhyNewItem      ReasonCode = "new_item"
	WhyUsualHere    ReasonCode = "usual_here" // it is usual for this store
	WhyFewOrders    ReasonCode = "few_orders" // too little was known of the store
	WhyWrongData    ReasonCode = "wrong_data" // step, case or stock in the catalogue is wrong
	WhyGoodPayer    ReasonCode = "good_payer" // the store always pays
	WhyForgot       ReasonCode = "forgot"
	WhyCouldNot     ReasonCode = "could_not" // the store tried and could not order
	WhyLate         ReasonCode = "late"      // it ordered after the window
	WhyEnough       ReasonCode = "enough"    // it has enough of it
	WhySeason       ReasonCode = "season"
	WhyOtherSource  ReasonCode = "other_source" // it buys it elsewhere
	WhyOther        ReasonCode = "other"        // in the text
)

// The reasons of what the catalogue has wrong; corrections know the same.
const (
	WhyEntry        ReasonCode = ReasonCode(WrongEntry)
	WhyImport       ReasonCode = ReasonCode(WrongImport)
	WhyPack         ReasonCode = ReasonCode(NewPack)
	WhySupplierSays ReasonCode = ReasonCode(SupplierChange)
)

// The reasons of what was delivered, and of what a store asks for.
const (
	WhyDamaged       ReasonCode = "damaged"
	WhyExpiry        ReasonCode = "expiry" // too near its date
	WhyQuality       ReasonCode = "quality"
	WhyWrongGoods    ReasonCode = "wrong_goods" // other goods than ordered were brought
	WhyNotShown      ReasonCode = "not_shown"   // neither slip nor photo
	WhyTooLate       ReasonCode = "too_late"
	WhyStoreFault    ReasonCode = "store_fault" // it came to harm at the store
	WhyPacking       ReasonCode = "packing"
	WhyScale         ReasonCode = "scale"
	WhyOnTheWay      ReasonCode = "on_the_way"
	WhyGoodwill      ReasonCode = "goodwill"
	WhyShipped       ReasonCode = "shipped"
	WhyStoreAsks     ReasonCode = "store_asks"
	WhyStoreAgrees   ReasonCode = "store_agrees"
	WhySolved        ReasonCode = "solved" // otherwise
	WhyMisunderstood ReasonCode = "misunderstood"
	WhyToldTwice     ReasonCode = "told_twice"
	WhyVan           ReasonCode = "van"
	WhyWarehouse     ReasonCode = "warehouse"
	WhySupplierLate  ReasonCode = "supplier_late"
	WhyTraffic       ReasonCode = "traffic"
	WhyNotTold       ReasonCode = "not_told" // the stage was reached, nobody told
	WhySystemLate    ReasonCode = "system_late"
)

// ReasonCodes lists every reason there is.
func ReasonCodes() []ReasonCode {
	return []ReasonCode{
		WhyExtraDigit, WhyCaseForPiece, WhyWrongItem, WhyTwice, WhyNotWanted, WhyStepUnknown, WhyNoStock, WhyEvent, WhyStockUp, WhyGrowth,
		WhyNewItem, WhyUsualHere, WhyFewOrders, WhyWrongData, WhyGoodPayer, WhyForgot, WhyCouldNot, WhyLate, WhyEnough, WhySeason,
		WhyOtherSource, WhyEntry, WhyImport, WhyPack, WhySupplierSays, WhyDamaged, WhyExpiry, WhyQuality, WhyWrongGoods, WhyNotShown,
		WhyTooLate, WhyStoreFault, WhyPacking, WhyScale, WhyOnTheWay, WhyGoodwill, WhyShipped, WhyStoreAsks, WhyStoreAgrees, WhySolved,
		WhyMisunderstood, WhyToldTwice, WhyVan, WhyWarehouse, WhySupplierLate, WhyTraffic, WhyNotTold, WhySystemLate, WhyOther,
	}
}

// Reasons lists the reasons of a choice about an anomaly of a kind, in the order they
// are offered; the last is always "other", which takes a text.
func Reasons(k Kind, c Choice) []ReasonCode {
	w, _ := wayOf(k, c)
	return append(w.why[:len(w.why):len(w.why)], WhyOther)
}

// closeReason is what to mend after a choice for a reason.
func closeReason(c Choice, why ReasonCode) CloseReason {
	_, _, corrects := c.correction()
	switch {
	case why == WhyWrongData || corrects:
		return MasterDataBad
	case c == ChooseFalseAlarm:
		return RuleWrong
	case c == ChooseGenuine, c == ChooseRaiseLimit, c == ChooseNotNeeded, c == ChooseWithdraw, c == ChooseRefuse:
		return UnusualRight
	default:
		return RealError
	}
}
