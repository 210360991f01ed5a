package main

import (
	"context"
	"time"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// takeTotals brings what the platform counted of the days after last: of today until now,
// with the order that got lost on its way here.
func takeTotals(ctx context.Context, in *db.Intake, p *demo.Platform, last, now time.Time) error {
	var rows []db.StagedRow
	for _, t := range p.Totals(now, demo.Calendar(now)) {
		if !t.Day.After(last) {
			continue
		}
		v := map[string]any{"code": t.Day.Format(time.DateOnly), "orders": t.Orders, "amount": int64(t.Amount)}
		if !t.CountedAt.IsZero() {
			v["counted_at"] = t.CountedAt.Format(time.RFC3339Nano)
		}
		rows = append(rows, db.StagedRow{Row: int64(len(rows) + 1), Values: v})
	}
	id := uuid.New()
	if _, err := in.Start(ctx, id, db.ImportTotals, "demo", db.ImportOptions{}); err != nil || len(rows) == 0 {
		return err
	}
	if err := in.StageRows(ctx, id, 1, rows); err != nil {
		return err
	}
	_, err := in.ApplyRows(ctx, id, 1, int64(len(rows)))
	return err
}

// demoLogistics is who signed the deliveries of the day before yesterday; yesterday's wait.
const demoLogistics = "qian"

// signPast signs the deliveries of the day before yesterday, as its person would have: what
// is still held of it was handed to customer service.
func (a *app) signPast(ctx context.Context, cal domain.Calendar, now time.Time) error {
	store, err := db.Open(a.server.DSN(demoLogistics), db.Options{App: "cleardesk/demo"})
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	day := cal.BusinessDay(now).AddDate(0, 0, -2)
	d, err := store.DeliveryDay(ctx, day)
	if err != nil || d.Signed != nil || d.Here.Orders == 0 {
		return err
	}
	for _, r := range d.Rows {
		if !r.Open {
			continue
		}
		m := domain.RowMark{Day: day, What: r.What, No: r.No, Goes: domain.GoesHanded, Dept: domain.CustomerService, Note: demo.HandedNote}
		if err := store.MarkRow(ctx, uuid.New(), m); err != nil {
			return err
		}
	}
	if d, err = store.DeliveryDay(ctx, day); err != nil {
		return err
	}
	return store.SignDay(ctx, uuid.New(), day, d.Seen())
}
