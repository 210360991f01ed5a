package db_test

import (
	"errors"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// Whoever else is writing has some of what a correction needs and wants the rest: the
// correction has to wait without having any of that.
func TestACorrectionLocksAsEverybodyDoes(t *testing.T) {
	t.Parallel()
	const (
		judging = `SELECT pg_advisory_xact_lock(hashtextextended('cleardesk judge', 5))`
		cases   = `SELECT FROM cleardesk.cases ORDER BY id FOR UPDATE`
		orders  = `SELECT FROM cleardesk.orders ORDER BY id FOR UPDATE`
		lines   = `SELECT FROM cleardesk.order_line ORDER BY order_id, line_no FOR UPDATE`
		goods   = `SELECT FROM cleardesk.product ORDER BY code FOR UPDATE`
		counter = `UPDATE cleardesk.decision_counter SET n = n`
		judge   = `UPDATE cleardesk.judge SET batch = NULL`
	)
	for name, x := range map[string]struct{ has, wants []string }{
		"the judge":        {[]string{judging}, []string{cases, orders, goods, counter, judge}},
		"a form":           {[]string{cases}, []string{orders, lines, goods, counter, judge}},
		"intake of stages": {[]string{orders, lines}, []string{goods, counter, judge}},
		"an import":        {[]string{goods}, []string{judge}},
		"a decision":       {[]string{counter}, []string{judge}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := correctWorld{newDeskWorld(t)}
			w.odd("S1", deskLine{"P4", 7, mismatch}, deskLine{"P2", 3, ""})
			w.base.LetWait(t)
			zhao := w.open(w.base.DSN(string(w.login("zhao"))))
			tx, err := w.base.Admin(t).BeginTxx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback() }()
			for _, s := range append([]string{"SET LOCAL lock_timeout = '5s'"}, x.has...) {
				if _, err := tx.ExecContext(t.Context(), s); err != nil {
					t.Fatal(err)
				}
			}
			done := make(chan error, 1)
			go func() {
				c := step(250)
				c.Seen = 1
				_, err := zhao.Correct(t.Context(), uuid.New(), c)
				done <- err
			}()
			w.base.AwaitBlocked(t)
			for _, s := range x.wants {
				if _, err := tx.ExecContext(t.Context(), s); err != nil {
					t.Fatalf("%s and a correction wait for each other: %s: %v", name, s, err)
				}
			}
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
			w.want("250 1", `SELECT concat_ws(' ', step, (SELECT count(*) FROM cleardesk.resolution_record)) FROM cleardesk.product WHERE code = 'P4'`)
		})
	}
}

// An anomaly that is opened again just before a correction looks at what there is: the
// program sends the correction once more, and then it sees it.
func TestACorrectionSeesWhatIsOpenedAgain(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	again := w.attempt("S1", "P4", domain.NotOrderable, domain.ToldStep, 7_000)
	w.odd("S2", deskLine{"P4", 8, mismatch})
	w.exec(`UPDATE cleardesk.anomaly SET outcome = 'false_alarm', closed_at = now() WHERE case_id = $1`, int64(again))
	tx, err := w.admin.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, s := range []string{
		`SELECT FROM cleardesk.product WHERE code = 'P4' FOR UPDATE`,
		`UPDATE cleardesk.anomaly SET outcome = NULL, closed_at = NULL`,
	} {
		if _, err := tx.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan error, 1)
	zhao := w.base.Open(t, string(w.login("zhao")))
	go func() {
		_, err := zhao.ExecContext(t.Context(), `SELECT cleardesk.correct($1, '{"what": "step", "product": "P4", "step": 1000, "seen": 1, "reason": "import"}')`, uuid.New())
		done <- err
	}()
	w.base.AwaitBlocked(t)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if p, ok := errors.AsType[*pq.Error](<-done); !ok || p.Code != "40001" {
		t.Errorf("a case that was not locked in its turn: %v", p)
	}
	if out := w.correct(step(1_000)); len(out.Cleared) != 2 {
		t.Errorf("%+v", out)
	}
}

// What is told of a correction: the judge that its facts changed, the desks that their
// queue did, the platform that there is something to read.
func TestACorrectionIsTold(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	w.odd("S1", deskLine{"P4", 7, mismatch})
	before := w.text(`SELECT catalogue FROM cleardesk.judge`)
	hints := pq.NewListener(w.base.DSN("postgres"), time.Second, time.Second, nil)
	defer func() { _ = hints.Close() }()
	for _, topic := range []string{"cleardesk_queue", "cleardesk_decisions", "cleardesk_catalogue"} {
		if err := hints.Listen(topic); err != nil {
			t.Fatal(err)
		}
	}
	w.correct(step(250))
	heard := map[string]bool{}
	limit := time.After(10 * time.Second)
	for len(heard) < 3 {
		select {
		case n := <-hints.Notify:
			if n != nil {
				heard[n.Channel] = true
			}
		case <-limit:
			t.Fatalf("heard only of %v", heard)
		}
	}
	w.want("1", `SELECT catalogue - $1::bigint FROM cleardesk.judge`, before)
}
