package db

import (
	"context"
	"time"

	"cleardesk/domain"
)

// lateShown is how many orders that are late are read at most, lateSoon how long before
// its time one is foreseen, lateDays how many business days back they are looked for.
const (
	lateShown = 500
	lateSoon  = 3 * time.Hour
	lateDays  = 14
)

// LateDeliveries reads the orders on their way that are late, have an open case for it, or
// are to be somewhere soon; the latest first.
func (s *Store) LateDeliveries(ctx context.Context) ([]domain.LateDelivery, error) {
	var rows []struct {
		ID          int64
		No          string `db:"order_no"`
		Store, Name string
		NameEn      string `db:"name_en"`
		Total       domain.Money
		State       string
		Stage       string
		Due         time.Time
		Plan        *time.Time
		Route       string
		Promise     *time.Time
		CaseID      int64 `db:"case_id"`
		With        string
		Holder      string
		HolderEn    string `db:"holder_en"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT x.* FROM (
		    SELECT o.id, o.order_no, o.store, t.name, t.name_en, o.total, o.state, coalesce(w.stage, c.stage, '') AS stage,
		           coalesce(least(w.due, p.due), d.due, c.due) AS due, d.due AS plan, coalesce(d.route, '') AS route, p.due AS promise,
		           coalesce(c.id, 0) AS case_id, coalesce(c.lies_with::text, '') AS "with", coalesce(h.name, '') AS holder,
		           coalesce(h.name_en, '') AS holder_en
		    FROM cleardesk.orders o JOIN cleardesk.store t ON t.code = o.store
		    LEFT JOIN cleardesk.order_watch w ON w.order_id = o.id
		    LEFT JOIN LATERAL (SELECT * FROM cleardesk.delivery_plan q WHERE q.order_id = o.id ORDER BY q.id DESC LIMIT 1) d ON true
		    LEFT JOIN LATERAL (SELECT q.due FROM cleardesk.promise q WHERE q.store = o.store AND q.order_id = o.id AND q.due > now() - interval '31 days'
		        ORDER BY q.id DESC LIMIT 1) p ON true
		    LEFT JOIN LATERAL (
		        SELECT k.*, coalesce((a.evidence ->> 'stage_due')::timestamptz, a.raised_at) AS due, a.evidence ->> 'stage' AS stage
		        FROM cleardesk.cases k
		        JOIN cleardesk.anomaly a ON a.case_id = k.id AND a.kind = 'slow_fulfilment' AND a.closed_at IS NULL
		        WHERE k.order_id = o.id AND k.state <> 'closed' ORDER BY a.id DESC LIMIT 1) c ON true
		    LEFT JOIN cleardesk.staff h ON h.login = c.holder
		    WHERE o.business_day > (now() AT TIME ZONE cleardesk.platform_zone())::date - $1::integer AND NOT o.history AND o.state IN ('accepted', 'allocated', 'shipped')) x
		WHERE x.due IS NOT NULL AND (x.case_id <> 0 OR x.due < now() + $2::float8 * interval '1 second')
		ORDER BY x.due, x.id LIMIT `+itoa(lateShown), lateDays, lateSoon.Seconds())
	var out []domain.LateDelivery
	for _, r := range rows {
		out = append(out, domain.LateDelivery{
			Order: domain.OrderID(r.ID), No: domain.OrderNo(r.No), Store: domain.StoreCode(r.Store), Name: r.Name, NameEn: r.NameEn,
			Amount: r.Total, State: domain.OrderState(r.State), Stage: domain.Stage(r.Stage), Due: r.Due, Plan: r.Plan, Route: r.Route,
			Promise: r.Promise, Case: domain.CaseID(r.CaseID), With: domain.Department(r.With), Holder: r.Holder, HolderEn: r.HolderEn,
		})
	}
	return out, fail(ctx, "read late deliveries", err)
}
