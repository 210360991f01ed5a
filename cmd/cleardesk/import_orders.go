package main

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
)

const (
	chunkLines = 20_000 // lines of a chunk, at least; it ends with an order
	readRows   = 2_000  // rows read at a time
	stagers    = 2      // chunks on their way to the stage at once
)

// orders imports a file of lines: all of it is staged, the orders are brought
// together, and then they are applied chunk by chunk. So an order is taken whole
// wherever its lines stand, and refused whole for a bad line anywhere.
func (j *importJob) orders(ctx context.Context) error {
	r, err := intake.NewReader(j.src, intake.Orders(), j.bind)
	if err != nil {
		return err
	}
	rejects := intake.NewRejects(intake.RejectPath(j.path), r.Header())
	err = j.allOrders(ctx, r, rejects)
	return j.finish(rejects, err)
}

func (j *importJob) allOrders(ctx context.Context, r *intake.Reader[intake.OrderLine], rejects *intake.Rejects) error {
	lines, bad, err := j.stageFile(ctx, r, rejects)
	if err != nil {
		return err
	}
	whole, err := j.in.Gather(ctx, j.id, lines, bad)
	if err != nil {
		return err
	}
	if whole.Lost {
		return domain.Errorf(domain.Unavailable, "import",
			"the server was restarted while the file was on its way and nothing of it went in: import it again")
	}
	j.got.repeated = whole.Repeated
	if err := j.applyAll(ctx, whole.Chunks, j.in.Apply); err != nil {
		return err
	}
	if j.got.orders.rejected == 0 {
		return nil
	}
	return r.Revisit(j.refused(ctx), rejects)
}

// refused gives the reasons for those of the orders that were refused.
func (j *importJob) refused(ctx context.Context) intake.Judge {
	return func(orders []string) (map[string]string, error) {
		list, err := j.in.Refused(ctx, j.id, orders)
		reasons := make(map[string]string, len(list))
		for _, r := range list {
			reasons[r.Subject] = r.Reason()
		}
		return reasons, err
	}
}

// applier takes one staged chunk in.
type applier func(ctx context.Context, id uuid.UUID, chunk int, rows int64) (db.Applied, error)

func (j *importJob) applyAll(ctx context.Context, chunks []db.StagedChunk, apply applier) error {
	p := intake.Progress{Total: int64(len(chunks))}
	began := time.Now()
	for _, c := range chunks {
		a, err := apply(ctx, j.id, c.Chunk, c.Lines)
		if err != nil {
			return err
		}
		if a.Lost {
			return domain.Errorf(domain.Unavailable, "import",
				"the server was restarted and lost what had not gone in yet: import the file again, what is in stays")
		}
		j.add(a)
		p.Read, p.Rows, p.Rejected, p.Elapsed = p.Read+1, j.got.taken+j.got.same, j.got.rejected, time.Since(began)
		j.bar.draw(p)
	}
	return nil
}

func (j *importJob) add(a db.Applied) {
	j.got.taken += a.Lines
	j.got.same += a.SameLines
	j.got.rejected += a.RejectedLines
	j.got.orders.taken += a.Taken
	j.got.orders.same += a.Same
	j.got.orders.rejected += a.Rejected
}

// stageChunk is a part of the file on its way to the stage.
type stageChunk struct {
	n     int
	lines []db.StagedLine
	bad   []db.BadLine
}

// stageFile reads the file and sends it to the stage. It answers how many lines and
// how many bad lines that name their order it sent.
func (j *importJob) stageFile(ctx context.Context, r *intake.Reader[intake.OrderLine], rejects *intake.Rejects) (lines, bad int64, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	chunks := make(chan stageChunk)
	var work sync.WaitGroup
	failed := make([]error, stagers)
	for i := range stagers {
		work.Go(func() {
			for c := range chunks {
				if failed[i] = j.in.StageOrders(ctx, j.id, c.n, c.lines, c.bad); failed[i] != nil {
					stop() // the reader waits for nobody
					return
				}
			}
		})
	}
	cut := &cutter{send: func(c stageChunk) error {
		lines += int64(len(c.lines))
		bad += int64(len(c.bad))
		select {
		case chunks <- c:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}}
	readErr := j.readLines(r, rejects, cut)
	close(chunks)
	work.Wait()
	if err := firstFailure(failed); err != nil {
		return 0, 0, err
	}
	return lines, bad, readErr
}

// firstFailure prefers what went wrong to what was called off because of it.
func firstFailure(all []error) error {
	var first error
	for _, err := range all {
		if err != nil && (first == nil || domain.CodeOf(first) == domain.Canceled) {
			first = err
		}
	}
	return first
}

func (j *importJob) readLines(r *intake.Reader[intake.OrderLine], rejects *intake.Rejects, cut *cutter) error {
	for {
		c, err := r.NextChunk(readRows)
		if errors.Is(err, io.EOF) {
			return cut.flush()
		}
		if err != nil {
			return err
		}
		if err := rejects.Write(c.Rejects...); err != nil {
			return err
		}
		j.got.rejected += int64(len(c.Rejects))
		for _, rej := range c.Rejects {
			cut.bad(rej)
		}
		for i := range c.Rows {
			if err := cut.line(&c.Rows[i]); err != nil {
				return err
			}
		}
	}
}

// cutter makes chunks that end with an order.
type cutter struct {
	send func(stageChunk) error
	cur  stageChunk
	last domain.OrderNo
	run  int64
}

func (c *cutter) bad(r intake.Reject) {
	if r.Key != "" {
		c.cur.bad = append(c.cur.bad, db.BadLine{Row: int64(r.Line), Order: domain.OrderNo(r.Key)})
	}
}

func (c *cutter) line(l *intake.OrderLine) error {
	if l.OrderNo != c.last || c.run == 0 {
		if len(c.cur.lines) >= chunkLines {
			if err := c.flush(); err != nil {
				return err
			}
		}
		c.last, c.run = l.OrderNo, int64(l.Row)
	}
	if c.cur.lines == nil {
		c.cur.lines = make([]db.StagedLine, 0, chunkLines+chunkLines/16)
	}
	c.cur.lines = append(c.cur.lines, staged(l, int64(l.Row), c.run))
	return nil
}

func (c *cutter) flush() error {
	if len(c.cur.lines)+len(c.cur.bad) == 0 {
		return nil
	}
	chunk := c.cur
	chunk.n++
	c.cur = stageChunk{n: chunk.n}
	return c.send(chunk)
}

func staged(l *intake.OrderLine, row, run int64) db.StagedLine {
	return db.StagedLine{
		Row: row, Run: run, Order: l.OrderNo, Store: l.Store, PlacedAt: l.PlacedAt, Product: l.Product, Quantity: l.Quantity,
		Price: l.Price, StepSeen: l.StepSeen, LineNo: l.LineNo,
	}
}
