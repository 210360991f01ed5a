package db

import (
	"context"
	"time"

	"cleardesk/domain"
)

// workQuery reads what people did to cases from $1 on and before $2. What is claimed with
// its cause counts, the cause itself does not: its members are the work.
const workQuery = `
	SELECT x.by_login, s.name AS by_name, s.name_en AS by_name_en, x.at, x.what, x.claimed_at, x.reopened, d.starts, d.ends,
	       x.case_id, coalesce(k.order_id, 0) AS order_id, coalesce(o.order_no, '') AS order_no, coalesce(k.store, '') AS store,
	       coalesce(t.name, '') AS name, coalesce(t.name_en, '') AS name_en, k.lies_with
	FROM (
	    SELECT c.case_id, c.holder AS by_login, c.at, CASE c.what WHEN 'claimed' THEN 'claimed' ELSE 'handed_on' END AS what,
	           NULL::timestamptz AS claimed_at, false AS reopened
	    FROM cleardesk.claim c JOIN cleardesk.cases k ON k.id = c.case_id AND k.cause IS NULL
	    WHERE c.what IN ('claimed', 'handed_over') AND c.at >= $1 AND c.at < $2
	    UNION ALL
	    SELECT r.case_id, r.by_login, r.at, 'handled', (
	               SELECT max(c.at) FROM cleardesk.claim c
	               WHERE c.case_id = r.case_id AND c.what = 'claimed' AND c.holder = r.by_login AND c.at <= r.at),
	           EXISTS (SELECT FROM cleardesk.written w JOIN cleardesk.reversal v ON v.written_id = w.id WHERE w.op = r.op)
	    FROM (SELECT DISTINCT ON (op, case_id) op, case_id, by_login, at FROM cleardesk.resolution_record
	          WHERE at >= $1 AND at < $2 ORDER BY op, case_id, id) r) x
	JOIN cleardesk.staff s ON s.login = x.by_login JOIN cleardesk.cases k ON k.id = x.case_id
	LEFT JOIN cleardesk.orders o ON o.id = k.order_id LEFT JOIN cleardesk.store t ON t.code = k.store
	LEFT JOIN LATERAL (
	    SELECT h.starts, h.ends FROM cleardesk.roster_shift h
	    WHERE h.version IN (cleardesk.roster_of(cleardesk.week_of(x.at)), cleardesk.roster_of(cleardesk.week_of(x.at) - 7))
	      AND h.login = x.by_login AND h.starts <= x.at AND x.at < h.ends
	    ORDER BY h.starts DESC LIMIT 1) d ON true
	ORDER BY x.at, x.by_login, x.what`

// Work reads what everybody did to cases from one moment to before another.
func (s *Store) Work(ctx context.Context, from, to time.Time) ([]domain.Work, error) {
	var rows []struct {
		placeRow
		By        domain.Login `db:"by_login"`
		ByName    string       `db:"by_name"`
		ByNameEn  string       `db:"by_name_en"`
		At        time.Time
		What      domain.WorkDone
		ClaimedAt *time.Time `db:"claimed_at"`
		Reopened  bool
		Starts    *time.Time
		Ends      *time.Time
	}
	err := s.db.SelectContext(ctx, &rows, workQuery, from, to)
	out := make([]domain.Work, len(rows))
	for i := range rows {
		r := &rows[i]
		out[i] = domain.Work{By: r.By, Name: r.ByName, NameEn: r.ByNameEn, At: r.At, What: r.What, Reopened: r.Reopened, Of: r.place()}
		if r.Starts != nil && r.Ends != nil {
			out[i].Shift = &domain.OnShift{Starts: *r.Starts, Ends: *r.Ends}
		}
		if r.ClaimedAt != nil {
			took := r.At.Sub(*r.ClaimedAt)
			out[i].Took = &took
		}
	}
	return out, fail(ctx, "read what was worked", err)
}
