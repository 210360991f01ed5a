package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"
)

// Decision is one row of what was decided, as the platform reads it: its JSON form
// is a promise.
type Decision struct {
	N       domain.DecisionID `json:"n" db:"n"` // from 1 without a gap, in the order of commit
	At      time.Time         `json:"at" db:"at"`
	What    string            `json:"what" db:"what"`
	OrderNo domain.OrderNo    `json:"order_no" db:"order_no"`
	Line    *int              `json:"line,omitempty" db:"line_no"` // nil: the whole order
	Detail  json.RawMessage   `json:"detail" db:"detail"`
}

// Decisions gives at most limit decisions after number after, in their order.
func (s *Store) Decisions(ctx context.Context, after domain.DecisionID, limit int) ([]Decision, error) {
	var list []Decision
	err := s.db.SelectContext(ctx, &list, `
		SELECT n, at, what, order_no, line_no, detail FROM cleardesk.decision WHERE n > $1 ORDER BY n LIMIT $2`, after, limit)
	return list, fail(ctx, "read decisions", err)
}

// decisionPage is how many decisions are read at once.
const decisionPage = 1000

// EachDecision gives every decision after number after to each, in order, and
// returns at the last. With follow it stays, wakes when something was decided, and
// looks every 30 s all the same; it ends with the context or the first error of each.
// While the server cannot be reached it waits for it.
func (s *Store) EachDecision(ctx context.Context, after domain.DecisionID, follow bool, each func([]Decision) error) error {
	if !follow {
		_, err := s.decisionsTo(ctx, after, each)
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	hints := make(chan Hint, 1)
	go s.Listen(ctx, hints, TopicDecisions)
	for {
		last, err := s.decisionsTo(ctx, after, each)
		after = last
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && domain.CodeOf(err) != domain.Unavailable && domain.CodeOf(err) != domain.Timeout {
			return err
		}
		var retry <-chan time.Time
		if err != nil {
			retry = time.After(time.Second)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-hints: // whatever it says, read again
		case <-retry:
		}
	}
}

// decisionsTo reads to the last decision there is and gives its number.
func (s *Store) decisionsTo(
	ctx context.Context, after domain.DecisionID, each func([]Decision) error,
) (domain.DecisionID, error) {
	for {
		page, err := s.Decisions(ctx, after, decisionPage)
		if err != nil || len(page) == 0 {
			return after, err
		}
		if err := each(page); err != nil {
			return after, err
		}
		after = page[len(page)-1].N
	}
}
