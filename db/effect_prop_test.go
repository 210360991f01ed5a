package db_test

import (
	"slices"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// conserved are the rules of money and stock that hold after every act; each row is a
// breach. What an order comes to is what the platform was told of it, one decision after
// the other, and so is what was adjusted; goods are in stock or gone.
const conserved = `
	WITH told AS (
		SELECT d.order_no,
		       (array_agg(CASE d.what WHEN 'order_cancelled' THEN 0 ELSE (d.detail ->> 'total')::bigint END ORDER BY d.n DESC)
		            FILTER (WHERE d.what = 'order_cancelled' OR d.detail ? 'total'))[1] AS total,
		       coalesce(sum((d.detail ->> 'amount')::bigint) FILTER (WHERE d.what = 'settlement_adjusted'), 0) AS adjusted
		FROM cleardesk.decision d GROUP BY d.order_no
	), due AS (
		SELECT o.order_no, o.total, coalesce((SELECT sum(a.amount) FROM cleardesk.adjustment a WHERE a.order_id = o.id), 0) AS adjusted
		FROM cleardesk.orders o
	)
	SELECT format('%s comes to %s and %s, told %s and %s', d.order_no, d.total, d.adjusted, t.total, t.adjusted) AS breach
	FROM due d JOIN told t ON t.order_no = d.order_no
	WHERE d.total <> coalesce(t.total, d.total) OR d.adjusted <> t.adjusted
	UNION ALL SELECT format('%s is due %s', d.order_no, d.total + d.adjusted) FROM due d WHERE d.total + d.adjusted < 0
	UNION ALL SELECT 'adjustment ' || a.id || ' is taken back by something else' FROM cleardesk.adjustment a
	  JOIN cleardesk.adjustment b ON b.id = a.reverses WHERE (a.amount, a.order_id, a.record_id) IS DISTINCT FROM (-b.amount, b.order_id, b.record_id)
	UNION ALL SELECT 'adjustment ' || a.id || ' stands, and its record does not' FROM cleardesk.adjustment a
	  WHERE a.reverses IS NULL AND EXISTS (SELECT FROM cleardesk.adjustment b WHERE b.reverses = a.id)
	    <> NOT EXISTS (SELECT FROM cleardesk.standing_record r WHERE r.id = a.record_id)
	UNION ALL SELECT 'goods of ' || p.code FROM cleardesk.product p
	  WHERE p.stock + p.gone <> CASE p.code WHEN 'P1' THEN 2000000 WHEN 'P2' THEN 900000 WHEN 'P4' THEN 50000 END
	     OR -p.gone <> coalesce((SELECT sum(m.delta) FROM cleardesk.stock_move m WHERE m.product = p.code), 0)
	UNION ALL SELECT 'linked order ' || o.order_no || ' is told ' || count(d.n) FROM cleardesk.orders o
	  LEFT JOIN cleardesk.decision d ON d.order_no = o.order_no AND d.what = 'order_linked' WHERE o.link IS NOT NULL GROUP BY o.order_no HAVING count(d.n) <> 1
	UNION ALL SELECT 'supplement ' || o.order_no || ' took no stock' FROM cleardesk.orders o JOIN cleardesk.order_line l ON l.order_id = o.id
	  JOIN cleardesk.product p ON p.code = l.product WHERE o.link = 'supplement' AND o.state = 'accepted' AND p.stock IS NOT NULL AND NOT l.reserved
	UNION ALL SELECT 'order without a record ' || o.order_no FROM cleardesk.orders o WHERE o.link IS NOT NULL
	  AND NOT EXISTS (SELECT FROM cleardesk.written w WHERE w.found -> 'did' @> jsonb_build_array(jsonb_build_object('order_id', o.id)))
	  AND NOT EXISTS (SELECT FROM cleardesk.decision d WHERE d.detail ->> 'moved' = o.order_no)`

// Whatever is written of any kind and taken back again, in any order: money and goods are
// conserved, and holds, stock and cases add up.
func TestWhateverIsWrittenMoneyIsConserved(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.signless()
	rapid.Check(t, func(rt *rapid.T) {
		var cases []effectCase
		var rules []domain.Rule
		for range rapid.IntRange(2, 6).Draw(rt, "acts") {
			if len(cases) == 0 || rapid.IntRange(0, 2).Draw(rt, "new") > 0 {
				r := rapid.SampledFrom(rulesTried()).Draw(rt, "rule")
				cases, rules = append(cases, w.ready(r.Kind)), append(rules, r)
			}
			i := rapid.IntRange(0, len(cases)-1).Draw(rt, "case")
			if err := w.effectAny(rt, &cases[i], rules[i]); err != nil && domain.CodeOf(err) == domain.Internal {
				rt.Fatal(err)
			}
			if rapid.IntRange(0, 5).Draw(rt, "judged") == 0 {
				w.judged()
			}
			for _, rule := range []string{addsUp, conserved} {
				var breaches []string
				if err := w.admin.Select(&breaches, rule); err != nil {
					t.Fatal(err)
				}
				if len(breaches) > 0 {
					rt.Fatalf("%v", breaches)
				}
			}
		}
	})
	w.want("true", `SELECT (count(*) > 50)::text FROM cleardesk.resolution_record`)
	w.want("true", `SELECT (count(*) > 8)::text FROM cleardesk.reversal`)
	w.want("true", `SELECT (count(DISTINCT e.e ->> 'op') >= 8)::text FROM cleardesk.written w, jsonb_array_elements(w.found -> 'did') e (e)`)
}

// rulesTried lists the rules that resolving does, those thrice that do more than let go or
// change lines.
func rulesTried() []domain.Rule {
	var out []domain.Rule
	for _, r := range domain.Rules() {
		if everyOutcome()[string(r.Kind)+" "+string(r.Outcome)].refused {
			continue
		}
		out = append(out, r)
		for _, op := range r.Effects {
			if op != domain.EffectRelease && op != domain.EffectLearn && op != domain.EffectQuieten && op != domain.EffectCancelLine && op != domain.EffectCancelOrder {
				out = append(out, r, r)
			}
		}
	}
	return out
}

// effectAny writes the case with its rule and quantities of any size, or takes it back, or
// lets the order go on.
func (w *deskWorld) effectAny(rt *rapid.T, e *effectCase, r domain.Rule) error {
	who, with := writer(r)
	switch rapid.SampledFrom([]string{"write", "write", "write", "back", "back", "on"}).Draw(rt, "act") {
	case "back":
		return w.reverseAny(rt, rapid.SampledFrom([]string{who, who, "max"}).Draw(rt, "by"), e.deskCase)
	case "on":
		stage := rapid.SampledFrom([]domain.Stage{domain.StageAllocated, domain.StageShipped, domain.StageDelivered, domain.StageRefused}).Draw(rt, "stage")
		if e.order == 0 {
			return nil
		}
		_, err := w.stores["wu"].Report(w.Context(), uuid.New(), domain.Event{
			What: domain.EventStage, Key: uuid.NewString(), Store: "S1", OrderNo: domain.OrderNo(e.no), At: time.Now(), Stage: stage,
		})
		w.judged()
		return err
	}
	if r.Outcome == domain.Returned {
		w.approve(*e, rapid.Int64Range(0, 5000).Draw(rt, "approved"))
	}
	if w.text(`SELECT state FROM cleardesk.cases WHERE id = $1`, int64(e.id)) == "closed" {
		return nil
	}
	w.exec(`UPDATE cleardesk.cases SET lies_with = $2 WHERE id = $1 AND lies_with <> $2`, int64(e.id), string(with))
	claim, err := w.stores[who].Claim(w.Context(), uuid.New(), e.id)
	if err != nil {
		return err
	}
	e.claim = claim
	w.scan(&e.hold, `SELECT coalesce((SELECT id FROM cleardesk.hold WHERE anomaly_id = $1 AND released_at IS NULL), 0)`, int64(e.anomaly))
	h := e.handledAs(r)
	h.Resolutions[0].Effects = sizedAny(rt, h.Resolutions[0].Effects)
	_, err = w.stores[who].Resolve(w.Context(), uuid.New(), h)
	return err
}

// sizedAny gives effects other quantities and amounts, most of them possible.
func sizedAny(rt *rapid.T, effects []domain.Effect) []domain.Effect {
	out := slices.Clone(effects)
	for i := range out {
		q := domain.Quantity(rapid.Int64Range(1, 40_000).Draw(rt, "quantity"))
		switch x := &out[i]; x.Op {
		case domain.EffectSupplement, domain.EffectReorder:
			x.Lines = []domain.LinkedLine{{Product: "P1", Quantity: q, Price: x.Lines[0].Price}}
			if rapid.Bool().Draw(rt, "two") {
				price := domain.Money(333)
				if x.Op == domain.EffectSupplement {
					price = 0 // it makes up a lack
				}
				x.Lines = append(x.Lines, domain.LinkedLine{Product: "P2", Quantity: q, Price: price})
			}
		case domain.EffectAdjust:
			m := domain.Money(rapid.Int64Range(1, 30_000).Draw(rt, "amount"))
			if x.Amount < 0 {
				m = -m
			}
			x.Amount = m
		case domain.EffectSetQuantity, domain.EffectSubstitute, domain.EffectRestock, domain.EffectOpenReturn:
			x.Quantity = q
		default:
		}
	}
	return out
}
