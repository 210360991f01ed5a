package db

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// desk opens the database as somebody on the staff.
func (w *judgeWorld) desk(name, role string) *Store {
	w.t.Helper()
	login := w.db.Login(w.t, name, role)
	w.exec(`INSERT INTO cleardesk.staff (login, name, roles) VALUES ($1, $2, $3)`, login, name, "{"+role+"}")
	s, err := Open(w.db.DSN(login), Options{Statement: time.Minute})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = s.Close() })
	return s
}

// set sets a value for the whole platform.
func (w *judgeWorld) set(name, value string) {
	w.t.Helper()
	w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES ($1, 'platform', '', '2020-01-01', $2, 'mao')`,
		name, value)
}

// decide writes a case with the same choice everywhere; a change is to quantity. It
// gives what the form foretold.
func (w *judgeWorld) decide(s *Store, id domain.CaseID, choice domain.Choice, quantity domain.Quantity) domain.Preview {
	w.t.Helper()
	ctx := w.t.Context()
	claim, err := s.Claim(ctx, uuid.New(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	file, err := s.CaseFile(ctx, id)
	if err != nil {
		w.t.Fatal(err)
	}
	me, err := s.Welcome(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	f := domain.NewForm(domain.FormCaseOf(file, me.Me, time.Now()))
	at := domain.Stamp{At: time.Now().UTC(), By: me.Me.Login}
	a := domain.Answers{Look: &at, Call: &domain.Call{Stamp: at, Outcome: domain.NotNeeded}}
	for _, target := range f.Targets {
		a.Decisions = append(a.Decisions, domain.Decision{
			Stamp: at, Target: target.Line, Choice: choice, Quantity: quantity, OnLine: target.Line,
			Why: domain.Reasons(target.Lead().Kind, choice)[0],
		})
	}
	p := f.Plan(a)
	if !p.Ready() {
		w.t.Fatalf("case %d cannot be written: %+v", id, p.Missing)
	}
	_, err = s.Resolve(ctx, uuid.New(), domain.Handled{Case: id, Claim: claim.No, Version: f.Version, Resolutions: p.Resolutions, Answers: a})
	if err != nil {
		w.t.Fatalf("case %d: %v", id, err)
	}
	return p.Preview
}

// openCases lists the cases that are not closed.
func (w *judgeWorld) openCases() []domain.CaseID {
	w.t.Helper()
	var out []domain.CaseID
	if err := w.admin.SelectContext(w.t.Context(), &out, `SELECT id FROM cleardesk.cases WHERE state <> 'closed' AND cause IS NULL ORDER BY id`); err != nil {
		w.t.Fatal(err)
	}
	return out
}

// surged makes a world in which S1, and S2 just the same, always ordered ten of P1
// and P2, and S1 has ordered forty of P1 once, which was flagged and then decided on.
func surged(t *testing.T, choice domain.Choice, settings map[string]string) (*judgeWorld, domain.Preview) {
	t.Helper()
	w := newJudgeWorld(t)
	w.exec(`INSERT INTO cleardesk.store (code, name) VALUES ('S2', '复兴路店')`)
	for name, value := range settings {
		w.set(name, value)
	}
	w.learnt(20, usualLines(10)...)
	for i := range 20 {
		w.put(testOrder{store: "S2", at: firstOrder.Add(time.Duration(i-20) * 24 * time.Hour), history: true, lines: usualLines(10)})
	}
	no := w.order(usualLines(40)...)
	w.run()
	w.want("quantity_surge 1", anomalies, no)
	return w, w.decide(w.desk("lin", "agent"), w.openCases()[0], choice, 0)
}

// usualLines are the lines of a usual order but for the quantity of P1.
func usualLines(n int64) []testLine {
	return []testLine{{product: "P1", quantity: n}, {product: "P2", quantity: 10, price: 100_000}}
}
