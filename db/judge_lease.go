package db

import (
	"context"
	"encoding/json"
	"time"
)

// standBy is how long a judge that stands by sleeps at most.
const standBy = time.Second

type leaseAnswer struct {
	Fence   *int64 `json:"fence"`
	FreeMs  int64  `json:"free_ms"`
	Waiting bool   `json:"waiting"`
}

// acquire waits for the lease. It tells no when nothing is left to do for a judge
// that does not follow: another one has judged it.
func (j *Judge) acquire(ctx context.Context, follow bool) (bool, error) {
	for {
		var a leaseAnswer
		err := j.answer(ctx, &a, "acquire the judge's lease",
			`SELECT cleardesk.judge_acquire($1, $2)`, j.worker, j.o.Lease.Seconds())
		if err != nil {
			return false, err
		}
		if a.Fence != nil {
			j.fence = *a.Fence
			return true, nil
		}
		if !follow && !a.Waiting {
			return false, nil
		}
		free := time.Duration(a.FreeMs)*time.Millisecond + time.Millisecond
		if !pause(ctx, min(free, standBy), nil) {
			return false, fail(ctx, "wait for the judge's lease", ctx.Err())
		}
	}
}

// beat extends the lease and lets the clock move what is due.
func (j *Judge) beat(ctx context.Context) error {
	var until time.Time
	err := j.store.db.GetContext(ctx, &until, `SELECT cleardesk.judge_extend($1, $2)`, j.fence, j.o.Lease.Seconds())
	if err != nil {
		return fail(ctx, "extend the judge's lease", err)
	}
	ticked, err := j.tick(ctx)
	if err != nil {
		return err
	}
	j.beatAt, j.due = time.Now(), ticked.Next
	return nil
}

// untilBeat is how long the judge may go on without a beat.
func (j *Judge) untilBeat() time.Duration {
	return min(j.o.Lease/3, j.due) - time.Since(j.beatAt)
}

// release gives the lease up, so that the next judge need not wait for its end. It
// must also work when the context has ended, and nothing depends on it.
func (j *Judge) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_, _ = j.store.db.ExecContext(ctx, `SELECT cleardesk.judge_extend($1, 0)`, j.fence)
}

// answer reads the JSON answer of a function into out.
func (j *Judge) answer(ctx context.Context, out any, op, query string, args ...any) error {
	var raw json.RawMessage
	if err := j.store.db.QueryRowContext(ctx, query, args...).Scan(&raw); err != nil {
		return fail(ctx, op, err)
	}
	return decode(raw, out)
}
