package text

import (
	"slices"
	"strings"
	"time"

	"cleardesk/domain"
)

// RosterWords are the words of the roster.
type RosterWords struct {
	Name     string
	Title    func(clock string, here, away, lacking int) string
	Extra    func(n int) string // at a desk and not on duty
	NoRoster string
	NoDesk   string // on duty and at no desk

	HeadWho, HeadShift, HeadState, HeadHeld, HeadClosed, HeadPace, HeadOldest, HeadDept, HeadHours string
	States                                                                                         map[domain.HereState]string
	Reasons                                                                                        map[domain.AbsenceReason]string
	AwayFor                                                                                        func(d string) string
	OpenNow                                                                                        func(open, unclaimed, held, closed int) string
	Until                                                                                          func(clock string, open, expected, cleared, left int, money string) string
	UntilUnknown                                                                                   func(clock string, open, cleared, left int, money string) string
	MoreClears                                                                                     func(n int) string
	MoreLeaves                                                                                     func(n, left int) string
	Over                                                                                           string // window and handling hours are over
	Callable                                                                                       func(list string) string
	CallNobody                                                                                     string
	Oldest                                                                                         func(who, kind, age, limit string, past bool) string

	Week      func(from, to string) string
	Version   func(no int) string
	None      string // never published
	Drafted   func(n int) string
	Behind    func(no int, by string) string
	Legend    string
	Today     string
	Rest      string
	Words     map[string]string // what people type in a cell, by the code it stands for
	InWindow  string
	Below     func(n int) string
	Hidden    func(words string, n int) string
	CellRest  func(who, day string) string
	CellIs    func(who, day, shifts, hours string) string
	StandsFor func(who string) string
	WasCell   func(shifts string) string
	NoStandIn string

	Hours       func(day, basis string) string
	Basis       func(days int, weekday string) string
	NoBasis     string
	PaceOf      func(minutes string, known bool) string
	RowHour     string
	RowExpected string
	RowDuty     string
	RowCleared  string
	RowLeft     string
	NoGap       string
	Gap         map[domain.GapWhat]func(dept, span string, have, need, left int) string
	NextWeek    string

	Edit     func(who, day string) string
	EditMany func(n int) string
	EditKeys string
	Reads    func(shifts, hours string) string
	BadCell  map[string]func(text string) string
	PastDay  string
	Manager  string
	Absent   string // still absent although edited

	KeyEdit, KeyMark, KeyAdd, KeyWeek, KeyHand, KeyPublish, KeyPart, KeyBack string

	Changes     func(week string, no int) string
	Change      func(day, who, was, is string) string
	GapsThen    string
	NoGapsThen  string
	More        func(n int) string
	Nothing     string
	PublishHead func(week string, no int) string
	PublishSum  func(changes, gaps int) string
	DidPublish  func(week string, no int) string

	Absence, EndAbsence, StandIn, Swap, Answer, Copy, Template, KeepTemplate, Discard, Hand string
	AbsenceHead                                                                             func(who, day string) string
	AskReason, AskLast, AskNote, AskWho, AskStandIn                                         string
	Nobody                                                                                  string
	LastReads                                                                               func(day string, days int) string
	LastBad                                                                                 string
	AbsenceSum                                                                              func(who, reason, first, last, standIn string) string
	DidAbsence                                                                              func(who string) string
	EndHead                                                                                 func(who, reason, until string) string
	EndSum                                                                                  string
	DidEnd                                                                                  func(who string) string
	NotAbsent                                                                               string
	StandHead                                                                               func(who, day, shifts string) string
	StandSum                                                                                func(by, who string, now bool) string
	DidStand                                                                                func(by, who string) string
	NoShift                                                                                 string
	SwapHead                                                                                func(mine, day string) string
	AskColleague, AskTheirDay                                                               string
	SwapOffer                                                                               func(who, day, shifts string) string
	SwapSum                                                                                 func(mine, theirs string) string
	DidAsk                                                                                  func(who string) string
	SwapNone                                                                                string
	Asked                                                                                   func(who, theirs, mine string) string // waits for me
	AnswerHead                                                                              func(who, theirs, mine, note string) string
	AgreeOrNot                                                                              [2]string
	AnswerSum                                                                               [2]string
	DidAnswer                                                                               [2]string
	NoAsked                                                                                 string
	CopyHead                                                                                func(from, to string) string
	CopySum                                                                                 func(n int) string
	DidCopy                                                                                 func(n int) string
	NoCopy                                                                                  string
	TemplateHead                                                                            func(week string) string
	AskTemplate, NoTemplate                                                                 string
	DidTemplate                                                                             func(name string, n int) string
	KeepHead                                                                                func(week string) string
	AskName                                                                                 string
	KeepSum                                                                                 func(name string, n int) string
	DidKeep                                                                                 func(name string) string
	DiscardHead                                                                             func(n int) string
	DidDiscard                                                                              string
	HandHead                                                                                func(who string, n int) string
	NextShift                                                                               string
	HandSum                                                                                 func(n int, to, note string) string
	DidHand                                                                                 func(n int, to string) string
	HoldsNone                                                                               func(who string) string

	History     func(week string) string
	Why         map[domain.RosterWhy]string
	VersionLine func(no int, why, by, when string) string
	AbsenceLine func(who, reason, from, to, by, when string) string
	EndedLine   func(who, by, when string) string
	SwapLine    func(who, of, gives, takes string, agreed *bool) string
	NoHistory   string
	Print       string
	WasOver     string
}

// RosterWord reads a word somebody types in a cell of the roster, in either language.
func RosterWord(s string) (domain.RosterWord, bool) {
	for _, lang := range []Lang{Chinese, English} {
		c := For(lang)
		for code, words := range c.Roster.Words {
			if !slices.Contains(strings.Fields(words), strings.ToLower(s)) {
				continue
			}
			if reason := domain.AbsenceReason(code); slices.Contains(domain.AbsenceReasons(), reason) {
				return domain.RosterWord{Absence: reason}, true
			}
			return domain.RosterWord{Rest: true}, true
		}
		for _, r := range domain.StaffRoles() {
			if strings.EqualFold(c.Role(r), s) || strings.EqualFold(c.Department(r.Department()), s) {
				return domain.RosterWord{Role: r}, true
			}
		}
	}
	return domain.RosterWord{}, false
}

// DutyHours writes how long somebody is on duty: "30", "37.5".
func (c *Catalog) DutyHours(d time.Duration) string {
	tenths := (int64(d) + int64(3*time.Minute)) / int64(6*time.Minute)
	s := itoa(int(tenths / 10))
	if tenths%10 != 0 {
		s += "." + itoa(int(tenths%10))
	}
	return s
}
