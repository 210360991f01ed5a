package db_test

import (
	"errors"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

func TestStaffComesWithALoginAndGoesWithoutOne(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	admin := w.open(w.base.DSN("cleardesk_admin"))
	mei := domain.Staff{Login: w.login("mei"), Name: "梅", NameEn: "Mei", Roles: []domain.Role{domain.RoleAgent, domain.RoleTraining}}
	if err := admin.AddStaff(t.Context(), uuid.New(), mei); err != nil {
		t.Fatal(err)
	}
	w.stores["mei"] = w.open(w.base.DSN(string(mei.Login)))
	seen, err := w.stores["mei"].Welcome(t.Context())
	me := seen.Me
	if err != nil || me.Name != "梅" || len(me.Roles) != 2 {
		t.Fatalf("%+v %v", me, err)
	}
	session := w.base.Open(t, string(mei.Login))
	var limits string
	if err := session.Get(&limits, `SELECT concat_ws(' ', current_setting('statement_timeout'), current_setting('lock_timeout'),
		current_setting('idle_in_transaction_session_timeout'), current_setting('idle_session_timeout'))`); err != nil || limits != "5s 2s 10s 0" {
		t.Errorf("limits %q %v", limits, err)
	}
	// Another department: the group of the old one goes.
	mei.Roles = []domain.Role{domain.RoleAgent}
	if err := admin.AddStaff(t.Context(), uuid.New(), mei); err != nil {
		t.Fatal(err)
	}
	w.want("cleardesk_agent", `SELECT string_agg(g.rolname, ',') FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
		WHERE m.member = $1::regrole`, string(mei.Login))

	c := w.put("S1", "", deskLine{"P1", 480, surge})
	claim := w.claim("mei", c)
	f := w.form("mei", c)
	var freed []domain.CaseID
	if freed, err = admin.StaffOff(t.Context(), uuid.New(), mei.Login); err != nil || len(freed) != 1 || freed[0] != c.id {
		t.Fatalf("%v %v", freed, err)
	}
	if err := session.Ping(); err == nil {
		t.Error("the session goes on, or another begins")
	}
	_, err = w.stores["mei"].Resolve(t.Context(), uuid.New(), handled(f, claim, w.decided(f, domain.ChooseGenuine, 0)))
	wantCode(t, err, domain.Forbidden)
	w.want("off", `SELECT what FROM cleardesk.claim ORDER BY at DESC LIMIT 1`)
	w.want("false 0", `SELECT concat_ws(' ', rolcanlogin::text, (SELECT count(*) FROM pg_auth_members m
		WHERE m.roleid = r.oid)) FROM pg_roles r WHERE rolname = $1`, string(mei.Login))
	if freed, err = admin.StaffOff(t.Context(), uuid.New(), mei.Login); err != nil || len(freed) != 0 {
		t.Errorf("off again: %v %v", freed, err)
	}
	if err := admin.AddStaff(t.Context(), uuid.New(), mei); err != nil {
		t.Errorf("back again: %v", err)
	}
}

// Somebody whose session outlives the row is refused by every act.
func TestInactiveStaffIsRefused(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	lin := w.stores["lin"]
	claim := w.claim("lin", c)
	w.exec(`UPDATE cleardesk.staff SET active = false WHERE login = $1`, string(w.login("lin")))
	_, err := lin.Claim(t.Context(), uuid.New(), c.id)
	wantCode(t, err, domain.Forbidden)
	wantCode(t, lin.GiveBack(t.Context(), uuid.New(), c.id, claim.No), domain.Forbidden)
	_, err = lin.ExtendClaim(t.Context(), c.id, claim.No)
	wantCode(t, err, domain.Forbidden)
	wantCode(t, lin.NoteCase(t.Context(), uuid.New(), c.id, "x"), domain.Forbidden)
	_, err = lin.Beat(t.Context(), uuid.New(), domain.Presence{})
	wantCode(t, err, domain.Forbidden)
}

func TestStaffIsTheAdministratorsToMake(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	admin := w.open(w.base.DSN("cleardesk_admin"))
	pipe := domain.Login(w.base.Login(t, "pipe", "intake")) // who brings orders in handles nothing
	for _, who := range []domain.Login{"postgres", "cleardesk_owner", "cleardesk_admin", "cleardesk_manager", pipe} {
		err := admin.AddStaff(t.Context(), uuid.New(), domain.Staff{Login: who, Name: "x", Roles: []domain.Role{domain.RoleAgent}})
		wantCode(t, err, domain.Invalid)
	}
	_, err := w.admin.ExecContext(t.Context(), `SELECT cleardesk.staff_add(gen_random_uuid(), $1, 'x', '', '{agent}')`, string(pipe))
	if p, ok := errors.AsType[*pq.Error](err); !ok || p.Code != "CD404" {
		t.Errorf("the pipe on the staff: %v", err)
	}
	err = w.stores["max"].AddStaff(t.Context(), uuid.New(), domain.Staff{Login: w.login("lin"), Name: "x", Roles: []domain.Role{domain.RoleManager}})
	wantCode(t, err, domain.Forbidden)
	err = admin.AddStaff(t.Context(), uuid.New(), domain.Staff{Login: w.login("new"), Name: "x", Roles: []domain.Role{"king"}})
	wantCode(t, err, domain.Invalid)
	err = admin.AddStaff(t.Context(), uuid.New(), domain.Staff{Login: "Bad Name", Name: "x", Roles: []domain.Role{domain.RoleAgent}})
	wantCode(t, err, domain.Invalid)
	w.want("0", `SELECT count(*) FROM pg_roles WHERE rolname IN ('Bad Name', $1)`, string(w.login("new")))
}

func TestSettingsAreAppended(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	lease := domain.Setting{Name: "claim.lease", Scope: domain.ScopePlatform, Value: "5"}
	wantCode(t, w.stores["lin"].PutSetting(t.Context(), uuid.New(), lease), domain.Forbidden)
	for _, by := range []string{string(w.login("max")), "cleardesk_admin"} {
		if err := w.open(w.base.DSN(by)).PutSetting(t.Context(), uuid.New(), lease); err != nil {
			t.Fatalf("%s: %v", by, err)
		}
	}
	later := domain.Setting{Name: "claim.lease", Scope: domain.ScopePlatform, Value: "50", From: time.Now().Add(time.Hour)}
	if err := w.stores["max"].PutSetting(t.Context(), uuid.New(), later); err != nil {
		t.Fatal(err)
	}
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	if got := w.claim("lin", c); got.Until.Sub(got.Since).Round(time.Minute) != 5*time.Minute {
		t.Errorf("the lease runs from %v to %v", got.Since, got.Until)
	}
	w.want("3", `SELECT count(*) FROM cleardesk.setting`)
	for name, bad := range map[string]domain.Setting{
		"unknown": {Name: "claim.leash", Scope: domain.ScopePlatform, Value: "5"},
		"scope":   {Name: "claim.lease", Scope: domain.ScopeStore, Key: "S1", Value: "5"},
		"value":   {Name: "claim.lease", Scope: domain.ScopePlatform, Value: "soon"},
		"no key":  {Name: "limit.quantity", Scope: domain.ScopeStore, Value: "5"},
		"key":     {Name: "limit.quantity", Scope: domain.ScopePlatform, Key: "S1", Value: "5"},
		"zone":    {Name: "platform.zone", Scope: domain.ScopePlatform, Value: "Local"},
		"window":  {Name: "window.closes", Scope: domain.ScopePlatform, Value: "12:59"},
		"later":   {Name: "window.opens", Scope: domain.ScopePlatform, Value: "15:00", From: time.Now().Add(time.Hour)},
	} {
		if err := w.stores["max"].PutSetting(t.Context(), uuid.New(), bad); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The whole window may move, one end after the other, also for a later day.
func TestTheWindowMoves(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for _, from := range []time.Time{time.Now().Add(time.Hour), {}} {
		for _, v := range []domain.Setting{{Name: "window.closes", Value: "18:00"}, {Name: "window.opens", Value: "16:00"}} {
			v.Scope, v.From = domain.ScopePlatform, from
			if err := w.stores["max"].PutSetting(t.Context(), uuid.New(), v); err != nil {
				t.Errorf("%s from %s: %v", v.Name, from, err)
			}
		}
	}
}

// Without the program in between, the database keeps out what would stop the intake.
func TestNobodySetsAZoneThatIsNone(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	manager := w.base.Open(t, string(w.login("max")))
	const set = `SELECT cleardesk.put_setting(gen_random_uuid(), 'platform.zone', 'platform', '', NULL, $1)`
	for _, zone := range []string{"Nowhere", "", "Local"} {
		_, err := manager.ExecContext(t.Context(), set, zone)
		if p, ok := errors.AsType[*pq.Error](err); !ok || p.Code != "CD400" {
			t.Errorf("%q: %v", zone, err)
		}
	}
	if _, err := manager.ExecContext(t.Context(), set, "Asia/Urumqi"); err != nil {
		t.Error(err)
	}
}

func TestPresenceIsOneRowADesk(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	desk := uuid.New()
	for _, doing := range []string{"typing", "calling"} {
		if _, err := w.stores["lin"].Beat(t.Context(), desk, domain.Presence{Store: "S1", Case: 3, Doing: doing}); err != nil {
			t.Fatal(err)
		}
	}
	w.want("1 calling", `SELECT count(*) || ' ' || max(doing) FROM cleardesk.presence`)
	if err := w.stores["wang"].Leave(t.Context(), desk); err != nil {
		t.Fatal(err)
	}
	w.want("1", `SELECT count(*) FROM cleardesk.presence`) // nobody leaves for another
	if err := w.stores["lin"].Leave(t.Context(), desk); err != nil {
		t.Fatal(err)
	}
	w.want("0", `SELECT count(*) FROM cleardesk.presence`)
}
