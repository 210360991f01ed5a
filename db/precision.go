package db

import (
	"context"
	"slices"
	"time"

	"cleardesk/domain"
)

// precisionQuery counts anomalies raised since $1, by months of zone $2. A record is
// never older than its anomaly, so both are read from there on by their indexes. What
// was decided twice counts as it was decided last, and what is open again as open.
const precisionQuery = `
	SELECT date_trunc('month', a.raised_at AT TIME ZONE $2)::date AS month, a.rule, a.rule_version AS version,
	       count(*) AS raised, count(*) FILTER (WHERE a.closed_at IS NULL) AS open, count(r.id) AS decided,
	       count(*) FILTER (WHERE r.close_reason = 'real_error') AS confirmed,
	       count(*) FILTER (WHERE r.close_reason = 'unusual_right') AS unusual,
	       count(*) FILTER (WHERE r.close_reason = 'rule_wrong') AS mistaken,
	       count(*) FILTER (WHERE r.close_reason = 'master_data') AS master, count(x.id) AS quieten
	FROM cleardesk.anomaly a
	LEFT JOIN (
	    SELECT DISTINCT ON (anomaly_id) anomaly_id, id, close_reason FROM cleardesk.resolution_record WHERE at >= $1
	    ORDER BY anomaly_id, id DESC) r ON r.anomaly_id = a.id AND a.closed_at IS NOT NULL
	LEFT JOIN cleardesk.exemption x ON x.record_id = r.id
	WHERE a.raised_at >= $1
	GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`

// missedQuery counts the orders that were refused at the door since $1, by months of zone
// $2, though nothing had held them before: errors that were missed.
const missedQuery = `
	SELECT date_trunc('month', e.at AT TIME ZONE $2)::date AS month, count(DISTINCT e.order_id) AS missed
	FROM cleardesk.event e JOIN cleardesk.orders o ON o.id = e.order_id AND o.state = 'refused'
	WHERE e.what = 'stage' AND e.at >= $1 AND e.detail ->> 'stage' = 'refused' AND NOT EXISTS (
	    SELECT FROM cleardesk.anomaly a WHERE a.order_id = e.order_id AND a.blocks AND a.raised_at < e.at)
	GROUP BY 1`

// Precision counts, for every rule, version and month of the zone since the month of
// a day, what was raised and how it was decided; months in turn, then rules. A
// decision counts in the month its anomaly was raised in. What no rule found stands
// after the rules of its month, under domain.NoRule.
func (s *Store) Precision(ctx context.Context, since time.Time, zone *time.Location) ([]domain.Precision, error) {
	var rows []struct {
		Month     time.Time
		Rule      string
		Version   int
		Raised    int
		Open      int
		Decided   int
		Confirmed int
		Unusual   int
		Mistaken  int
		Master    int
		Quieten   int
	}
	first := time.Date(since.Year(), since.Month(), 1, 0, 0, 0, 0, zone)
	err := s.db.SelectContext(ctx, &rows, precisionQuery, first, zone.String())
	out := make([]domain.Precision, len(rows))
	for i, r := range rows {
		out[i] = domain.Precision{
			Month: r.Month, Rule: r.Rule, Version: r.Version, Raised: r.Raised, Open: r.Open, Decided: r.Decided,
			Right: r.Confirmed, Unusual: r.Unusual, Wrong: r.Mistaken, Master: r.Master, Quietens: r.Quieten,
		}
	}
	if err != nil {
		return nil, fail(ctx, "count what rules found", err)
	}
	var missed []struct {
		Month  time.Time
		Missed int
	}
	err = s.db.SelectContext(ctx, &missed, missedQuery, first, zone.String())
	for _, m := range missed {
		out = append(out, domain.Precision{Month: m.Month, Rule: domain.NoRule, Missed: m.Missed})
	}
	slices.SortStableFunc(out, func(a, b domain.Precision) int { return a.Month.Compare(b.Month) })
	return out, fail(ctx, "count what rules missed", err)
}
