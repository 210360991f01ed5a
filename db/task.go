package db

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// tasksShown is how many open tasks of a department are read at most.
const tasksShown = 500

type taskRow struct {
	ID          int64
	What        string
	About       string
	LiesWith    string `db:"lies_with"`
	Store       string
	StoreName   string       `db:"store_name"`
	StoreNameEn string       `db:"store_name_en"`
	AtRisk      domain.Money `db:"at_risk"`
	Detail      []byte
	Due         time.Time
	Rank        float64
	By          string
	ByName      string    `db:"by_name"`
	ByNameEn    string    `db:"by_name_en"`
	OpenedAt    time.Time `db:"opened_at"`
	Version     int64
}

func (r taskRow) toDomain() domain.Task {
	return domain.Task{
		ID: domain.TaskID(r.ID), What: domain.TaskWhat(r.What), About: r.About, With: domain.Department(r.LiesWith),
		Store: domain.StoreCode(r.Store), StoreName: r.StoreName, StoreNameEn: r.StoreNameEn, AtRisk: r.AtRisk, Detail: r.Detail,
		Due: r.Due, Rank: r.Rank, Opened: r.OpenedAt, Version: r.Version,
		By: domain.Holder{Login: domain.Login(r.By), Name: r.ByName, NameEn: r.ByNameEn, Since: r.OpenedAt},
	}
}

// readTasks reads open tasks that fulfil a condition, in the order of the queue.
func (s *Store) readTasks(ctx context.Context, where string, limit int, args ...any) ([]domain.Task, error) {
	var rows []taskRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT t.id, t.what, t.about, t.lies_with, coalesce(t.store, '') AS store, coalesce(s.name, '') AS store_name,
		       coalesce(s.name_en, '') AS store_name_en, t.at_risk, t.detail, t.due, t.rank, t.opened_by AS "by",
		       coalesce(p.name, '') AS by_name, coalesce(p.name_en, '') AS by_name_en, t.opened_at, t.version
		FROM cleardesk.task t LEFT JOIN cleardesk.store s ON s.code = t.store LEFT JOIN cleardesk.staff p ON p.login = t.opened_by
		WHERE t.closed_at IS NULL AND `+where+` ORDER BY t.rank, t.id DESC LIMIT `+itoa(limit), args...)
	out := make([]domain.Task, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, fail(ctx, "read tasks", err)
}

// Tasks reads the open tasks that lie with a department, the most urgent first; "" for all
// departments.
func (s *Store) Tasks(ctx context.Context, with domain.Department) ([]domain.Task, error) {
	return s.readTasks(ctx, `($1 = '' OR t.lies_with = $1)`, tasksShown, string(with))
}

// addTasks puts the tasks of the page's department among its cases, in rank order, and
// counts them. There are few: they are read beside the one index read of the cases.
func addTasks(all []domain.Task, f domain.QueueFilter, after *domain.QueueKey, limit int, page *domain.QueuePage) {
	page.Total += len(all)
	var rows []domain.QueueRow
	for _, t := range all {
		r := t.Row()
		if !letsTask(f, t) {
			// An offer may stand among the rows as its case.
			if first := len(page.Rows) == 0 || r.Rank < page.Rows[0].Rank; first && t.What != domain.TaskOffered && (page.Urgent == nil || r.Rank < page.Urgent.Rank) {
				page.Urgent = &r
			}
			continue
		}
		page.Shown++
		if after == nil || r.Rank > after.Rank || r.Rank == after.Rank && r.RowID() > after.Row {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return
	}
	cases := page.Rows
	page.Rows = append(rows, cases...)
	slices.SortStableFunc(page.Rows, func(a, b domain.QueueRow) int {
		closed := func(r domain.QueueRow) int {
			if r.State == domain.CaseClosed {
				return 1
			}
			return 0
		}
		if c := cmp.Compare(closed(a), closed(b)); c != 0 || closed(a) == 1 {
			return c
		}
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.RowID(), b.RowID()))
	})
	page.Rows = page.Rows[:min(len(page.Rows), limit)]
	if page.Urgent != nil && len(page.Rows) > 0 && page.Rows[0].Rank <= page.Urgent.Rank {
		page.Urgent = nil
	}
}

// shownOnce is the cases that a list does not show because their offers stand for them. A
// list without tasks shows the cases.
func shownOnce(f domain.QueueFilter, tasks []domain.Task) []int64 {
	if !f.TakesTasks() {
		return nil
	}
	return offeredNow(tasks)
}

// letsTask tells whether a filter lets a task through: words are looked for in what it
// is about, its store and what it tells.
func letsTask(f domain.QueueFilter, t domain.Task) bool {
	if !f.TakesTasks() || f.Store != "" && f.Store != t.Store {
		return false
	}
	in := strings.ToLower(strings.Join([]string{string(t.What), t.About, string(t.Store), t.StoreName, t.StoreNameEn, string(t.Detail)}, " "))
	for _, w := range f.Words {
		if !strings.Contains(in, strings.ToLower(w)) {
			return false
		}
	}
	return true
}

// CloseTask ends a task with what was found or done. Forbidden: it lies with a department
// the caller does not work in. Conflict: it is closed. Invalid: there is no note, or it
// ends only when what it asks for is done.
func (s *Store) CloseTask(ctx context.Context, op uuid.UUID, id domain.TaskID, note string) error {
	return s.act(ctx, nil, "close_task", op, int64(id), note)
}
