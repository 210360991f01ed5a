package db

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// judgeDSN names the database for this test program started again as a judge.
const judgeDSN = "CLEARDESK_TEST_JUDGE"

// The judge that is killed is this test program, started again: here is where it
// turns off.
func init() {
	dsn := os.Getenv(judgeDSN)
	if dsn == "" {
		return
	}
	s, err := Open(dsn, Options{Statement: time.Minute})
	if err != nil {
		os.Exit(1)
	}
	_ = NewJudge(s, JudgeOptions{Lease: 150 * time.Millisecond, BatchLines: 100, KindWords: testWords()}).Run(context.Background(), true)
	os.Exit(0)
}

// verdicts is everything a stream's judging left: anomalies with evidence, holds,
// acceptances, cases, stock and baselines.
func (w *judgeWorld) verdicts() map[string]string {
	w.t.Helper()
	return map[string]string{
		"anomalies": w.text(`SELECT coalesce(string_agg(concat_ws(' ', a.kind, o.order_no, a.line_no, a.at_risk, a.hard, a.blocks, a.evidence),
			E'\n' ORDER BY o.id, a.line_no, a.kind), '') FROM cleardesk.anomaly a JOIN cleardesk.orders o ON o.id = a.order_id`),
		"orders": w.text(`SELECT string_agg(concat_ws(' ', order_no, state, judged, version), E'\n' ORDER BY id) FROM cleardesk.orders`),
		"cases": w.text(`SELECT coalesce(string_agg(concat_ws(' ', o.order_no, c.kind, c.more, c.at_risk, c.next_at, c.search), E'\n' ORDER BY o.id), '')
			FROM cleardesk.cases c JOIN cleardesk.orders o ON o.id = c.order_id`),
		"holds": w.text(`SELECT coalesce(string_agg(concat_ws(' ', o.order_no, h.line_no, a.kind), E'\n' ORDER BY o.id, h.line_no, a.kind), '')
			FROM cleardesk.hold h JOIN cleardesk.anomaly a ON a.id = h.anomaly_id JOIN cleardesk.orders o ON o.id = h.order_id`),
		"stock": w.text(`SELECT string_agg(code || ' ' || reserved, E'\n' ORDER BY code) FROM cleardesk.product`),
		"decisions": w.text(`SELECT string_agg(concat_ws(' ', order_no, what, line_no, detail -> 'lines', detail -> 'kinds'), E'\n' ORDER BY order_no, what, line_no, n)
			FROM cleardesk.decision`),
		"baselines": w.text(`SELECT string_agg(concat_ws(' ', scope, key, md5(state)), E'\n' ORDER BY scope, key) FROM cleardesk.baseline`),
	}
}

// streamed makes a world with the first orders of a stream waiting.
func streamed(tb testing.TB, orders int) *judgeWorld {
	tb.Helper()
	w := newJudgeWorld(tb)
	w.catalogue(8, 60, 900)
	if orders > 0 {
		w.put(stream(11, 8, 60, orders, 8)...)
	}
	return w
}

// A stream judged by judges that are killed, thirty times and more, gives what one undisturbed judge gives,
// whatever batches it was judged in.
func TestKilledJudgesGiveTheSameVerdicts(t *testing.T) {
	t.Parallel()
	const orders = 1500
	whole := streamed(t, orders)
	got := whole.run()
	want := whole.verdicts()
	if got.Orders != orders || got.Anomalies < 50 {
		t.Fatalf("the stream is no test: %+v", got)
	}

	w := streamed(t, 0)
	all := stream(11, 8, 60, orders, 8)
	r := rand.New(rand.NewPCG(5, 5))
	kills := 0
	for len(all) > 0 || w.text(`SELECT count(*)::text FROM cleardesk.waiting`) != "0" {
		n := min(orders/30, len(all))
		w.put(all[:n]...)
		all = all[n:]
		judge := exec.Command(os.Args[0])
		judge.Env = append(os.Environ(), judgeDSN+"="+w.db.DSN(w.login))
		if err := judge.Start(); err != nil {
			t.Fatal(err)
		}
		lived := pause(t.Context(), time.Duration(50+r.IntN(250))*time.Millisecond, nil)
		if err := judge.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = judge.Wait() // it was killed
		if !lived {
			t.Fatal("the test's time is up")
		}
		kills++
	}
	if d := cmp.Diff(want, w.verdicts()); d != "" {
		t.Errorf("%d kills changed the verdicts (-undisturbed +killed):\n%s", kills, d)
	}
}

// A judge that dies between any two steps leaves nothing that changes the verdicts:
// here before and after the writing of a batch, at every batch.
func TestTakeOverAtEveryBatch(t *testing.T) {
	t.Parallel()
	const orders = 900
	whole := streamed(t, orders)
	whole.run()
	want := whole.verdicts()

	w := streamed(t, orders)
	r := rand.New(rand.NewPCG(9, 9))
	takeOvers := 0
	for n := 1; n > 0; takeOvers++ {
		j := w.takeOver(JudgeOptions{BatchLines: 50 + r.IntN(300), KindWords: testWords()})
		items, err := j.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(items) > 0 && takeOvers%2 == 0 {
			j.verdictsOn(t, items) // and never written
			continue
		}
		if n, err = j.batch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if takeOvers < 30 {
		t.Errorf("only %d take-overs", takeOvers)
	}
	if d := cmp.Diff(want, w.verdicts()); d != "" {
		t.Errorf("%d take-overs changed the verdicts (-undisturbed +taken over):\n%s", takeOvers, d)
	}
}
