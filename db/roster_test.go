package db_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// rosterWorld is a desk whose platform lies where the clock changes.
type rosterWorld struct {
	*deskWorld

	zone *time.Location
}

func newRosterWorld(tb testing.TB) *rosterWorld {
	tb.Helper()
	w := &rosterWorld{deskWorld: newDeskWorld(tb)}
	var err error
	if w.zone, err = time.LoadLocation("Europe/Berlin"); err != nil {
		tb.Fatal(err)
	}
	w.set("platform.zone", "Europe/Berlin")
	return w
}

func (w *rosterWorld) set(name, value string) {
	w.Helper()
	if err := w.stores["max"].PutSetting(w.Context(), uuid.New(), domain.Setting{Name: name, Scope: domain.ScopePlatform, Value: value}); err != nil {
		w.Fatal(err)
	}
}

// cell makes a day of a person as it is typed.
func (w *rosterWorld) cell(name string, day time.Time, text string) domain.RosterCell {
	w.Helper()
	roles := map[string]domain.Role{"lin": domain.RoleAgent, "wang": domain.RoleAgent, "max": domain.RoleManager, "zhao": domain.RoleProcurement}
	who := domain.Staff{Login: w.login(name), Roles: []domain.Role{roles[name]}}
	c, err := domain.ParseRosterCell(text, who, day, w.zone, func(string) (domain.RosterWord, bool) { return domain.RosterWord{}, false })
	if err != nil {
		w.Fatal(err)
	}
	return c
}

func (w *rosterWorld) publish(base int, cells ...domain.RosterCell) error {
	return w.stores["max"].PublishRoster(w.Context(), uuid.New(), domain.WeekOf(cells[0].Day), domain.RosterDraft{Base: base, Cells: cells}, domain.RosterPublished, "")
}

func (w *rosterWorld) read(name string, day time.Time) domain.RosterWeek {
	w.Helper()
	got, err := w.stores[name].RosterWeek(w.Context(), day)
	if err != nil {
		w.Fatal(err)
	}
	return got
}

// on tells whether somebody is on duty at a moment, by the database.
func (w *rosterWorld) on(name string, at time.Time) bool {
	w.Helper()
	return w.text(`SELECT cleardesk.on_duty($1, $2)`, string(w.login(name)), at) == "true"
}

func (w *rosterWorld) at(day time.Time, hour, minute int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, w.zone)
}

// today is the business day now, and the Monday of the week after next: a week nothing is
// published of, all of it ahead.
func (w *rosterWorld) today() time.Time { return domain.Calendar{Zone: w.zone}.BusinessDay(time.Now()) }
func (w *rosterWorld) ahead() time.Time { return domain.WeekOf(w.today()).AddDate(0, 0, 14) }

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func want(tb testing.TB, err error, code domain.Code) {
	tb.Helper()
	if domain.CodeOf(err) != code {
		tb.Errorf("got %v, want %s", err, code)
	}
}

// A shift holds its beginning and not its end, counts on both days it touches, and is as
// long as the night is when the clock changes in it.
func TestOnDutyOverMidnightAndChangedClocks(t *testing.T) {
	t.Parallel()
	w := newRosterWorld(t)
	if !w.on("lin", w.at(date(2027, 3, 27), 3, 0)) || len(w.on4("customer_service", w.at(date(2027, 3, 27), 3, 0))) != 2 {
		t.Error("without a roster somebody is not on duty")
	}
	spring, autumn := date(2027, 3, 27), date(2027, 10, 30) // Saturdays before the clock changes
	if err := w.publish(0, w.cell("lin", spring, "15-22"), w.cell("wang", spring, "22-06"), w.cell("wang", spring.AddDate(0, 0, 1), "22-06")); err != nil {
		t.Fatal(err)
	}
	if err := w.publish(0, w.cell("wang", autumn, "22-06")); err != nil {
		t.Fatal(err)
	}
	sunday := spring.AddDate(0, 0, 1)
	for _, x := range []struct {
		name string
		at   time.Time
		want bool
	}{
		{"lin", w.at(spring, 15, 0), true},
		{"lin", w.at(spring, 14, 59), false},
		{"lin", w.at(spring, 22, 0).Add(-time.Microsecond), true},
		{"lin", w.at(spring, 22, 0), false},
		{"wang", w.at(spring, 22, 0), true},
		{"wang", w.at(sunday, 0, 0), true},
		{"wang", w.at(sunday, 5, 59), true},
		{"wang", w.at(sunday, 6, 0), false},
		{"wang", w.at(sunday, 23, 0), true},
		{"wang", w.at(sunday.AddDate(0, 0, 1), 3, 0), true}, // a week nothing is published of: everybody
		{"wang", w.at(autumn, 22, 0).Add(9*time.Hour - time.Second), true},
		{"wang", w.at(autumn, 22, 0).Add(9 * time.Hour), false},
		{"wang", w.at(spring, 22, 0).Add(7*time.Hour - time.Second), true},
		{"wang", w.at(spring, 22, 0).Add(7 * time.Hour), false},
	} {
		if got := w.on(x.name, x.at); got != x.want {
			t.Errorf("%s at %v: on duty %v, want %v", x.name, x.at, got, x.want)
		}
	}
	// The night of Sunday reaches into Monday where that week is published too.
	if err := w.publish(0, w.cell("lin", sunday.AddDate(0, 0, 1), "09-15")); err != nil {
		t.Fatal(err)
	}
	monday := sunday.AddDate(0, 0, 1)
	if !w.on("wang", w.at(monday, 5, 0)) || w.on("wang", w.at(monday, 6, 0)) || w.on("lin", w.at(monday, 5, 0)) {
		t.Error("the night of Sunday does not end on Monday at six")
	}
	if got := w.on4("customer_service", w.at(monday, 5, 0)); !cmp.Equal(got, []string{string(w.login("wang"))}) {
		t.Errorf("on duty for customer service: %v", got)
	}
	for day, want := range map[time.Time]time.Duration{spring: 15 * time.Hour, autumn: 9 * time.Hour} {
		got := w.read("lin", day)
		sum := got.Hours(w.login("wang"))
		if sum != want {
			t.Errorf("hours of the week of %v: %v, want %v", day, sum, want)
		}
	}
	// An absence takes the duty away; ended, it is there again.
	if err := w.stores["max"].NoteAbsence(t.Context(), uuid.New(), domain.RosterKey{Login: w.login("wang"), Day: autumn}, autumn, domain.AbsentSick, "", ""); err != nil {
		t.Fatal(err)
	}
	if w.on("wang", w.at(autumn, 23, 0)) || w.on("wang", w.at(autumn.AddDate(0, 0, 1), 5, 0)) {
		t.Error("who is absent is on duty: the night shift belongs to the day it begins on")
	}
	away := w.read("max", autumn).Absences
	if len(away) != 1 {
		t.Fatalf("absences %v", away)
	}
	if err := w.stores["max"].EndAbsence(t.Context(), uuid.New(), away[0].ID); err != nil || !w.on("wang", w.at(autumn, 23, 0)) {
		t.Errorf("an absence that was taken back still holds: %v", err)
	}
}

// on4 lists who is on duty for a department.
func (w *rosterWorld) on4(dept string, at time.Time) []string {
	w.Helper()
	return strings.Fields(w.text(`SELECT string_agg(x, ' ' ORDER BY x) FROM cleardesk.on_duty_of($1, $2) x`, dept, at))
}

// What a manager changes is nobody's duty until it is published; a published version never
// changes; who saw an older one is told.
func TestRosterIsADraftUntilPublished(t *testing.T) {
	t.Parallel()
	w := newRosterWorld(t)
	ctx, boss, week := t.Context(), w.stores["max"], w.ahead()
	second := w.person("mia", "manager")
	if err := w.publish(0, w.cell("lin", week, "09-15")); err != nil {
		t.Fatal(err)
	}
	draft := domain.RosterDraft{Base: 1, Cells: []domain.RosterCell{w.cell("lin", week, "12-20"), w.cell("wang", week, "sick")}}
	if err := boss.SaveRosterDraft(ctx, week, draft); err != nil {
		t.Fatal(err)
	}
	noon := w.at(week, 17, 0)
	mine, theirs := w.read("max", week), w.read("mia", week)
	if len(mine.Changes()) != 2 || len(theirs.Changes()) != 0 || w.on("lin", noon) {
		t.Errorf("a draft is seen by others: %d and %d changes, on duty %v", len(mine.Changes()), len(theirs.Changes()), w.on("lin", noon))
	}
	if err := second.PublishRoster(ctx, uuid.New(), week, domain.RosterDraft{Base: 1, Cells: []domain.RosterCell{w.cell("zhao", week, "08-17")}}, domain.RosterPublished, ""); err != nil {
		t.Fatal(err)
	}
	err := boss.PublishRoster(ctx, uuid.New(), week, draft, domain.RosterPublished, "")
	want(t, err, domain.Conflict)
	if mine = w.read("max", week); len(mine.Changes()) != 2 || mine.No() != 2 {
		t.Errorf("the draft is gone after a conflict: %v", mine.Changes())
	}
	draft.Base = 2
	if err := boss.PublishRoster(ctx, uuid.New(), week, draft, domain.RosterPublished, "Lin later"); err != nil {
		t.Fatal(err)
	}
	if !w.on("lin", noon) || w.on("lin", w.at(week, 10, 0)) || w.on("wang", noon) || !w.on("zhao", noon.Add(-time.Hour)) {
		t.Error("what is published is not what holds")
	}
	after := w.read("max", week)
	if len(after.Draft.Cells) != 0 || after.No() != 3 {
		t.Errorf("a draft is left: %+v", after.Draft)
	}
	h, err := boss.RosterHistory(ctx, week)
	if err != nil || len(h.Versions) != 3 || len(h.Absences) != 1 || h.Versions[0].Note != "Lin later" || len(h.Versions[0].Changes) != 1 {
		t.Fatalf("history: %+v, %v", h, err)
	}
	zone := w.zone
	if c := h.Versions[0].Changes[0]; c.Login != w.login("lin") || domain.CellText(c.Was, domain.RoleAgent, zone, domain.RoleCode) != "09-15" ||
		domain.CellText(c.Is, domain.RoleAgent, zone, domain.RoleCode) != "12-20" {
		t.Errorf("the change is told as %+v", c)
	}
	if got := w.text(`SELECT count(*) FROM cleardesk.roster_shift WHERE version = (SELECT id FROM cleardesk.roster_version WHERE no = 1)`); got != "1" {
		t.Errorf("version 1 has %s shifts by now", got)
	}
	for _, change := range []string{"UPDATE cleardesk.roster_shift SET ends = ends + interval '1 hour'", "DELETE FROM cleardesk.roster_version", "TRUNCATE cleardesk.roster_absence CASCADE"} {
		if _, err := w.admin.ExecContext(ctx, "SET ROLE cleardesk_owner; "+change); err == nil || !strings.Contains(err.Error(), "only appended") {
			t.Errorf("%s: %v", change, err)
		}
	}
}

func TestRosterRefusals(t *testing.T) {
	t.Parallel()
	w := newRosterWorld(t)
	ctx, boss, lin, week := t.Context(), w.stores["max"], w.stores["lin"], w.ahead()
	cells := []domain.RosterCell{w.cell("lin", week, "09-15")}
	d := domain.RosterDraft{Cells: cells}
	want(t, lin.PublishRoster(ctx, uuid.New(), week, d, domain.RosterPublished, ""), domain.Forbidden)
	want(t, lin.SaveRosterDraft(ctx, week, d), domain.Forbidden)
	want(t, lin.NoteAbsence(ctx, uuid.New(), cells[0].RosterKey, week, domain.AbsentLeave, "", ""), domain.Forbidden)
	want(t, lin.TakeShift(ctx, uuid.New(), cells[0].RosterKey, w.login("wang"), ""), domain.Forbidden)
	want(t, lin.SaveTemplate(ctx, uuid.New(), domain.RosterTemplate{Name: "x"}), domain.Forbidden)

	other := w.cell("lin", week, "09-15")
	other.Shifts[0].Role = domain.RoleFinance
	want(t, w.publish(0, other), domain.Invalid)
	wrong := w.cell("lin", week.AddDate(0, 0, 1), "09-15")
	wrong.Day = week
	want(t, w.publish(0, wrong), domain.Invalid)
	if err := w.publish(0, w.cell("lin", week, "22-06")); err != nil {
		t.Fatal(err)
	}
	want(t, w.publish(1, w.cell("lin", week.AddDate(0, 0, 1), "05-12")), domain.Invalid) // overlaps the night before
	want(t, w.publish(1, w.cell("lin", week, "22-06")), domain.Invalid)                  // nothing changes
	past := w.today().AddDate(0, 0, -7)
	if err := w.publish(0, w.cell("lin", past, "09-15")); err != nil {
		t.Fatal(err) // the first roster of a week may begin in the past
	}
	want(t, w.publish(1, w.cell("lin", past, "09-16")), domain.Invalid)
	want(t, boss.NoteAbsence(ctx, uuid.New(), domain.RosterKey{Login: w.login("lin"), Day: past}, past, domain.AbsentSick, "", ""), domain.Invalid)
	if err := boss.NoteAbsence(ctx, uuid.New(), domain.RosterKey{Login: w.login("lin"), Day: week}, week.AddDate(0, 0, 3), domain.AbsentSick, "", ""); err != nil {
		t.Fatal(err)
	}
	want(t, boss.NoteAbsence(ctx, uuid.New(), domain.RosterKey{Login: w.login("lin"), Day: week.AddDate(0, 0, 2)}, week.AddDate(0, 0, 5), domain.AbsentLeave, "", ""), domain.Conflict)
	want(t, boss.EndAbsence(ctx, uuid.New(), 404), domain.NotFound)
	want(t, boss.TakeShift(ctx, uuid.New(), domain.RosterKey{Login: w.login("wang"), Day: week}, w.login("lin"), ""), domain.NotFound)
}

// Two people change shifts when both say so, and the record says who asked and agreed.
func TestSwapsAreAskedAndAgreed(t *testing.T) {
	t.Parallel()
	w := newRosterWorld(t)
	ctx, lin, wang, week := t.Context(), w.stores["lin"], w.stores["wang"], w.ahead()
	next := week.AddDate(0, 0, 7)
	if err := w.publish(0, w.cell("lin", week, "09-15"), w.cell("wang", week.AddDate(0, 0, 1), "12-20"), w.cell("zhao", week, "08-17")); err != nil {
		t.Fatal(err)
	}
	if err := w.publish(0, w.cell("wang", next, "10-18")); err != nil {
		t.Fatal(err)
	}
	tuesday := domain.RosterKey{Login: w.login("wang"), Day: week.AddDate(0, 0, 1)}
	if err := lin.AskSwap(ctx, uuid.New(), week, tuesday, "医院"); err != nil {
		t.Fatal(err)
	}
	want(t, lin.AskSwap(ctx, uuid.New(), week, tuesday, ""), domain.Conflict)
	want(t, lin.AskSwap(ctx, uuid.New(), week.AddDate(0, 0, 3), domain.RosterKey{Login: w.login("wang"), Day: week.AddDate(0, 0, 3)}, ""), domain.Invalid)
	asked := w.read("wang", week).Swaps
	if len(asked) != 1 || asked[0].Note != "医院" {
		t.Fatalf("asked: %+v", asked)
	}
	if now, err := wang.RosterNow(ctx); err != nil || now.SwapsForMe != 1 {
		t.Errorf("the one asked is not told: %v, %v", now.SwapsForMe, err)
	}
	id := asked[0].ID
	want(t, lin.AnswerSwap(ctx, uuid.New(), id, true, ""), domain.Forbidden)
	want(t, w.stores["zhao"].AnswerSwap(ctx, uuid.New(), id, false, ""), domain.Forbidden)
	if w.on("wang", w.at(week, 10, 0)) {
		t.Error("a swap holds before it is agreed")
	}
	if err := wang.AnswerSwap(ctx, uuid.New(), id, true, "好"); err != nil {
		t.Fatal(err)
	}
	if !w.on("wang", w.at(week, 10, 0)) || w.on("lin", w.at(week, 10, 0)) || !w.on("lin", w.at(tuesday.Day, 13, 0)) || w.on("wang", w.at(tuesday.Day, 13, 0)) {
		t.Error("the shifts have not changed hands")
	}
	want(t, wang.AnswerSwap(ctx, uuid.New(), id, false, ""), domain.Conflict)

	// Across weeks; and one that was changed meanwhile is not done.
	if err := lin.AskSwap(ctx, uuid.New(), tuesday.Day, domain.RosterKey{Login: w.login("wang"), Day: next}, ""); err != nil {
		t.Fatal(err)
	}
	if err := lin.AskSwap(ctx, uuid.New(), tuesday.Day, domain.RosterKey{Login: w.login("wang"), Day: week}, ""); err != nil {
		t.Fatal(err)
	}
	asked = w.read("lin", week).Swaps
	if err := wang.AnswerSwap(ctx, uuid.New(), asked[1].ID, true, ""); err != nil {
		t.Fatal(err)
	}
	if !w.on("lin", w.at(next, 12, 0)) || !w.on("wang", w.at(tuesday.Day, 13, 0)) {
		t.Error("shifts of two weeks have not changed hands")
	}
	want(t, wang.AnswerSwap(ctx, uuid.New(), asked[0].ID, true, ""), domain.Conflict)
	if left := w.read("lin", week).Swaps; len(left) != 1 {
		t.Errorf("a refused agreement is written: %v", left)
	}
	if err := w.stores["max"].AnswerSwap(ctx, uuid.New(), asked[0].ID, false, "no"); err != nil {
		t.Fatal(err)
	}
	// Another department's shift is nobody else's.
	if err := w.stores["zhao"].AskSwap(ctx, uuid.New(), week, domain.RosterKey{Login: w.login("lin"), Day: week}, ""); err != nil {
		t.Fatal(err)
	}
	want(t, lin.AnswerSwap(ctx, uuid.New(), w.read("lin", week).Swaps[0].ID, true, ""), domain.Invalid)
}

// A stand-in takes what they are free for; taking over now cuts the shift that runs.
func TestStandInsAndTakingOver(t *testing.T) {
	t.Parallel()
	w := newRosterWorld(t)
	ctx, boss, week, today := t.Context(), w.stores["max"], w.ahead(), w.today()
	if err := w.publish(0, w.cell("lin", week, "09-17"), w.cell("lin", week.AddDate(0, 0, 1), "22-06"), w.cell("wang", week, "14-20")); err != nil {
		t.Fatal(err)
	}
	key := domain.RosterKey{Login: w.login("lin"), Day: week}
	if err := boss.NoteAbsence(ctx, uuid.New(), key, week.AddDate(0, 0, 1), domain.AbsentSick, "流感", w.login("wang")); err != nil {
		t.Fatal(err)
	}
	got := w.read("max", week)
	day := func(name string, n int) string {
		return domain.CellText(got.Cell(domain.RosterKey{Login: w.login(name), Day: week.AddDate(0, 0, n)}).Shifts, domain.RoleAgent, w.zone, domain.RoleCode)
	}
	if a, b, c := day("lin", 0), day("wang", 0), day("wang", 1); a != "14-17" || b != "09-14 14-20" || c != "22-06" {
		t.Errorf("lin %s, wang %s and %s", a, b, c)
	}
	lin := got.Cell(key)
	if lin.Absence != domain.AbsentSick || !lin.Open || got.Cell(domain.RosterKey{Login: w.login("lin"), Day: week.AddDate(0, 0, 1)}).Open {
		t.Errorf("what has no stand-in is not marked: %+v", lin)
	}
	if !w.on("wang", w.at(week, 10, 0)) || w.on("lin", w.at(week, 16, 0)) || !w.on("wang", w.at(week.AddDate(0, 0, 2), 5, 0)) {
		t.Error("the stand-in is not on duty")
	}
	want(t, boss.TakeShift(ctx, uuid.New(), key, w.login("max"), ""), domain.Invalid)
	want(t, boss.TakeShift(ctx, uuid.New(), key, w.login("lin"), ""), domain.Invalid)
	want(t, boss.TakeShift(ctx, uuid.New(), key, w.login("wang"), ""), domain.Conflict)

	// Now: whatever the time is, today has a shift that runs all of it.
	this := w.read("max", today)
	if err := w.publish(this.No(), w.cell("lin", today, "00-24")); err != nil {
		t.Fatal(err)
	}
	if err := boss.TakeShift(ctx, uuid.New(), domain.RosterKey{Login: w.login("lin"), Day: today}, w.login("wang"), "早退"); err != nil {
		t.Fatal(err)
	}
	if w.on("lin", time.Now()) || !w.on("wang", time.Now()) {
		t.Error("the shift was not taken over now")
	}
	if v := w.read("max", today).Version; v == nil || v.Why != domain.RosterTakenOver || v.Note != "早退" || len(v.Changes) != 2 {
		t.Errorf("the version says %+v", v)
	}
}

// A gap ahead is a task of the manager's, which ends when it is filled.
func TestAGapAheadIsTheManagersWork(t *testing.T) {
	t.Parallel()
	w := newRosterWorld(t)
	ctx, boss := t.Context(), w.stores["max"]
	day := w.today().AddDate(0, 0, 2)
	w.set("roster.window.manager", "0")
	w.set("roster.window.procurement", "0")
	tasks := func() []string {
		t.Helper()
		all, err := boss.Tasks(ctx, domain.Manager)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, x := range all {
			if x.What == domain.TaskRosterGap {
				out = append(out, x.About)
			}
		}
		slices.Sort(out)
		return out
	}
	if got := tasks(); len(got) != 0 {
		t.Fatalf("without any roster there are gaps: %v", got)
	}
	full := []domain.RosterCell{}
	for i := range 21 {
		d := domain.WeekOf(w.today()).AddDate(0, 0, i)
		full = append(full, w.cell("lin", d, "09-20"), w.cell("wang", d, "09-20"))
	}
	for i := range 3 {
		if err := w.publish(0, full[14*i:14*i+14]...); err != nil {
			t.Fatal(err)
		}
	}
	if got := tasks(); len(got) != 0 {
		t.Errorf("a full roster has gaps: %v", got)
	}
	if err := boss.NoteAbsence(ctx, uuid.New(), domain.RosterKey{Login: w.login("wang"), Day: day}, day, domain.AbsentSick, "", ""); err != nil {
		t.Fatal(err)
	}
	if got := tasks(); !cmp.Equal(got, []string{day.Format(time.DateOnly)}) {
		t.Fatalf("gaps %v, want the one of %v", got, day)
	}
	if err := boss.CloseTask(ctx, uuid.New(), w.task(), "done"); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("a gap is closed by hand: %v", err)
	}
	// Filled by publishing another, and by nobody else's word.
	w.set("roster.window.customer_service", "1")
	w.exec(`SET ROLE cleardesk_owner; UPDATE cleardesk.roster_watch SET next_check = now(); SELECT cleardesk.watch_roster(); RESET ROLE`)
	if got := tasks(); len(got) != 0 {
		t.Errorf("the clock did not look again: %v", got)
	}
	if next := w.text(`SELECT next_check > now() AND next_check <= now() + interval '1 hour' FROM cleardesk.roster_watch`); next != "true" {
		t.Error("the next look is not within an hour")
	}
}

func (w *rosterWorld) task() domain.TaskID {
	w.Helper()
	all, err := w.stores["max"].Tasks(w.Context(), domain.Manager)
	if err != nil || len(all) == 0 {
		w.Fatalf("tasks: %v, %v", all, err)
	}
	return all[0].ID
}

// The database and the screen find the same gaps, whatever the roster is, on the days the
// clock changes too.
func TestDomainFindsTheGapsOfTheDatabase(t *testing.T) {
	t.Parallel()
	w := newRosterWorld(t)
	w.set("roster.minutes", "45")
	w.came(80)
	kinds := map[domain.GapWhat]int{}
	for n, week := range []time.Time{date(2027, 3, 22), date(2027, 10, 25), date(2027, 6, 7), date(2027, 6, 14)} {
		chance := rand.New(rand.NewPCG(1, uint64(n)))
		if err := w.publish(0, w.someWeek(chance, week)...); err != nil {
			t.Fatal(err)
		}
		away := week.AddDate(0, 0, chance.IntN(7))
		if err := w.stores["max"].NoteAbsence(t.Context(), uuid.New(), domain.RosterKey{Login: w.login("lin"), Day: away}, away, domain.AbsentSick, "", ""); err != nil {
			t.Fatal(err)
		}
		got := w.read("max", week)
		var err error
		if got.Facts, err = w.stores["max"].RosterFacts(t.Context(), week); err != nil {
			t.Fatal(err)
		}
		for i := range 7 {
			var there []domain.RosterGap
			w.json(&there, `SELECT cleardesk.roster_gaps($1)`, got.Day(i).Format(time.DateOnly))
			here := got.RosterGaps(got.Day(i))
			if diff := cmp.Diff(there, here, cmp.Comparer(time.Time.Equal)); diff != "" && len(there)+len(here) > 0 {
				t.Errorf("%v: the database has -, the screen +\n%s", got.Day(i), diff)
			}
			for _, g := range here {
				kinds[g.What]++
			}
		}
	}
	if kinds[domain.GapWindow] == 0 || kinds[domain.GapHandling] == 0 || kinds[domain.GapLeft] == 0 {
		t.Errorf("the weeks have not every kind of gap: %v", kinds)
	}
}

// someWeek gives four people a shift on most days, over midnight too.
func (w *rosterWorld) someWeek(chance *rand.Rand, week time.Time) []domain.RosterCell {
	var cells []domain.RosterCell
	for _, name := range []string{"lin", "wang", "zhao", "max"} {
		for i := range 7 {
			from, long := chance.IntN(48), 1+chance.IntN(20)
			c := w.cell(name, week.AddDate(0, 0, i), fmt.Sprintf("%02d:%02d-%02d:%02d", from/2, from%2*30, (from+long)/2%24, (from+long)%2*30))
			if n := len(cells); n > 0 && i > 0 && len(cells[n-1].Shifts) > 0 && c.Shifts[0].Starts.Before(cells[n-1].Shifts[0].Ends) {
				c.Shifts = nil
			}
			cells = append(cells, c)
		}
	}
	return cells
}

// came puts n cases on record that came in the last two weeks, most of them about noon.
func (w *rosterWorld) came(n int) {
	w.Helper()
	chance := rand.New(rand.NewPCG(7, 7))
	for range n {
		at := w.at(w.today().AddDate(0, 0, -1-chance.IntN(14)), 9+chance.IntN(5)+chance.IntN(5), chance.IntN(60))
		w.exec(`WITH c AS (INSERT INTO cleardesk.cases (store, lies_with, kind, why, at_risk, moments, rank, search)
		            VALUES ('S1', 'customer_service', 'replenishment', '{}', 100, '[]', 1, '') RETURNING id)
			INSERT INTO cleardesk.anomaly (case_id, kind, evidence, rule, rule_version, at_risk, hard, blocks, raised_at)
			SELECT id, 'replenishment', '{}', 'r', 1, 100, false, false, $1 FROM c`, at)
	}
}

// Expected is the median of the weekdays like it, each hour for itself, from the hour
// things came in.
func TestExpectedIsTheMedianOfItsWeekday(t *testing.T) {
	t.Parallel()
	w := newRosterWorld(t)
	day := w.today()
	at := func(weeks, hour, n int) {
		for range n {
			w.exec(`WITH c AS (INSERT INTO cleardesk.cases (store, lies_with, kind, why, at_risk, moments, rank, search)
			            VALUES ('S1', 'customer_service', 'replenishment', '{}', 100, '[]', 1, '') RETURNING id)
				INSERT INTO cleardesk.anomaly (case_id, kind, evidence, rule, rule_version, at_risk, hard, blocks, raised_at)
				SELECT id, 'replenishment', '{}', 'r', 1, 100, false, false, $1 FROM c`, w.at(day.AddDate(0, 0, -7*weeks), hour, 20))
		}
	}
	at(1, 13, 5)
	at(2, 13, 2)
	at(3, 13, 4)
	at(3, 9, 1)
	facts, err := w.stores["lin"].RosterFacts(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	n := int(day.Sub(domain.WeekOf(day)) / (24 * time.Hour))
	if f := facts[n]; len(f.Expected) != 24 || f.Expected[13] != 4 || f.Expected[9] != 0 || f.Days != 3 || !f.Weekday || f.Paced || f.Pace != 6*time.Minute {
		t.Errorf("facts of the day: %+v", f)
	}
	if f := facts[(n+1)%7]; !f.Weekday || f.Days == 0 || f.Expected[13] != 0 {
		t.Errorf("facts of another weekday: %+v", f)
	}
}

func (w *rosterWorld) json(into any, query string, args ...any) {
	w.Helper()
	var raw []byte
	if err := w.admin.GetContext(w.Context(), &raw, query, args...); err != nil {
		w.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		w.Fatal(err)
	}
}
