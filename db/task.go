package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// tasksShown is how many open tasks of a department are read at most.
const tasksShown = 500

// Tasks reads the open tasks that lie with a department, the most urgent first; "" for all
// departments.
func (s *Store) Tasks(ctx context.Context, with domain.Department) ([]domain.Task, error) {
	var rows []struct {
		ID       int64
		What     string
		About    string
		LiesWith string `db:"lies_with"`
		Store    string
		AtRisk   domain.Money `db:"at_risk"`
		Detail   []byte
		Due      time.Time
		Rank     float64
		OpenedAt time.Time `db:"opened_at"`
		Version  int64
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT id, what, about, lies_with, coalesce(store, '') AS store, at_risk, detail, due, rank, opened_at, version
		FROM cleardesk.task WHERE closed_at IS NULL AND ($1 = '' OR lies_with = $1) ORDER BY rank, id LIMIT `+itoa(tasksShown), string(with))
	var out []domain.Task
	for _, r := range rows {
		out = append(out, domain.Task{
			ID: domain.TaskID(r.ID), What: domain.TaskWhat(r.What), About: r.About, With: domain.Department(r.LiesWith),
			Store: domain.StoreCode(r.Store), AtRisk: r.AtRisk, Detail: r.Detail, Due: r.Due, Rank: r.Rank, Opened: r.OpenedAt,
			Version: r.Version,
		})
	}
	return out, fail(ctx, "read tasks", err)
}

// CloseTask ends a task with what was found or done. Forbidden: it lies with a department
// the caller does not work in. Conflict: it is closed. Invalid: there is no note, or it
// ends only when what it asks for is done.
func (s *Store) CloseTask(ctx context.Context, op uuid.UUID, id domain.TaskID, note string) error {
	return s.act(ctx, nil, "close_task", op, int64(id), note)
}
