-- The roster (process.md, "Roster", §4.1.6): who is on duty, when and as what. What is
-- published is appended: each change of a week is a further version of it, and the newest
-- one holds.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
SET LOCAL search_path = cleardesk, pg_catalog;

-- A version of a week, named by its Monday. Changes lists the days of people that are
-- other than in the version before.
CREATE TABLE IF NOT EXISTS roster_version (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    week     date NOT NULL CHECK (isfinite(week) AND extract(isodow FROM week) = 1),
    no       integer NOT NULL CHECK (no > 0),
    why      text NOT NULL CHECK (why IN ('published', 'imported', 'swapped', 'taken_over', 'stands_in')),
    changes  document NOT NULL, -- [{login, day, was: [{starts, ends, role, stands_for}], is: [...]}]
    note     note NOT NULL DEFAULT '',
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now(),
    UNIQUE (week, no)
);

-- The shifts of a version. A shift belongs to the day it begins on in the platform's zone,
-- and does not hold its end: 15-22 and 22-06 do not overlap.
CREATE TABLE IF NOT EXISTS roster_shift (
    version    bigint NOT NULL REFERENCES roster_version,
    login      login NOT NULL REFERENCES staff,
    day        date NOT NULL,
    starts     moment NOT NULL,
    ends       moment NOT NULL,
    role       text NOT NULL CHECK (role IN ('agent', 'manager', 'expansion', 'procurement', 'logistics', 'training', 'finance')),
    stands_for login REFERENCES staff, -- whose shift it was
    PRIMARY KEY (version, login, starts),
    CHECK (starts < ends AND ends - starts <= interval '24 hours')
);

-- What a manager has changed of a week and not yet published, on the version it was begun
-- on. It is nobody's duty yet.
CREATE TABLE IF NOT EXISTS roster_draft (
    login    login NOT NULL REFERENCES staff,
    week     date NOT NULL,
    base     integer NOT NULL CHECK (base >= 0), -- 0: of a week that is not published
    cells    document NOT NULL,                  -- [{login, day, shifts: [{starts, ends, role, stands_for}]}]
    saved_at moment NOT NULL DEFAULT now(),
    PRIMARY KEY (login, week)
);

-- Somebody is not there although the roster has them, from a moment on to another.
CREATE TABLE IF NOT EXISTS roster_absence (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login    login NOT NULL REFERENCES staff,
    starts   moment NOT NULL,
    ends     moment NOT NULL,
    reason   text NOT NULL CHECK (reason IN ('sick', 'leave', 'training', 'other')),
    note     note NOT NULL DEFAULT '',
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now(),
    CHECK (starts < ends)
);
CREATE INDEX IF NOT EXISTS roster_absence_who ON roster_absence (login, ends);
-- They are there again from a moment on: at its beginning it was none.
CREATE TABLE IF NOT EXISTS roster_absence_end (
    absence_id bigint PRIMARY KEY REFERENCES roster_absence,
    from_at    moment NOT NULL,
    by_login   login NOT NULL REFERENCES staff,
    at         moment NOT NULL DEFAULT now()
);

-- One asks another to change a day's shifts with theirs of the same or another day; the
-- other agrees or refuses.
CREATE TABLE IF NOT EXISTS roster_swap (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asked_by  login NOT NULL REFERENCES staff,
    gives_day date NOT NULL,
    gives     document NOT NULL, -- the shifts given, as they stood
    asked_of  login NOT NULL REFERENCES staff,
    takes_day date NOT NULL,
    takes     document NOT NULL,
    note      note NOT NULL DEFAULT '',
    at        moment NOT NULL DEFAULT now(),
    CHECK (asked_by <> asked_of)
);
CREATE INDEX IF NOT EXISTS roster_swap_of ON roster_swap (asked_of, id);
CREATE TABLE IF NOT EXISTS roster_swap_answer (
    swap_id  bigint PRIMARY KEY REFERENCES roster_swap,
    agreed   boolean NOT NULL,
    note     note NOT NULL DEFAULT '',
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now()
);

-- A week's pattern under a name; the newest of a name counts.
CREATE TABLE IF NOT EXISTS roster_template (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     words NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 40 AND name !~ '[[:cntrl:]]'),
    cells    document NOT NULL, -- [{login, weekday, shifts}]; none: the name is free again
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now()
);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['roster_version', 'roster_shift', 'roster_absence', 'roster_absence_end', 'roster_swap',
        'roster_swap_answer', 'roster_template'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
            t || '_appended', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            t || '_kept', t);
        EXECUTE format('GRANT SELECT ON %I TO cleardesk_staff, cleardesk_intake', t);
    END LOOP;
END
$$;
GRANT SELECT ON roster_draft TO cleardesk_staff, cleardesk_intake;
CREATE TRIGGER roster_hint AFTER INSERT ON roster_version FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');
CREATE TRIGGER roster_absence_hint AFTER INSERT ON roster_absence FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');
CREATE TRIGGER roster_absence_end_hint AFTER INSERT ON roster_absence_end FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');
CREATE TRIGGER roster_swap_hint AFTER INSERT ON roster_swap FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');
CREATE TRIGGER roster_swap_answer_hint AFTER INSERT ON roster_swap_answer FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');

-- The version of a week that holds, NULL where none was published.
CREATE FUNCTION cleardesk.roster_of(p_week date) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT v.id FROM cleardesk.roster_version v WHERE v.week = p_week ORDER BY v.no DESC LIMIT 1
$$;

-- Absences as they hold: ended early ones reach to where they ended.
CREATE VIEW cleardesk.absent WITH (security_invoker = true) AS
SELECT a.id, a.login::text AS login, a.starts::timestamptz AS starts, coalesce(e.from_at, a.ends)::timestamptz AS ends, a.reason, a.note,
       a.by_login::text AS by_login, a.at::timestamptz AS at
FROM cleardesk.roster_absence a LEFT JOIN cleardesk.roster_absence_end e ON e.absence_id = a.id
WHERE e.from_at IS NULL OR e.from_at > a.starts;

-- Who of the staff is on duty at a moment, and as what: those with a shift then, but not
-- those who are absent. A shift over midnight counts on both days, and its end is not in
-- it. On a day whose week was never published everybody is, in each of their roles, so
-- that a platform without a roster works.
CREATE FUNCTION cleardesk.duty_at(p_at timestamptz) RETURNS TABLE (login text, role text) LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH w AS MATERIALIZED (SELECT cleardesk.week_of(p_at) AS week), v AS MATERIALIZED (
        SELECT cleardesk.roster_of(w.week) AS this, cleardesk.roster_of(w.week - 7) AS before FROM w
    ), d AS (
        SELECT x.login::text AS login, x.role FROM v, cleardesk.roster_shift x
        WHERE v.this IS NOT NULL AND x.version IN (v.this, v.before) AND x.starts <= p_at AND p_at < x.ends
        UNION
        SELECT s.login, r FROM v, cleardesk.staff s, unnest(s.roles) r WHERE v.this IS NULL
    )
    SELECT d.login, d.role FROM d JOIN cleardesk.staff s ON s.login = d.login AND s.active
    WHERE NOT EXISTS (SELECT FROM cleardesk.absent a WHERE a.login = d.login AND a.starts <= p_at AND p_at < a.ends)
$$;
CREATE FUNCTION cleardesk.on_duty(p_login text, p_at timestamptz) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT EXISTS (SELECT FROM cleardesk.duty_at(p_at) d WHERE d.login = p_login)
$$;

-- The department people of a role work in, as domain.Role.Department.
CREATE FUNCTION cleardesk.role_dept(p_role text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_role WHEN 'agent' THEN 'customer_service' ELSE p_role END
$$;
-- Who is on duty for a department, by what their shift is.
CREATE FUNCTION cleardesk.on_duty_of(p_dept text, p_at timestamptz) RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT DISTINCT d.login FROM cleardesk.duty_at(p_at) d WHERE cleardesk.role_dept(d.role) = p_dept ORDER BY 1
$$;

GRANT SELECT ON cleardesk.absent TO cleardesk_staff, cleardesk_intake;
GRANT EXECUTE ON FUNCTION cleardesk.roster_of(date), cleardesk.duty_at(timestamptz), cleardesk.on_duty(text, timestamptz),
    cleardesk.on_duty_of(text, timestamptz), cleardesk.role_dept(text) TO cleardesk_staff;
RESET ROLE;
RESET search_path;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER roster_hint ON cleardesk.roster_version;
DROP TRIGGER roster_absence_hint ON cleardesk.roster_absence;
DROP TRIGGER roster_absence_end_hint ON cleardesk.roster_absence_end;
DROP TRIGGER roster_swap_hint ON cleardesk.roster_swap;
DROP TRIGGER roster_swap_answer_hint ON cleardesk.roster_swap_answer;
DROP FUNCTION cleardesk.on_duty_of(text, timestamptz), cleardesk.role_dept(text), cleardesk.on_duty(text, timestamptz),
    cleardesk.duty_at(timestamptz), cleardesk.roster_of(date);
DROP VIEW cleardesk.absent;
REVOKE SELECT ON cleardesk.roster_version, cleardesk.roster_shift, cleardesk.roster_draft, cleardesk.roster_absence,
    cleardesk.roster_absence_end, cleardesk.roster_swap, cleardesk.roster_swap_answer, cleardesk.roster_template
FROM cleardesk_staff, cleardesk_intake;
RESET ROLE;
-- +goose StatementEnd
