package db

import (
	"context"

	"cleardesk/domain"
)

// membersShown is how many members of a cause are read at most.
const membersShown = 500

// Members lists the cases that stand under a cause, the open ones first, each in the
// order of the queue; empty for a case that is no cause.
func (s *Store) Members(ctx context.Context, cause domain.CaseID) ([]domain.QueueRow, error) {
	rows, err := s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q
		WHERE q.parent = $1 ORDER BY q.state = 'closed', q.rank, q.id LIMIT `+itoa(membersShown), int64(cause))
	if err != nil {
		return nil, err
	}
	return rows, s.addBusy(ctx, rows)
}
