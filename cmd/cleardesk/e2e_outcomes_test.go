package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/cell"

	"github.com/google/uuid"
)

// TestEveryOutcome takes each kind from the file that tells of it to each of its
// outcomes: judged, handled with the guided form by somebody with the role, and looked
// up in the database: record, effect, audit and how the order stands.
func TestEveryOutcome(t *testing.T) {
	t.Parallel()
	for _, k := range domain.Kinds() {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			s := newScene(t, k)
			s.happen()
			byKeys := byKeys()[k]
			for _, o := range domain.Outcomes(k) {
				if o == byKeys.outcome {
					s.prepare(o)
					s.press(o, byKeys.who, byKeys.keys...)
					s.check(o)
				}
			}
			for _, o := range mendedLast(domain.Outcomes(k)) {
				if o != byKeys.outcome {
					s.prepare(o)
					s.handle(o)
					s.check(o)
				}
			}
		})
	}
}

// mendedLast puts corrections last: they end what others are about too.
func mendedLast(all []domain.Outcome) []domain.Outcome {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b domain.Outcome) int {
		switch {
		case mends(a) == mends(b):
			return 0
		case mends(a):
			return 1
		}
		return -1
	})
	return out
}

// mends tells whether an outcome is a correction of the catalogue.
func mends(o domain.Outcome) bool {
	return slices.Contains([]domain.Outcome{domain.StepCorrected, domain.StockCorrected, domain.ListingCorrected, domain.DelistedConfirmed}, o)
}

// byKeys tells which outcome of each kind is brought about with keys alone, by whom, and
// how: 5 rings nobody, enter takes what is typed as it begins.
func byKeys() map[domain.Kind]struct {
	outcome domain.Outcome
	who     string
	keys    []string
} {
	return map[domain.Kind]struct {
		outcome domain.Outcome
		who     string
		keys    []string
	}{
		domain.Exchange:       {domain.SupplementCreated, "lin", []string{"5", "1", "Enter", "1"}},
		domain.QuantitySurge:  {domain.QuantityCorrected, "lin", []string{"1", "1", "1", "2", "Enter", "1"}},
		domain.AmountSurge:    {domain.ConfirmedGenuine, "lin", []string{"1", "1", "2", "1", "1"}},
		domain.StepMismatch:   {domain.QuantityRounded, "lin", []string{"1", "1", "3", "1", "Enter", "1"}},
		domain.SlowFulfilment: {domain.Rescheduled, carrier, []string{"5", "1", "Enter", "1"}},
		domain.OrderChange:    {domain.CancelledReordered, "lin", []string{"5", "1", "Enter", "1"}},
		domain.ShortWeight:    {domain.Credited, "lin", []string{"5", "1", "Enter", "1", "1"}},
		domain.Replenishment:  {domain.Reordered, "lin", []string{"1", "1", "1", "1", "Enter", "1"}},
		domain.ZeroStock:      {domain.Substituted, "lin", []string{"1", "1", "3", "5", "1", "Enter", "1"}},
		domain.NotOrderable:   {domain.FalseAlarm, "lin", []string{"5", "1"}},
		domain.Overweight:     {domain.Charged, "lin", []string{"5", "1", "Enter", "1", "1"}},
		domain.WrongOrder:     {domain.OrderCancelled, "lin", []string{"1", "1", "1", "1", "1"}},
		domain.Return:         {domain.Returned, "lin", []string{"5", "1", "Enter", "1"}},
	}
}

// press brings a case to an outcome at a desk of 80 by 24, from the queue to the record.
func (s *scene) press(o domain.Outcome, login string, pressed ...string) {
	s.t.Helper()
	i := s.of(o)
	s.lies(i, s.person(o))
	x := newTerminal(s.t, seating{env: append(s.seat(login), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("试点")
	x.press("/")
	x.sees("enter 留用")
	x.write(s.store(i))
	x.sees("[ " + s.store(i))
	x.press("Enter")
	x.sees("1-1 / 1", fmt.Sprintf("试点%d店", i))
	x.press("Enter")
	x.sees("> 2 ", fmt.Sprintf("试点%d店", i))
	for _, key := range pressed { // one by one: what comes at once is taken for pasted text
		before := x.text()
		x.press(key)
		x.until("key "+key+" does something", func(now string) bool { return now != before })
		x.settle() // the claim changes the screen too, and may be mistaken for what the key did
	}
	for n, line := range strings.Split(x.sees("可写入", "归我"), "\n") {
		if w := cell.Width(line); w > x.w || n >= x.h {
			s.t.Errorf("line %d of the form has %d cells: %s", n+1, w, line)
		}
	}
	x.press("C-s")
	x.sees("再按 ctrl+s 写入")
	s.want("0", "SELECT count(*) FROM cleardesk.resolution_record WHERE case_id = $1", int64(s.caseOf(i)))
	x.settle()
	x.press("C-s")
	s.until("1", "SELECT count(*) FROM cleardesk.resolution_record WHERE case_id = $1 AND kind = $2", int64(s.caseOf(i)), string(s.kind))
	s.until("0", "SELECT count(*) FROM cleardesk.waiting")
}

// of is the number of an outcome's store.
func (s *scene) of(o domain.Outcome) int { return slices.Index(domain.Outcomes(s.kind), o) + 1 }

// prepare does what others have to do before the outcome can be written.
func (s *scene) prepare(o domain.Outcome) {
	s.t.Helper()
	if o != domain.Returned && o != domain.SupplierRejected {
		return
	}
	says := domain.Finding{What: domain.FindSupplier, Answer: domain.FoundYes}
	if o == domain.SupplierRejected {
		says.Answer, says.Note = domain.FoundNo, "none of ours"
	}
	for _, f := range []domain.Finding{{What: domain.FindGoods, Answer: domain.FoundYes}, says} {
		file := s.lies(s.of(o), domain.Staff{Login: buyer, Roles: []domain.Role{domain.RoleProcurement}})
		if _, err := s.desk(buyer).RecordFinding(s.t.Context(), uuid.New(), file.Row.Case, f); err != nil {
			s.t.Fatal(err)
		}
	}
}

// handle brings a case to an outcome by the answers of its form.
func (s *scene) handle(o domain.Outcome) {
	s.t.Helper()
	who := s.person(o)
	file := s.lies(s.of(o), who)
	who.Login = s.login(string(who.Login))
	desk := s.desk(string(s.person(o).Login))
	form := domain.NewForm(domain.FormCaseOf(file, who, s.now))
	answers := s.answer(form, o)
	plan := form.Plan(answers)
	switch plan.Next() {
	case domain.StepWrite:
		claim, err := desk.Claim(s.t.Context(), uuid.New(), file.Row.Case)
		if err != nil {
			s.t.Fatal(err)
		}
		if _, err := desk.Resolve(s.t.Context(), uuid.New(), domain.Handled{
			Case: file.Row.Case, Claim: claim.No, Version: file.Row.Version, Resolutions: plan.Resolutions, Answers: answers,
		}); err != nil {
			s.t.Fatalf("%s: %v\n%+v", o, err, plan.Resolutions)
		}
	case domain.StepCorrect:
		if _, err := desk.Correct(s.t.Context(), uuid.New(), s.correction(file, *plan.Correct)); err != nil {
			s.t.Fatalf("%s: %v", o, err)
		}
	default:
		s.t.Fatalf("%s: then %s to %q because %q, missing %v", o, plan.Next(), plan.HandTo, plan.HandWhy, plan.Missing)
	}
	s.until("0", "SELECT count(*) FROM cleardesk.waiting")
}

// answer answers the questions of a form so that they come to an outcome: the store is
// not rung, of lists the first is taken, and what is typed stays as it begins.
func (s *scene) answer(f domain.Form, o domain.Outcome) domain.Answers {
	s.t.Helper()
	stamp := domain.Stamp{At: s.now, By: f.By.Login}
	var a domain.Answers
	for q, asked := f.Current(a); asked; q, asked = f.Current(a) {
		if q.ID.Ask == domain.AskQuantity {
			d, _ := a.Decision(q.ID.Target)
			proposed := f.Quantities(d)
			if len(proposed) == 0 {
				s.t.Fatalf("%s: no quantity is proposed: %+v", o, d)
			}
			a = f.SetQuantity(a, q.ID.Target, proposed[0].Quantity, stamp)
			continue
		}
		digit := 1
		for _, option := range q.Options {
			outcome, _ := domain.OutcomeOf(s.kind, domain.Choice(option.Code))
			if q.ID.Ask == domain.AskCall && option.Code == string(domain.NotNeeded) || q.ID.Ask == domain.AskDecide && outcome == o {
				digit = option.Digit
				break
			}
			if q.ID.Ask == domain.AskDecide {
				digit = 0 // it has to be offered
			}
		}
		var err error
		if a, err = f.Choose(a, q.ID, digit, stamp); err != nil {
			s.t.Fatalf("%s: %s: %v", o, q.ID.Ask, err)
		}
		if next, _ := f.Current(a); next.ID == q.ID {
			s.t.Fatalf("%s: digit %d does not answer %s", o, digit, q.ID.Ask)
		}
	}
	return a
}

// correction is what the buyer finds: a step of 3, 50 in stock, or what the form says of
// the listing.
func (s *scene) correction(f domain.CaseFile, c domain.CorrectionToMake) domain.Correction {
	k := domain.Correction{What: c.What, Product: c.Product, Status: c.Status, Reason: domain.WrongImport, Case: f.Row.Case}
	switch c.What {
	case domain.CorrectStep:
		step := domain.Quantity(100)
		k.Step, k.Seen = &step, f.Products[c.Product].StepVersion
	case domain.CorrectStock:
		counted := domain.Units(50)
		k.Counted, k.CountedAt = &counted, s.now
	case domain.CorrectListing:
	}
	return k
}

// check looks up what came of an outcome.
func (s *scene) check(o domain.Outcome) {
	s.t.Helper()
	id := s.caseOf(s.of(o))
	act := "resolve"
	if mends(o) {
		act = "correct"
	}
	who := string(s.login(string(s.person(o).Login)))
	s.want(string(o)+" "+who+" "+act+" "+who+" closed", `SELECT concat_ws(' ', r.outcome, r.by_login, d.act, d.actor, c.state)
		FROM cleardesk.resolution_record r JOIN cleardesk.cases c ON c.id = r.case_id JOIN cleardesk.audit d ON d.op = r.op
		WHERE r.case_id = $1 AND r.kind = $2`, int64(id), string(s.kind))
	if got, want := s.stands(s.of(o)), endings()[string(s.kind)+" "+string(o)]; got != want {
		s.t.Errorf("%s %s:\n got %s\nwant %s", s.kind, o, got, want)
	}
}

// stands tells how things stand with the order, the money, the goods and the promises of
// an outcome.
func (s *scene) stands(i int) string {
	s.t.Helper()
	return s.value(`SELECT concat_ws('; ',
		(SELECT o.state || ' ' || o.total FROM cleardesk.orders o WHERE o.order_no = $1),
		(SELECT string_agg(l.product || ' ' || l.quantity || CASE WHEN l.cancelled THEN ' off' ELSE '' END, ', ' ORDER BY l.line_no)
		 FROM cleardesk.order_line l JOIN cleardesk.orders o ON o.id = l.order_id WHERE o.order_no = $1),
		(SELECT 'held ' || count(*) FROM cleardesk.hold h JOIN cleardesk.orders o ON o.id = h.order_id WHERE o.order_no = $1 AND h.released_at IS NULL HAVING count(*) > 0),
		(SELECT string_agg(n.link || ' ' || n.state || ' ' || n.total, ', ') FROM cleardesk.orders n WHERE n.store = $2 AND n.link <> ''),
		(SELECT string_agg(a.what || ' ' || a.amount, ', ') FROM cleardesk.adjustment a WHERE a.store = $2),
		(SELECT string_agg(m.why || ' ' || m.product || ' ' || m.delta, ', ' ORDER BY m.id) FROM cleardesk.stock_move m
		 LEFT JOIN cleardesk.orders o ON o.id = m.order_id WHERE (o.order_no = $1 OR m.product = $3) AND m.why <> 'shipped'),
		(SELECT string_agg('told ' || e.what || coalesce(' ' || (e.detail ->> 'stage'), ''), ', ') FROM cleardesk.event e WHERE e.store = $2 AND e.by_login IS NOT NULL),
		(SELECT 'planned anew' FROM cleardesk.delivery_plan d JOIN cleardesk.orders o ON o.id = d.order_id WHERE o.order_no = $1 AND d.record_id IS NOT NULL),
		(SELECT 'limit ' || t.value FROM cleardesk.setting t WHERE t.name = 'limit.cod' AND t.key = $2),
		(SELECT string_agg(c.what || ' ' || c.old_value || ' > ' || c.new_value, ', ') FROM cleardesk.correction c JOIN cleardesk.cases k ON k.id = c.case_id WHERE k.store = $2),
		(SELECT 'open ' || string_agg(a.kind, ', ') FROM cleardesk.anomaly a JOIN cleardesk.cases k ON k.id = a.case_id WHERE k.store = $2 AND a.closed_at IS NULL))`,
		s.number(i), s.store(i), s.scarce(i))
}
