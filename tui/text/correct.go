package text

import "cleardesk/domain"

// CorrectWords are the words of the correction of a product.
type CorrectWords struct {
	Name     string
	Sold     func(weighed bool, unit string) string
	Price    func(amount, unit string) string
	Supplier func(name string) string
	Open     func(cases, stores int) string
	NoStep   string
	StepIs   func(step string) string
	Since    func(when, by, old string) string
	Imported func(step string) string

	NotCountedAt string // the time of the count cannot be read

	AskStep, AskStock, AskCount, AskTime, AskStatus, AskReason, AskNote, AskList, AskTell, AskRows string

	Now       func(value string) string
	To        string
	Counted   string
	OnlyDelta string
	NotNought string
	Reasons   map[domain.CorrectionReason]string

	StepFacts    func(lines string) string
	StockFacts   string
	ListingFacts string
	Share        func(step, lines, share string) string
	CountFacts   func(when, then, delta, stock string) string
	Reserved     func(quantity string) string
	Attempts     func(n int) string
	NoFacts      string
	Moves        map[string]string
	LastMove     func(when, why, delta, stock string) string
	LastMade     func(when, by, old, now, reason string) string
	NeverMade    string

	Clears  func(clears, told, stays, raises int) string // told: handed on, for the store to hear
	Nothing func(open int) string
	NoRows  string

	HeadStore, HeadOrder, HeadOrdered, HeadResult, HeadHolder string

	HeadWas, HeadIs func(step string) string
	Exact           func(times string) string
	ClearsLine      string
	ClearsAttempt   string
	ClearsTold      func(department string) string
	ClearsOff       func(status string) string // it cannot be ordered
	ClearsBut       func(line int, kind string) string
	NotEnough       string
	Times           func(times string) string
	StaysMoves      func(why, department string) string
	Stays           func(why string) string

	Beside       string
	Accepted     func(step string, orders int) string
	List         string
	DontList     string
	NoneAccepted string
	Refused      func(n, stores int, span string) string
	Tell         string
	DontTell     string
	NoneRefused  string
	Platform     func(step string) string
	PlatformHas  func(step string) string
	NoPlatform   string
	Unconfirmed  string // what was corrected here, and no import has told since

	Missing     func(label string) string
	Ready       string
	ReadOnly    func(why string) string
	WillTell    func(name string) string
	WriteStep   func(old, now, does string) string
	WriteStock  func(counted, delta, does string) string
	WriteStatus func(status, does string) string
	Fewer       string
	Changed     string
	Unknown     string
	Done        func(cleared, left, listed, told int) string
	LeaveAgain  string

	WriteWord, NextWord, OpenWord, MoreWord string

	Exchange EverywhereWords
}

// EverywhereWords are those of an exchange at every store that received a product.
type EverywhereWords struct {
	Name string
	Head func(product string) string
	From string
	To   string
	Sum  func(product, from, to, why, text string) string
	Done func(stores, orders int) string
}
