package main

import "maps"

// How the orders stand of which nothing was changed, before and after their goods came.
const (
	plain    = "accepted 51870; P2001 15000, P1007 36000"
	received = "received 51870; P2001 15000, P1007 36000"
)

// endings tells how things stand after each outcome.
func endings() map[string]string {
	all := endingsOfOrders()
	maps.Copy(all, endingsOfDeliveries())
	return all
}

func endingsOfOrders() map[string]string {
	return map[string]string{
		"quantity_surge confirmed_genuine":  "accepted 584670; P2001 15000, P1007 480000",
		"quantity_surge quantity_corrected": "accepted 66270; P2001 15000, P1007 48000",
		"quantity_surge line_cancelled":     "accepted 8670; P2001 15000, P1007 480000 off",
		"quantity_surge order_cancelled":    "cancelled 0; P2001 15000 off, P1007 480000 off",
		"quantity_surge false_alarm":        "accepted 584670; P2001 15000, P1007 480000",

		"amount_surge confirmed_genuine": plain,
		"amount_surge order_corrected":   "placed 44067; P2001 1500, P1007 36000; held 1; open amount_surge", // still above the limit
		"amount_surge order_cancelled":   "cancelled 0; P2001 15000 off, P1007 36000 off",
		"amount_surge limit_raised":      plain + "; limit 1000.00",
		"amount_surge false_alarm":       plain,

		"step_mismatch quantity_rounded": plain,
		"step_mismatch line_cancelled":   "accepted 43200; P2001 15300 off, P1007 36000",
		"step_mismatch order_cancelled":  "cancelled 0; P2001 15300 off, P1007 36000 off",
		"step_mismatch step_corrected":   "accepted 52043; P2001 15300, P1007 36000; step 500 > 100",
		"step_mismatch false_alarm":      "accepted 52043; P2001 15300, P1007 36000",

		"order_change cancelled_reordered": "cancelled 0; P2001 15000 off, P1007 36000 off; reorder accepted 37470",
		"order_change change_refused":      "shipped 51870; P2001 15000, P1007 36000",
		"order_change withdrawn":           plain,
		"order_change false_alarm":         plain,

		"replenishment reordered":   "reorder accepted 43200",
		"replenishment not_needed":  "",
		"replenishment false_alarm": "",

		"zero_stock quantity_corrected": "accepted 56370; P2001 15000, P1007 36000, SC01 5000",
		"zero_stock substituted":        "accepted 57270; P2001 15000, P1007 36000, SC02 6000 off, P1008 6000",
		"zero_stock line_cancelled":     "accepted 51870; P2001 15000, P1007 36000, SC03 6000 off",
		"zero_stock order_cancelled":    "cancelled 0; P2001 15000 off, P1007 36000 off, SC04 6000 off",
		"zero_stock stock_corrected":    "accepted 57270; P2001 15000, P1007 36000, SC05 6000; counted SC05 45000; stock 5000 > 50000",
		"zero_stock false_alarm":        "accepted 57270; P2001 15000, P1007 36000, SC06 6000",

		"not_orderable step_corrected":     "step 1000 > 100",
		"not_orderable stock_corrected":    "counted SC02 45000; stock 5000 > 50000",
		"not_orderable listing_corrected":  "listing normal > normal",
		"not_orderable delisted_confirmed": "listing normal > delisted",
		"not_orderable false_alarm":        "",

		"wrong_order quantity_corrected":  "accepted 44067; P2001 1500, P1007 36000",
		"wrong_order line_cancelled":      "accepted 43200; P2001 15000 off, P1007 36000",
		"wrong_order order_cancelled":     "cancelled 0; P2001 15000 off, P1007 36000 off",
		"wrong_order cancelled_reordered": "cancelled 0; P2001 15000 off, P1007 36000 off; reorder accepted 51870",
		"wrong_order kept":                plain,
		"wrong_order false_alarm":         plain,
	}
}

func endingsOfDeliveries() map[string]string {
	return map[string]string{
		"slow_fulfilment rescheduled":     plain + "; planned anew",
		"slow_fulfilment delivered":       "delivered 51870; P2001 15000, P1007 36000; told stage delivered",
		"slow_fulfilment order_cancelled": "cancelled 0; P2001 15000 off, P1007 36000 off",
		"slow_fulfilment false_alarm":     plain,

		"short_weight credited":           received + "; credit -714",
		"short_weight supplement_created": received + "; supplement accepted 0",
		"short_weight claim_rejected":     received,
		"short_weight false_alarm":        received,

		"overweight charged":          received + "; charge 714",
		"overweight surplus_returned": received + "; restocked P2001 1235",
		"overweight accepted_free":    received,
		"overweight false_alarm":      received,

		"exchange supplement_created":  received + "; supplement accepted 0",
		"exchange converted_to_return": received + "; told return; open return",
		"exchange refused":             received,
		"exchange false_alarm":         received,

		"return returned":          received + "; return -14400; restocked P1007 12000",
		"return supplier_rejected": received,
		"return withdrawn":         received,
		"return false_alarm":       received,
	}
}
