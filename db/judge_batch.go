package db

import (
	"context"
	"time"

	"cleardesk/domain/detect"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// batch takes what waits, judges it and writes the verdicts. It tells how many items
// there were. After an error the engine may have learnt what was not written, so the
// session ends with it.
func (j *Judge) batch(ctx context.Context) (int, error) {
	defer j.size(time.Now())
	items, err := j.take(ctx)
	if err != nil || len(items) == 0 {
		return 0, err
	}
	if err := j.prepare(ctx, items); err != nil {
		return 0, err
	}
	b := newBatch(items[0].catalogue)
	for i := range items {
		if j.facts.at(items[i].at).tuned != j.tuned {
			break // from here on it is judged by other settings, by another engine
		}
		if b.unwritten(&items[i]) {
			break
		}
		j.judge(b, &items[i])
		if items[i].alone() {
			break
		}
	}
	if err := j.finish(ctx, b); err != nil {
		return 0, err
	}
	if err := j.apply(ctx, b); err != nil {
		return 0, err
	}
	j.count(b.counts)
	return len(b.seqs), nil
}

// prepare brings what the items are judged by up to date.
func (j *Judge) prepare(ctx context.Context, items []item) error {
	if err := j.facts.refresh(ctx, j.store, items); err != nil {
		return err
	}
	if err := j.known.meet(ctx, j.store, items); err != nil {
		return err
	}
	if err := j.readSame(ctx, items); err != nil {
		return err
	}
	return j.tune(ctx, j.facts.at(items[0].at).tuned)
}

// size keeps a batch well within the lease, or two judges on a slow server would only
// ever take over from each other.
func (j *Judge) size(begun time.Time) {
	if time.Since(begun) > j.o.Lease/4 {
		j.lines = max(j.lines/2, min(leastLines, j.o.BatchLines))
	} else {
		j.lines = min(j.lines*2, j.o.BatchLines)
	}
}

// leastLines is the least a batch is cut to, and what the first one is.
const leastLines = 1000

// tune makes the engine, or a new one where the settings of the statistics changed.
func (j *Judge) tune(ctx context.Context, s detect.Settings) error {
	if j.engine != nil && j.tuned == s {
		return nil
	}
	states, err := j.store.baselines(ctx)
	if err != nil {
		return err
	}
	j.engine, j.tuned = detect.New(s), s
	return j.engine.Load(states)
}

func (j *Judge) apply(ctx context.Context, b *batch) error {
	flagged, err := b.flaggedJSON(j.o.KindWords)
	if err != nil {
		return err
	}
	again, err := b.againJSON()
	if err != nil {
		return err
	}
	told, err := jsonArg(b.told)
	if err != nil {
		return err
	}
	watches, err := jsonArg(b.watches)
	if err != nil {
		return err
	}
	l := packStates(j.engine.Changed())
	return j.store.act(ctx, nil, "apply_verdicts", uuid.New(), j.fence, b.catalogue, b.seqs, b.orders, b.versions,
		pq.Array(b.accepts), b.reserveOrders, b.reserveLines, flagged, again, told, watches, l.scopes, l.keys, l.sizes, l.states)
}

func (j *Judge) count(c Judged) {
	j.total.Orders += c.Orders
	j.total.Lines += c.Lines
	j.total.Flagged += c.Flagged
	j.total.Anomalies += c.Anomalies
	if j.o.Progress != nil {
		j.o.Progress(c)
	}
}
