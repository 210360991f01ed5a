-- What is not one person's to decide: findings of procurement and suppliers, and what
-- takes a second signature ("Who may do what"). And small acts beside the form: merging a
-- duplicate, what was promised to a store, the exchange of a product everywhere (§2.1).

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- An amount set for the platform as it holds now, in fen. The value is yuan as it was
-- entered, which domain.ParseMoney has read before.
CREATE FUNCTION cleardesk.platform_fen(p_name text, p_default bigint) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT CASE WHEN v.plain ~ '^[0-9]{1,10}(\.[0-9]{1,2})?$' THEN (v.plain::numeric * 100)::bigint END
        FROM (SELECT translate(s.value, '０１２３４５６７８９．,， ', '0123456789.') AS plain FROM cleardesk.setting s
              WHERE s.name = p_name AND s.scope = 'platform' AND s.key = '' AND s.valid_from <= now()
              ORDER BY s.valid_from DESC, s.id DESC LIMIT 1) v), p_default)
$$;

-- The amount for which records of a case take a second person, NULL where they take none:
-- the total of an order that is released or cancelled, else what is credited, charged or
-- sent to make up a lack, by the catalogue's price where it is free. domain.Plan.Stake is
-- the same.
CREATE FUNCTION cleardesk.needs_second(p_case bigint, p_records jsonb) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT CASE
        WHEN x.lets_go AND x.total >= cleardesk.platform_fen('sign.release', 5000000) THEN x.total
        WHEN x.beside >= cleardesk.platform_fen('sign.adjust', 200000) THEN x.beside END
    FROM (
        SELECT bool_or(e.op IN ('release', 'cancel_order')) AS lets_go,
               (SELECT o.total FROM cleardesk.cases c JOIN cleardesk.orders o ON o.id = c.order_id WHERE c.id = p_case)::bigint AS total,
               sum(CASE e.op WHEN 'adjust' THEN abs(e.amount) WHEN 'supplement' THEN (
                   SELECT sum(cleardesk.line_amount((l.e ->> 'quantity')::bigint, greatest((l.e ->> 'price')::bigint, p.price)))
                   FROM jsonb_array_elements(e.lines) l (e) LEFT JOIN cleardesk.product p ON p.code = l.e ->> 'product') END)::bigint AS beside
        FROM cleardesk.effects_of(p_records) e) x
$$;

-- Refuses what one person may not write alone.
CREATE FUNCTION cleardesk.guard_second(c cleardesk.cases, p_records jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    stake bigint := cleardesk.needs_second(c.id, p_records);
BEGIN
    IF stake IS NOT NULL THEN
        PERFORM cleardesk.deny('CD403', format('case %s takes a second person: %s fen', c.id, stake),
            jsonb_build_object('needs', 'second', 'stake', stake));
    END IF;
END
$$;

-- Moves a locked case, or where it lies there already tells its story only: nobody holds
-- it any more either way.
CREATE FUNCTION cleardesk.pass_case(c cleardesk.cases, p_dept text, p_what text, p_note text) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    n cleardesk.cases;
BEGIN
    IF c.lies_with <> p_dept THEN
        RETURN cleardesk.move_case(c, p_dept, p_what, p_note);
    END IF;
    PERFORM cleardesk.end_claim(c.id, 'handed_over', p_note);
    UPDATE cleardesk.cases SET state = 'open', snooze_until = NULL, next_check = next_at, version = version + 1 WHERE id = c.id RETURNING * INTO n;
    INSERT INTO cleardesk.case_note (case_id, by_login, what, text) VALUES (c.id, cleardesk.me(), p_what, coalesce(p_note, ''));
    RETURN jsonb_build_object('case', n.id, 'version', n.version, 'lies_with', n.lies_with);
END
$$;

-- Puts down what somebody would write who holds the case, for a second person to sign. It
-- waits where the settings say; whether it could be written is looked at now and again then.
CREATE FUNCTION cleardesk.propose(op uuid, p_case bigint, p_claim_no bigint, p_version bigint, p_records jsonb, p_answers jsonb,
    p_note text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'propose');
    s     cleardesk.staff;
    c     cleardesk.cases;
    stake bigint;
    id    bigint;
    moved jsonb;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('agent', 'manager');
    PERFORM cleardesk.lock_beside(p_case);
    c := cleardesk.lock_held(p_case, p_claim_no);
    PERFORM cleardesk.guard_version(c, p_version);
    PERFORM cleardesk.guard_records(s, c, p_records);
    PERFORM cleardesk.guard_effects(c, cleardesk.lock_concerned(c.order_id, p_records), p_records);
    stake := cleardesk.needs_second(c.id, p_records);
    IF stake IS NULL THEN
        PERFORM cleardesk.deny('CD400', format('case %s takes no second person', c.id));
    END IF;
    moved := cleardesk.pass_case(c, cleardesk.sign_with(), 'proposed', p_note);
    INSERT INTO cleardesk.proposal (op, case_id, case_version, records, answers, note, stake, by_login)
    VALUES (op, c.id, (moved ->> 'version')::bigint, p_records, p_answers, coalesce(p_note, ''), stake, s.login)
    RETURNING proposal.id INTO id;
    RETURN cleardesk.answer(op, 'propose', 'case ' || c.id, jsonb_build_object('proposal', id, 'stake', stake), moved);
END
$$;

-- Where what takes a second person waits.
CREATE FUNCTION cleardesk.sign_with() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT s.value FROM cleardesk.setting s
        WHERE s.name = 'sign.with' AND s.scope = 'platform' AND s.key = '' AND s.valid_from <= now()
        ORDER BY s.valid_from DESC, s.id DESC LIMIT 1), 'manager')
$$;

-- The proposal that is to be signed, and its case locked: the newest, unanswered, by
-- somebody else than the caller. For a yes the case is still as it was proposed.
CREATE FUNCTION cleardesk.lock_proposal(s cleardesk.staff, p_proposal bigint, p_version bigint, p_yes boolean) RETURNS cleardesk.cases
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    k cleardesk.proposal;
    g cleardesk.signature;
    c cleardesk.cases;
BEGIN
    SELECT * INTO k FROM cleardesk.proposal x WHERE x.id = p_proposal;
    IF k.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no proposal %s', p_proposal));
    ELSIF k.by_login = s.login THEN
        PERFORM cleardesk.deny('CD403', 'nobody signs what they proposed themselves', '{"needs": "second"}');
    END IF;
    PERFORM cleardesk.lock_beside(k.case_id);
    c := cleardesk.lock_case(k.case_id);
    SELECT * INTO g FROM cleardesk.signature x WHERE x.proposal_id = k.id;
    IF g.proposal_id IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('proposal %s is answered', k.id), cleardesk.who(g.by_login, g.at));
    ELSIF EXISTS (SELECT FROM cleardesk.proposal x WHERE x.case_id = k.case_id AND x.id > k.id) THEN
        PERFORM cleardesk.deny('CD409', format('proposal %s is not the last of case %s', k.id, c.id), cleardesk.last_change(c));
    ELSIF c.holder <> s.login AND c.lease_until > clock_timestamp() THEN
        PERFORM cleardesk.deny('CD423', format('%s holds case %s', c.holder, c.id), cleardesk.who(c.holder, c.claimed_at));
    END IF;
    PERFORM cleardesk.guard_version(c, p_version);
    IF p_yes AND c.version <> k.case_version THEN
        PERFORM cleardesk.deny('CD409', format('case %s has changed since it was proposed', c.id),
            cleardesk.last_change(c) || jsonb_build_object('version', c.version));
    END IF;
    RETURN c;
END
$$;

-- A second person's answer to a proposal. A yes writes it, in the name of who proposed it
-- and with both names in its answers; a no takes a note and the case back to customer service.
CREATE FUNCTION cleardesk.sign(op uuid, p_proposal bigint, p_version bigint, p_yes boolean, p_note text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'sign');
    s    cleardesk.staff;
    c    cleardesk.cases;
    k    cleardesk.proposal;
    who  cleardesk.staff;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('agent', 'manager');
    IF p_yes IS NULL OR NOT p_yes AND trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'say whether you sign, and if not, why');
    END IF;
    c := cleardesk.lock_proposal(s, p_proposal, p_version, p_yes);
    SELECT * INTO k FROM cleardesk.proposal x WHERE x.id = p_proposal;
    INSERT INTO cleardesk.signature (proposal_id, signed, note, by_login) VALUES (k.id, p_yes, coalesce(p_note, ''), s.login);
    IF NOT p_yes THEN
        done := cleardesk.pass_case(c, 'customer_service', 'not_signed', p_note);
        RETURN cleardesk.answer(op, 'sign', 'case ' || c.id, jsonb_build_object('proposal', k.id, 'signed', false, 'note', p_note),
            jsonb_build_object('case', c.id, 'state', 'open', 'version', done -> 'version'));
    END IF;
    INSERT INTO cleardesk.case_note (case_id, by_login, what, text) VALUES (c.id, s.login, 'signed', coalesce(p_note, ''));
    SELECT * INTO who FROM cleardesk.staff x WHERE x.login = k.by_login;
    UPDATE cleardesk.cases SET lies_with = 'customer_service' WHERE id = c.id RETURNING * INTO c; -- whose work it was, and is again
    done := cleardesk.write_case(op, who, c, k.records,
        k.answers || jsonb_build_object('second', jsonb_build_object('by', s.login, 'at', now())), k.note);
    RETURN cleardesk.answer(op, 'sign', 'case ' || c.id, jsonb_build_object('proposal', k.id, 'signed', true, 'by', k.by_login,
        'records', done -> 'records', 'changed', done -> 'changed', 'did', done -> 'did'), done);
END
$$;

-- Adds a moment to a locked case, and the cause it stands under: from then on waiting costs more.
CREATE FUNCTION cleardesk.add_moment(p_case bigint, p_what text, p_at timestamptz) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    UPDATE cleardesk.cases c
    SET moments = x.moments, next_what = x.what, next_at = x.at, rank = cleardesk.case_rank(x.at, c.at_risk),
        next_check = least(x.at, c.lease_until, c.snooze_until), version = c.version + 1
    FROM (SELECT k.id, m.moments, n.what, n.at FROM cleardesk.cases k
          CROSS JOIN LATERAL (SELECT k.moments || jsonb_build_array(jsonb_build_object('what', p_what, 'at', p_at)) AS moments) m
          LEFT JOIN LATERAL cleardesk.next_moment(m.moments, now()) n ON true WHERE k.id = p_case) x
    WHERE c.id = x.id;
    SELECT cleardesk.sum_cause(c.parent) FROM cleardesk.cases c WHERE c.id = p_case AND c.parent IS NOT NULL
$$;

-- Whether a line of a case that is to be returned is still open: procurement has not refused
-- it, and its supplier has not answered.
CREATE FUNCTION cleardesk.awaits_finding(p_case bigint) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM cleardesk.anomaly a WHERE a.case_id = p_case AND a.kind = 'return' AND a.closed_at IS NULL AND NOT EXISTS (
            SELECT FROM (
                SELECT DISTINCT ON (f.what) f.what, f.answer FROM cleardesk.finding f
                WHERE f.case_id = p_case AND f.what IN ('goods', 'supplier') AND f.line_no IN (0, a.line_no) ORDER BY f.what, f.id DESC) l
            WHERE l.what = 'goods' AND l.answer = 'no' OR l.what = 'supplier' AND l.answer <> 'asked'))
$$;

-- Procurement's word on a case that lies with it: on the goods, the supplier's answer, the
-- real stock. What decides the matter, for all its lines, sends it back to customer service;
-- a supplier that was asked has until a time to answer.
CREATE FUNCTION cleardesk.record_finding(op uuid, p_case bigint, p_what text, p_answer text, p_line integer, p_quantity bigint,
    p_due timestamptz, p_note text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'record_finding');
    s    cleardesk.staff;
    c    cleardesk.cases;
    line text := concat_ws(' ', p_what, p_answer, cleardesk.plain_value('', p_quantity::text), nullif(p_note, ''));
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('procurement');
    c := cleardesk.lock_case(p_case);
    PERFORM cleardesk.guard_work(s, c);
    IF c.lies_with <> 'procurement' THEN
        PERFORM cleardesk.deny('CD409', format('case %s does not lie with procurement', c.id), jsonb_build_object('needs', 'procurement'));
    END IF;
    PERFORM cleardesk.guard_finding(c, p_what, p_answer, p_line, p_quantity, p_due, p_note);
    INSERT INTO cleardesk.finding (case_id, what, answer, line_no, quantity, due, note, by_login)
    VALUES (c.id, p_what, p_answer, coalesce(p_line, 0), p_quantity, p_due, coalesce(p_note, ''), s.login);
    IF (p_what = 'goods' AND p_answer = 'no' OR p_what = 'supplier' AND p_answer <> 'asked' OR p_what = 'stock' AND p_answer <> 'yes')
        AND NOT cleardesk.awaits_finding(c.id)
    THEN
        done := cleardesk.move_case(c, 'customer_service', 'found', line);
    ELSE
        IF p_answer = 'asked' THEN
            PERFORM cleardesk.add_moment(c.id, 'promise', p_due);
        ELSE
            UPDATE cleardesk.cases SET version = version + 1 WHERE id = c.id;
        END IF;
        INSERT INTO cleardesk.case_note (case_id, by_login, what, text) VALUES (c.id, s.login, 'found', line);
        SELECT jsonb_build_object('case', x.id, 'version', x.version, 'lies_with', x.lies_with) INTO done FROM cleardesk.cases x WHERE x.id = c.id;
    END IF;
    RETURN cleardesk.answer(op, 'record_finding', 'case ' || c.id, jsonb_strip_nulls(jsonb_build_object('what', p_what, 'answer', p_answer,
        'line', p_line, 'quantity', p_quantity, 'due', p_due, 'note', p_note)), done);
END
$$;
CREATE FUNCTION cleardesk.guard_finding(c cleardesk.cases, p_what text, p_answer text, p_line integer, p_quantity bigint,
    p_due timestamptz, p_note text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF NOT coalesce(p_what IN ('goods', 'supplier', 'stock') AND p_answer IN ('yes', 'part', 'no', 'asked'), false)
        OR p_answer = 'asked' AND p_what <> 'supplier'
    THEN
        PERFORM cleardesk.deny('CD400', 'a finding is on the goods, the supplier or the stock: yes, a part, or no; a supplier may have been asked');
    ELSIF (p_answer = 'part') IS DISTINCT FROM (p_quantity IS NOT NULL) OR p_quantity NOT BETWEEN 1 AND 1000000000000 THEN
        PERFORM cleardesk.deny('CD400', 'a part, and only that, has a quantity');
    ELSIF (p_answer = 'asked') IS DISTINCT FROM (p_due IS NOT NULL) THEN
        PERFORM cleardesk.deny('CD400', 'a supplier that was asked, and only that, has until a time');
    ELSIF p_answer = 'no' AND trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'a no takes a note');
    ELSIF coalesce(p_line, 0) <> 0 AND NOT EXISTS (
        SELECT FROM cleardesk.order_line l WHERE l.order_id = c.order_id AND l.line_no = p_line)
    THEN
        PERFORM cleardesk.deny('CD404', 'the order has no such line');
    END IF;
    IF p_due IS NOT NULL THEN
        PERFORM cleardesk.guard_later(p_due);
    END IF;
END
$$;

-- Writes down what was promised to a case's store, and until when.
CREATE FUNCTION cleardesk.promise_store(op uuid, p_case bigint, p_due timestamptz, p_what text) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'promise_store');
    s    cleardesk.staff;
    c    cleardesk.cases;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    c := cleardesk.lock_case(p_case);
    PERFORM cleardesk.guard_work(s, c);
    PERFORM cleardesk.guard_later(p_due);
    IF c.store IS NULL THEN
        PERFORM cleardesk.deny('CD400', format('case %s is not one store''s', c.id));
    ELSIF trim(coalesce(p_what, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'say what was promised');
    END IF;
    INSERT INTO cleardesk.promise (store, case_id, order_id, what, due, by_login) VALUES (c.store, c.id, c.order_id, p_what, p_due, s.login);
    PERFORM cleardesk.add_moment(c.id, 'promise', p_due);
    INSERT INTO cleardesk.case_note (case_id, by_login, what, text) VALUES (c.id, s.login, 'promised', p_what);
    RETURN cleardesk.answer(op, 'promise_store', 'case ' || c.id, jsonb_build_object('due', p_due, 'what', p_what), jsonb_build_object('case', c.id));
END
$$;

-- Merges a case the caller holds into another of the same store, whose anomalies it then
-- has: of the same order, or without one. Both keep their stories.
CREATE FUNCTION cleardesk.merge(op uuid, p_case bigint, p_claim_no bigint, p_into bigint, p_note text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'merge');
    s    cleardesk.staff;
    c    cleardesk.cases;
    k    cleardesk.cases;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    PERFORM FROM cleardesk.cases x WHERE x.id IN (SELECT unnest(ARRAY[p_case, p_into])
        UNION SELECT y.parent FROM cleardesk.cases y WHERE y.id IN (p_case, p_into)) ORDER BY x.id FOR UPDATE;
    c := cleardesk.lock_held(p_case, p_claim_no);
    k := cleardesk.lock_case(p_into);
    PERFORM cleardesk.guard_work(s, k);
    IF c.id = k.id OR c.cause IS NOT NULL OR k.cause IS NOT NULL OR c.store IS DISTINCT FROM k.store
        OR c.order_id IS NOT NULL AND c.order_id IS DISTINCT FROM k.order_id
    THEN
        PERFORM cleardesk.deny('CD400', format('case %s is not a duplicate of case %s: another store or order', c.id, k.id));
    END IF;
    UPDATE cleardesk.anomaly SET case_id = k.id WHERE case_id = c.id AND closed_at IS NULL;
    UPDATE cleardesk.cases SET merged_into = k.id WHERE id = c.id;
    INSERT INTO cleardesk.case_note (case_id, by_login, what, text)
    VALUES (c.id, s.login, 'merged', concat_ws(' ', k.id, nullif(p_note, ''))), (k.id, s.login, 'joined', concat_ws(' ', c.id, nullif(p_note, '')));
    PERFORM cleardesk.sum_case(c, false); -- nothing of it is open any more: it closes
    k := cleardesk.sum_case(k, false);
    RETURN cleardesk.answer(op, 'merge', 'case ' || c.id, jsonb_build_object('into', k.id, 'note', p_note),
        jsonb_build_object('case', k.id, 'version', k.version, 'lies_with', k.lies_with));
END
$$;

-- Opens an exchange of one product at every store that received it in these days, an
-- event for each order that brought it; done again for the same days it adds what is new.
CREATE FUNCTION cleardesk.exchange_product(op uuid, p_product text, p_from date, p_to date, p_why text, p_text text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'exchange_product');
    cause text := format('exchange %s %s', p_product, p_from);
    o     record;
    n     integer := 0;
    shops text[] := '{}';
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need('agent', 'manager', 'procurement');
    IF p_from IS NULL OR p_to IS NULL OR p_to < p_from OR p_to - p_from > 31 THEN
        PERFORM cleardesk.deny('CD400', 'an exchange is of the orders of at most 32 days');
    ELSIF NOT EXISTS (SELECT FROM cleardesk.product p WHERE p.code = p_product) THEN
        PERFORM cleardesk.deny('CD404', format('there is no product %s', coalesce(p_product, '')));
    END IF;
    FOR o IN
        SELECT x.id, x.order_no, x.store, jsonb_agg(jsonb_build_object('line', l.line_no, 'product', l.product,
                   'quantity', l.quantity) ORDER BY l.line_no) AS lines
        FROM cleardesk.orders x JOIN cleardesk.order_line l ON l.order_id = x.id AND l.product = p_product AND NOT l.cancelled
        WHERE x.business_day BETWEEN p_from AND p_to AND NOT x.history AND x.state IN ('delivered', 'received', 'settled')
          AND NOT EXISTS (SELECT FROM cleardesk.event e WHERE e.what = 'exchange' AND e.key = cause || ' ' || x.order_no)
        GROUP BY x.id ORDER BY x.id
    LOOP
        PERFORM cleardesk.take_event('exchange', cause || ' ' || o.order_no, o.store, o.id, now(),
            cleardesk.event_detail('exchange', jsonb_build_object('lines', o.lines, 'why', coalesce(nullif(p_why, ''), 'other'),
                'text', coalesce(p_text, ''), 'cause', cause), o.order_no), cleardesk.me(), NULL, NULL);
        n := n + 1;
        shops := shops || o.store::text;
    END LOOP;
    IF n = 0 THEN
        PERFORM cleardesk.deny('CD404', format('no store has received %s in these days, or all have been opened', p_product));
    END IF;
    RETURN cleardesk.answer(op, 'exchange_product', 'product ' || p_product,
        jsonb_build_object('from', p_from, 'to', p_to, 'why', p_why, 'text', p_text),
        jsonb_build_object('events', n, 'stores', (SELECT count(DISTINCT x) FROM unnest(shops) x)));
END
$$;

GRANT EXECUTE ON FUNCTION cleardesk.exchange_product(uuid, text, date, date, text, text)
TO cleardesk_agent, cleardesk_manager, cleardesk_procurement;
GRANT EXECUTE ON FUNCTION cleardesk.propose(uuid, bigint, bigint, bigint, jsonb, jsonb, text),
    cleardesk.sign(uuid, bigint, bigint, boolean, text) TO cleardesk_agent, cleardesk_manager;
GRANT EXECUTE ON FUNCTION cleardesk.record_finding(uuid, bigint, text, text, integer, bigint, timestamptz, text) TO cleardesk_procurement;
GRANT EXECUTE ON FUNCTION cleardesk.promise_store(uuid, bigint, timestamptz, text), cleardesk.merge(uuid, bigint, bigint, bigint, text)
TO cleardesk_staff;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP FUNCTION cleardesk.exchange_product(uuid, text, date, date, text, text), cleardesk.merge(uuid, bigint, bigint, bigint, text), cleardesk.promise_store(uuid, bigint, timestamptz, text),
    cleardesk.guard_finding(cleardesk.cases, text, text, integer, bigint, timestamptz, text),
    cleardesk.record_finding(uuid, bigint, text, text, integer, bigint, timestamptz, text), cleardesk.awaits_finding(bigint),
    cleardesk.add_moment(bigint, text, timestamptz), cleardesk.sign(uuid, bigint, bigint, boolean, text),
    cleardesk.lock_proposal(cleardesk.staff, bigint, bigint, boolean), cleardesk.sign_with(),
    cleardesk.propose(uuid, bigint, bigint, bigint, jsonb, jsonb, text),
    cleardesk.pass_case(cleardesk.cases, text, text, text),
    cleardesk.guard_second(cleardesk.cases, jsonb), cleardesk.needs_second(bigint, jsonb),
    cleardesk.platform_fen(text, bigint);
RESET ROLE;
-- +goose StatementEnd
