package queue_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestFrames holds the screen to what was looked at, at each width where its shape
// changes, in both languages.
func TestFrames(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, size := range [][2]int{{80, 19}, {110, 27}, {140, 35}, {200, 55}} {
			name := fmt.Sprintf("%s_%dx%d", lang, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, lang, size[0], size[1])
				w.rest()
				golden(t, name, w.Frame())
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got+"\n", "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestAnyFrame draws rows made of hostile text at random sizes; the driver fails on
// a frame that is not exactly as large, or that holds a foreign escape.
func TestAnyFrame(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 11))
	bad := tuitest.Hostile()
	for range 60 {
		lang := []text.Lang{text.Chinese, text.English}[r.IntN(2)]
		w := newWorld(t, lang, 80, 19)
		w.desk.change(func() {
			for i := range w.desk.rows {
				row := &w.desk.rows[i]
				row.StoreName, row.StoreNameEn, row.ProductName = bad[r.IntN(len(bad))], bad[r.IntN(len(bad))], bad[r.IntN(len(bad))]
				row.Unit, row.OrderNo = bad[r.IntN(len(bad))], domain.OrderNo(bad[r.IntN(len(bad))])
				row.AtRisk = domain.Money(r.Int64N(1e12))
			}
			w.desk.file.Store.Manager, w.desk.file.Store.Phone = bad[r.IntN(len(bad))], bad[r.IntN(len(bad))]
		})
		w.Press("f5")
		w.rest()
		for range 4 {
			w.Resize(80+r.IntN(171), 19+r.IntN(60))
			w.Frame()
			w.Press([]string{"down", "space", "/", "esc", "f9", "ctrl+o", "esc"}[r.IntN(7)])
			w.Frame()
		}
	}
}

func TestRowsKeepTheirPlaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Press("down", "down")
	before := w.Line(5)
	w.desk.change(func() {
		fresh := w.desk.rows[0]
		fresh.Case, fresh.Rank, fresh.AtRisk, fresh.StoreNameEn = 9, 0.5, 2210*domain.Yuan, "Newtown"
		w.desk.rows = append([]domain.QueueRow{fresh}, w.desk.rows[1:]...) // one came, the first went
	})
	w.Send(ui.Changed{Topics: []string{"queue"}})
	if got := w.Line(5); got != before {
		t.Errorf("the row under the cursor became %q, was %q", got, before)
	}
	w.Lacks("Newtown")
	w.Press("f5")
	w.Sees("Newtown")
	w.Lacks("Chaoyang")
}

func TestNewRowsAreCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Press("down")
	w.desk.change(func() {
		fresh := w.desk.rows[0]
		fresh.Case, fresh.Rank, fresh.AtRisk = 9, 2.5, 2210*domain.Yuan
		w.desk.rows = slices.Insert(w.desk.rows, 2, fresh)
	})
	w.Send(ui.Changed{All: true})
	if got := foot(w); !strings.Contains(got, "1 new, most urgent ¥2,210 with 1h20 left") {
		t.Errorf("message %q", got)
	}
}

// foot is what the view has to say above the keys.
func foot(w *world) string {
	var b strings.Builder
	for _, l := range w.view.Message() {
		for _, s := range append(slices.Clone(l.Left), l.Right...) {
			b.WriteString(s.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestFilterCountsWhatItHides(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Press("/")
	w.Type("jins")
	w.Press("enter")
	w.Sees("Jinsong", "!4 hidden, one with 1h20")
	w.Lacks("Fangzhuang")
	w.Press("/")
	w.Type("xx")
	w.Press("enter")
	w.Sees("Nothing matches: 5 hidden by \"jinsxx\"", "esc")
	w.Press("esc")
	w.Sees("Fangzhuang", "0 hidden")
}

// The queues of the other departments are a key away, back as well as on, and words
// are quoted once.
func TestOtherDepartmentsByTab(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Press("tab")
	w.Lacks("with customer service")
	w.Press("shift+tab")
	w.Sees("with customer service")
	zh := newWorld(t, text.Chinese, 80, 19)
	zh.Press("/")
	zh.Type("xx")
	zh.Press("enter")
	zh.Sees("条被「xx」隐去")
}

func TestFilterOutlivesALostLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Press("down", "down", "space", "/")
	w.Type("j")
	w.Press("enter")
	before := w.Frame()
	w.desk.change(func() { w.desk.down = domain.Errorf(domain.Unavailable, "read queue", "gone") })
	w.env.Conn = ui.Conn{State: ui.Reconnecting, Since: now}
	w.Send(ui.Changed{All: true})
	if diff := cmp.Diff(before, w.Frame()); diff != "" {
		t.Errorf("the screen changed when the line was lost:\n%s", diff)
	}
	if got := foot(w); !strings.Contains(got, "!No line: data of 13:40:00") {
		t.Errorf("message %q", got)
	}
	w.desk.change(func() { w.desk.down = nil })
	w.env.Conn = ui.Conn{State: ui.Live}
	w.Send(ui.Changed{All: true})
	if diff := cmp.Diff(before, w.Frame()); diff != "" {
		t.Errorf("the screen is another when the line is back:\n%s", diff)
	}
}

func TestClaimAndGiveBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Press("f6")
	if diff := cmp.Diff([]string{"claim"}, w.desk.written()); diff != "" {
		t.Fatal(diff)
	}
	w.Sees("me <1m")
	w.Press("c")
	if diff := cmp.Diff([]string{"claim", "give back"}, w.desk.written()); diff != "" {
		t.Fatal(diff)
	}
}

func TestLostRaceNamesTheWinner(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.desk.refuse[1] = &domain.Error{
		Code: domain.Taken, Op: "claim", Msg: "held", Detail: map[string]string{"name": "王磊", "name_en": "Wang Lei", "holder": "wang"},
	}
	w.Press("f6")
	if said := strings.Join(w.Said(), "|"); !strings.Contains(said, "Wang Lei") {
		t.Errorf("said %q, without the winner", said)
	}
}

func TestBulkActTriesEveryRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.desk.refuse[3] = errors.New("broken")
	w.Press("space", "down", "space", "space", "f6") // the first, the third and the fourth
	if got := len(w.desk.written()); got != 2 {
		t.Errorf("%d rows were claimed, want 2", got)
	}
	if got := foot(w); !strings.Contains(got, "2 done, 1 refused") {
		t.Errorf("message %q", got)
	}
}

func TestHandOverAsksTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Press("ctrl+o", "2")
	w.Type("knows them")
	w.Press("ctrl+s", "ctrl+s") // too quick: the question was not seen for 300 ms
	if len(w.desk.written()) != 0 {
		t.Fatalf("written at once: %v", w.desk.written())
	}
	w.Advance(400 * time.Millisecond)
	w.Press("ctrl+s")
	if diff := cmp.Diff([]string{"hand to expansion: knows them"}, w.desk.written()); diff != "" {
		t.Fatal(diff)
	}
}

func TestManagerTakesOverWithAReason(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.env.Me.Roles = []domain.Role{domain.RoleManager}
	w.Press("down", "down", "down", "f6", "ctrl+s") // the fourth row is Wang's
	if len(w.desk.written()) != 0 || !strings.Contains(strings.Join(w.Said(), "|"), "say why") {
		t.Fatalf("written without a reason: %v", w.desk.written())
	}
	w.Type("gone home")
	w.Press("ctrl+s")
	w.Advance(400 * time.Millisecond)
	w.Press("ctrl+s")
	if diff := cmp.Diff([]string{"take over: gone home"}, w.desk.written()); diff != "" {
		t.Fatal(diff)
	}
}

func TestLaterIsOnlyForMine(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Press("f9")
	if said := strings.Join(w.Said(), "|"); !strings.Contains(said, "claim it first") {
		t.Errorf("said %q", said)
	}
	w.Press("down", "f9", "1")
	if diff := cmp.Diff([]string{"snooze until 13:50"}, w.desk.written()); diff != "" {
		t.Fatal(diff)
	}
}

func TestStrayTextWritesNothing(t *testing.T) {
	t.Parallel()
	for _, stray := range []string{"claim", "xiugai", "写入", "cccc", strings.Repeat("c n ", 2500)} {
		w := newWorld(t, text.Chinese, 80, 19)
		w.Press(stray)
		w.Paste(stray)
		if got := w.desk.written(); len(got) != 0 {
			t.Errorf("%.12q wrote %v", stray, got)
		}
	}
}

func TestEmptyIsNotSafe(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.desk.change(func() { w.desk.rows = nil })
	w.Press("f5", "f5")
	w.Sees("Nothing to clear. Judged to 13:39:58")
	w.env.Status.Unjudged, w.env.Status.Oldest = 312, 6*time.Minute
	w.Sees("!Judging has stopped: 312 orders wait, 6m")
}

// BenchmarkKeyToFrame is the time from a key to the finished frame on a large
// terminal with as many rows as the desk keeps.
func BenchmarkKeyToFrame(b *testing.B) {
	w := newWorld(b, text.Chinese, 200, 55)
	w.desk.change(func() {
		one := drawn()[1]
		for i := range 100_000 {
			r := one
			r.Case, r.Rank = domain.CaseID(100+i), float64(100+i)
			w.desk.rows = append(w.desk.rows, r)
		}
	})
	w.Press("f5", "end", "end", "home")
	took := make([]time.Duration, 0, b.N)
	for b.Loop() {
		start := time.Now()
		w.Press("down")
		w.Raw()
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	const half = 16_700 * time.Microsecond / 2 // of a frame at 60 Hz
	b.ReportMetric(float64(took[len(took)*99/100])/float64(half), "p99/half-frame")
}

func TestFacetsComeFromTheMenu(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Send(keys.Press{Action: "queue_mine", Count: 1})
	w.Sees("Wangjing", "mine", "4 hidden")
	w.Lacks("Chaoyang   38,400")
	w.Press("v") // goes on to the free ones
	w.Sees("Jinsong", "free")
	w.Lacks("Milk")
}
