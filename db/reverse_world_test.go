package db_test

import (
	"errors"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// plan foretells for somebody what taking a case back would do.
func (w *deskWorld) plan(who string, c deskCase) (domain.ReversalPlan, domain.CaseFile) {
	w.Helper()
	file, err := w.stores[who].CaseFile(w.Context(), c.id)
	if err != nil {
		w.Fatal(err)
	}
	seen, err := w.stores[who].Welcome(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	return domain.PlanReversal(file, seen.Me, time.Now()), file
}

// takeBack takes a case back as somebody who has seen it as it is.
func (w *deskWorld) takeBack(who string, c deskCase) (domain.Reversed, error) {
	w.Helper()
	return w.stores[who].Reverse(w.Context(), uuid.New(), c.id, w.form(who, c).Version, "看错单")
}

// asWas is the order with its stock, holds, anomalies and case: all that a reversal
// puts back. Versions, claims and the numbers of holds go on.
const asWas = `SELECT md5(string_agg(x, '|')) FROM (
	(SELECT concat_ws(' ', 'o', state, total, accepted_at IS NULL) AS x FROM cleardesk.orders ORDER BY id)
	UNION ALL (SELECT concat_ws(' ', 'l', order_id, line_no, quantity, amount, cancelled, reserved, waiting) FROM cleardesk.order_line ORDER BY order_id, line_no)
	UNION ALL (SELECT concat_ws(' ', 'h', line_no, anomaly_id, pending) FROM cleardesk.hold WHERE released_at IS NULL ORDER BY anomaly_id)
	UNION ALL (SELECT concat_ws(' ', 'p', code, reserved) FROM cleardesk.product ORDER BY code)
	UNION ALL (SELECT concat_ws(' ', 'a', id, outcome, closed_at) FROM cleardesk.anomaly ORDER BY id)
	UNION ALL (SELECT concat_ws(' ', 'c', id, state, more, lies_with) FROM cleardesk.cases ORDER BY id)
	UNION ALL (SELECT concat_ws(' ', 'w', what, order_id, line_no) FROM cleardesk.waiting ORDER BY seq)) y`

// judged lets the judge see what waits.
func (w *deskWorld) judged() {
	w.Helper()
	if w.stores["judge"] == nil {
		w.stores["judge"] = w.open(w.base.DSN(w.base.Login(w, "judge", "intake")))
	}
	if err := db.NewJudge(w.stores["judge"], db.JudgeOptions{}).Run(w.Context(), false); err != nil {
		w.Fatal(err)
	}
}

// breaches fails unless the rules that hold after every act do.
func (w *deskWorld) breaches() {
	w.Helper()
	var found []string
	if err := w.admin.Select(&found, addsUp); err != nil {
		w.Fatal(err)
	}
	if len(found) > 0 {
		w.Errorf("%v", found)
	}
}

// failing is what a test and a property have in common.
type failing interface {
	Helper()
	Fatalf(format string, args ...any)
}

// asForetold compares what the preview of a reversal said with what was done.
func asForetold(t failing, p domain.ReversalPlan, r domain.Reversed) {
	t.Helper()
	var changed []domain.LineChange
	for _, c := range r.Changed {
		changed = append(changed, domain.LineChange(c))
	}
	same := cmp.Equal(p.Lines, changed) && p.OldTotal == r.Order.OldTotal && p.NewTotal == r.Order.Total && p.State == r.Order.State &&
		len(p.Held) == len(r.Holds) && p.Reopened == len(r.Records) && p.Learnt == r.Learnt && len(p.Quieter) == len(r.Ended)
	for i := range p.Held {
		same = same && p.Held[i] == r.Holds[i]
	}
	if p.Bar != "" || !same {
		t.Fatalf("foretold %+v\nwritten %+v", p, r)
	}
}

// reverseAny takes a case back as somebody, and holds what is done or refused to what
// was foretold.
func (w *deskWorld) reverseAny(rt *rapid.T, who string, c deskCase) error {
	plan, file := w.plan(who, c)
	r, err := w.stores[who].Reverse(w.Context(), uuid.New(), c.id, file.Row.Version, "改主意")
	if err == nil {
		asForetold(rt, plan, r)
		return nil
	}
	e, _ := errors.AsType[*domain.Error](err)
	needs := who == "zhao" && e.Code == domain.Forbidden
	if held := plan.Bar == domain.BarHeld && (e.Code == domain.Taken || e.Code == domain.Forbidden); !needs && !held && e.Detail["reverse"] != string(plan.Bar) {
		rt.Fatalf("foretold %q, refused %v %v", plan.Bar, err, e.Detail)
	}
	return err
}

// refusedFor fails unless taking back is refused, as foretold.
func (w *deskWorld) refusedFor(who string, c deskCase, code domain.Code, bar domain.ReversalBar) map[string]string {
	w.Helper()
	plan, _ := w.plan(who, c)
	_, err := w.takeBack(who, c)
	e, _ := errors.AsType[*domain.Error](err)
	if domain.CodeOf(err) != code || plan.Bar != bar || bar != domain.BarHeld && e.Detail["reverse"] != string(bar) {
		w.Fatalf("foretold %q, refused: %v; want %s %q", plan.Bar, err, code, bar)
	}
	return e.Detail
}

// takenBackCase is one write that is taken back: the choice, what of the order is held,
// whether the judge has seen it between, and the decisions that follow.
type takenBackCase struct {
	choice    domain.Choice
	whole     domain.Kind
	judged    bool
	decisions string
}

func takenBack() map[string]takenBackCase {
	return map[string]takenBackCase{
		"genuine":             {choice: domain.ChooseGenuine, decisions: "line_held 1"},
		"genuine, whole":      {choice: domain.ChooseGenuine, whole: domain.AmountSurge, decisions: "order_held 0,line_held 1"},
		"false alarm":         {choice: domain.ChooseFalseAlarm, decisions: "line_held 1"},
		"corrected":           {choice: domain.ChooseChange, decisions: "quantity_changed 1"},
		"corrected, whole":    {choice: domain.ChooseChange, whole: domain.AmountSurge, decisions: "quantity_changed 1"},
		"corrected, judged":   {choice: domain.ChooseChange, judged: true, decisions: "quantity_changed 1,line_held 1"},
		"whole, judged":       {choice: domain.ChooseChange, whole: domain.AmountSurge, judged: true, decisions: "quantity_changed 1,order_held 0,line_held 1"},
		"line cancelled":      {choice: domain.ChooseDropLine, decisions: "line_restored 1,line_held 1"},
		"line, whole, judged": {choice: domain.ChooseDropLine, whole: domain.AmountSurge, judged: true, decisions: "line_restored 1,order_held 0,line_held 1"},
		"order cancelled":     {choice: domain.ChooseDropOrder, decisions: "order_restored 0,line_held 1"},
		"order, whole":        {choice: domain.ChooseDropOrder, whole: domain.AmountSurge, decisions: "order_restored 0,order_held 0,line_held 1"},
	}
}
