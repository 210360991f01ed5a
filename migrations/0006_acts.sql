-- What people do to cases: claim and give back, draft, put off, hand over, call,
-- verify, and resolve. The domain decides what an outcome does; here only what may
-- be done by whom, on what they hold and have seen, and all of it or nothing.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- A whole number set for the platform as it holds now.
CREATE FUNCTION cleardesk.platform_number(p_name text, p_default integer) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT CASE WHEN s.value ~ '^[0-9]{1,7}$' THEN s.value::integer END FROM cleardesk.setting s
        WHERE s.name = p_name AND s.scope = 'platform' AND s.key = '' AND s.valid_from <= now()
        ORDER BY s.valid_from DESC, s.id DESC LIMIT 1), p_default)
$$;

-- How long a claim made now holds without work.
CREATE FUNCTION cleardesk.lease_end() RETURNS timestamptz LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT clock_timestamp() + greatest(1, cleardesk.platform_number('claim.lease', 20)) * interval '1 minute'
$$;

-- The departments somebody works in; a manager works in all.
CREATE FUNCTION cleardesk.works_with(s cleardesk.staff, p_dept text) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT s.roles && ARRAY['manager', CASE p_dept WHEN 'customer_service' THEN 'agent' ELSE p_dept END]
$$;

-- What a refusal tells of the person who was faster.
CREATE FUNCTION cleardesk.who(p_login text, p_since timestamptz) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object('holder', p_login, 'name', max(s.name), 'name_en', max(s.name_en), 'since', p_since))
    FROM cleardesk.staff s WHERE s.login = p_login
$$;

-- What happened to a case last, and by whom: told to the one who came too late.
CREATE FUNCTION cleardesk.last_change(c cleardesk.cases) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT jsonb_strip_nulls(jsonb_build_object('changed', x.act, 'by', x.actor, 'name', s.name, 'name_en', s.name_en, 'at', x.at))
        FROM (SELECT a.act, a.actor, a.at FROM cleardesk.audit a
              WHERE a.subject IN ('case ' || c.id, 'order ' || (SELECT o.order_no FROM cleardesk.orders o WHERE o.id = c.order_id))
                AND a.act NOT IN ('claim', 'claim_next', 'note_case')
              UNION ALL
              SELECT 'correct', n.by_login, n.at FROM cleardesk.case_note n WHERE n.case_id = c.id AND n.what = 'corrected'
              UNION ALL
              SELECT 'judged', 'judge', max(n.raised_at) FROM cleardesk.anomaly n WHERE n.case_id = c.id) x
        LEFT JOIN cleardesk.staff s ON s.login = x.actor
        ORDER BY x.at DESC LIMIT 1), '{}')
$$;

-- Locks a case, the open ones of its order and the causes they stand under, as everywhere
-- in the order of their numbers: before orders, and before one of them is locked by itself.
CREATE FUNCTION cleardesk.lock_beside(p_case bigint) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    its bigint[] := ARRAY(
        SELECT p_case UNION SELECT k.id FROM cleardesk.cases k
        WHERE k.order_id = (SELECT c.order_id FROM cleardesk.cases c WHERE c.id = p_case) AND k.state <> 'closed');
BEGIN
    its := its || ARRAY(SELECT c.parent FROM cleardesk.cases c WHERE c.id = ANY (its) AND c.parent IS NOT NULL);
    PERFORM FROM cleardesk.cases x WHERE x.id = ANY (its) ORDER BY x.id FOR UPDATE;
END
$$;

-- Locks a case that is not closed.
CREATE FUNCTION cleardesk.lock_case(p_case bigint) RETURNS cleardesk.cases LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    c cleardesk.cases;
BEGIN
    SELECT * INTO c FROM cleardesk.cases x WHERE x.id = p_case FOR UPDATE;
    IF c.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no case %s', p_case));
    ELSIF c.state = 'closed' THEN
        PERFORM cleardesk.deny('CD409', format('case %s is closed', p_case), cleardesk.last_change(c) || '{"state": "closed"}');
    END IF;
    RETURN c;
END
$$;

-- Locks a case the caller holds under this very claim.
CREATE FUNCTION cleardesk.lock_held(p_case bigint, p_claim_no bigint) RETURNS cleardesk.cases LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    c    cleardesk.cases := cleardesk.lock_case(p_case);
    lost text;
BEGIN
    IF c.holder IS DISTINCT FROM cleardesk.me() OR c.claim_no IS DISTINCT FROM p_claim_no THEN
        SELECT l.what INTO lost FROM cleardesk.claim l
        WHERE l.case_id = p_case AND l.claim_no = p_claim_no AND l.what <> 'claimed' ORDER BY l.at DESC LIMIT 1;
        PERFORM cleardesk.deny('CD409', format('you no longer hold case %s', p_case),
            cleardesk.who(c.holder, c.claimed_at) || jsonb_build_object('claim', coalesce(lost, 'none')));
    END IF;
    RETURN c;
END
$$;

-- Refuses who works elsewhere, and who finds it held by another whose lease runs.
CREATE FUNCTION cleardesk.guard_work(s cleardesk.staff, c cleardesk.cases) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF NOT cleardesk.works_with(s, c.lies_with) THEN
        PERFORM cleardesk.deny('CD403', format('case %s lies with %s', c.id, c.lies_with),
            jsonb_build_object('needs', c.lies_with));
    END IF;
    IF c.holder IS NOT NULL AND c.holder <> s.login AND c.lease_until > clock_timestamp() THEN
        PERFORM cleardesk.deny('CD423', format('%s holds case %s', c.holder, c.id), cleardesk.who(c.holder, c.claimed_at));
    END IF;
END
$$;

-- Ends the claim a case is under, if one; the story says how.
CREATE FUNCTION cleardesk.end_claim(p_case bigint, p_what text, p_why text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    INSERT INTO cleardesk.claim (case_id, claim_no, holder, what, why)
    SELECT c.id, c.claim_no, c.holder, p_what, coalesce(p_why, '') FROM cleardesk.cases c WHERE c.id = p_case AND c.holder IS NOT NULL;
    IF FOUND THEN
        UPDATE cleardesk.cases SET holder = NULL, claimed_at = NULL, lease_until = NULL WHERE id = p_case;
    END IF;
END
$$;

-- Puts a locked case under a new claim of the caller, and answers it. Who holds it
-- already keeps the claim it has.
CREATE FUNCTION cleardesk.put_claim(c cleardesk.cases) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    n cleardesk.cases;
BEGIN
    IF c.holder = cleardesk.me() THEN
        UPDATE cleardesk.cases SET lease_until = greatest(lease_until, cleardesk.lease_end()), state = 'open', snooze_until = NULL
        WHERE id = c.id RETURNING * INTO n;
    ELSE
        PERFORM cleardesk.end_claim(c.id, 'lapsed', '');
        UPDATE cleardesk.cases
        SET holder = cleardesk.me(), claim_no = claim_no + 1, claimed_at = clock_timestamp(), lease_until = cleardesk.lease_end(),
            state = 'open', snooze_until = NULL
        WHERE id = c.id RETURNING * INTO n;
        INSERT INTO cleardesk.claim (case_id, claim_no, holder, what) VALUES (n.id, n.claim_no, n.holder, 'claimed');
    END IF;
    RETURN jsonb_build_object('case', n.id, 'claim_no', n.claim_no, 'version', n.version, 'since', n.claimed_at,
        'until', n.lease_until, 'store', n.store,
        'others', (SELECT coalesce(jsonb_agg(o.id ORDER BY o.rank, o.id), '[]') FROM cleardesk.cases o
                   WHERE o.store = n.store AND o.id <> n.id AND o.state <> 'closed' AND o.holder IS NULL
                     AND o.lies_with = n.lies_with));
END
$$;

-- The same of a cause, with its free members.
CREATE FUNCTION cleardesk.claim_whole(c cleardesk.cases) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    own jsonb := cleardesk.put_claim(c);
BEGIN
    RETURN CASE WHEN c.cause IS NULL THEN own ELSE own || jsonb_build_object('members', cleardesk.claim_members(c.id)) END;
END
$$;

-- Nobody is given a store that somebody else is being given this moment. Only a
-- courtesy: whoever names a case may claim it.
CREATE FUNCTION cleardesk.try_store(p_store text) RETURNS boolean LANGUAGE sql
SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_try_advisory_xact_lock(hashtextextended('store ' || p_store, 11))
$$;

CREATE FUNCTION cleardesk.claim(op uuid, p_case bigint) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'claim');
    s    cleardesk.staff;
    c    cleardesk.cases;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    PERFORM cleardesk.try_store(x.store) FROM cleardesk.cases x WHERE x.id = p_case;
    c := cleardesk.lock_case(p_case);
    PERFORM cleardesk.guard_work(s, c);
    RETURN cleardesk.answer(op, 'claim', 'case ' || c.id, '{}', cleardesk.claim_whole(c));
END
$$;

-- The first free case of a department whose store nobody else is busy with, and which is
-- not handed to somebody else, for who is on duty and there. With none
-- it answers {"case": null}, and has done nothing.
CREATE FUNCTION cleardesk.claim_next(op uuid, p_dept text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'claim_next');
    s     cleardesk.staff;
    c     cleardesk.cases;
    r     record;
    tried text[] := '{}';
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    IF NOT cleardesk.works_with(s, p_dept) THEN
        PERFORM cleardesk.deny('CD403', 'you do not work with ' || coalesce(p_dept, 'no department'), jsonb_build_object('needs', p_dept));
    END IF;
    PERFORM cleardesk.guard_duty(s);
    FOR r IN
        SELECT x.id, x.store FROM cleardesk.cases x
        WHERE x.lies_with = p_dept AND x.state = 'open' AND x.parent IS NULL AND x.holder IS NULL
        ORDER BY x.rank, x.id LIMIT 1000
    LOOP
        CONTINUE WHEN r.store = ANY (tried);
        -- A cause of several stores is no store's.
        IF NOT coalesce(cleardesk.try_store(r.store), true)
            OR EXISTS (SELECT FROM cleardesk.cases o WHERE o.store = r.store AND o.holder <> s.login AND o.state <> 'closed')
            OR EXISTS (SELECT FROM cleardesk.presence p WHERE p.store = r.store AND p.login <> s.login AND p.doing = 'calling'
                       AND p.at > clock_timestamp() - interval '65 seconds')
        THEN
            tried := tried || r.store::text;
            CONTINUE;
        END IF;
        CONTINUE WHEN EXISTS (SELECT FROM cleardesk.task t WHERE t.what = 'offered' AND t.about = 'case ' || r.id AND t.closed_at IS NULL
            AND (t.detail ->> 'to' <> s.login OR t.detail ->> 'by' = s.login));
        SELECT * INTO c FROM cleardesk.cases x
        WHERE x.id = r.id AND x.lies_with = p_dept AND x.state = 'open' AND x.holder IS NULL FOR UPDATE SKIP LOCKED;
        CONTINUE WHEN c.id IS NULL;
        RETURN cleardesk.answer(op, 'claim_next', 'case ' || c.id, jsonb_build_object('dept', p_dept), cleardesk.claim_whole(c));
    END LOOP;
    RETURN '{"case": null}';
END
$$;

CREATE FUNCTION cleardesk.give_back(op uuid, p_case bigint, p_claim_no bigint) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'give_back');
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need(VARIADIC '{}');
    PERFORM cleardesk.lock_held(p_case, p_claim_no);
    PERFORM cleardesk.end_claim(p_case, 'given_back', '');
    -- Who gives back a cause gives back what stands under it, as claiming it took both.
    PERFORM cleardesk.end_claim(m.id, 'given_back', '')
    FROM (SELECT c.id FROM cleardesk.cases c WHERE c.parent = p_case AND c.holder = cleardesk.me() ORDER BY c.rank, c.id FOR UPDATE) m;
    RETURN cleardesk.answer(op, 'give_back', 'case ' || p_case, jsonb_build_object('claim_no', p_claim_no),
        jsonb_build_object('case', p_case));
END
$$;

-- Keeps a claim alive while its holder works: no act, nobody is told.
CREATE FUNCTION cleardesk.extend_claim(p_case bigint, p_claim_no bigint) RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    until timestamptz;
BEGIN
    PERFORM cleardesk.need(VARIADIC '{}');
    UPDATE cleardesk.cases SET lease_until = greatest(lease_until, cleardesk.lease_end())
    WHERE id = p_case AND holder = cleardesk.me() AND claim_no = p_claim_no AND state <> 'closed'
    RETURNING lease_until INTO until;
    IF until IS NULL THEN
        PERFORM cleardesk.lock_held(p_case, p_claim_no);
    END IF;
    RETURN until;
END
$$;

-- Keeps the answers so far, and the claim with them. No act either.
CREATE FUNCTION cleardesk.save_draft(p_case bigint, p_claim_no bigint, p_answers jsonb, p_act uuid) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    until timestamptz := cleardesk.extend_claim(p_case, p_claim_no);
BEGIN
    IF jsonb_typeof(p_answers) IS DISTINCT FROM 'object' OR p_act IS NULL THEN
        PERFORM cleardesk.deny('CD400', 'a draft is a set of answers and the key of its act');
    END IF;
    INSERT INTO cleardesk.draft (case_id, by_login, answers, act) VALUES (p_case, cleardesk.me(), p_answers, p_act)
    ON CONFLICT (case_id) DO UPDATE
    SET by_login = excluded.by_login, answers = excluded.answers, act = excluded.act, saved_at = clock_timestamp();
    RETURN until;
END
$$;
CREATE FUNCTION cleardesk.clear_draft(p_case bigint, p_claim_no bigint) RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    until timestamptz := cleardesk.extend_claim(p_case, p_claim_no);
BEGIN
    DELETE FROM cleardesk.draft WHERE case_id = p_case;
    RETURN until;
END
$$;

-- Puts a case off until a time; whoever is there then takes it up.
CREATE FUNCTION cleardesk.snooze(op uuid, p_case bigint, p_claim_no bigint, p_until timestamptz, p_note text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'snooze');
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need(VARIADIC '{}');
    PERFORM cleardesk.lock_held(p_case, p_claim_no);
    PERFORM cleardesk.guard_later(p_until);
    PERFORM cleardesk.end_claim(p_case, 'given_back', '');
    UPDATE cleardesk.cases SET state = 'snoozed', snooze_until = p_until, next_check = least(next_at, p_until) WHERE id = p_case;
    INSERT INTO cleardesk.case_note (case_id, by_login, what, text) VALUES (p_case, cleardesk.me(), 'snoozed', coalesce(p_note, ''));
    RETURN cleardesk.answer(op, 'snooze', 'case ' || p_case, jsonb_build_object('until', p_until, 'note', p_note),
        jsonb_build_object('case', p_case, 'until', p_until));
END
$$;
CREATE FUNCTION cleardesk.guard_later(p_until timestamptz) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF p_until IS NULL OR p_until <= clock_timestamp() OR p_until > clock_timestamp() + interval '31 days' THEN
        PERFORM cleardesk.deny('CD400', 'later is a time within the next 31 days');
    END IF;
END
$$;

-- Gives a case to another department, with a note; nobody holds it there yet.
CREATE FUNCTION cleardesk.hand_over(op uuid, p_case bigint, p_version bigint, p_dept text, p_note text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'hand_over');
    s    cleardesk.staff;
    c    cleardesk.cases;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    c := cleardesk.lock_case(p_case);
    PERFORM cleardesk.guard_work(s, c);
    PERFORM cleardesk.guard_version(c, p_version);
    IF trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'handing over takes a note');
    END IF;
    RETURN cleardesk.answer(op, 'hand_over', 'case ' || p_case, jsonb_build_object('from', c.lies_with, 'to', p_dept, 'note', p_note),
        cleardesk.move_case(c, p_dept, 'handed_over', p_note));
END
$$;
CREATE FUNCTION cleardesk.guard_version(c cleardesk.cases, p_version bigint) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF c.version IS DISTINCT FROM p_version THEN
        PERFORM cleardesk.deny('CD409', format('case %s has changed since it was read', c.id),
            cleardesk.last_change(c) || jsonb_build_object('version', c.version));
    END IF;
END
$$;
-- Moves a locked case to a department and tells why in its story.
CREATE FUNCTION cleardesk.move_case(c cleardesk.cases, p_dept text, p_what text, p_note text) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    n cleardesk.cases;
BEGIN
    IF p_dept IS NULL OR p_dept = c.lies_with THEN
        PERFORM cleardesk.deny('CD400', format('case %s lies with %s already', c.id, c.lies_with));
    END IF;
    PERFORM cleardesk.end_claim(c.id, 'handed_over', p_note);
    UPDATE cleardesk.cases
    SET lies_with = p_dept, state = 'open', snooze_until = NULL, attempts = 0, next_check = next_at, version = version + 1
    WHERE id = c.id RETURNING * INTO n;
    INSERT INTO cleardesk.case_note (case_id, by_login, what, lay_with, text)
    VALUES (c.id, cleardesk.me(), p_what, c.lies_with, coalesce(p_note, ''));
    RETURN jsonb_build_object('case', n.id, 'version', n.version, 'lies_with', n.lies_with);
END
$$;

CREATE FUNCTION cleardesk.note_case(op uuid, p_case bigint, p_text text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'note_case');
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need(VARIADIC '{}');
    IF NOT EXISTS (SELECT FROM cleardesk.cases c WHERE c.id = p_case) THEN
        PERFORM cleardesk.deny('CD404', format('there is no case %s', p_case));
    ELSIF trim(coalesce(p_text, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'the note is empty');
    END IF;
    INSERT INTO cleardesk.case_note (case_id, by_login, what, text) VALUES (p_case, cleardesk.me(), 'note', p_text);
    RETURN cleardesk.answer(op, 'note_case', 'case ' || p_case, jsonb_build_object('text', p_text), jsonb_build_object('case', p_case));
END
$$;

-- One call to a store about cases the caller holds. Not reached: the attempt counts,
-- and the cases wait till again_at and stay with their holder, or go on to p_then.
CREATE FUNCTION cleardesk.record_call(op uuid, p_cases bigint[], p_outcome text, p_who text, p_said text, p_text text,
    p_again timestamptz, p_then text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done   jsonb := cleardesk.answered(op, 'record_call');
    failed boolean := p_outcome <> 'reached';
    c      cleardesk.cases;
    shop   text;
    call   bigint;
    one    bigint;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need(VARIADIC '{}');
    IF p_outcome IS NULL OR coalesce(cardinality(p_cases), 0) NOT BETWEEN 1 AND 100 THEN
        PERFORM cleardesk.deny('CD400', 'a call has an outcome and is about one case to a hundred');
    ELSIF NOT failed AND (p_again IS NOT NULL OR p_then IS NOT NULL) OR failed AND num_nonnulls(p_again, p_then) <> 1 THEN
        PERFORM cleardesk.deny('CD400', 'a call that was not answered, and only that, is made again or handed on');
    ELSIF p_again IS NOT NULL THEN
        PERFORM cleardesk.guard_later(p_again);
    END IF;
    FOR one IN SELECT DISTINCT x FROM unnest(p_cases) x ORDER BY x LOOP
        c := cleardesk.lock_case(one);
        IF c.holder IS DISTINCT FROM cleardesk.me() THEN
            PERFORM cleardesk.lock_held(one, NULL);
        ELSIF c.store IS DISTINCT FROM coalesce(shop, c.store) THEN
            PERFORM cleardesk.deny('CD400', 'one call is to one store');
        END IF;
        shop := c.store;
        IF call IS NULL THEN
            INSERT INTO cleardesk.call_record (op, store, by_login, outcome, who, said, said_text, again_at)
            VALUES (op, shop, cleardesk.me(), p_outcome, coalesce(p_who, ''), coalesce(p_said, ''), coalesce(p_text, ''), p_again)
            RETURNING id INTO call;
        END IF;
        INSERT INTO cleardesk.call_case (call_id, case_id) VALUES (call, one);
        IF p_then IS NOT NULL THEN
            PERFORM cleardesk.move_case(c, p_then, 'handed_over', concat_ws(' ', format('%s, %s', p_outcome, c.attempts + 1), p_text));
        ELSE
            UPDATE cleardesk.cases
            SET attempts = CASE WHEN failed THEN attempts + 1 ELSE 0 END,
                state = CASE WHEN failed THEN 'snoozed' ELSE 'open' END, snooze_until = p_again,
                next_check = least(next_at, p_again),
                lease_until = greatest(cleardesk.lease_end(), least(p_again, now() + interval '1 day') + (cleardesk.lease_end() - clock_timestamp()))
            WHERE id = one;
        END IF;
    END LOOP;
    RETURN cleardesk.answer(op, 'record_call', 'store ' || shop,
        jsonb_strip_nulls(jsonb_build_object('cases', p_cases, 'outcome', p_outcome, 'again', p_again, 'then', p_then)),
        jsonb_build_object('call', call, 'cases', (
            SELECT jsonb_agg(jsonb_build_object('case', x.id, 'version', x.version, 'attempts', x.attempts, 'state', x.state,
                'lies_with', x.lies_with) ORDER BY x.id)
            FROM cleardesk.cases x WHERE x.id = ANY (p_cases))));
END
$$;

-- Procurement says whether the quantities of lines are right (§4.1); the case goes
-- back to customer service.
CREATE FUNCTION cleardesk.verify_quantity(op uuid, p_case bigint, p_lines integer[], p_ok boolean, p_note text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'verify_quantity');
    s    cleardesk.staff;
    c    cleardesk.cases;
    n    bigint;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('procurement');
    c := cleardesk.lock_case(p_case);
    PERFORM cleardesk.guard_work(s, c);
    IF c.lies_with <> 'procurement' THEN
        PERFORM cleardesk.deny('CD409', format('case %s does not lie with procurement', c.id), jsonb_build_object('needs', 'procurement'));
    ELSIF p_ok IS NULL OR NOT p_ok AND trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'say whether the quantity is right, and if not, why');
    END IF;
    PERFORM FROM cleardesk.orders o WHERE o.id = c.order_id FOR UPDATE;
    UPDATE cleardesk.order_line l SET verified = CASE WHEN p_ok THEN s.login END, version = l.version + 1
    WHERE l.order_id = c.order_id AND l.line_no = ANY (p_lines) AND NOT l.cancelled;
    GET DIAGNOSTICS n = ROW_COUNT;
    IF n = 0 OR n <> cardinality(p_lines) THEN
        PERFORM cleardesk.deny('CD404', 'the order has no such line');
    END IF;
    RETURN cleardesk.answer(op, 'verify_quantity', 'case ' || p_case, jsonb_build_object('lines', p_lines, 'ok', p_ok, 'note', p_note),
        cleardesk.move_case(c, 'customer_service', CASE WHEN p_ok THEN 'verified' ELSE 'not_verified' END, p_note));
END
$$;

-- A manager takes a case from the one who holds it. What that one writes later is
-- refused by its claim number.
CREATE FUNCTION cleardesk.take_over(op uuid, p_case bigint, p_reason text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'take_over');
    s    cleardesk.staff;
    c    cleardesk.cases;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('manager');
    c := cleardesk.lock_case(p_case);
    IF trim(coalesce(p_reason, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'taking over needs a reason');
    ELSIF c.holder IS NULL OR c.holder = s.login THEN
        PERFORM cleardesk.deny('CD409', format('nobody else holds case %s: claim it', p_case));
    END IF;
    PERFORM cleardesk.end_claim(c.id, 'taken_over', p_reason);
    SELECT * INTO c FROM cleardesk.cases x WHERE x.id = p_case;
    RETURN cleardesk.answer(op, 'take_over', 'case ' || p_case, jsonb_build_object('reason', p_reason), cleardesk.put_claim(c));
END
$$;

-- One effect of a record, as domain.Effect has it, with what its anomaly ends as.
CREATE TYPE cleardesk.effect AS (anomaly bigint, outcome text, close_reason text, op text, hold bigint, line integer, quantity bigint,
    product text, amount bigint, at timestamptz, lines jsonb);

-- The effects named by a list of records, in their order: [{anomaly, outcome, close_reason, effects: [{op, …}]}].
CREATE FUNCTION cleardesk.effects_of(p_records jsonb) RETURNS SETOF cleardesk.effect LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT (r.e ->> 'anomaly')::bigint, r.e ->> 'outcome', r.e ->> 'close_reason', f.e ->> 'op', (f.e ->> 'hold')::bigint,
           coalesce((f.e ->> 'line')::integer, 0), (f.e ->> 'quantity')::bigint, f.e ->> 'product', (f.e ->> 'amount')::bigint,
           (f.e ->> 'at')::timestamptz, f.e -> 'lines'
    FROM jsonb_array_elements(p_records) WITH ORDINALITY r (e, ord), jsonb_array_elements(r.e -> 'effects') WITH ORDINALITY f (e, ord)
    ORDER BY r.ord, f.ord
$$;

-- Whether records may be written: open anomalies of this case, each once, by somebody
-- with the authority, and no line released that procurement has to verify first: one
-- whose quantity, or an amount it makes, is said to be right (§4.1).
CREATE FUNCTION cleardesk.guard_records(s cleardesk.staff, c cleardesk.cases, p_records jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    r      record;
    unseen integer;
BEGIN
    IF jsonb_typeof(p_records) IS DISTINCT FROM 'array' OR jsonb_array_length(p_records) NOT BETWEEN 1 AND 100 THEN
        PERFORM cleardesk.deny('CD400', 'there is nothing to write');
    END IF;
    FOR r IN
        SELECT (x.e ->> 'anomaly')::bigint AS anomaly, x.e ->> 'outcome' AS outcome, a.id, a.kind, a.closed_at, a.line_no,
               jsonb_typeof(x.e -> 'effects') = 'array' AS listed,
               count(*) OVER (PARTITION BY x.e ->> 'anomaly') AS times,
               (SELECT array_agg(h.role ORDER BY h.role) FROM cleardesk.act_authority h
                WHERE h.kind = a.kind AND h.outcome = x.e ->> 'outcome') AS roles
        FROM jsonb_array_elements(p_records) x (e)
        LEFT JOIN cleardesk.anomaly a ON a.id = (x.e ->> 'anomaly')::bigint AND a.case_id = c.id
    LOOP
        IF r.id IS NULL OR r.times > 1 THEN
            PERFORM cleardesk.deny('CD400', format('anomaly %s is not one of case %s, once', r.anomaly, c.id));
        ELSIF r.closed_at IS NOT NULL THEN
            PERFORM cleardesk.deny('CD409', format('anomaly %s is closed', r.anomaly), cleardesk.last_change(c));
        ELSIF r.roles IS NULL OR r.listed IS DISTINCT FROM true THEN
            PERFORM cleardesk.deny('CD400', format('%s does not end as %s', r.kind, r.outcome));
        ELSIF NOT s.roles && r.roles THEN
            PERFORM cleardesk.deny('CD403', format('%s of %s takes another role', r.outcome, r.kind), jsonb_build_object('needs', r.roles));
        END IF;
    END LOOP;
    SELECT min(l.line_no) INTO unseen
    FROM jsonb_array_elements(p_records) x (e) JOIN cleardesk.anomaly a ON a.id = (x.e ->> 'anomaly')::bigint
    JOIN cleardesk.order_line l ON l.order_id = c.order_id AND (a.kind = 'quantity_surge' AND l.line_no = a.line_no
        OR a.kind = 'amount_surge' AND a.evidence -> 'odd_lines' @> to_jsonb(l.line_no))
    JOIN cleardesk.product p ON p.code = l.product
    WHERE x.e ->> 'outcome' IN ('confirmed_genuine', 'limit_raised', 'false_alarm') AND l.verified IS NULL AND NOT l.cancelled
      AND (l.quantity > p.verify_above OR l.quantity > p.stock - p.reserved AND NOT l.reserved)
      AND NOT EXISTS (SELECT FROM cleardesk.effects_of(p_records) f
                      WHERE f.op = 'cancel_order' OR f.op IN ('set_quantity', 'cancel_line', 'substitute') AND f.line = l.line_no);
    IF unseen IS NOT NULL THEN
        PERFORM cleardesk.deny('CD403', format('procurement has to verify line %s first', unseen),
            '{"needs": "procurement", "verify": "yes"}');
    END IF;
END
$$;

-- Whether the effects go with their outcomes, concern what their anomaly is about,
-- and can be done to the order as it stands. Each effect has a guard of its own.
CREATE FUNCTION cleardesk.guard_effects(c cleardesk.cases, o cleardesk.orders, p_records jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    e cleardesk.effect;
    a cleardesk.anomaly;
BEGIN
    FOR e IN SELECT * FROM cleardesk.effects_of(p_records) LOOP
        SELECT * INTO a FROM cleardesk.anomaly x WHERE x.id = e.anomaly;
        IF NOT EXISTS (SELECT FROM cleardesk.outcome_effect k WHERE k.kind = a.kind AND k.outcome = e.outcome AND k.effect = e.op) THEN
            PERFORM cleardesk.deny('CD403', format('%s of %s does not %s', e.outcome, a.kind, e.op));
        ELSIF o.id IS NULL AND e.op NOT IN ('reorder', 'correct_step', 'correct_stock', 'correct_listing') THEN
            PERFORM cleardesk.deny('CD409', format('case %s has no order to %s', c.id, e.op));
        END IF;
        CASE
            WHEN e.op = 'release' THEN PERFORM cleardesk.guard_release(c, o, e);
            WHEN e.op = 'learn' THEN PERFORM cleardesk.guard_about(a, e);
            WHEN e.op = 'quieten' THEN PERFORM cleardesk.guard_quieten(a, e);
            WHEN e.op IN ('set_quantity', 'cancel_line', 'cancel_order', 'substitute') THEN PERFORM cleardesk.guard_change(c, o, a, e);
            ELSE PERFORM cleardesk.guard_beside(c, o, a, e);
        END CASE;
    END LOOP;
    PERFORM cleardesk.guard_together(p_records);
END
$$;

-- What effects may not be together: a line changes once, and not in an order that goes
-- as a whole; one order is re-ordered once; all else happens once for an anomaly. No hold
-- stays that nobody could release.
CREATE FUNCTION cleardesk.guard_together(p_records jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    whole boolean := EXISTS (SELECT FROM cleardesk.effects_of(p_records) e WHERE e.op = 'cancel_order');
    twice text;
BEGIN
    SELECT min(e.op) INTO twice
    FROM (SELECT x.*, x.op IN ('set_quantity', 'cancel_line', 'substitute') AS changes FROM cleardesk.effects_of(p_records) x) e
    GROUP BY e.changes, CASE WHEN NOT e.changes THEN e.op END, CASE WHEN e.changes THEN e.line WHEN e.op <> 'reorder' THEN e.anomaly END
    HAVING count(*) > 1 OR whole AND e.changes LIMIT 1;
    IF twice IS NOT NULL THEN
        PERFORM cleardesk.deny('CD400', format('%s is done once, and not to a line of an order that is cancelled', twice));
    ELSIF NOT whole AND EXISTS (
        SELECT FROM cleardesk.hold h JOIN jsonb_array_elements(p_records) x (e) ON (x.e ->> 'anomaly')::bigint = h.anomaly_id
        WHERE h.released_at IS NULL AND h.id NOT IN (SELECT e.hold FROM cleardesk.effects_of(p_records) e WHERE e.op = 'release'))
    THEN
        PERFORM cleardesk.deny('CD400', 'a hold would stay that nobody could release');
    END IF;
END
$$;

CREATE FUNCTION cleardesk.guard_release(c cleardesk.cases, o cleardesk.orders, e cleardesk.effect) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    h cleardesk.hold;
BEGIN
    SELECT * INTO h FROM cleardesk.hold x WHERE x.id = e.hold AND x.anomaly_id = e.anomaly AND x.order_id = o.id;
    IF h.id IS NULL THEN
        PERFORM cleardesk.deny('CD403', format('hold %s is not of anomaly %s', e.hold, e.anomaly));
    ELSIF h.released_at IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('hold %s is released', e.hold), cleardesk.last_change(c));
    END IF;
END
$$;

-- An effect on what its anomaly is about: its line, or for one of the whole order any.
CREATE FUNCTION cleardesk.guard_about(a cleardesk.anomaly, e cleardesk.effect) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF e.line <> a.line_no AND (a.line_no <> 0 OR e.op IN ('learn', 'quieten')) THEN
        PERFORM cleardesk.deny('CD403', format('anomaly %s is not about line %s', a.id, e.line));
    END IF;
END
$$;

-- A line, or the order, that changes or goes: while it can still be stopped (§1.1).
CREATE FUNCTION cleardesk.guard_change(c cleardesk.cases, o cleardesk.orders, a cleardesk.anomaly, e cleardesk.effect) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    l cleardesk.order_line;
BEGIN
    PERFORM cleardesk.guard_state(o, 'placed', 'accepted', 'allocated');
    IF e.op = 'cancel_order' THEN
        RETURN;
    END IF;
    PERFORM cleardesk.guard_about(a, e);
    SELECT * INTO l FROM cleardesk.order_line x WHERE x.order_id = o.id AND x.line_no = e.line;
    IF l.order_id IS NULL THEN
        PERFORM cleardesk.deny('CD400', format('the order has no line %s', e.line));
    ELSIF l.cancelled THEN
        PERFORM cleardesk.deny('CD409', format('line %s is cancelled', e.line), cleardesk.last_change(c));
    ELSIF e.op = 'cancel_line' THEN
        RETURN;
    ELSIF e.quantity IS NULL OR e.quantity NOT BETWEEN 1 AND 1000000000000 OR e.op = 'set_quantity' AND e.quantity = l.quantity THEN
        PERFORM cleardesk.deny('CD400', format('the new quantity of line %s is not in range, or no other', e.line));
    ELSIF e.op = 'substitute' THEN
        PERFORM cleardesk.guard_product(e.product);
        IF e.product = l.product THEN
            PERFORM cleardesk.deny('CD400', format('line %s is of %s already', e.line, e.product));
        END IF;
    END IF;
END
$$;
CREATE FUNCTION cleardesk.guard_state(o cleardesk.orders, VARIADIC p_states text[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF NOT o.state = ANY (p_states) THEN
        PERFORM cleardesk.deny('CD409', format('order %s is %s', o.order_no, o.state), jsonb_build_object('state', o.state));
    END IF;
END
$$;
-- A product that can be ordered.
CREATE FUNCTION cleardesk.guard_product(p_code text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    p cleardesk.product;
BEGIN
    SELECT * INTO p FROM cleardesk.product x WHERE x.code = p_code;
    IF p.code IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no product %s', p_code));
    ELSIF p.status <> 'normal' THEN
        PERFORM cleardesk.deny('CD409', format('product %s is %s', p_code, p.status), jsonb_build_object('product', p_code, 'status', p.status));
    END IF;
END
$$;

-- Changes, cancels and substitutes lines, with their stock and the order's total;
-- answers what they were and are: [{line, product, old, new, old_amount, new_amount}],
-- of a substitute also the line it stands instead of. It is judged like any line.
CREATE FUNCTION cleardesk.change_lines(p_order bigint, p_records jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    whole   boolean := EXISTS (SELECT FROM cleardesk.effects_of(p_records) e WHERE e.op = 'cancel_order');
    changed jsonb;
    added   jsonb;
BEGIN
    WITH wanted AS (
        SELECT b.line_no, b.quantity AS was, b.amount AS was_amount, b.reserved AS was_reserved, b.product,
               CASE WHEN e.op = 'set_quantity' THEN e.quantity END AS becomes
        FROM cleardesk.order_line b
        LEFT JOIN cleardesk.effects_of(p_records) e ON e.line = b.line_no AND e.op IN ('set_quantity', 'cancel_line', 'substitute')
        WHERE b.order_id = p_order AND NOT b.cancelled AND (whole OR e.op IS NOT NULL)
    ), done AS (
        UPDATE cleardesk.order_line l
        SET quantity = coalesce(w.becomes, l.quantity), cancelled = w.becomes IS NULL, waiting = w.becomes IS NOT NULL,
            amount = CASE WHEN w.becomes IS NULL THEN l.amount ELSE cleardesk.line_amount(w.becomes, l.price) END,
            reserved = l.reserved AND w.becomes IS NOT NULL, verified = NULL, version = l.version + 1
        FROM wanted w WHERE l.order_id = p_order AND l.line_no = w.line_no
        RETURNING w.line_no, w.product, w.was, w.becomes, w.was_amount, w.was_reserved,
                  CASE WHEN w.becomes IS NULL THEN 0 ELSE l.amount END AS amount
    ), stock AS (
        UPDATE cleardesk.product p SET reserved = p.reserved + d.more
        FROM (SELECT x.product, sum(coalesce(x.becomes, 0) - x.was)::bigint AS more FROM done x WHERE x.was_reserved GROUP BY x.product) d
        WHERE p.code = d.product
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object('line', d.line_no, 'product', d.product, 'old', d.was, 'new', coalesce(d.becomes, 0),
               'old_amount', d.was_amount, 'new_amount', d.amount) ORDER BY d.line_no), '[]')
    INTO changed FROM done d;
    WITH new AS (
        INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount, waiting)
        SELECT p_order, (SELECT max(l.line_no) FROM cleardesk.order_line l WHERE l.order_id = p_order) + row_number() OVER (ORDER BY e.line),
               p.code, e.quantity, e.quantity, p.price, cleardesk.line_amount(e.quantity, p.price), true
        FROM cleardesk.effects_of(p_records) e JOIN cleardesk.product p ON p.code = e.product WHERE e.op = 'substitute' ORDER BY e.line
        RETURNING line_no, product, quantity, amount
    ), instead AS (
        SELECT e.line, row_number() OVER (ORDER BY e.line) AS n FROM cleardesk.effects_of(p_records) e WHERE e.op = 'substitute'
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object('line', n.line_no, 'product', n.product, 'old', 0, 'new', n.quantity, 'old_amount', 0,
               'new_amount', n.amount, 'instead', i.line) ORDER BY n.line_no), '[]')
    INTO added FROM (SELECT *, row_number() OVER (ORDER BY x.line_no) AS n FROM new x) n JOIN instead i ON i.n = n.n;
    changed := changed || added;
    IF changed <> '[]' THEN
        PERFORM cleardesk.total_order(p_order);
    END IF;
    RETURN changed;
END
$$;
-- What a line costs: domain.Amount gives the same.
CREATE FUNCTION cleardesk.line_amount(p_quantity bigint, p_price bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT floor((p_quantity::numeric * p_price + 500) / 1000)::bigint
$$;
-- Sums an order up after its lines changed; one without lines is cancelled.
CREATE FUNCTION cleardesk.total_order(p_order bigint) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    UPDATE cleardesk.orders o
    SET version = o.version + 1, total = t.total, line_count = t.lines, state = CASE WHEN t.live = 0 THEN 'cancelled' ELSE o.state END
    FROM (SELECT coalesce(sum(l.amount) FILTER (WHERE NOT l.cancelled), 0)::bigint AS total, count(*) AS lines,
                 count(*) FILTER (WHERE NOT l.cancelled) AS live
          FROM cleardesk.order_line l WHERE l.order_id = p_order) t
    WHERE o.id = p_order
$$;

-- Writes the records, ends their anomalies and releases their holds. A hold on what
-- was changed stays, pending, until the judge has seen the change.
CREATE FUNCTION cleardesk.write_records(op uuid, s cleardesk.staff, c cleardesk.cases, p_records jsonb, p_answers jsonb, p_note text,
    p_changed jsonb, p_old_total bigint) RETURNS bigint[] LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    o   cleardesk.orders;
    x   record;
    rec bigint;
    ids bigint[] := '{}';
BEGIN
    SELECT * INTO o FROM cleardesk.orders k WHERE k.id = c.order_id;
    FOR x IN SELECT r.e, a.id AS anomaly, a.kind FROM jsonb_array_elements(p_records) WITH ORDINALITY r (e, ord)
             JOIN cleardesk.anomaly a ON a.id = (r.e ->> 'anomaly')::bigint ORDER BY r.ord LOOP
        INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, reason_text, note,
            answers, effects, changed, by_login)
        VALUES (op, c.id, x.anomaly, x.kind, x.e ->> 'outcome', x.e ->> 'close_reason', x.e ->> 'reason',
            coalesce(x.e ->> 'reason_text', ''), coalesce(p_note, ''), p_answers, x.e -> 'effects',
            jsonb_strip_nulls(jsonb_build_object('lines', p_changed, 'old_total', p_old_total, 'new_total', o.total, 'order', o.state)), s.login)
        RETURNING id INTO rec;
        ids := ids || rec;
        UPDATE cleardesk.anomaly SET outcome = x.e ->> 'outcome', closed_at = now() WHERE id = x.anomaly;
        UPDATE cleardesk.hold h
        SET record_id = rec, pending = w.waits, released_at = CASE WHEN w.waits THEN NULL ELSE now() END,
            released_by = CASE WHEN w.waits THEN NULL ELSE s.login END
        FROM (SELECT k.id, o.state <> 'cancelled' AND EXISTS (
                  SELECT FROM jsonb_array_elements(p_changed) d (e)
                  WHERE k.line_no = 0 OR k.line_no = (d.e ->> 'line')::integer AND (d.e ->> 'new')::bigint > 0) AS waits
              FROM cleardesk.hold k WHERE k.anomaly_id = x.anomaly AND k.released_at IS NULL) w
        WHERE h.id = w.id;
    END LOOP;
    UPDATE cleardesk.hold h SET pending = false, released_at = now(), released_by = s.login
    WHERE h.order_id = o.id AND h.released_at IS NULL
      AND (o.state = 'cancelled' OR h.pending AND h.line_no IN (
          SELECT (d.e ->> 'line')::integer FROM jsonb_array_elements(p_changed) d (e) WHERE (d.e ->> 'new')::bigint = 0));
    RETURN ids;
END
$$;

-- Whether the platform was told before that a line is accepted.
CREATE FUNCTION cleardesk.told_accepted(p_order_no text, p_line integer) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT EXISTS (SELECT FROM cleardesk.decision d WHERE d.order_no = p_order_no
        AND (d.what = 'line_accepted' AND d.line_no = p_line OR d.what = 'order_accepted' AND d.detail -> 'lines' @> to_jsonb(p_line)))
$$;

-- The lines of an order on its way that were freed and that nothing holds any more: those
-- named, and with the order as a whole those that were held themselves.
CREATE FUNCTION cleardesk.freed_lines(o cleardesk.orders, p_freed integer[]) RETURNS integer[] LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce(array_agg(l.line_no ORDER BY l.line_no), '{}') FROM cleardesk.order_line l
    WHERE l.order_id = o.id AND NOT l.cancelled AND NOT l.waiting
      AND (l.line_no = ANY (p_freed) OR 0 = ANY (p_freed) AND EXISTS (
           SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no = l.line_no))
      AND NOT EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no IN (0, l.line_no) AND h.released_at IS NULL)
$$;

-- Lets go what nothing holds any more: of an order still placed every free line is
-- accepted, of one on its way the lines that were just freed. What was accepted before it
-- was held is released; what comes too late for its order becomes one of its own. Answers
-- {made: the decisions, changed: lines that went, did: orders that were linked}.
CREATE FUNCTION cleardesk.let_go(p_order bigint, p_freed integer[]) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    o     cleardesk.orders;
    lines integer[];
    made  jsonb := '[]';
    late  jsonb;
BEGIN
    SELECT * INTO o FROM cleardesk.orders x WHERE x.id = p_order;
    IF o.id IS NULL OR o.history OR o.state IN ('cancelled', 'refused') OR EXISTS (
        SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no = 0 AND h.released_at IS NULL)
    THEN
        RETURN '{"made": [], "changed": [], "did": []}';
    ELSIF o.state = 'placed' THEN
        RETURN jsonb_build_object('made', cleardesk.accept_order(o), 'changed', '[]'::jsonb, 'did', '[]'::jsonb);
    END IF;
    lines := cleardesk.freed_lines(o, p_freed);
    IF 0 = ANY (p_freed) THEN
        made := jsonb_build_array(jsonb_build_object('what', 'order_released', 'order_no', o.order_no,
            'detail', jsonb_build_object('state', o.state, 'total', o.total)));
    END IF;
    IF o.state <> 'accepted' THEN
        SELECT coalesce(array_agg(n ORDER BY n), '{}') INTO lines FROM unnest(lines) n WHERE NOT cleardesk.told_accepted(o.order_no, n);
        late := cleardesk.move_late(o, lines);
        RETURN late || jsonb_build_object('made', made || (late -> 'made'));
    END IF;
    PERFORM cleardesk.judge_reserve(array_agg(o.id), array_agg(n), false) FROM unnest(lines) n HAVING count(*) > 0;
    RETURN jsonb_build_object('changed', '[]'::jsonb, 'did', '[]'::jsonb, 'made', made || (
        SELECT coalesce(jsonb_agg(jsonb_build_object('what', CASE WHEN t.told THEN 'line_released' ELSE 'line_accepted' END,
            'order_no', o.order_no, 'line_no', t.n) ORDER BY t.n), '[]')
        FROM (SELECT n, cleardesk.told_accepted(o.order_no, n) AS told FROM unnest(lines) n) t
        WHERE NOT (t.told AND 0 = ANY (p_freed))));
END
$$;
CREATE FUNCTION cleardesk.accept_free(p_order bigint, p_freed integer[]) RETURNS jsonb LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT cleardesk.let_go(p_order, p_freed) -> 'made'
$$;
CREATE FUNCTION cleardesk.accept_order(o cleardesk.orders) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    lines integer[];
BEGIN
    SELECT coalesce(array_agg(l.line_no ORDER BY l.line_no), '{}') INTO lines FROM cleardesk.order_line l
    WHERE l.order_id = o.id AND NOT l.cancelled AND NOT l.waiting
      AND NOT EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no = l.line_no AND h.released_at IS NULL);
    IF cardinality(lines) = 0 THEN
        RETURN '[]';
    END IF;
    PERFORM cleardesk.judge_reserve(array_agg(o.id), array_agg(n), false) FROM unnest(lines) n;
    UPDATE cleardesk.orders SET state = 'accepted', accepted_at = now(), version = version + 1 WHERE id = o.id;
    PERFORM cleardesk.watch_orders(ARRAY[o.id]);
    RETURN jsonb_build_array(jsonb_build_object('what', 'order_accepted', 'order_no', o.order_no,
        'detail', jsonb_build_object('lines', lines, 'total', o.total)));
END
$$;

-- The decisions that changed lines are to the platform. o is the order now, p_was its
-- state before: one that was cancelled before is not cancelled again.
CREATE FUNCTION cleardesk.line_decisions(o cleardesk.orders, p_was text, p_changed jsonb) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT CASE
        WHEN o.state = 'cancelled' AND p_was = 'cancelled' THEN '[]'
        WHEN o.state = 'cancelled' THEN jsonb_build_array(jsonb_build_object('what', 'order_cancelled', 'order_no', o.order_no))
        ELSE (SELECT coalesce(jsonb_agg(CASE WHEN i.e IS NULL
                  THEN jsonb_build_object('what', CASE WHEN (d.e ->> 'new')::bigint = 0 THEN 'line_cancelled' ELSE 'quantity_changed' END,
                      'order_no', o.order_no, 'line_no', (d.e ->> 'line')::integer,
                      'detail', jsonb_build_object('old', d.e -> 'old', 'new', d.e -> 'new', 'total', o.total))
                  ELSE jsonb_build_object('what', 'line_substituted', 'order_no', o.order_no, 'line_no', (d.e ->> 'line')::integer,
                      'detail', jsonb_build_object('old', d.e -> 'old', 'line', i.e -> 'line', 'product', i.e -> 'product',
                          'quantity', i.e -> 'new', 'price', l.price, 'total', o.total)) END ORDER BY d.ord), '[]')
              FROM jsonb_array_elements(p_changed) WITH ORDINALITY d (e, ord)
              LEFT JOIN jsonb_array_elements(p_changed) i (e) ON i.e -> 'instead' = d.e -> 'line'
              LEFT JOIN cleardesk.order_line l ON l.order_id = o.id AND l.line_no = (i.e ->> 'line')::integer
              WHERE d.e -> 'instead' IS NULL) END
$$;

-- Closes a case in which nothing is open any more; else it stands for the worst of
-- what is. Other cases of an order that changed have changed too.
CREATE FUNCTION cleardesk.sum_case(c cleardesk.cases, p_changed boolean) RETURNS cleardesk.cases LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    n cleardesk.cases;
BEGIN
    IF p_changed THEN
        UPDATE cleardesk.cases SET version = version + 1 WHERE order_id = c.order_id AND id <> c.id AND state <> 'closed';
    END IF;
    UPDATE cleardesk.cases x
    SET kind = w.kind, more = w.n - 1, why = w.evidence, at_risk = w.at_risk, rank = cleardesk.case_rank(x.next_at, w.at_risk),
        version = x.version + 1
    FROM (SELECT a.kind, a.evidence, a.at_risk, count(*) OVER () AS n FROM cleardesk.anomaly a
          WHERE a.case_id = c.id AND a.closed_at IS NULL
          ORDER BY a.at_risk DESC, cleardesk.kind_weight(a.kind) DESC, a.id LIMIT 1) w
    WHERE x.id = c.id RETURNING x.* INTO n;
    IF NOT FOUND THEN
        PERFORM cleardesk.end_claim(c.id, 'closed', '');
        DELETE FROM cleardesk.draft WHERE case_id = c.id;
        UPDATE cleardesk.cases
        SET state = 'closed', closed_at = now(), snooze_until = NULL, next_check = NULL, more = 0, version = version + 1
        WHERE id = c.id RETURNING * INTO n;
    END IF;
    RETURN n;
END
$$;

-- Locks all that records of a case concern, as everywhere: cases, the order, its lines,
-- products by their codes. Answers the order; all NULL where there is none.
CREATE FUNCTION cleardesk.lock_concerned(p_order bigint, p_records jsonb) RETURNS cleardesk.orders LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    o cleardesk.orders;
BEGIN
    SELECT * INTO o FROM cleardesk.orders x WHERE x.id = p_order FOR UPDATE;
    PERFORM FROM cleardesk.order_line l WHERE l.order_id = p_order ORDER BY l.line_no FOR UPDATE;
    PERFORM FROM cleardesk.product p WHERE p.code IN (
        SELECT l.product FROM cleardesk.order_line l WHERE l.order_id = p_order
        UNION SELECT e.product FROM cleardesk.effects_of(p_records) e
        UNION SELECT l.e ->> 'product' FROM cleardesk.effects_of(p_records) e, jsonb_array_elements(e.lines) l (e))
    ORDER BY p.code FOR UPDATE;
    RETURN o;
END
$$;

-- Writes how anomalies of a case end, with everything that does: records, effects and
-- decisions, all or none, in the name of s. The caller has locked the open cases of the
-- order and knows that s may write this one now. What the write found is kept, so that it
-- can be taken back.
CREATE FUNCTION cleardesk.write_case(op uuid, s cleardesk.staff, c cleardesk.cases, p_records jsonb, p_answers jsonb, p_note text)
RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    o       cleardesk.orders;
    n       cleardesk.orders;
    found   jsonb;
    changed jsonb;
    effects jsonb;
    gone    jsonb;
    made    jsonb;
    ids     bigint[];
    freed   integer[];
    again   boolean;
BEGIN
    o := cleardesk.lock_concerned(c.order_id, p_records);
    PERFORM cleardesk.guard_records(s, c, p_records);
    PERFORM cleardesk.guard_effects(c, o, p_records);
    -- Stock and settings move the judge's own row, which comes after the decisions' counter.
    PERFORM FROM cleardesk.decision_counter FOR UPDATE;
    found := cleardesk.order_found(o.id);

    changed := cleardesk.change_lines(o.id, p_records);
    ids := cleardesk.write_records(op, s, c, p_records, p_answers, p_note, changed, o.total);
    PERFORM cleardesk.quieten(ids);
    SELECT coalesce(array_agg(h.line_no), '{}') INTO freed FROM cleardesk.hold h WHERE h.record_id = ANY (ids) AND h.released_at IS NOT NULL;
    SELECT * INTO n FROM cleardesk.orders x WHERE x.id = o.id;
    made := cleardesk.line_decisions(n, o.state, changed);
    again := cleardesk.judge_changed(n, changed);
    effects := cleardesk.do_effects(op, s, c, n, p_records);
    gone := cleardesk.let_go(o.id, freed);
    IF cardinality(freed) > 0 THEN
        PERFORM cleardesk.advance_order(o.id); -- what it was told of while it was held
    END IF;
    made := made || (effects -> 'made') || (gone -> 'made');
    changed := changed || (gone -> 'changed');
    INSERT INTO cleardesk.waiting (what, order_id, line_no)
    SELECT 'learn', o.id, e.line FROM cleardesk.effects_of(p_records) e WHERE e.op = 'learn' AND n.state <> 'cancelled';
    c := cleardesk.sum_case(c, changed <> '[]');
    SELECT * INTO n FROM cleardesk.orders x WHERE x.id = o.id;
    PERFORM cleardesk.keep_written(op, s, c, n, found, changed, (effects -> 'did') || (gone -> 'did'));
    RETURN cleardesk.how_it_stands(c, n, o.total, made, cleardesk.decide(made)) || jsonb_build_object('records', ids, 'changed', changed,
        'did', (effects -> 'did') || (gone -> 'did'), 'rechecked', again);
END
$$;

-- Lets the judge see lines that changed, and what a change has answered.
CREATE FUNCTION cleardesk.judge_changed(o cleardesk.orders, p_changed jsonb) RETURNS boolean LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF p_changed = '[]' OR o.state = 'cancelled' OR NOT EXISTS (
        SELECT FROM cleardesk.order_line l WHERE l.order_id = o.id AND l.waiting
        UNION ALL SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.pending AND h.released_at IS NULL)
    THEN
        RETURN false;
    END IF;
    INSERT INTO cleardesk.waiting (what, order_id) VALUES ('recheck', o.id);
    RETURN true;
END
$$;

-- What is answered of a case and its order after an act, and the decisions it made.
CREATE FUNCTION cleardesk.how_it_stands(c cleardesk.cases, o cleardesk.orders, p_old_total bigint, p_made jsonb, p_last bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT jsonb_build_object('case', c.id, 'state', c.state, 'version', c.version,
        'order', jsonb_build_object('id', o.id, 'no', o.order_no, 'state', o.state, 'old_total', p_old_total, 'total', o.total),
        'holds', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'line', h.line_no, 'kind', a.kind, 'anomaly', a.id,
                      'pending', h.pending) ORDER BY h.id), '[]')
                  FROM cleardesk.hold h JOIN cleardesk.anomaly a ON a.id = h.anomaly_id
                  WHERE h.order_id = o.id AND h.released_at IS NULL),
        'accepted', EXISTS (SELECT FROM jsonb_array_elements(p_made) d (e) WHERE d.e ->> 'order_no' = o.order_no
            AND d.e ->> 'what' IN ('order_accepted', 'line_accepted', 'order_released', 'line_released')),
        'decisions', (SELECT coalesce(jsonb_agg(p_last - jsonb_array_length(p_made) + k ORDER BY k), '[]')
                      FROM generate_series(1, jsonb_array_length(p_made)) k))
$$;

-- Writes how anomalies of a case end, by the one who holds it.
--   p_records  [{anomaly, outcome, close_reason, reason, reason_text, effects}]
CREATE FUNCTION cleardesk.resolve(op uuid, p_case bigint, p_claim_no bigint, p_version bigint, p_records jsonb, p_answers jsonb,
    p_note text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'resolve');
    s    cleardesk.staff;
    c    cleardesk.cases;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    PERFORM cleardesk.lock_beside(p_case);
    c := cleardesk.lock_held(p_case, p_claim_no);
    PERFORM cleardesk.guard_version(c, p_version);
    PERFORM cleardesk.guard_second(c, p_records);
    done := cleardesk.write_case(op, s, c, p_records, p_answers, p_note);
    RETURN cleardesk.answer(op, 'resolve', 'case ' || c.id,
        jsonb_build_object('records', done -> 'records', 'order', done -> 'order' -> 'no', 'changed', done -> 'changed', 'did', done -> 'did'), done);
END
$$;

-- What the caller may do to a case now: foretold from the tables the acts are guarded
-- by. {acts: [{act, allowed, why, needs}], outcomes: [{kind, outcome, allowed, needs}]}
CREATE FUNCTION cleardesk.may(p_case bigint) RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    s     cleardesk.staff := cleardesk.need(VARIADIC '{}');
    c     cleardesk.cases;
    mine  boolean;
    other boolean;
    works boolean;
    acts  jsonb;
BEGIN
    SELECT * INTO c FROM cleardesk.cases x WHERE x.id = p_case;
    IF c.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no case %s', p_case));
    END IF;
    works := cleardesk.works_with(s, c.lies_with);
    mine := coalesce(c.holder = s.login, false);
    other := NOT mine AND coalesce(c.lease_until > clock_timestamp(), false);
    SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('act', a.act, 'allowed', a.why IS NULL, 'why', a.why,
        'needs', CASE a.why WHEN 'role' THEN a.needs END)) ORDER BY a.n) INTO acts
    FROM (
        SELECT v.n, v.act, v.needs, CASE
            WHEN v.act = 'note_case' THEN NULL
            WHEN c.state = 'closed' THEN 'closed'
            WHEN v.roles IS NOT NULL AND NOT s.roles && v.roles THEN 'role'
            WHEN v.hold = 'work' AND NOT works THEN 'role'
            WHEN v.hold = 'work' AND other THEN 'held'
            WHEN v.hold = 'mine' AND NOT mine THEN CASE WHEN other THEN 'held' ELSE 'claim' END
            WHEN v.hold = 'other' AND (c.holder IS NULL OR mine) THEN 'free'
        END AS why
        FROM (VALUES
            (1, 'claim', 'work', NULL::text[], c.lies_with::text), (2, 'give_back', 'mine', NULL, NULL),
            (3, 'snooze', 'mine', NULL, NULL), (4, 'hand_over', 'work', NULL, c.lies_with), (5, 'record_call', 'mine', NULL, NULL),
            (6, 'resolve', 'mine', (SELECT array_agg(DISTINCT h.role) FROM cleardesk.act_authority h JOIN cleardesk.anomaly x
                ON x.kind = h.kind WHERE x.case_id = c.id AND x.closed_at IS NULL), 'agent,manager'),
            (7, 'verify_quantity', 'work', ARRAY['procurement'], 'procurement'), (8, 'take_over', 'other', ARRAY['manager'], 'manager'),
            (9, 'note_case', '', NULL, NULL),
            (10, 'record_finding', 'work', ARRAY['procurement'], 'procurement'), (11, 'propose', 'mine', ARRAY['agent', 'manager'], 'agent,manager'),
            (12, 'sign', '', ARRAY['agent', 'manager'], 'agent,manager'), (13, 'promise_store', 'work', NULL, c.lies_with),
            (14, 'merge', 'mine', NULL, NULL)) v (n, act, hold, roles, needs)) a;
    RETURN jsonb_build_object('acts', acts, 'outcomes', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('kind', h.kind, 'outcome', h.outcome, 'allowed', s.roles && h.roles, 'needs', h.roles)
            ORDER BY h.kind, h.outcome), '[]')
        FROM (SELECT t.kind, t.outcome, array_agg(t.role ORDER BY t.role) AS roles FROM cleardesk.act_authority t
              WHERE t.kind IN (SELECT x.kind FROM cleardesk.anomaly x WHERE x.case_id = c.id AND x.closed_at IS NULL)
              GROUP BY t.kind, t.outcome) h));
END
$$;

GRANT EXECUTE ON FUNCTION cleardesk.claim(uuid, bigint), cleardesk.claim_next(uuid, text), cleardesk.give_back(uuid, bigint, bigint),
    cleardesk.extend_claim(bigint, bigint), cleardesk.save_draft(bigint, bigint, jsonb, uuid), cleardesk.clear_draft(bigint, bigint),
    cleardesk.snooze(uuid, bigint, bigint, timestamptz, text), cleardesk.hand_over(uuid, bigint, bigint, text, text),
    cleardesk.note_case(uuid, bigint, text),
    cleardesk.record_call(uuid, bigint[], text, text, text, text, timestamptz, text), cleardesk.may(bigint)
TO cleardesk_staff;
GRANT EXECUTE ON FUNCTION cleardesk.resolve(uuid, bigint, bigint, bigint, jsonb, jsonb, text)
TO cleardesk_agent, cleardesk_manager, cleardesk_logistics;
GRANT EXECUTE ON FUNCTION cleardesk.verify_quantity(uuid, bigint, integer[], boolean, text) TO cleardesk_procurement;
GRANT EXECUTE ON FUNCTION cleardesk.take_over(uuid, bigint, text) TO cleardesk_manager;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP FUNCTION cleardesk.may(bigint), cleardesk.resolve(uuid, bigint, bigint, bigint, jsonb, jsonb, text),
    cleardesk.how_it_stands(cleardesk.cases, cleardesk.orders, bigint, jsonb, bigint),
    cleardesk.judge_changed(cleardesk.orders, jsonb),
    cleardesk.write_case(uuid, cleardesk.staff, cleardesk.cases, jsonb, jsonb, text), cleardesk.lock_concerned(bigint, jsonb),
    cleardesk.sum_case(cleardesk.cases, boolean), cleardesk.line_decisions(cleardesk.orders, text, jsonb),
    cleardesk.accept_order(cleardesk.orders), cleardesk.accept_free(bigint, integer[]), cleardesk.let_go(bigint, integer[]),
    cleardesk.freed_lines(cleardesk.orders, integer[]), cleardesk.told_accepted(text, integer),
    cleardesk.write_records(uuid, cleardesk.staff, cleardesk.cases, jsonb, jsonb, text, jsonb, bigint),
    cleardesk.total_order(bigint), cleardesk.line_amount(bigint, bigint), cleardesk.change_lines(bigint, jsonb),
    cleardesk.guard_product(text), cleardesk.guard_state(cleardesk.orders, text[]),
    cleardesk.guard_change(cleardesk.cases, cleardesk.orders, cleardesk.anomaly, cleardesk.effect),
    cleardesk.guard_about(cleardesk.anomaly, cleardesk.effect),
    cleardesk.guard_release(cleardesk.cases, cleardesk.orders, cleardesk.effect),
    cleardesk.guard_together(jsonb), cleardesk.guard_effects(cleardesk.cases, cleardesk.orders, jsonb),
    cleardesk.guard_records(cleardesk.staff, cleardesk.cases, jsonb), cleardesk.effects_of(jsonb),
    cleardesk.take_over(uuid, bigint, text), cleardesk.verify_quantity(uuid, bigint, integer[], boolean, text),
    cleardesk.record_call(uuid, bigint[], text, text, text, text, timestamptz, text), cleardesk.note_case(uuid, bigint, text),
    cleardesk.move_case(cleardesk.cases, text, text, text), cleardesk.guard_version(cleardesk.cases, bigint),
    cleardesk.hand_over(uuid, bigint, bigint, text, text), cleardesk.guard_later(timestamptz),
    cleardesk.snooze(uuid, bigint, bigint, timestamptz, text), cleardesk.clear_draft(bigint, bigint),
    cleardesk.save_draft(bigint, bigint, jsonb, uuid), cleardesk.extend_claim(bigint, bigint),
    cleardesk.give_back(uuid, bigint, bigint), cleardesk.claim_next(uuid, text), cleardesk.claim(uuid, bigint),
    cleardesk.try_store(text), cleardesk.claim_whole(cleardesk.cases), cleardesk.put_claim(cleardesk.cases), cleardesk.end_claim(bigint, text, text),
    cleardesk.guard_work(cleardesk.staff, cleardesk.cases), cleardesk.lock_held(bigint, bigint), cleardesk.lock_case(bigint), cleardesk.lock_beside(bigint),
    cleardesk.last_change(cleardesk.cases), cleardesk.who(text, timestamptz), cleardesk.works_with(cleardesk.staff, text),
    cleardesk.lease_end(), cleardesk.platform_number(text, integer);
DROP TYPE cleardesk.effect;
RESET ROLE;
-- +goose StatementEnd
