package main

import (
	"context"
	"time"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// publishDemo publishes the rosters of this week and the next as the manager, in the zone
// the platform lies in now. Opened again on a later day, or where it is another time of day,
// the days from today on are published anew.
func (a *app) publishDemo(ctx context.Context, cal domain.Calendar, now time.Time) error {
	store, err := a.asPerson(demoManager)
	if err != nil {
		return err
	}
	defer store.Close()
	today, fresh := cal.BusinessDay(now), false
	for _, week := range []time.Time{domain.WeekOf(today), domain.WeekOf(today).AddDate(0, 0, 7)} {
		w, err := store.RosterWeek(ctx, week)
		if err != nil {
			return err
		}
		cells, err := demoCells(&w, today)
		if err != nil {
			return err
		}
		fresh = fresh || w.Version == nil
		d := domain.RosterDraft{Base: w.No(), Cells: cells}
		err = store.PublishRoster(ctx, uuid.New(), week, d, domain.RosterPublished, "")
		if err != nil && (w.Version == nil || domain.CodeOf(err) != domain.Invalid) { // the same again, or what was published elsewhere stands in the way
			return err
		}
	}
	if !fresh {
		return nil
	}
	err = store.NoteAbsence(ctx, uuid.New(), domain.RosterKey{Login: demo.Sick, Day: today}, today.AddDate(0, 0, demo.SickDays-1), domain.AbsentSick, "", "")
	if domain.CodeOf(err) == domain.Conflict { // still sick
		return nil
	}
	return err
}

// demoCells are the days of a week that are published: of one that was, those from today on.
func demoCells(w *domain.RosterWeek, today time.Time) ([]domain.RosterCell, error) {
	var out []domain.RosterCell
	for _, p := range w.People {
		for i := range 7 {
			day := w.Day(i)
			if w.Version != nil && day.Before(today) || !p.Active {
				continue
			}
			c, err := domain.ParseRosterCell(demo.Shifts(p.Login, day, today), p, day, w.Rules.Zone, domain.RosterWords)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
	}
	return out, nil
}
