package db

import (
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
)

// lookedAt has the judge look at an order at a time, as if its promise came then.
func (w *judgeWorld) lookedAt(no string, at time.Time) {
	w.t.Helper()
	w.exec(`INSERT INTO cleardesk.waiting (what, order_id, at) SELECT 'watch', id, $2 FROM cleardesk.orders WHERE order_no = $1`, no, at)
	w.run()
}

// slow lists what was found slow: stage, foreseen or late, how it ended.
const slow = `SELECT coalesce(string_agg(concat_ws(' ', evidence ->> 'stage', CASE WHEN evidence ->> 'foreseen' = 'true' THEN 'foreseen' ELSE 'late' END, outcome), ', ' ORDER BY id), '')
	FROM cleardesk.anomaly WHERE kind = 'slow_fulfilment'`

// watched makes an order that is accepted at 14:00 on a platform that tells of stages.
func watched(t *testing.T) (*judgeWorld, string) {
	t.Helper()
	w := newJudgeWorld(t)
	other := w.order(testLine{product: "P2", quantity: 1})
	w.run()
	w.want("0", `SELECT count(*) FROM cleardesk.order_watch`) // nobody has told of a stage yet
	w.tell(other, domain.Event{What: domain.EventStage, OrderNo: domain.OrderNo(other), Stage: domain.StageDelivered})
	w.run()
	w.at = firstOrder.Add(-time.Hour)
	no := w.order(testLine{product: "P1", quantity: 10})
	w.exec(`UPDATE cleardesk.waiting SET at = $1`, firstOrder)
	w.run()
	w.exec(`UPDATE cleardesk.orders SET accepted_at = $2 WHERE order_no = $1`, no, firstOrder)
	return w, no
}

// Picking begins at 15:30 in Shanghai: a delivery is planned by 16:30, which is looked at
// half an hour before.
func TestLateOrderIsForeseenAndThenLate(t *testing.T) {
	t.Parallel()
	w, no := watched(t)
	planned := time.Date(2090, 3, 1, 8, 30, 0, 0, time.UTC)
	const next = `SELECT concat_ws(' ', stage, to_char(due AT TIME ZONE 'UTC', 'HH24:MI'), to_char(next_check AT TIME ZONE 'UTC', 'HH24:MI'))
		FROM cleardesk.order_watch w JOIN cleardesk.orders o ON o.id = w.order_id WHERE order_no = $1`
	w.want("planned 08:30 08:00", next, no)
	w.lookedAt(no, planned.Add(-31*time.Minute))
	w.want("", slow)
	w.lookedAt(no, planned.Add(-30*time.Minute))
	w.want("planned foreseen", slow)
	w.want("planned 08:30 08:30", next, no)
	w.want(no+" slow_fulfilment 0 logistics 10000 promise"+strings.Repeat(",promise", 3+7), asCases)
	w.exec(`UPDATE cleardesk.cases SET state = 'snoozed', snooze_until = '2090-01-01'`)
	w.lookedAt(no, planned)
	w.want("planned foreseen lapsed, planned late", slow)
	w.want("1 open 0", `SELECT count(*) || ' ' || max(state) || ' ' || max(more) FROM cleardesk.cases`)
	w.lookedAt(no, planned.Add(time.Hour))
	w.want("planned foreseen lapsed, planned late", slow) // it is open: it is not said again
}

func TestForeseenLatenessLapsesInTime(t *testing.T) {
	t.Parallel()
	w, no := watched(t)
	w.lookedAt(no, time.Date(2090, 3, 1, 8, 0, 0, 0, time.UTC))
	w.want("planned foreseen", slow)
	w.exec(`INSERT INTO cleardesk.delivery_plan (order_id, due) SELECT id, '2090-03-01 23:00Z' FROM cleardesk.orders WHERE order_no = $1`, no)
	w.exec(`UPDATE cleardesk.orders SET placed_at = placed_at`)
	w.want("true", `SELECT (w.next_check <= now())::text FROM cleardesk.order_watch w JOIN cleardesk.orders o ON o.id = w.order_id WHERE order_no = $1`, no)
	w.exec(`UPDATE cleardesk.order_watch SET next_check = NULL`)
	w.lookedAt(no, time.Date(2090, 3, 1, 8, 10, 0, 0, time.UTC))
	w.want("planned foreseen lapsed", slow)
	w.want("closed 0", `SELECT state || ' ' || (SELECT count(*) FROM cleardesk.resolution_record) FROM cleardesk.cases`)
}

// What somebody has handled is not raised again; the next stage is. What was given a new
// time is, when that has passed.
func TestHandledLatenessIsNotRaisedAgain(t *testing.T) {
	t.Parallel()
	for outcome, want := range map[string]string{
		"false_alarm": "planned late false_alarm, allocated foreseen", "rescheduled": "planned late rescheduled, planned late",
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			w, no := watched(t)
			w.lookedAt(no, time.Date(2090, 3, 1, 8, 30, 0, 0, time.UTC))
			w.exec(`UPDATE cleardesk.anomaly SET outcome = $1, closed_at = now()`, outcome)
			w.exec(`UPDATE cleardesk.cases SET state = 'closed', closed_at = now()`)
			w.lookedAt(no, time.Date(2090, 3, 1, 11, 15, 0, 0, time.UTC))
			w.want(want, slow)
		})
	}
}

// Time itself queues the orders that are due, once, and tells when the next are.
func TestClockQueuesWhatIsDue(t *testing.T) {
	t.Parallel()
	w, no := watched(t)
	j := w.takeOver(JudgeOptions{})
	w.exec(`UPDATE cleardesk.order_watch SET next_check = now() - interval '1 second'`)
	for range 2 {
		if _, err := j.tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.want("watch "+no, `SELECT string_agg(w.what || ' ' || o.order_no, ', ') FROM cleardesk.waiting w JOIN cleardesk.orders o ON o.id = w.order_id`)
	w.want("true true", `SELECT queued || ' ' || (next_check IS NULL) FROM cleardesk.order_watch`)
	w.run()
	w.want("0 false 2090-03-01", `SELECT (SELECT count(*) FROM cleardesk.waiting) || ' ' || queued || ' ' || next_check::date FROM cleardesk.order_watch`)
	// A judge that dies over it finds it again.
	w.exec(`UPDATE cleardesk.order_watch SET next_check = now() - interval '1 second'`)
	j = w.takeOver(JudgeOptions{})
	if _, err := j.tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.run()
	w.want("false 2090-03-01", `SELECT queued || ' ' || next_check::date FROM cleardesk.order_watch`)
}

// An order that arrived, or is cancelled, is watched no more, and what was foreseen of it
// is none.
func TestWatchEnds(t *testing.T) {
	t.Parallel()
	for _, state := range []string{"delivered", "cancelled"} {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			w, no := watched(t)
			w.lookedAt(no, time.Date(2090, 3, 1, 8, 0, 0, 0, time.UTC))
			w.exec(`UPDATE cleardesk.orders SET state = $2, version = version + 1 WHERE order_no = $1`, no, state)
			w.lookedAt(no, time.Date(2090, 3, 1, 9, 0, 0, 0, time.UTC))
			w.want("planned foreseen lapsed", slow)
			w.want("0", `SELECT count(*) FROM cleardesk.order_watch`)
		})
	}
}
