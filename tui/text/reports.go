package text

import "cleardesk/domain"

// ReportWords are the words of the reports.
type ReportWords struct {
	Name     string
	Tabs     [4]string // week, people, shifts, precision
	Days     func(from, to string) string
	Since    func(month string) string
	Minutes  string // of times
	Filtered func(words string) string
	None     string

	HeadDay, HeadKind, HeadWho, HeadShift, HeadMonth, HeadRule                   string
	HeadRaised, HeadOpen, HeadDecided, HeadTouch, HeadResolve, HeadNinth         string
	HeadHeld, HeadSaved, HeadLost, HeadByDay, HeadAmount                         string
	HeadPeople, HeadClaimed, HeadHandled, HeadMinutes, HeadHandedOn, HeadAgain   string
	HeadRight, HeadUnusual, HeadFalse, HeadMaster, HeadQuiet, HeadMissed         string
	HeadShare, HeadBetween, HeadWhen, HeadOrder, HeadStore, HeadRisk, HeadWhat   string
	AllDays, AllKinds, Everybody, AllShifts, NoShift, Door, NoRule, PastPlot, To string

	Kinds     func(day string) string // the rule over the second part
	DaysOf    func(who string) string
	MonthsOf  func(rule string) string
	Behind    func(what string, n int) string
	Money     map[string]string // what moved money: saved, lost
	Did       map[domain.WorkDone]string
	Undone    string // of what was handled: taken back since
	Reasons   map[domain.CloseReason]string
	Open      string
	Cut       func(n int) string
	ToCome    string
	Print     func(command string) string
	Behind1   string // keys
	TabKey    string
	Period    string
	Again     string
	NoneThere string
}
