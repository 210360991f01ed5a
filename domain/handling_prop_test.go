package domain_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawCase makes an order with random lines and anomalies, holds for some of them.
func drawCase(t *rapid.T) domain.FormCase {
	c := milk()
	c.Anomalies, c.Holds, c.Order.Lines = nil, nil, nil
	n := rapid.IntRange(1, 5).Draw(t, "lines")
	for no := 1; no <= n; no++ {
		q := domain.Quantity(rapid.Int64Range(1, 5_000_000).Draw(t, "quantity"))
		price := domain.Money(rapid.Int64Range(0, 100_000).Draw(t, "price"))
		c.Order.Lines = append(c.Order.Lines, domain.Line{
			No: no, Product: "P1007", Quantity: q, Original: q, Price: price, Amount: domain.Amount(q, price),
			Cancelled: no > 1 && rapid.IntRange(0, 5).Draw(t, "cancelled") == 0,
		})
	}
	c.Order.Total = domain.TotalOf(c.Order.Lines)
	kinds := []domain.Kind{domain.QuantitySurge, domain.AmountSurge, domain.StepMismatch, domain.ZeroStock}
	for i := range rapid.IntRange(1, 5).Draw(t, "anomalies") {
		a := domain.Anomaly{ID: domain.AnomalyID(i + 1), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Blocks: rapid.Bool().Draw(t, "blocks")}
		a.Line = rapid.IntRange(1, n).Draw(t, "line")
		if a.Kind == domain.AmountSurge {
			a.Evidence.OddLines = rapid.SliceOfNDistinct(rapid.IntRange(1, n), 0, n, rapid.ID).Draw(t, "odd")
			a.Line = 0
		}
		if a.Line > 0 && c.Order.Lines[a.Line-1].Cancelled {
			a.Line = 1
		}
		c.Anomalies = append(c.Anomalies, a)
		if a.Blocks {
			c.Holds = append(c.Holds, domain.Hold{ID: domain.HoldID(100 + i), Line: a.Line, Anomaly: a.ID, Kind: a.Kind})
		}
	}
	if rapid.Bool().Draw(t, "another hold") {
		c.Holds = append(c.Holds, domain.Hold{ID: 900, Line: 1, Anomaly: 901, Pending: rapid.Bool().Draw(t, "pending")})
	}
	return c
}

// drawAnswers answers whatever is asked at random, until nothing is.
func drawAnswers(t *rapid.T, f domain.Form) domain.Answers {
	var a domain.Answers
	for range 60 {
		q, ok := f.Current(a)
		if !ok {
			break
		}
		switch {
		case q.ID.Ask == domain.AskQuantity:
			a = f.SetQuantity(a, q.ID.Target, domain.Quantity(rapid.Int64Range(1, 1000).Draw(t, "new")), stamp())
		case len(q.Options) == 0:
			return a
		default:
			o := rapid.SampledFrom(q.Options).Draw(t, "answer")
			if domain.CallOutcome(o.Code).Failed() {
				continue
			}
			var err error
			if a, err = f.Choose(a, q.ID, o.Digit, stamp()); err != nil {
				t.Fatal(err)
			}
			a = f.SetText(a, q.ID, "text", stamp())
		}
	}
	return a
}

func TestPlansKeepTheRules(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := domain.NewForm(drawCase(t))
		a := drawAnswers(t, f)
		p := f.Plan(a)
		checkEffects(t, f, p)
		checkTotals(t, f, p)
		if len(p.Missing) == 0 {
			checkEveryAnomalyEnds(t, f, p)
		}
		v := p.Preview
		if n := len(v.Released) + len(v.Rechecked) + len(v.Stays); n != len(f.Holds) {
			t.Fatalf("%d of %d holds are accounted for", n, len(f.Holds))
		}
		raw, _ := json.Marshal(a)
		var back domain.Answers
		if err := json.Unmarshal(raw, &back); err != nil || !cmp.Equal(p, f.Plan(back)) {
			t.Fatalf("another plan after the draft was stored: %v", err)
		}
	})
}

func checkEffects(t *rapid.T, f domain.Form, p domain.Plan) {
	seen := map[string]bool{}
	for _, r := range p.Resolutions {
		rule, ok := domain.RuleFor(r.Kind, r.Outcome)
		if !ok {
			t.Fatalf("%s cannot end as %s", r.Kind, r.Outcome)
		}
		for _, e := range r.Effects {
			if !slices.Contains(rule.Effects, e.Op) {
				t.Fatalf("%s/%s must not %s", r.Kind, r.Outcome, e.Op)
			}
			key := fmt.Sprintf("%+v", e)
			if seen[key] {
				t.Fatalf("%+v twice", e)
			}
			seen[key] = true
			if e.Op == domain.EffectRelease && !slices.ContainsFunc(f.Holds, func(h domain.Hold) bool {
				return h.ID == e.Hold && h.Anomaly == r.Anomaly
			}) {
				t.Fatalf("releases the hold of another anomaly: %+v", r)
			}
		}
	}
}

func checkTotals(t *rapid.T, f domain.Form, p domain.Plan) {
	v := p.Preview
	lines := slices.Clone(f.Order.Lines)
	for _, c := range v.Lines {
		for i := range lines {
			if lines[i].No == c.Line {
				lines[i].Quantity, lines[i].Amount, lines[i].Cancelled = c.New, c.NewAmount, c.New == 0
			}
		}
	}
	if v.NewTotal != domain.TotalOf(lines) || v.OldTotal != f.Order.Total {
		t.Fatalf("totals %v and %v, the lines make %v", v.OldTotal, v.NewTotal, domain.TotalOf(lines))
	}
}

func checkEveryAnomalyEnds(t *rapid.T, f domain.Form, p domain.Plan) {
	ended := map[domain.AnomalyID]int{}
	for _, r := range p.Resolutions {
		ended[r.Anomaly]++
		if r.Reason == "" || r.Close == "" {
			t.Fatalf("a record without a reason: %+v", r)
		}
	}
	for _, a := range f.Anomalies {
		if ended[a.ID] != 1 {
			t.Fatalf("anomaly %d ends %d times", a.ID, ended[a.ID])
		}
	}
}
