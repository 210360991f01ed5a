package text

import "cleardesk/domain"

func helpsEnglish() HelpWords {
	return HelpWords{
		Clauses: "clauses", First: "first with", Steps: "What to do", Who: "Who does what", Money: "Money and moments",
		Out: "How it ends", Second: "From the amounts that are set on, another agent or a manager signs, never who proposed it.",
		AllKinds: "The thirteen kinds",
		By:       func(roles string) string { return "(" + roles + ")" },
		Kinds:    helpKindsEnglish(), Ends: helpEndsEnglish(),
	}
}

func helpEndsEnglish() map[domain.Outcome]string {
	return map[domain.Outcome]string{
		domain.ConfirmedGenuine:   "the hold goes, the usual learns it",
		domain.QuantityCorrected:  "the line becomes what the store meant and is judged again",
		domain.OrderCorrected:     "a line is changed or dropped, the order is judged again",
		domain.QuantityRounded:    "to the multiple above or below, and judged again",
		domain.LineCancelled:      "the line goes, its stock comes back",
		domain.OrderCancelled:     "the whole order goes, nothing is shipped",
		domain.LimitRaised:        "a new limit on cash on delivery with its reason; the hold goes",
		domain.StepCorrected:      "the step is put right; what that cures ends by itself",
		domain.StockCorrected:     "the stock is put right, the store's order goes on",
		domain.ListingCorrected:   "the status is put right, stores can order again",
		domain.DelistedConfirmed:  "it is no longer sold; the catalogue says so",
		domain.Substituted:        "the line goes, another product takes its place",
		domain.SupplementCreated:  "an extra order that makes up the lack, free of charge",
		domain.ConvertedToReturn:  "a return is opened and goes its own way",
		domain.RequestRefused:     "nothing is exchanged, with the reason",
		domain.Rescheduled:        "a new time for the delivery, promised to the store",
		domain.WasDelivered:       "noted as delivered",
		domain.CancelledReordered: "the order goes and is placed anew, linked to the first",
		domain.ChangeRefused:      "it has been shipped and is not changed",
		domain.Withdrawn:          "the store takes back what it asked for",
		domain.Credited:           "taken off the store's settlement",
		domain.ClaimRejected:      "it could not be shown, nothing is paid",
		domain.Charged:            "added to the store's settlement",
		domain.SurplusReturned:    "the surplus comes back into stock",
		domain.AcceptedFree:       "the store keeps the surplus free of charge",
		domain.Reordered:          "an order is placed for the store and judged as any other",
		domain.NotNeededAny:       "the store wants none",
		domain.KeptAsOrdered:      "the store stands by it, the hold goes",
		domain.Returned:           "refunded on the settlement; what can be sold goes into stock",
		domain.SupplierRejected:   "the supplier says no, nothing is returned",
		domain.FalseAlarm:         "nothing was wrong; counts against the detector, with the reason",
	}
}

func helpKindsEnglish() map[domain.Kind]HelpPage {
	return map[domain.Kind]HelpPage{
		domain.Exchange: {
			Clauses: "3.1.1, 1.2, 2.1",
			Means:   "A store asks to exchange goods it received; or a product has to be exchanged at every store that got it, one case each. Holds nothing.",
			Steps: []string{
				"See which lines, how many, why, and that they came: order and receipt stand above.",
				"Ring the store: new ones, or a return.",
				"Is there stock to replace it? Then a supplement order; if not, or not wanted, make it a return.",
				"What is not to be exchanged is refused with its reason.",
			},
			Who:   []string{"Customer service asks and decides. Procurement tells all stores at once when a whole product is concerned."},
			Money: "What the goods cost. First the answer promised to the store, then the end of the claim period, then the week's settlement.",
		},
		domain.QuantitySurge: {
			Clauses: "3.1.2, 2.2, 2.3, 4.1",
			Means:   "A line is far above what this store orders of the product. Holds the line.",
			Steps: []string{
				"See what the store ordered of it before, what all stores order, and the rest of the order.",
				"Ring the store: who answered, when, what they said. No answer: F9 counts it and sets a time.",
				"Genuine, and above the stock or the verification quantity: procurement verifies first.",
				"Release it, change it to what was meant, or drop it.",
			},
			Who:   []string{"Customer service rings and decides. Expansion reaches a manager it knows. Procurement verifies that it can be supplied."},
			Money: "The surplus over the usual. The store can change it until the window closes, we until picking; then only at receipt.",
		},
		domain.AmountSurge: {
			Clauses: "3.1.3, 2.2",
			Means:   "The order's total is far above this store's usual, or above its limit for cash on delivery. Holds the order.",
			Steps: []string{
				"See the store's last amounts, and which line makes this one.",
				"Check with the store, or with the expansion manager who knows it.",
				"Release it, correct the line that is wrong, or drop the order.",
				"Where the limit is too low a manager raises it, with the new limit and the reason.",
			},
			Who:   []string{"Customer service checks and decides. Expansion checks for it. The manager raises limits."},
			Money: "The surplus over the usual, by the same moments: window close, picking, departure.",
		},
		domain.StepMismatch: {
			Clauses: "3.1.4, 1.3, 2.4",
			Means:   "The quantity is no exact multiple of the product's step, or the store was shown another step. Holds the line.",
			Steps: []string{
				"Is the catalogue's step right?",
				"Wrong: procurement corrects it; all it made odd is judged again by itself.",
				"Right: ask the store for the multiple above or below.",
			},
			Who:   []string{"Customer service asks which multiple. Procurement corrects the step."},
			Money: "The surplus of the line, until window close, picking, departure.",
		},
		domain.SlowFulfilment: {
			Clauses: "3.1.5, 1.9, 4.4",
			Means:   "A stage has run longer than promised, or will; or an accepted order has no delivery planned. Holds nothing.",
			Steps: []string{
				"See which stage is stuck, since when, and what was promised.",
				"Logistics gives the cause and a new time.",
				"The store is told. What has come already is noted as delivered.",
				"Not wanted any more: customer service cancels it.",
			},
			Who:   []string{"Logistics finds the cause and plans anew. Customer service cancels."},
			Money: "The order's amount, fresh goods double, until the next promise.",
		},
		domain.OrderChange: {
			Clauses: "3.1.6, 1.4",
			Means:   "A store asks to change an order it placed. Holds the order until it is shipped.",
			Steps: []string{
				"Has it been shipped?",
				"Not yet: cancel it and order anew as wanted, linked; each line's quantity can be set, 0 leaves it out.",
				"Shipped: the change is refused and seen to at receipt.",
				"The store thinks better of it: withdrawn, the order goes on.",
			},
			Who:   []string{"Customer service asks and orders anew."},
			Money: "What the change takes away or adds, until picking and departure.",
		},
		domain.ShortWeight: {
			Clauses: "3.1.7, 1.5",
			Means:   "Less was received than ordered, by more than the tolerance: the larger of a share and a weight. Holds nothing.",
			Steps: []string{
				"See ordered, received, tolerance, and the slip or photo.",
				"A complaint number is there: tell the store, and until when it is answered.",
				"Warehouse, supplier or slip confirms it.",
				"Credit it, send the lack, or reject the claim.",
			},
			Who:   []string{"Customer service decides. Warehouse and supplier confirm. Finance sees it in the week's settlement."},
			Money: "What is lacking. The answer promised, the end of the claim period, the week's settlement.",
		},
		domain.Replenishment: {
			Clauses: "3.1.8, 1.6",
			Means:   "What the store orders every such day is missing, a line was dropped, or it came outside the window. Foreseen before the close, confirmed at it; one case a store.",
			Steps: []string{
				"See what is missing and how often it was ordered.",
				"Ask the store whether it wants it.",
				"Yes, and it can be had: order it for the store; each line's quantity can be set.",
				"No: note it. What the store orders itself meanwhile goes by itself.",
			},
			Who:   []string{"Customer service asks and orders. Expansion finds stores that do not answer."},
			Money: "The usual amount of what is missing, until window close and picking.",
		},
		domain.ZeroStock: {
			Clauses: "3.1.9, 1.7, 2.5",
			Means:   "What was ordered is out of stock, or more than there is. Holds the line; a refused attempt has no order.",
			Steps: []string{
				"Procurement checks the real stock.",
				"Wrong in the system: it is corrected, the store's order goes on.",
				"Really out: noted, back to customer service; the store takes less, another product, or none.",
			},
			Who:   []string{"Procurement checks and corrects. Customer service tells the store and changes the line."},
			Money: "The line's amount, until window close and picking.",
		},
		domain.NotOrderable: {
			Clauses: "3.1.10, 1.3",
			Means:   "The platform refused an attempt although the product is for sale. There is no order yet, so nothing is held.",
			Steps: []string{
				"The step first: is what the store saw the catalogue's, and the quantity a multiple?",
				"Then status, price, stock.",
				"Correct what is wrong; the stores that were refused can be told to try again.",
				"Really no longer sold: confirm that it is delisted.",
			},
			Who:   []string{"Procurement finds the cause and corrects it. Customer service tells the store."},
			Money: "The usual amount of it, until window close and picking.",
		},
		domain.Overweight: {
			Clauses: "3.1.11, 1.10",
			Means:   "More was received than ordered, by more than the tolerance. Holds nothing.",
			Steps: []string{
				"See ordered, received, tolerance, and the slip or photo.",
				"Tell the store its complaint number; will it keep or give back the surplus?",
				"Warehouse, supplier or slip confirms it.",
				"Charge it, take it back, or leave it free of charge.",
			},
			Who:   []string{"Customer service decides. Warehouse and supplier confirm. Finance sees it in the week's settlement."},
			Money: "What is too much. The answer promised, the end of the claim period, the week's settlement.",
		},
		domain.WrongOrder: {
			Clauses: "3.1.12, 1.8",
			Means:   "The store reports or cancels it; or it repeats one of the day; or it looks like a slip: a digit too many, cases for pieces, jin for kg. Holds until it is shipped.",
			Steps: []string{
				"Has it been shipped?",
				"Ring the store with the sentence above.",
				"Drop the order, or cancel and order anew, or change the one line that is wrong.",
				"The store stands by it: keep it.",
			},
			Who:   []string{"Customer service checks and decides."},
			Money: "The whole order for a repeat, the surplus for a slip; until window close, picking, departure.",
		},
		domain.Return: {
			Clauses: "3.1.13, 1.11, 4.3",
			Means:   "A store asks to return goods. Holds nothing.",
			Steps: []string{
				"See what, how many, why.",
				"Procurement looks at the goods: as told, in part, or not.",
				"It asks the supplier: agrees, in part, refuses; one that was asked has a time to answer by.",
				"Agreed: customer service writes it, refund and stock. Refused: the store is told.",
			},
			Who:   []string{"Customer service takes it in and writes it. Procurement looks, and records the supplier's answer. Finance sees it in the week's settlement."},
			Money: "What the goods cost. The answer promised, the end of the claim period, the week's settlement.",
		},
	}
}
