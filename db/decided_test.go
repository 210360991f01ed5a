package db

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// A past that is written counts as one that happened: in the week, in the work, in the
// training and in the precision of the rule; its order is made once.
func TestAPastIsWritten(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.desk("lin", "agent")
	lin := domain.Login(w.text(`SELECT login FROM cleardesk.staff`))
	admin, err := Open(w.db.DSN("cleardesk_admin"), Options{App: "cleardesk/admin"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin.Close() })
	at := time.Date(2026, 11, 17, 5, 30, 0, 0, time.UTC)
	one := domain.DecidedCase{
		Order: domain.Order{
			No: "1117-0301", Store: "S1", PlacedAt: at, BusinessDay: at, State: domain.Settled, Total: 6_000,
			Lines: []domain.Line{{No: 1, Product: "P1", Quantity: 5_000, Price: 1_200, Amount: 6_000}},
		},
		Kind: domain.QuantitySurge, Line: 1, Product: "P1", With: domain.CustomerService, Rule: "surge", Version: 2, AtRisk: 54_000, Blocks: true,
		Raised: at, Claimed: at.Add(10 * time.Minute), Closed: at.Add(15 * time.Minute), Last: at.Add(2 * time.Hour), By: lin,
		Outcome: domain.QuantityCorrected, Reason: domain.RealError, Effects: []domain.Effect{{Op: domain.EffectSetQuantity, Line: 1}},
		Changed: []domain.ResolvedLine{{Line: 1, Product: "P1", Old: 50_000, New: 5_000, OldAmount: 60_000, NewAmount: 6_000}},
	}
	again := one
	again.Kind, again.Outcome, again.Reason, again.Reopened, again.Changed, again.Blocks = domain.StepMismatch, domain.FalseAlarm, domain.RuleWrong, true, nil, false
	lapsed := one
	lapsed.Kind, lapsed.Outcome, lapsed.Claimed, lapsed.Rule = domain.Replenishment, domain.Lapsed, time.Time{}, "gap"
	if err := admin.PutDecided(t.Context(), []domain.DecidedCase{one, again, lapsed}, []domain.Lesson{
		{Trainee: domain.Trainee{With: domain.CustomerService}, Topic: domain.TopicReopened, On: at.AddDate(0, 0, -1), Note: "n", By: lin},
	}); err != nil {
		t.Fatal(err)
	}
	w.want("1 1", `SELECT count(DISTINCT o.id) || ' ' || count(*) FROM cleardesk.orders o JOIN cleardesk.order_line l ON l.order_id = o.id`)
	from, to, calendar := weekOfNovember(t)
	facts, err := admin.WeekFacts(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	rows := domain.WeekRows(facts, calendar)
	all := rows[len(rows)-1]
	const m = time.Minute
	span := func(d time.Duration) domain.Span { return domain.Span{Median: d, Ninth: d} }
	if d := cmp.Diff(domain.WeekRow{Raised: 3, Decided: 2, Lapsed: 1, Touched: 2, Touch: span(10 * m), Resolve: span(15 * m), Held: 54_000, Saved: 54_000}, all); d != "" {
		t.Error(d)
	}
	if p := facts.Anomalies[0].Of; p.Case == 0 || p.Order == 0 || p.OrderNo != "1117-0301" || p.Store != "S1" || p.NameEn != "Wutong Road" || p.With != domain.CustomerService {
		t.Errorf("it was at %+v", p)
	}
	f, err := admin.Training(t.Context(), at.AddDate(0, 0, -10), at.AddDate(0, 0, 3), calendar.Zone)
	if err != nil {
		t.Fatal(err)
	}
	got := domain.TrainingRows(f, 1, calendar)
	if len(got) != 1 || got[0].Reopened != 1 || got[0].FalseAlarms != 1 || len(got[0].Held) != 1 || got[0].Held[0].After != 1 {
		t.Errorf("training %+v", got)
	}
	items, err := admin.RuleItems(t.Context(), "surge", 2, from, to)
	if err != nil || len(items) != 2 || items[0].Of.OrderNo != "1117-0301" {
		t.Errorf("items %+v %v", items, err)
	}
	counted, err := admin.Precision(t.Context(), at, calendar.Zone)
	if err != nil || len(counted) != 2 || counted[1].Raised != len(items) || counted[1].Right != 1 || counted[1].Wrong != 1 {
		t.Errorf("precision %+v %v", counted, err)
	}
}

// Work belongs to the published shift of its person; an earlier version of the week does
// not count.
func TestWorkIsOfThePublishedShift(t *testing.T) {
	t.Parallel()
	w, lin := reportWorld(t)
	w.exec(`WITH v AS (INSERT INTO cleardesk.roster_version (week, no, why, changes, by_login)
		    SELECT '2026-11-16', n, 'published', '[]', (SELECT login FROM cleardesk.staff WHERE name = 'lin') FROM unnest('{1,2}'::int[]) n RETURNING id, no)
		INSERT INTO cleardesk.roster_shift (version, login, day, starts, ends, role)
		SELECT v.id, s.login, '2026-11-16', x.starts::timestamptz, x.ends::timestamptz, 'agent'
		FROM (VALUES (1, '2026-11-16 05:00Z', '2026-11-16 09:00Z'), (2, '2026-11-16 06:10Z', '2026-11-16 06:25Z')) x (no, starts, ends)
		JOIN v ON v.no = x.no, cleardesk.staff s WHERE s.name = 'lin'`)
	from, to, calendar := weekOfNovember(t)
	work, err := lin.Work(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	rows := domain.WorkShifts(work, calendar)
	got := map[string]int{}
	for _, r := range rows {
		if r.Day.IsZero() {
			got[r.Shift] = r.Claimed*100 + r.Handled
		}
	}
	// One claim began with the shift; the record was written at its end, which is not in it.
	if d := cmp.Diff(map[string]int{"14:10-14:25": 100, domain.NoShift: 303, "": 403}, got); d != "" {
		t.Error(d)
	}
}
