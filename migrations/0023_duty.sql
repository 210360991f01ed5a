-- Work follows the roster: who is away, work handed over with a note and taken or refused
-- one by one, and what is past due moves up to the manager, once and in handling hours.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- Somebody on duty is away from the desk for a while. The audit tells when before.
CREATE TABLE IF NOT EXISTS cleardesk.away (
    login   cleardesk.login PRIMARY KEY REFERENCES cleardesk.staff,
    since   cleardesk.moment, -- NULL: back
    version bigint NOT NULL DEFAULT 1
);

-- Until when a case is to be cleared by the department it lies with, counted in handling
-- hours from when it came there. check_at is when time does something about it: NULL once
-- it has moved up, or is closed.
CREATE TABLE IF NOT EXISTS cleardesk.case_due (
    case_id  bigint PRIMARY KEY REFERENCES cleardesk.cases,
    since    cleardesk.moment NOT NULL,
    near_at  cleardesk.moment NOT NULL,
    due_at   cleardesk.moment NOT NULL,
    check_at cleardesk.moment
);
CREATE INDEX IF NOT EXISTS case_due_check ON cleardesk.case_due (check_at) WHERE check_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS task_offered ON cleardesk.task (due) WHERE closed_at IS NULL AND what = 'offered';

-- The hours anomalies are handled in, as a clock in the platform's zone and how long from
-- there: over midnight where they close before they open, the whole day where they are one.
CREATE TYPE cleardesk.handling AS (zone text, opens interval, hours interval);
CREATE FUNCTION cleardesk.handling_clock(p_name text, p_default text) RETURNS interval LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT CASE WHEN s.value ~ '^[0-2]?[0-9]:[0-5][0-9]$' THEN s.value END FROM cleardesk.setting s
        WHERE s.name = p_name AND s.scope = 'platform' AND s.key = '' AND s.valid_from <= now()
        ORDER BY s.valid_from DESC, s.id DESC LIMIT 1), p_default)::interval
$$;
CREATE FUNCTION cleardesk.handling_hours() RETURNS cleardesk.handling LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT cleardesk.platform_zone(), h.opens,
           CASE WHEN h.closes > h.opens THEN h.closes - h.opens ELSE h.closes - h.opens + interval '24 hours' END
    FROM (SELECT cleardesk.handling_clock('handling.opens', '09:00') AS opens, cleardesk.handling_clock('handling.closes', '20:00') AS closes) h
$$;

-- The moment itself where it is in handling hours, else when they begin again.
CREATE FUNCTION cleardesk.handling_from(h cleardesk.handling, p_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN l.t - date_trunc('day', l.t) < h.hours THEN p_at
           ELSE (date_trunc('day', l.t) + interval '1 day' + h.opens) AT TIME ZONE h.zone END
    FROM (SELECT (p_at AT TIME ZONE h.zone) - h.opens AS t) l
$$;

-- So many minutes of handling hours after a moment.
CREATE FUNCTION cleardesk.handling_add(h cleardesk.handling, p_at timestamptz, p_minutes integer) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT (l.day + floor(x.secs / l.len) * interval '1 day' + (x.secs - floor(x.secs / l.len) * l.len) * interval '1 second' + h.opens)
           AT TIME ZONE h.zone
    FROM (SELECT date_trunc('day', b.t) AS day, b.t - date_trunc('day', b.t) AS into_day, extract(epoch FROM h.hours)::float8 AS len
          FROM (SELECT (p_at AT TIME ZONE h.zone) - h.opens AS t) b) l,
         LATERAL (SELECT least(extract(epoch FROM l.into_day)::float8, l.len) + p_minutes * 60.0::float8 AS secs) x
$$;

-- A number of minutes for a kind, else for a department, else for all.
CREATE FUNCTION cleardesk.due_minutes(p_name text, p_kind text, p_dept text, p_default integer) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT DISTINCT ON (w.n) CASE WHEN s.value ~ '^[0-9]{1,6}$' THEN s.value::integer END
        FROM (VALUES (1, 'kind', p_kind), (2, 'department', p_dept), (3, 'platform', '')) w (n, scope, key)
        JOIN cleardesk.setting s ON s.name = p_name AND s.scope = w.scope AND s.key = w.key AND s.valid_from <= now()
        ORDER BY w.n, s.valid_from DESC, s.id DESC LIMIT 1), p_default)
$$;

-- Cases get their due when they come to a department.
CREATE FUNCTION cleardesk.due_begins() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    INSERT INTO cleardesk.case_due (case_id, since, near_at, due_at, check_at)
    SELECT c.id, c.opened_at, d.near_at, d.due_at, cleardesk.handling_from(h.h, d.due_at)
    FROM came c
    JOIN (SELECT x.kind, x.lies_with, cleardesk.due_minutes('escalate.past', x.kind, x.lies_with, 240) AS past,
                 cleardesk.due_minutes('escalate.near', x.kind, x.lies_with, 30) AS near
          FROM (SELECT DISTINCT kind, lies_with FROM came) x) m USING (kind, lies_with)
    CROSS JOIN (SELECT cleardesk.handling_hours() AS h) h
    CROSS JOIN LATERAL (SELECT cleardesk.handling_add(h.h, c.opened_at, m.past) AS due_at,
                               cleardesk.handling_add(h.h, c.opened_at, greatest(0, m.past - m.near)) AS near_at) d
    WHERE c.state <> 'closed'
    ON CONFLICT (case_id) DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER due_begins AFTER INSERT ON cleardesk.cases REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.due_begins();

-- Another department, and being opened again, begin anew; another kind changes how long it
-- may take; what is put off is not due before it comes back; what is closed is done.
CREATE FUNCTION cleardesk.due_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    h     cleardesk.handling := cleardesk.handling_hours();
    past  integer := cleardesk.due_minutes('escalate.past', NEW.kind, NEW.lies_with, 240);
    near  integer := cleardesk.due_minutes('escalate.near', NEW.kind, NEW.lies_with, 30);
    d     cleardesk.case_due;
    back  timestamptz;
BEGIN
    SELECT * INTO d FROM cleardesk.case_due x WHERE x.case_id = NEW.id;
    IF NEW.state = 'closed' THEN
        UPDATE cleardesk.case_due SET check_at = NULL WHERE case_id = NEW.id AND check_at IS NOT NULL;
        RETURN NULL;
    ELSIF d.case_id IS NULL OR NEW.lies_with <> OLD.lies_with OR OLD.state = 'closed' THEN
        d.since := now();
    END IF;
    back := cleardesk.handling_add(h, greatest(d.since, NEW.snooze_until), 0);
    d.due_at := cleardesk.handling_add(h, d.since, past);
    IF NEW.snooze_until IS NOT NULL THEN
        d.due_at := greatest(d.due_at, cleardesk.handling_add(h, back, near));
    ELSIF d.near_at IS NOT NULL AND NEW.lies_with = OLD.lies_with AND NEW.kind = OLD.kind AND OLD.state = 'snoozed' THEN
        RETURN NULL; -- it is back: what it was put off to still holds
    END IF;
    INSERT INTO cleardesk.case_due AS x (case_id, since, near_at, due_at, check_at)
    VALUES (NEW.id, d.since, greatest(back, cleardesk.handling_add(h, d.since, greatest(0, past - near))), d.due_at,
            cleardesk.handling_from(h, d.due_at))
    ON CONFLICT (case_id) DO UPDATE
    SET since = excluded.since, near_at = excluded.near_at, due_at = excluded.due_at,
        check_at = CASE WHEN x.check_at IS NULL AND x.due_at = excluded.due_at AND OLD.state <> 'closed' THEN NULL ELSE excluded.check_at END;
    RETURN NULL;
END
$$;
CREATE TRIGGER due_moves AFTER UPDATE OF lies_with, kind, state, snooze_until ON cleardesk.cases FOR EACH ROW
    WHEN (NEW.lies_with IS DISTINCT FROM OLD.lies_with OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.state IS DISTINCT FROM OLD.state
          OR NEW.snooze_until IS DISTINCT FROM OLD.snooze_until)
    EXECUTE FUNCTION cleardesk.due_moves();
INSERT INTO cleardesk.case_due (case_id, since, near_at, due_at, check_at)
SELECT c.id, now(), cleardesk.handling_add(h, now(), 210), cleardesk.handling_add(h, now(), 240), cleardesk.handling_from(h, cleardesk.handling_add(h, now(), 240))
FROM cleardesk.cases c CROSS JOIN cleardesk.handling_hours() h WHERE c.state <> 'closed' ON CONFLICT (case_id) DO NOTHING;

-- What was offered is taken by whoever claims it, and is offered no more where the case goes
-- elsewhere or ends; what moved up ends with its case.
CREATE FUNCTION cleardesk.offer_ends() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM cleardesk.end_task('offered', 'case ' || NEW.id, '');
    IF NEW.state = 'closed' THEN
        PERFORM cleardesk.end_task('escalated', 'case ' || NEW.id, '');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER offer_ends AFTER UPDATE OF holder, lies_with, state ON cleardesk.cases FOR EACH ROW
    WHEN (NEW.holder IS NOT NULL AND NEW.holder IS DISTINCT FROM OLD.holder OR NEW.lies_with IS DISTINCT FROM OLD.lies_with
          OR NEW.state = 'closed' AND OLD.state <> 'closed')
    EXECUTE FUNCTION cleardesk.offer_ends();

-- Since when somebody is away, NULL where they are not. Nobody is away for ever: the next day
-- begins without.
CREATE FUNCTION cleardesk.away_since(p_login text) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT a.since FROM cleardesk.away a WHERE a.login = p_login AND a.since > now() - interval '12 hours'
$$;
-- On duty by the roster and not away.
CREATE FUNCTION cleardesk.is_here(p_login text) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT cleardesk.away_since(p_login) IS NULL AND cleardesk.on_duty(p_login, now())
$$;

-- When the next shift of somebody begins, or of anybody of a department; NULL where none is
-- published.
CREATE FUNCTION cleardesk.next_shift(p_login text, p_dept text) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT min(x.starts) FROM generate_series(0, 1) w, cleardesk.roster_shift x
    WHERE x.version = cleardesk.roster_of(cleardesk.week_of(now()) + 7 * w) AND x.starts > now()
      AND (p_login IS NULL OR x.login = p_login) AND (p_dept IS NULL OR cleardesk.role_dept(x.role) = p_dept)
$$;

-- The next one is given to who is on duty and there. A case that is named may be claimed all
-- the same.
CREATE FUNCTION cleardesk.guard_duty(s cleardesk.staff) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    since timestamptz := cleardesk.away_since(s.login);
BEGIN
    IF since IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', 'you are away: come back first', jsonb_build_object('duty', 'away', 'since', since));
    ELSIF NOT cleardesk.on_duty(s.login, now()) THEN
        PERFORM cleardesk.deny('CD409', 'you are not on duty: claim a case by name, or a manager takes you on the roster now',
            jsonb_strip_nulls(jsonb_build_object('duty', 'off', 'from',
                to_char(cleardesk.next_shift(s.login, NULL) AT TIME ZONE cleardesk.platform_zone(), 'MM-DD HH24:MI'))));
    END IF;
END
$$;

-- Goes away from the desk, or comes back.
CREATE FUNCTION cleardesk.set_away(op uuid, p_away boolean) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'set_away');
    s    cleardesk.staff;
    a    cleardesk.away;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    INSERT INTO cleardesk.away AS x (login, since) VALUES (s.login, CASE WHEN p_away THEN now() END)
    ON CONFLICT (login) DO UPDATE
    SET since = CASE WHEN NOT p_away THEN NULL WHEN x.since > now() - interval '12 hours' THEN x.since ELSE now() END, version = x.version + 1
    RETURNING * INTO a;
    PERFORM pg_notify('cleardesk_queue', '');
    RETURN cleardesk.answer(op, 'set_away', 'staff ' || s.login, jsonb_build_object('away', a.since IS NOT NULL),
        jsonb_build_object('login', s.login, 'since', a.since));
END
$$;

-- What an offer and what moved up tell of a case.
CREATE FUNCTION cleardesk.told_of(c cleardesk.cases, p_note text, p_more jsonb) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object('case', c.id, 'kind', c.kind, 'note', nullif(p_note, ''),
        'order', (SELECT o.order_no FROM cleardesk.orders o WHERE o.id = c.order_id)) || p_more)
$$;
CREATE FUNCTION cleardesk.told_who(p_key text, p_login text) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((SELECT jsonb_build_object(p_key, s.login, p_key || '_name', s.name, p_key || '_name_en', s.name_en)
                     FROM cleardesk.staff s WHERE s.login = p_login), '{}')
$$;

-- Hands a case to the manager, who sees who can clear it. It stays with its department.
CREATE FUNCTION cleardesk.move_up(c cleardesk.cases, p_why text, p_by text, p_note text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    INSERT INTO cleardesk.case_note (case_id, by_login, what, lay_with, text)
    VALUES (c.id, (SELECT s.login FROM cleardesk.staff s WHERE s.login = cleardesk.me()), 'moved_up', c.lies_with, coalesce(p_note, ''));
    PERFORM cleardesk.open_task('escalated', 'case ' || c.id, 'manager',
        cleardesk.handling_add(cleardesk.handling_hours(), now(), cleardesk.due_minutes('escalate.near', c.kind, 'manager', 30)),
        c.at_risk, c.store, cleardesk.told_of(c, p_note, jsonb_build_object('why', p_why, 'with', c.lies_with) || cleardesk.told_who('by', p_by)));
END
$$;

-- Offers a locked case to a colleague who is there, or to the next shift: nobody holds it, and
-- "claim next" gives it to them alone. What is not taken by the due moves up.
CREATE FUNCTION cleardesk.offer_case(c cleardesk.cases, p_by text, p_to text, p_note text, p_more jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    t    cleardesk.staff;
    due  timestamptz := now();
    task bigint;
BEGIN
    IF trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'handing over takes a note');
    ELSIF p_to IS NOT NULL THEN
        SELECT * INTO t FROM cleardesk.staff x WHERE x.login = p_to AND x.active;
        IF t.login IS NULL THEN
            PERFORM cleardesk.deny('CD404', format('%s is not on the staff', p_to));
        ELSIF p_to = p_by THEN
            PERFORM cleardesk.deny('CD400', 'it is theirs already');
        ELSIF NOT cleardesk.works_with(t, c.lies_with) THEN
            PERFORM cleardesk.deny('CD400', format('%s does not work with %s', p_to, c.lies_with), cleardesk.who(p_to, NULL));
        ELSIF NOT cleardesk.is_here(p_to) THEN
            PERFORM cleardesk.deny('CD409', format('%s is not there', p_to), cleardesk.who(p_to, NULL) || '{"duty": "other"}');
        END IF;
    ELSIF NOT EXISTS (SELECT FROM cleardesk.on_duty_of(c.lies_with, now()) l WHERE l <> p_by AND cleardesk.away_since(l) IS NULL) THEN
        due := greatest(due, cleardesk.next_shift(NULL, c.lies_with));
    END IF;
    due := cleardesk.handling_add(cleardesk.handling_hours(), due, cleardesk.platform_number('handover.within', 30));
    PERFORM cleardesk.end_claim(m.id, 'handed_over', p_note)
    FROM (SELECT x.id FROM cleardesk.cases x WHERE x.parent = c.id AND x.holder = c.holder ORDER BY x.id FOR UPDATE) m;
    PERFORM cleardesk.end_claim(c.id, 'handed_over', p_note);
    INSERT INTO cleardesk.case_note (case_id, by_login, what, text)
    VALUES (c.id, cleardesk.me(), 'offered', concat_ws(': ', t.name, p_note));
    task := cleardesk.open_task('offered', 'case ' || c.id, c.lies_with, due, c.at_risk, c.store,
        cleardesk.told_of(c, p_note, coalesce(p_more, '{}') || cleardesk.told_who('by', p_by) || cleardesk.told_who('to', p_to)));
    RETURN jsonb_build_object('case', c.id, 'task', task, 'to', p_to, 'due', due);
END
$$;

-- The holder hands a case over, with a note: to a colleague, or to the next shift (NULL).
CREATE FUNCTION cleardesk.offer_work(op uuid, p_case bigint, p_claim_no bigint, p_to text, p_note text) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'offer_work');
    s    cleardesk.staff;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    done := cleardesk.offer_case(cleardesk.lock_held(p_case, p_claim_no), s.login, p_to, p_note, NULL);
    RETURN cleardesk.answer(op, 'offer_work', 'case ' || p_case, jsonb_build_object('to', p_to, 'note', p_note), done);
END
$$;

-- A manager hands on what another person holds: all of it (NULL), or these cases.
CREATE FUNCTION cleardesk.hand_on(op uuid, p_person text, p_cases bigint[], p_to text, p_note text) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'hand_on');
    made jsonb := '[]';
    one  bigint;
    c    cleardesk.cases;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need('manager');
    FOR one IN
        SELECT x.id FROM cleardesk.cases x WHERE x.holder = p_person AND x.state <> 'closed' AND (p_cases IS NULL OR x.id = ANY (p_cases))
        ORDER BY x.id FOR UPDATE
    LOOP
        SELECT * INTO c FROM cleardesk.cases x WHERE x.id = one AND x.holder = p_person; -- a cause took its members along
        CONTINUE WHEN c.id IS NULL OR c.parent IS NOT NULL AND EXISTS (SELECT FROM cleardesk.cases k WHERE k.id = c.parent AND k.holder = p_person);
        made := made || cleardesk.offer_case(c, p_person, p_to, p_note, NULL);
    END LOOP;
    IF made = '[]' THEN
        PERFORM cleardesk.deny('CD409', format('%s holds none of it', p_person), cleardesk.who(p_person, NULL) || '{"state": "none"}');
    END IF;
    RETURN cleardesk.answer(op, 'hand_on', 'staff ' || p_person, jsonb_build_object('cases', p_cases, 'to', p_to, 'note', p_note),
        jsonb_build_object('offered', made));
END
$$;

-- Takes what is offered, or refuses it with a reason: then it goes back to who handed it over
-- while they are there, else to the manager.
CREATE FUNCTION cleardesk.answer_offer(op uuid, p_task bigint, p_accept boolean, p_reason text) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'answer_offer');
    s    cleardesk.staff;
    t    cleardesk.task;
    c    cleardesk.cases;
    giver text;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    SELECT * INTO t FROM cleardesk.task x WHERE x.id = p_task AND x.what = 'offered';
    IF t.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no offer %s', p_task));
    END IF;
    c := cleardesk.lock_case((t.detail ->> 'case')::bigint);
    SELECT * INTO t FROM cleardesk.task x WHERE x.id = p_task FOR UPDATE;
    giver := t.detail ->> 'by';
    IF t.closed_at IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('case %s is offered no more', c.id),
            cleardesk.who(t.closed_by, t.closed_at) || '{"state": "closed"}');
    ELSIF NOT cleardesk.works_with(s, c.lies_with) THEN
        PERFORM cleardesk.deny('CD403', format('case %s lies with %s', c.id, c.lies_with), jsonb_build_object('needs', c.lies_with));
    ELSIF (t.detail ->> 'to') <> s.login AND NOT 'manager' = ANY (s.roles) THEN
        PERFORM cleardesk.deny('CD403', 'it is offered to somebody else', cleardesk.who(t.detail ->> 'to', NULL));
    ELSIF p_accept IS NULL OR NOT p_accept AND trim(coalesce(p_reason, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'who refuses says why');
    END IF;
    INSERT INTO cleardesk.case_note (case_id, by_login, what, text)
    VALUES (c.id, s.login, CASE WHEN p_accept THEN 'accepted' ELSE 'refused' END, coalesce(p_reason, ''));
    PERFORM cleardesk.end_task('offered', t.about, p_reason);
    IF p_accept THEN
        done := cleardesk.claim_whole(c);
    ELSIF giver <> s.login AND (t.detail ->> 'back') IS NULL AND cleardesk.is_here(giver)
        AND EXISTS (SELECT FROM cleardesk.presence p WHERE p.login = giver AND p.at > now() - interval '65 seconds') THEN
        done := cleardesk.offer_case(c, s.login, giver, p_reason, '{"back": true}');
    ELSE
        PERFORM cleardesk.move_up(c, 'refused', s.login, p_reason);
        done := jsonb_build_object('case', c.id, 'to', 'manager');
    END IF;
    RETURN cleardesk.answer(op, 'answer_offer', 'case ' || c.id, jsonb_build_object('accept', p_accept, 'reason', p_reason), done);
END
$$;

-- What time does to work, a bounded piece at a time, and how much it did: offers nobody took
-- move up, and so does what is past due, once. Outside the handling hours it waits for them.
CREATE FUNCTION cleardesk.tick_duty(p_most integer) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    h    cleardesk.handling := cleardesk.handling_hours();
    open boolean := cleardesk.handling_from(h, now()) = now();
    its  bigint[];
    c    cleardesk.cases;
    t    cleardesk.task;
    did  bigint := 0;
BEGIN
    SELECT coalesce(array_agg(x.id), '{}') INTO its FROM (
        SELECT k.id FROM (SELECT (o.detail ->> 'case')::bigint AS id FROM cleardesk.task o
                          WHERE o.what = 'offered' AND o.closed_at IS NULL AND o.due <= now() AND open ORDER BY o.due LIMIT p_most) o
        JOIN cleardesk.cases k ON k.id = o.id ORDER BY k.id FOR UPDATE OF k SKIP LOCKED) x;
    FOR c IN SELECT * FROM cleardesk.cases x WHERE x.id = ANY (its) ORDER BY x.id LOOP
        SELECT * INTO t FROM cleardesk.task x WHERE x.what = 'offered' AND x.about = 'case ' || c.id AND x.closed_at IS NULL AND x.due <= now();
        CONTINUE WHEN t.id IS NULL;
        PERFORM cleardesk.end_task('offered', t.about, '');
        PERFORM cleardesk.move_up(c, 'untaken', t.detail ->> 'by', t.detail ->> 'note');
        did := did + 1;
    END LOOP;
    SELECT coalesce(array_agg(x.id), '{}') INTO its FROM (
        SELECT k.id FROM (SELECT d.case_id FROM cleardesk.case_due d WHERE d.check_at <= now() ORDER BY d.check_at LIMIT p_most) d
        JOIN cleardesk.cases k ON k.id = d.case_id ORDER BY k.id FOR UPDATE OF k SKIP LOCKED) x;
    IF cardinality(its) = 0 THEN
        RETURN did;
    ELSIF NOT open THEN
        UPDATE cleardesk.case_due SET check_at = cleardesk.handling_from(h, now()) WHERE case_id = ANY (its);
        RETURN did;
    END IF;
    UPDATE cleardesk.case_due SET check_at = NULL WHERE case_id = ANY (its);
    FOR c IN
        SELECT * FROM cleardesk.cases x WHERE x.id = ANY (its) AND x.state <> 'closed' AND x.parent IS NULL AND x.lies_with <> 'manager' ORDER BY x.id
    LOOP
        PERFORM cleardesk.move_up(c, 'past', c.holder, '');
    END LOOP;
    RETURN did + cardinality(its);
END
$$;

-- When time is wanted for it next, NULL where never.
CREATE FUNCTION cleardesk.duty_next() RETURNS timestamptz LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT least((SELECT min(d.check_at) FROM cleardesk.case_due d WHERE d.check_at IS NOT NULL),
        (SELECT cleardesk.handling_from(cleardesk.handling_hours(), greatest(now(), t.due)) FROM cleardesk.task t
         WHERE t.what = 'offered' AND t.closed_at IS NULL ORDER BY t.due LIMIT 1))
$$;

GRANT SELECT ON cleardesk.away, cleardesk.case_due TO cleardesk_staff, cleardesk_intake;
GRANT EXECUTE ON FUNCTION cleardesk.set_away(uuid, boolean), cleardesk.offer_work(uuid, bigint, bigint, text, text),
    cleardesk.answer_offer(uuid, bigint, boolean, text), cleardesk.away_since(text), cleardesk.is_here(text),
    cleardesk.next_shift(text, text) TO cleardesk_staff;
GRANT EXECUTE ON FUNCTION cleardesk.hand_on(uuid, text, bigint[], text, text) TO cleardesk_manager;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER offer_ends ON cleardesk.cases;
DROP TRIGGER due_moves ON cleardesk.cases;
DROP TRIGGER due_begins ON cleardesk.cases;
REVOKE SELECT ON cleardesk.away, cleardesk.case_due FROM cleardesk_staff, cleardesk_intake;
DROP FUNCTION cleardesk.duty_next(), cleardesk.tick_duty(integer), cleardesk.answer_offer(uuid, bigint, boolean, text),
    cleardesk.hand_on(uuid, text, bigint[], text, text), cleardesk.offer_work(uuid, bigint, bigint, text, text),
    cleardesk.offer_case(cleardesk.cases, text, text, text, jsonb), cleardesk.move_up(cleardesk.cases, text, text, text),
    cleardesk.told_who(text, text), cleardesk.told_of(cleardesk.cases, text, jsonb), cleardesk.set_away(uuid, boolean),
    cleardesk.guard_duty(cleardesk.staff), cleardesk.next_shift(text, text), cleardesk.is_here(text), cleardesk.away_since(text),
    cleardesk.offer_ends(), cleardesk.due_moves(), cleardesk.due_begins(), cleardesk.due_minutes(text, text, text, integer),
    cleardesk.handling_add(cleardesk.handling, timestamptz, integer), cleardesk.handling_from(cleardesk.handling, timestamptz),
    cleardesk.handling_clock(text, text), cleardesk.handling_hours();
DROP TYPE cleardesk.handling;
RESET ROLE;
-- +goose StatementEnd
