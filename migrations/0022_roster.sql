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

-- When the gaps of the days ahead are looked for next.
CREATE TABLE IF NOT EXISTS roster_watch (
    one_row    boolean PRIMARY KEY DEFAULT true CHECK (one_row),
    next_check moment NOT NULL DEFAULT '2000-01-01Z'
);
INSERT INTO roster_watch DEFAULT VALUES ON CONFLICT DO NOTHING;
CREATE INDEX IF NOT EXISTS anomaly_raised ON anomaly (raised_at);

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
GRANT SELECT ON roster_draft, roster_watch TO cleardesk_staff, cleardesk_intake;
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

-- When a day begins in the platform's zone.
CREATE FUNCTION cleardesk.day_begins(p_day date) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT p_day::timestamp AT TIME ZONE cleardesk.platform_zone()
$$;
-- The day of a moment there.
CREATE FUNCTION cleardesk.day_of(p_at timestamptz) RETURNS date LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT (p_at AT TIME ZONE cleardesk.platform_zone())::date
$$;
-- A time of day set for the platform, on a day: domain.SettingDefs has the same defaults.
CREATE FUNCTION cleardesk.clock_on(p_name text, p_default time, p_day date) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT (p_day + coalesce((SELECT x.value::time FROM cleardesk.setting x
        WHERE x.name = p_name AND x.scope = 'platform' AND x.key = '' AND x.valid_from <= now()
        ORDER BY x.valid_from DESC, x.id DESC LIMIT 1), p_default)) AT TIME ZONE cleardesk.platform_zone()
$$;

-- The pieces of published shifts between two moments in which somebody is there.
CREATE FUNCTION cleardesk.duty_pieces(p_from timestamptz, p_to timestamptz) RETURNS TABLE (login text, dept text, starts timestamptz,
    ends timestamptz) LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT x.login::text, cleardesk.role_dept(x.role), lower(p), upper(p)
    FROM generate_series(cleardesk.week_of(p_from) - 7, cleardesk.week_of(p_to), interval '7 days') w
    JOIN cleardesk.roster_shift x ON x.version = cleardesk.roster_of(w::date)
    JOIN cleardesk.staff s ON s.login = x.login AND s.active,
    unnest(tstzmultirange(tstzrange(greatest(x.starts, p_from), least(x.ends, p_to))) - coalesce((
        SELECT range_agg(tstzrange(a.starts, a.ends)) FROM cleardesk.absent a WHERE a.login = x.login), '{}')) p
    WHERE x.starts < p_to AND x.ends > p_from
$$;

-- How many rows of the queue came to customer service in each hour of a day like this one:
-- the median of the last eight of its weekday, by when what they are about came; where
-- none is known, of the last eight days. No rows: nothing is known.
CREATE FUNCTION cleardesk.roster_expected(p_day date) RETURNS TABLE (hour integer, expected integer, days integer, weekday boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH z AS MATERIALIZED (SELECT cleardesk.platform_zone() AS zone, least(p_day, cleardesk.day_of(now())) AS before),
    came AS MATERIALIZED (
        SELECT coalesce(c.parent, c.id) AS id, min(coalesce(e.at, o.placed_at, a.raised_at)) AT TIME ZONE z.zone AS at
        FROM z, cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id
        LEFT JOIN cleardesk.event e ON e.id = a.event_id LEFT JOIN cleardesk.orders o ON o.id = a.order_id
        WHERE a.raised_at >= cleardesk.day_begins(z.before - 57) AND cleardesk.kind_with(a.kind) = 'customer_service'
        GROUP BY 1, z.zone
    ), known AS (
        SELECT d::date AS day FROM z, generate_series((SELECT greatest(min(x.at), z.before - 56) FROM came x)::date, z.before - 1, interval '1 day') d
    ), alike AS (
        SELECT k.day FROM known k WHERE extract(isodow FROM k.day) = extract(isodow FROM p_day) ORDER BY k.day DESC LIMIT 8
    ), chosen AS (
        SELECT a.day, true AS weekday FROM alike a
        UNION ALL
        SELECT x.day, false FROM (SELECT k.day FROM known k ORDER BY k.day DESC LIMIT 8) x WHERE NOT EXISTS (SELECT FROM alike)
    ), counted AS (
        SELECT c.day, c.weekday, h, count(x.id)::integer AS n
        FROM chosen c CROSS JOIN generate_series(0, 23) h
        LEFT JOIN came x ON x.at >= c.day + h * interval '1 hour' AND x.at < c.day + (h + 1) * interval '1 hour'
        GROUP BY 1, 2, 3
    )
    SELECT h, percentile_disc(0.5) WITHIN GROUP (ORDER BY n), count(*)::integer, bool_and(counted.weekday) FROM counted GROUP BY h ORDER BY h
$$;

-- How many seconds customer service needs for a case on a day like this one: the median of
-- the last eight weeks' same weekdays from taking it to writing its record; where there is
-- none, of all days; NULL: nothing is known.
CREATE FUNCTION cleardesk.roster_pace(p_day date) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH took AS MATERIALIZED (
        SELECT extract(isodow FROM r.at AT TIME ZONE cleardesk.platform_zone()) = extract(isodow FROM p_day) AS weekday,
               greatest(1, extract(epoch FROM r.at - (
                   SELECT max(c.at) FROM cleardesk.claim c
                   WHERE c.case_id = r.case_id AND c.what = 'claimed' AND c.holder = r.by_login AND c.at <= r.at)))::integer AS seconds
        FROM (SELECT DISTINCT ON (x.op, x.case_id) x.case_id, x.by_login, x.at FROM cleardesk.resolution_record x
              WHERE x.at >= cleardesk.day_begins(cleardesk.day_of(now()) - 56) AND cleardesk.kind_with(x.kind) = 'customer_service'
              ORDER BY x.op, x.case_id, x.id) r
    )
    SELECT coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY t.seconds) FILTER (WHERE t.weekday),
                    percentile_disc(0.5) WITHIN GROUP (ORDER BY t.seconds))
    FROM took t WHERE t.seconds IS NOT NULL
$$;

-- Stretches between two moments in which fewer of a department are on duty than there
-- should be, as domain.RosterGaps names them.
CREATE FUNCTION cleardesk.duty_lacks(p_dept text, p_need integer, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (starts timestamptz, ends timestamptz, have integer) LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH d AS MATERIALIZED (
        SELECT x.login, x.starts, x.ends FROM cleardesk.duty_pieces(p_from, p_to) x WHERE x.dept = p_dept
    ), cut AS (
        SELECT p_from AS at UNION SELECT p_to UNION SELECT d.starts FROM d UNION SELECT d.ends FROM d
    ), part AS (
        SELECT c.at, lead(c.at) OVER (ORDER BY c.at) AS until,
               (SELECT count(DISTINCT d.login) FROM d WHERE d.starts <= c.at AND c.at < d.ends)::integer AS have
        FROM cut c
    ), low AS (
        SELECT p.*, p.have < p_need AS lacks FROM part p WHERE p.until IS NOT NULL
    ), run AS (
        SELECT l.*, count(*) FILTER (WHERE NOT l.lacks) OVER (ORDER BY l.at) AS nth FROM low l
    )
    SELECT min(r.at), max(r.until), min(r.have) FROM run r WHERE r.lacks AND p_from < p_to GROUP BY r.nth ORDER BY 1
$$;

-- The gaps of a published day: too few people in the order window, nobody in the handling
-- hours, and work that is left when either ends. domain.RosterGaps finds the same.
CREATE FUNCTION cleardesk.roster_gaps(p_day date) RETURNS jsonb LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    opens   timestamptz := cleardesk.clock_on('window.opens', '13:00', p_day);
    closes  timestamptz := cleardesk.clock_on('window.closes', '15:00', p_day);
    from_   timestamptz := cleardesk.clock_on('handling.opens', '09:00', p_day);
    to_     timestamptz := cleardesk.clock_on('handling.closes', '20:00', p_day);
    pace    integer := coalesce(cleardesk.roster_pace(p_day), greatest(1, cleardesk.platform_number('roster.minutes', 6)) * 60);
    expects integer[] := (SELECT array_agg(e.expected ORDER BY e.hour) FROM cleardesk.roster_expected(p_day) e);
    gaps    jsonb;
    hour    record;
    rest    bigint := 0;
    run     jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(jsonb_build_object('what', g.what, 'dept', g.dept, 'from', g.starts, 'to', g.ends, 'have', g.have, 'need', g.need)
        ORDER BY g.nth, g.starts), '[]') INTO gaps
    FROM (
        SELECT n.nth, 'window' AS what, n.dept, x.starts, x.ends, x.have, n.need
        FROM (SELECT d.dept, d.nth, cleardesk.platform_number('roster.window.' || d.dept,
                     CASE d.dept WHEN 'customer_service' THEN 2 WHEN 'manager' THEN 1 WHEN 'procurement' THEN 1 ELSE 0 END) AS need
              FROM unnest(ARRAY['customer_service', 'manager', 'expansion', 'procurement', 'logistics', 'training', 'finance'])
                   WITH ORDINALITY d (dept, nth)) n,
             cleardesk.duty_lacks(n.dept, n.need, opens, closes) x WHERE n.need > 0
        UNION ALL
        SELECT 100, 'handling', 'customer_service', x.starts, x.ends, x.have, n.need
        FROM (SELECT cleardesk.platform_number('roster.handling', 1) AS need) n,
             (VALUES (from_, least(to_, opens)), (greatest(from_, closes), to_)) p (a, b),
             cleardesk.duty_lacks('customer_service', n.need, p.a, p.b) x WHERE n.need > 0
    ) g;
    IF expects IS NULL THEN
        RETURN gaps;
    END IF;
    FOR hour IN
        SELECT h.at, coalesce(sum(extract(epoch FROM least(d.ends, h.at + interval '1 hour') - greatest(d.starts, h.at)))
                   FILTER (WHERE d.login IS NOT NULL), 0)::bigint AS seconds,
               extract(hour FROM h.at AT TIME ZONE cleardesk.platform_zone())::integer AS of_day
        FROM generate_series(cleardesk.day_begins(p_day), cleardesk.day_begins(p_day + 1) - interval '1 second', interval '1 hour') h (at)
        LEFT JOIN cleardesk.duty_pieces(cleardesk.day_begins(p_day), cleardesk.day_begins(p_day + 1)) d
            ON d.dept = 'customer_service' AND d.starts < h.at + interval '1 hour' AND d.ends > h.at
        GROUP BY h.at ORDER BY h.at
    LOOP
        rest := greatest(0, rest + expects[hour.of_day + 1] - hour.seconds / pace);
        IF rest = 0 THEN
            IF run ? 'left' THEN
                gaps := gaps || run;
            END IF;
            run := NULL;
            CONTINUE;
        END IF;
        run := coalesce(run, jsonb_build_object('what', 'left', 'dept', 'customer_service', 'from', hour.at))
            || jsonb_build_object('to', hour.at + interval '1 hour');
        IF NOT run ? 'left' AND (hour.at < closes AND closes <= hour.at + interval '1 hour' OR hour.at < to_ AND to_ <= hour.at + interval '1 hour') THEN
            run := run || jsonb_build_object('left', rest);
        END IF;
    END LOOP;
    IF run ? 'left' THEN
        gaps := gaps || run;
    END IF;
    RETURN gaps;
END
$$;

-- A moment as the time of day it is there.
CREATE FUNCTION cleardesk.day_time(p_at text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT to_char(p_at::timestamptz AT TIME ZONE cleardesk.platform_zone(), 'HH24:MI')
$$;

-- Brings the manager's tasks in step with the gaps of the days from today on that are near
-- enough: one task a day that has any, which ends when it has none or is over. Where
-- rosters are published and a week is not, its first day is the gap. Whoever wakes it, the
-- platform opens and ends them.
CREATE FUNCTION cleardesk.refresh_gaps() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    today date := cleardesk.day_of(now());
    last  date := today + cleardesk.platform_number('roster.ahead', 7);
    day   date;
    gaps  jsonb;
    t     record;
BEGIN
    FOR t IN SELECT x.about FROM cleardesk.task x WHERE x.what = 'roster_gap' AND x.closed_at IS NULL
             AND (x.about < to_char(today, 'YYYY-MM-DD') OR x.about > to_char(last, 'YYYY-MM-DD')) ORDER BY x.id LOOP
        PERFORM cleardesk.end_task('roster_gap', t.about, 'the day is over');
    END LOOP;
    IF NOT EXISTS (SELECT FROM cleardesk.roster_version) THEN
        RETURN;
    END IF;
    FOR day IN SELECT d::date FROM generate_series(today, last, interval '1 day') d LOOP
        IF cleardesk.roster_of(cleardesk.week_of(cleardesk.day_begins(day))) IS NOT NULL THEN
            gaps := (SELECT coalesce(jsonb_agg(g ORDER BY n), '[]') FROM jsonb_array_elements(cleardesk.roster_gaps(day)) WITH ORDINALITY x (g, n)
                     WHERE (g ->> 'to')::timestamptz > now());
        ELSIF day = today OR extract(isodow FROM day) = 1 THEN
            gaps := jsonb_build_array(jsonb_build_object('what', 'unpublished', 'from', cleardesk.day_begins(day), 'to', cleardesk.day_begins(day + 1)));
        ELSE
            gaps := '[]';
        END IF;
        SELECT * INTO t FROM cleardesk.task x WHERE x.what = 'roster_gap' AND x.about = to_char(day, 'YYYY-MM-DD') AND x.closed_at IS NULL;
        IF gaps = '[]' THEN
            PERFORM cleardesk.end_task('roster_gap', to_char(day, 'YYYY-MM-DD'), 'filled');
        ELSIF t.detail -> 'gaps' IS DISTINCT FROM gaps THEN
            PERFORM cleardesk.open_task('roster_gap', to_char(day, 'YYYY-MM-DD'), 'manager', (
                SELECT min((g ->> 'from')::timestamptz) FROM jsonb_array_elements(gaps) g), 0, NULL,
                jsonb_strip_nulls(jsonb_build_object('day', day, 'gaps', gaps, 'from', cleardesk.day_time(gaps -> 0 ->> 'from'),
                    'until', cleardesk.day_time(gaps -> 0 ->> 'to'),
                    'missing', (gaps -> 0 ->> 'need')::integer - (gaps -> 0 ->> 'have')::integer)));
        END IF;
    END LOOP;
END
$$;

-- The gaps of the days ahead change with time too: the tick looks at them each hour, and
-- is told when next.
CREATE FUNCTION cleardesk.watch_roster() RETURNS timestamptz LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    due timestamptz := (SELECT w.next_check FROM cleardesk.roster_watch w);
BEGIN
    IF due <= now() THEN
        PERFORM cleardesk.lock_roster();
        PERFORM cleardesk.refresh_gaps();
        UPDATE cleardesk.roster_watch SET next_check = least(now() + interval '1 hour', cleardesk.day_begins(cleardesk.day_of(now()) + 1))
        RETURNING next_check INTO due;
    END IF;
    RETURN due;
END
$$;

-- The roster is changed by one act after the other.
CREATE FUNCTION cleardesk.lock_roster() RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('roster', 17))
$$;

-- The shifts of somebody's day in a version, as documents hold them.
CREATE FUNCTION cleardesk.roster_cell(p_version bigint, p_login text, p_day date) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('starts', x.starts, 'ends', x.ends, 'role', x.role, 'stands_for', x.stands_for))
        ORDER BY x.starts), '[]')
    FROM cleardesk.roster_shift x WHERE x.version = p_version AND x.login = p_login AND x.day = p_day
$$;

-- Appends a version of a week: the one that holds, with some days of some people others.
-- Each shift is checked: the person is on the staff and has the role, it begins on its day,
-- and none overlaps another of theirs. NULL: nothing would be other.
--   p_cells  [{login, day, shifts: [{starts, ends, role, stands_for}]}]
CREATE FUNCTION cleardesk.append_roster(p_week date, p_why text, p_cells jsonb, p_note text, p_by text) RETURNS cleardesk.roster_version
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    base bigint := cleardesk.roster_of(p_week);
    made cleardesk.roster_version;
    diff jsonb;
    bad  record;
BEGIN
    SELECT coalesce(jsonb_agg(jsonb_build_object('login', x.login, 'day', x.day, 'was', x.was, 'is', x.is_now) ORDER BY x.day, x.login), '[]') INTO diff
    FROM (
        SELECT c.login, c.day, cleardesk.roster_cell(base, c.login, c.day) AS was, (
                   SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('starts', s.starts, 'ends', s.ends, 'role', s.role,
                       'stands_for', s.stands_for)) ORDER BY s.starts), '[]')
                   FROM jsonb_to_recordset(c.shifts) s (starts timestamptz, ends timestamptz, role text, stands_for text)) AS is_now
        FROM jsonb_to_recordset(p_cells) c (login text, day date, shifts jsonb)) x
    WHERE x.was <> x.is_now;
    IF diff = '[]' AND base IS NOT NULL THEN
        RETURN NULL;
    END IF;
    SELECT c.login, c.day INTO bad FROM jsonb_to_recordset(diff) c (login text, day date, "is" jsonb)
    WHERE c.day IS NULL OR c.day < p_week OR c.day > p_week + 6
       OR EXISTS (SELECT FROM jsonb_to_recordset(c."is") s (starts timestamptz, ends timestamptz)
                  WHERE (cleardesk.day_of(s.starts) = c.day AND s.starts < s.ends AND s.ends - s.starts <= interval '24 hours') IS NOT TRUE) LIMIT 1;
    IF FOUND THEN
        PERFORM cleardesk.deny('CD400', format('a shift of %s on %s is not one of that day and week', bad.login, bad.day));
    END IF;
    SELECT c.login, s.role INTO bad FROM jsonb_to_recordset(diff) c (login text, "is" jsonb), jsonb_to_recordset(c."is") s (role text)
    WHERE NOT EXISTS (SELECT FROM cleardesk.staff p WHERE p.login = c.login AND p.active AND s.role = ANY (p.roles)) LIMIT 1;
    IF FOUND THEN
        PERFORM cleardesk.deny('CD400', format('%s is not on the staff as %s', bad.login, bad.role), jsonb_build_object('login', bad.login, 'role', bad.role));
    END IF;
    INSERT INTO cleardesk.roster_version (week, no, why, changes, note, by_login)
    VALUES (p_week, 1 + coalesce((SELECT v.no FROM cleardesk.roster_version v WHERE v.id = base), 0), p_why, diff, coalesce(p_note, ''), p_by)
    RETURNING * INTO made;
    INSERT INTO cleardesk.roster_shift (version, login, day, starts, ends, role, stands_for)
    SELECT made.id, x.login, x.day, x.starts, x.ends, x.role, x.stands_for FROM cleardesk.roster_shift x
    WHERE x.version = base AND NOT EXISTS (
        SELECT FROM jsonb_to_recordset(diff) c (login text, day date) WHERE c.login = x.login AND c.day = x.day)
    UNION ALL
    SELECT made.id, c.login, c.day, s.starts, s.ends, s.role, s.stands_for
    FROM jsonb_to_recordset(diff) c (login text, day date, "is" jsonb),
         jsonb_to_recordset(c."is") s (starts timestamptz, ends timestamptz, role text, stands_for text);
    SELECT a.login, a.day INTO bad FROM cleardesk.roster_shift a JOIN cleardesk.roster_shift b
        ON b.login = a.login AND b.version IN (made.id, cleardesk.roster_of(p_week - 7), cleardesk.roster_of(p_week + 7))
        AND (b.version, b.starts) <> (a.version, a.starts) AND a.starts < b.ends AND b.starts < a.ends
    WHERE a.version = made.id AND EXISTS (
        SELECT FROM jsonb_to_recordset(diff) c (login text, day date) WHERE c.login = a.login AND (c.day = a.day OR c.day = b.day)) LIMIT 1;
    IF FOUND THEN
        PERFORM cleardesk.deny('CD400', format('shifts of %s on %s overlap', bad.login, bad.day), jsonb_build_object('login', bad.login, 'day', bad.day));
    END IF;
    RETURN made;
END
$$;

-- Writes that somebody is not there on some days: from the end of what they began the day
-- before, or from now, to the end of what begins on the last of them.
CREATE FUNCTION cleardesk.append_absence(p_login text, p_first date, p_last date, p_reason text, p_note text, p_by text)
RETURNS cleardesk.roster_absence LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    a    cleardesk.roster_absence;
    from_ timestamptz;
    to_   timestamptz;
BEGIN
    IF NOT EXISTS (SELECT FROM cleardesk.staff s WHERE s.login = p_login AND s.active) THEN
        PERFORM cleardesk.deny('CD404', format('%s is not on the staff', p_login));
    ELSIF (p_reason IN ('sick', 'leave', 'training', 'other')) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'somebody is sick, on leave, at a training or away for another reason');
    ELSIF (p_first <= p_last AND p_last - p_first <= 366 AND p_last >= cleardesk.day_of(now())) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'an absence has a first and a last day that are not over');
    END IF;
    SELECT greatest(cleardesk.day_begins(p_first), max(x.ends) FILTER (WHERE x.day = p_first - 1), date_trunc('minute', now())),
           greatest(cleardesk.day_begins(p_last + 1), max(x.ends) FILTER (WHERE x.day = p_last))
    INTO from_, to_ FROM cleardesk.roster_shift x
    WHERE x.login = p_login AND x.day IN (p_first - 1, p_last)
      AND x.version = cleardesk.roster_of(cleardesk.week_of(cleardesk.day_begins(x.day)));
    IF EXISTS (SELECT FROM cleardesk.absent x WHERE x.login = p_login AND x.starts < to_ AND x.ends > from_) THEN
        PERFORM cleardesk.deny('CD409', format('%s is absent then already', p_login), '{"state": "absent"}');
    END IF;
    INSERT INTO cleardesk.roster_absence (login, starts, ends, reason, note, by_login)
    VALUES (p_login, from_, to_, p_reason, coalesce(p_note, ''), p_by) RETURNING * INTO a;
    RETURN a;
END
$$;

-- Keeps what a manager has changed of a week; nothing: it is thrown away. No act: nothing
-- is audited and nobody is told.
CREATE FUNCTION cleardesk.save_roster_draft(p_week date, p_base integer, p_cells jsonb) RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM cleardesk.need('manager');
    IF jsonb_typeof(p_cells) IS DISTINCT FROM 'array' OR p_week IS NULL OR p_base IS NULL OR NOT isfinite(p_week) OR extract(isodow FROM p_week) <> 1 THEN
        PERFORM cleardesk.deny('CD400', 'a draft is a list of days of people in a week, which its Monday names');
    END IF;
    DELETE FROM cleardesk.roster_draft d WHERE d.login = cleardesk.me() AND d.week = p_week;
    IF p_cells <> '[]' THEN
        INSERT INTO cleardesk.roster_draft (login, week, base, cells) VALUES (cleardesk.me(), p_week, p_base, p_cells);
    END IF;
    RETURN clock_timestamp();
END
$$;

-- Publishes a week: the days of people named become what is said, on the version the
-- caller saw (0: none). A day that is over keeps what was published of it. A cell with an
-- absence writes that as well.
CREATE FUNCTION cleardesk.publish_roster(op uuid, p_week date, p_base integer, p_cells jsonb, p_why text, p_note text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done   jsonb := cleardesk.answered(op, 'publish_roster');
    s      cleardesk.staff;
    latest cleardesk.roster_version;
    made   cleardesk.roster_version;
    c      record;
    away   integer := 0;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('manager');
    IF p_week IS NULL OR NOT isfinite(p_week) OR extract(isodow FROM p_week) <> 1 THEN
        PERFORM cleardesk.deny('CD400', 'a week is named by its Monday');
    ELSIF jsonb_typeof(p_cells) IS DISTINCT FROM 'array' OR (p_why IN ('published', 'imported')) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'what is published is a list of days of people');
    END IF;
    PERFORM cleardesk.lock_roster();
    SELECT * INTO latest FROM cleardesk.roster_version v WHERE v.id = cleardesk.roster_of(p_week);
    IF coalesce(latest.no, 0) IS DISTINCT FROM p_base THEN
        PERFORM cleardesk.deny('CD409', format('version %s of the week was published meanwhile', latest.no),
            cleardesk.who(latest.by_login, latest.at) || jsonb_build_object('state', 'published', 'version', latest.no));
    END IF;
    SELECT x.login, x.day INTO c FROM jsonb_to_recordset(p_cells) x (login text, day date, shifts jsonb)
    WHERE latest.id IS NOT NULL AND x.day < cleardesk.day_of(now()) LIMIT 1;
    IF FOUND THEN
        PERFORM cleardesk.deny('CD400', format('%s is over: what was published of it stays', c.day), jsonb_build_object('day', c.day));
    END IF;
    made := cleardesk.append_roster(p_week, p_why, p_cells, p_note, s.login);
    FOR c IN SELECT x.login, x.day, x.absence FROM jsonb_to_recordset(p_cells) x (login text, day date, absence text)
             WHERE x.absence <> '' ORDER BY x.login, x.day LOOP
        PERFORM cleardesk.append_absence(c.login, c.day, c.day, c.absence, p_note, s.login);
        away := away + 1;
    END LOOP;
    IF made.id IS NULL AND away = 0 THEN
        PERFORM cleardesk.deny('CD400', 'nothing is other than what is published');
    END IF;
    IF p_why = 'published' THEN
        DELETE FROM cleardesk.roster_draft d WHERE d.login = s.login AND d.week = p_week;
    END IF;
    PERFORM cleardesk.refresh_gaps();
    RETURN cleardesk.answer(op, 'publish_roster', 'roster ' || p_week,
        jsonb_build_object('base', p_base, 'cells', p_cells, 'why', p_why, 'note', p_note),
        jsonb_build_object('version', coalesce(made.no, p_base), 'changes', coalesce(jsonb_array_length(made.changes), 0), 'absences', away));
END
$$;

-- Hands parts of somebody's shifts to another: what lies between two moments and the other
-- is free to take. Answers how many shifts they took.
CREATE FUNCTION cleardesk.hand_shifts(p_of text, p_to text, p_from timestamptz, p_until timestamptz, p_why text, p_note text, p_by text)
RETURNS integer LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    w     date;
    cells jsonb;
    taken integer := 0;
    n     integer;
BEGIN
    IF p_of = p_to THEN
        PERFORM cleardesk.deny('CD400', 'somebody else stands in');
    END IF;
    FOR w IN SELECT x::date FROM generate_series(cleardesk.week_of(p_from) - 7, cleardesk.week_of(p_until), interval '7 days') x LOOP
        WITH its AS MATERIALIZED (
            SELECT x.*, tstzmultirange(tstzrange(x.starts, x.ends)) AS span FROM cleardesk.roster_shift x
            WHERE x.login = p_of AND x.version = cleardesk.roster_of(w)
        ), own AS MATERIALIZED (
            SELECT coalesce(range_agg(tstzrange(x.starts, x.ends)), '{}') AS span FROM cleardesk.roster_shift x
            WHERE x.login = p_to AND x.version IN (cleardesk.roster_of(w - 7), cleardesk.roster_of(w), cleardesk.roster_of(w + 7))
        ), goes AS MATERIALIZED (
            SELECT i.*, i.span * tstzmultirange(tstzrange(p_from, p_until)) - own.span AS part FROM its i, own
        ), fresh AS (
            SELECT p_of AS login, lower(r) AS starts, upper(r) AS ends, g.role, g.stands_for::text AS stands_for
            FROM goes g, unnest(g.span - g.part) r
            UNION ALL
            SELECT p_to, lower(r), upper(r), g.role, p_of FROM goes g, unnest(g.part) r
            UNION ALL
            SELECT p_to, x.starts, x.ends, x.role, x.stands_for FROM cleardesk.roster_shift x
            WHERE x.login = p_to AND x.version = cleardesk.roster_of(w)
        ), days AS (
            SELECT l AS login, w + d AS day FROM unnest(ARRAY[p_of, p_to]) l, generate_series(0, 6) d
        )
        SELECT jsonb_agg(jsonb_build_object('login', d.login, 'day', d.day, 'shifts', (
                   SELECT coalesce(jsonb_agg(jsonb_build_object('starts', f.starts, 'ends', f.ends, 'role', f.role, 'stands_for', f.stands_for)), '[]')
                   FROM fresh f WHERE f.login = d.login AND cleardesk.day_of(f.starts) = d.day))),
               (SELECT count(*) FROM goes g, unnest(g.part) r)
        INTO cells, n FROM days d;
        IF n > 0 THEN
            PERFORM cleardesk.append_roster(w, p_why, cells, p_note, p_by);
            taken := taken + n;
        END IF;
    END LOOP;
    RETURN taken;
END
$$;

-- Somebody takes another's shifts of a day: from now where one runs, else as a stand-in.
CREATE FUNCTION cleardesk.take_shift(op uuid, p_of text, p_day date, p_to text, p_note text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'take_shift');
    s     cleardesk.staff;
    now_  timestamptz := date_trunc('minute', now());
    first record;
    taken integer;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('manager');
    PERFORM cleardesk.lock_roster();
    SELECT min(x.starts) AS starts, max(x.ends) AS ends INTO first FROM cleardesk.roster_shift x
    WHERE x.version = cleardesk.roster_of(cleardesk.week_of(cleardesk.day_begins(p_day))) AND x.login = p_of AND x.day = p_day AND x.ends > now_;
    IF first.starts IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('%s has no shift on %s that is not over', p_of, p_day));
    END IF;
    taken := cleardesk.hand_shifts(p_of, p_to, greatest(first.starts, now_), first.ends,
        CASE WHEN first.starts <= now_ THEN 'taken_over' ELSE 'stands_in' END, p_note, s.login);
    IF taken = 0 THEN
        PERFORM cleardesk.deny('CD409', format('%s is on duty then already', p_to), '{"state": "on_duty"}');
    END IF;
    PERFORM cleardesk.refresh_gaps();
    RETURN cleardesk.answer(op, 'take_shift', 'roster ' || p_day, jsonb_build_object('of', p_of, 'to', p_to, 'note', p_note),
        jsonb_build_object('taken', taken));
END
$$;

-- Somebody is not there for some days; a stand-in takes what of their shifts they are free
-- for.
CREATE FUNCTION cleardesk.note_absence(op uuid, p_login text, p_first date, p_last date, p_reason text, p_note text, p_stand_in text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'note_absence');
    s     cleardesk.staff;
    a     cleardesk.roster_absence;
    taken integer := 0;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('manager');
    PERFORM cleardesk.lock_roster();
    a := cleardesk.append_absence(p_login, p_first, p_last, p_reason, p_note, s.login);
    IF p_stand_in IS NOT NULL THEN
        taken := cleardesk.hand_shifts(p_login, p_stand_in, a.starts, a.ends, 'stands_in', p_note, s.login);
        IF taken = 0 THEN
            PERFORM cleardesk.deny('CD409', format('%s can take none of the shifts', p_stand_in), '{"state": "on_duty"}');
        END IF;
    END IF;
    PERFORM cleardesk.refresh_gaps();
    RETURN cleardesk.answer(op, 'note_absence', 'staff ' || p_login,
        jsonb_build_object('first', p_first, 'last', p_last, 'reason', p_reason, 'note', p_note, 'stand_in', p_stand_in),
        jsonb_build_object('absence', a.id, 'taken', taken));
END
$$;

-- Somebody is there again, from now on or before the absence began. What a stand-in took
-- stays with them.
CREATE FUNCTION cleardesk.end_absence(op uuid, p_absence bigint) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'end_absence');
    s    cleardesk.staff;
    a    record;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('manager');
    PERFORM cleardesk.lock_roster();
    SELECT * INTO a FROM cleardesk.absent x WHERE x.id = p_absence;
    IF a.id IS NULL OR a.ends <= now() THEN
        PERFORM cleardesk.deny('CD404', format('absence %s is over', p_absence));
    END IF;
    INSERT INTO cleardesk.roster_absence_end (absence_id, from_at, by_login)
    VALUES (a.id, greatest(a.starts, date_trunc('minute', now())), s.login);
    PERFORM cleardesk.refresh_gaps();
    RETURN cleardesk.answer(op, 'end_absence', 'staff ' || a.login, jsonb_build_object('absence', a.id), jsonb_build_object('absence', a.id));
END
$$;

-- Asks a colleague to change one's shifts of a day with theirs of the same or another day.
CREATE FUNCTION cleardesk.ask_swap(op uuid, p_gives date, p_of text, p_takes date, p_note text) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'ask_swap');
    s     cleardesk.staff;
    gives jsonb;
    takes jsonb;
    id    bigint;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    PERFORM cleardesk.lock_roster();
    gives := cleardesk.roster_cell(cleardesk.roster_of(cleardesk.week_of(cleardesk.day_begins(p_gives))), s.login, p_gives);
    takes := cleardesk.roster_cell(cleardesk.roster_of(cleardesk.week_of(cleardesk.day_begins(p_takes))), p_of, p_takes);
    IF p_of = s.login OR NOT EXISTS (SELECT FROM cleardesk.staff x WHERE x.login = p_of AND x.active) THEN
        PERFORM cleardesk.deny('CD404', format('%s is no colleague to change with', p_of));
    ELSIF gives = takes OR gives = '[]' AND p_gives <> p_takes THEN
        PERFORM cleardesk.deny('CD400', 'there is nothing to change');
    ELSIF EXISTS (SELECT FROM jsonb_to_recordset(gives || takes) x (starts timestamptz) WHERE x.starts <= now()) THEN
        PERFORM cleardesk.deny('CD400', 'a shift that has begun is not changed');
    ELSIF EXISTS (SELECT FROM cleardesk.roster_swap x WHERE x.asked_by = s.login AND x.asked_of = p_of AND x.gives_day = p_gives
                  AND x.takes_day = p_takes AND NOT EXISTS (SELECT FROM cleardesk.roster_swap_answer y WHERE y.swap_id = x.id))
    THEN
        PERFORM cleardesk.deny('CD409', 'this was asked and waits for an answer', '{"state": "asked"}');
    END IF;
    INSERT INTO cleardesk.roster_swap (asked_by, gives_day, gives, asked_of, takes_day, takes, note)
    VALUES (s.login, p_gives, gives, p_of, p_takes, takes, coalesce(p_note, '')) RETURNING roster_swap.id INTO id;
    RETURN cleardesk.answer(op, 'ask_swap', 'staff ' || p_of, jsonb_build_object('gives', p_gives, 'takes', p_takes, 'note', p_note),
        jsonb_build_object('swap', id));
END
$$;

-- The one asked agrees, and the roster is published with both days changed; or they refuse,
-- or the one who asked withdraws, or a manager refuses.
CREATE FUNCTION cleardesk.answer_swap(op uuid, p_swap bigint, p_agreed boolean, p_note text) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'answer_swap');
    s     cleardesk.staff;
    x     cleardesk.roster_swap;
    w     date;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    PERFORM cleardesk.lock_roster();
    SELECT * INTO x FROM cleardesk.roster_swap y WHERE y.id = p_swap;
    IF x.id IS NULL OR p_agreed IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('nobody asked for swap %s', p_swap));
    ELSIF p_agreed AND s.login <> x.asked_of THEN
        PERFORM cleardesk.deny('CD403', format('%s was asked', x.asked_of), '{"needs": "another"}');
    ELSIF NOT p_agreed AND s.login NOT IN (x.asked_of, x.asked_by) AND NOT 'manager' = ANY (s.roles) THEN
        PERFORM cleardesk.deny('CD403', 'only the two, or a manager, refuse it', '{"needs": "manager"}');
    ELSIF EXISTS (SELECT FROM cleardesk.roster_swap_answer y WHERE y.swap_id = x.id) THEN
        PERFORM cleardesk.deny('CD409', 'this swap was answered', '{"state": "answered"}');
    END IF;
    INSERT INTO cleardesk.roster_swap_answer (swap_id, agreed, note, by_login) VALUES (x.id, p_agreed, coalesce(p_note, ''), s.login);
    IF p_agreed THEN
        IF x.gives <> cleardesk.roster_cell(cleardesk.roster_of(cleardesk.week_of(cleardesk.day_begins(x.gives_day))), x.asked_by, x.gives_day)
           OR x.takes <> cleardesk.roster_cell(cleardesk.roster_of(cleardesk.week_of(cleardesk.day_begins(x.takes_day))), x.asked_of, x.takes_day)
           OR EXISTS (SELECT FROM jsonb_to_recordset(x.gives || x.takes) y (starts timestamptz) WHERE y.starts <= now())
        THEN
            PERFORM cleardesk.deny('CD409', 'the shifts are others by now', '{"state": "published"}');
        END IF;
        FOR w IN SELECT DISTINCT cleardesk.week_of(cleardesk.day_begins(d)) FROM unnest(ARRAY[x.gives_day, x.takes_day]) d ORDER BY 1 LOOP
            PERFORM cleardesk.append_roster(w, 'swapped', (
                SELECT jsonb_agg(jsonb_build_object('login', c.login, 'day', c.day, 'shifts', c.shifts)) FROM (
                    SELECT k.login, k.day, (
                        SELECT coalesce(jsonb_agg(m.m), '[]') FROM (
                            SELECT m FROM jsonb_array_elements(cleardesk.roster_cell(cleardesk.roster_of(w), k.login, k.day)) m
                            WHERE (k.login, k.day) NOT IN ((x.asked_by::text, x.gives_day), (x.asked_of::text, x.takes_day))
                            UNION ALL SELECT m FROM jsonb_array_elements(x.takes) m WHERE (k.login, k.day) = (x.asked_by::text, x.takes_day)
                            UNION ALL SELECT m FROM jsonb_array_elements(x.gives) m WHERE (k.login, k.day) = (x.asked_of::text, x.gives_day)
                        ) m) AS shifts
                    FROM (SELECT DISTINCT l AS login, d AS day FROM unnest(ARRAY[x.asked_by::text, x.asked_of::text]) l,
                          unnest(ARRAY[x.gives_day, x.takes_day]) d) k
                    WHERE cleardesk.week_of(cleardesk.day_begins(k.day)) = w) c), x.note, s.login);
        END LOOP;
        PERFORM cleardesk.refresh_gaps();
    END IF;
    RETURN cleardesk.answer(op, 'answer_swap', 'staff ' || x.asked_by, jsonb_build_object('swap', x.id, 'agreed', p_agreed, 'note', p_note),
        jsonb_build_object('swap', x.id));
END
$$;

-- Keeps a week's pattern under a name; without days the name is free again.
CREATE FUNCTION cleardesk.save_template(op uuid, p_name text, p_cells jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'save_template');
    s    cleardesk.staff;
    id   bigint;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('manager');
    IF jsonb_typeof(p_cells) IS DISTINCT FROM 'array' OR trim(coalesce(p_name, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'a template has a name and the days of people');
    END IF;
    INSERT INTO cleardesk.roster_template (name, cells, by_login) VALUES (trim(p_name), p_cells, s.login) RETURNING roster_template.id INTO id;
    RETURN cleardesk.answer(op, 'save_template', 'template ' || trim(p_name), jsonb_build_object('days', jsonb_array_length(p_cells)),
        jsonb_build_object('template', id));
END
$$;
GRANT EXECUTE ON FUNCTION cleardesk.save_roster_draft(date, integer, jsonb), cleardesk.publish_roster(uuid, date, integer, jsonb, text, text),
    cleardesk.take_shift(uuid, text, date, text, text), cleardesk.note_absence(uuid, text, date, date, text, text, text),
    cleardesk.end_absence(uuid, bigint), cleardesk.save_template(uuid, text, jsonb) TO cleardesk_manager;
GRANT EXECUTE ON FUNCTION cleardesk.ask_swap(uuid, date, text, date, text), cleardesk.answer_swap(uuid, bigint, boolean, text),
    cleardesk.day_begins(date), cleardesk.day_of(timestamptz), cleardesk.clock_on(text, time, date),
    cleardesk.duty_pieces(timestamptz, timestamptz), cleardesk.roster_expected(date), cleardesk.roster_pace(date),
    cleardesk.duty_lacks(text, integer, timestamptz, timestamptz), cleardesk.roster_gaps(date), cleardesk.kind_with(text) TO cleardesk_staff;

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
REVOKE EXECUTE ON FUNCTION cleardesk.kind_with(text) FROM cleardesk_staff;
DROP FUNCTION cleardesk.save_template(uuid, text, jsonb), cleardesk.answer_swap(uuid, bigint, boolean, text),
    cleardesk.ask_swap(uuid, date, text, date, text), cleardesk.end_absence(uuid, bigint),
    cleardesk.note_absence(uuid, text, date, date, text, text, text), cleardesk.take_shift(uuid, text, date, text, text),
    cleardesk.hand_shifts(text, text, timestamptz, timestamptz, text, text, text),
    cleardesk.publish_roster(uuid, date, integer, jsonb, text, text), cleardesk.save_roster_draft(date, integer, jsonb),
    cleardesk.append_absence(text, date, date, text, text, text), cleardesk.append_roster(date, text, jsonb, text, text),
    cleardesk.roster_cell(bigint, text, date), cleardesk.lock_roster(), cleardesk.watch_roster(), cleardesk.refresh_gaps(), cleardesk.day_time(text),
    cleardesk.roster_gaps(date), cleardesk.duty_lacks(text, integer, timestamptz, timestamptz), cleardesk.roster_pace(date),
    cleardesk.roster_expected(date), cleardesk.duty_pieces(timestamptz, timestamptz), cleardesk.clock_on(text, time, date),
    cleardesk.day_of(timestamptz), cleardesk.day_begins(date);
DROP FUNCTION cleardesk.on_duty_of(text, timestamptz), cleardesk.role_dept(text), cleardesk.on_duty(text, timestamptz),
    cleardesk.duty_at(timestamptz), cleardesk.roster_of(date);
DROP VIEW cleardesk.absent;
REVOKE SELECT ON cleardesk.roster_version, cleardesk.roster_shift, cleardesk.roster_draft, cleardesk.roster_absence,
    cleardesk.roster_absence_end, cleardesk.roster_swap, cleardesk.roster_swap_answer, cleardesk.roster_template,
    cleardesk.roster_watch
FROM cleardesk_staff, cleardesk_intake;
RESET ROLE;
-- +goose StatementEnd
