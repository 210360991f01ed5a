package db_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// addsUp are the rules that hold after every act; each row is a breach.
const addsUp = `
	SELECT 'stock of ' || p.code AS breach FROM cleardesk.product p
	WHERE p.reserved <> (SELECT coalesce(sum(l.quantity), 0) FROM cleardesk.order_line l WHERE l.product = p.code AND l.reserved)
	UNION ALL SELECT 'total of ' || o.order_no FROM cleardesk.orders o
	WHERE o.total <> (SELECT coalesce(sum(l.amount), 0) FROM cleardesk.order_line l WHERE l.order_id = o.id AND NOT l.cancelled)
	UNION ALL SELECT 'amount in ' || order_id FROM cleardesk.order_line WHERE amount <> round(quantity::numeric * price / 1000)
	UNION ALL SELECT o.order_no || ' is placed, and nothing holds it' FROM cleardesk.orders o WHERE o.state = 'placed' AND o.judged
	  AND EXISTS (SELECT FROM cleardesk.order_line l WHERE l.order_id = o.id AND NOT l.cancelled AND NOT l.waiting
	              AND NOT EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no IN (0, l.line_no) AND h.released_at IS NULL))
	UNION ALL SELECT h.order_id || ' has taken stock for what is held' FROM cleardesk.hold h JOIN cleardesk.order_line l
	  ON l.order_id = h.order_id AND l.line_no = h.line_no WHERE h.released_at IS NULL AND l.reserved AND NOT EXISTS (
	  SELECT FROM cleardesk.decision d JOIN cleardesk.orders o ON o.order_no = d.order_no WHERE o.id = h.order_id AND (d.what = 'line_accepted' OR d.detail -> 'lines' @> to_jsonb(h.line_no)))
	UNION ALL SELECT o.order_no || ' is cancelled in part' FROM cleardesk.orders o WHERE (o.state = 'cancelled') <>
	  NOT EXISTS (SELECT FROM cleardesk.order_line l WHERE l.order_id = o.id AND NOT l.cancelled)
	UNION ALL SELECT 'cancelled and taken in ' || order_id FROM cleardesk.order_line WHERE cancelled AND reserved
	UNION ALL SELECT 'hold of a cancelled order ' || o.order_no FROM cleardesk.orders o JOIN cleardesk.hold h ON h.order_id = o.id
	  WHERE o.state = 'cancelled' AND h.released_at IS NULL
	UNION ALL SELECT 'hold ' || h.id || ' that nobody can release' FROM cleardesk.hold h JOIN cleardesk.anomaly a ON a.id = h.anomaly_id
	  WHERE h.released_at IS NULL AND (h.pending <> (a.closed_at IS NOT NULL) OR h.pending AND NOT EXISTS (
	      SELECT FROM cleardesk.waiting w WHERE w.order_id = h.order_id AND w.what = 'recheck'))
	UNION ALL SELECT 'anomaly ' || a.id FROM cleardesk.anomaly a WHERE (a.closed_at IS NOT NULL)::int <>
	  (SELECT count(*) FROM cleardesk.standing_record r WHERE r.anomaly_id = a.id)
	UNION ALL SELECT 'cause ' || c.id FROM cleardesk.cases c WHERE c.cause IS NOT NULL
	  AND (c.members_open <> (SELECT count(*) FROM cleardesk.cases m WHERE m.parent = c.id AND m.state <> 'closed') OR (c.state = 'closed') <> (c.members_open = 0))
	UNION ALL SELECT 'case ' || c.id FROM cleardesk.cases c WHERE c.cause IS NULL AND (c.state = 'closed') <>
	  NOT EXISTS (SELECT FROM cleardesk.anomaly a WHERE a.case_id = c.id AND a.closed_at IS NULL)
	  OR c.state = 'closed' AND (c.holder IS NOT NULL OR EXISTS (SELECT FROM cleardesk.draft d WHERE d.case_id = c.id))
	  OR c.cause IS NULL AND c.state <> 'closed' AND c.more <> (SELECT count(*) - 1 FROM cleardesk.anomaly a WHERE a.case_id = c.id AND a.closed_at IS NULL)
	UNION ALL SELECT 'claims of case ' || c.id FROM cleardesk.cases c WHERE (c.holder IS NOT NULL)::int <>
	  (SELECT count(*) FILTER (WHERE k.what = 'claimed') - count(*) FILTER (WHERE k.what <> 'claimed') FROM cleardesk.claim k WHERE k.case_id = c.id)
	UNION ALL SELECT 'gap in the decisions' FROM cleardesk.decision HAVING count(*) <> coalesce(max(n), 0)`

func TestWhateverPeopleDoItAddsUp(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	judge := w.open(w.base.DSN(w.base.Login(t, "judge", "intake")))
	rapid.Check(t, func(rt *rapid.T) {
		cases := []deskCase{w.putAny(rt)}
		for range rapid.IntRange(3, 7).Draw(rt, "acts") {
			if rapid.IntRange(0, 3).Draw(rt, "new order") == 0 {
				cases = append(cases, w.putAny(rt))
			}
			if err := w.actAny(rt, cases); err != nil && domain.CodeOf(err) == domain.Internal {
				rt.Fatal(err)
			}
			if rapid.IntRange(0, 4).Draw(rt, "judged") == 0 {
				if err := db.NewJudge(judge, db.JudgeOptions{}).Run(t.Context(), false); err != nil {
					rt.Fatal(err)
				}
			}
			var breaches []string
			if err := w.admin.Select(&breaches, addsUp); err != nil {
				t.Fatal(err)
			}
			if len(breaches) > 0 {
				rt.Fatalf("%v", breaches)
			}
		}
	})
	w.want("true", `SELECT (count(*) FILTER (WHERE act = 'resolve') > 30)::text FROM cleardesk.audit`)
	w.want("true", `SELECT (count(*) > 5)::text FROM cleardesk.reversal`)
	w.want("true", `SELECT (count(DISTINCT what) >= 4)::text FROM cleardesk.decision`)
}

func (w *deskWorld) putAny(rt *rapid.T) deskCase {
	whole := rapid.SampledFrom([]domain.Kind{"", domain.AmountSurge}).Draw(rt, "whole")
	kinds := []domain.Kind{"", "", surge, domain.StepMismatch, domain.ZeroStock}
	lines := []deskLine{{"P1", 12, surge}}
	for range rapid.IntRange(0, 3).Draw(rt, "lines") {
		lines = append(lines, deskLine{
			rapid.SampledFrom([]string{"P1", "P2", "P3", "P4"}).Draw(rt, "product"),
			rapid.Int64Range(1, 40).Draw(rt, "quantity"), rapid.SampledFrom(kinds).Draw(rt, "odd"),
		})
	}
	c := w.put(rapid.SampledFrom([]string{"S1", "S2", "S3"}).Draw(rt, "store"), whole, lines...)
	w.exec(`UPDATE cleardesk.anomaly SET evidence = evidence || '{"odd_lines": [1, 2]}' WHERE order_id = $1 AND kind = 'amount_surge'`, c.order)
	return c
}

// actAny does something to one of the cases, as somebody.
func (w *deskWorld) actAny(rt *rapid.T, cases []deskCase) error {
	c := cases[rapid.IntRange(0, len(cases)-1).Draw(rt, "case")]
	who := rapid.SampledFrom([]string{"lin", "lin", "wang", "max", "zhao"}).Draw(rt, "who")
	s, ctx, op := w.stores[who], w.Context(), uuid.New()
	f := w.form(who, c)
	switch act := rapid.SampledFrom([]string{"resolve", "resolve", "resolve", "part", "call", "reverse", "reverse", "hand", "verify", "take", "back", "later"}).Draw(rt, "act"); act {
	case "reverse":
		// Mostly by the manager, who may: of others' attempts nearly all are refused.
		return w.reverseAny(rt, rapid.SampledFrom([]string{"max", "max", who}).Draw(rt, "back by"), c)
	case "hand":
		to := rapid.SampledFrom(domain.Departments()).Draw(rt, "to")
		_, err := s.HandOver(ctx, op, c.id, f.Version, to, "转")
		return err
	case "verify":
		_, err := s.VerifyQuantity(ctx, op, c.id, []int{1}, true, "")
		return err
	case "take":
		_, err := s.TakeOver(ctx, op, c.id, "急")
		return err
	default:
		claim, err := s.Claim(ctx, op, c.id)
		if err != nil {
			return err
		}
		return w.workAny(rt, s, f, claim, act)
	}
}

// workAny does something with a case that is held.
func (w *deskWorld) workAny(rt *rapid.T, s *db.Store, f domain.Form, claim domain.Claimed, act string) error {
	ctx, op := w.Context(), uuid.New()
	soon := time.Now().Add(time.Minute)
	switch act {
	case "back":
		return s.GiveBack(ctx, op, f.Case, claim.No)
	case "later":
		return s.Snooze(ctx, op, f.Case, claim.No, soon, "")
	case "call":
		_, err := s.RecordCall(ctx, op, domain.CallReport{Cases: []domain.CaseID{f.Case}, Outcome: domain.Busy, Again: &soon})
		return err
	}
	var offered []domain.Choice
	for _, c := range domain.Choices() {
		if len(f.Targets) == 0 || f.Targets[0].Offers(c) {
			offered = append(offered, c)
		}
	}
	choice := rapid.SampledFrom(offered).Draw(rt, "choice")
	h := handled(f, claim, w.decided(f, choice, domain.Quantity(rapid.Int64Range(1, 90_000).Draw(rt, "new"))))
	if act == "part" && len(h.Resolutions) > 1 {
		h.Resolutions = slices.Clone(h.Resolutions[:1])
	}
	if len(h.Resolutions) == 0 {
		return nil
	}
	r, err := s.Resolve(ctx, op, h)
	if len(h.Resolutions) < len(f.Anomalies) {
		return err
	}
	p := f.Plan(h.Answers)
	var e *domain.Error
	if verify := errors.As(err, &e) && e.Detail["verify"] != ""; verify && len(p.Verify) == 0 || err == nil && len(p.Verify) > 0 {
		rt.Fatalf("to be verified: %v, and %v", p.Verify, err)
	}
	if err == nil {
		foretold(rt, p.Preview, r)
	}
	return err
}

// foretold compares what the form said would be written with what was.
func foretold(rt *rapid.T, v domain.Preview, r domain.Resolved) {
	stay := len(v.Rechecked) + len(v.Stays)
	if v.OldTotal != r.Order.OldTotal || v.NewTotal != r.Order.Total || stay != len(r.Holds) || len(v.Lines) != len(r.Changed) {
		rt.Fatalf("foretold %+v, written %+v", v, r)
	}
	cancelled := r.Order.State == domain.Cancelled && len(r.Changed) > 0 // not: it was already
	if v.OrderCancelled != cancelled || v.Accepted && (!r.Accepted || r.Order.State != domain.Accepted) {
		rt.Fatalf("foretold %+v, written %+v", v, r)
	}
	for i, c := range v.Lines {
		if w := r.Changed[i]; c.Line != w.Line || c.New != w.New || c.NewAmount != w.NewAmount {
			rt.Fatalf("foretold %+v, written %+v", c, w)
		}
	}
}
