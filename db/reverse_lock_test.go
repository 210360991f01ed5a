package db_test

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// The judge counts its decisions before it takes what waited away and writes its own
// row, and who takes a case back must too.
func TestReverseCountsDecisionsBeforeWhatWaits(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	if _, err := w.finish("lin", c, domain.ChooseGenuine, 0); err != nil {
		t.Fatal(err)
	}
	version := w.form("lin", c).Version
	w.want("learn", `SELECT what FROM cleardesk.waiting`)

	w.base.LetWait(t)
	lin := w.open(w.base.DSN(string(w.login("lin"))))
	judging, err := w.admin.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = judging.Rollback() }()
	step := func(statement string) {
		t.Helper()
		if _, err := judging.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("the judge and the desk wait for each other: %s: %v", statement, err)
		}
	}
	step("SET LOCAL lock_timeout = '5s'")
	step("UPDATE cleardesk.decision_counter SET n = n")
	done := make(chan error, 1)
	go func() {
		_, err := lin.Reverse(t.Context(), uuid.New(), c.id, version, "wrong row")
		done <- err
	}()
	w.base.AwaitBlocked(t)
	step("DELETE FROM cleardesk.waiting")
	step("UPDATE cleardesk.judge SET catalogue = catalogue")
	if err := judging.Commit(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	w.want("open", `SELECT state FROM cleardesk.cases WHERE id = $1`, int64(c.id))
}
