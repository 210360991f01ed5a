package db_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// Trainings are written down by the operations department, once each, and stay.
func TestTrainingsAreWrittenDown(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.person("xu", "training")
	today := domain.Calendar{Zone: shanghai()}.BusinessDay(time.Now())
	lesson := func(change func(*domain.Lesson)) domain.Lesson {
		l := domain.Lesson{Trainee: domain.Trainee{Store: "S1"}, Topic: domain.TopicWrongOrders, On: today.AddDate(0, 0, -40), Note: "在店里看了流程"}
		if change != nil {
			change(&l)
		}
		return l
	}
	train := func(who string, l domain.Lesson) domain.Code {
		return domain.CodeOf(w.stores[who].Train(t.Context(), uuid.New(), l))
	}
	for name, c := range map[string]struct {
		who    string
		change func(*domain.Lesson)
		want   domain.Code
	}{
		"an agent":            {"wang", nil, domain.Forbidden},
		"a manager":           {"max", nil, domain.Forbidden},
		"nobody":              {"xu", func(l *domain.Lesson) { l.Trainee = domain.Trainee{} }, domain.Invalid},
		"both":                {"xu", func(l *domain.Lesson) { l.With = domain.Logistics }, domain.Invalid},
		"no such store":       {"xu", func(l *domain.Lesson) { l.Store = "S999" }, domain.NotFound},
		"a store in being":    {"xu", func(l *domain.Lesson) { l.Topic = domain.TopicLate }, domain.Invalid},
		"no topic":            {"xu", func(l *domain.Lesson) { l.Topic = "" }, domain.Invalid},
		"tomorrow":            {"xu", func(l *domain.Lesson) { l.On = today.AddDate(0, 0, 1) }, domain.Invalid},
		"more than a year":    {"xu", func(l *domain.Lesson) { l.On = today.AddDate(0, 0, -367) }, domain.Invalid},
		"nothing said":        {"xu", func(l *domain.Lesson) { l.Note = " " }, domain.Invalid},
		"a department's step": {"xu", func(l *domain.Lesson) { l.Trainee, l.Topic = domain.Trainee{With: domain.Logistics}, domain.TopicSteps }, domain.Invalid},
		"no such department":  {"xu", func(l *domain.Lesson) { l.Trainee, l.Topic = domain.Trainee{With: "x"}, domain.TopicLate }, domain.Invalid},
	} {
		if got := train(c.who, lesson(c.change)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	w.want("0", `SELECT count(*) FROM cleardesk.training`)
	if got := train("xu", lesson(nil)); got != "" {
		t.Fatal(got)
	}
	if got := train("xu", lesson(func(l *domain.Lesson) { l.Note = "again" })); got != domain.Conflict {
		t.Errorf("the same twice: %s", got)
	}
	if got := train("xu", lesson(func(l *domain.Lesson) {
		l.Trainee, l.Topic, l.On = domain.Trainee{With: domain.Logistics}, domain.TopicLate, today
	})); got != "" {
		t.Errorf("a department today: %s", got)
	}
	if _, err := w.admin.ExecContext(t.Context(), `SET ROLE cleardesk_owner; UPDATE cleardesk.training SET note = ''`); err == nil {
		t.Error("a training can be changed")
	}
	w.want("2", `SELECT count(*) FROM cleardesk.training`)
}

// What the report reads: the lessons whose days reach into it, and the anomalies of its
// days and of those around the lessons, by the days of the platform's zone.
func TestTrainingReadsTheDaysAroundLessons(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.person("xu", "training")
	w.exec(`INSERT INTO cleardesk.training (store, dept, topic, held_on, note, by_login) SELECT x.store, x.dept, x.topic, x.on_::date, 'n', $1
		FROM (VALUES ('S1', NULL, 'wrong_orders', '2026-10-02'), ('S1', NULL, 'wrong_orders', '2026-10-01'), (NULL, 'logistics', 'late', '2026-11-30'),
		    (NULL, 'logistics', 'late', '2026-12-01')) x (store, dept, topic, on_)`, string(w.login("xu")))
	w.exec(`WITH c AS (INSERT INTO cleardesk.cases (store, lies_with, kind, why, at_risk, moments, rank, search, state, closed_at)
		    VALUES ('S1', 'customer_service', 'wrong_order', '{}', 0, '[]', 1, '', 'closed', now()) RETURNING id)
		INSERT INTO cleardesk.anomaly (case_id, kind, line_no, evidence, rule, rule_version, at_risk, hard, blocks, raised_at)
		SELECT c.id, 'wrong_order', n, '{}', 'r', 1, n, false, false, at::timestamptz
		FROM c, unnest('{"2026-09-01 15:59Z", "2026-09-01 16:00Z", "2026-12-30 15:59Z", "2026-12-30 16:00Z"}'::text[]) WITH ORDINALITY x (at, n)`)
	first := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	f, err := w.stores["wang"].Training(t.Context(), first, first.AddDate(0, 1, -1), shanghai())
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Lessons) != 2 || f.Lessons[0].On.Format("01-02") != "10-02" || f.Lessons[1].With != domain.Logistics {
		t.Errorf("lessons %+v", f.Lessons)
	}
	if len(f.Anomalies) != 2 || f.Anomalies[0].AtRisk != 2 || f.Anomalies[1].AtRisk != 3 {
		t.Errorf("anomalies %+v", f.Anomalies)
	}
}
