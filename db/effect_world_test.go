package db_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// effectCase is a case of one kind, ready to be written: its order, as far on its way as
// the kind is met, with one anomaly.
type effectCase struct {
	deskCase
	anomaly domain.AnomalyID
	hold    domain.HoldID // 0: it blocks nothing
	claim   domain.Claimed
}

// met is where an order stands when a kind is found on it; "" for kinds without one.
func met(k domain.Kind) domain.OrderState {
	switch k {
	case domain.Replenishment, domain.NotOrderable:
		return ""
	case domain.Exchange, domain.ShortWeight, domain.Overweight, domain.Return:
		return domain.Received
	case domain.SlowFulfilment, domain.OrderChange, domain.WrongOrder:
		return domain.Accepted
	default:
		return domain.Placed
	}
}

// lineOf is the line a kind is about in these tests; 0: the whole order.
func lineOf(k domain.Kind) int {
	switch k {
	case domain.AmountSurge, domain.SlowFulfilment, domain.OrderChange, domain.WrongOrder, domain.Replenishment, domain.NotOrderable:
		return 0
	default:
		return 1
	}
}

// ready makes a case of a kind at store S1 with 40 of P1 and 3 of P2, 489.99 in all; the
// order was accepted where it has come that far, and the platform told so.
func (w *deskWorld) ready(kind domain.Kind) effectCase {
	w.Helper()
	state, line := met(kind), lineOf(kind)
	if state == "" {
		return w.readyAlone(kind)
	}
	odd := []deskLine{{"P1", 40, ""}, {"P2", 3, ""}}
	whole := domain.Kind("")
	if state == domain.Placed {
		if line == 0 {
			whole = kind
		} else {
			odd[0].odd = kind
		}
	}
	e := effectCase{deskCase: w.put("S1", whole, odd...)}
	w.exec(`UPDATE cleardesk.orders SET placed_at = now() - interval '1 hour' WHERE id = $1`, e.order)
	switch state {
	case domain.Accepted:
		w.exec(`UPDATE cleardesk.orders SET accepted_at = now() WHERE id = $1`, e.order)
		w.exec(`SELECT cleardesk.decide(jsonb_build_array(jsonb_build_object('what', 'order_accepted', 'order_no', $1::text, 'detail', '{"lines": [1, 2]}'::jsonb)))`, e.no)
		if kind == domain.SlowFulfilment {
			w.raise(e.deskCase, line, kind)
			w.exec(`UPDATE cleardesk.anomaly SET evidence = '{"stage": "shipped"}' WHERE kind = 'slow_fulfilment' AND order_id = $1`, e.order)
			w.exec(`INSERT INTO cleardesk.order_watch (order_id, stage, due) VALUES ($1, 'shipped', now())`, e.order)
		} else {
			w.flag(e.deskCase, line, kind)
		}
	case domain.Received:
		w.exec(`UPDATE cleardesk.orders SET state = 'received', accepted_at = now() WHERE id = $1`, e.order)
		w.exec(`WITH free AS (UPDATE cleardesk.order_line SET reserved = false WHERE order_id = $1 RETURNING product, quantity)
			UPDATE cleardesk.product p SET reserved = p.reserved - f.quantity FROM free f WHERE f.product = p.code`, e.order)
		w.raise(e.deskCase, line, kind)
	default:
	}
	w.found(&e, kind)
	return e
}

// readyAlone makes a case of a kind that has no order.
func (w *deskWorld) readyAlone(kind domain.Kind) effectCase {
	w.Helper()
	e := effectCase{}
	w.scan(&e.id, `INSERT INTO cleardesk.cases (store, lies_with, kind, why, at_risk, moments, rank, search)
		VALUES ('S1', 'customer_service', $1, '{}', 100, $2, 1, '') RETURNING id`, string(kind), momentsOf(domain.WindowClose, domain.Picking))
	w.exec(`INSERT INTO cleardesk.anomaly (case_id, kind, product, evidence, rule, rule_version, at_risk, hard, blocks)
		VALUES ($1, $2, 'P1', '{}', 'r', 1, 100, false, false)`, int64(e.id), string(kind))
	w.found(&e, kind)
	return e
}

// raise adds an anomaly that holds nothing.
func (w *deskWorld) raise(c deskCase, line int, kind domain.Kind) {
	w.Helper()
	w.exec(`INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, evidence, rule, rule_version, order_version, at_risk, hard, blocks)
		VALUES ($1, $2, $3, $4, '{}', 'r', 1, 1, 100, false, false)`, int64(c.id), string(kind), c.order, line)
}

// found reads what the case is about, and lets it lie with customer service until it is
// claimed by somebody else.
func (w *deskWorld) found(e *effectCase, kind domain.Kind) {
	w.Helper()
	w.scan(&e.anomaly, `SELECT id FROM cleardesk.anomaly WHERE case_id = $1 AND kind = $2`, int64(e.id), string(kind))
	w.scan(&e.hold, `SELECT coalesce((SELECT id FROM cleardesk.hold WHERE anomaly_id = $1), 0)`, int64(e.anomaly))
	switch kind {
	case domain.Exchange, domain.ShortWeight, domain.Overweight, domain.Return:
		w.exec(`UPDATE cleardesk.cases SET moments = $2, kind = $3 WHERE id = $1`, int64(e.id), momentsOf(domain.Promise, domain.ClaimEnds, domain.WeekEnds), string(kind))
	case domain.SlowFulfilment:
		w.exec(`UPDATE cleardesk.cases SET moments = $2, kind = $3 WHERE id = $1`, int64(e.id), momentsOf(domain.Promise), string(kind))
	default:
	}
}

func momentsOf(kinds ...domain.MomentKind) string {
	var out []domain.Moment
	for i, k := range kinds {
		out = append(out, domain.Moment{What: k, At: time.Now().Add(time.Duration(i+1) * time.Hour)})
	}
	raw, err := json.Marshal(out)
	if err != nil {
		panic(err) // moments are plain values
	}
	return string(raw)
}

// approve is what procurement and the supplier say of a return: quantity in thousandths,
// 0: all of it.
func (w *deskWorld) approve(e effectCase, quantity int64) {
	w.Helper()
	for _, what := range []domain.FindingKind{domain.FindGoods, domain.FindSupplier} {
		w.exec(`INSERT INTO cleardesk.finding (case_id, what, answer, quantity, by_login)
			VALUES ($1, $2, CASE $3::bigint WHEN 0 THEN 'yes' ELSE 'part' END, nullif($3::bigint, 0), $4)`,
			int64(e.id), string(what), quantity, string(w.login("zhao")))
	}
}

// effectsOf builds the effects of a rule for a case: a fair one of each.
func (e effectCase) effectsOf(r domain.Rule) []domain.Effect {
	soon, before := time.Now().Add(3*time.Hour), time.Now().Add(-time.Second)
	line := lineOf(r.Kind)
	adjust := domain.Effect{Op: domain.EffectAdjust, Line: line, Amount: -2400}
	if r.Kind == domain.Overweight {
		adjust.Amount = 2400
	}
	free, dear := []domain.LinkedLine{{Product: "P1", Quantity: domain.Units(2)}}, []domain.LinkedLine{{Product: "P1", Quantity: domain.Units(12), Price: 1200}}
	all := map[domain.EffectOp]domain.Effect{
		domain.EffectRelease: {Hold: e.hold}, domain.EffectSetQuantity: {Line: 1, Quantity: domain.Units(12)}, domain.EffectCancelLine: {Line: 1},
		domain.EffectLearn: {Line: line}, domain.EffectQuieten: {Line: line}, domain.EffectSupplement: {Line: line, Lines: free},
		domain.EffectReorder: {Lines: dear}, domain.EffectSubstitute: {Line: 1, Product: "P3", Quantity: domain.Units(30)}, domain.EffectAdjust: adjust,
		domain.EffectRestock: {Line: line, Product: "P1", Quantity: domain.Units(2)}, domain.EffectReschedule: {At: &soon},
		domain.EffectDeliver: {At: &before}, domain.EffectOpenReturn: {Line: line, Product: "P1", Quantity: domain.Units(2)},
		domain.EffectSetLimit: {Amount: 60_000}, domain.EffectCorrectStep: {Product: "P1"},
	}
	out := []domain.Effect{}
	for _, op := range r.Effects {
		x := all[op]
		x.Op = op
		if op == domain.EffectRelease && e.hold == 0 || op == domain.EffectSetQuantity && slices.Contains(r.Effects, domain.EffectCancelLine) {
			continue
		}
		out = append(out, x)
	}
	return out
}

// who writes an outcome in these tests, and the department the case lies with then.
func writer(r domain.Rule) (string, domain.Department) {
	for name, role := range map[string]domain.Role{"lin": domain.RoleAgent, "zhao": domain.RoleProcurement, "wu": domain.RoleLogistics} {
		if slices.Contains(r.Roles, role) {
			return name, role.Department()
		}
	}
	return "max", domain.CustomerService
}

// claimed lets somebody hold the case, wherever it lies.
func (w *deskWorld) claimed(who string, with domain.Department, e effectCase) effectCase {
	w.Helper()
	w.exec(`UPDATE cleardesk.cases SET lies_with = $2 WHERE id = $1`, int64(e.id), string(with))
	e.claim = w.claim(who, e.deskCase)
	return e
}

// handledAs is what is written of the case for a rule.
func (e effectCase) handledAs(r domain.Rule) domain.Handled {
	return domain.Handled{
		Case: e.id, Claim: e.claim.No, Version: e.claim.Version,
		Resolutions: []domain.Resolution{{
			Anomaly: e.anomaly, Kind: r.Kind, Outcome: r.Outcome, Close: domain.UnusualRight, Reason: "other", Effects: e.effectsOf(r),
		}},
	}
}

// written writes a case of the rule's kind as the rule says and gives the answer.
func (w *deskWorld) written(r domain.Rule) (effectCase, domain.Resolved, error) {
	w.Helper()
	e := w.ready(r.Kind)
	if r.Outcome == domain.Returned {
		w.approve(e, 0)
	}
	who, with := writer(r)
	e = w.claimed(who, with, e)
	out, err := w.stores[who].Resolve(w.Context(), uuid.New(), e.handledAs(r))
	return e, out, err
}

// toldSince are the decisions after number n, in their order.
const toldSince = `SELECT string_agg(d.what || ' ' || coalesce(d.order_no, '-') || coalesce(' ' || d.line_no, ''), ', ' ORDER BY d.n)
	FROM cleardesk.decision d WHERE d.n > $1::bigint`

// beside is all that an effect can have left beside the order it was written on.
const beside = `SELECT concat_ws('; ',
	(SELECT 'order ' || state || ' ' || total FROM cleardesk.orders ORDER BY id LIMIT 1),
	(SELECT 'lines ' || string_agg(product || ' ' || quantity || CASE WHEN cancelled THEN ' off' ELSE '' END || CASE WHEN waiting THEN ' waits' ELSE '' END, ', ' ORDER BY line_no)
	 FROM cleardesk.order_line WHERE order_id = (SELECT min(id) FROM cleardesk.orders WHERE linked_to IS NULL AND link IS NULL)),
	(SELECT string_agg(concat_ws(' ', link, order_no, state, total, (SELECT b.order_no FROM cleardesk.orders b WHERE b.id = o.linked_to)), ', ' ORDER BY id)
	 FROM cleardesk.orders o WHERE link IS NOT NULL),
	(SELECT string_agg(concat_ws(' ', what, amount, 'line', line_no), ', ' ORDER BY id) FROM cleardesk.adjustment),
	(SELECT string_agg('stock ' || why || ' ' || delta, ', ' ORDER BY id) FROM cleardesk.stock_move),
	(SELECT 'planned' || CASE WHEN due > now() + interval '2 hours' THEN ' later' ELSE '' END FROM cleardesk.delivery_plan ORDER BY id DESC LIMIT 1),
	(SELECT 'promised ' || what FROM cleardesk.promise),
	(SELECT string_agg('told ' || what || coalesce(' ' || (detail ->> 'stage'), ''), ', ' ORDER BY id) FROM cleardesk.event),
	(SELECT 'limit ' || value FROM cleardesk.setting WHERE name = 'limit.cod' ORDER BY id DESC LIMIT 1),
	(SELECT 'waiting ' || string_agg(what, ',' ORDER BY seq) FROM cleardesk.waiting),
	(SELECT 'held ' || count(*) FROM cleardesk.hold WHERE released_at IS NULL HAVING count(*) > 0),
	(SELECT 'quieter' FROM cleardesk.exemption),
	(SELECT 'P1 ' || concat_ws(' ', stock, gone, reserved) FROM cleardesk.product WHERE code = 'P1'))`

// plain takes the numbers and days out of a text, that differ from run to run.
func (w *deskWorld) plain(s, no string) string {
	w.Helper()
	if no != "" {
		s = strings.ReplaceAll(s, no, "O")
	}
	return strings.ReplaceAll(s, fmt.Sprintf("S1-%s", w.text(`SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD')`)), "S1-D")
}

// signless lets one person write whatever the amount.
func (w *deskWorld) signless() {
	w.Helper()
	w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
		SELECT n, 'platform', '', now() - interval '1 minute', '9000000.00', 'test' FROM unnest('{sign.release,sign.adjust}'::text[]) n`)
}
