package db_test

import (
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// listen hears the hints about the queue from now on. What it gives counts those that
// came since it was asked last: hints come in the order of commit, so it sends a mark
// of its own and counts up to that.
func (w *deskWorld) listen() func() int { return w.listenTo("queue") }

// listenTo hears the hints about a topic.
func (w *deskWorld) listenTo(topic string) func() int {
	w.Helper()
	l := pq.NewListener(w.base.DSN("postgres"), time.Second, time.Second, nil)
	w.Cleanup(func() { _ = l.Close() })
	if err := l.Listen("cleardesk_" + topic); err != nil {
		w.Fatal(err)
	}
	return func() int {
		w.Helper()
		w.exec(`SELECT pg_notify('cleardesk_' || $1, 'mark')`, topic)
		for count := 0; ; count++ {
			select {
			case n := <-l.Notify:
				if n == nil || n.Extra == "mark" {
					return count
				}
			case <-time.After(20 * time.Second):
				w.Fatal("no hint arrives")
			}
		}
	}
}

func TestNotesAndPresenceAreTold(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	lin := w.stores["lin"]
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	hints := w.listen()
	desk, atStore := uuid.New(), domain.Presence{Store: "S1", Case: c.id, Doing: "calling"}
	for _, step := range []struct {
		name string
		do   func() error
		want int
	}{
		{"sits down", func() error { _, err := lin.Beat(t.Context(), desk, domain.Presence{}); return err }, 1},
		{"is still there", func() error { _, err := lin.Beat(t.Context(), desk, domain.Presence{}); return err }, 0},
		{"rings a store", func() error { _, err := lin.Beat(t.Context(), desk, atStore); return err }, 1},
		{"is still ringing", func() error { _, err := lin.Beat(t.Context(), desk, atStore); return err }, 0},
		{"writes a note", func() error { return lin.NoteCase(t.Context(), uuid.New(), c.id, "店长下午在") }, 1},
		{"leaves", func() error { return lin.Leave(t.Context(), desk) }, 1},
		{"has left", func() error { return lin.Leave(t.Context(), desk) }, 0},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if got := hints(); got != step.want {
			t.Errorf("%s: %d hints, want %d", step.name, got, step.want)
		}
	}
}

// A judge that looks at the clock and finds nothing due does not wake itself.
func TestClockWithNothingDueIsQuiet(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	judge := w.open(w.base.DSN(w.base.Login(t, "judge", "intake")))
	run := func() {
		t.Helper()
		if err := db.NewJudge(judge, db.JudgeOptions{}).Run(t.Context(), false); err != nil {
			t.Fatal(err)
		}
	}
	run() // the day's windows come on the list
	hints := w.listenTo("waiting")
	run()
	if n := hints(); n != 0 {
		t.Errorf("%d hints that something waits, and nothing does", n)
	}
	w.put("S1", "", deskLine{"P1", 12, ""})
	w.exec(`INSERT INTO cleardesk.waiting (what, order_id) SELECT 'recheck', max(id) FROM cleardesk.orders`)
	if n := hints(); n != 1 {
		t.Errorf("%d hints of what came", n)
	}
}
