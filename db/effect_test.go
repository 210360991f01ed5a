package db_test

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// Every outcome of every kind: what the platform is told, and all that stands in the
// tables then. An outcome that is not here fails.
func TestEveryOutcomeHasItsEffects(t *testing.T) {
	t.Parallel()
	want := everyOutcome()
	for _, r := range domain.Rules() {
		name := string(r.Kind) + " " + string(r.Outcome)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			x, known := want[name]
			if !known {
				t.Error("nobody says what it does")
			}
			before := w.text(`SELECT n FROM cleardesk.decision_counter`)
			e, out, err := w.written(r)
			if x.refused {
				wantCode(t, err, domain.Forbidden)
				w.want("0", `SELECT count(*) FROM cleardesk.resolution_record`)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if e.order != 0 && met(r.Kind) == domain.Accepted {
				before = "1" // that it was accepted
			}
			if got := w.plain(w.text(toldSince, before), e.no); got != x.told {
				t.Errorf("told %q, want %q", got, x.told)
			}
			if got := w.plain(w.text(beside), e.no); got != x.beside {
				t.Errorf("stands\n%q, want\n%q", got, x.beside)
			}
			who, _ := writer(r)
			w.want(string(w.login(who))+" "+name+" other", `SELECT concat_ws(' ', by_login, kind, outcome, reason) FROM cleardesk.resolution_record`)
			w.want(string(r.Outcome), `SELECT outcome FROM cleardesk.anomaly`)
			w.want("resolve "+string(w.login(who)), `SELECT string_agg(act || ' ' || actor, ',') FROM cleardesk.audit WHERE act = 'resolve'`)
			w.want("closed 1", `SELECT state || ' ' || (SELECT count(*) FROM cleardesk.written) FROM cleardesk.cases`)
			if out.State != domain.CaseClosed || len(out.Records) != 1 || string(out.Order.State) != w.text(`SELECT coalesce((SELECT state FROM cleardesk.orders WHERE link IS NULL), '')`) {
				t.Errorf("%+v", out)
			}
		})
	}
	if len(want) != len(domain.Rules()) {
		t.Errorf("%d outcomes, want %d", len(want), len(domain.Rules()))
	}
}

// Nobody writes an outcome that is not theirs.
func TestOutcomesAreTheirRolesOnly(t *testing.T) {
	t.Parallel()
	for _, r := range domain.Rules() {
		t.Run(string(r.Kind)+" "+string(r.Outcome), func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			e := w.ready(r.Kind)
			for who, role := range map[string]domain.Role{
				"lin": domain.RoleAgent, "zhao": domain.RoleProcurement, "wu": domain.RoleLogistics, "tuo": domain.RoleExpansion, "max": domain.RoleManager,
			} {
				may := false
				for _, have := range r.Roles {
					may = may || have == role
				}
				if may {
					continue
				}
				held := w.claimed(who, role.Department(), e)
				before := w.rows()
				_, err := w.stores[who].Resolve(t.Context(), uuid.New(), held.handledAs(r))
				wantCode(t, err, domain.Forbidden)
				if d := cmp.Diff(before, w.rows()); d != "" {
					t.Errorf("%s: written: %s", who, d)
				}
				if err := w.stores[who].GiveBack(t.Context(), uuid.New(), held.id, held.claim.No); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// The last row of an act cannot be written: then nothing is, of any outcome.
func TestNothingOfAnOutcomeIsWrittenUnlessAllIs(t *testing.T) {
	t.Parallel()
	for _, r := range domain.Rules() {
		if everyOutcome()[string(r.Kind)+" "+string(r.Outcome)].refused {
			continue
		}
		t.Run(string(r.Kind)+" "+string(r.Outcome), func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			e := w.ready(r.Kind)
			if r.Outcome == domain.Returned {
				w.approve(e, 0)
			}
			who, with := writer(r)
			e = w.claimed(who, with, e)
			w.exec(`CREATE FUNCTION cleardesk.late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE division_by_zero; END';
				CREATE TRIGGER late BEFORE INSERT ON cleardesk.audit FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.late()`)
			before := w.rows()
			if _, err := w.stores[who].Resolve(t.Context(), uuid.New(), e.handledAs(r)); err == nil {
				t.Fatal("the failing row was passed over")
			}
			if d := cmp.Diff(before, w.rows()); d != "" {
				t.Errorf("written all the same: %s", d)
			}
			w.exec(`DROP TRIGGER late ON cleardesk.audit`)
			if _, err := w.stores[who].Resolve(t.Context(), uuid.New(), e.handledAs(r)); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}
