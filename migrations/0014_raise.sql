-- What the judge does beside orders' own verdicts: cases without an order, causes with
-- members, complaint numbers, and the times at which orders and windows are looked at.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

CREATE INDEX cases_beside ON cleardesk.cases (store, kind) WHERE order_id IS NULL AND cause IS NULL AND state <> 'closed';
CREATE INDEX cases_complaint ON cleardesk.cases ((complaint::text) COLLATE "C") WHERE complaint IS NOT NULL;

-- The open case an item without an order belongs to: of the same store, kind and product;
-- what a store lacks is one case, whatever it is.
CREATE FUNCTION cleardesk.case_beside(p_item jsonb) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT min(c.id) FROM cleardesk.cases c
    WHERE c.store = p_item ->> 'store' AND c.kind = p_item -> 'flags' -> 0 ->> 'kind'
      AND c.order_id IS NULL AND c.cause IS NULL AND c.state <> 'closed'
      AND (c.kind = 'replenishment' OR c.why ->> 'product' IS NOT DISTINCT FROM p_item -> 'flags' -> 0 ->> 'product')
$$;

-- Gives cases the number their complaint goes by, counted on for each business day.
CREATE FUNCTION cleardesk.number_complaints(p_cases bigint[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    one  bigint;
    stem text := 'TS-' || to_char(now() AT TIME ZONE cleardesk.platform_zone(), 'MMDD') || '-';
    n    integer;
BEGIN
    FOR one IN SELECT c.id FROM cleardesk.cases c WHERE c.id = ANY (p_cases) AND c.complaint IS NULL ORDER BY c.id LOOP
        SELECT coalesce(max(substr(c.complaint, length(stem) + 1)::integer), 0) + 1 INTO n FROM cleardesk.cases c
        WHERE c.complaint IS NOT NULL AND c.complaint::text COLLATE "C" >= stem AND c.complaint::text COLLATE "C" < stem || ':'
          AND c.opened_at > now() - interval '300 days';
        UPDATE cleardesk.cases SET complaint = stem || lpad(n::text, greatest(3, length(n::text)), '0') WHERE id = one;
    END LOOP;
END
$$;

-- Locks what a batch touches beside its orders' own rows before these, as everywhere:
-- cases with those they stand under, in the order of their numbers, then the orders.
CREATE FUNCTION cleardesk.lock_judged(p_flagged jsonb, p_again jsonb, p_told jsonb, p_orders bigint[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    causes jsonb := jsonb_path_query_array(p_flagged, '$[*].flags[*].cause') || jsonb_path_query_array(p_told, '$[*].raise.flags[*].cause');
    its    bigint[];
BEGIN
    IF causes = '[]' AND p_again = '[]' AND p_told = '[]' THEN
        RETURN;
    END IF;
    SELECT coalesce(array_agg(x.id), '{}') INTO its FROM (
        SELECT c.id FROM (
            SELECT (a.e ->> 'order')::bigint AS id FROM jsonb_array_elements(p_again) a (e)
            UNION SELECT (t.e -> 'raise' ->> 'order')::bigint FROM jsonb_array_elements(p_told) t (e)
            UNION SELECT (t.e ->> 'advance')::bigint FROM jsonb_array_elements(p_told) t (e)) o
        CROSS JOIN LATERAL (SELECT k.id FROM cleardesk.cases k WHERE k.order_id = o.id AND k.state <> 'closed' OFFSET 0) c
        UNION SELECT c.id FROM (
            SELECT DISTINCT t.e -> 'raise' ->> 'store' AS store FROM jsonb_array_elements(p_told) t (e)
            WHERE t.e -> 'raise' ->> 'order' IS NULL) s
        CROSS JOIN LATERAL (SELECT k.id FROM cleardesk.cases k
            WHERE k.store = s.store AND k.order_id IS NULL AND k.cause IS NULL AND k.state <> 'closed' OFFSET 0) c
        UNION SELECT (SELECT a.case_id FROM cleardesk.anomaly a WHERE a.id = e.id::bigint)
        FROM jsonb_array_elements(p_told) t (e), jsonb_array_elements_text(coalesce(t.e -> 'ends', '[]')) e (id)
        UNION SELECT (SELECT c.id FROM cleardesk.cases c WHERE c.cause = n.cause AND c.state <> 'closed')
        FROM jsonb_array_elements_text(causes) n (cause)) x;
    its := its || ARRAY(SELECT (SELECT c.parent FROM cleardesk.cases c WHERE c.id = i) FROM unnest(its) i);
    PERFORM FROM cleardesk.cases c WHERE c.id = ANY (its) ORDER BY c.id FOR UPDATE;
    IF p_told <> '[]' THEN
        PERFORM FROM cleardesk.orders o WHERE o.id = ANY (p_orders) ORDER BY o.id FOR UPDATE;
    END IF;
END
$$;

-- Writes one thing found beside orders' own verdicts: what the facts took back lapses, what
-- is new is raised, and an order goes on to the stage it was told to have come to. Answers
-- the decisions.
CREATE FUNCTION cleardesk.judge_tell(p_item jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    made  jsonb := '[]';
    ended bigint[];
BEGIN
    WITH gone AS (
        UPDATE cleardesk.anomaly a SET outcome = 'lapsed', closed_at = now()
        FROM jsonb_array_elements_text(coalesce(p_item -> 'ends', '[]')) e (id)
        WHERE a.id = e.id::bigint AND a.closed_at IS NULL
        RETURNING a.case_id
    )
    SELECT array_agg(DISTINCT g.case_id) INTO ended FROM gone g;
    IF p_item -> 'raise' IS NOT NULL THEN
        made := cleardesk.judge_raise(jsonb_build_array(p_item -> 'raise'));
    END IF;
    PERFORM cleardesk.sum_case(c, false) FROM cleardesk.cases c WHERE c.id = ANY (ended) ORDER BY c.id;
    IF p_item -> 'advance' IS NOT NULL THEN
        PERFORM cleardesk.advance_order((p_item ->> 'advance')::bigint);
    END IF;
    RETURN made;
END
$$;

-- Puts cases under the cause they share, once there are enough of them: a case stands under
-- the cause of its worst anomaly, as it stands for that. A product that is exchanged
-- everywhere is one cause from the first store on (§2.1). A case that somebody writes at
-- this moment joins the next time.
CREATE FUNCTION cleardesk.gather_cause(p_cause text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    least_of constant integer := CASE WHEN p_cause LIKE 'exchange %' THEN 1 ELSE greatest(2, cleardesk.platform_number('cause.members', 3)) END;
    top cleardesk.cases;
    its bigint[];
BEGIN
    IF (SELECT count(*) FROM (SELECT FROM cleardesk.anomaly a WHERE a.cause = p_cause AND a.closed_at IS NULL LIMIT least_of) x) < least_of THEN
        RETURN;
    END IF;
    SELECT * INTO top FROM cleardesk.cases c WHERE c.cause = p_cause AND c.state <> 'closed';
    SELECT coalesce(array_agg(x.id ORDER BY x.id), '{}') INTO its FROM (
        SELECT c.id FROM cleardesk.cases c
        WHERE c.id IN (SELECT a.case_id FROM cleardesk.anomaly a WHERE a.cause = p_cause AND a.closed_at IS NULL)
          AND c.parent IS NULL AND c.cause IS NULL AND c.state <> 'closed' AND c.why ->> 'cause' = p_cause
          AND c.lies_with = coalesce(top.lies_with, cleardesk.kind_with(c.kind))
        ORDER BY c.id FOR UPDATE SKIP LOCKED) x;
    IF its = '{}' OR top.id IS NULL AND cardinality(its) < least_of THEN
        RETURN;
    ELSIF top.id IS NULL THEN
        INSERT INTO cleardesk.cases (store, cause, lies_with, kind, why, at_risk, moments, rank, search)
        SELECT c.store, p_cause, c.lies_with, c.kind, c.why, 0, '[]', 0, '' FROM cleardesk.cases c WHERE c.id = its[1]
        RETURNING * INTO top;
    END IF;
    UPDATE cleardesk.cases SET parent = top.id WHERE id = ANY (its);
    UPDATE cleardesk.cases c
    SET search = left(concat_ws(' ', nullif(c.search, ''), (SELECT string_agg(m.search, ' ' ORDER BY m.id) FROM cleardesk.cases m WHERE m.id = ANY (its))), 20000)
    WHERE c.id = top.id;
    PERFORM cleardesk.sum_cause(top.id);
END
$$;

-- Sums a cause up: the money of its open members together, their worst, the moments still to
-- come. It is closed with the last of them; then its money is theirs, and what left it for
-- elsewhere took its own along.
CREATE FUNCTION cleardesk.sum_cause(p_cause bigint) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    open integer := (SELECT count(*) FROM cleardesk.cases m WHERE m.parent = p_cause AND m.state <> 'closed');
BEGIN
    IF open = 0 THEN
        PERFORM cleardesk.end_claim(p_cause, 'closed', '');
        DELETE FROM cleardesk.draft WHERE case_id = p_cause;
        UPDATE cleardesk.cases SET state = 'closed', closed_at = now(), snooze_until = NULL, next_check = NULL, members_open = 0,
            members = s.members, stores = s.stores, at_risk = least(s.at_risk, 1000000000000), version = version + 1
        FROM (SELECT count(*) AS members, count(DISTINCT m.store) AS stores, coalesce(sum(m.at_risk), 0) AS at_risk
              FROM cleardesk.cases m WHERE m.parent = p_cause) s
        WHERE id = p_cause AND state <> 'closed';
        RETURN;
    END IF;
    UPDATE cleardesk.cases c
    SET members = s.members, members_open = open, stores = s.stores, at_risk = least(s.at_risk, 1000000000000), kind = w.kind, why = w.why,
        store = CASE WHEN s.stores = 1 THEN s.store END, moments = s.moments, next_what = n.what, next_at = n.at,
        rank = cleardesk.case_rank(n.at, least(s.at_risk, 1000000000000)::bigint), next_check = least(n.at, c.snooze_until, c.lease_until),
        version = c.version + 1
    FROM (SELECT count(*) AS members, coalesce(sum(m.at_risk) FILTER (WHERE m.state <> 'closed'), 0) AS at_risk,
                 count(DISTINCT m.store) AS stores, min(m.store) AS store,
                 (SELECT coalesce(jsonb_agg(x.e ORDER BY x.at, x.what), '[]') FROM (
                      SELECT DISTINCT ON (f.at, f.what) f.* FROM (
                          SELECT e, (e ->> 'at')::timestamptz AS at, e ->> 'what' AS what
                          FROM cleardesk.cases k, jsonb_array_elements(k.moments) e
                          WHERE k.parent = p_cause AND k.state <> 'closed' AND (e ->> 'at')::timestamptz > now()) f
                      ORDER BY f.at, f.what LIMIT 50) x) AS moments
          FROM cleardesk.cases m WHERE m.parent = p_cause) s
    LEFT JOIN LATERAL cleardesk.next_moment(s.moments, now()) n ON true,
         LATERAL (SELECT m.kind, m.why FROM cleardesk.cases m WHERE m.parent = p_cause AND m.state <> 'closed'
                  ORDER BY m.at_risk DESC, m.id LIMIT 1) w
    WHERE c.id = p_cause AND c.state <> 'closed';
END
$$;

-- A member that is no longer about its cause, or lies elsewhere, stands by itself again;
-- whatever it does, its cause is summed up anew.
CREATE FUNCTION cleardesk.member_moved() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    top cleardesk.cases;
BEGIN
    SELECT * INTO top FROM cleardesk.cases c WHERE c.id = NEW.parent;
    IF NEW.state <> 'closed' AND (top.state = 'closed' OR NEW.lies_with <> top.lies_with OR NEW.why ->> 'cause' IS DISTINCT FROM top.cause) THEN
        UPDATE cleardesk.cases SET parent = NULL WHERE id = NEW.id;
    END IF;
    PERFORM cleardesk.sum_cause(top.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER member_moved AFTER UPDATE OF state, at_risk, why, lies_with ON cleardesk.cases FOR EACH ROW
    WHEN (NEW.parent = OLD.parent AND (NEW.state, NEW.at_risk, NEW.why, NEW.lies_with) IS DISTINCT FROM (OLD.state, OLD.at_risk, OLD.why, OLD.lies_with))
    EXECUTE FUNCTION cleardesk.member_moved();

-- A cause that is handed on takes its free members with it.
CREATE FUNCTION cleardesk.cause_moved() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    UPDATE cleardesk.cases m SET lies_with = NEW.lies_with, version = m.version + 1
    WHERE m.id IN (SELECT x.id FROM cleardesk.cases x WHERE x.parent = NEW.id AND x.state <> 'closed' AND x.holder IS NULL
                   ORDER BY x.id FOR UPDATE SKIP LOCKED);
    RETURN NULL;
END
$$;
CREATE TRIGGER cause_moved AFTER UPDATE OF lies_with ON cleardesk.cases FOR EACH ROW
    WHEN (NEW.cause IS NOT NULL AND NEW.lies_with <> OLD.lies_with) EXECUTE FUNCTION cleardesk.cause_moved();

-- Claims the free members of a cause for the caller, who has it: each under a claim of its
-- own. Those that somebody holds or puts off, or that change this moment, are left alone.
-- Answers the claims, as put_claim has them.
CREATE FUNCTION cleardesk.claim_members(p_case bigint) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    m    cleardesk.cases;
    done jsonb := '[]';
BEGIN
    FOR m IN
        SELECT * FROM cleardesk.cases c
        WHERE c.parent = p_case AND c.state = 'open' AND (c.holder IS NULL OR c.lease_until <= clock_timestamp())
          AND c.lies_with = (SELECT k.lies_with FROM cleardesk.cases k WHERE k.id = p_case)
        ORDER BY c.rank, c.id LIMIT 500 FOR UPDATE SKIP LOCKED
    LOOP
        done := done || (cleardesk.put_claim(m) - 'others');
    END LOOP;
    RETURN done;
END
$$;

-- Whether the platform tells of stages at all: without that every order would be late.
CREATE FUNCTION cleardesk.stages_told() RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT EXISTS (SELECT FROM cleardesk.event e WHERE e.what = 'stage')
$$;

-- Has orders on their way looked at now: they were accepted by somebody, or planned anew.
CREATE FUNCTION cleardesk.watch_orders(p_orders bigint[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF NOT cleardesk.stages_told() THEN
        RETURN;
    END IF;
    INSERT INTO cleardesk.order_watch (order_id, stage, due, next_check)
    SELECT o.id, 'planned', now(), now() FROM cleardesk.orders o
    WHERE o.id = ANY (p_orders) AND o.state IN ('accepted', 'allocated', 'shipped') AND NOT o.history
      AND o.placed_at > now() - interval '7 days'
    ON CONFLICT (order_id) DO UPDATE SET next_check = now(), queued = false;
END
$$;
CREATE FUNCTION cleardesk.plan_made() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM cleardesk.watch_orders(ARRAY[NEW.order_id]);
    RETURN NULL;
END
$$;
CREATE TRIGGER plan_made AFTER INSERT ON cleardesk.delivery_plan FOR EACH ROW EXECUTE FUNCTION cleardesk.plan_made();

-- Keeps when orders are looked at next: [{order, stage, due, next}]; no next: never more.
CREATE FUNCTION cleardesk.keep_watch(p_watches jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF p_watches = '[]' THEN
        RETURN;
    END IF;
    DELETE FROM cleardesk.order_watch w USING jsonb_array_elements(p_watches) x (e)
    WHERE w.order_id = (x.e ->> 'order')::bigint AND x.e ->> 'next' IS NULL;
    INSERT INTO cleardesk.order_watch (order_id, stage, due, next_check)
    SELECT (x.e ->> 'order')::bigint, x.e ->> 'stage', (x.e ->> 'due')::timestamptz, (x.e ->> 'next')::timestamptz
    FROM jsonb_array_elements(p_watches) x (e) WHERE x.e ->> 'next' IS NOT NULL ORDER BY 1
    ON CONFLICT (order_id) DO UPDATE
    SET stage = excluded.stage, due = excluded.due, next_check = excluded.next_check, queued = false;
END
$$;

-- Queues the orders whose time has come for the judge.
CREATE FUNCTION cleardesk.queue_watches(p_most integer) RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    n bigint;
BEGIN
    WITH due AS (
        SELECT w.order_id FROM cleardesk.order_watch w WHERE w.next_check <= now()
        ORDER BY w.next_check LIMIT p_most FOR UPDATE SKIP LOCKED
    ), moved AS (
        UPDATE cleardesk.order_watch w SET next_check = NULL, queued = true FROM due d WHERE w.order_id = d.order_id RETURNING w.order_id
    )
    INSERT INTO cleardesk.waiting (what, order_id) SELECT 'watch', m.order_id FROM moved m ORDER BY m.order_id;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END
$$;

-- Queues the close of the day's order window for the judge, and the time before it. Today's
-- and tomorrow's are always on the list, so that a judge that was away at the close finds it;
-- what was over when it came on the list had nobody to wait for it.
CREATE FUNCTION cleardesk.queue_windows() RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    zone   text := cleardesk.platform_zone();
    closes time := coalesce((
        SELECT CASE WHEN s.value ~ '^([01]?[0-9]|2[0-3]):[0-5][0-9]$' THEN s.value::time END FROM cleardesk.setting s
        WHERE s.name = 'window.closes' AND s.scope = 'platform' AND s.key = '' AND s.valid_from <= now()
        ORDER BY s.valid_from DESC, s.id DESC LIMIT 1), '15:00');
    before interval := cleardesk.platform_number('gap.foresee', 45) * interval '1 minute';
    n      bigint;
BEGIN
    INSERT INTO cleardesk.window_check AS w (day, what, at, done)
    SELECT x.day, x.what, x.at, x.at <= now() FROM (
        SELECT d.day, k.what, (d.day + closes) AT TIME ZONE zone - CASE k.what WHEN 'foresee' THEN before ELSE '0' END AS at
        FROM (SELECT (now() AT TIME ZONE zone)::date + i AS day FROM generate_series(0, 1) i) d, (VALUES ('foresee'), ('close')) k (what)) x
    WHERE NOT EXISTS (SELECT FROM cleardesk.window_check h WHERE h.day = x.day AND h.what = x.what AND (h.done OR h.at = x.at))
    ON CONFLICT (day, what) DO UPDATE SET at = excluded.at WHERE NOT w.done;
    WITH due AS (
        UPDATE cleardesk.window_check w SET done = true WHERE NOT w.done AND w.at <= now() RETURNING w.day, w.what, w.at
    )
    INSERT INTO cleardesk.waiting (what, day) SELECT d.what, d.day FROM due d WHERE d.at > now() - interval '12 hours' ORDER BY d.at;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END
$$;

-- Frees what people hold who are off the staff.
CREATE FUNCTION cleardesk.free_gone() RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    one bigint;
BEGIN
    FOR one IN
        SELECT c.id FROM cleardesk.staff s JOIN cleardesk.cases c ON c.holder = s.login WHERE NOT s.active
        ORDER BY c.id LIMIT 500 FOR UPDATE OF c SKIP LOCKED
    LOOP
        PERFORM cleardesk.end_claim(one, 'off', '');
        UPDATE cleardesk.cases SET state = 'open', snooze_until = NULL, next_check = next_at WHERE id = one;
    END LOOP;
END
$$;

-- What was raised before of orders that are slow, for the judge that looks at them again.
CREATE FUNCTION cleardesk.judge_slow(p_orders bigint[]) RETURNS TABLE (id bigint, order_id bigint, stage text, foreseen boolean, outcome text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT a.id, a.order_id, a.evidence ->> 'stage', coalesce((a.evidence ->> 'foreseen')::boolean, false), a.outcome
    FROM unnest(p_orders) f (id)
    CROSS JOIN LATERAL (SELECT x.* FROM cleardesk.anomaly x WHERE x.order_id = f.id AND x.line_no = 0 AND x.kind = 'slow_fulfilment' OFFSET 0) a
    ORDER BY a.id
$$;

-- What was raised before of the gaps of a day.
CREATE FUNCTION cleardesk.judge_gaps(p_day date) RETURNS TABLE (id bigint, store text, foreseen boolean, outcome text, products text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT a.id, c.store::text, coalesce((a.evidence ->> 'foreseen')::boolean, false), a.outcome,
           ARRAY(SELECT i.e ->> 'product' FROM jsonb_array_elements(coalesce(a.evidence -> 'items', '[]')) i (e))
    FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id
    WHERE a.raised_at >= least(p_day, now()) - interval '1 day' AND a.kind = 'replenishment' AND a.event_id IS NULL
      AND a.evidence ->> 'day' = p_day::text
    ORDER BY a.id
$$;

-- How stores order on days like the given one: of the same weekday in the eight weeks before
-- it, on how many since the first on which they ordered anything they ordered a product,
-- and how much of it: a store that often leaves such a day out has no habit of it. Only what came in p_share of a hundred chances or more, of p_least at least.
CREATE FUNCTION cleardesk.store_habits(p_stores text[], p_day date, p_least integer, p_share integer)
RETURNS TABLE (store text, product text, times integer, chances integer, median bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
    SELECT f.code, h.product, h.times, h.chances, h.median
    FROM unnest(p_stores) f (code)
    CROSS JOIN LATERAL (
        WITH past AS (
            SELECT o.id, o.business_day FROM cleardesk.orders o
            WHERE o.store = f.code AND o.placed_at > p_day - interval '58 days' AND o.placed_at < p_day + interval '1 day'
              AND o.business_day BETWEEN p_day - 56 AND p_day - 1 AND (p_day - o.business_day) % 7 = 0
              AND o.state NOT IN ('cancelled', 'refused')
        ), had AS (
            SELECT k.product::text AS product, p.business_day, sum(k.quantity)::bigint AS quantity
            FROM past p CROSS JOIN LATERAL (
                SELECT l.product, l.quantity FROM cleardesk.order_line l WHERE l.order_id = p.id AND NOT l.cancelled OFFSET 0) k
            GROUP BY k.product, p.business_day
        ), days AS (SELECT (p_day - min(p.business_day)) / 7 AS n FROM past p)
        SELECT h.product, count(*)::integer AS times, d.n AS chances, percentile_disc(0.5) WITHIN GROUP (ORDER BY h.quantity) AS median
        FROM had h, days d
        WHERE d.n >= p_least
        GROUP BY h.product, d.n
        HAVING count(*) * 100 >= p_share * d.n) h
    ORDER BY f.code, h.product
$$;

GRANT EXECUTE ON FUNCTION cleardesk.judge_slow(bigint[]), cleardesk.judge_gaps(date) TO cleardesk_intake;
GRANT EXECUTE ON FUNCTION cleardesk.store_habits(text[], date, integer, integer) TO cleardesk_intake, cleardesk_staff;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER plan_made ON cleardesk.delivery_plan;
DROP TRIGGER cause_moved ON cleardesk.cases;
DROP TRIGGER member_moved ON cleardesk.cases;
DROP FUNCTION cleardesk.store_habits(text[], date, integer, integer), cleardesk.judge_gaps(date), cleardesk.judge_slow(bigint[]),
    cleardesk.free_gone(), cleardesk.queue_windows(), cleardesk.queue_watches(integer), cleardesk.keep_watch(jsonb),
    cleardesk.plan_made(), cleardesk.watch_orders(bigint[]), cleardesk.stages_told(), cleardesk.claim_members(bigint),
    cleardesk.cause_moved(), cleardesk.member_moved(), cleardesk.sum_cause(bigint), cleardesk.gather_cause(text),
    cleardesk.judge_tell(jsonb), cleardesk.lock_judged(jsonb, jsonb, jsonb, bigint[]), cleardesk.number_complaints(bigint[]),
    cleardesk.case_beside(jsonb);
DROP INDEX cleardesk.cases_complaint, cleardesk.cases_beside;
RESET ROLE;
-- +goose StatementEnd
