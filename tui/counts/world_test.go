package counts_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/counts"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/muesli/termenv"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s: %s", name, d)
	}
}

var zone = time.FixedZone("Asia/Shanghai", 8*3600)

func at(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }

// review is one that was written.
type review struct {
	ID   domain.CountID
	What domain.CountState
	Diff domain.Quantity
	Note string
}

// fake is the database of these tests.
type fake struct {
	mu      sync.Mutex
	counts  []domain.StockCount
	file    domain.CountFile
	err     error
	entered []domain.Count
	reviews []review
	ops     map[uuid.UUID]bool
}

func (f *fake) Counts(context.Context) ([]domain.StockCount, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := append([]domain.StockCount(nil), f.counts...)
	domain.SortCounts(out, domain.CountDiffers)
	return out, nil
}

func (f *fake) CountFile(_ context.Context, product domain.ProductCode) (domain.CountFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.file
	out.Product = product
	return out, nil
}

func (f *fake) Countable(context.Context) ([]domain.Product, error) {
	out := make([]domain.Product, len(f.counts))
	for i := range f.counts {
		out[i] = f.counts[i].Product
	}
	return out, nil
}

func (f *fake) RecordCount(_ context.Context, op uuid.UUID, c domain.Count) (domain.CountEntered, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops[op] = true
	if f.err == nil {
		f.entered = append(f.entered, c)
	}
	return domain.CountEntered{ID: 9, Diff: domain.Units(-4), State: domain.CountDiffers}, f.err
}

func (f *fake) ReviewCount(_ context.Context, op uuid.UUID, id domain.CountID, what domain.CountState, diff domain.Quantity, note string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops[op] = true
	if f.err == nil {
		f.reviews = append(f.reviews, review{id, what, diff, note})
	}
	return f.err
}

// morning is what was counted in a morning, some of each state.
func morning() *fake {
	f := &fake{ops: map[uuid.UUID]bool{}}
	add := func(name, nameEn, unit, unitEn string, counted, known int64, price domain.Money, state domain.CountState) *domain.StockCount {
		n := len(f.counts) + 1
		q, k := domain.Units(counted), domain.Units(known)
		p := domain.Product{
			Code: domain.ProductCode("P100" + string(rune('0'+n))), Name: name, NameEn: nameEn, Unit: unit, UnitEn: unitEn, Price: price, Weighed: unit == "kg",
		}
		if unit == "袋" {
			twelve := domain.Units(12)
			p.Case = &twelve
		}
		diff := q - k
		amount := domain.Amount(max(diff, -diff), price)
		f.counts = append(f.counts, domain.StockCount{
			ID: domain.CountID(n), Product: p, Counted: q, At: at(23, 8, 10+n), Counter: "老周", Known: &k, Diff: diff, Amount: amount, State: state,
			By: "zheng", ByName: "郑爽", ByNameEn: "Zheng Shuang", TakenAt: at(23, 9, 0),
		})
		return &f.counts[n-1]
	}
	reviewed := func(c *domain.StockCount, note string) {
		c.Review = &domain.CountReview{What: c.State, Note: note, By: "zheng", ByName: "郑爽", ByNameEn: "Zheng Shuang", At: at(23, 9, 40)}
	}
	add("鲜牛奶250ml", "Fresh milk 250 ml", "袋", "bag", 1200, 1240, 1200, domain.CountDiffers)
	add("猪肉馅", "Minced pork", "kg", "kg", 310, 312, 2790, domain.CountDiffers)
	reviewed(add("鸡蛋30枚", "Eggs, 30", "板", "tray", 95, 90, 2600, domain.CountVerified), "再点一遍, 一样")
	reviewed(add("苹果", "Apples", "kg", "kg", 880, 900, 578, domain.CountAgain), "货位混放")
	add("酸奶", "Yoghurt", "盒", "box", 60, 60, 450, domain.CountMatches)
	add("豆腐", "Tofu", "盒", "box", 40, 45, 300, domain.CountCorrected).Corrected = 7
	f.counts[1].Known = nil
	f.file = domain.CountFile{
		Counts:      []domain.StockCount{f.counts[5]},
		Corrections: []domain.CorrectionMade{{ID: 7, What: domain.CorrectStock, Old: "45000", New: "40000", By: "jian", ByName: "王建", ByNameEn: "Wang Jian", At: at(20, 10, 0)}},
	}
	return f
}

// world is the screen with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	view  *counts.View
}

func open(tb testing.TB, lang text.Lang, f *fake, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(at(23, 9, 50))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "zheng", Name: "郑爽", NameEn: "Zheng Shuang", Roles: []domain.Role{role}}, Conn: ui.Conn{State: ui.Live},
	})
	v := counts.New(ui.NewEnv(d, "counts"), f)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, view: v}
}

// confirm presses ctrl+s once the question was long enough on the screen.
func (w *world) confirm() {
	w.Advance(400 * time.Millisecond)
	w.Press("ctrl+s")
}

func (w *world) foot() string {
	var b strings.Builder
	for _, l := range w.view.Message() {
		for _, s := range l.Left {
			b.WriteString(s.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
