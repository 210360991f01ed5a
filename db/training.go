package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// Train keeps that a store or a department was trained. Forbidden: training only.
// NotFound: the store. Conflict: it is written down already. Invalid: the topic is none of
// theirs, the day is to come or a year ago, or there is no note.
func (s *Store) Train(ctx context.Context, op uuid.UUID, l domain.Lesson) error {
	return s.act(ctx, nil, "train", op, orNull(string(l.Store)), orNull(string(l.With)), string(l.Topic), dateArg(l.On), l.Note)
}

// Lessons reads the trainings held on a day from first to last, by their days.
func (s *Store) Lessons(ctx context.Context, first, last time.Time) ([]domain.Lesson, error) {
	return lessons(ctx, s.db, first, last)
}

func lessons(ctx context.Context, q sqlx.QueryerContext, first, last time.Time) ([]domain.Lesson, error) {
	var rows []struct {
		ID       int64
		Store    domain.StoreCode
		Dept     domain.Department
		Name     string
		NameEn   string `db:"name_en"`
		Topic    domain.TrainingTopic
		HeldOn   time.Time `db:"held_on"`
		Note     string
		By       domain.Login `db:"by_login"`
		ByName   string       `db:"by_name"`
		ByNameEn string       `db:"by_name_en"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, `
		SELECT t.id, coalesce(t.store, '') AS store, coalesce(t.dept, '') AS dept, coalesce(s.name, '') AS name, coalesce(s.name_en, '') AS name_en,
		       t.topic, t.held_on, t.note, t.by_login, p.name AS by_name, p.name_en AS by_name_en
		FROM cleardesk.training t LEFT JOIN cleardesk.store s ON s.code = t.store JOIN cleardesk.staff p ON p.login = t.by_login
		WHERE t.held_on BETWEEN $1 AND $2 ORDER BY t.held_on, t.id`, dateArg(first), dateArg(last))
	out := make([]domain.Lesson, len(rows))
	for i, r := range rows {
		out[i] = domain.Lesson{
			ID: r.ID, Trainee: domain.Trainee{Store: r.Store, With: r.Dept}, Name: r.Name, NameEn: r.NameEn, Topic: r.Topic, On: r.HeldOn.UTC(),
			Note: r.Note, By: r.By, ByName: r.ByName, ByNameEn: r.ByNameEn,
		}
	}
	return out, fail(ctx, "read trainings", err)
}

// Training reads what a report of training over business days from first to last is made
// of, by the server's clock: those days, and the days around each training that tells of
// them.
func (s *Store) Training(ctx context.Context, first, last time.Time, zone *time.Location) (domain.TrainingFacts, error) {
	out := domain.TrainingFacts{First: first, Last: last}
	err := s.steady(ctx, "read training", func(tx *sqlx.Tx) error {
		if err := tx.GetContext(ctx, &out.Now, `SELECT now()`); err != nil {
			return err
		}
		var err error
		if out.Lessons, err = lessons(ctx, tx, domain.LessonsFrom(first), last); err != nil {
			return err
		}
		from, to := first, last
		for _, l := range out.Lessons {
			if d := l.On.AddDate(0, 0, -domain.TrainingSpan); d.Before(from) {
				from = d
			}
			if d := l.On.AddDate(0, 0, domain.TrainingSpan); d.After(to) {
				to = d
			}
		}
		out.Anomalies, err = pastAnomalies(ctx, tx, inZone(from, zone), inZone(to.AddDate(0, 0, 1), zone))
		return err
	})
	return out, err
}

// inZone is when a business day begins in a zone.
func inZone(day time.Time, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}
