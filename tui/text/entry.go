package text

import "cleardesk/domain"

// EntryWords are the words of the form in which what a store reports is entered.
type EntryWords struct {
	Name   string
	Title  func(what string) string
	Shorts [9]string // what a store may ring about, for one line of the store's screen
	Longs  [9]string // the same, at length
	Says   string    // before the short ones

	AskWhat, AskOrder, AskProduct, AskPick, AskLines, AskStep, AskWhy, AskSlip, AskWho, AskName, AskCase, AskDue, AskNote string

	Whys map[domain.WhyTold]string

	Rang        func(clock string) string
	NoOrder     string
	BlockedHint string
	LinesOf     func(n int) string
	NoOrders    string
	NoProducts  string
	NoCase      string
	NotYet      string
	Lines       func(n int) string
	Whole       string // instead of lines: all of the order
	LineNo      func(no int) string
	Tried       string
	Ordered     func(quantity string) string
	Difference  func(quantity string, short bool) string
	Units       string
	Troubles    func(n int) string // why a field does not stand
	FindHint    string
	DueHint     string

	WillWrite  string
	NoteOn     func(order, kind string) string
	MoreLines  func(n int) string
	By         func(who, clock string) string
	Becomes    string
	WholeOrder func(order string) string
	Received   func(order, line, ordered, received string) string
	OfLine     func(order, line, quantity, ordered string) string
	Instead    func(order, line, ordered, wanted string) string
	Unsaid     string

	Stands     func(state string) string
	AcceptedAt func(when string) string
	NoVan      string
	Van        func(route, when string) string
	OpenCase   func(kind, department, why string) string
	Planned    func(when, route string) string
	Reached    func(stage, when string) string

	Missing    func(label string) string
	Ready      string
	AskWrite   func(what string) string
	Writing    string
	Unknown    string
	Recorded   func(what string) string
	Promised   string
	Noted      string
	LeaveAgain string

	WriteWord, NextWord, LinesWord, GoOnWord string
}
