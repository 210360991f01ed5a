package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
	"cleardesk/domain"
)

// eventRows is how many rows of events are applied at once: what they lock nobody else
// writes meanwhile.
const eventRows = 500

// eventKind is the kind of event a kind of import brings, "" for those that bring none.
func eventKind(k db.ImportKind) domain.EventKind {
	switch k {
	case db.ImportAttempts:
		return domain.EventAttempt
	case db.ImportChanges:
		return domain.EventChange
	case db.ImportStages:
		return domain.EventStage
	case db.ImportReceipts:
		return domain.EventReceipt
	case db.ImportExchanges:
		return domain.EventExchange
	case db.ImportReturns:
		return domain.EventReturn
	case db.ImportWrongOrders:
		return domain.EventWrongOrder
	case db.ImportCollections:
		return domain.EventCollection
	default:
		return ""
	}
}

// importKinds lists what can be imported, in the order it is told.
func importKinds() []string {
	return []string{
		string(db.ImportStores), string(db.ImportProducts), string(db.ImportOrders), string(db.ImportAttempts), string(db.ImportChanges),
		string(db.ImportStages), string(db.ImportReceipts), string(db.ImportExchanges), string(db.ImportReturns),
		string(db.ImportWrongOrders), string(db.ImportCollections), string(db.ImportTotals), string(db.ImportCounts),
	}
}

// single tells whether each row of the source is a whole event.
func (im *importer) single(src *intake.Source) bool {
	what := eventKind(im.kind)
	return what != "" && (src.Whole() || intake.OneRow(what))
}

// answers tells whether what a source brings is answered one by one on standard output.
func (im *importer) answers(src *intake.Source) bool {
	return im.kind == db.ImportOrders && src.Whole() || im.single(src) && src.Format() == intake.JSONLines
}

// events imports a file or pipe of events of one kind.
func (j *importJob) events(ctx context.Context) error {
	r, err := intake.NewReader(j.src, intake.Events(eventKind(j.kind), j.src.Whole()), j.bind)
	if err != nil {
		return err
	}
	rejects := intake.NewRejects(intake.RejectPath(j.path), r.Header())
	if j.single(j.src) {
		err = j.eventsAsTheyCome(ctx, r, rejects)
	} else {
		err = j.eventsOfAFile(ctx, r, rejects)
	}
	if err == nil && j.got.orders.rejected > 0 && (!j.src.Pipe() || !j.answers(j.src)) {
		err = r.Revisit(j.refused(ctx), rejects)
	}
	return j.finish(rejects, err)
}

// eventsOfAFile imports events whose lines are rows: all of it is staged and brought
// together before any is applied.
func (j *importJob) eventsOfAFile(ctx context.Context, r *intake.Reader[intake.EventRow], rejects *intake.Rejects) error {
	var sent int64
	for chunk := 1; ; chunk++ {
		c, err := r.NextChunk(eventRows)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = rejects.Write(c.Rejects...)
		}
		j.got.rejected += int64(len(c.Rejects))
		rows := stagedEvents(c.Rows)
		for _, rej := range c.Rejects {
			if rej.Key != "" {
				rows = append(rows, db.StagedEvent{Row: int64(rej.Line), Event: domain.Event{Key: rej.Key}, Bad: true})
				j.got.rejected-- // it is counted with its event
			}
		}
		if err == nil && len(rows) > 0 {
			err = j.in.StageEvents(ctx, j.id, chunk, rows)
		}
		if err != nil {
			return err
		}
		sent += int64(len(rows))
	}
	whole, err := j.in.GatherEvents(ctx, j.id, sent)
	if err != nil {
		return err
	}
	if whole.Lost {
		return domain.Errorf(domain.Unavailable, "import",
			"the server was restarted while the file was on its way and nothing of it went in: import it again")
	}
	return j.applyAll(ctx, whole.Chunks, j.in.ApplyEvents)
}

func stagedEvents(rows []intake.EventRow) []db.StagedEvent {
	out := make([]db.StagedEvent, len(rows))
	for i, r := range rows {
		out[i] = db.StagedEvent{Row: int64(r.Row), Event: r.Event}
	}
	return out
}

// eventVerdict is the answer to one event. Its JSON form is a promise.
type eventVerdict struct {
	Key     string `json:"key"`
	Verdict string `json:"verdict"` // taken, same, rejected
	Reason  string `json:"reason,omitempty"`
	Line    int    `json:"line,omitempty"` // of the input, where the key cannot be read
	row     int
}

// eventsAsTheyCome imports rows that are whole events, and answers each where they are
// JSON Lines.
func (j *importJob) eventsAsTheyCome(ctx context.Context, r *intake.Reader[intake.EventRow], rejects *intake.Rejects) error {
	out := bufio.NewWriter(j.stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	answered := j.answers(j.src)
	chunk := 0
	for {
		c, err := r.NextChunk(eventRows)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && (!answered || !j.src.Pipe()) {
			err = rejects.Write(c.Rejects...)
		}
		if err != nil {
			return err
		}
		j.got.rejected += int64(len(c.Rejects))
		verdicts := unreadableEvents(c.Rejects)
		for _, batch := range apartEvents(c.Rows) {
			chunk++
			some, err := j.applyEvents(ctx, chunk, batch, answered)
			if err != nil {
				return err
			}
			verdicts = append(verdicts, some...)
		}
		if !answered {
			continue
		}
		slices.SortStableFunc(verdicts, func(a, b eventVerdict) int { return a.row - b.row })
		for _, v := range verdicts {
			if err := enc.Encode(v); err != nil {
				return err
			}
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
}

func unreadableEvents(rejects []intake.Reject) []eventVerdict {
	var out []eventVerdict
	for _, r := range rejects {
		v := eventVerdict{Key: r.Key, Verdict: "rejected", Reason: r.Reason, row: r.Line}
		if r.Key == "" {
			v.Line = r.Line
		}
		out = append(out, v)
	}
	return out
}

// apartEvents splits events so that none comes twice in one batch: the second is judged
// against the first, never added to it.
func apartEvents(rows []intake.EventRow) [][]intake.EventRow {
	var batches [][]intake.EventRow
	seen := map[string]bool{}
	from := 0
	for i, r := range rows {
		if seen[r.Event.Key] {
			batches = append(batches, rows[from:i])
			from = i
			clear(seen)
		}
		seen[r.Event.Key] = true
	}
	if from < len(rows) {
		batches = append(batches, rows[from:])
	}
	return batches
}

// applyEvents takes a batch in. It does not give up while the server cannot be reached.
func (j *importJob) applyEvents(ctx context.Context, chunk int, rows []intake.EventRow, answered bool) ([]eventVerdict, error) {
	staged := stagedEvents(rows)
	began := time.Now()
	a, err := untilThere(ctx, j, func() (db.Applied, bool, error) {
		if err := j.in.StageEvents(ctx, j.id, chunk, staged); err != nil {
			return db.Applied{}, false, err
		}
		a, err := j.in.ApplyEvents(ctx, j.id, chunk, int64(len(staged)))
		return a, a.Lost, err
	})
	if err != nil {
		return nil, err
	}
	j.add(a)
	j.bar.draw(intake.Progress{Rows: j.got.taken + j.got.same, Rejected: j.got.rejected, Elapsed: time.Since(began)})
	if !answered {
		return nil, nil
	}
	keys := make([]string, len(rows))
	for i, r := range rows {
		keys[i] = r.Event.Key
	}
	reasons, err := j.refusedIn(ctx, chunk, keys, a.Rejected)
	verdicts := make([]eventVerdict, len(rows))
	for i, r := range rows {
		v := eventVerdict{Key: r.Event.Key, Verdict: "taken", row: r.Row}
		if reason, refused := reasons[v.Key]; refused {
			v.Verdict, v.Reason = "rejected", reason
		} else if slices.Contains(a.SameOrders, v.Key) {
			v.Verdict = "same"
		}
		verdicts[i] = v
	}
	return verdicts, err
}
