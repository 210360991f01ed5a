package domain_test

import (
	"fmt"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// Two cases of one order go their own ways; a note tells where its case lay before.
func TestStoryTellsWhereACaseWent(t *testing.T) {
	t.Parallel()
	at := func(minute int) time.Time { return time.Date(2026, 11, 23, 13, minute, 0, 0, time.UTC) }
	note := func(minute int, id domain.CaseID, what string, with domain.Department) domain.OrderNote {
		return domain.OrderNote{CaseNote: domain.CaseNote{At: at(minute), What: what, With: with}, Case: id}
	}
	f := domain.OrderFile{
		Order: domain.Order{PlacedAt: at(0)},
		Cases: []domain.QueueRow{{Case: 1, With: domain.CustomerService}, {Case: 2, With: domain.Manager}},
		Notes: []domain.OrderNote{
			note(1, 1, "handed_over", domain.CustomerService), note(2, 2, "handed_over", domain.Expansion), note(3, 1, "note", ""),
			note(4, 1, "verified", domain.Procurement),
		},
	}
	var got []string
	for _, e := range f.Story() {
		if e.Note != nil {
			got = append(got, fmt.Sprint(e.Case, " ", e.Note.What, " ", e.To))
		}
	}
	want := []string{"1 handed_over procurement", "2 handed_over manager", "1 note ", "1 verified customer_service"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the story (-want +got):\n%s", diff)
	}
}

// What happened at one moment is told in the order it came about, and acceptance tells
// how many lines were held then, whatever was released since.
func TestStoryOfTheJudge(t *testing.T) {
	t.Parallel()
	placed := time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC)
	judged, later := placed.Add(time.Second), placed.Add(time.Hour)
	f := domain.OrderFile{
		Order: domain.Order{PlacedAt: placed}, AcceptedAt: &judged,
		Anomalies: []domain.Anomaly{
			{ID: 9, Case: 1, Line: 4, RaisedAt: judged}, {ID: 12, Case: 2, Line: 1, RaisedAt: later}, {ID: 10, Case: 1, Line: 2, RaisedAt: judged},
		},
		Holds: []domain.Hold{
			{ID: 1, Line: 4, Anomaly: 9, PlacedAt: judged, ReleasedAt: &later, ReleasedBy: domain.JudgeName},
			{ID: 2, Line: 2, Anomaly: 10, PlacedAt: judged, ReleasedAt: &later, ReleasedBy: "lin"},
			{ID: 3, Line: 1, Anomaly: 12, PlacedAt: later},
		},
	}
	keys := map[string]bool{}
	var got []string
	for _, e := range f.Story() {
		line := 0
		if e.Anomaly != nil {
			line = e.Anomaly.Line
		}
		got = append(got, fmt.Sprint(e.What, " ", line, " ", e.Held, " ", e.Case))
		keys[e.Key] = true
	}
	want := []string{"placed 0 0 0", "found 2 0 1", "found 4 0 1", "accepted 0 2 0", "found 1 0 2", "cleared 0 0 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the story (-want +got):\n%s", diff)
	}
	if len(keys) != len(want) {
		t.Errorf("%d keys of %d events", len(keys), len(want))
	}
}

// What was told of the order stands in its story once, with money and plans beside it.
func TestStoryOfWhatWasTold(t *testing.T) {
	t.Parallel()
	at := func(minute int) time.Time { return time.Date(2026, 11, 23, 13, minute, 0, 0, time.UTC) }
	due := at(59)
	f := domain.OrderFile{
		Order: domain.Order{PlacedAt: at(0)},
		Events: []domain.EventTold{
			{Event: domain.Event{ID: 4, What: domain.EventStage, Stage: domain.StageShipped, At: at(9)}},
			{Event: domain.Event{ID: 5, What: domain.EventStage, Stage: domain.StagePlanned, Due: &due, At: at(1)}},
			{Event: domain.Event{ID: 6, What: domain.EventReceipt, At: at(20), By: "wu"}, ByName: "吴", ByNameEn: "Wu"},
		},
		Plans:       []domain.DeliveryPlan{{Due: due, At: at(2)}, {Due: at(50), At: at(3), By: "wu"}},
		Records:     []domain.OrderRecord{{ResolutionRecord: domain.ResolutionRecord{ID: 8, At: at(30), ByName: "林", ByNameEn: "Lin"}, Case: 3}},
		Adjustments: []domain.Adjustment{{ID: 2, Record: 8, At: at(30), By: "lin", Amount: -1}},
	}
	var got []string
	for _, e := range f.Story() {
		got = append(got, fmt.Sprint(e.What, " ", e.At.Minute(), " ", e.By, " ", e.ByNameEn, " ", e.Case))
	}
	want := []string{"placed 0   0", "told 1   0", "planned 3 wu  0", "told 9   0", "told 20 wu Wu 0", "record 30  Lin 3", "adjusted 30 lin Lin 3"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
