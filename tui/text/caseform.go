package text

import (
	"strings"

	"cleardesk/domain"
)

// CaseWords are the words of the guided form.
type CaseWords struct {
	Name   string // as it is named in tabs, titles and the help
	Indent int    // cells from a question's name to its answers
	Rows   int    // cells of the names in what will be written

	Head  CaseHeadWords
	Facts CaseFactWords
	Ask   CaseAskWords
	Plan  CasePlanWords
	Say   CaseSayWords
	Later CaseLaterWords
	Keys  CaseKeyWords

	Effects CaseEffectWords
	Finds   CaseFindWords
	Signs   CaseSignWords
	Cause   CaseCauseWords
	Tells   CaseStoryWords

	Help []string // the procedure in words, a sentence a line
}

// CaseHeadWords are the words of the title.
type CaseHeadWords struct {
	Title       func(kind string, more int, order, store string) string
	LineHeld    func(line string, others int, accepted bool) string
	LinesHeld   func(n, others int) string
	OrderHeld   string
	Mine        func(left string) string
	Free        func(left string) string
	HeldBy      func(name, age, left string) string
	Closed      func(clock string) string
	Past        string // in place of the time left, past the last moment
	Contact     func(manager, phone string) string
	MoreOfStore func(n int, kind, left, money string) string
	Progress    func(at, of int) string
	Proposed    func(name string) string // in the title, what waits to be signed
}

// CaseFactWords are the words of the evidence.
type CaseFactWords struct {
	History    func(n int, all string) string
	Which      func(line, name, code string) string
	Ordered    func(quantity string) string
	Step       func(step string) string
	Price      func(money, unit string) string
	Stock      func(number, unit string) string
	Last       func(n, low, high, median, times string) string
	Usual      func(usual, times string) string
	Never      string
	Everywhere func(most string) string
	RestNormal func(n int) string
	OrderOf    func(lines int, total string) string
	UsualOrder func(low, high string) string
	Times      func(times, median string) string
	Lines      func(n int, total string) string
	Recent     string
	Story      string
	Held       string
	Cancelled  string
	LinesN     func(n int) string
	Called     func(clock, by, outcome, said string) string
	Noted      func(clock, by, what, text string) string
	Notes      map[string]string // what a note of the story is about
}

// CaseCodeWords name the questions and their answers by their codes.
type CaseCodeWords struct {
	Names       map[domain.Ask]string
	Parts       map[domain.Ask]string // with the spaces behind them
	Calls       map[domain.CallOutcome]string
	Whos        map[domain.CallWho]string
	Saids       map[domain.Said]string
	Choices     map[domain.Choice]string
	KindChoices map[domain.Kind]map[domain.Choice]string // where a kind has a word of its own
	NoOrder     map[domain.Choice]string                 // where there is no order to do it to
	Reasons     map[domain.ReasonCode]string
	Rests       map[domain.Rest]string // whether the other odd lines are decided as the first
	Proposals   map[domain.ProposalWhy]string

	Bars        map[domain.Bar]string // why a choice cannot be made now
	AmountWhys  map[domain.AmountWhy]string
	TimeWhys    map[domain.TimeWhy]string
	Confirmers  map[domain.Confirmer]string
	Restockings map[domain.Restocking]string
}

// CaseAskWords are the words of the questions.
type CaseAskWords struct {
	CaseCodeWords
	Line       func(line, name string) string
	Of         func(question, line string) string // a question about one line of several
	Seen       func(clock string) string
	Unseen     string
	Undecided  string
	Manager    func(name, phone string) string
	ByManager  func(name string) string
	Summary    func(outcome, clock, who, said string) string
	Note       string
	Text       string // the field of an answer in other words
	Try        string
	UpDown     string
	Cases      func(n string) string
	Means      func(quantity string) string
	StepOK     func(step string) string
	StepFits   string // the same where there is little room
	StepOff    func(step, below, above string) string
	StockOK    string
	StockLow   func(left string) string
	Understood func(unit string, parts []string) string
	NotTyped   string
	NoMoney    string
	NotRead    string
	SameAsWas  string
	OutOfRange string
	Verify     string
	Verified   string
	NotRight   string
	HowMany    string // the quantity of what is no change of a line
	NotMoney   string
	NotTime    string
	TooMuch    func(most string) string // the amount, or the quantity, is more than there can be
	TooLittle  string                   // the new limit would hold the order again
	Passed     string                   // the time cannot be
	Bar        func(choice, why string) string
	HandsTo    func(choice, department string) string
	Stocked    func(name, stock string) string // of a product that stands in
	NoStandIn  string
	NoItems    string
}

// CasePlanWords are the words of what will be written.
type CasePlanWords struct {
	Title        string
	Line         func(line string) string
	Order        string
	Lines        string
	AllDropped   func(n int) string
	Record       string
	After        string
	Change       func(name, oldNumber, old, now string) string
	Dropped      func(name, old string) string
	AsOrdered    func(name, quantity string) string
	WholeAs      func(amount string) string
	Totals       func(before, after string) string
	SameTotal    func(total string) string
	NoHold       string
	Stays        func(what string) string
	HoldOf       func(line, kind, with string) string
	Cancelled    string
	RecheckedAll string
	Rechecked    string
	Accepted     string
	Freed        string
	FreedAll     string // of a whole order that was accepted before
	Records      func(kinds string) string
	Call         func(who, clock string) string
	NoCall       string
	Until        func(clock string) string
	TooLate      string
	Learns       func(quantity, number string) string
	LearnsNot    func(quantity, not, number, notNumber string) string
	LearnsLines  func(lines string) string
	LearnsSum    func(amount string) string
	Quiet        func(upTo, date string) string // the statistics hold nothing up to it, until a day
	QuietLines   func(lines, date string) string
	LearnsNone   string
	TellStore    string
	Nothing      string
	More         func(n int) string
	Verified     func(lines string) string
	NotRight     func(lines string) string
	BackTo       func(department string) string
}

// CaseSayWords are the form's messages.
type CaseSayWords struct {
	Ready       func(n int) string
	Missing     func(names string) string
	AndMore     func(n int) string
	LookFirst   string
	ReadOnly    func(name, clock string) string
	Faster      func(name, clock string) string
	Lost        func(name string) string
	ClosedNow   string
	Claiming    string
	ClaimFails  func(why string) string
	Given       func(order string) string
	Taken       func(order string) string
	Writing     string
	Unknown     string
	Locked      string
	WillDo      func(what string) string
	LineTo      func(line, quantity string) string
	LineGone    func(line string) string
	OrderGone   string
	AsOrdered   string
	Less        func(amount string) string
	More        func(amount string) string
	Written     func(order, what string) string
	StillTo     func(clock string) string
	NowAccepted string
	ToRecheck   string
	IfClean     string
	Changed     func(what string) string
	ChangedBy   func(name, what, clock string) string
	Acts        map[string]string // what somebody did, by the act's name
	ByJudge     string
	NewTotal    func(before, after string) string
	NewFlag     string
	FlagGone    string
	NeedsRole   func(roles string) string
	SeeAgain    string
	Warnings    map[domain.WarningKind]func(left string) string
	ToVerify    func(department string) string
	HandedTo    func(order, department string) string
	NoNext      string
	NoCallHere  string // the procedure rings nobody
	NotKept     string
	NotLoaded   func(why string) string
	NoteFirst   string
	VerifiedOK  func(order string) string
	PickFirst   string
}

// CaseLaterWords are the words of a call that was not answered.
type CaseLaterWords struct {
	Attempt  func(n int, outcome, clock string) string
	Again    func(clock string) string
	GoesOn   func(attempts int, last, department string) string
	NowGoes  func(department string) string
	Enter    func(clock string) string
	EnterOn  func(department string) string
	Soon     string
	Other    string
	Hand     func(department string) string
	GiveBack string
	Done     func(order, clock string) string
	DoneBack func(order, clock string) string
	Answered func(clock string) string
}

// CaseKeyWords are the words of the key line.
type CaseKeyWords struct {
	AllLines, MergeThere string

	Digits, Choose, Reread, NoAnswer, SameStore, AsSaid, OtherKeys, Back string
}

// listed joins the parts that are not empty.
func listed(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
