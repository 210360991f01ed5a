package domain

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The counts of both sides decide, once the days after are over and nothing that is open
// could turn them around.
func TestWhatCanBeSaidOfATraining(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		h    Helped
		want Verdict
	}{
		{Helped{Before: 7, After: 0, Days: 29}, TooEarly},
		{Helped{Before: 7, After: 2, Days: 30}, Fewer},
		{Helped{Before: 7, After: 2, Open: 4, Days: 30}, Fewer},
		{Helped{Before: 7, After: 2, Open: 5, Days: 30}, TooEarly},
		{Helped{Before: 3, After: 3, Days: 30}, NoChange},
		{Helped{Before: 3, After: 3, Open: 1, Days: 30}, TooEarly},
		{Helped{Before: 3, After: 4, Open: 9, Days: 30}, More},
		{Helped{Days: 30}, NoChange},
	} {
		if got := c.h.Verdict(); got != c.want {
			t.Errorf("%+v: %s, want %s", c.h, got, c.want)
		}
	}
}

// S1 was trained on 2 November in Shanghai, where days end at 16:00 UTC: the day itself
// counts on neither side, the thirtieth day on both, the thirty-first on none.
func TestTheDaysAroundATrainingAreCompared(t *testing.T) {
	t.Parallel()
	on := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	n := CaseID(0)
	past := func(kind Kind, store StoreCode, raised time.Time, reason CloseReason) PastAnomaly {
		n++
		a := PastAnomaly{Case: n, Kind: kind, Store: store, Name: "one", With: CustomerService, Raised: raised, Reason: reason, AtRisk: 100}
		if reason != "" {
			closed := raised.Add(time.Hour)
			a.Closed = &closed
		}
		return a
	}
	noon := func(days int) time.Time { return on.AddDate(0, 0, days).Add(4 * time.Hour) }
	facts := TrainingFacts{
		First: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC), Now: noon(32),
		Anomalies: []PastAnomaly{
			past(WrongOrder, "S1", noon(-31), RealError),                                                // too far back
			past(WrongOrder, "S1", noon(-30), RealError),                                                // before
			past(WrongOrder, "S1", noon(-1).Add(11*time.Hour), RealError),                               // before, by one hour
			past(WrongOrder, "S1", noon(-1).Add(12*time.Hour+1), RealError),                             // 16:00 UTC: the day itself
			past(StepMismatch, "S1", noon(-3), RealError),                                               // another topic
			past(WrongOrder, "S2", noon(-3), RealError),                                                 // another store
			past(WrongOrder, "S1", noon(-4), UnusualRight), past(WrongOrder, "S1", noon(-4), RuleWrong), // no errors
			past(WrongOrder, "S1", noon(30), RealError), // after
			past(WrongOrder, "S1", noon(31), RealError), // too late
			past(WrongOrder, "S1", noon(7), ""),         // open
			past(StepMismatch, "S1", noon(7), ""),
		},
		Lessons: []Lesson{{ID: 4, Trainee: Trainee{Store: "S1"}, Topic: TopicWrongOrders, On: on, Note: "n"}},
	}
	rows := TrainingRows(facts, 2, shanghaiDay(t))
	if len(rows) != 1 || rows[0].Store != "S1" || len(rows[0].Held) != 1 {
		t.Fatalf("rows %+v", rows)
	}
	if d := cmp.Diff(Helped{Before: 2, After: 1, Open: 1, Days: 30}, rows[0].Held[0].Helped); d != "" {
		t.Error(d)
	}
	// November has the evening of the first and the day itself.
	if r := rows[0]; !r.Needs || r.WrongOrders != 2 || r.Raised != 4 || len(r.Shown) != 2 || r.Worst() != TopicWrongOrders || r.Procedure() != WrongOrder {
		t.Errorf("of November %+v", r)
	}
	facts.Now = noon(30)
	if h := TrainingRows(facts, 2, shanghaiDay(t))[0].Held[0].Helped; h.Days != 29 || h.Verdict() != TooEarly {
		t.Errorf("on the thirtieth day %+v", h)
	}
}

// Of a department the kind of most of its evidence teaches; who needs it stands above who
// was only trained, stores above departments.
func TestWhoIsTrainedAndInWhat(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 10, 4, 0, 0, 0, time.UTC)
	last := day.Add(time.Hour)
	late := func(id CaseID, kind Kind) PastAnomaly {
		closed := day.Add(2 * time.Hour)
		return PastAnomaly{Case: id, Kind: kind, Store: "S9", With: Logistics, Raised: day, Closed: &closed, Last: &last, Reason: RealError, AtRisk: 10}
	}
	again := late(3, ShortWeight)
	again.Reopened = true
	first := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	rows := TrainingRows(TrainingFacts{
		First: first, Last: first.AddDate(0, 1, -1), Now: day.AddDate(0, 0, 9),
		Anomalies: []PastAnomaly{late(1, SlowFulfilment), late(2, SlowFulfilment), again},
		Lessons: []Lesson{
			{ID: 1, Trainee: Trainee{With: Finance}, Topic: TopicReopened, On: first},
			{ID: 2, Trainee: Trainee{Store: "S3"}, Topic: TopicSteps, On: first},
			{ID: 3, Trainee: Trainee{With: Logistics}, Topic: TopicLate, On: first},
			{ID: 4, Trainee: Trainee{With: Logistics}, Topic: TopicReopened, On: first},
		},
	}, TrainingLeast, shanghaiDay(t))
	var got []Trainee
	for i := range rows {
		got = append(got, rows[i].Trainee())
	}
	if d := cmp.Diff([]Trainee{{With: Logistics}, {Store: "S3"}, {With: Finance}}, got); d != "" {
		t.Fatal(d)
	}
	r := rows[0]
	if !r.Needs || r.Late != 3 || r.Reopened != 1 || r.Worst() != TopicLate || r.Procedure() != SlowFulfilment || len(r.Held) != 2 || r.Held[0].ID != 4 {
		t.Errorf("logistics %+v", r)
	}
	if d := cmp.Diff([]TrainingTopic{TopicLate, TopicReopened}, r.Shown[0].Topics); d != "" || r.Held[1].After != 3 || r.Held[0].After != 1 {
		t.Errorf("%s %+v", d, r.Held)
	}
}
