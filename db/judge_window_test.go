package db

import (
	"fmt"
	"testing"
	"time"

	"cleardesk/domain"
)

// habitWorld has a store S1 that ordered rice, flour and eggs on the last five days of
// this weekday, and salt on some, and has ordered nothing today. It is in the year 2090.
func habitWorld(t *testing.T) *judgeWorld {
	t.Helper()
	w := newJudgeWorld(t)
	w.exec(`INSERT INTO cleardesk.product (code, name, price, stock, status) VALUES
		('PE', '鸡蛋', 500, 90000, 'normal'), ('PS', '盐', 100, NULL, 'normal'), ('PO', '油', 100, 0, 'normal'), ('PD', '酱', 100, NULL, 'paused')`)
	w.exec(`UPDATE cleardesk.product SET price = 1000 WHERE code IN ('P1', 'P2')`)
	for week := 1; week <= 5; week++ {
		lines := []testLine{{product: "P1", quantity: 10 + int64(week)}, {product: "P2", quantity: 3}, {product: "PE", quantity: 4}, {product: "PO", quantity: 1}, {product: "PD", quantity: 1}}
		if week > 3 {
			lines = append(lines, testLine{product: "PS", quantity: 2})
		}
		w.put(testOrder{store: "S1", at: firstOrder.AddDate(0, 0, -7*week), history: true, lines: lines})
	}
	w.at = firstOrder.Add(-2 * time.Hour)
	w.run()
	return w
}

// windowAt has the judge look at the first order's day, at a time.
func (w *judgeWorld) windowAt(what string, at time.Time) {
	w.t.Helper()
	w.exec(`INSERT INTO cleardesk.waiting (what, day, at) VALUES ($1, '2090-03-01', $2)`, what, at)
	w.run()
}

// gaps lists what stores lack: foreseen or lacking, what, how it ended.
const gaps = `SELECT coalesce(string_agg(concat_ws(' ', CASE WHEN evidence ->> 'foreseen' = 'true' THEN 'foreseen' ELSE 'lacks' END,
	(SELECT string_agg(i ->> 'product', '+' ORDER BY ord) FROM jsonb_array_elements(evidence -> 'items') WITH ORDINALITY x (i, ord)), evidence -> 'late_orders' ->> 0, outcome), ', ' ORDER BY id), '')
	FROM cleardesk.anomaly WHERE kind = 'replenishment'`

var foreseeAt, closeAt = firstOrder.Add(15 * time.Minute), firstOrder.Add(time.Hour)

func TestGapIsForeseenAndConfirmed(t *testing.T) {
	t.Parallel()
	w := habitWorld(t)
	w.order(testLine{product: "P1", quantity: 11})
	w.run()
	w.windowAt("foresee", foreseeAt)
	w.want("foreseen P2+PE", gaps)
	w.want("S1 replenishment 0 customer_service 5000 window_close,picking", asCases)
	w.want("3000 5 5 4000", `SELECT concat_ws(' ', i -> 0 ->> 'wanted', i -> 0 ->> 'times', i -> 0 ->> 'of', i -> 1 ->> 'wanted') FROM (SELECT evidence -> 'items' AS i FROM cleardesk.anomaly) a`)
	w.windowAt("foresee", foreseeAt)
	w.want("foreseen P2+PE", gaps) // said once
	w.windowAt("close", closeAt)
	w.want("foreseen P2+PE lapsed, lacks P2+PE", gaps)
	w.want("1 open 0", `SELECT count(*) || ' ' || max(state) || ' ' || max(more) FROM cleardesk.cases`)
	w.windowAt("close", closeAt)
	w.want("foreseen P2+PE lapsed, lacks P2+PE", gaps)
}

// Who always orders on this weekday and has not lacks all of it, until it orders.
func TestSilentStoreLacksEverything(t *testing.T) {
	t.Parallel()
	w := habitWorld(t)
	w.windowAt("foresee", foreseeAt)
	w.want("foreseen P1+P2+PE", gaps)
	w.order(testLine{product: "P1", quantity: 11})
	w.run()
	w.windowAt("close", closeAt)
	w.want("foreseen P1+P2+PE lapsed, lacks P2+PE", gaps)
}

// A store that leaves every other such day out has no habit of it.
func TestSkippedDaysAreChances(t *testing.T) {
	t.Parallel()
	w := habitWorld(t)
	w.put(testOrder{store: "S2", at: firstOrder.AddDate(0, 0, -56), history: true, lines: []testLine{{product: "P1", quantity: 10}}})
	for _, week := range []int{6, 4, 2} {
		w.put(testOrder{store: "S2", at: firstOrder.AddDate(0, 0, -7*week), history: true, lines: []testLine{{product: "P1", quantity: 10}}})
	}
	w.run()
	w.windowAt("close", closeAt)
	w.want("lacks P1+P2+PE", gaps) // of S1 alone
}

// Whatever a store lacks is one row: what it tried too late, and what is found at the close.
func TestGapsOfAStoreAreOneRow(t *testing.T) {
	t.Parallel()
	w := habitWorld(t)
	w.tell("", domain.Event{What: domain.EventAttempt, At: foreseeAt, Lines: []domain.EventLine{{Product: "PS", Quantity: of(2000), Why: domain.ToldWindow}}})
	w.order(testLine{product: "P1", quantity: 11}, testLine{product: "PE", quantity: 4})
	w.run()
	w.windowAt("close", closeAt)
	w.want("S1 replenishment 1 customer_service 3000 window_close,picking", asCases)
}

func TestForeseenGapLapses(t *testing.T) {
	t.Parallel()
	w := habitWorld(t)
	w.order(testLine{product: "P1", quantity: 11})
	w.run()
	w.windowAt("foresee", foreseeAt)
	w.order(testLine{product: "P2", quantity: 3}, testLine{product: "PE", quantity: 4})
	w.run()
	w.windowAt("close", closeAt)
	w.want("foreseen P2+PE lapsed", gaps)
	w.want("closed 0", `SELECT state || ' ' || (SELECT count(*) FROM cleardesk.resolution_record) FROM cleardesk.cases`)
}

// What somebody has asked the store about is not said again; the rest is.
func TestAskedGapIsNotConfirmed(t *testing.T) {
	t.Parallel()
	w := habitWorld(t)
	w.order(testLine{product: "P1", quantity: 11}, testLine{product: "PE", quantity: 4})
	w.run()
	w.windowAt("foresee", foreseeAt)
	w.want("foreseen P2", gaps)
	w.exec(`UPDATE cleardesk.anomaly SET outcome = 'not_needed', closed_at = now()`)
	w.exec(`UPDATE cleardesk.cases SET state = 'closed', closed_at = now()`)
	w.exec(`UPDATE cleardesk.orders SET state = 'cancelled' WHERE NOT history`)
	w.order(testLine{product: "P1", quantity: 12})
	w.run()
	w.windowAt("close", closeAt)
	w.want("foreseen P2 not_needed, lacks PE", gaps)
}

// An order from before the window opened is told of at the close, whatever it lacks.
func TestOrderOutsideTheWindow(t *testing.T) {
	t.Parallel()
	w := habitWorld(t)
	w.put(testOrder{store: "S1", at: firstOrder.Add(-17 * time.Hour), lines: []testLine{{product: "P1", quantity: 11}}}) // yesterday at 21:00
	no := w.last()
	w.run()
	w.windowAt("close", closeAt)
	w.want("lacks P1+P2+PE "+no, gaps)
}

// A judge that is taken over finds the window it had in hand.
func TestTakeOverAtTheClose(t *testing.T) {
	t.Parallel()
	w := habitWorld(t)
	w.order(testLine{product: "P1", quantity: 11})
	w.exec(`INSERT INTO cleardesk.waiting (what, day, at) VALUES ('foresee', '2090-03-01', $1), ('close', '2090-03-01', $2)`, foreseeAt, closeAt)
	for n, i := 1, 0; n > 0; i++ {
		j := w.takeOver(JudgeOptions{})
		items, err := j.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(items) > 0 && i%2 == 0 {
			b := newBatch(items[0].catalogue)
			if err := j.prepare(t.Context(), items); err != nil {
				t.Fatal(err)
			}
			j.judge(b, &items[0]) // and never written
			continue
		}
		if n, err = j.batch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.want("foreseen P2+PE lapsed, lacks P2+PE", gaps)
}

// The clock puts today's and tomorrow's windows on the list and queues each once when its
// time has come; what was over before anybody waited for it is not looked at.
func TestClockQueuesWindows(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.set("window.closes", "00:00") // over since midnight
	j := w.takeOver(JudgeOptions{})
	tick := func() {
		t.Helper()
		if _, err := j.tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	tick()
	w.want("4 2 0", `SELECT count(*) || ' ' || count(*) FILTER (WHERE done) || ' ' || (SELECT count(*) FROM cleardesk.waiting) FROM cleardesk.window_check`)
	w.want("45", `SELECT extract(minutes FROM max(at) - min(at))::text FROM cleardesk.window_check WHERE day > (now() AT TIME ZONE 'Asia/Shanghai')::date`)
	w.exec(`UPDATE cleardesk.window_check SET at = now() - interval '1 second' WHERE what = 'close'`)
	w.exec(`UPDATE cleardesk.window_check SET done = false WHERE what = 'close' AND day = (now() AT TIME ZONE 'Asia/Shanghai')::date`)
	w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES ('window.closes', 'platform', '', now(),
		to_char(now() AT TIME ZONE 'Asia/Shanghai' - interval '1 minute', 'HH24:MI'), 'mao')`)
	tick()
	tick()
	w.want(fmt.Sprintf("close %s", time.Now().In(mustZone(t)).Format(time.DateOnly)), `SELECT string_agg(what || ' ' || day, ', ') FROM cleardesk.waiting`)
	w.run()
	w.want("0", `SELECT count(*) FROM cleardesk.waiting`)
}

func mustZone(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
