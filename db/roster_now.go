package db

import (
	"cmp"
	"context"
	"slices"
	"time"

	"cleardesk/domain"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// hereRow is one person now.
type hereRow struct {
	staffRow

	Duty      bool
	Desk      bool
	Starts    *time.Time
	Ends      *time.Time
	Role      *string
	StandsFor *string `db:"stands_for"`
	Absence   *string
	Away      *time.Time
	Held      int
	Oldest    *time.Time
	OldCase   *int64  `db:"old_case"`
	OldKind   *string `db:"old_kind"`
	OldStore  *string `db:"old_store"`
	OldEn     *string `db:"old_en"`
	Closed    int
	Pace      *int64
}

// hereQuery reads everybody of the staff as they are now. The shift is the one that runs,
// else the next that begins today, else today's last.
const hereQuery = `
	WITH today AS MATERIALIZED (SELECT cleardesk.day_of(now()) AS day, cleardesk.day_begins(cleardesk.day_of(now())) AS begins),
	duty AS MATERIALIZED (SELECT DISTINCT d.login FROM cleardesk.duty_at(now()) d),
	wrote AS MATERIALIZED (
	    SELECT r.by_login, count(*) AS n, percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r.at - (
	               SELECT max(c.at) FROM cleardesk.claim c
	               WHERE c.case_id = r.case_id AND c.what = 'claimed' AND c.holder = r.by_login AND c.at <= r.at)))::bigint AS pace
	    FROM (SELECT DISTINCT ON (x.op, x.case_id) x.case_id, x.by_login, x.at FROM cleardesk.resolution_record x, today
	          WHERE x.at >= today.begins ORDER BY x.op, x.case_id, x.id) r
	    GROUP BY r.by_login)
	SELECT s.login, s.name, s.name_en, s.roles, s.active, d.login IS NOT NULL AS duty,
	       EXISTS (SELECT FROM cleardesk.presence p WHERE p.login = s.login AND p.at > now() - $1 * interval '1 second') AS desk,
	       x.starts, x.ends, x.role, x.stands_for,
	       (SELECT a.reason FROM cleardesk.absent a WHERE a.login = s.login AND a.starts <= now() AND now() < a.ends LIMIT 1) AS absence,
	       cleardesk.away_since(s.login) AS away,
	       (SELECT count(*) FROM cleardesk.cases c WHERE c.holder = s.login AND c.state = 'open') AS held,
	       o.claimed_at AS oldest, o.id AS old_case, o.kind AS old_kind, o.name AS old_store, o.name_en AS old_en,
	       coalesce(w.n, 0) AS closed, w.pace
	FROM today, cleardesk.staff s
	LEFT JOIN duty d ON d.login = s.login LEFT JOIN wrote w ON w.by_login = s.login
	LEFT JOIN LATERAL (
	    SELECT h.starts, h.ends, h.role, h.stands_for FROM cleardesk.roster_shift h
	    WHERE h.login = s.login AND h.day IN (today.day - 1, today.day)
	      AND h.version = cleardesk.roster_of(cleardesk.week_of(cleardesk.day_begins(h.day)))
	      AND (h.day = today.day OR h.ends > now())
	    ORDER BY CASE WHEN h.starts <= now() AND now() < h.ends THEN 0 WHEN h.starts > now() THEN 1 ELSE 2 END,
	             CASE WHEN h.starts > now() THEN h.starts END, h.starts DESC LIMIT 1) x ON true
	LEFT JOIN LATERAL (
	    SELECT c.id, c.kind::text AS kind, c.claimed_at, t.name::text AS name, t.name_en::text AS name_en FROM cleardesk.cases c
	    LEFT JOIN cleardesk.store t ON t.code = c.store
	    WHERE c.holder = s.login AND c.state = 'open' ORDER BY c.claimed_at, c.id LIMIT 1) o ON true
	WHERE s.active ORDER BY x.starts, s.since, s.login`

func (r *hereRow) toDomain(rostered bool) domain.RosterHere {
	h := domain.RosterHere{Who: r.staffRow.toDomain(), Held: r.Held, Closed: r.Closed, Oldest: r.Oldest}
	switch {
	case r.Away != nil && (r.Duty || !rostered):
		h.State, h.Away = domain.HereAway, r.Away
	case r.Desk && (r.Duty || !rostered):
		h.State = domain.HereOn
	case r.Desk:
		h.State = domain.HereExtra
	case r.Absence != nil:
		h.State, h.Absence = domain.HereAbsent, domain.AbsenceReason(*r.Absence)
	case r.Duty && rostered:
		h.State = domain.HereAway
	default:
		h.State = domain.HereOff
	}
	if r.Starts != nil {
		h.Shift = &domain.RosterShift{
			Starts: *r.Starts, Ends: deref(r.Ends), Role: domain.Role(deref(r.Role)), StandsFor: domain.Login(deref(r.StandsFor)),
		}
	}
	if r.Pace != nil {
		pace := time.Duration(*r.Pace) * time.Second
		h.Pace = &pace
	}
	if r.OldCase != nil {
		h.OldCase, h.OldKind = domain.CaseID(*r.OldCase), domain.Kind(deref(r.OldKind))
		h.OldStore, h.OldEn = deref(r.OldStore), deref(r.OldEn)
	}
	return h
}

// RosterNow reads the desk at this moment by the server's clock: who is there, what each
// holds and did today, what is open. What history says of today is read by RosterFacts.
func (s *Store) RosterNow(ctx context.Context) (domain.RosterNow, error) {
	var n domain.RosterNow
	settings, err := s.Settings(ctx)
	if err != nil {
		return n, err
	}
	n.Rules, n.Lease = settings.RosterRules(), settings.Minutes("claim.lease")
	err = s.steady(ctx, "read who is here", func(tx *sqlx.Tx) error {
		var head struct {
			At       time.Time
			Rostered bool
			Risks    pq.Int64Array
			Held     int
			Closed   int
			Mine     int
		}
		err := tx.GetContext(ctx, &head, `
			SELECT now() AS at, cleardesk.roster_of(cleardesk.week_of(now())) IS NOT NULL AS rostered, q.risks, q.held,
			       (SELECT count(*) FROM (SELECT DISTINCT r.op, r.case_id FROM cleardesk.resolution_record r
			            WHERE r.at >= cleardesk.day_begins(cleardesk.day_of(now())) AND cleardesk.kind_with(r.kind) = 'customer_service') x) AS closed,
			       (SELECT count(*) FROM cleardesk.roster_swap x WHERE x.asked_of = cleardesk.me() AND x.gives_day >= cleardesk.day_of(now())
			            AND NOT EXISTS (SELECT FROM cleardesk.roster_swap_answer y WHERE y.swap_id = x.id)) AS mine
			FROM (SELECT coalesce(array_agg(c.at_risk::bigint ORDER BY c.at_risk DESC), '{}') AS risks, count(c.holder) AS held
			      FROM (SELECT x.at_risk, x.holder FROM cleardesk.cases x
			            WHERE x.lies_with = 'customer_service' AND x.state = 'open' AND x.parent IS NULL LIMIT $1) c) q`, domain.MaxCount)
		if err != nil {
			return err
		}
		n.At, n.Rostered, n.Held, n.Closed, n.SwapsForMe = head.At, head.Rostered, head.Held, head.Closed, head.Mine
		n.Unclaimed = len(head.Risks) - head.Held
		for _, m := range head.Risks {
			n.AtRisk = append(n.AtRisk, domain.Money(m))
		}
		return readHere(ctx, tx, &n)
	})
	return n, err
}

func readHere(ctx context.Context, tx *sqlx.Tx, n *domain.RosterNow) error {
	var rows []hereRow
	if err := tx.SelectContext(ctx, &rows, hereQuery, atDesk.Seconds()); err != nil {
		return err
	}
	for i := range rows {
		n.People = append(n.People, rows[i].toDomain(n.Rostered))
	}
	place := []domain.HereState{domain.HereOn, domain.HereAway, domain.HereExtra, domain.HereAbsent, domain.HereOff}
	agents := func(p domain.RosterHere) int {
		if p.Shift != nil && p.Shift.Role == domain.RoleAgent || p.Shift == nil && p.Who.Has(domain.RoleAgent) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(n.People, func(a, b domain.RosterHere) int {
		return cmp.Or(cmp.Compare(slices.Index(place, a.State), slices.Index(place, b.State)), cmp.Compare(agents(a), agents(b)))
	})
	var pieces []struct {
		Login, Dept  string
		Starts, Ends time.Time
	}
	err := tx.SelectContext(ctx, &pieces, `
		SELECT login, dept, starts, ends FROM cleardesk.duty_pieces(now(), cleardesk.day_begins(cleardesk.day_of(now()) + 1))`)
	for _, p := range pieces {
		n.Duty = append(n.Duty, domain.DutyPiece{Login: domain.Login(p.Login), Dept: domain.Department(p.Dept), Starts: p.Starts, Ends: p.Ends})
	}
	return err
}

// RosterHistory reads what was done to a week, the newest first: versions, absences that
// touch it, and swaps.
func (s *Store) RosterHistory(ctx context.Context, week time.Time) (domain.RosterHistory, error) {
	h := domain.RosterHistory{Week: domain.WeekOf(week)}
	err := s.steady(ctx, "read roster history", func(tx *sqlx.Tx) error {
		var err error
		if h.Versions, err = rosterVersions(ctx, tx, h.Week, 200); err != nil {
			return err
		}
		if h.Swaps, err = swaps(ctx, tx, `x.gives_day BETWEEN $1::date AND $1::date + 6 OR x.takes_day BETWEEN $1::date AND $1::date + 6`,
			dateArg(h.Week)); err != nil {
			return err
		}
		return readAbsenceHistory(ctx, tx, &h)
	})
	return h, err
}

func readAbsenceHistory(ctx context.Context, tx *sqlx.Tx, h *domain.RosterHistory) error {
	var rows []struct {
		ID           int64
		Login        string
		Starts, Ends time.Time
		Reason, Note string
		By           string `db:"by_login"`
		At           time.Time
		EndedBy      string     `db:"ended_by"`
		EndedAt      *time.Time `db:"ended_at"`
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT a.id, a.login, a.starts, a.ends, a.reason, a.note, a.by_login, a.at, coalesce(e.by_login, '') AS ended_by, e.at AS ended_at
		FROM cleardesk.roster_absence a LEFT JOIN cleardesk.roster_absence_end e ON e.absence_id = a.id
		WHERE a.starts < cleardesk.day_begins($1::date + 7) AND a.ends > cleardesk.day_begins($1::date) ORDER BY a.id DESC LIMIT 200`, dateArg(h.Week))
	for _, r := range rows {
		h.Absences = append(h.Absences, domain.RosterAbsence{
			ID: r.ID, Login: domain.Login(r.Login), Starts: r.Starts, Ends: r.Ends, Reason: domain.AbsenceReason(r.Reason), Note: r.Note,
			By: domain.Login(r.By), At: r.At, EndedBy: domain.Login(r.EndedBy), EndedAt: deref(r.EndedAt),
		})
	}
	return err
}

// RosterOpen counts what waits on the roster: swaps the caller is asked for, and for a
// manager the days ahead with a gap.
func (s *Store) RosterOpen(ctx context.Context, manager bool) (int, error) {
	var n int
	err := s.db.GetContext(ctx, &n, `
		SELECT (SELECT count(*) FROM cleardesk.roster_swap x WHERE x.asked_of = cleardesk.me()
		            AND least(x.gives_day, x.takes_day) >= cleardesk.day_of(now())
		            AND NOT EXISTS (SELECT FROM cleardesk.roster_swap_answer y WHERE y.swap_id = x.id))
		     + (SELECT count(*) FROM cleardesk.task t WHERE $1 AND t.what = 'roster_gap' AND t.closed_at IS NULL)`, manager)
	return n, fail(ctx, "count what waits on the roster", err)
}
