package main

import (
	"fmt"
	"testing"

	"cleardesk/db/dbtest"
	"cleardesk/db/embedded"
	"cleardesk/migrations"
)

// TestDeskRefuses: nobody works as one who could pass the guards, on a schema that is
// too old or too new, or without being on the staff. The line says what to do.
func TestDeskRefuses(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	latest, err := migrations.Latest()
	if err != nil {
		t.Fatal(err)
	}
	owner, super := p.DSN(embedded.AdminLogin), p.DSN("postgres")
	stranger := p.DSN(p.Login(t, "stranger", "staff"))
	lin := p.DSN(string(p.login("lin")))
	x := newTerminal(t, seating{w: 300, h: 24}) // a line each
	for _, c := range []struct {
		name, dsn string
		schema    int64
		says      string
	}{
		{"superuser", super, latest, "could pass the database's guards; work as a member of the staff"},
		{"owner", owner, latest, "could pass the database's guards; work as a member of the staff"},
		{"stranger", stranger, latest, "cleardesk: "},
		{"older", lin, latest - 1, fmt.Sprintf("schema is %d, this desk wants %d: run cleardesk migrate up", latest-1, latest)},
		{"newer", lin, latest + 2, fmt.Sprintf("schema is %d, this desk knows %d: install a newer cleardesk", latest+2, latest)},
	} {
		p.exec("DELETE FROM public.goose_db_version WHERE version_id > $1", c.schema)
		p.exec("INSERT INTO public.goose_db_version (version_id, is_applied) SELECT n, true FROM generate_series($1::bigint, $2::bigint) n", latest+1, c.schema)
		x.enter("clear; CLEARDESK_DSN='" + c.dsn + "' cleardesk")
		x.sees("cleardesk: ", c.says)
		if code := x.shell(); code != "1" {
			t.Errorf("%s: exit code %s", c.name, code)
		}
	}
	p.want("0", "SELECT count(*) FROM cleardesk.presence")
}

// TestOffTheStaff: who is taken off the staff loses the session, and what they held is
// free again.
func TestOffTheStaff(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	p.arrive(p.oddOrders(2)...)
	x := newTerminal(t, seating{env: p.seat("lin")})
	x.enter("cleardesk")
	x.sees("1-2 / 2", " live")
	x.press("F6")
	x.row(1, " me")
	office := newTerminal(t, seating{env: []string{"CLEARDESK_DSN=" + p.DSN(embedded.AdminLogin)}})
	office.enter("cleardesk staff off " + string(p.login("lin")))
	office.sees("is off; 1 cases are free again")
	x.sees("!reconnecting", "!your role may not do this")
	p.want("0", "SELECT count(*) FROM cleardesk.cases WHERE holder IS NOT NULL")
	p.want("false", "SELECT rolcanlogin FROM pg_roles WHERE rolname = $1", string(p.login("lin")))
}
