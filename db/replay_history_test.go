package db

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// decideOn writes an anomaly of an order as closed for a reason, without the desk.
func (w *judgeWorld) decideOn(order string, line int, kind domain.Kind, reason domain.CloseReason, atRisk int64, version int) {
	w.t.Helper()
	w.exec(`INSERT INTO cleardesk.staff (login, name, roles) VALUES ('lin', 'Lin', '{agent}') ON CONFLICT DO NOTHING`)
	w.exec(`
		WITH o AS (SELECT id, store FROM cleardesk.orders WHERE order_no = $1),
		c AS (INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search, state, closed_at)
		      SELECT store, id, 'customer_service', $3, '{}', $5, '[]', 0, '', 'closed', now() FROM o RETURNING id),
		a AS (INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, evidence, rule, rule_version, order_version, at_risk, hard,
		                                     blocks, outcome, closed_at)
		      SELECT c.id, $3, o.id, $2, '{}', 'r', 1, $6, $5, false, true, 'x', now() FROM c, o RETURNING id, case_id)
		INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, answers, effects, changed, by_login)
		SELECT gen_random_uuid(), case_id, id, $3, 'x', $4, 'r', '{}', '{}', '{}', 'lin' FROM a`,
		order, line, string(kind), string(reason), atRisk, version)
}

func (w *judgeWorld) past(s *Store) (*Past, []PastOrder) {
	w.t.Helper()
	p, err := s.OpenPast(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	var all []PastOrder
	for {
		page, err := p.Next(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if len(page) == 0 {
			return p, all
		}
		all = append(all, page...)
	}
}

// asPerson opens the database as one of the staff's groups, who may read and not write.
func (w *judgeWorld) asPerson() *Store {
	w.t.Helper()
	s, err := Open(w.db.DSN(w.db.Login(w.t, "reader", "agent")), Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = s.Close() })
	return s
}

// The past is what stores ordered, not what became of it; that stands beside it.
func TestPastIsAsOrderedWithWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.learnt(2, testLine{product: "P1", quantity: 10})
	wrong := w.order(testLine{product: "P1", quantity: 100, seen: 5}, testLine{product: "P2", quantity: 3})
	gone := w.order(testLine{product: "P1", quantity: 90})
	right := w.order(testLine{product: "P1", quantity: 80})
	w.exec(`UPDATE cleardesk.order_line SET quantity = 10000 WHERE original = 100000`)
	w.exec(`UPDATE cleardesk.order_line SET cancelled = true WHERE original IN (90000, 3000)`)
	w.decideOn(wrong, 1, domain.QuantitySurge, domain.RuleWrong, 7, 1)
	w.decideOn(wrong, 1, domain.QuantitySurge, domain.RealError, 90000, 2) // judged again after a change: the last counts
	w.decideOn(gone, 0, domain.AmountSurge, domain.RealError, 80000, 1)
	w.decideOn(right, 1, domain.QuantitySurge, domain.UnusualRight, 70000, 1)
	w.decideOn(right, 1, domain.StepMismatch, domain.RealError, 1, 1) // of no concern here
	p, all := w.past(w.asPerson())
	if !p.Decided || len(all) != 5 || p.Last-p.First != 4 {
		t.Fatalf("%+v, %d orders", p, len(all))
	}
	decision := func(line int, why domain.CloseReason, risk domain.Money) []PastDecision {
		return []PastDecision{{Line: line, Reason: why, AtRisk: risk}}
	}
	type told struct {
		No        domain.OrderNo
		Units     domain.Quantity
		Lines     int
		Decisions []PastDecision
		Changes   []PastChange
	}
	want := []told{
		{No: "O000001", Units: 10_000, Lines: 1},
		{No: "O000002", Units: 10_000, Lines: 1},
		{"O000003", 100_000, 2, decision(1, domain.RealError, 90000), []PastChange{{Line: 1, Stood: 10_000}}},
		{"O000004", 90_000, 1, decision(0, domain.RealError, 80000), []PastChange{{Line: 1}}},
		{"O000005", 80_000, 1, decision(1, domain.UnusualRight, 70000), nil},
	}
	var got []told
	for _, o := range all {
		if o.History || o.Taken.IsZero() || o.Lines[0].Cancelled {
			t.Errorf("%+v", o)
		}
		got = append(got, told{o.No, o.Lines[0].Quantity, len(o.Lines), o.Decisions, o.Changes})
	}
	at := cmpopts.IgnoreFields(PastDecision{}, "At")
	if d := cmp.Diff(want, got, at, cmpopts.IgnoreFields(PastChange{}, "At")); d != "" {
		t.Error(d)
	}
	if *all[2].Lines[0].StepSeen != 5000 {
		t.Errorf("the step it saw is %v", all[2].Lines[0].StepSeen)
	}
}

// More orders than a page holds come in their order, each once.
func TestPastIsReadPageByPage(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.put(stream(1, 5, 2, 2*pastPage+1, 2)...)
	_, all := w.past(w.open(Options{}))
	if len(all) != 2*pastPage+1 {
		t.Fatalf("%d orders", len(all))
	}
	for i := 1; i < len(all); i++ {
		if all[i].ID <= all[i-1].ID {
			t.Fatalf("order %d after %d", all[i].ID, all[i-1].ID)
		}
	}
}

// The programs' login reads orders, and is told that it may not read decisions.
func TestPastForAProgramHasNoDecisions(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.decideOn(w.order(testLine{product: "P1", quantity: 100}), 1, domain.QuantitySurge, domain.RealError, 5, 1)
	p, all := w.past(w.open(Options{}))
	if p.Decided || len(all) != 1 || all[0].Decisions != nil {
		t.Errorf("%+v %+v", p, all)
	}
}

// Settings make of orders what they make of them at the judge's.
func TestRulesAreTheJudges(t *testing.T) {
	t.Parallel()
	s := domain.Settings{}
	for name, value := range map[string]string{"detect.budget": "250", "detect.floor": "70.00", "limit.multiple": "8", "limit.cod": "500"} {
		s.Put(domain.Setting{Name: name, Scope: domain.ScopePlatform, Value: value})
	}
	s.Put(domain.Setting{Name: limitQuantity, Scope: domain.ScopeProduct, Key: "P1", Value: "40"})
	r := RulesOf(s)
	if st := r.Statistics(); st.LineBudget != 25_000 || st.OrderBudget != 25_000 || st.LineFloor != 70*domain.Yuan {
		t.Errorf("%+v", st)
	}
	o := domain.Order{Store: "S1", Lines: []domain.Line{{No: 1, Product: "P1"}, {No: 2, Product: "P2"}}}
	own := 900 * domain.Yuan
	in := r.Input(o, nil, domain.Store{CODLimit: &own}, nil)
	if l := in.Limits.Lines; l[1].HardQuantity != domain.Units(40) || l[2].HardQuantity != 0 || l[2].HardMultiple != 800 {
		t.Errorf("%+v", l)
	}
	if *in.Store.CODLimit != own || in.Store.Code != "S1" {
		t.Errorf("%+v", in.Store)
	}
	if in := r.Input(o, nil, domain.Store{}, nil); *in.Store.CODLimit != 500*domain.Yuan {
		t.Errorf("%+v", in.Store)
	}
	s.Put(domain.Setting{Name: limitCOD, Scope: domain.ScopeStore, Key: "S1", Value: "300"})
	if in := RulesOf(s).Input(o, nil, domain.Store{CODLimit: &own}, nil); *in.Store.CODLimit != 300*domain.Yuan {
		t.Errorf("%+v", in.Store)
	}
	o.Store = "S2"
	if in := RulesOf(s).Input(o, nil, domain.Store{}, nil); *in.Store.CODLimit != 500*domain.Yuan {
		t.Errorf("%+v", in.Store)
	}
	if in := RulesOf(domain.Settings{}).Input(o, nil, domain.Store{}, nil); in.Limits.Lines != nil {
		t.Errorf("%+v", in.Limits)
	}
}
