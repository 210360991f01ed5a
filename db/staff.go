package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// loginSettings are set for each login, because a member does not inherit a group's.
// A listener sits idle for hours, so its session must not be ended for that.
var loginSettings = [...][2]string{
	{"statement_timeout", "5s"}, {"lock_timeout", "2s"}, {"idle_in_transaction_session_timeout", "10s"}, {"idle_session_timeout", "0"},
}

// AddStaff puts a person on the staff, or changes name and roles. The login is made
// where it is missing and gets the group roles of the person's departments, and no
// other. The Store must be the administrator's: the schema's owner cannot make roles.
func (s *Store) AddStaff(ctx context.Context, op uuid.UUID, who domain.Staff) error {
	roles := make(pq.StringArray, len(who.Roles))
	for i, r := range who.Roles {
		if !r.Valid() {
			return domain.Errorf(domain.Invalid, "staff add", "there is no role %q for a person", r)
		}
		roles[i] = string(r)
	}
	switch {
	case len(roles) == 0:
		return domain.Errorf(domain.Invalid, "staff add", "%s needs at least one role", who.Login)
	case !isLogin(who.Login):
		return domain.Errorf(domain.Invalid, "staff add", "%q is no login: a-z, then a-z, 0-9 and _, at most 63", who.Login)
	}
	if err := s.inTx(ctx, "staff add", func(tx *sql.Tx) error { return makeLogin(ctx, tx, who) }); err != nil {
		return err
	}
	return s.act(ctx, nil, "staff_add", op, string(who.Login), who.Name, who.NameEn, roles)
}

// StaffOff takes a person off the staff: no login, sessions ended, what they held
// handed back. It answers the cases that are free again. Done again it does what is
// left to do. The Store must be the administrator's.
func (s *Store) StaffOff(ctx context.Context, op uuid.UUID, login domain.Login) ([]domain.CaseID, error) {
	var out struct {
		Freed []domain.CaseID `json:"freed"`
	}
	// First the row: from then on nothing they send is done, whatever follows.
	if err := s.act(ctx, &out, "staff_off", op, string(login)); err != nil {
		return nil, err
	}
	// Then the login, and only when that holds for everybody the sessions: a desk whose
	// session ends comes again at once.
	err := s.inTx(ctx, "staff off", func(tx *sql.Tx) error { return shutLogin(ctx, tx, login) })
	if err == nil {
		err = s.inTx(ctx, "staff off", func(tx *sql.Tx) error { return endSessions(ctx, tx, login) })
	}
	return out.Freed, err
}

// isLogin tells whether the name can be a person's login; the database's domain
// holds the same.
func isLogin(l domain.Login) bool {
	letter := func(c rune) bool { return c >= 'a' && c <= 'z' }
	rest := func(c rune) bool { return !letter(c) && (c < '0' || c > '9') && c != '_' }
	return l != "" && len(l) <= 63 && letter(rune(l[0])) && strings.IndexFunc(string(l), rest) < 0
}

// makeLogin makes the login role, or brings its rights in step.
func makeLogin(ctx context.Context, tx *sql.Tx, who domain.Staff) error {
	var there, special bool
	err := tx.QueryRowContext(ctx, `
		SELECT count(*) > 0, coalesce(bool_or(rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR NOT rolcanlogin
		       AND rolname LIKE 'cleardesk\_%' OR pg_has_role(rolname, 'cleardesk_owner', 'MEMBER')
		       OR pg_has_role(rolname, 'cleardesk_intake', 'MEMBER')), false)
		FROM pg_roles WHERE rolname = $1`, string(who.Login)).Scan(&there, &special)
	if err != nil {
		return err
	}
	if special {
		return domain.Errorf(domain.Invalid, "staff add", "%s is a login of the server or of a program, not of a person", who.Login)
	}
	login := pq.QuoteIdentifier(string(who.Login))
	verb := "CREATE"
	if there {
		verb = "ALTER"
	}
	statements := []string{verb + " ROLE " + login + " LOGIN"}
	for _, r := range domain.StaffRoles() {
		group := pq.QuoteIdentifier("cleardesk_" + string(r))
		if who.Has(r) {
			statements = append(statements, "GRANT "+group+" TO "+login)
		} else if there {
			statements = append(statements, "REVOKE "+group+" FROM "+login)
		}
	}
	for _, v := range loginSettings {
		statements = append(statements, "ALTER ROLE "+login+" SET "+v[0]+" = "+pq.QuoteLiteral(v[1]))
	}
	return execAll(ctx, tx, statements)
}

// shutLogin takes the right to log in away.
func shutLogin(ctx context.Context, tx *sql.Tx, who domain.Login) error {
	return execAll(ctx, tx, []string{"ALTER ROLE " + pq.QuoteIdentifier(string(who)) + " NOLOGIN"})
}

// endSessions ends a login's sessions. That takes a membership in it, which lasts for
// this transaction only.
func endSessions(ctx context.Context, tx *sql.Tx, who domain.Login) error {
	login := pq.QuoteIdentifier(string(who))
	return execAll(ctx, tx, []string{
		"GRANT " + login + " TO CURRENT_USER",
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = " + pq.QuoteLiteral(string(who)),
		"REVOKE " + login + " FROM CURRENT_USER",
	})
}

func execAll(ctx context.Context, tx *sql.Tx, statements []string) error {
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// inTx runs do in a transaction. It is for statements about roles, which no function
// of the database may make and which change nothing when they are done again.
func (s *Store) inTx(ctx context.Context, op string, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return fail(ctx, op, err)
	}
	if err := do(tx); err != nil {
		return fail(ctx, op, errors.Join(err, tx.Rollback()))
	}
	return fail(ctx, op, tx.Commit())
}

// Beat tells that the person is at this desk, and with which store. It gives the
// server's clock.
func (s *Store) Beat(ctx context.Context, desk uuid.UUID, p domain.Presence) (time.Time, error) {
	var now time.Time
	var on any
	if p.Case != 0 {
		on = int64(p.Case)
	}
	err := s.db.GetContext(ctx, &now, `SELECT cleardesk.heartbeat($1, $2, $3, $4)`, desk, orNull(string(p.Store)), on, p.Doing)
	return now, fail(ctx, "beat", err)
}

// Leave tells that the person has left this desk.
func (s *Store) Leave(ctx context.Context, desk uuid.UUID) error {
	_, err := s.db.ExecContext(ctx, `SELECT cleardesk.leave($1)`, desk)
	return fail(ctx, "leave", err)
}
