package text

import (
	"time"

	"cleardesk/domain"
)

// DeliverWords are the words of the daily check of deliveries and of those that are late.
type DeliverWords struct {
	Name  string
	Title func(day string) string
	Proof string // how the sums hang together
	Part  func(late int) string
	State func(by, at string) string

	Unsigned, SignedHow string
	HeadOrders          string
	HeadAmount          string
	Platform            func(at string) string
	PlatformNone        string
	FromTotals          string
	FromNumbers         string
	Here                string
	Same                string
	More                func(orders int, amount string) string // the platform has
	Less                func(orders int, amount string) string
	Later               func(orders int, at string) string
	Made                string
	Changed             string
	Lines               map[domain.DayLine]string
	Past                func(clock string) string // the line with the hour of picking
	Notes               map[domain.DayLine]string
	PastNote            func(with string) string
	HeldNote            func(clock string) string
	Reordered           func(n int) string
	Unproven            string

	ToHandle   func(n int) string
	Shown      func(from, to, of int) string
	HeadWhat   string
	HeadOrder  string
	HeadStore  string
	HeadSum    string
	HeadLatest string
	HeadClue   string
	Whats      map[domain.RowWhat]string
	NoNumber   func(n int) string
	Nothing    string
	Picked     func(clock string) string
	Over       func(clock string) string

	Gap        func(after, before string) string
	OnlyCount  string
	Refused    func(why, about string) string
	Reasons    map[string]string // why an import refused an order
	AcceptedAt func(when string) string
	ReleasedAt func(when string) string
	HeldFor    func(kind, who string) string
	Tried      func(n int) string
	NotJudged  string
	Goes       map[domain.Goes]string
	GoesTo     func(dept string) string
	Said       func(goes, note, by, when string) string

	Silent     func(day string) string
	SilentNone string
	Stores     func(n int) string
	Usually    func(store string, times int, usual string) string
	Called     func(when, said string) string
	NoAnswer   string
	Reached    string

	Before    string
	SignedBy  func(day, at, by string, missed int) string
	NotSigned func(day string) string

	LateTitle  func(late, soon int) string
	HeadStage  string
	HeadDue    string
	HeadPlan   string
	LateNone   string
	PlanAt     func(when, route string) string
	PromisedAt func(when string) string
	CaseWith   func(dept, holder string) string

	Ready, NotYet, WasSigned string
	NotReady                 func(parts []string) string
	Left                     func(what string, n int) string
	Filtered                 func(words string, hidden int) string

	DeliverActs
}

// DeliverActs are the words of what is done there.
type DeliverActs struct {
	OpenKey, AnswerKey, PlanKey, LaterKey, PassKey, SignKey, DayKeys, PartKey, CancelKey, MarkKey string

	PlanHead, LaterHead, PassHead, CancelHead, FoundHead func(of string) string
	Way, When, Told, Note, To, Answer                    string
	Ways                                                 map[domain.Goes]string
	ToCancel                                             string
	PlanSum                                              func(way, when, note string) string
	GoesSum                                              func(goes, note string) string
	Many                                                 func(n int, amount string) string
	Done                                                 func(of, goes string) string
	SignHead                                             func(day string) string
	SignSum                                              func(orders int, amount string, missed int) string
	Signed                                               func(day string) string
	OnlyLogistics, CannotPlan, NotThere, HeldStill       string
	ResultsTitle                                         func(done, failed int) string
	ResultsKeys                                          string
	ResultDone                                           string
	NoFuture                                             string
}

// DayName is a business day with its weekday: 11-23 Mon.
func (c *Catalog) DayName(day time.Time) string {
	return day.Format("01-02") + " " + c.Values.Weekdays[day.Weekday()]
}
