package text

import "cleardesk/domain"

// CaseEffectWords say what is written beside the order's lines, and what comes next
// where it is not written here.
type CaseEffectWords struct {
	Settle, Order, Stock, Delivery, Limit, Return, Catalogue, Sign string // at the left, as short as the other rows

	Adjust      map[string]func(name string) string // by what it is on the settlement
	Wasted      string                              // what comes back is not sold again
	Made        map[domain.Link]func(items string) string
	Item        func(name, q string) string
	Items       func(n int) string
	Back        func(name, q string) string // into stock
	Taken       func(name, q string) string // out of stock
	Opens       func(name, q string) string // a return of its own
	Planned     func(when string) string
	Delivered   func(when string) string
	Came        func(when string) string              // the same beside its name
	Anew        func(changed string, same int) string // an order that is made again
	MoreChanged func(n int) string
	Late        func(items string) string // lines that missed their order
	LimitTo     func(before, after string) string
	Instead     func(name, q string) string // a line in place of another
	Nothing     string
	Correct     func(what string) string
	Corrections map[domain.CorrectionKind]string
	Second      func(stake, department string) string

	HandTo   map[domain.HandWhy]func(lines, department string) string // why it is not written here
	HandNote map[domain.HandWhy]func(what string) string              // what the other department reads
	Hands    map[domain.HandWhy]func(department string) string        // in one short line
	Money    map[string]func(amount string) string                    // what was done, in short
	Supplied string
	Ordered  string
	Again    string
	ToPlan   func(when string) string
	Proposed func(order, department string) string
	Opening  string // the correction is opened
}

// CaseFindWords are the words of what procurement finds out.
type CaseFindWords struct {
	Ask      map[domain.FindingKind]string
	Answers  map[domain.FindingKind]map[domain.FindingAnswer]string
	Told     func(what, answer string) string
	By       func(name, when string) string
	Part     func(q string) string
	Until    func(when string) string
	HowMany  string
	Due      string
	NotTime  string
	NotMore  string
	Stays    string
	BackTo   func(department string) string
	Recorded func(order string) string
	Fix      string // stock is wrong: it is corrected
	Note     string
}

// CaseSignWords are the words of what takes a second person.
type CaseSignWords struct {
	Ask, Yes, No string
	By           func(name, when, stake string) string
	Waits        func(name, when string) string // the proposer's own
	Asked        func(name string) string       // in the title's place of the holder
	NoteFirst    string
	Signed       func(order string) string
	Refused      func(order, department string) string
	WillSign     func(what string) string
	WillRefuse   string
	Needs        string // who may sign
	Stale        string // the case has changed since
	Was          map[bool]func(name, when, note string) string
}

// CaseCauseWords are the words of a case that stands for one cause.
type CaseCauseWords struct {
	Title   func(what string) string
	Members func(open, all int) string
	Each    string // each store's record stays its own
	Keys    string
	Free    string
	Closed  string
	Empty   string
	Claims  string
	Correct string
}

// CaseStoryWords are the words of what is told, promised and paid, in the story.
type CaseStoryWords struct {
	Events  map[domain.EventKind]string
	Promise func(when, what, due, by string) string
	Kept    string
	Adjust  map[string]string
	Plan    func(when, due, route, by string) string
	Merged  func(id int) string
	Finding func(when, by, what, answer string) string
	Cash    func(amount string) string
	Line    func(name, q string) string
}
