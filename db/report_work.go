package db

import (
	"context"
	"time"

	"cleardesk/domain"
)

// workQuery reads what people did to cases from $1 on and before $2. What is claimed with
// its cause counts, the cause itself does not: its members are the work.
const workQuery = `
	SELECT x.by_login, s.name, s.name_en, x.at, x.what, x.claimed_at, x.reopened FROM (
	    SELECT c.holder AS by_login, c.at, CASE c.what WHEN 'claimed' THEN 'claimed' ELSE 'handed_on' END AS what,
	           NULL::timestamptz AS claimed_at, false AS reopened
	    FROM cleardesk.claim c JOIN cleardesk.cases k ON k.id = c.case_id AND k.cause IS NULL
	    WHERE c.what IN ('claimed', 'handed_over') AND c.at >= $1 AND c.at < $2
	    UNION ALL
	    SELECT r.by_login, r.at, 'handled', (
	               SELECT max(c.at) FROM cleardesk.claim c
	               WHERE c.case_id = r.case_id AND c.what = 'claimed' AND c.holder = r.by_login AND c.at <= r.at),
	           EXISTS (SELECT FROM cleardesk.written w JOIN cleardesk.reversal v ON v.written_id = w.id WHERE w.op = r.op)
	    FROM (SELECT DISTINCT ON (op, case_id) op, case_id, by_login, at FROM cleardesk.resolution_record
	          WHERE at >= $1 AND at < $2 ORDER BY op, case_id, id) r) x
	JOIN cleardesk.staff s ON s.login = x.by_login ORDER BY x.at, x.by_login, x.what`

// Work reads what everybody did to cases from one moment to before another.
func (s *Store) Work(ctx context.Context, from, to time.Time) ([]domain.Work, error) {
	var rows []struct {
		By        domain.Login `db:"by_login"`
		Name      string
		NameEn    string `db:"name_en"`
		At        time.Time
		What      domain.WorkDone
		ClaimedAt *time.Time `db:"claimed_at"`
		Reopened  bool
	}
	err := s.db.SelectContext(ctx, &rows, workQuery, from, to)
	out := make([]domain.Work, len(rows))
	for i, r := range rows {
		out[i] = domain.Work{By: r.By, Name: r.Name, NameEn: r.NameEn, At: r.At, What: r.What, Reopened: r.Reopened}
		if r.ClaimedAt != nil {
			took := r.At.Sub(*r.ClaimedAt)
			out[i].Took = &took
		}
	}
	return out, fail(ctx, "read what was worked", err)
}
