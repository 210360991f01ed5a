package main

import (
	"context"
	"time"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// importOf is the kind of import that brings a kind of event.
func importOf(k domain.EventKind) db.ImportKind {
	switch k {
	case domain.EventAttempt:
		return db.ImportAttempts
	case domain.EventChange:
		return db.ImportChanges
	case domain.EventStage:
		return db.ImportStages
	case domain.EventReceipt:
		return db.ImportReceipts
	case domain.EventExchange:
		return db.ImportExchanges
	case domain.EventReturn:
		return db.ImportReturns
	case domain.EventWrongOrder:
		return db.ImportWrongOrders
	default:
		return db.ImportCollections
	}
}

// takeEvents brings events in the way files do: first how far orders have come, then
// what is said of them. What was told before in other words stays as it was.
func takeEvents(ctx context.Context, in *db.Intake, events []domain.Event) error {
	byKind := map[domain.EventKind][]db.StagedEvent{}
	for _, e := range events {
		byKind[e.What] = append(byKind[e.What], db.StagedEvent{Row: int64(len(byKind[e.What]) + 1), Event: e})
	}
	first := []domain.EventKind{domain.EventStage}
	for _, k := range append(first, domain.EventKinds()...) {
		rows := byKind[k]
		if len(rows) == 0 {
			continue
		}
		delete(byKind, k)
		id := uuid.New()
		if _, err := in.Start(ctx, id, importOf(k), "demo", db.ImportOptions{}); err != nil {
			return err
		}
		if err := in.StageEvents(ctx, id, 1, rows); err != nil {
			return err
		}
		if _, err := in.ApplyEvents(ctx, id, 1, int64(len(rows))); err != nil {
			return err
		}
	}
	return nil
}

// tellOpening brings what was told of the last days' orders, and of today's so far,
// once all of them are judged: nobody has told of an order before it was accepted.
func tellOpening(ctx context.Context, admin *db.Store, in *db.Intake, p *demo.Platform, cal domain.Calendar, now time.Time) error {
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		status, err := admin.Status(ctx)
		if err != nil {
			return err
		}
		if status.Unjudged == 0 {
			return takeEvents(ctx, in, p.Opening(now, p.Backlog(now, cal)))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-again.C:
		}
	}
}
