package training_test

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
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/training"
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

func at(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, zone)
}

func date(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

// fake is the database of these tests.
type fake struct {
	mu      sync.Mutex
	past    []domain.PastAnomaly
	lessons []domain.Lesson
	asked   []time.Time
	err     error
	ops     []uuid.UUID
	written []domain.Lesson
}

func (f *fake) Training(_ context.Context, first, last time.Time, _ *time.Location) (domain.TrainingFacts, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, first)
	out := domain.TrainingFacts{First: first, Last: last, Anomalies: f.past, Now: at(11, 23, 9)}
	for _, l := range f.lessons {
		if !l.On.Before(domain.LessonsFrom(first)) && !l.On.After(last) {
			out.Lessons = append(out.Lessons, l)
		}
	}
	return out, nil
}

func (f *fake) Train(_ context.Context, op uuid.UUID, l domain.Lesson) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if f.err == nil {
		f.written = append(f.written, l)
	}
	return f.err
}

// wrong is one wrong order of a store, decided the same day.
func (f *fake) wrong(store domain.StoreCode, name, en string, kind domain.Kind, days ...time.Time) {
	for _, d := range days {
		n := len(f.past) + 1
		closed := d.Add(25 * time.Minute)
		f.past = append(f.past, domain.PastAnomaly{
			Case: domain.CaseID(n), Kind: kind, Order: domain.OrderNo(d.Format("0102-") + "03" + closed.Format("04")), Store: store, Name: name, NameEn: en,
			With: domain.CustomerService, Raised: d, Closed: &closed, Outcome: domain.OrderCancelled, Reason: domain.RealError, AtRisk: domain.Money(120_000 + 700*n),
		})
	}
}

// drawn is a November with two stores and a department that would gain, and one that was
// trained in October and gained.
func drawn() *fake {
	f := &fake{}
	f.wrong("S031", "望京店", "Wangjing", domain.WrongOrder, at(11, 3, 13), at(11, 9, 13), at(11, 17, 14))
	f.wrong("S031", "望京店", "Wangjing", domain.StepMismatch, at(11, 12, 13))
	f.wrong("S022", "劲松店", "Jinsong", domain.StepMismatch, at(11, 5, 13), at(11, 19, 14))
	for d := 1; d <= 7; d++ {
		f.wrong("S014", "朝阳路店", "Chaoyang Road", domain.WrongOrder, at(9, 20+d, 13))
	}
	f.wrong("S014", "朝阳路店", "Chaoyang Road", domain.WrongOrder, at(10, 5, 13), at(11, 2, 13))
	last, closed := at(11, 10, 15), at(11, 11, 9)
	for i := range 3 {
		f.past = append(f.past, domain.PastAnomaly{
			Case: domain.CaseID(90 + i), Kind: domain.SlowFulfilment, Order: "1110-0388", Store: "S008", Name: "大望路店", NameEn: "Dawanglu",
			With: domain.Logistics, Raised: at(11, 10, 9), Last: &last, Closed: &closed, Outcome: domain.Rescheduled, Reason: domain.RealError, AtRisk: 480_000,
		})
	}
	f.past[len(f.past)-1].Reopened = true
	f.lessons = []domain.Lesson{
		{
			ID: 1, Trainee: domain.Trainee{Store: "S014"}, Name: "朝阳路店", NameEn: "Chaoyang Road", Topic: domain.TopicWrongOrders, On: date(10, 9),
			Note: "在店里一起下了三单", By: "xu", ByName: "许言", ByNameEn: "Xu Yan",
		},
		{
			ID: 2, Trainee: domain.Trainee{Store: "S031"}, Name: "望京店", NameEn: "Wangjing", Topic: domain.TopicWrongOrders, On: date(11, 11),
			Note: "电话里讲了箱和袋", By: "xu", ByName: "许言", ByNameEn: "Xu Yan",
		},
	}
	return f
}

// world is the screen with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	view  *training.View
	desk  *ui.Desk
}

func open(tb testing.TB, lang text.Lang, f *fake, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(at(11, 23, 9))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "xu", Name: "许言", NameEn: "Xu Yan", Roles: []domain.Role{role}}, Conn: ui.Conn{State: ui.Live},
	})
	v := training.New(ui.NewEnv(d, "training"), f)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, view: v, desk: d}
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
