package main

import (
	"context"
	"errors"
	"io"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
)

// counts imports a file of counts of the stock. What the database refuses goes to the
// reject file too.
func (j *importJob) counts(ctx context.Context) error {
	r, err := intake.NewReader(j.src, intake.Counts(), j.bind)
	if err != nil {
		return err
	}
	rejects := intake.NewRejects(intake.RejectPath(j.path), r.Header())
	refused, err := j.allCounts(ctx, r, rejects)
	if err == nil && refused > 0 {
		err = r.Revisit(j.refused(ctx), rejects)
	}
	return j.finish(rejects, err)
}

// allCounts answers how many counts the database refused.
func (j *importJob) allCounts(ctx context.Context, r *intake.Reader[intake.CountRow], rejects *intake.Rejects) (refused int64, err error) {
	for chunk := 1; ; chunk++ {
		c, err := r.NextChunk(rowsChunk)
		if errors.Is(err, io.EOF) {
			return refused, nil
		}
		if err == nil {
			err = rejects.Write(c.Rejects...)
		}
		if err != nil {
			return refused, err
		}
		j.got.rejected += int64(len(c.Rejects))
		a, err := j.applyCounts(ctx, chunk, stagedCounts(c.Rows))
		if err != nil {
			return refused, err
		}
		refused += a.Rejected
		j.got.taken += a.New
		j.got.same += a.Same
		j.got.rejected += a.Rejected
	}
}

func (j *importJob) applyCounts(ctx context.Context, chunk int, rows []db.StagedRow) (db.AppliedRows, error) {
	if len(rows) == 0 {
		return db.AppliedRows{}, nil
	}
	return untilThere(ctx, j, func() (db.AppliedRows, bool, error) {
		if err := j.in.StageRows(ctx, j.id, chunk, rows); err != nil {
			return db.AppliedRows{}, false, err
		}
		a, err := j.in.ApplyCounts(ctx, j.id, chunk, int64(len(rows)))
		return a, a.Lost, err
	})
}

func stagedCounts(rows []intake.CountRow) []db.StagedRow {
	out := make([]db.StagedRow, len(rows))
	for i, c := range rows {
		v := map[string]any{
			"key": c.Key, "product": string(c.Product), "quantity": c.Quantity, "at": c.At.UTC().Truncate(time.Microsecond), "counter": c.Counter,
		}
		if c.Weight {
			v["weight"] = true
		}
		out[i] = db.StagedRow{Row: int64(c.Row), Values: v}
	}
	return out
}
