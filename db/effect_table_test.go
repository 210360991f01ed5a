package db_test

// outcomeCase is what an outcome does to a case made by ready: what the platform is told,
// and what stands in the tables then. Refused: resolving does not do it.
type outcomeCase struct {
	told, beside string
	refused      bool
}

// everyOutcome has an entry for each row of domain.Rules.
func everyOutcome() map[string]outcomeCase {
	return map[string]outcomeCase{
		"exchange converted_to_return": {
			beside: "order received 48999; lines P1 40000, P2 3000; told return; waiting event; P1 2000000 0 0",
		},
		"exchange false_alarm": {
			beside: "order received 48999; lines P1 40000, P2 3000; P1 2000000 0 0",
		},
		"exchange refused": {
			beside: "order received 48999; lines P1 40000, P2 3000; P1 2000000 0 0",
		},
		"exchange supplement_created": {
			told:   "order_linked O-S1, order_accepted O-S1",
			beside: "order received 48999; lines P1 40000, P2 3000; supplement O-S1 accepted 0 O; P1 2000000 0 2000",
		},
		"quantity_surge confirmed_genuine": {
			told:   "line_accepted O 1",
			beside: "order accepted 48999; lines P1 40000, P2 3000; waiting learn; quieter; P1 2000000 0 40000",
		},
		"quantity_surge false_alarm": {
			told:   "line_accepted O 1",
			beside: "order accepted 48999; lines P1 40000, P2 3000; waiting learn; quieter; P1 2000000 0 40000",
		},
		"quantity_surge line_cancelled": {
			told:   "line_cancelled O 1",
			beside: "order accepted 999; lines P1 40000 off, P2 3000; P1 2000000 0 0",
		},
		"quantity_surge order_cancelled": {
			told:   "order_cancelled O",
			beside: "order cancelled 0; lines P1 40000 off, P2 3000 off; P1 2000000 0 0",
		},
		"quantity_surge quantity_corrected": {
			told:   "quantity_changed O 1",
			beside: "order accepted 15399; lines P1 12000 waits, P2 3000; waiting recheck; held 1; P1 2000000 0 0",
		},
		"amount_surge confirmed_genuine": {
			told:   "order_accepted O",
			beside: "order accepted 48999; lines P1 40000, P2 3000; waiting learn; quieter; P1 2000000 0 40000",
		},
		"amount_surge false_alarm": {
			told:   "order_accepted O",
			beside: "order accepted 48999; lines P1 40000, P2 3000; waiting learn; quieter; P1 2000000 0 40000",
		},
		"amount_surge limit_raised": {
			told:   "order_accepted O",
			beside: "order accepted 48999; lines P1 40000, P2 3000; limit 600.00; waiting learn; P1 2000000 0 40000",
		},
		"amount_surge order_cancelled": {
			told:   "order_cancelled O",
			beside: "order cancelled 0; lines P1 40000 off, P2 3000 off; P1 2000000 0 0",
		},
		"amount_surge order_corrected": {
			told:   "line_cancelled O 1",
			beside: "order placed 999; lines P1 40000 off, P2 3000; waiting recheck; held 1; P1 2000000 0 0",
		},
		"step_mismatch false_alarm": {
			told:   "line_accepted O 1",
			beside: "order accepted 48999; lines P1 40000, P2 3000; waiting learn; P1 2000000 0 40000",
		},
		"step_mismatch line_cancelled": {
			told:   "line_cancelled O 1",
			beside: "order accepted 999; lines P1 40000 off, P2 3000; P1 2000000 0 0",
		},
		"step_mismatch order_cancelled": {
			told:   "order_cancelled O",
			beside: "order cancelled 0; lines P1 40000 off, P2 3000 off; P1 2000000 0 0",
		},
		"step_mismatch quantity_rounded": {
			told:   "quantity_changed O 1",
			beside: "order accepted 15399; lines P1 12000 waits, P2 3000; waiting recheck; held 1; P1 2000000 0 0",
		},
		"step_mismatch step_corrected": {refused: true}, // a correction is an act of its own
		"slow_fulfilment delivered": {
			beside: "order delivered 48999; lines P1 40000, P2 3000; stock shipped -40000, stock shipped -3000; told stage delivered; waiting event; P1 1960000 40000 0",
		},
		"slow_fulfilment false_alarm": {
			beside: "order accepted 48999; lines P1 40000, P2 3000; P1 2000000 0 40000",
		},
		"slow_fulfilment order_cancelled": {
			told:   "order_cancelled O",
			beside: "order cancelled 0; lines P1 40000 off, P2 3000 off; P1 2000000 0 0",
		},
		"slow_fulfilment rescheduled": {
			told:   "delivery_planned O",
			beside: "order accepted 48999; lines P1 40000, P2 3000; planned later; promised O; P1 2000000 0 40000",
		},
		"order_change cancelled_reordered": {
			told:   "order_cancelled O, order_linked O-R1",
			beside: "order cancelled 0; lines P1 40000 off, P2 3000 off; reorder O-R1 placed 14400 O; waiting order; P1 2000000 0 0",
		},
		"order_change change_refused": {
			told:   "order_released O",
			beside: "order accepted 48999; lines P1 40000, P2 3000; P1 2000000 0 40000",
		},
		"order_change false_alarm": {
			told:   "order_released O",
			beside: "order accepted 48999; lines P1 40000, P2 3000; P1 2000000 0 40000",
		},
		"order_change withdrawn": {
			told:   "order_released O",
			beside: "order accepted 48999; lines P1 40000, P2 3000; P1 2000000 0 40000",
		},
		"short_weight claim_rejected": {
			beside: "order received 48999; lines P1 40000, P2 3000; P1 2000000 0 0",
		},
		"short_weight credited": {
			told:   "settlement_adjusted O 1",
			beside: "order received 48999; lines P1 40000, P2 3000; credit -2400 line 1; P1 2000000 0 0",
		},
		"short_weight false_alarm": {
			beside: "order received 48999; lines P1 40000, P2 3000; P1 2000000 0 0",
		},
		"short_weight supplement_created": {
			told:   "order_linked O-S1, order_accepted O-S1",
			beside: "order received 48999; lines P1 40000, P2 3000; supplement O-S1 accepted 0 O; P1 2000000 0 2000",
		},
		"replenishment false_alarm": {
			beside: "P1 2000000 0 0",
		},
		"replenishment not_needed": {
			beside: "P1 2000000 0 0",
		},
		"replenishment reordered": {
			told:   "order_linked S1-D-R1",
			beside: "order placed 14400; reorder S1-D-R1 placed 14400; waiting order; P1 2000000 0 0",
		},
		"zero_stock false_alarm": {
			told:   "line_accepted O 1",
			beside: "order accepted 48999; lines P1 40000, P2 3000; waiting learn; P1 2000000 0 40000",
		},
		"zero_stock line_cancelled": {
			told:   "line_cancelled O 1",
			beside: "order accepted 999; lines P1 40000 off, P2 3000; P1 2000000 0 0",
		},
		"zero_stock order_cancelled": {
			told:   "order_cancelled O",
			beside: "order cancelled 0; lines P1 40000 off, P2 3000 off; P1 2000000 0 0",
		},
		"zero_stock quantity_corrected": {
			told:   "quantity_changed O 1",
			beside: "order accepted 15399; lines P1 12000 waits, P2 3000; waiting recheck; held 1; P1 2000000 0 0",
		},
		"zero_stock stock_corrected": {refused: true}, // a correction is an act of its own
		"zero_stock substituted": {
			told:   "line_substituted O 1",
			beside: "order accepted 5499; lines P1 40000 off, P2 3000, P3 30000 waits; waiting recheck; P1 2000000 0 0",
		},
		"not_orderable delisted_confirmed": {refused: true}, // a correction is an act of its own
		"not_orderable false_alarm": {
			beside: "P1 2000000 0 0",
		},
		"not_orderable listing_corrected": {refused: true}, // a correction is an act of its own
		"not_orderable step_corrected":    {refused: true}, // a correction is an act of its own
		"not_orderable stock_corrected":   {refused: true}, // a correction is an act of its own
		"overweight accepted_free": {
			beside: "order received 48999; lines P1 40000, P2 3000; P1 2000000 0 0",
		},
		"overweight charged": {
			told:   "settlement_adjusted O 1",
			beside: "order received 48999; lines P1 40000, P2 3000; charge 2400 line 1; P1 2000000 0 0",
		},
		"overweight false_alarm": {
			beside: "order received 48999; lines P1 40000, P2 3000; P1 2000000 0 0",
		},
		"overweight surplus_returned": {
			told:   "stock_corrected O",
			beside: "order received 48999; lines P1 40000, P2 3000; stock restocked 2000; P1 2002000 -2000 0",
		},
		"wrong_order cancelled_reordered": {
			told:   "order_cancelled O, order_linked O-R1",
			beside: "order cancelled 0; lines P1 40000 off, P2 3000 off; reorder O-R1 placed 14400 O; waiting order; P1 2000000 0 0",
		},
		"wrong_order false_alarm": {
			told:   "order_released O",
			beside: "order accepted 48999; lines P1 40000, P2 3000; waiting learn; P1 2000000 0 40000",
		},
		"wrong_order kept": {
			told:   "order_released O",
			beside: "order accepted 48999; lines P1 40000, P2 3000; waiting learn; P1 2000000 0 40000",
		},
		"wrong_order line_cancelled": {
			told:   "line_cancelled O 1",
			beside: "order accepted 999; lines P1 40000 off, P2 3000; waiting recheck; held 1; P1 2000000 0 0",
		},
		"wrong_order order_cancelled": {
			told:   "order_cancelled O",
			beside: "order cancelled 0; lines P1 40000 off, P2 3000 off; P1 2000000 0 0",
		},
		"wrong_order quantity_corrected": {
			told:   "quantity_changed O 1",
			beside: "order accepted 15399; lines P1 12000 waits, P2 3000; waiting recheck; held 1; P1 2000000 0 12000",
		},
		"return false_alarm": {
			beside: "order received 48999; lines P1 40000, P2 3000; P1 2000000 0 0",
		},
		"return returned": {
			told:   "settlement_adjusted O 1, stock_corrected O",
			beside: "order received 48999; lines P1 40000, P2 3000; return -2400 line 1; stock restocked 2000; P1 2002000 -2000 0",
		},
		"return supplier_rejected": {
			beside: "order received 48999; lines P1 40000, P2 3000; P1 2000000 0 0",
		},
		"return withdrawn": {
			beside: "order received 48999; lines P1 40000, P2 3000; P1 2000000 0 0",
		},
	}
}
