package text

import "cleardesk/domain"

// SettleWords are the words of the weekly settlement.
type SettleWords struct {
	Name     string
	Week     func(from, to string) string // the title
	Signed   func(by, at string) string
	Unsigned string
	Running  string
	Sums     string // how the figures hang together
	Filtered func(words string, hidden int) string

	HeadStore, HeadDelivered, HeadCredits, HeadCharges, HeadReturns, HeadDue, HeadCollected, HeadDiff, HeadOpen, HeadState string
	HeadDay, HeadOrder, HeadAdjusted, HeadRecord                                                                           string
	States                                                                                                                 map[domain.SettleState]string
	Others                                                                                                                 func(n int) string
	Match                                                                                                                  string // of the folded row
	All                                                                                                                    func(n int) string
	None                                                                                                                   string

	Of       func(store string, deliveries int) string
	Parts    func(delivered, credits, charges, returns string) string
	Refused  func(amount string) string
	Taken    func(order string) string
	Carried  func(week string) string
	Wrote    func(kind, outcome, when, by string) string
	Back     func(kind, when, by string) string
	Open     func(kind, risk string) string
	Sent     func(dept, note, by string) string
	Returned func(dept, note, by string) string
	Accepted func(note, by string) string
	Nothing  string

	TheWeek     string // the rule over the last part
	Proven      func(records int, credits, charges, returns string) string
	Unproven    func(credits, charges, returns string) string
	OpenCases   func(n int, risk, rounding, rounded string) string
	Differences func(look int, lookSum string, sent int, sentSum string, refused int, refusedSum string) string
	Ready       string
	NotReady    func(look int) string
	NotOver     string
	WasSigned   string

	Records, Mark, SendBack, WeekKeys, SignKey, AcceptKey, ReturnKey string
	Print                                                            string
	SendHead                                                         func(stores string) string
	ReturnHead                                                       func(store, dept string) string
	AcceptHead                                                       func(store, diff string) string
	SignHead                                                         func(week string) string
	ToDept, Note, Found, Why                                         string
	SendSum                                                          func(dept, diff, note string) string
	ReturnSum                                                        func(note string) string
	AcceptSum                                                        func(diff, note string) string
	SignSum                                                          func(due, collected, diff string, open, sent int) string
	DidSend, DidReturn, DidAccept, DidSign                           func(what string) string
	Some                                                             func(done, failed int, why string) string
	NoDifference, NotMine, MineToo, Stores                           string

	CashKey, Cash, CashWhen, CashOrderFirst string // money taken, entered by the accountant
	CashHead                                func(order, due, taken string) string
	CashReads                               func(diff string) string
	CashAt                                  func(day string) []string
	CashSum                                 func(amount, order, when, diff string) string
	DidCash                                 func(amount, order string) string
}
