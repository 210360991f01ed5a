package text

import "cleardesk/domain"

// TrainWords are the words of the training screen.
type TrainWords struct {
	Name     string
	Month    func(month string) string // the title
	Sums     func(needs, trained int) string
	Filtered func(words string, hidden int) string
	None     string

	HeadWho, HeadWrong, HeadSteps, HeadLate, HeadReopened, HeadFalse, HeadRisk, HeadLast, HeadHelped string
	HeadDay, HeadOrder, HeadStore, HeadKind, HeadHow, HeadShows                                      string

	Topics   map[domain.TrainingTopic]string
	Verdicts map[domain.Verdict]string
	Waits    string                                                     // of one that is too early because cases are open
	Helped   func(verdict string, before, after, open, days int) string // days: so many of the days after are over; all: 30
	Of       func(who string, cases int) string
	Lesson   func(day, topic, by, note string) string
	Never    string // not trained
	Open     string // of an anomaly
	Nothing  string

	Evidence, MonthKeys, Mark, Record, Procedure string
	Print                                        func(command string) string
	ToCome                                       string

	Whom, Another, Department, Code, Topic, When, Note string
	Head                                               func(who string) string
	HeadNew                                            string
	GoodDay                                            func(day string) string
	BadDay                                             string
	Sum                                                func(who, topic, day, note string) string
	Before                                             func(n int) string // so often in the days before, of the month shown
	Did                                                func(who string) string
	Some                                               func(done, failed int, why string) string
	Several                                            func(n int, store bool) string
	Mixed                                              string
}

// HelpedBy says what a training changed.
func (c *Catalog) HelpedBy(h domain.Helped) string {
	return c.Train.Helped(c.verdict(h), h.Before, h.After, h.Open, h.Days)
}

// HelpedBrief says it without what is still to come.
func (c *Catalog) HelpedBrief(h domain.Helped) string {
	return c.Train.Helped(c.verdict(h), h.Before, h.After, 0, domain.TrainingSpan)
}

func (c *Catalog) verdict(h domain.Helped) string {
	v := h.Verdict()
	if v == domain.TooEarly && h.Days >= domain.TrainingSpan {
		return c.Train.Waits
	}
	return c.Train.Verdicts[v]
}

// Trainee is who is trained: a store with its code, or a department.
func (c *Catalog) Trainee(t domain.Trainee, name, nameEn string) string {
	if t.Store == "" {
		return c.Department(t.With)
	}
	if name = c.Pick(name, nameEn); name == "" {
		return string(t.Store)
	}
	return name + " " + string(t.Store)
}
