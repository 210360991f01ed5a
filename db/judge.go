package db

import (
	"context"
	"os"
	"strconv"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"

	"github.com/google/uuid"
)

// JudgeOptions say how a Judge works.
type JudgeOptions struct {
	// Lease is how long a judge that vanished keeps others waiting; 0 means 6 s.
	Lease time.Duration
	// BatchLines bounds the lines of one batch; 0 means 20,000. It is less while batches
	// take long.
	BatchLines int
	// KindWords are a kind's names in every language: the queue's filter finds them.
	KindWords map[domain.Kind]string
	// Progress is told of each batch, if it is set.
	Progress func(Judged)
	// Trouble is told why a judge that follows waits to try again, if it is set.
	Trouble func(error)
}

// Judged counts what one batch, or all of a run, brought.
type Judged struct {
	Orders    int // new orders, history included
	Lines     int // their lines
	Flagged   int // orders with an anomaly
	Anomalies int
}

// Judge takes what waits in intake order, judges it with the detectors and writes
// verdicts, holds and acceptances. One judge works at a time, under a lease with a
// fence; others stand by. It works for a login of cleardesk_intake.
type Judge struct {
	store  *Store
	o      JudgeOptions
	worker string
	wake   chan struct{}

	fence  int64
	engine *detect.Engine
	tuned  detect.Settings // of the engine
	facts  *facts
	known  *known
	beatAt time.Time
	due    time.Duration // until the clock moves something, as of beatAt
	lines  int           // of the next batch
	total  Judged
}

// NewJudge makes a Judge over s, whose connections need two at once.
func NewJudge(s *Store, o JudgeOptions) *Judge {
	if o.Lease == 0 {
		o.Lease = 6 * time.Second
	}
	if o.BatchLines == 0 {
		o.BatchLines = 20_000
	}
	host, _ := os.Hostname() // only a name among others
	worker := host + "/" + strconv.Itoa(os.Getpid()) + "/" + uuid.NewString()
	return &Judge{
		store: s, o: o, worker: worker, wake: make(chan struct{}, 1), known: newKnown(), lines: min(leastLines, o.BatchLines),
	}
}

// Total is what this judge's runs have brought so far. It is not to be called during
// a run, but from Progress.
func (j *Judge) Total() Judged { return j.total }

// Run judges what waits and returns. With follow it stays, until the context ends,
// whatever happens to the database; without, it returns the first error but
// conflicts, which it judges again. While another judge works it waits.
func (j *Judge) Run(ctx context.Context, follow bool) error {
	if follow {
		listening, stop := context.WithCancel(ctx)
		defer stop()
		go j.listen(listening)
	}
	for wait := leastWait; ; wait = min(2*wait, mostWait) {
		before := j.total
		err := j.session(ctx, follow)
		refused := domain.CodeOf(err) == domain.Conflict // what the engine holds is thrown away with the session
		switch {
		case err == nil, follow && ctx.Err() != nil:
			return nil
		case !follow && !refused:
			return err
		case j.total != before:
			wait = leastWait
		}
		if !refused && j.o.Trouble != nil {
			j.o.Trouble(err)
		}
		if !pause(ctx, wait, nil) && follow {
			return nil
		} else if ctx.Err() != nil {
			return fail(ctx, "judge", ctx.Err())
		}
	}
}

// How long a judge waits after an error before it tries again.
const (
	leastWait = 10 * time.Millisecond
	mostWait  = 5 * time.Second
)

// listen turns hints of the database into wakes.
func (j *Judge) listen(ctx context.Context) {
	hints := make(chan Hint, 16)
	go j.store.Listen(ctx, hints, TopicWaiting, TopicCatalogue)
	for {
		select {
		case <-ctx.Done():
			return
		case h := <-hints:
			if h.Line == LineDown {
				continue
			}
			select {
			case j.wake <- struct{}{}:
			default: // it has yet to wake up from the last one
			}
		}
	}
}

// session is the time under one fence, from its acquisition on.
func (j *Judge) session(ctx context.Context, follow bool) error {
	held, err := j.acquire(ctx, follow)
	if err != nil || !held {
		return err
	}
	defer j.release(ctx)
	j.engine, j.facts, j.known = nil, newFacts(), newKnown()
	if err := j.beat(ctx); err != nil {
		return err
	}
	for {
		n, err := j.batch(ctx)
		if err != nil {
			return err
		}
		if n == 0 && !follow {
			return nil
		}
		if n == 0 && !pause(ctx, j.untilBeat(), j.wake) {
			return nil
		}
		if j.untilBeat() <= 0 || n == 0 {
			if err := j.beat(ctx); err != nil {
				return err
			}
		}
	}
}

// pause waits for d, a wake or the end of the context, and tells whether it goes on.
func pause(ctx context.Context, d time.Duration, wake <-chan struct{}) bool {
	t := time.NewTimer(max(d, 0))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-wake:
	case <-t.C:
	}
	return ctx.Err() == nil
}
