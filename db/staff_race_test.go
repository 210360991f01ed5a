package db_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// A claim that began before somebody went off the staff and would end after it.
func TestNobodyClaimsWhileGoingOffTheStaff(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	off, err := w.admin.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = off.Rollback() }()
	if _, err := off.ExecContext(t.Context(), `SELECT cleardesk.staff_off($1, $2)`, uuid.New(), string(w.login("lin"))); err != nil {
		t.Fatal(err)
	}
	claimed := make(chan error, 1)
	go func() {
		_, err := w.stores["lin"].Claim(t.Context(), uuid.New(), c.id)
		claimed <- err
	}()
	w.base.AwaitBlocked(t)
	if err := off.Commit(); err != nil {
		t.Fatal(err)
	}
	wantCode(t, <-claimed, domain.Forbidden)
	w.want("0", `SELECT count(*) FROM cleardesk.cases WHERE holder IS NOT NULL`)
}

// The other way round: what was claimed a moment before is free again.
func TestStaffOffSeesTheClaimThatWasFaster(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	lin, err := w.base.Open(t, string(w.login("lin"))).BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lin.Rollback() }()
	if _, err := lin.ExecContext(t.Context(), `SELECT cleardesk.claim($1, $2)`, uuid.New(), int64(c.id)); err != nil {
		t.Fatal(err)
	}
	freed := make(chan string, 1)
	go func() {
		var out string
		err := w.admin.GetContext(t.Context(), &out, `SELECT cleardesk.staff_off($1, $2) ->> 'freed'`, uuid.New(), string(w.login("lin")))
		if err != nil {
			out = err.Error()
		}
		freed <- out
	}()
	w.base.AwaitBlocked(t)
	if err := lin.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := <-freed; got != "[1]" {
		t.Errorf("free again: %s", got)
	}
	w.want("off", `SELECT what FROM cleardesk.claim ORDER BY at DESC LIMIT 1`)
}

// A call to be made again in a month holds the case no longer than into tomorrow.
func TestACallLeasesADayAtMost(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for again, most := range map[time.Duration]time.Duration{30 * 24 * time.Hour: 24*time.Hour + 20*time.Minute, time.Hour: 80 * time.Minute} {
		c := w.put("S1", "", deskLine{"P1", 480, surge})
		w.claim("lin", c)
		at := time.Now().Add(again)
		_, err := w.stores["lin"].RecordCall(t.Context(), uuid.New(), domain.CallReport{Cases: []domain.CaseID{c.id}, Outcome: domain.Busy, Again: &at})
		if err != nil {
			t.Fatal(err)
		}
		w.want("true", `SELECT abs(extract(epoch FROM lease_until - now()) - $2) < 30 FROM cleardesk.cases WHERE id = $1`, int64(c.id), most.Seconds())
	}
}
