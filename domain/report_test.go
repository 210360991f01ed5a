package domain

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shanghaiDay is a calendar whose days begin at 16:00 UTC.
func shanghaiDay(t *testing.T) Calendar {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return Calendar{Zone: zone}
}

func november(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC)
}

func at(day, hour, minute int) *time.Time {
	t := november(day, hour, minute)
	return &t
}

func TestSpanOfIsTheMiddleAndTheNinthOfTen(t *testing.T) {
	t.Parallel()
	minutes := func(n ...int) []time.Duration {
		out := make([]time.Duration, len(n))
		for i, m := range n {
			out[i] = time.Duration(m) * time.Minute
		}
		return out
	}
	for _, c := range []struct {
		of            []time.Duration
		median, ninth time.Duration
	}{
		{nil, 0, 0},
		{minutes(7), 7 * time.Minute, 7 * time.Minute},
		{minutes(9, 4), 6*time.Minute + 30*time.Second, 9 * time.Minute},
		{minutes(9, 1, 4), 4 * time.Minute, 9 * time.Minute},
		{minutes(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 5*time.Minute + 30*time.Second, 9 * time.Minute},
		{minutes(11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 6 * time.Minute, 10 * time.Minute},
	} {
		first := append([]time.Duration(nil), c.of...)
		if got := SpanOf(c.of); got != (Span{c.median, c.ninth}) {
			t.Errorf("%v: %v", c.of, got)
		}
		if d := cmp.Diff(first, c.of); d != "" {
			t.Errorf("its argument is sorted: %s", d)
		}
	}
}

// A day ends at midnight in Shanghai, 16:00 UTC, and what was raised on it counts there
// whenever it ended.
func TestWeekRowsAddUp(t *testing.T) {
	t.Parallel()
	facts := WeekFacts{
		Anomalies: []RaisedAnomaly{
			{Kind: QuantitySurge, Order: 1, Line: 1, Raised: november(16, 15, 0), Touched: at(16, 15, 10), Closed: at(17, 3, 0), Blocks: true, AtRisk: 50000},
			{Kind: QuantitySurge, Order: 2, Line: 1, Raised: november(16, 15, 59), Touched: at(16, 16, 29), Blocks: true, AtRisk: 20000},
			{Kind: QuantitySurge, Order: 3, Line: 1, Raised: november(16, 16, 0), Closed: at(16, 16, 20), Touched: at(16, 15, 0), AtRisk: 700},
			{Kind: Replenishment, Raised: november(16, 7, 0), Closed: at(16, 7, 5), Lapsed: true, AtRisk: 900},
		},
		Writes: []StandingWrite{{
			At: november(17, 3, 0), Records: []StandingRecord{{QuantitySurge, RealError, []Effect{{Op: EffectSetQuantity, Line: 1}}}},
			Lines: []ResolvedLine{{Line: 1, OldAmount: 60000, NewAmount: 12000}},
		}},
		Credits:  []MoneyMoved{{Kind: ShortWeight, At: november(17, 4, 0), Amount: 3000}, {Kind: ShortWeight, At: november(18, 4, 0), Amount: -1000}},
		Refusals: []MoneyMoved{{Kind: NoKind, At: november(17, 5, 0), Amount: 88000}},
	}
	day := func(d int) time.Time { return november(d, 0, 0) }
	const m = time.Minute
	want := []WeekRow{
		{Day: day(16), Kind: QuantitySurge, Raised: 2, Open: 1, Decided: 1, Touched: 2, Touch: Span{20 * m, 30 * m}, Resolve: Span{720 * m, 720 * m}, Held: 70000},
		{Day: day(16), Kind: Replenishment, Raised: 1, Lapsed: 1},
		{Day: day(17), Kind: QuantitySurge, Raised: 1, Decided: 1, Touched: 1, Resolve: Span{20 * m, 20 * m}, Saved: 48000},
		{Day: day(17), Kind: ShortWeight, Lost: 3000},
		{Day: day(17), Kind: NoKind, Lost: 88000},
		{Day: day(18), Kind: ShortWeight, Lost: -1000},
		{Kind: QuantitySurge, Raised: 3, Open: 1, Decided: 2, Touched: 3, Touch: Span{10 * m, 30 * m}, Resolve: Span{370 * m, 720 * m}, Held: 70000, Saved: 48000},
		{Kind: ShortWeight, Lost: 2000},
		{Kind: Replenishment, Raised: 1, Lapsed: 1},
		{Kind: NoKind, Lost: 88000},
		{Raised: 4, Open: 1, Decided: 2, Lapsed: 1, Touched: 3, Touch: Span{10 * m, 30 * m}, Resolve: Span{370 * m, 720 * m}, Held: 70000, Saved: 48000, Lost: 90000},
	}
	if d := cmp.Diff(want, WeekRows(facts, shanghaiDay(t))); d != "" {
		t.Error(d)
	}
	if rows := WeekRows(WeekFacts{}, shanghaiDay(t)); len(rows) != 0 {
		t.Errorf("of nothing: %v", rows)
	}
}

// Several anomalies that hold the same goods hold their money once.
func TestHeldMoneyCountsOnce(t *testing.T) {
	t.Parallel()
	on := func(k Kind, order OrderID, line int, m Money) RaisedAnomaly {
		return RaisedAnomaly{Kind: k, Order: order, Line: line, Raised: november(16, 3, 0), Blocks: true, AtRisk: m}
	}
	free := on(QuantitySurge, 1, 3, 99)
	free.Blocks = false
	for name, c := range map[string]struct {
		all  []RaisedAnomaly
		want map[Kind]Money
	}{
		"two of one line":             {[]RaisedAnomaly{on(QuantitySurge, 1, 1, 70), on(StepMismatch, 1, 1, 80)}, map[Kind]Money{StepMismatch: 80}},
		"as much: the first":          {[]RaisedAnomaly{on(QuantitySurge, 1, 1, 80), on(StepMismatch, 1, 1, 80)}, map[Kind]Money{QuantitySurge: 80}},
		"two lines":                   {[]RaisedAnomaly{on(QuantitySurge, 1, 1, 70), on(StepMismatch, 1, 2, 80)}, map[Kind]Money{QuantitySurge: 70, StepMismatch: 80}},
		"the order holds as much":     {[]RaisedAnomaly{on(QuantitySurge, 1, 1, 70), on(AmountSurge, 1, 0, 70)}, map[Kind]Money{AmountSurge: 70}},
		"the lines hold more":         {[]RaisedAnomaly{on(QuantitySurge, 1, 1, 40), on(AmountSurge, 1, 0, 70), on(StepMismatch, 1, 2, 31)}, map[Kind]Money{QuantitySurge: 40, StepMismatch: 31}},
		"other orders":                {[]RaisedAnomaly{on(QuantitySurge, 1, 1, 70), on(QuantitySurge, 2, 1, 70)}, map[Kind]Money{QuantitySurge: 140}},
		"what did not hold":           {[]RaisedAnomaly{free}, map[Kind]Money{QuantitySurge: 0}},
		"without an order, no goods":  {[]RaisedAnomaly{on(NotOrderable, 0, 0, 70)}, map[Kind]Money{NotOrderable: 0}},
		"another line is not the one": {[]RaisedAnomaly{free, on(QuantitySurge, 1, 1, 5)}, map[Kind]Money{QuantitySurge: 5}},
	} {
		got := map[Kind]Money{}
		for _, r := range WeekRows(WeekFacts{Anomalies: c.all}, shanghaiDay(t)) {
			if r.Day.IsZero() && r.Kind != "" && (r.Held > 0 || len(c.want) == 1) {
				got[r.Kind] = r.Held
			}
		}
		for k, m := range got {
			if c.want[k] != m {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		for k := range c.want {
			if _, is := got[k]; !is {
				t.Errorf("%s: no %s in %v", name, k, got)
			}
		}
	}
}

func TestSavedIsTheSurplusOfRealErrors(t *testing.T) {
	t.Parallel()
	set := func(line int) []Effect { return []Effect{{Op: EffectSetQuantity, Line: line}, {Op: EffectRelease}} }
	line := func(n int, before, after Money) ResolvedLine {
		return ResolvedLine{Line: n, OldAmount: before, NewAmount: after}
	}
	whole := []Effect{{Op: EffectCancelOrder}, {Op: EffectRelease}}
	again := append(whole, Effect{Op: EffectReorder, Lines: []LinkedLine{{Product: "P1", Quantity: 2500, Price: 1000}}})
	for name, c := range map[string]struct {
		records []StandingRecord
		lines   []ResolvedLine
		want    []MoneyMoved
	}{
		"less":                   {[]StandingRecord{{QuantitySurge, RealError, set(1)}}, []ResolvedLine{line(1, 900, 100)}, []MoneyMoved{{Kind: QuantitySurge, Amount: 800}}},
		"more is no loss":        {[]StandingRecord{{QuantitySurge, RealError, set(1)}}, []ResolvedLine{line(1, 100, 900)}, nil},
		"more beside less":       {[]StandingRecord{{AmountSurge, RealError, append(set(1), set(2)...)}}, []ResolvedLine{line(1, 900, 100), line(2, 100, 900)}, []MoneyMoved{{Kind: AmountSurge, Amount: 800}}},
		"right though unusual":   {[]StandingRecord{{QuantitySurge, UnusualRight, set(1)}}, []ResolvedLine{line(1, 900, 100)}, nil},
		"the step was wrong":     {[]StandingRecord{{StepMismatch, MasterDataBad, set(1)}}, []ResolvedLine{line(1, 900, 100)}, nil},
		"no stock is no surplus": {[]StandingRecord{{ZeroStock, RealError, []Effect{{Op: EffectCancelLine, Line: 1}}}}, []ResolvedLine{line(1, 900, 0)}, nil},
		"each its own lines": {
			[]StandingRecord{{QuantitySurge, RealError, set(1)}, {StepMismatch, RealError, []Effect{{Op: EffectCancelLine, Line: 2}}}},
			[]ResolvedLine{line(1, 900, 100), line(2, 50, 0)},
			[]MoneyMoved{{Kind: QuantitySurge, Amount: 800}, {Kind: StepMismatch, Amount: 50}},
		},
		"one line once": {
			[]StandingRecord{{QuantitySurge, RealError, set(1)}, {StepMismatch, RealError, set(1)}},
			[]ResolvedLine{line(1, 900, 100)},
			[]MoneyMoved{{Kind: QuantitySurge, Amount: 800}},
		},
		"what the other did":     {[]StandingRecord{{QuantitySurge, UnusualRight, nil}, {WrongOrder, RealError, whole}}, []ResolvedLine{line(1, 900, 0), line(2, 60, 0)}, []MoneyMoved{{Kind: WrongOrder, Amount: 960}}},
		"ordered again for less": {[]StandingRecord{{WrongOrder, RealError, again}}, []ResolvedLine{line(1, 10000, 0)}, []MoneyMoved{{Kind: WrongOrder, Amount: 7500}}},
		"ordered again for more": {[]StandingRecord{{WrongOrder, RealError, again}}, []ResolvedLine{line(1, 2000, 0)}, nil},
	} {
		if d := cmp.Diff(c.want, StandingWrite{Records: c.records, Lines: c.lines}.Saved()); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestWorkRows(t *testing.T) {
	t.Parallel()
	took := func(m int) *time.Duration {
		d := time.Duration(m) * time.Minute
		return &d
	}
	lin := func(day, hour int, what WorkDone, m *time.Duration, reopened bool) Work {
		return Work{By: "lin", Name: "Lin", NameEn: "Lin Mei", At: november(day, hour, 0), What: what, Took: m, Reopened: reopened}
	}
	all := []Work{
		lin(16, 17, WorkClaimed, nil, false), // an hour past midnight there
		lin(16, 15, WorkClaimed, nil, false),
		lin(16, 15, WorkHandled, took(10), true),
		lin(16, 15, WorkHandled, took(20), false),
		lin(16, 15, WorkHandled, nil, false),
		lin(16, 15, WorkHanded, nil, false),
		{By: "ana", Name: "Ana", At: november(16, 15, 0), What: WorkHandled, Took: took(40)},
	}
	day := november(16, 0, 0)
	const m = time.Minute
	want := []WorkRow{
		{Day: day, By: "ana", Name: "Ana", Handled: 1, Timed: 1, Took: Span{40 * m, 40 * m}},
		{Day: day, By: "lin", Name: "Lin", NameEn: "Lin Mei", Claimed: 1, Handled: 3, Timed: 2, Took: Span{15 * m, 20 * m}, HandedOn: 1, Reopened: 1},
		{Day: day.AddDate(0, 0, 1), By: "lin", Name: "Lin", NameEn: "Lin Mei", Claimed: 1},
		{By: "ana", Name: "Ana", Handled: 1, Timed: 1, Took: Span{40 * m, 40 * m}},
		{By: "lin", Name: "Lin", NameEn: "Lin Mei", Claimed: 2, Handled: 3, Timed: 2, Took: Span{15 * m, 20 * m}, HandedOn: 1, Reopened: 1},
		{Claimed: 2, Handled: 4, Timed: 3, Took: Span{20 * m, 40 * m}, HandedOn: 1, Reopened: 1},
	}
	if d := cmp.Diff(want, WorkRows(all, shanghaiDay(t))); d != "" {
		t.Error(d)
	}
}

func TestTrainingNeeds(t *testing.T) {
	t.Parallel()
	past := func(c CaseID, k Kind, store StoreCode, reason CloseReason, with Department) PastAnomaly {
		return PastAnomaly{
			Case: c, Kind: k, Store: store, Name: "N" + string(store), With: with, Raised: november(16, 3, 0), Closed: at(16, 4, 0), Reason: reason,
			Last: at(16, 9, 0), AtRisk: 100,
		}
	}
	late := past(20, SlowFulfilment, "S4", RealError, Logistics)
	late.Closed = at(16, 9, 1)
	open := late
	open.Case, open.Closed, open.Reason = 21, nil, ""
	after := late // raised when nothing could be stopped any more
	after.Case, after.Raised = 22, november(16, 10, 0)
	again := past(30, Return, "S4", RuleWrong, CustomerService)
	again.Reopened = true
	endless := past(23, Return, "S4", UnusualRight, Logistics)
	endless.Last, endless.Closed = nil, nil
	all := []PastAnomaly{
		past(1, WrongOrder, "S1", RealError, CustomerService), past(2, WrongOrder, "S1", RealError, CustomerService),
		past(2, StepMismatch, "S1", RealError, CustomerService),
		past(3, StepMismatch, "S2", RealError, CustomerService), past(4, StepMismatch, "S2", RealError, CustomerService),
		past(5, StepMismatch, "S2", MasterDataBad, Procurement), past(6, WrongOrder, "S2", RuleWrong, CustomerService),
		past(7, WrongOrder, "S3", RealError, CustomerService), past(8, StepMismatch, "S3", RealError, CustomerService), // one of each repeats nothing
		late, open, after, again, endless,
	}
	want := []TrainingNeed{
		{Store: "S1", Name: "NS1", Raised: 3, WrongOrders: 2, Steps: 1, AtRisk: 300, Cases: []CaseID{2, 1}},
		{Store: "S2", Name: "NS2", Raised: 4, Steps: 2, AtRisk: 200, Cases: []CaseID{4, 3}},
		{With: CustomerService, Raised: 9, Reopened: 1, FalseAlarms: 2, AtRisk: 200, Cases: []CaseID{30, 6}},
		{With: Logistics, Raised: 4, Late: 2, AtRisk: 200, Cases: []CaseID{21, 20}},
	}
	if d := cmp.Diff(want, TrainingNeeds(all, november(17, 0, 0), 2)); d != "" {
		t.Error(d)
	}
	if got := TrainingNeeds(all, november(16, 8, 0), 3); len(got) != 0 {
		t.Errorf("of three: %v", got)
	}
}

// Work is counted by the hours of its shift: one over midnight on the day it was done, and
// what is done in no shift by itself.
func TestWorkIsCountedByShifts(t *testing.T) {
	t.Parallel()
	shift := func(day, from, hours int) *OnShift {
		starts := november(day, from, 0)
		return &OnShift{Starts: starts, Ends: starts.Add(time.Duration(hours) * time.Hour)}
	}
	took := 20 * time.Minute
	work := []Work{
		{By: "a", At: november(16, 1, 0), What: WorkClaimed, Shift: shift(16, 0, 9)},
		{By: "b", At: november(16, 2, 0), What: WorkHandled, Took: &took, Shift: shift(16, 0, 9)},
		{By: "b", At: november(17, 2, 0), What: WorkHandled, Reopened: true, Shift: shift(17, 0, 9)},
		{By: "a", At: november(16, 15, 0), What: WorkHanded, Shift: shift(16, 14, 8)},
		{By: "a", At: november(16, 17, 0), What: WorkHandled, Shift: shift(16, 14, 8)},
		{By: "c", At: november(16, 11, 0), What: WorkHandled},
	}
	day := func(n int) time.Time { return november(n, 0, 0) }
	const m = 20 * time.Minute
	want := []WorkRow{
		{Day: day(16), Shift: "08:00-17:00", People: 2, Claimed: 1, Handled: 1, Timed: 1, Took: Span{m, m}},
		{Day: day(16), Shift: "22:00-06:00", People: 1, HandedOn: 1},
		{Day: day(16), Shift: NoShift, People: 1, Handled: 1},
		{Day: day(17), Shift: "08:00-17:00", People: 1, Handled: 1, Reopened: 1},
		{Day: day(17), Shift: "22:00-06:00", People: 1, Handled: 1},
		{Shift: "08:00-17:00", People: 2, Claimed: 1, Handled: 2, Reopened: 1, Timed: 1, Took: Span{m, m}},
		{Shift: "22:00-06:00", People: 1, Handled: 1, HandedOn: 1},
		{Shift: NoShift, People: 1, Handled: 1},
		{People: 3, Claimed: 1, Handled: 4, HandedOn: 1, Reopened: 1, Timed: 1, Took: Span{m, m}},
	}
	if d := cmp.Diff(want, WorkShifts(work, shanghaiDay(t))); d != "" {
		t.Error(d)
	}
}

// What is behind the rows adds up to them, whatever day and kind.
func TestTheItemsBehindARowAreItsSums(t *testing.T) {
	t.Parallel()
	facts := WeekFacts{
		Anomalies: []RaisedAnomaly{
			{Kind: QuantitySurge, Order: 1, Line: 1, Raised: november(16, 3, 0), Closed: at(16, 4, 0), Blocks: true, AtRisk: 700, Of: Place{Store: "S1", Case: 1}},
			{Kind: AmountSurge, Order: 1, Raised: november(16, 3, 1), Blocks: true, AtRisk: 900, Of: Place{Store: "S1", Case: 1}},
			{Kind: QuantitySurge, Order: 2, Line: 1, Raised: november(17, 3, 0), Closed: at(17, 4, 0), Lapsed: true, Blocks: true, AtRisk: 50, Of: Place{Store: "S2", Case: 2}},
		},
		Writes: []StandingWrite{{
			At: november(17, 3, 0), Records: []StandingRecord{{QuantitySurge, RealError, []Effect{{Op: EffectSetQuantity, Line: 1}}}},
			Lines: []ResolvedLine{{Line: 1, OldAmount: 600, NewAmount: 100}}, Of: Place{Store: "S1", Case: 1},
		}},
		Credits:  []MoneyMoved{{Kind: ShortWeight, At: november(17, 4, 0), Amount: 30, Of: Place{Store: "S2", Case: 3}}},
		Refusals: []MoneyMoved{{Kind: NoKind, At: november(17, 5, 0), Amount: 88, Of: Place{Store: "S1", Order: 9}}},
	}
	c := shanghaiDay(t)
	for _, r := range append(WeekRows(facts, c), WeekDays(facts, c)...) {
		got := WeekRow{Day: r.Day, Kind: r.Kind}
		for _, i := range facts.Behind(r.Day, r.Kind, c) {
			got.Held += i.Held
			got.Saved += i.Saved
			got.Lost += i.Lost
			if i.Anomaly != nil {
				got.Raised++
			}
		}
		if want := (WeekRow{Day: r.Day, Kind: r.Kind, Raised: r.Raised, Held: r.Held, Saved: r.Saved, Lost: r.Lost}); got != want {
			t.Errorf("behind %+v is %+v", want, got)
		}
	}
	only := facts.Only(func(p Place) bool { return p.Store == "S1" })
	rows := WeekRows(only, c)
	if all := rows[len(rows)-1]; all.Raised != 2 || all.Saved != 500 || all.Lost != 88 || all.Held != 900 {
		t.Errorf("of S1 %+v", all)
	}
	if days := WeekDays(facts, c); len(days) != 2 || days[1].Raised != 1 || days[1].Lost != 118 {
		t.Errorf("days %+v", days)
	}
}
