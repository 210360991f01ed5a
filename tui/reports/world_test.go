package reports_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/reports"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
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

// fake is the database of these tests.
type fake struct {
	mu      sync.Mutex
	facts   domain.WeekFacts
	work    []domain.Work
	counted []domain.Precision
	items   []domain.RuleItem
	asked   []string
	err     error
}

func (f *fake) note(what string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, fmt.Sprintf(what, args...))
	return f.err
}

func (f *fake) WeekFacts(_ context.Context, from, to time.Time) (domain.WeekFacts, error) {
	err := f.note("week %s %s", from.Format("01-02 15:04"), to.Format("01-02"))
	var out domain.WeekFacts
	for _, a := range f.facts.Anomalies {
		if !a.Raised.Before(from) && a.Raised.Before(to) {
			out.Anomalies = append(out.Anomalies, a)
		}
	}
	if from.Equal(at(23, 0, 0)) {
		out.Writes, out.Credits, out.Refusals = f.facts.Writes, f.facts.Credits, f.facts.Refusals
	}
	return out, err
}

func (f *fake) Work(_ context.Context, from, _ time.Time) ([]domain.Work, error) {
	return f.work, f.note("work %s", from.Format("01-02"))
}

func (f *fake) Precision(_ context.Context, since time.Time, _ *time.Location) ([]domain.Precision, error) {
	return f.counted, f.note("precision %s", since.Format("2006-01"))
}

func (f *fake) RuleItems(_ context.Context, rule string, version int, from, to time.Time) ([]domain.RuleItem, error) {
	return f.items, f.note("items %s v%d %s %s", rule, version, from.Format("2006-01-02"), to.Format("2006-01-02"))
}

// drawn is a week until Thursday noon with five days of anomalies, two who worked on them,
// and two rules over some months.
func drawn() *fake {
	f := &fake{}
	stores := []domain.Place{
		{Store: "S031", Name: "望京店", NameEn: "Wangjing", With: domain.CustomerService},
		{Store: "S022", Name: "劲松店", NameEn: "Jinsong", With: domain.CustomerService},
		{Store: "S014", Name: "朝阳路店", NameEn: "Chaoyang Road", With: domain.Procurement},
		{Store: "S008", Name: "大望路店", NameEn: "Dawanglu", With: domain.Logistics},
	}
	kinds := domain.Kinds()
	for n := range 44 {
		day, i := 23+n%5*n%4, n%len(stores)
		raised := at(day, 13+n%3, n)
		of := stores[i]
		of.Case, of.Order, of.OrderNo = domain.CaseID(n+1), domain.OrderID(n+1), domain.OrderNo(fmt.Sprintf("%02d%02d-0%03d", 11, day, 300+n))
		a := domain.RaisedAnomaly{Kind: kinds[n*7%len(kinds)], Order: of.Order, Line: 1, Raised: raised, Blocks: n%2 == 0, AtRisk: domain.Money(84_321 * (n + 1)), Of: of}
		if n%5 != 0 {
			touched, closed := raised.Add(time.Duration(n+1)*time.Minute), raised.Add(time.Duration(3*n+7)*time.Minute)
			a.Touched, a.Closed, a.Lapsed = &touched, &closed, n%11 == 0
		}
		f.facts.Anomalies = append(f.facts.Anomalies, a)
	}
	f.facts.Writes = []domain.StandingWrite{{
		At: at(24, 14, 5), Records: []domain.StandingRecord{{Kind: domain.QuantitySurge, Reason: domain.RealError, Effects: []domain.Effect{{Op: domain.EffectSetQuantity, Line: 1}}}},
		Lines: []domain.ResolvedLine{{Line: 1, OldAmount: 576_000, NewAmount: 57_600}}, Of: stores[0],
	}}
	f.facts.Credits = []domain.MoneyMoved{{Kind: domain.ShortWeight, At: at(25, 16, 5), Amount: 31_200, Of: stores[1]}}
	refused := stores[3]
	refused.Order, refused.OrderNo, refused.With = 99, "1124-0377", ""
	f.facts.Refusals = []domain.MoneyMoved{{Kind: domain.NoKind, At: at(25, 7, 30), Amount: 218_050, Of: refused}}
	early, late := &domain.OnShift{Starts: at(23, 9, 0), Ends: at(23, 15, 0)}, &domain.OnShift{Starts: at(23, 15, 0), Ends: at(23, 21, 0)}
	for n := range 30 {
		w := domain.Work{By: "lin", Name: "林梅", NameEn: "Lin Mei", At: at(23+n%4, 10+n%11, 5), What: domain.WorkHandled, Shift: early, Of: f.facts.Anomalies[n].Of}
		took := time.Duration(4+n) * time.Minute
		w.Took = &took
		switch {
		case n%3 == 0:
			w.By, w.Name, w.NameEn, w.Shift, w.Reopened = "wang", "王磊", "Wang Lei", late, n == 9
		case n%7 == 0:
			w.What, w.Took, w.Shift = domain.WorkClaimed, nil, nil
		case n == 11:
			w.What, w.Took = domain.WorkHanded, nil
		}
		f.work = append(f.work, w)
	}
	month := func(n int) time.Time { return time.Date(2026, time.Month(n), 1, 0, 0, 0, 0, time.UTC) }
	for m := 6; m <= 11; m++ {
		f.counted = append(f.counted,
			domain.Precision{Month: month(m), Rule: "amount", Version: 3, Raised: 20 + m, Decided: 18 + m, Right: 4 + m, Unusual: 5, Wrong: 9, Open: 2, Quietens: 1},
			domain.Precision{Month: month(m), Rule: "surge", Version: 7, Raised: 60 + m, Decided: 55 + m, Right: 40 + m, Unusual: 6, Wrong: 7, Master: 2, Open: 5})
	}
	f.counted = append(f.counted, domain.Precision{Month: month(11), Rule: domain.NoRule, Missed: 2})
	f.items = []domain.RuleItem{
		{At: at(20, 13, 5), Kind: domain.QuantitySurge, Reason: domain.RealError, Outcome: domain.QuantityCorrected, AtRisk: 504_000, Of: f.facts.Anomalies[0].Of},
		{At: at(19, 13, 5), Kind: domain.QuantitySurge, AtRisk: 100_000, Of: f.facts.Anomalies[1].Of},
	}
	return f
}

// world is the screen with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	view  *reports.View
	desk  *ui.Desk
}

func open(tb testing.TB, lang text.Lang, f *fake, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(at(26, 12, 0))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "zheng", Roles: []domain.Role{domain.RoleManager}}, Conn: ui.Conn{State: ui.Live},
	})
	v := reports.New(ui.NewEnv(d, "reports"), f)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, view: v, desk: d}
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
