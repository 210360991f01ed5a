package db_test

import (
	"context"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/db/dial/dialtest"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// rosterActs are the acts on the roster, on what rosterReady makes.
func rosterActs() map[string]actCase {
	type try = func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, key domain.RosterKey) error
	act := func(who string, do try) actCase {
		return actCase{who: who, do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return nil, do(ctx, w, s, op, domain.RosterKey{Login: w.login("lin"), Day: rosterMonday()})
		}}
	}
	return map[string]actCase{
		"publish_roster": act("max", func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, key domain.RosterKey) error {
			rest := domain.RosterDraft{Base: 1, Cells: []domain.RosterCell{{RosterKey: key}}}
			return s.PublishRoster(ctx, op, key.Day, rest, domain.RosterPublished, "休")
		}),
		"take_shift": act("max", func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, key domain.RosterKey) error {
			return s.TakeShift(ctx, op, key, w.login("wang"), "代班")
		}),
		"note_absence": act("max", func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, key domain.RosterKey) error {
			return s.NoteAbsence(ctx, op, key, key.Day.AddDate(0, 0, 2), domain.AbsentSick, "病", w.login("wang"))
		}),
		"end_absence": act("max", func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ domain.RosterKey) error {
			var id int64
			if err := w.admin.GetContext(ctx, &id, `SELECT id FROM cleardesk.roster_absence`); err != nil {
				return err
			}
			return s.EndAbsence(ctx, op, id)
		}),
		"ask_swap": act("lin", func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, key domain.RosterKey) error {
			return s.AskSwap(ctx, op, key.Day, domain.RosterKey{Login: w.login("wang"), Day: key.Day}, "换")
		}),
		"answer_swap": act("wang", func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ domain.RosterKey) error {
			var id int64
			if err := w.admin.GetContext(ctx, &id, `SELECT id FROM cleardesk.roster_swap`); err != nil {
				return err
			}
			return s.AnswerSwap(ctx, op, id, true, "好")
		}),
		"save_template": act("max", func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, key domain.RosterKey) error {
			return s.SaveTemplate(ctx, op, domain.RosterTemplate{Name: "平日", Cells: []domain.TemplateCell{{Login: key.Login, Shifts: "09-15"}}})
		}),
	}
}

// rosterMonday is a week that is all ahead.
func rosterMonday() time.Time { return domain.WeekOf(time.Now()).AddDate(0, 0, 14) }

// rosterReady publishes a shift of lin's, and an absence or a swap where the act ends one.
func (w *deskWorld) rosterReady(act string) {
	w.Helper()
	ctx, boss, day := w.Context(), w.stores["max"], rosterMonday()
	at := time.Date(day.Year(), day.Month(), day.Day(), 4, 0, 0, 0, time.UTC)
	key := domain.RosterKey{Login: w.login("lin"), Day: day}
	shift := []domain.RosterShift{{Starts: at, Ends: at.Add(6 * time.Hour), Role: domain.RoleAgent}}
	if err := boss.PublishRoster(ctx, uuid.New(), day, domain.RosterDraft{Cells: []domain.RosterCell{{RosterKey: key, Shifts: shift}}}, domain.RosterPublished, ""); err != nil {
		w.Fatal(err)
	}
	var err error
	switch act {
	case "end_absence":
		err = boss.NoteAbsence(ctx, uuid.New(), key, day, domain.AbsentLeave, "", "")
	case "answer_swap":
		err = w.stores["lin"].AskSwap(ctx, uuid.New(), day, domain.RosterKey{Login: w.login("wang"), Day: day}, "")
	}
	if err != nil {
		w.Fatal(err)
	}
}

// A draft that was saved and not answered is saved again, and is one draft.
func TestALostAnswerToARosterDraft(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	proxy := dialtest.New(t, w.dsn("max"))
	s := w.open(proxy.DSN())
	draft := domain.RosterDraft{Cells: []domain.RosterCell{{RosterKey: domain.RosterKey{Login: w.login("lin"), Day: rosterMonday()}}}}
	lost := proxy.LoseReply(dialtest.FIN, "cleardesk.save_roster_draft(")
	if err := s.SaveRosterDraft(t.Context(), rosterMonday(), draft); err != nil {
		wantCode(t, err, domain.Unavailable)
		if err := s.SaveRosterDraft(t.Context(), rosterMonday(), draft); err != nil {
			t.Fatal(err)
		}
	}
	<-lost
	w.want("1 0", `SELECT (SELECT count(*) FROM cleardesk.roster_draft) || ' ' || (SELECT count(*) FROM cleardesk.audit)`)
}
