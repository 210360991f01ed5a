package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/jmoiron/sqlx"
)

// pastQuery reads the anomalies raised from $1 on and before $2. What was decided twice
// counts as it was decided last.
const pastQuery = `
	SELECT a.case_id, a.kind, coalesce(o.order_no, '') AS order_no, coalesce(c.store, '') AS store, coalesce(s.name, '') AS name, coalesce(s.name_en, '') AS name_en, c.lies_with,
	       a.raised_at, a.closed_at, coalesce(a.outcome, '') AS outcome, coalesce(r.close_reason, '') AS close_reason, a.at_risk,
	       (SELECT max((m ->> 'at')::timestamptz) FROM jsonb_array_elements(c.moments) m) AS last,
	       EXISTS (SELECT FROM cleardesk.resolution_record x JOIN cleardesk.written w ON w.op = x.op
	               JOIN cleardesk.reversal v ON v.written_id = w.id WHERE x.anomaly_id = a.id) AS reopened
	FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id LEFT JOIN cleardesk.store s ON s.code = c.store
	LEFT JOIN cleardesk.orders o ON o.id = a.order_id
	LEFT JOIN LATERAL (
	    SELECT x.close_reason FROM cleardesk.resolution_record x
	    WHERE x.anomaly_id = a.id AND a.closed_at IS NOT NULL ORDER BY x.id DESC LIMIT 1) r ON true
	WHERE a.raised_at >= $1 AND a.raised_at < $2 ORDER BY a.id`

// pastAnomalies reads what tells who would gain from training: the anomalies raised from
// one moment to before another, and how they went.
func pastAnomalies(ctx context.Context, q sqlx.QueryerContext, from, to time.Time) ([]domain.PastAnomaly, error) {
	var rows []struct {
		CaseID   domain.CaseID `db:"case_id"`
		Kind     domain.Kind
		OrderNo  domain.OrderNo `db:"order_no"`
		Outcome  domain.Outcome
		Store    domain.StoreCode
		Name     string
		NameEn   string             `db:"name_en"`
		LiesWith domain.Department  `db:"lies_with"`
		RaisedAt time.Time          `db:"raised_at"`
		ClosedAt *time.Time         `db:"closed_at"`
		Reason   domain.CloseReason `db:"close_reason"`
		AtRisk   domain.Money       `db:"at_risk"`
		Last     *time.Time
		Reopened bool
	}
	err := sqlx.SelectContext(ctx, q, &rows, pastQuery, from, to)
	out := make([]domain.PastAnomaly, len(rows))
	for i, r := range rows {
		out[i] = domain.PastAnomaly{
			Case: r.CaseID, Kind: r.Kind, Order: r.OrderNo, Outcome: r.Outcome, Store: r.Store, Name: r.Name, NameEn: r.NameEn, With: r.LiesWith, Raised: r.RaisedAt,
			Closed: r.ClosedAt, Reason: r.Reason, Last: r.Last, Reopened: r.Reopened, AtRisk: r.AtRisk,
		}
	}
	return out, fail(ctx, "read how anomalies went", err)
}
