package db_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/lib/pq"
)

// groups are the group roles, in the order of their names.
func groups() []string {
	return []string{
		"cleardesk_agent", "cleardesk_expansion", "cleardesk_finance", "cleardesk_intake", "cleardesk_logistics",
		"cleardesk_manager", "cleardesk_procurement", "cleardesk_staff", "cleardesk_training",
	}
}

// staffGroups are those of people.
func staffGroups() []string {
	return slices.DeleteFunc(groups(), func(g string) bool { return g == "cleardesk_intake" })
}

// mayExecute says which groups may call a function. What is not here, nobody may.
func mayExecute() map[string][]string {
	out := map[string][]string{
		"me": groups(), "schema_version": groups(), "store_habits": groups(),
		"resolve": {"cleardesk_agent", "cleardesk_logistics", "cleardesk_manager"}, "reverse": {"cleardesk_agent", "cleardesk_logistics", "cleardesk_manager"}, "verify_quantity": {"cleardesk_procurement"},
		"take_over": {"cleardesk_manager"}, "hand_on": {"cleardesk_manager"}, "staff_off": {"cleardesk_manager"}, "put_setting": {"cleardesk_manager"},
		"sign_week": {"cleardesk_finance"}, "train": {"cleardesk_training"}, "end_exemption": {"cleardesk_manager"}, "correct": {"cleardesk_procurement"}, "record_finding": {"cleardesk_procurement"}, "edit_product": {"cleardesk_procurement"}, "settle_clash": {"cleardesk_procurement"},
		"plan_delivery": {"cleardesk_logistics"}, "mark_row": {"cleardesk_logistics", "cleardesk_manager"}, "sign_day": {"cleardesk_logistics", "cleardesk_manager"},
		"propose": {"cleardesk_agent", "cleardesk_manager"}, "sign": {"cleardesk_agent", "cleardesk_manager"},
		"exchange_product": {"cleardesk_agent", "cleardesk_manager", "cleardesk_procurement"},
		"record_count":     {"cleardesk_manager"}, "review_count": {"cleardesk_manager", "cleardesk_procurement"},
		"report": {"cleardesk_agent", "cleardesk_expansion", "cleardesk_finance", "cleardesk_logistics", "cleardesk_manager"},
	}
	for _, managers := range []string{"save_roster_draft", "publish_roster", "take_shift", "note_absence", "end_absence", "save_template"} {
		out[managers] = []string{"cleardesk_manager"}
	}
	for _, all := range []string{
		"claim", "claim_next", "give_back", "extend_claim", "save_draft", "clear_draft", "snooze", "hand_over", "note_case",
		"record_call", "may", "promise_store", "merge", "heartbeat", "leave", "past_undoing", "close_task", "review_difference",
		"platform_zone", "week_begins", "week_of", "settle_rounding", "settlement_loose", "settlement_facts", "settlement_open",
		"settlement_refused", "settlement_stores", "platform_number", "platform_clock", "line_amount", "day_at",
		"delivery_orders", "delivery_sums", "delivery_missing", "delivery_rows", "delivery_open", "delivery_silent", "roster_of", "duty_at", "on_duty", "on_duty_of", "role_dept",
		"stock_at", "came", "line_finding",
		"set_away", "offer_work", "answer_offer", "away_since", "is_here", "next_shift",
		"ask_swap", "answer_swap", "day_begins", "day_of", "clock_on", "duty_pieces", "duty_lacks", "roster_expected", "roster_pace", "roster_gaps", "kind_with",
	} {
		out[all] = staffGroups()
	}
	for _, program := range []string{
		"start_import", "gather_stage", "apply_stage", "import_rejects", "apply_rows", "gather_events", "apply_events", "apply_counts", "judge_acquire", "judge_extend", "take_batch",
		"judge_past", "judge_newest", "judge_moved", "judge_slow", "judge_gaps", "apply_verdicts", "tick",
	} {
		out[program] = []string{"cleardesk_intake"}
	}
	return out
}

func TestEveryFunctionIsOpenToItsGroupsOnly(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	var rows []struct {
		Name   string
		Groups pq.StringArray
	}
	err := w.admin.Select(&rows, `
		SELECT p.proname AS name, array(SELECT g FROM unnest($1::text[]) g WHERE has_function_privilege(g, p.oid, 'EXECUTE') ORDER BY g) AS groups
		FROM pg_proc p WHERE p.pronamespace = 'cleardesk'::regnamespace ORDER BY 1`, pq.StringArray(groups()))
	if err != nil {
		t.Fatal(err)
	}
	want := mayExecute()
	seen := map[string]bool{}
	for _, r := range rows {
		seen[r.Name] = true
		expected := want[r.Name]
		if len(expected)+len(r.Groups) > 0 && !cmp.Equal(expected, []string(r.Groups)) {
			t.Errorf("%s: open to %v, want %v", r.Name, r.Groups, expected)
		}
	}
	for name := range want {
		if !seen[name] {
			t.Errorf("%s is gone", name)
		}
	}
}

// Every table against every way to write it, as each role: by the catalogue, and
// tried.
func TestNobodyWritesATable(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	var tables []string
	if err := w.admin.Select(&tables, `SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'cleardesk'::regnamespace
		AND c.relkind IN ('r', 'v', 'p', 'm') ORDER BY 1`); err != nil {
		t.Fatal(err)
	}
	checks := 0
	for _, group := range groups() {
		login := w.base.Login(t, "m_"+strings.TrimPrefix(group, "cleardesk_"), strings.TrimPrefix(group, "cleardesk_"))
		person := w.base.Open(t, login)
		for _, table := range tables {
			stage := group == "cleardesk_intake" && strings.HasPrefix(table, "stage_")
			for _, way := range []string{"INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"} {
				checks++
				allowed := stage && way == "INSERT"
				query := `SELECT has_table_privilege($1, $2, $3)`
				if slices.Contains([]string{"INSERT", "UPDATE", "REFERENCES"}, way) {
					query = `SELECT has_table_privilege($1, $2, $3) OR has_any_column_privilege($1, $2, $3)`
				}
				var has bool
				if err := w.admin.Get(&has, query, group, "cleardesk."+table, way); err != nil || has != allowed {
					t.Errorf("%s %s %s: %v, want %v (%v)", group, way, table, has, allowed, err)
				}
			}
			for way, statement := range writes(w, table) {
				checks++
				_, err := person.ExecContext(t.Context(), statement)
				refused := refusedBy(err)
				if refused == (stage && way == "INSERT") {
					t.Errorf("%s: %s: %v", group, statement, err)
				}
			}
		}
	}
	t.Logf("%d checks", checks)
}

// writes are statements that would write a table, and change nothing if they may.
func writes(w *deskWorld, table string) map[string]string {
	w.Helper()
	column := w.text(`SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0
		AND attidentity = '' ORDER BY attnum LIMIT 1`, "cleardesk."+table)
	return map[string]string{
		"INSERT":   fmt.Sprintf("INSERT INTO cleardesk.%s (%s) SELECT NULL WHERE false", table, column),
		"UPDATE":   fmt.Sprintf("UPDATE cleardesk.%s SET %s = NULL WHERE false", table, column),
		"DELETE":   fmt.Sprintf("DELETE FROM cleardesk.%s WHERE false", table),
		"TRUNCATE": fmt.Sprintf("TRUNCATE cleardesk.%s", table),
		"LOCK":     fmt.Sprintf("SELECT FROM cleardesk.%s FOR UPDATE", table),
	}
}

// refusedBy tells whether the server says no for want of the right; views that
// cannot be written at all count too.
func refusedBy(err error) bool {
	p, ok := errors.AsType[*pq.Error](err)
	return ok && (p.Code == "42501" || p.Code == "55000" || p.Code == "42809")
}

func TestNobodyMakesOrBecomesAnything(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	manager := w.base.Open(t, string(w.login("max")))
	for _, statement := range []string{
		"CREATE TABLE cleardesk.x (n int)", "CREATE TABLE public.x (n int)", "CREATE TEMP TABLE x (n int)", "CREATE SCHEMA x",
		"SET ROLE cleardesk_owner", "SET SESSION AUTHORIZATION postgres", "SET ROLE cleardesk_procurement", "CREATE ROLE x",
		"ALTER TABLE cleardesk.audit DISABLE TRIGGER ALL", "DROP FUNCTION cleardesk.me()", "SET session_replication_role = replica",
		"ALTER ROLE " + string(w.login("max")) + " CREATEROLE", "GRANT cleardesk_procurement TO " + string(w.login("max")),
		"COPY cleardesk.staff TO '/tmp/x'", "CREATE OR REPLACE FUNCTION cleardesk.me() RETURNS text LANGUAGE sql AS 'SELECT 1'",
	} {
		if _, err := manager.ExecContext(t.Context(), statement); !refusedBy(err) {
			t.Errorf("%s: %v", statement, err)
		}
	}
	// Becoming one's own group is no way to act as nobody in particular.
	conn, err := manager.Connx(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(t.Context(), "SET ROLE cleardesk_manager"); err != nil {
		t.Fatal(err)
	}
	_, err = conn.ExecContext(t.Context(), "SELECT cleardesk.note_case(gen_random_uuid(), 1, 'x')")
	if p, ok := errors.AsType[*pq.Error](err); !ok || p.Code != "CD403" {
		t.Errorf("as a group: %v", err)
	}
}

// The lint of the schema: each row is a fault.
func TestSchemaHasNoLooseEnds(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for name, query := range map[string]string{
		"definer without a pinned path": `SELECT proname FROM pg_proc WHERE pronamespace = 'cleardesk'::regnamespace AND prosecdef
			AND NOT coalesce(array_to_string(proconfig, ';') ~ 'search_path=pg_catalog(, cleardesk)?, pg_temp', false)`,
		"execute for everybody": `SELECT proname FROM pg_proc p LEFT JOIN LATERAL aclexplode(p.proacl) a ON true
			WHERE p.pronamespace = 'cleardesk'::regnamespace AND (p.proacl IS NULL OR a.grantee = 0)`,
		"view as its owner": `SELECT relname FROM pg_class WHERE relnamespace = 'cleardesk'::regnamespace AND relkind = 'v'
			AND NOT coalesce(reloptions @> '{security_invoker=true}', false)`,
		"granted to a person": `SELECT c.relname || ' ' || a.grantee::regrole FROM pg_class c, aclexplode(c.relacl) a
			WHERE c.relnamespace = 'cleardesk'::regnamespace AND (a.grantee = 0 OR a.grantee IN (SELECT oid FROM pg_roles WHERE rolcanlogin))`,
		"not the owner's": `SELECT relname FROM pg_class WHERE relnamespace = 'cleardesk'::regnamespace
			AND pg_get_userbyid(relowner) <> 'cleardesk_owner' UNION ALL
			SELECT proname FROM pg_proc WHERE pronamespace = 'cleardesk'::regnamespace AND pg_get_userbyid(proowner) <> 'cleardesk_owner'`,
		"open schema": `SELECT n.nspname || ' ' || a.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) a
			WHERE n.nspname IN ('cleardesk', 'public') AND (a.grantee = 0 OR a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner)`,
		"open database": `SELECT a.privilege_type FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
			WHERE d.datname = current_database() AND a.grantee = 0`,
	} {
		var faults []string
		if err := w.admin.Select(&faults, query); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestAuthorityIsWhatTheDomainSays(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	var want []string
	for _, r := range domain.Rules() {
		for _, e := range r.Effects {
			want = append(want, fmt.Sprintf("effect %s %s %s", r.Kind, r.Outcome, e))
		}
		for _, role := range r.Roles {
			want = append(want, fmt.Sprintf("role %s %s %s", r.Kind, r.Outcome, role))
		}
	}
	var got []string
	if err := w.admin.Select(&got, `SELECT concat_ws(' ', 'effect', kind, outcome, effect) FROM cleardesk.outcome_effect
		UNION ALL SELECT concat_ws(' ', 'role', kind, outcome, role) FROM cleardesk.act_authority`); err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
