package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
	"cleardesk/domain"
)

// wholeBatch is how many whole orders are applied at once; from a pipe they are
// fewer: what has come is not kept waiting.
const wholeBatch = 500

// verdict is the answer to one whole order. Its JSON form is a promise.
type verdict struct {
	OrderNo string `json:"order_no"`
	Verdict string `json:"verdict"` // taken, same, rejected
	Reason  string `json:"reason,omitempty"`
	Line    int    `json:"line,omitempty"` // of the input, where the number cannot be read
	row     int
}

// wholeOrders imports JSON Lines of whole orders as they come, and answers each.
func (j *importJob) wholeOrders(ctx context.Context) error {
	r, err := intake.NewReader(j.src, intake.WholeOrders(), j.bind)
	if err != nil {
		return err
	}
	rejects := intake.NewRejects(intake.RejectPath(j.path), r.Header())
	err = j.allWhole(ctx, r, rejects)
	if err == nil && j.got.orders.rejected > 0 && !j.src.Pipe() {
		err = r.Revisit(j.refused(ctx), rejects)
	}
	return j.finish(rejects, err)
}

func (j *importJob) allWhole(ctx context.Context, r *intake.Reader[intake.WholeOrder], rejects *intake.Rejects) error {
	out := bufio.NewWriter(j.stdout)
	answers := json.NewEncoder(out)
	answers.SetEscapeHTML(false)
	chunk := 0
	for {
		c, err := r.NextChunk(wholeBatch)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		verdicts := j.unreadable(c.Rejects)
		if !j.src.Pipe() { // the writer of a pipe has its answer; the list of an endless one would have no end
			if err := rejects.Write(c.Rejects...); err != nil {
				return err
			}
		}
		for _, batch := range apart(c.Rows) {
			chunk++
			some, err := j.applyWhole(ctx, chunk, batch)
			if err != nil {
				return err
			}
			verdicts = append(verdicts, some...)
		}
		slices.SortStableFunc(verdicts, func(a, b verdict) int { return a.row - b.row })
		for _, v := range verdicts {
			if err := answers.Encode(v); err != nil {
				return err
			}
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
}

// unreadable answers orders that could not be read.
func (j *importJob) unreadable(rejects []intake.Reject) []verdict {
	verdicts := make([]verdict, 0, len(rejects))
	for _, r := range rejects {
		v := verdict{OrderNo: r.Key, Verdict: "rejected", Reason: r.Reason, row: r.Line}
		if r.Key == "" {
			v.Line = r.Line
		}
		verdicts = append(verdicts, v)
		j.got.rejected += int64(len(r.Rows))
	}
	return verdicts
}

// apart splits orders so that none comes twice in one batch: the second is judged
// against the first, never added to it.
func apart(orders []intake.WholeOrder) [][]intake.WholeOrder {
	var batches [][]intake.WholeOrder
	seen := map[domain.OrderNo]bool{}
	from := 0
	for i, o := range orders {
		if seen[o.OrderNo] {
			batches = append(batches, orders[from:i])
			from = i
			clear(seen)
		}
		seen[o.OrderNo] = true
	}
	if from < len(orders) {
		batches = append(batches, orders[from:])
	}
	return batches
}

// applyWhole takes a batch in and answers each of its orders. It does not give up
// while the server cannot be reached.
func (j *importJob) applyWhole(ctx context.Context, chunk int, orders []intake.WholeOrder) ([]verdict, error) {
	var lines []db.StagedLine
	for _, o := range orders {
		for _, l := range o.OrderLines() {
			lines = append(lines, staged(&l, int64(len(lines)+1), int64(o.Row)))
		}
	}
	a, err := untilThere(ctx, j, func() (db.Applied, bool, error) {
		if err := j.in.StageOrders(ctx, j.id, chunk, lines, nil); err != nil {
			return db.Applied{}, false, err
		}
		a, err := j.in.Apply(ctx, j.id, chunk, int64(len(lines)))
		return a, a.Lost, err
	})
	if err != nil {
		return nil, err
	}
	j.add(a)
	numbers := make([]string, len(orders))
	for i, o := range orders {
		numbers[i] = string(o.OrderNo)
	}
	reasons, err := j.refusedIn(ctx, chunk, numbers, a.Rejected)
	if err != nil {
		return nil, err
	}
	verdicts := make([]verdict, len(orders))
	for i, o := range orders {
		v := verdict{OrderNo: string(o.OrderNo), Verdict: "taken", row: o.Row}
		if reason, refused := reasons[v.OrderNo]; refused {
			v.Verdict, v.Reason = "rejected", reason
		} else if slices.Contains(a.SameOrders, v.OrderNo) {
			v.Verdict = "same"
		}
		verdicts[i] = v
	}
	return verdicts, nil
}

// refusedIn gives the reasons for those of a batch that were refused. One that is mended
// comes again in the same pipe, so the chunk counts.
func (j *importJob) refusedIn(ctx context.Context, chunk int, numbers []string, count int64) (map[string]string, error) {
	if count == 0 {
		return nil, nil
	}
	reasons := make(map[string]string, count)
	list, err := j.in.Refused(ctx, j.id, numbers)
	for _, r := range list {
		if r.Chunk == chunk {
			reasons[r.Subject] = r.Reason()
		}
	}
	return reasons, err
}

const (
	firstWait = 100 * time.Millisecond
	mostWait  = 2 * time.Second
)

// untilThere stages and applies until the stage has held what was sent and the
// server has answered. Sent twice, a chunk is applied once.
func untilThere[A any](ctx context.Context, j *importJob, try func() (a A, lost bool, err error)) (A, error) {
	told := false
	for wait := firstWait; ; wait = min(2*wait, mostWait) {
		a, lost, err := try()
		if err == nil && !lost {
			return a, nil
		}
		if err != nil && domain.CodeOf(err) != domain.Unavailable {
			return a, err
		}
		if err != nil && !told {
			told = true
			_, _ = fmt.Fprintln(j.stderr, "cleardesk: "+oneLine(err)+"; waiting for it")
		}
		select {
		case <-ctx.Done():
			return a, errors.Join(err, ctx.Err())
		case <-time.After(wait):
		}
	}
}
