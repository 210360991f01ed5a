package domain

import (
	"cmp"
	"slices"
	"time"
)

// NoKind stands in a kind's place where what counts is of none of them: orders that were
// refused at the door.
const NoKind Kind = "none"

// WeekFacts is what a stretch of business days is reported from.
type WeekFacts struct {
	Anomalies []RaisedAnomaly // raised in it
	Writes    []StandingWrite // written in it and not taken back
	Credits   []MoneyMoved    // booked in it; those taken back in it are below nought
	Refusals  []MoneyMoved    // orders refused at the door in it, of NoKind
}

// Place is where something happened, and what of it opens.
type Place struct {
	Case    CaseID  // 0: there is none
	Order   OrderID // 0: there is none
	OrderNo OrderNo
	Store   StoreCode // "": of several
	Name    string    // of the store
	NameEn  string
	With    Department // the case lies with, or lay with when it ended; "": there is no case
}

// RaisedAnomaly is one anomaly as the report counts it.
type RaisedAnomaly struct {
	Kind    Kind
	Order   OrderID // 0: there is none
	Line    int     // 0: the whole order
	Raised  time.Time
	Touched *time.Time // when somebody first had it in hands; nil: nobody yet
	Closed  *time.Time // nil: open, or open again
	Lapsed  bool       // closed by the facts themselves
	Blocks  bool       // it held its line or order
	AtRisk  Money
	Of      Place
}

// StandingWrite is one write of records that was not taken back.
type StandingWrite struct {
	At      time.Time
	Records []StandingRecord // by their numbers
	Lines   []ResolvedLine   // what all of them together did to the order's lines
	Of      Place
}

// StandingRecord is what of a record tells why lines changed.
type StandingRecord struct {
	Kind    Kind
	Reason  CloseReason
	Effects []Effect
}

// MoneyMoved is an amount of one kind at one time.
type MoneyMoved struct {
	Kind   Kind
	At     time.Time
	Amount Money
	Of     Place
}

// Only keeps what happened at some places.
func (f WeekFacts) Only(keep func(Place) bool) WeekFacts {
	var out WeekFacts
	for _, a := range f.Anomalies {
		if keep(a.Of) {
			out.Anomalies = append(out.Anomalies, a)
		}
	}
	for _, w := range f.Writes {
		if keep(w.Of) {
			out.Writes = append(out.Writes, w)
		}
	}
	for _, m := range f.Credits {
		if keep(m.Of) {
			out.Credits = append(out.Credits, m)
		}
	}
	for _, m := range f.Refusals {
		if keep(m.Of) {
			out.Refusals = append(out.Refusals, m)
		}
	}
	return out
}

// WeekItem is one thing a report of a week counts: an anomaly, or money that was saved or
// lost.
type WeekItem struct {
	Kind    Kind
	At      time.Time
	Anomaly *RaisedAnomaly // nil: money that moved
	Held    Money
	Saved   Money
	Lost    Money
	Of      Place
}

// Touch is how long it took until somebody had it in hands; false where nobody has.
func (i *WeekItem) Touch() (time.Duration, bool) {
	if i.Anomaly == nil || i.Anomaly.Touched == nil {
		return 0, false
	}
	return max(0, i.Anomaly.Touched.Sub(i.Anomaly.Raised)), true
}

// Resolve is how long it took until it was decided; false where nobody did.
func (i *WeekItem) Resolve() (time.Duration, bool) {
	if i.Anomaly == nil || i.Anomaly.Closed == nil || i.Anomaly.Lapsed {
		return 0, false
	}
	return i.Anomaly.Closed.Sub(i.Anomaly.Raised), true
}

// Items are all that is counted, by their times.
func (f WeekFacts) Items() []WeekItem {
	var out []WeekItem
	for i := range f.Anomalies {
		a := &f.Anomalies[i]
		out = append(out, WeekItem{Kind: a.Kind, At: a.Raised, Anomaly: a, Of: a.Of})
	}
	for _, i := range held(f.Anomalies) {
		out[i].Held = f.Anomalies[i].AtRisk
	}
	for _, w := range f.Writes {
		for _, m := range w.Saved() {
			out = append(out, WeekItem{Kind: m.Kind, At: m.At, Saved: m.Amount, Of: m.Of})
		}
	}
	for _, m := range slices.Concat(f.Credits, f.Refusals) {
		out = append(out, WeekItem{Kind: m.Kind, At: m.At, Lost: m.Amount, Of: m.Of})
	}
	slices.SortStableFunc(out, func(a, b WeekItem) int { return a.At.Compare(b.At) })
	return out
}

// Behind are the items a row of the report counts: those of its day and kind, zero for all
// days, "" for all kinds.
func (f WeekFacts) Behind(day time.Time, k Kind, c Calendar) []WeekItem {
	return slices.DeleteFunc(f.Items(), func(i WeekItem) bool {
		return !day.IsZero() && !c.BusinessDay(i.At).Equal(day) || k != "" && i.Kind != k
	})
}

// WeekRow counts one kind on one business day. Raised is Open, Decided and Lapsed; these
// and the times are of what was raised that day, whenever it ended. Saved and Lost are
// what that day did.
type WeekRow struct {
	Day     time.Time // midnight UTC of the date; zero: all days together
	Kind    Kind      // "": all kinds together
	Raised  int
	Open    int
	Decided int
	Lapsed  int
	Touched int  // so many Touch tells of
	Touch   Span // until somebody first had it in hands
	Resolve Span // until it was decided, of Decided
	Held    Money
	Saved   Money
	Lost    Money // credits and what was refused at the door; below nought where more was taken back
}

// Span is the middle of several times, and the one nine of ten do not exceed.
type Span struct{ Median, Ninth time.Duration }

// SpanOf gives the median, of an even number the mean of the middle two, and the nearest
// rank of nine tenths; of no times noughts. It leaves its argument as it is.
func SpanOf(times []time.Duration) Span {
	n := len(times)
	if n == 0 {
		return Span{}
	}
	sorted := slices.Sorted(slices.Values(times))
	return Span{Median: (sorted[(n-1)/2] + sorted[n/2]) / 2, Ninth: sorted[(9*n+9)/10-1]}
}

// weekCell gathers what one row is made of.
type weekCell struct {
	WeekRow
	touch, resolve []time.Duration
}

// weekKey is the place of a row.
type weekKey struct {
	day  time.Time
	kind Kind
}

// WeekRows counts what happened: a row for each business day and kind of which there is
// anything, days in turn, kinds by their clauses, NoKind last; then each kind over all
// days, then everything. Of nothing there are no rows.
func WeekRows(f WeekFacts, c Calendar) []WeekRow {
	cells := map[weekKey]*weekCell{}
	items := f.Items()
	for i := range items {
		item := &items[i]
		day := c.BusinessDay(item.At)
		for _, key := range []weekKey{{day, item.Kind}, {time.Time{}, item.Kind}, {}} {
			if cells[key] == nil {
				cells[key] = &weekCell{WeekRow: WeekRow{Day: key.day, Kind: key.kind}}
			}
			cells[key].count(item)
		}
	}
	return inTurn(cells)
}

// WeekDays are the sums of each day that has anything, over all kinds, in turn.
func WeekDays(f WeekFacts, c Calendar) []WeekRow {
	cells := map[weekKey]*weekCell{}
	items := f.Items()
	for i := range items {
		key := weekKey{day: c.BusinessDay(items[i].At)}
		if cells[key] == nil {
			cells[key] = &weekCell{WeekRow: WeekRow{Day: key.day}}
		}
		cells[key].count(&items[i])
	}
	return inTurn(cells)
}

func (w *weekCell) count(i *WeekItem) {
	w.Held += i.Held
	w.Saved += i.Saved
	w.Lost += i.Lost
	if i.Anomaly == nil {
		return
	}
	w.Raised++
	took, decided := i.Resolve()
	switch {
	case decided:
		w.Decided++
		w.resolve = append(w.resolve, took)
	case i.Anomaly.Closed == nil:
		w.Open++
	default:
		w.Lapsed++
	}
	if touch, ok := i.Touch(); ok {
		w.Touched++
		w.touch = append(w.touch, touch)
	}
}

func inTurn(cells map[weekKey]*weekCell) []WeekRow {
	var out []WeekRow
	for _, w := range cells {
		w.Touch, w.Resolve = SpanOf(w.touch), SpanOf(w.resolve)
		out = append(out, w.WeekRow)
	}
	kinds := append(Kinds(), NoKind)
	slices.SortFunc(out, func(a, b WeekRow) int {
		return cmp.Or(cmp.Compare(last(a.Day.IsZero()), last(b.Day.IsZero())), a.Day.Compare(b.Day),
			cmp.Compare(last(a.Kind == ""), last(b.Kind == "")), cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)))
	})
	return out
}

// last sorts what is so behind the rest.
func last(so bool) int {
	if so {
		return 1
	}
	return 0
}

// held gives the places of the anomalies whose money counts as held, so that none counts
// twice: of each line the one with most at risk, and those of an order, unless the order
// as a whole is held for as much as all its lines together.
func held(all []RaisedAnomaly) []int {
	type place struct {
		order OrderID
		line  int
	}
	most, lines := map[place]int{}, map[OrderID]Money{}
	for i, a := range all {
		p := place{a.Order, a.Line}
		if j, seen := most[p]; a.Blocks && a.Order != 0 && (!seen || a.AtRisk > all[j].AtRisk) {
			most[p] = i
		}
	}
	for p, i := range most {
		if p.line != 0 {
			lines[p.order] += all[i].AtRisk
		}
	}
	var out []int
	for p, i := range most {
		whole, is := most[place{p.order, 0}]
		byOrder := is && all[whole].AtRisk >= lines[p.order]
		if (p.line == 0) == byOrder {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// Saved is the surplus a write kept from being delivered, by kinds: what lines cost less,
// where an entry was a real error; less what was ordered again in the place of it. Only
// kinds whose money at risk is a surplus save any ("Moments and money").
func (w StandingWrite) Saved() []MoneyMoved {
	var out []MoneyMoved
	for i, r := range w.Records {
		if r.Reason != RealError || !r.Kind.surplus() {
			continue
		}
		var less Money
		for _, l := range w.Lines {
			if w.didLine(l.Line) == i {
				less += max(0, l.OldAmount-l.NewAmount)
			}
		}
		for _, e := range r.Effects {
			for _, l := range e.Lines {
				less -= Amount(l.Quantity, l.Price)
			}
		}
		if less > 0 {
			out = append(out, MoneyMoved{Kind: r.Kind, At: w.At, Amount: less, Of: w.Of})
		}
	}
	return out
}

// didLine is the place of the record that changed a line, -1 for none.
func (w StandingWrite) didLine(line int) int {
	return slices.IndexFunc(w.Records, func(r StandingRecord) bool {
		return slices.ContainsFunc(r.Effects, func(e Effect) bool {
			switch e.Op {
			case EffectCancelOrder:
				return true
			case EffectSetQuantity, EffectCancelLine, EffectSubstitute:
				return e.Line == line
			default:
				return false
			}
		})
	})
}

// surplus tells whether the money at risk of a kind is what was ordered too much.
func (k Kind) surplus() bool { return slices.Contains(EntryKinds(), k) }
