package db

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"cleardesk/db/dbtest"
	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// takeOver makes a judge that has the lease whoever had it before.
func (w *judgeWorld) takeOver(o JudgeOptions) *Judge {
	w.t.Helper()
	w.exec(`UPDATE cleardesk.judge SET lease_until = '2000-01-01'`)
	j := w.judge(o)
	if held, err := j.acquire(w.t.Context(), false); err != nil || !held {
		w.t.Fatalf("take over: %v %v", held, err)
	}
	j.facts = newFacts()
	return j
}

func TestOneOfManyJudgesHasTheLease(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	for round := range 20 {
		w.exec(`UPDATE cleardesk.judge SET lease_until = '2000-01-01'`)
		var wait sync.WaitGroup
		won := make(chan int64, 8)
		for range cap(won) {
			j := w.judge(JudgeOptions{})
			wait.Go(func() {
				var a leaseAnswer
				err := j.answer(t.Context(), &a, "acquire", `SELECT cleardesk.judge_acquire($1, $2)`, j.worker, 5.0)
				if err != nil {
					t.Error(err)
				} else if a.Fence != nil {
					won <- *a.Fence
				}
			})
		}
		wait.Wait()
		close(won)
		if len(won) != 1 {
			t.Fatalf("round %d: %d judges have the lease", round, len(won))
		}
	}
	w.want("20", `SELECT fence FROM cleardesk.judge`)
}

func TestOldFenceIsRefused(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	no := w.order(testLine{product: "P1", quantity: 10})
	old := w.takeOver(JudgeOptions{})
	items, err := old.take(t.Context())
	if err != nil || len(items) != 1 {
		t.Fatalf("take: %d, %v", len(items), err)
	}
	b := old.verdictsOn(t, items)
	w.takeOver(JudgeOptions{})
	for name, act := range map[string]func() error{
		"apply":  func() error { return old.apply(t.Context(), b) },
		"extend": func() error { return old.beat(t.Context()) },
		"take":   func() error { _, err := old.take(t.Context()); return err },
		"tick":   func() error { _, err := old.tick(t.Context()); return err },
	} {
		if err := act(); domain.CodeOf(err) != domain.Conflict {
			t.Errorf("%s with an old fence: %v", name, err)
		}
	}
	w.want("placed false", `SELECT state || ' ' || judged FROM cleardesk.orders WHERE order_no = $1`, no)
}

// verdictsOn judges items as batch does, short of writing.
func (j *Judge) verdictsOn(t *testing.T, items []item) *batch {
	t.Helper()
	if err := j.prepare(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	b := newBatch(items[0].catalogue)
	for i := range items {
		j.judge(b, &items[i])
	}
	return b
}

// What changed between taking and writing makes the batch be taken again.
func TestChangedFactsAreRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]string{
		"order":   `UPDATE cleardesk.orders SET version = version + 1`,
		"step":    `UPDATE cleardesk.product SET step = 4000 WHERE code = 'P1'`,
		"limit":   `UPDATE cleardesk.store SET cod_limit = 5`,
		"setting": `INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES ('limit.quantity', 'platform', '', now(), '3', 'mao')`,
		"stock":   `UPDATE cleardesk.product SET reserved = 995000 WHERE code = 'P1'`,
		"counted": `UPDATE cleardesk.product SET stock = 5000 WHERE code = 'P1'`,
		"unknown": `UPDATE cleardesk.product SET stock = NULL WHERE code = 'P1'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newJudgeWorld(t)
			w.exec(`UPDATE cleardesk.product SET stock = 1000000`)
			w.order(testLine{product: "P1", quantity: 10})
			j := w.takeOver(JudgeOptions{})
			items, err := j.take(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			b := j.verdictsOn(t, items)
			w.exec(change)
			if err := j.apply(t.Context(), b); domain.CodeOf(err) != domain.Conflict {
				t.Fatalf("apply: %v", err)
			}
			w.want("0 1", `SELECT (SELECT count(*) FROM cleardesk.decision) || ' ' || (SELECT count(*) FROM cleardesk.waiting)`)
			w.exec(`UPDATE cleardesk.judge SET lease_until = '2000-01-01'`)
			w.run()
			w.want("0", `SELECT count(*) FROM cleardesk.waiting`)
		})
	}
}

func TestWhatChangesNoVerdictIsNoNewCatalogue(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	before := w.text(`SELECT catalogue::text FROM cleardesk.judge`)
	w.exec(`UPDATE cleardesk.product SET reserved = 5, name = 'x'`)
	w.exec(`UPDATE cleardesk.store SET phone = '1'`)
	w.exec(`INSERT INTO cleardesk.product (code, name, stock) VALUES ('P3', 'new', 5000)`)
	w.exec(`UPDATE cleardesk.product SET stock = 4000 WHERE code = 'P3'`) // some of it left
	w.want(before, `SELECT catalogue FROM cleardesk.judge`)
}

func TestSameBatchTwiceIsAppliedOnce(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec("UPDATE cleardesk.product SET step = 7000, stock = 100000 WHERE code = 'P2'")
	w.order(testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 10})
	w.order(testLine{product: "P2", quantity: 7})
	j := w.takeOver(JudgeOptions{})
	items, err := j.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := j.verdictsOn(t, items)
	flagged, err := b.flaggedJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	l := packStates(j.engine.Changed())
	op := uuid.New()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			err := j.store.act(t.Context(), nil, "apply_verdicts", op, j.fence, b.catalogue, b.seqs, b.orders, b.versions,
				pq.Array(b.accepts), b.reserveOrders, b.reserveLines, flagged, "[]", "[]", "[]", l.scopes, l.keys, l.sizes, l.states)
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	w.want("3 1 1 7000", `SELECT (SELECT count(*) FROM cleardesk.decision) || ' ' || (SELECT count(*) FROM cleardesk.cases) || ' '
		|| (SELECT count(*) FROM cleardesk.anomaly) || ' ' || (SELECT reserved FROM cleardesk.product WHERE code = 'P2')`)
}

// judged waits until n orders are.
func (w *judgeWorld) judged(n int) {
	w.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; {
		if w.text(`SELECT count(*)::text FROM cleardesk.orders WHERE judged`) == strconv.Itoa(n) {
			return
		}
		if !pause(w.t.Context(), 5*time.Millisecond, nil) || time.Now().After(end) {
			w.t.Fatalf("%d orders are not judged", n)
		}
	}
}

// A judge that follows wakes on what comes in, and another takes over from it.
func TestFollowingJudges(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	lease := JudgeOptions{Lease: 500 * time.Millisecond}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 2)
	go func() { done <- w.judge(lease).Run(ctx, true) }()
	w.order(testLine{product: "P1", quantity: 10})
	w.judged(1)
	second, stopSecond := context.WithCancel(t.Context())
	defer stopSecond()
	other := w.judge(lease)
	go func() { done <- other.Run(second, true) }()
	w.order(testLine{product: "P1", quantity: 10})
	w.judged(2)
	stop()
	if err := <-done; err != nil {
		t.Errorf("stopped judge: %v", err)
	}
	begun := time.Now()
	w.order(testLine{product: "P1", quantity: 10})
	w.judged(3)
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("take-over took %v", took)
	}
	w.want("2", `SELECT fence FROM cleardesk.judge`)
	stopSecond()
	if err := <-done; err != nil {
		t.Errorf("second judge: %v", err)
	}
}

// Without follow a judge returns when another has judged what waited.
func TestJudgeWaitsForAnother(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.order(testLine{product: "P1", quantity: 10})
	first := w.takeOver(JudgeOptions{Lease: time.Minute})
	done := make(chan error, 1)
	second := w.judge(JudgeOptions{})
	go func() { done <- second.Run(t.Context(), false) }()
	if n, err := first.batch(t.Context()); err != nil || n != 1 {
		t.Fatalf("batch: %d, %v", n, err)
	}
	if err := <-done; err != nil || second.Total() != (Judged{}) {
		t.Errorf("second judge: %+v, %v", second.Total(), err)
	}
}

// The server may be stopped and started under a judge that follows.
func TestJudgeOutlivesTheServer(t *testing.T) {
	t.Parallel()
	server := dbtest.NewServer(t)
	w := judgeWorldOn(t, server.DB)
	troubles := make(chan error, 100)
	j := w.judge(JudgeOptions{Lease: time.Second, Trouble: func(err error) {
		select {
		case troubles <- err:
		default: // one is enough
		}
	}})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- j.Run(ctx, true) }()
	w.order(testLine{product: "P1", quantity: 10})
	w.judged(1)
	server.Stop(t)
	select {
	case why := <-troubles:
		t.Logf("the judge waits: %v", why)
	case <-time.After(20 * time.Second):
		t.Error("the judge did not notice that the server is gone")
	}
	server.Start(t)
	for w.admin.PingContext(t.Context()) != nil {
		if !pause(t.Context(), 10*time.Millisecond, nil) {
			t.Fatal("the server does not come back")
		}
	}
	w.order(testLine{product: "P1", quantity: 10})
	w.judged(2)
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
