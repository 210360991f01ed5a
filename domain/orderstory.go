package domain

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// StoryWhat is what a line of an order's story tells.
type StoryWhat string

// What happens to an order.
const (
	StoryLinked   StoryWhat = "linked" // an order it belongs with was placed
	StoryPlaced   StoryWhat = "placed"
	StoryFound    StoryWhat = "found"    // the judge found something
	StoryAccepted StoryWhat = "accepted" // the order, or the first of its lines
	StoryCleared  StoryWhat = "cleared"  // the judge saw a change and released a hold
	StoryClaim    StoryWhat = "claim"
	StoryCall     StoryWhat = "call"
	StoryNote     StoryWhat = "note"
	StoryRecord   StoryWhat = "record"
	StoryTold     StoryWhat = "told"     // an event: a stage, a receipt, what the store asked for, cash
	StoryAdjusted StoryWhat = "adjusted" // money beside the order
	StoryPlanned  StoryWhat = "planned"  // when it is to be there, as somebody at the desk says
)

// StoryEvent is one line of an order's story. Fields that have no sense for what it
// tells are empty.
type StoryEvent struct {
	At       time.Time
	What     StoryWhat
	Key      string // tells it from the others of the order, however often it is read
	By       Login  // "": the platform or the judge
	ByName   string
	ByNameEn string
	Case     CaseID

	Link    *OrderLink
	Anomaly *Anomaly
	Hold    *Hold
	Held    int // StoryAccepted: lines that were held then
	Claim   *CaseClaim
	Call    *StoreCall
	Note    *OrderNote
	To      Department // StoryNote: where the case went
	Record  *OrderRecord
	Told    *EventTold
	Money   *Adjustment
	Plan    *DeliveryPlan
}

// Story is what happened to the order, oldest first.
func (f OrderFile) Story() []StoryEvent {
	all := []StoryEvent{{At: f.Order.PlacedAt, What: StoryPlaced, Key: "placed"}}
	for i := range f.Links {
		l := &f.Links[i]
		all = append(all, StoryEvent{At: l.PlacedAt, What: StoryLinked, Key: storyKey("linked", l.ID), Link: l})
	}
	all = append(all, f.judged()...)
	for i := range f.Claims {
		if c := &f.Claims[i]; c.What != "closed" && c.What != "handed_over" { // the record and the note tell those
			all = append(all, StoryEvent{
				At: c.At, What: StoryClaim, Key: storyKey("claim", c.Case) + "/" + strconv.FormatInt(int64(c.No), 10) + c.What, By: c.By,
				ByName: c.ByName, ByNameEn: c.ByNameEn, Case: c.Case, Claim: c,
			})
		}
	}
	for i := range f.Calls {
		c := &f.Calls[i]
		all = append(all, StoryEvent{
			At: c.At, What: StoryCall, Key: storyKey("call", c.At.UnixNano()), By: Login(c.By), ByName: c.ByName, ByNameEn: c.ByNameEn,
			Case: c.Case, Call: c,
		})
	}
	for i := range f.Notes {
		n := &f.Notes[i]
		all = append(all, StoryEvent{
			At: n.At, What: StoryNote, Key: storyKey("note", n.At.UnixNano()) + n.What, By: Login(n.By), ByName: n.ByName, ByNameEn: n.ByNameEn,
			Case: n.Case, Note: n, To: f.wentTo(i),
		})
	}
	for i := range f.Records {
		r := &f.Records[i]
		all = append(all, StoryEvent{
			At: r.At, What: StoryRecord, Key: storyKey("record", r.ID), By: r.By, ByName: r.ByName, ByNameEn: r.ByNameEn, Case: r.Case, Record: r,
		})
	}
	all = append(all, f.toldOf()...)
	slices.SortStableFunc(all, func(a, b StoryEvent) int { return a.At.Compare(b.At) })
	return all
}

// toldOf is what was told of the order, and what was written beside it. A plan that came
// as an event is told by that.
func (f OrderFile) toldOf() []StoryEvent {
	var all []StoryEvent
	for i := range f.Events {
		e := &f.Events[i]
		all = append(all, StoryEvent{At: e.At, What: StoryTold, Key: storyKey("told", e.ID), By: e.By, ByName: e.ByName, ByNameEn: e.ByNameEn, Told: e})
	}
	for i := range f.Plans {
		p := &f.Plans[i]
		if !slices.ContainsFunc(f.Events, func(e EventTold) bool {
			return e.Stage == StagePlanned && e.Due != nil && e.Due.Equal(p.Due) && e.By == p.By
		}) {
			all = append(all, StoryEvent{At: p.At, What: StoryPlanned, Key: storyKey("plan", p.At.UnixNano()), By: p.By, Plan: p})
		}
	}
	for i := range f.Adjustments {
		a := &f.Adjustments[i]
		e := StoryEvent{At: a.At, What: StoryAdjusted, Key: storyKey("money", a.ID), By: a.By, Money: a}
		for k := range f.Records {
			if r := &f.Records[k]; r.ID == a.Record {
				e.Case, e.ByName, e.ByNameEn = r.Case, r.ByName, r.ByNameEn
			}
		}
		all = append(all, e)
	}
	return all
}

// judged is what the judge did: found, accepted, cleared.
func (f OrderFile) judged() []StoryEvent {
	var all []StoryEvent
	found := slices.Clone(f.Anomalies)
	slices.SortFunc(found, func(a, b Anomaly) int { return cmp.Or(a.RaisedAt.Compare(b.RaisedAt), a.Line-b.Line, int(a.ID-b.ID)) })
	for i := range found {
		a := &found[i]
		all = append(all, StoryEvent{At: a.RaisedAt, What: StoryFound, Key: storyKey("found", a.ID), Case: a.Case, Anomaly: a, Hold: f.HoldOf(a.ID)})
	}
	if at := f.AcceptedAt; at != nil {
		all = append(all, StoryEvent{At: *at, What: StoryAccepted, Key: "accepted", Held: f.heldAt(*at)})
	}
	for i := range f.Holds {
		if h := &f.Holds[i]; h.ReleasedAt != nil && h.ReleasedBy == JudgeName {
			e := StoryEvent{At: *h.ReleasedAt, What: StoryCleared, Key: storyKey("cleared", h.ID), Hold: h}
			for _, a := range f.Anomalies {
				if a.ID == h.Anomaly {
					e.Case = a.Case
				}
			}
			all = append(all, e)
		}
	}
	return all
}

// JudgeName is who releases the hold on what a person changed and the judge found in
// order.
const JudgeName = "judge"

// heldAt is how many lines were held at a moment.
func (f OrderFile) heldAt(t time.Time) int {
	held := map[int]bool{}
	for _, h := range f.Holds {
		if h.Line != 0 && !h.PlacedAt.After(t) && (h.ReleasedAt == nil || h.ReleasedAt.After(t)) {
			held[h.Line] = true
		}
	}
	return len(held)
}

// wentTo is the department a note sent its case to: a note tells where the case lay
// before, so it is what the next one tells, or where the case lies now.
func (f OrderFile) wentTo(i int) Department {
	n := f.Notes[i]
	if n.With == "" {
		return ""
	}
	for _, later := range f.Notes[i+1:] {
		if later.Case == n.Case && later.With != "" {
			return later.With
		}
	}
	if c := f.CaseOf(n.Case); c != nil {
		return c.With
	}
	return ""
}

func storyKey[N ~int64](what string, n N) string { return what + "/" + strconv.FormatInt(int64(n), 10) }
