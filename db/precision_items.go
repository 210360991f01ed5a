package db

import (
	"context"
	"time"

	"cleardesk/domain"
)

// ruleItemsMost is how many of a rule's anomalies are read at most.
const ruleItemsMost = 500

// ruleItemsQuery reads what a version of a rule raised from $1 on and before $2, as
// precisionQuery counts it.
const ruleItemsQuery = `
	SELECT a.raised_at AS at, a.kind, coalesce(r.close_reason, '') AS reason, coalesce(a.outcome, '') AS outcome, a.at_risk,
	       a.case_id, coalesce(a.order_id, 0) AS order_id, coalesce(o.order_no, '') AS order_no, coalesce(c.store, '') AS store,
	       coalesce(s.name, '') AS name, coalesce(s.name_en, '') AS name_en, c.lies_with
	FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id LEFT JOIN cleardesk.orders o ON o.id = a.order_id
	LEFT JOIN cleardesk.store s ON s.code = c.store
	LEFT JOIN LATERAL (
	    SELECT x.close_reason FROM cleardesk.resolution_record x
	    WHERE x.anomaly_id = a.id AND a.closed_at IS NOT NULL ORDER BY x.id DESC LIMIT 1) r ON true
	WHERE a.raised_at >= $1 AND a.raised_at < $2 AND a.rule = $3 AND a.rule_version = $4 ORDER BY a.raised_at DESC, a.id DESC LIMIT $5`

// missedItemsQuery reads the orders missedQuery counts.
const missedItemsQuery = `
	SELECT min(e.at) AS at, '' AS kind, '' AS reason, '' AS outcome, o.total AS at_risk, 0 AS case_id, o.id AS order_id, o.order_no, o.store,
	       coalesce(s.name, '') AS name, coalesce(s.name_en, '') AS name_en, '' AS lies_with
	FROM cleardesk.event e JOIN cleardesk.orders o ON o.id = e.order_id AND o.state = 'refused' LEFT JOIN cleardesk.store s ON s.code = o.store
	WHERE e.what = 'stage' AND e.at >= $1 AND e.at < $2 AND e.detail ->> 'stage' = 'refused' AND NOT EXISTS (
	    SELECT FROM cleardesk.anomaly a WHERE a.order_id = e.order_id AND a.blocks AND a.raised_at < e.at)
	GROUP BY o.id, s.code ORDER BY 1 DESC LIMIT $3`

// RuleItems reads what is behind a row of Precision, the newest first and no more than
// ruleItemsMost: what a version of a rule raised from one moment to before another; of
// domain.NoRule the orders that were missed.
func (s *Store) RuleItems(ctx context.Context, rule string, version int, from, to time.Time) ([]domain.RuleItem, error) {
	var rows []struct {
		placeRow
		At      time.Time
		Kind    domain.Kind
		Reason  domain.CloseReason
		Outcome domain.Outcome
		AtRisk  domain.Money `db:"at_risk"`
	}
	var err error
	if rule == domain.NoRule {
		err = s.db.SelectContext(ctx, &rows, missedItemsQuery, from, to, ruleItemsMost)
	} else {
		err = s.db.SelectContext(ctx, &rows, ruleItemsQuery, from, to, rule, version, ruleItemsMost)
	}
	out := make([]domain.RuleItem, len(rows))
	for i := range rows {
		r := &rows[i]
		out[i] = domain.RuleItem{At: r.At, Kind: r.Kind, Reason: r.Reason, Outcome: r.Outcome, AtRisk: r.AtRisk, Of: r.place()}
	}
	return out, fail(ctx, "read what a rule raised", err)
}
