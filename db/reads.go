package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// Settings gives the values that hold now, for every scope.
func (s *Store) Settings(ctx context.Context) (domain.Settings, error) {
	return s.settingsAt(ctx, nil)
}

// settingsAt gives the values that hold at a time, nil for now by the server's clock.
func (s *Store) settingsAt(ctx context.Context, at *time.Time) (domain.Settings, error) {
	var rows []struct {
		Name, Scope, Key, Value string
		From                    time.Time `db:"valid_from"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT DISTINCT ON (name, scope, key) name, scope, key, valid_from, value
		FROM cleardesk.setting
		WHERE valid_from <= coalesce($1, now())
		ORDER BY name, scope, key, valid_from DESC, id DESC`, at)
	if err != nil {
		return nil, fail(ctx, "read settings", err)
	}
	out := domain.Settings{}
	for _, r := range rows {
		out.Put(domain.Setting{Name: r.Name, Scope: domain.Scope(r.Scope), Key: r.Key, From: r.From, Value: r.Value})
	}
	return out, nil
}

type staffRow struct {
	Login, Name string
	NameEn      string `db:"name_en"`
	Roles       pq.StringArray
	Active      bool
}

func (r staffRow) toDomain() domain.Staff {
	out := domain.Staff{Login: domain.Login(r.Login), Name: r.Name, NameEn: r.NameEn, Active: r.Active}
	for _, role := range r.Roles {
		out.Roles = append(out.Roles, domain.Role(role))
	}
	return out
}

// Staff lists everybody, by login.
func (s *Store) Staff(ctx context.Context) ([]domain.Staff, error) {
	var rows []staffRow
	err := s.db.SelectContext(ctx, &rows, `SELECT login, name, name_en, roles, active FROM cleardesk.staff ORDER BY login`)
	if err != nil {
		return nil, fail(ctx, "read staff", err)
	}
	out := make([]domain.Staff, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, nil
}

// SchemaVersion is the number of the newest migration applied.
func (s *Store) SchemaVersion(ctx context.Context) (int64, error) {
	var v int64
	err := s.db.GetContext(ctx, &v, `SELECT cleardesk.schema_version()`)
	return v, fail(ctx, "read schema version", err)
}

// Welcome is what a desk asks before it opens.
type Welcome struct {
	Me         domain.Staff // the person this login is
	Schema     int64        // number of the newest migration applied
	Privileged bool         // the login could pass the guards: superuser, bypassing row security, or the owner's member
}

// Welcome reads who this login is and whether it and the schema will do, in one
// question: a desk starts quickly. NotFound: the login is not on the staff.
func (s *Store) Welcome(ctx context.Context) (Welcome, error) {
	var r struct {
		Login      *string
		Name       *string
		NameEn     *string `db:"name_en"`
		Roles      pq.StringArray
		Active     *bool
		Schema     int64
		Privileged bool
	}
	err := s.db.GetContext(ctx, &r, `
		SELECT f.login, f.name, f.name_en, f.roles, f.active, cleardesk.schema_version() AS schema,
		       r.rolsuper OR r.rolbypassrls OR pg_has_role(session_user, 'cleardesk_owner', 'MEMBER') AS privileged
		FROM pg_roles r LEFT JOIN cleardesk.staff f ON f.login = cleardesk.me() WHERE r.rolname = session_user`)
	if err != nil {
		return Welcome{}, fail(ctx, "open desk", err)
	}
	w := Welcome{Schema: r.Schema, Privileged: r.Privileged}
	if r.Login == nil {
		if r.Privileged {
			return w, nil
		}
		return w, domain.Errorf(domain.NotFound, "open desk", "this login is not on the staff: cleardesk staff add")
	}
	w.Me = staffRow{Login: *r.Login, Name: *r.Name, NameEn: *r.NameEn, Roles: r.Roles, Active: *r.Active}.toDomain()
	return w, nil
}

// atDesk is how long a heartbeat counts: a desk beats every 20 s.
const atDesk = 65 * time.Second

// Status reads what the status line tells.
func (s *Store) Status(ctx context.Context) (domain.DeskStatus, error) {
	var r struct {
		Now      time.Time
		JudgedTo time.Time `db:"judged_to"`
		Alive    bool
		Unjudged int
		Oldest   *time.Time
		Held     int
		Amount   domain.Money
		OnDuty   int `db:"on_duty"`
		Away     *time.Time
		Ends     *time.Time
		Today    int
	}
	err := s.db.GetContext(ctx, &r, `
		SELECT now() AS now, j.judged_to, j.lease_until > now() AS alive,
		       (SELECT count(*) FROM (SELECT FROM cleardesk.waiting LIMIT $1) w) AS unjudged,
		       (SELECT at FROM cleardesk.waiting ORDER BY seq LIMIT 1) AS oldest,
		       h.n AS held, h.amount,
		       (SELECT count(DISTINCT p.login) FROM cleardesk.presence p WHERE p.at > now() - $2 * interval '1 second'
		           AND cleardesk.away_since(p.login) IS NULL AND p.login IN (SELECT d.login FROM cleardesk.duty_at(now()) d)) AS on_duty,
		       cleardesk.away_since(cleardesk.me()) AS away,
		       (SELECT max(x.ends) FROM cleardesk.roster_shift x WHERE x.login = cleardesk.me() AND x.starts <= now() AND now() < x.ends
		          AND x.version IN (cleardesk.roster_of(cleardesk.week_of(now())), cleardesk.roster_of(cleardesk.week_of(now()) - 7))) AS ends,
		       (SELECT count(*) FROM (SELECT FROM cleardesk.orders WHERE business_day = (now() AT TIME ZONE `+zoneSetting+`)::date
		           AND NOT history LIMIT $1) t) AS today
		FROM cleardesk.judge j,
		     LATERAL (SELECT count(*) AS n, coalesce(sum(o.total), 0)::bigint AS amount FROM cleardesk.orders o WHERE o.id IN
		         (SELECT order_id FROM cleardesk.hold WHERE released_at IS NULL LIMIT $1)) h`,
		domain.MaxCount, atDesk.Seconds())
	if err != nil {
		return domain.DeskStatus{}, fail(ctx, "read status", err)
	}
	out := domain.DeskStatus{
		Now: r.Now, JudgedTo: r.JudgedTo, JudgeAlive: r.Alive, Unjudged: r.Unjudged, Oldest: r.Oldest, Held: r.Held,
		HeldAmount: r.Amount, OnDuty: r.OnDuty, Away: r.Away, ShiftEnds: r.Ends, Today: r.Today, Open: map[domain.Department]int{}, Returns: map[domain.Department]int{},
	}
	if err := s.countOpen(ctx, out.Open); err != nil {
		return out, err
	}
	return out, s.countFollowUps(ctx, &out)
}

// zoneSetting is the platform's zone as it holds now.
const zoneSetting = `coalesce((SELECT value FROM cleardesk.setting WHERE name = 'platform.zone' AND scope = 'platform'
	AND valid_from <= now() ORDER BY valid_from DESC, id DESC LIMIT 1), 'Asia/Shanghai')`

func (s *Store) countOpen(ctx context.Context, into map[domain.Department]int) error {
	var rows []struct {
		With string
		N    int
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT d AS "with", (SELECT count(*) FROM (SELECT FROM cleardesk.cases
		    WHERE lies_with::text = d AND state = 'open' AND parent IS NULL LIMIT $1) c)
		    + (SELECT count(*) FROM (SELECT FROM cleardesk.task WHERE lies_with::text = d AND closed_at IS NULL LIMIT `+itoa(tasksShown)+`) t)
		    - (SELECT count(*) FROM cleardesk.task t JOIN cleardesk.cases c ON c.id = (t.detail ->> 'case')::bigint -- its offer stands for it
		       WHERE t.what = 'offered' AND t.closed_at IS NULL AND t.lies_with::text = d AND c.lies_with = t.lies_with
		         AND c.state = 'open' AND c.parent IS NULL) AS n
		FROM unnest($2::text[]) d`, domain.MaxCount, pq.StringArray(departments()))
	for _, r := range rows {
		into[domain.Department(r.With)] = r.N
	}
	return fail(ctx, "count open cases", err)
}

func departments() []string {
	var out []string
	for _, d := range domain.Departments() {
		out = append(out, string(d))
	}
	return out
}

// ServerVersion is the server's own version, such as "15.18".
func (s *Store) ServerVersion(ctx context.Context) (string, error) {
	var v string
	err := s.db.GetContext(ctx, &v, `SELECT split_part(current_setting('server_version'), ' ', 1)`)
	return v, fail(ctx, "read server version", err)
}

// JudgeState reads how far the judging is; programs may read it too.
func (s *Store) JudgeState(ctx context.Context) (domain.DeskStatus, error) {
	var r struct {
		Now      time.Time
		JudgedTo time.Time `db:"judged_to"`
		Alive    bool
		Unjudged int
	}
	err := s.db.GetContext(ctx, &r, `
		SELECT now() AS now, j.judged_to, j.lease_until > now() AS alive,
		       (SELECT count(*) FROM (SELECT FROM cleardesk.waiting LIMIT $1) w) AS unjudged
		FROM cleardesk.judge j`, domain.MaxCount)
	return domain.DeskStatus{Now: r.Now, JudgedTo: r.JudgedTo, JudgeAlive: r.Alive, Unjudged: r.Unjudged}, fail(ctx, "read judge", err)
}

// LastOrder gives the business day and the number of the order that came in last,
// history aside; NotFound when there is none.
func (s *Store) LastOrder(ctx context.Context) (time.Time, domain.OrderNo, error) {
	var r struct {
		Day time.Time `db:"business_day"`
		No  string    `db:"order_no"`
	}
	err := s.db.GetContext(ctx, &r, `
		SELECT business_day, order_no FROM cleardesk.orders WHERE NOT history ORDER BY id DESC LIMIT 1`)
	return r.Day, domain.OrderNo(r.No), fail(ctx, "read last order", err)
}
