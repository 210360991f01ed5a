package roster_test

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
	"cleardesk/tui/roster"
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

func day(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }

// fake is the database of these tests.
type fake struct {
	mu        sync.Mutex
	week      domain.RosterWeek
	now       domain.RosterNow
	history   domain.RosterHistory
	err       error
	drafts    []domain.RosterDraft
	published []domain.RosterDraft
	did       []string
	ops       []uuid.UUID
}

func (f *fake) RosterWeek(_ context.Context, week time.Time) (domain.RosterWeek, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.week
	if !week.Equal(f.week.Week) {
		if week.After(f.week.Week) {
			out.Version = nil
		}
		out.Week, out.Published, out.Draft, out.Absences = week, map[domain.RosterKey][]domain.RosterShift{}, domain.RosterDraft{}, nil
		if out.Version != nil {
			for k, s := range f.week.Published {
				k.Day = k.Day.AddDate(0, 0, -7)
				out.Published[k] = nil
				for _, x := range s {
					x.Starts, x.Ends = x.Starts.AddDate(0, 0, -7), x.Ends.AddDate(0, 0, -7)
					out.Published[k] = append(out.Published[k], x)
				}
			}
		}
	}
	return out, nil
}

func (f *fake) RosterFacts(context.Context, time.Time) ([7]domain.RosterFacts, error) {
	var out [7]domain.RosterFacts
	hours := make([]int, 24)
	for h, n := range map[int]int{9: 5, 10: 5, 11: 4, 12: 9, 13: 51, 14: 26, 15: 8, 16: 6, 17: 5, 18: 4, 19: 2} {
		hours[h] = n
	}
	for i := range out {
		out[i] = domain.RosterFacts{Expected: hours, Days: 8, Weekday: true, Pace: 6*time.Minute + 12*time.Second, Paced: true}
	}
	return out, nil
}

func (f *fake) RosterNow(context.Context) (domain.RosterNow, error) { return f.now, nil }
func (f *fake) RosterHistory(context.Context, time.Time) (domain.RosterHistory, error) {
	return f.history, nil
}

func (f *fake) SaveRosterDraft(_ context.Context, _ time.Time, d domain.RosterDraft) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drafts = append(f.drafts, d)
	f.week.Draft = d
	return nil
}

func (f *fake) PublishRoster(_ context.Context, op uuid.UUID, _ time.Time, d domain.RosterDraft, _ domain.RosterWhy, _ string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if f.err == nil {
		f.published = append(f.published, d)
		f.week.Draft = domain.RosterDraft{}
	}
	return f.err
}

// act keeps what was asked for as a line.
func (f *fake) act(op uuid.UUID, words ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if f.err == nil {
		f.did = append(f.did, strings.Join(words, " "))
	}
	return f.err
}

func (f *fake) TakeShift(_ context.Context, op uuid.UUID, of domain.RosterKey, to domain.Login, note string) error {
	return f.act(op, "take", string(of.Login), of.Day.Format("01-02"), string(to), note)
}

func (f *fake) NoteAbsence(_ context.Context, op uuid.UUID, k domain.RosterKey, last time.Time, why domain.AbsenceReason, note string, by domain.Login) error {
	return f.act(op, "absence", string(k.Login), k.Day.Format("01-02"), last.Format("01-02"), string(why), note, string(by))
}

func (f *fake) EndAbsence(_ context.Context, op uuid.UUID, id int64) error {
	return f.act(op, "end", string(rune('0'+id)))
}

func (f *fake) AskSwap(_ context.Context, op uuid.UUID, gives time.Time, takes domain.RosterKey, note string) error {
	return f.act(op, "swap", gives.Format("01-02"), string(takes.Login), takes.Day.Format("01-02"), note)
}

func (f *fake) AnswerSwap(_ context.Context, op uuid.UUID, _ int64, agreed bool, note string) error {
	return f.act(op, map[bool]string{true: "agreed", false: "refused"}[agreed], note)
}

func (f *fake) SaveTemplate(_ context.Context, op uuid.UUID, t domain.RosterTemplate) error {
	return f.act(op, "template", t.Name, t.Cells[0].Shifts)
}

func (f *fake) HandOn(_ context.Context, op uuid.UUID, person domain.Login, _ []domain.CaseID, to domain.Login, note string) ([]domain.Offered, error) {
	return make([]domain.Offered, 1), f.act(op, "hand", string(person), string(to), note)
}

// person is one of the people of the drawing.
type person struct {
	login, name, en string
	role            domain.Role
	week            [7]string
}

func people() []person {
	return []person{
		{"lin", "林梅", "Lin Mei", domain.RoleAgent, [7]string{"09-15", "09-15", "09-15", "", "09-15", "09-15", ""}},
		{"wang", "王磊", "Wang Lei", domain.RoleAgent, [7]string{"09-15", "", "09-15", "09-15", "09-15", "", "12-20"}},
		{"zhao", "赵敏", "Zhao Min", domain.RoleAgent, [7]string{"12-20", "12-20", "", "12-20", "12-20", "12-20", ""}},
		{"zhou", "周舟", "Zhou Zhou", domain.RoleAgent, [7]string{"12-20", "12-20", "12-20", "09-12 16-20", "", "", "12-20"}},
		{"he", "何佳", "He Jia", domain.RoleAgent, [7]string{"12-20", "09-15", "12-20", "12-20", "", "12-20", ""}},
		{"sun", "孙悦", "Sun Yue", domain.RoleExpansion, [7]string{"09-18", "09-18", "09-18", "09-18", "09-18", "", ""}},
		{"jian", "王建", "Wang Jian", domain.RoleProcurement, [7]string{"08-17", "08-17", "08-17", "08-17", "08-17", "08-17", ""}},
		{"qian", "钱进", "Qian Jin", domain.RoleLogistics, [7]string{"22-06", "04-12", "", "04-12", "04-12", "04-12", ""}},
		{"gao", "高岚", "Gao Lan", domain.RoleFinance, [7]string{"09-17", "09-17", "09-17", "09-17", "09-17", "", ""}},
		{"xu", "许言", "Xu Yan", domain.RoleTraining, [7]string{"09-17", "09-17", "09-17", "09-17", "09-17", "", ""}},
		{"zheng", "郑爽", "Zheng Shuang", domain.RoleManager, [7]string{"10-18", "10-18", "10-18", "10-18", "10-18", "", ""}},
	}
}

func none(string) (domain.RosterWord, bool) { return domain.RosterWord{}, false }

// drawn is the week of the drawing, as far as it goes.
func drawn() *fake {
	f := &fake{}
	settings := domain.Settings{}
	settings.Put(domain.Setting{Name: "roster.window.customer_service", Scope: domain.ScopePlatform, Value: "4"})
	rules := settings.RosterRules()
	rules.Zone = zone
	f.week = domain.RosterWeek{
		Week: day(23), Version: &domain.RosterVersion{Week: day(23), No: 3, By: "zheng", ByName: "郑爽", ByNameEn: "Zheng Shuang", At: at(20, 17, 0)},
		Published: map[domain.RosterKey][]domain.RosterShift{}, Rules: rules, Draft: domain.RosterDraft{Base: 3},
	}
	for _, p := range people() {
		who := domain.Staff{Login: domain.Login(p.login), Name: p.name, NameEn: p.en, Roles: []domain.Role{p.role}, Active: true}
		f.week.People = append(f.week.People, who)
		for i, s := range p.week {
			if s == "" {
				continue
			}
			c, err := domain.ParseRosterCell(s, who, f.week.Day(i), zone, none)
			if err != nil {
				panic(err)
			}
			f.week.Published[c.RosterKey] = c.Shifts
		}
	}
	f.week.Absences = []domain.RosterAbsence{{ID: 1, Login: "he", Starts: at(26, 0, 0), Ends: at(28, 0, 0), Reason: domain.AbsentSick, By: "zheng", At: at(22, 9, 0)}}
	draft := func(login domain.Login, i int, s string) {
		p, _ := f.week.Person(login)
		c, err := domain.ParseRosterCell(s, p, f.week.Day(i), zone, none)
		if err != nil {
			panic(err)
		}
		f.week.Put(c)
	}
	draft("zhou", 3, "12-20")
	draft("jian", 6, "08-17")
	f.now = moment(&f.week)
	return f
}

// moment is the desk at 13:40 of the drawing.
func moment(w *domain.RosterWeek) domain.RosterNow {
	n := domain.RosterNow{At: at(23, 13, 40), Unclaimed: 36, Held: 6, Closed: 38, Lease: 20 * time.Minute, Rules: w.Rules, Rostered: true}
	took := func(tenths int) *time.Duration {
		d := time.Duration(tenths) * 6 * time.Second
		return &d
	}
	since := func(m int) *time.Time {
		t := n.At.Add(-time.Duration(m) * time.Minute)
		return &t
	}
	add := func(login domain.Login, state domain.HereState, held, closed int, pace *time.Duration, oldest *time.Time) *domain.RosterHere {
		p, _ := w.Person(login)
		h := domain.RosterHere{Who: p, State: state, Held: held, Closed: closed, Pace: pace, Oldest: oldest}
		if shifts := w.Published[domain.RosterKey{Login: login, Day: day(23)}]; len(shifts) > 0 {
			h.Shift = &shifts[0]
		}
		n.People = append(n.People, h)
		return &n.People[len(n.People)-1]
	}
	add("lin", domain.HereOn, 2, 11, took(44), since(1))
	add("wang", domain.HereOn, 1, 9, took(70), since(2))
	add("zhao", domain.HereOn, 1, 7, took(73), since(9)).OldKind = domain.ShortWeight
	add("zhou", domain.HereOn, 2, 11, took(63), since(4))
	add("sun", domain.HereOn, 0, 0, nil, nil)
	add("he", domain.HereAway, 0, 0, nil, nil).Away = since(12)
	for i := range 42 {
		n.AtRisk = append(n.AtRisk, domain.Money(1000*(42-i)))
	}
	n.Duty = w.Duty(n.At, at(24, 0, 0))
	return n
}

// world is the screen with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	view  *roster.View
}

func open(tb testing.TB, lang text.Lang, f *fake, me person, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(at(23, 13, 40))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer, Zone: zone,
		Me:   domain.Staff{Login: domain.Login(me.login), Name: me.name, NameEn: me.en, Roles: []domain.Role{me.role}},
		Conn: ui.Conn{State: ui.Live},
	})
	v := roster.New(ui.NewEnv(d, "roster"), f)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, view: v}
}

func manager() person { return people()[10] }

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

func (w *world) footSees(tb testing.TB, want ...string) {
	tb.Helper()
	for _, s := range want {
		if !strings.Contains(w.foot(), s) {
			tb.Errorf("the lines below lack %q:\n%s", s, w.foot())
		}
	}
}
