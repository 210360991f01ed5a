package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// The kinds of imports that bring events.
const (
	ImportAttempts    ImportKind = "attempts"
	ImportChanges     ImportKind = "changes"
	ImportStages      ImportKind = "stages"
	ImportReceipts    ImportKind = "receipts"
	ImportExchanges   ImportKind = "exchanges"
	ImportReturns     ImportKind = "returns"
	ImportWrongOrders ImportKind = "wrong-orders"
	ImportCollections ImportKind = "collections"
)

// StagedEvent is a row of a file of events on its way in: rows of one key are one event.
// Of the event what is told of it as a whole is in Event, the rest in its lines.
type StagedEvent struct {
	Row   int64
	Event domain.Event // with its key
	Bad   bool         // it could not be read: its event is refused
}

// StageEvents sends rows of events to the stage, where they have no effect.
func (in *Intake) StageEvents(ctx context.Context, id uuid.UUID, chunk int, rows []StagedEvent) error {
	staged := make([]StagedRow, len(rows))
	for i, r := range rows {
		values := map[string]any{"key": r.Event.Key}
		if r.Bad {
			values["bad"] = true
		} else {
			head := r.Event
			head.ID, head.What, head.Key, head.Lines = 0, "", "", nil
			head.At = head.At.UTC().Truncate(time.Microsecond)
			values["head"] = head
			if len(r.Event.Lines) > 0 {
				values["lines"] = r.Event.Lines
			}
		}
		staged[i] = StagedRow{Row: r.Row, Values: values}
	}
	return in.StageRows(ctx, id, chunk, staged)
}

// GatherEvents brings the events of a whole file together once all its rows are staged.
func (in *Intake) GatherEvents(ctx context.Context, id uuid.UUID, rows int64) (Gathered, error) {
	var answer struct {
		Gathered
		Chunks [][2]int64 `json:"chunks"`
	}
	if err := in.s.act(ctx, &answer, "gather_events", id, rows); err != nil {
		return Gathered{}, err
	}
	for _, c := range answer.Chunks {
		answer.Gathered.Chunks = append(answer.Gathered.Chunks, StagedChunk{Chunk: int(c[0]), Lines: c[1]})
	}
	return answer.Gathered, nil
}

// ApplyEvents takes a staged chunk of events in; Applied counts events, and their rows as
// lines. Applied once more it gives the same answer and does nothing.
func (in *Intake) ApplyEvents(ctx context.Context, id uuid.UUID, chunk int, rows int64) (Applied, error) {
	var a Applied
	err := in.s.act(ctx, &a, "apply_events", id, chunk, rows)
	return a, err
}
