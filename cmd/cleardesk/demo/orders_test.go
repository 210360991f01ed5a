package demo

import (
	"math"
	"testing"
	"time"

	"cleardesk/domain"
)

func TestOrdersAddUp(t *testing.T) {
	t.Parallel()
	p := platform(1)
	check := func(o domain.Order, slip Slip) {
		if o.Total != domain.TotalOf(o.Lines) || len(o.Lines) == 0 || o.BusinessDay.Hour() != 0 || o.Version != 1 {
			t.Errorf("%s: total %s, %d lines, day %s", o.No, o.Total, len(o.Lines), o.BusinessDay)
		}
		seen := map[domain.ProductCode]bool{}
		for i, l := range o.Lines {
			facts := p.Products[p.index[l.Product]]
			if l.No != i+1 || l.Quantity <= 0 || l.Original != l.Quantity || l.Price != facts.Price ||
				l.Amount != domain.Amount(l.Quantity, l.Price) {
				t.Errorf("%s: line %+v", o.No, l)
			}
			if seen[l.Product] && slip != WrongItem {
				t.Errorf("%s has %s twice", o.No, l.Product)
			}
			seen[l.Product] = true
		}
	}
	var last time.Time
	for _, o := range p.History {
		check(o, p.Odd[o.No].Slip)
		if !o.History || o.PlacedAt.Before(last) || !o.BusinessDay.Before(p.today.date()) {
			t.Errorf("%s placed at %s on %s, after one at %s", o.No, o.PlacedAt, o.BusinessDay, last)
		}
		last = o.PlacedAt
		at := o.PlacedAt.In(p.zone)
		if minutes := at.Hour()*60 + at.Minute(); minutes < 13*60 || minutes >= 15*60 || dayOf(at).date() != o.BusinessDay {
			t.Errorf("%s placed at %s", o.No, at)
		}
	}
	for _, a := range p.Backlog(morning(), Calendar(morning())) {
		check(a.Order, a.Truth.Slip)
	}
}

// The stores order in steps, whatever else they get wrong.
func TestQuantitiesAreMultiplesOfTheStep(t *testing.T) {
	t.Parallel()
	p := platform(2)
	cal := Calendar(morning())
	lines := 0
	check := func(o domain.Order, truth Truth) {
		for _, l := range o.Lines {
			lines++
			step := p.Products[p.index[l.Product]].Step
			if step == nil || l.Quantity.IsMultipleOf(*step) {
				continue
			}
			if truth.Slip != OffStep || truth.Line != l.No {
				t.Errorf("%s line %d: %s is no multiple of %s (%s)", o.No, l.No, l.Quantity, step, truth.Slip)
			}
		}
	}
	for _, o := range p.History {
		check(o, p.Odd[o.No])
	}
	backlog := p.Backlog(morning(), cal)
	for _, a := range append(backlog, take(p.Feed(morning(), cal, 10, ""), 2000)...) {
		check(a.Order, a.Truth)
	}
	if lines < 35000 {
		t.Errorf("only %d lines", lines)
	}
}

func TestShareOfWrongOrders(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		p := platform(seed)
		cal := Calendar(morning())
		backlog := p.Backlog(morning(), cal)
		last := backlog[len(backlog)-1].Order.No
		feed := take(p.Feed(morning(), cal, 1, last), 400)
		wrong := count(backlog) + count(feed)
		if share := float64(wrong) / float64(len(backlog)+len(feed)); share < 0.055 || share > 0.085 {
			t.Errorf("seed %d: %d of %d orders are wrong", seed, wrong, len(backlog)+len(feed))
		}
		between(t, "orders before the opening", len(backlog), 70, 160)
		between(t, "wrong ones among them", count(backlog), 7, 18)
		if count(feed[:3]) == 0 {
			t.Errorf("seed %d: nothing to see among the first three orders that arrive", seed)
		}
		past := 0
		for no, truth := range p.Odd {
			if truth.Slip.Wrong() {
				past++
			}
			if truth.Slip == NoSlip {
				t.Errorf("%s is odd without a reason", no)
			}
		}
		between(t, "wrong orders in the past", past, 10, 60)
	}
}

// Whatever day of the week the demo is opened on, there is work on the desk.
func TestEveryDayIsLively(t *testing.T) {
	t.Parallel()
	for ahead := range 7 {
		now := morning().AddDate(0, 0, ahead)
		p := New(1, now, Zone(now))
		backlog := p.Backlog(now, Calendar(now))
		between(t, "orders before the opening on a "+now.Weekday().String(), len(backlog), 70, 160)
		between(t, "wrong ones among them", count(backlog), 7, 18)
	}
}

func count(all []Arrival) int {
	n := 0
	for _, a := range all {
		if a.Truth.Slip.Wrong() {
			n++
		}
	}
	return n
}

// Every way of going wrong is met within some hours, and is what it says.
func TestEverySlipIsWhatItSays(t *testing.T) {
	t.Parallel()
	p := platform(4)
	cal := Calendar(morning())
	seen := map[Slip]int{}
	orders := map[string]int{}
	for _, a := range take(p.Feed(morning(), cal, 12, ""), 3000) {
		seen[a.Truth.Slip]++
		o, truth := a.Order, a.Truth
		var key []byte
		for _, l := range o.Lines {
			key = append(key, string(l.Product)+l.Quantity.String()+" "...)
		}
		before := orders[string(o.Store)+string(key)]
		orders[string(o.Store)+string(key)]++
		if truth.Line == 0 {
			if truth.Slip == Twice && before == 0 {
				t.Errorf("%s repeats nothing", o.No)
			}
			continue
		}
		l := o.Lines[truth.Line-1]
		facts := p.Products[p.index[l.Product]]
		ok := true
		switch truth.Slip {
		case ExtraDigit, DoubledKey:
			ok = l.Quantity >= 10*truth.Meant
		case CaseForUnit:
			ok = l.Quantity == truth.Meant**facts.Case/domain.Unit && l.Quantity > truth.Meant
		case Pounds:
			ok = facts.Weighed && l.Quantity == 2*truth.Meant
		case WrongItem:
			ok = truth.Product != l.Product && truth.Product != ""
		case OffStep:
			ok = !l.Quantity.IsMultipleOf(*facts.Step)
		case StaleStep:
			ok = *l.StepSeen != *facts.Step && l.Quantity.IsMultipleOf(*l.StepSeen)
		case SoldOut:
			ok = l.Quantity > *facts.Stock
		default: // of the order as a whole
		}
		if !ok {
			t.Errorf("%s: %s on %+v, meant %s", o.No, truth.Slip, l, truth.Meant)
		}
		if truth.Slip != StaleStep && l.StepSeen != nil && *l.StepSeen != *facts.Step {
			t.Errorf("%s: the store saw the step %s of %s", o.No, l.StepSeen, l.Product)
		}
	}
	for _, s := range append(todaysSlips[:], genuineSlips[:]...) {
		if seen[s] == 0 {
			t.Errorf("no %s among 3000 orders: %v", s, seen)
		}
	}
}

// What a store sees is sold out it does not order, but by the slip of that name.
func TestSoldOutIsOrderedByMistakeOnly(t *testing.T) {
	t.Parallel()
	p := platform(4)
	for _, a := range take(p.Feed(morning(), Calendar(morning()), 12, ""), 1500) {
		for _, l := range a.Order.Lines {
			meant := a.Truth.Slip != SoldOut || a.Truth.Line != l.No
			if meant && p.soldOut[p.index[l.Product]] {
				t.Errorf("%s line %d orders %s, which is sold out", a.Order.No, l.No, l.Product)
			}
		}
	}
}

// Stores stock up before a holiday, fixed or of the lunar calendar.
func TestHolidaysMoveTheDemand(t *testing.T) {
	t.Parallel()
	p := New(1, time.Date(2026, 10, 20, 6, 0, 0, 0, time.UTC), time.UTC)
	perDay, days := map[bool]float64{}, map[bool]map[time.Time]bool{true: {}, false: {}}
	for _, o := range p.History {
		if _, odd := p.Odd[o.No]; odd {
			continue
		}
		before := o.BusinessDay.Month() == time.September && (o.BusinessDay.Day() >= 28 || o.BusinessDay.Day() >= 22 && o.BusinessDay.Day() <= 24)
		perDay[before] += o.Total.Float()
		days[before][o.BusinessDay] = true
	}
	ratio := perDay[true] / float64(len(days[true])) / (perDay[false] / float64(len(days[false])))
	if len(days[true]) != 6 || ratio < 1.15 || ratio > 1.6 {
		t.Errorf("the %d days before holidays are %.2f of the others", len(days[true]), ratio)
	}
}

// The same four cases are there with every seed.
func TestTheScenesArePlayed(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		p := platform(seed)
		want := map[domain.StoreCode]domain.Quantity{
			"S014": domain.Units(1000), "S031": domain.Units(480), "S022": domain.Units(90), "S025": domain.Units(200),
		}
		for _, a := range p.Backlog(morning(), Calendar(morning())) {
			if q, scene := want[a.Order.Store]; scene && a.Truth.Slip == ExtraDigit && a.Order.Lines[a.Truth.Line-1].Quantity == q {
				delete(want, a.Order.Store)
			}
		}
		if len(want) > 0 {
			t.Errorf("seed %d: not played: %v", seed, want)
		}
	}
}

func TestTheWeekHasARhythm(t *testing.T) {
	t.Parallel()
	p := platform(1)
	perDay := map[domain.StoreCode]map[time.Weekday]int{}
	snacks, fridays, others := map[bool]float64{}, 0.0, 0.0
	for _, o := range p.History {
		if perDay[o.Store] == nil {
			perDay[o.Store] = map[time.Weekday]int{}
		}
		weekday := o.BusinessDay.Weekday()
		perDay[o.Store][weekday]++
		weekend := weekday == time.Friday || weekday == time.Saturday
		for _, l := range o.Lines {
			if _, odd := p.Odd[o.No]; odd || p.Products[p.index[l.Product]].Category != "snacks" {
				continue
			}
			snacks[weekend] += l.Amount.Float()
			if weekend {
				fridays++
			} else {
				others++
			}
		}
	}
	for store, days := range perDay {
		if h := p.habits[p.storeAt(store)]; len(days) != h.weekdays() {
			t.Errorf("%s ordered on %d weekdays and its habit is %d", store, len(days), h.weekdays())
		}
	}
	if ratio := snacks[true] / fridays / (snacks[false] / others); ratio < 1.2 || ratio > 1.6 {
		t.Errorf("a weekend's line of snacks is %.2f of another day's", ratio)
	}
}

// A promotion multiplies what the stores order of the product.
func TestPromotionsSell(t *testing.T) {
	t.Parallel()
	p := platform(1)
	usual := map[domain.ProductCode][2]float64{} // sum of the logs of line quantities, lines
	advertised := map[domain.ProductCode][2]float64{}
	for _, o := range p.History {
		d := dayOf(o.BusinessDay)
		on := p.promoted(d)
		for _, l := range o.Lines {
			to := usual
			if _, ok := on[p.index[l.Product]]; ok {
				to = advertised
			}
			sum := to[l.Product]
			to[l.Product] = [2]float64{sum[0] + math.Log(l.Quantity.Float()), sum[1] + 1}
		}
	}
	above, lines := 0.0, 0.0
	for product, sum := range advertised {
		if base := usual[product]; base[1] > 0 {
			above += sum[0] - sum[1]*base[0]/base[1]
			lines += sum[1]
		}
	}
	if ratio := math.Exp(above / lines); lines < 200 || ratio < 1.5 || ratio > 2.5 {
		t.Errorf("%.0f promoted lines are %.2f of the usual", lines, ratio)
	}
	if len(p.promoted(p.today)) == 0 {
		t.Error("nothing is promoted today")
	}
}
