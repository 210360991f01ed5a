package db_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// dutyWorld is handled day and night, with one case that lin holds.
func dutyWorld(t *testing.T) (*deskWorld, deskCase, domain.Claimed) {
	t.Helper()
	w := newDeskWorld(t)
	w.handled("00:00", "00:00")
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	return w, c, w.claim("lin", c)
}

// handled sets the handling hours.
func (w *deskWorld) handled(opens, closes string) {
	w.Helper()
	w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES
		('handling.opens', 'platform', '', now() - interval '1 day', $1, 'x'), ('handling.closes', 'platform', '', now() - interval '1 day', $2, 'x')`,
		opens, closes)
}

// onRoster publishes this week and the next with shifts of people around now: "wang -1 +3"
// is from an hour ago to in three hours.
func (w *deskWorld) onRoster(shifts ...string) {
	w.Helper()
	w.exec(`INSERT INTO cleardesk.roster_version (week, no, why, changes, by_login)
		SELECT cleardesk.week_of(now()) + 7 * g, 1, 'published', '[]', $1 FROM generate_series(0, 1) g`, w.login("max"))
	for _, s := range shifts {
		f := strings.Fields(s)
		w.exec(`INSERT INTO cleardesk.roster_shift (version, login, day, starts, ends, role)
			SELECT cleardesk.roster_of(cleardesk.week_of(now())), $1, current_date, date_trunc('second', now()) + $2::interval,
			       date_trunc('second', now()) + $3::interval, 'agent'`, w.login(f[0]), f[1]+" hours", f[2]+" hours")
	}
}

func (w *deskWorld) atDesk(who string) {
	w.Helper()
	if _, err := w.stores[who].Beat(w.Context(), uuid.New(), domain.Presence{}); err != nil {
		w.Fatal(err)
	}
}

func (w *deskWorld) tickDuty() { w.Helper(); w.exec(`SELECT cleardesk.tick_duty(500)`) }

func (w *deskWorld) story(c deskCase) string {
	w.Helper()
	return w.text(`SELECT string_agg(what || coalesce(' ' || split_part(by_login, '_', 1), '') || coalesce(' ' || nullif(text, ''), ''), ', ' ORDER BY id)
		FROM cleardesk.case_note WHERE case_id = $1`, int64(c.id))
}

// tasks are the open ones, as "what with: to by why note".
func (w *deskWorld) openTasks() string {
	w.Helper()
	return w.text(`SELECT string_agg(concat_ws(' ', what, lies_with, about, '>' || split_part(detail ->> 'to', '_', 1),
		'<' || split_part(detail ->> 'by', '_', 1), detail ->> 'why', detail ->> 'note'), ', ' ORDER BY id)
		FROM cleardesk.task WHERE closed_at IS NULL`)
}

func duty(err error) string {
	e, _ := errors.AsType[*domain.Error](err)
	if e == nil {
		return ""
	}
	return string(e.Code) + " " + e.Detail["duty"]
}

func TestNextIsForWhoIsOnDutyAndThere(t *testing.T) {
	t.Parallel()
	w, c, claim := dutyWorld(t)
	next := func(who string) (domain.CaseID, string) {
		got, err := w.stores[who].ClaimNext(t.Context(), uuid.New(), domain.CustomerService)
		return got.Case, duty(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.stores["lin"].GiveBack(t.Context(), uuid.New(), c.id, claim.No))
	w.onRoster("wang -1 +3", "lin +5 +9")
	if id, why := next("lin"); id != 0 || why != "conflict off" {
		t.Errorf("off duty lin was given case %d, %q", id, why)
	}
	must(w.stores["wang"].SetAway(t.Context(), uuid.New(), true))
	if id, why := next("wang"); id != 0 || why != "conflict away" {
		t.Errorf("away wang was given case %d, %q", id, why)
	}
	w.want("true", `SELECT cleardesk.away_since($1) IS NOT NULL AND NOT cleardesk.is_here($1)`, w.login("wang"))
	// What somebody asks for by name they get all the same.
	again := w.claim("lin", c)
	must(w.stores["lin"].GiveBack(t.Context(), uuid.New(), c.id, again.No))
	must(w.stores["wang"].SetAway(t.Context(), uuid.New(), false))
	if id, why := next("wang"); id != c.id || why != "" {
		t.Errorf("wang was given case %d, %q", id, why)
	}
	w.want("set_away set_away", `SELECT string_agg(act, ' ') FROM cleardesk.audit WHERE act = 'set_away'`)
	// On duty are those on the roster who are at a desk and not away.
	for _, who := range []string{"lin", "wang", "max"} {
		w.atDesk(who)
	}
	st, err := w.stores["wang"].Status(t.Context())
	must(err)
	must(w.stores["wang"].SetAway(t.Context(), uuid.New(), true))
	gone, err := w.stores["wang"].Status(t.Context())
	must(err)
	if st.OnDuty != 1 || st.Away != nil || gone.OnDuty != 0 || gone.Away == nil {
		t.Errorf("on duty %d, away %v; then %d, %v", st.OnDuty, st.Away, gone.OnDuty, gone.Away)
	}
	w.exec(`UPDATE cleardesk.away SET since = now() - interval '13 hours'`)
	w.want("", `SELECT cleardesk.away_since($1)`, w.login("wang")) // nobody is away for ever
}

func TestOfferIsTaken(t *testing.T) {
	t.Parallel()
	w, c, claim := dutyWorld(t)
	_, err := w.stores["lin"].OfferWork(t.Context(), uuid.New(), c.id, claim.No, w.login("wang"), " ")
	wantCode(t, err, domain.Invalid)
	_, err = w.stores["lin"].OfferWork(t.Context(), uuid.New(), c.id, claim.No, w.login("zhao"), "x") // procurement
	wantCode(t, err, domain.Invalid)
	offer, err := w.stores["lin"].OfferWork(t.Context(), uuid.New(), c.id, claim.No, w.login("wang"), "店长14点回电")
	if err != nil {
		t.Fatal(err)
	}
	if got := w.openTasks(); got != fmt.Sprintf("offered customer_service case %d >wang <lin 店长14点回电", c.id) {
		t.Errorf("open: %s", got)
	}
	// Its offer stands for it in the queue, and the numbers agree.
	page, err := w.stores["wang"].QueuePage(t.Context(), domain.QueueFilter{With: domain.CustomerService}, nil, 10)
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Task == nil || page.Total != 1 || page.Shown != 1 {
		t.Errorf("the queue has %d rows of %d, %v", len(page.Rows), page.Total, err)
	}
	if st, err := w.stores["wang"].Status(t.Context()); err != nil || st.Open[domain.CustomerService] != 1 {
		t.Errorf("the status counts %d, %v", st.Open[domain.CustomerService], err)
	}
	// It is nobody else's next, not even its giver's, and nobody else may answer.
	w.person("third", "agent")
	for _, who := range []string{"lin", "third"} {
		if got, err := w.stores[who].ClaimNext(t.Context(), uuid.New(), domain.CustomerService); err != nil || got.Case != 0 {
			t.Errorf("%s was given case %d, %v", who, got.Case, err)
		}
	}
	_, err = w.stores["third"].AnswerOffer(t.Context(), uuid.New(), offer.Task, true, "")
	wantCode(t, err, domain.Forbidden)
	taken, err := w.stores["wang"].AnswerOffer(t.Context(), uuid.New(), offer.Task, true, "")
	if err != nil || taken.Case != c.id || taken.No == 0 {
		t.Fatalf("taken %+v, %v", taken, err)
	}
	w.want(string(w.login("wang")), `SELECT holder FROM cleardesk.cases WHERE id = $1`, int64(c.id))
	if got := w.story(c); got != "offered lin 人wang: 店长14点回电, accepted wang" {
		t.Errorf("the story: %s", got)
	}
	_, err = w.stores["wang"].AnswerOffer(t.Context(), uuid.New(), offer.Task, true, "")
	wantCode(t, err, domain.Conflict)
	if got := w.openTasks(); got != "" {
		t.Errorf("still open: %s", got)
	}
}

func TestOfferIsRefused(t *testing.T) {
	t.Parallel()
	w, c, claim := dutyWorld(t)
	w.atDesk("lin")
	offer, err := w.stores["lin"].OfferWork(t.Context(), uuid.New(), c.id, claim.No, w.login("wang"), "下班")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.stores["wang"].AnswerOffer(t.Context(), uuid.New(), offer.Task, false, "")
	wantCode(t, err, domain.Invalid)
	back, err := w.stores["wang"].AnswerOffer(t.Context(), uuid.New(), offer.Task, false, "手上5条")
	if err != nil || back.Task == 0 || back.To != w.login("lin") {
		t.Fatalf("who refuses gives it back to who is there: %+v, %v", back, err)
	}
	if got := w.openTasks(); got != fmt.Sprintf("offered customer_service case %d >lin <wang 手上5条", c.id) {
		t.Errorf("open: %s", got)
	}
	// Refused again it goes to the manager, never round and round.
	if _, err = w.stores["lin"].AnswerOffer(t.Context(), uuid.New(), back.Task, false, "要走了"); err != nil {
		t.Fatal(err)
	}
	if got := w.openTasks(); got != fmt.Sprintf("escalated manager case %d <lin refused 要走了", c.id) {
		t.Errorf("open: %s", got)
	}
	want := "offered lin 人wang: 下班, refused wang 手上5条, offered wang 人lin: 手上5条, refused lin 要走了, moved_up lin 要走了"
	if got := w.story(c); got != want {
		t.Errorf("the story: %s", got)
	}
	// The case itself is there for whoever can, and when it ends so does the manager's task.
	w.person("third", "agent")
	w.claim("third", c)
	w.exec(`UPDATE cleardesk.cases SET state = 'closed', closed_at = now(), holder = NULL, claimed_at = NULL, lease_until = NULL WHERE id = $1`, int64(c.id))
	if got := w.openTasks(); got != "" {
		t.Errorf("still open: %s", got)
	}
}

func TestOfferNobodyTakesGoesToTheManager(t *testing.T) {
	t.Parallel()
	w, c, claim := dutyWorld(t)
	w.onRoster("lin -1 +1", "wang +2 +6")
	_, err := w.stores["lin"].OfferWork(t.Context(), uuid.New(), c.id, claim.No, w.login("wang"), "x")
	if got := duty(err); got != "conflict other" {
		t.Errorf("offered to who is not there: %q", got)
	}
	offer, err := w.stores["lin"].OfferWork(t.Context(), uuid.New(), c.id, claim.No, "", "供应商未回")
	if err != nil {
		t.Fatal(err)
	}
	// Nobody is there: the next shift has its half hour from when it begins.
	if late := time.Until(offer.Due); late < 2*time.Hour+20*time.Minute || late > 2*time.Hour+31*time.Minute {
		t.Errorf("due in %v", late)
	}
	w.tickDuty()
	if got := w.openTasks(); !strings.HasPrefix(got, "offered") {
		t.Errorf("before its time: %s", got)
	}
	w.exec(`UPDATE cleardesk.task SET due = now() - interval '1 second'`)
	w.want("true", `SELECT cleardesk.duty_next() <= now()`)
	w.tickDuty()
	w.tickDuty()
	if got := w.openTasks(); got != fmt.Sprintf("escalated manager case %d <lin untaken 供应商未回", c.id) {
		t.Errorf("open: %s", got)
	}
	if got := w.story(c); got != "offered lin 供应商未回, moved_up 供应商未回" {
		t.Errorf("the story: %s", got)
	}
}

func TestManagerHandsOn(t *testing.T) {
	t.Parallel()
	w, c, _ := dutyWorld(t)
	other := w.put("S2", "", deskLine{"P1", 480, surge})
	w.claim("lin", other)
	_, err := w.stores["wang"].HandOn(t.Context(), uuid.New(), w.login("lin"), nil, "", "病假")
	wantCode(t, err, domain.Forbidden)
	made, err := w.stores["max"].HandOn(t.Context(), uuid.New(), w.login("lin"), []domain.CaseID{c.id}, w.login("wang"), "病假")
	if err != nil || len(made) != 1 || made[0].Case != c.id {
		t.Fatalf("%+v, %v", made, err)
	}
	made, err = w.stores["max"].HandOn(t.Context(), uuid.New(), w.login("lin"), nil, "", "病假")
	if err != nil || len(made) != 1 || made[0].Case != other.id {
		t.Fatalf("%+v, %v", made, err)
	}
	_, err = w.stores["max"].HandOn(t.Context(), uuid.New(), w.login("lin"), nil, "", "病假")
	wantCode(t, err, domain.Conflict)
	// Whoever claims what is offered to anybody has taken it.
	w.claim("wang", other)
	if got := w.openTasks(); got != fmt.Sprintf("offered customer_service case %d >wang <lin 病假", c.id) {
		t.Errorf("open: %s", got)
	}
	h, err := w.stores["wang"].Handover(t.Context(), []domain.Department{domain.CustomerService})
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Mine) != 1 || h.Mine[0].Case != other.id || len(h.Offers) != 1 || !h.Offers[0].Mine(w.login("wang")) || h.Offers[0].Row.Case != c.id ||
		h.Offers[0].From.Name != "人lin" || h.Offers[0].Note != "病假" {
		t.Errorf("the handover: %+v", h)
	}
}

func TestHandoverTellsWhatWasPromisedAndWhatComesBack(t *testing.T) {
	t.Parallel()
	w, c, claim := dutyWorld(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.stores["lin"].PromiseStore(t.Context(), uuid.New(), c.id, time.Now().Add(time.Hour), "回话"))
	must(w.stores["lin"].Snooze(t.Context(), uuid.New(), c.id, claim.No, time.Now().Add(2*time.Hour), ""))
	w.claim("lin", w.put("S2", "", deskLine{"P1", 480, surge}))
	w.atDesk("lin")
	h, err := w.stores["wang"].Handover(t.Context(), nil)
	must(err)
	if len(h.Promises) != 1 || h.Promises[0].What != "回话" || h.Promises[0].StoreName != "店1" || len(h.Snoozed) != 1 || h.Snoozed[0].Case != c.id ||
		len(h.Held) != 1 || h.Held[0].Holder.Login != w.login("lin") || h.Free[domain.CustomerService] != 0 {
		t.Errorf("the handover: %+v", h)
	}
	if first := h.Colleagues[0]; first.Login != w.login("lin") || !first.AtDesk || first.Holds != 1 {
		t.Errorf("first colleague %+v of %d", first, len(h.Colleagues))
	}
}

func TestPastDueMovesUpOnceInHandlingHours(t *testing.T) {
	t.Parallel()
	w, c, _ := dutyWorld(t)
	row := func() domain.QueueRow {
		f, err := w.stores["lin"].CaseFile(t.Context(), c.id)
		if err != nil {
			t.Fatal(err)
		}
		return f.Row
	}
	r := row()
	if got := r.DueAt.Sub(r.OpenedAt).Round(time.Second); got != 4*time.Hour {
		t.Errorf("due after %v", got)
	}
	for _, s := range []struct {
		at   time.Duration
		want domain.DueState
	}{{0, domain.WithinDue}, {209 * time.Minute, domain.WithinDue}, {211 * time.Minute, domain.NearDue}, {241 * time.Minute, domain.PastDue}} {
		if got := r.Due(r.OpenedAt.Add(s.at)); got != s.want {
			t.Errorf("after %v: %v, want %v", s.at, got, s.want)
		}
	}
	w.tickDuty()
	if got := w.openTasks(); got != "" {
		t.Errorf("within its time: %s", got)
	}
	past := `UPDATE cleardesk.case_due SET due_at = now() - interval '1 second', check_at = now() - interval '1 second'`
	w.exec(past)
	// In the night it waits for the morning, and asks for no time before.
	w.exec(`UPDATE cleardesk.case_due SET near_at = near_at`)
	zone := "Asia/Shanghai"
	w.handled(w.text(`SELECT to_char(now() AT TIME ZONE $1 + interval '2 hours', 'HH24:MI')`, zone), w.text(`SELECT to_char(now() AT TIME ZONE $1 + interval '9 hours', 'HH24:MI')`, zone))
	w.tickDuty()
	if got := w.openTasks(); got != "" {
		t.Errorf("at night: %s", got)
	}
	w.want("true", `SELECT cleardesk.duty_next() BETWEEN now() + interval '118 minutes' AND now() + interval '121 minutes'`)
	w.handled("00:00", "00:00")
	w.exec(past)
	w.tickDuty()
	w.tickDuty()
	if got := w.openTasks(); got != fmt.Sprintf("escalated manager case %d <lin past", c.id) {
		t.Errorf("open: %s", got)
	}
	if got := w.story(c); got != "moved_up" {
		t.Errorf("the story: %s", got)
	}
	w.want("", `SELECT cleardesk.duty_next()`)
	// The manager has looked; put off past it, it is due anew. With another department it begins
	// anew, with its time for this kind.
	var id domain.TaskID
	if err := w.admin.Get(&id, `SELECT id FROM cleardesk.task`); err != nil {
		t.Fatal(err)
	}
	if err := w.stores["max"].CloseTask(t.Context(), uuid.New(), id, "王磊接"); err != nil {
		t.Fatal(err)
	}
	w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES
		('escalate.past', 'department', 'expansion', now(), '60', 'x'), ('escalate.past', 'kind', 'quantity_surge', now(), '90', 'x')`)
	if _, err := w.stores["lin"].HandOver(t.Context(), uuid.New(), c.id, row().Version, domain.Expansion, "认识店长"); err != nil {
		t.Fatal(err)
	}
	w.want("90 true", `SELECT round(extract(epoch FROM due_at - since) / 60) || ' ' || (check_at = due_at) FROM cleardesk.case_due`)
	w.exec(`UPDATE cleardesk.cases SET state = 'snoozed', snooze_until = now() + interval '5 hours'`)
	w.want("330", `SELECT round(extract(epoch FROM due_at - since) / 60) FROM cleardesk.case_due`)
	w.exec(`UPDATE cleardesk.cases SET state = 'open', snooze_until = NULL`) // back, and not due at once
	w.want("330", `SELECT round(extract(epoch FROM due_at - since) / 60) FROM cleardesk.case_due`)
}

// TestHandlingHours counts minutes in handling hours: over midnight, from outside, around the
// clock, and on the day clocks change.
func TestHandlingHours(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for _, c := range []struct{ zone, opens, hours, at, minutes, want string }{
		{"Asia/Shanghai", "09:00", "11 hours", "2026-11-23 13:40", "0", "11-23 13:40"},
		{"Asia/Shanghai", "09:00", "11 hours", "2026-11-23 19:30", "60", "11-24 09:30"},
		{"Asia/Shanghai", "09:00", "11 hours", "2026-11-23 23:50", "30", "11-24 09:30"},
		{"Asia/Shanghai", "09:00", "11 hours", "2026-11-23 00:10", "30", "11-23 09:30"},
		{"Asia/Shanghai", "09:00", "11 hours", "2026-11-23 10:00", "1320", "11-25 10:00"},
		{"Asia/Shanghai", "18:00", "8 hours", "2026-11-23 23:30", "60", "11-24 00:30"},
		{"Asia/Shanghai", "18:00", "8 hours", "2026-11-24 01:30", "60", "11-24 18:30"},
		{"Asia/Shanghai", "18:00", "8 hours", "2026-11-24 12:00", "60", "11-24 19:00"},
		{"Asia/Shanghai", "00:00", "24 hours", "2026-11-23 23:30", "60", "11-24 00:30"},
		{"Europe/Berlin", "09:00", "11 hours", "2026-10-24 19:00", "120", "10-25 10:00"}, // an hour is given back that night
		{"Europe/Berlin", "22:00", "8 hours", "2026-03-28 23:00", "480", "03-29 23:00"},  // 2:00 to 3:00 is left out
	} {
		w.want(c.want, `SELECT to_char(cleardesk.handling_add((($1, $2, $3)::cleardesk.handling), ($4 || ' ' || $1)::timestamptz, $5) AT TIME ZONE $1, 'MM-DD HH24:MI')`,
			c.zone, c.opens, c.hours, c.at, c.minutes)
	}
	var got []string
	for _, at := range []string{"2026-11-23 08:59", "2026-11-23 09:00", "2026-11-23 19:59", "2026-11-23 20:00"} {
		got = append(got, w.text(`SELECT to_char(cleardesk.handling_from(cleardesk.handling_hours(), ($1 || ' Asia/Shanghai')::timestamptz) AT TIME ZONE 'Asia/Shanghai', 'DD HH24:MI')`, at))
	}
	if d := cmp.Diff([]string{"23 09:00", "23 09:00", "23 19:59", "24 09:00"}, got); d != "" {
		t.Error(d)
	}
}

// TestOffersLockTheCaseFirst: a case is locked before its task, as time does it, so that an
// answer and the clock never wait for each other.
func TestOffersLockTheCaseFirst(t *testing.T) {
	t.Parallel()
	w, c, claim := dutyWorld(t)
	offer, err := w.stores["lin"].OfferWork(t.Context(), uuid.New(), c.id, claim.No, "", "下班")
	if err != nil {
		t.Fatal(err)
	}
	w.base.LetWait(t)
	tx, err := w.admin.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), `SELECT FROM cleardesk.cases WHERE id = $1 FOR UPDATE`, int64(c.id)); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := w.stores["wang"].AnswerOffer(t.Context(), uuid.New(), offer.Task, true, "")
		done <- err
	}()
	w.base.AwaitBlocked(t)
	if _, err := tx.ExecContext(t.Context(), `SET LOCAL lock_timeout = '5s'; SELECT FROM cleardesk.task WHERE what = 'offered' FOR UPDATE`); err != nil {
		t.Errorf("an answer holds the task while it waits for the case: %v", err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
