package detect

import (
	"runtime"
	"slices"
	"sort"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

// labelled is the stream of testdata with its scores and what is known to be wrong.
type labelled struct {
	score map[string]float64
	alert map[string]bool
	kind  map[string]string // of lines
	order map[string]string // kind of order, by line
	day   map[string]string
}

func judgeLabelled(tb testing.TB) labelled {
	tb.Helper()
	st := readStream(tb, "testdata")
	l := labelled{map[string]float64{}, map[string]bool{}, map[string]string{}, map[string]string{}, map[string]string{}}
	readTable(tb, "testdata/labels.csv.gz", func(get func(string) string) { l.kind[get("line_id")] = get("kind") })
	orders := map[domain.OrderNo]string{}
	readTable(tb, "testdata/order_labels.csv.gz", func(get func(string) string) {
		orders[domain.OrderNo(get("order_id"))] = get("kind")
	})
	e := New(undecided())
	for i, o := range st.orders {
		v := e.Judge(Input{Order: o, Products: st.products})
		for k, id := range st.lineIDs[i] {
			l.score[id], l.order[id], l.day[id] = v.LineScores[k], orders[o.No], o.BusinessDay.Format("2006-01-02")
			l.alert[id] = slices.ContainsFunc(v.Flags, func(f Flag) bool { return f.Line == k+1 })
		}
	}
	return l
}

// ranked gives the lines that count, the oddest first, and whether each was made
// wrong: those after the warm-up, without whole-order errors and real cancellations.
func (l labelled) ranked() (ids []string, wrong func(string) bool) {
	wrong = func(id string) bool {
		return slices.Contains([]string{"x3", "x5", "x10", "x100", "digit", "pack"}, l.kind[id])
	}
	for id := range l.score {
		whole := l.order[id] != "" && l.order[id] != "line_inj" && l.order[id] != "nat_other" && l.order[id] != "nat_order_rev"
		if l.day[id] >= "2010-06-01" && !whole && (l.kind[id] == "" || wrong(id)) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	sort.SliceStable(ids, func(a, b int) bool { return l.score[ids[a]] > l.score[ids[b]] })
	return ids, wrong
}

// On a cut of real orders with labelled errors the ranking stays as good as it was,
// and so do the alerts at their own threshold. A fixed rule (three times the mean)
// has an average precision of .13 on the whole stream.
func TestRealOrdersFloor(t *testing.T) {
	t.Parallel()
	l := judgeLabelled(t)
	ids, wrong := l.ranked()
	total, found, alerts, caught := 0, 0, 0, 0
	sum, top := 0.0, 0
	for _, id := range ids {
		if wrong(id) {
			total++
		}
	}
	for n, id := range ids {
		if l.alert[id] {
			alerts++
		}
		if !wrong(id) {
			continue
		}
		found++
		sum += float64(found) / float64(n+1)
		if n < len(ids)/100 {
			top++
		}
		if l.alert[id] {
			caught++
		}
	}
	ap, recall := sum/float64(total), float64(top)/float64(total)
	rate, own := float64(alerts)/float64(len(ids)), float64(caught)/float64(total)
	t.Logf("%d lines, %d wrong: average precision %.3f, recall at 1%% %.3f; own alerts %.4f of the lines, recall %.3f, precision %.3f",
		len(ids), total, ap, recall, rate, own, float64(caught)/float64(alerts))
	if ap < floorAP || recall < floorRecall {
		t.Errorf("average precision %.3f and recall at 1 %% %.3f, want at least %.2f and %.2f", ap, recall, floorAP, floorRecall)
	}
	if rate > 0.015 || own < floorOwn {
		t.Errorf("own alerts are %.4f of the lines and find %.3f, want at most .015 and at least %.2f", rate, own, floorOwn)
	}
}

const (
	floorAP     = 0.47
	floorRecall = 0.57
	floorOwn    = 0.60
)

// What comes later changes no score: the first half of the stream is judged alike
// whether or not the second follows.
func TestLaterLinesChangeNoScore(t *testing.T) {
	t.Parallel()
	st := readStream(t, "testdata")
	judge := func(orders []domain.Order) []Verdict {
		var out []Verdict
		e := New(Defaults())
		for _, o := range orders {
			out = append(out, e.Judge(Input{Order: o, Products: st.products}))
		}
		return out
	}
	half := len(st.orders) / 2
	later := slices.Clone(st.orders)
	for i := range later[half:] {
		o := &later[half+i]
		o.Lines = slices.Clone(o.Lines)
		for k := range o.Lines {
			o.Lines[k].Quantity *= 7
		}
	}
	want, got := judge(st.orders[:half]), judge(later)
	if diff := cmp.Diff(want, got[:half]); diff != "" {
		t.Errorf("verdicts changed with later orders: %s", diff)
	}
}

// A take-over in the middle of real orders changes no later verdict.
func TestTakeOverOnRealOrders(t *testing.T) {
	t.Parallel()
	st := readStream(t, "testdata")
	calm, taken := New(Defaults()), New(Defaults())
	var kept keeper
	for i, o := range st.orders {
		want, got := calm.Judge(Input{Order: o, Products: st.products}), taken.Judge(Input{Order: o, Products: st.products})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("order %d of %d: %s", i, len(st.orders), diff)
		}
		kept.keep(taken.Changed())
		if i%97 == 96 {
			taken = New(Defaults())
			if err := taken.Load(kept.states); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// BenchmarkMemory tells what a pair of store and product takes: on the heap with
// everything that hangs on it, and stored.
func BenchmarkMemory(b *testing.B) {
	st := readStream(b, streamDir())
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		e := New(undecided())
		for _, o := range st.orders {
			e.Judge(Input{Order: o, Products: st.products})
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		pairs, stored := 0, 0
		for i := range e.stores {
			pairs += len(e.stores[i].pairs)
		}
		for _, s := range e.Changed() {
			stored += len(s.Data)
		}
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(pairs), "B/pair")
		b.ReportMetric(float64(stored)/float64(pairs), "stored-B/pair")
		b.ReportMetric(float64(pairs), "pairs")
		runtime.KeepAlive(e)
	}
}
