-- The week's settlement (process.md, "Settlements"): what stores owe for what they
-- received, beside what was collected. A week is worked out from facts until it is signed;
-- then its facts are written down with it, and what comes in for it later counts in a
-- later week. So all weeks together are always the sum of all facts.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
SET LOCAL search_path = cleardesk, pg_catalog;

-- A week signed off, named by its Monday. The first one begins the books.
CREATE TABLE IF NOT EXISTS settlement_week (
    week     date PRIMARY KEY CHECK (isfinite(week) AND extract(isodow FROM week) = 1),
    rounding money_fen NOT NULL CHECK (rounding >= 0), -- accepted by rule for each delivery
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now()
);

-- The facts of a signed week, each once, with what they came to then. What was carried
-- over stands in the week it was carried to: ref is the Monday's number it came from.
CREATE TABLE IF NOT EXISTS settlement_entry (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    week     date NOT NULL,
    store    code NOT NULL REFERENCES store,
    what     text NOT NULL CHECK (what IN ('delivery', 'credit', 'charge', 'return', 'collection', 'carried')),
    ref      bigint NOT NULL, -- the order, the adjustment or the event
    order_id bigint REFERENCES orders,
    amount   money_fen NOT NULL,
    at       moment NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS settlement_entry_once ON settlement_entry (what, ref) WHERE what <> 'carried';
CREATE INDEX IF NOT EXISTS settlement_entry_week ON settlement_entry (week, store);

-- The stores of a signed week as they stood, with the cases that were open.
CREATE TABLE IF NOT EXISTS settlement_store (
    week        date NOT NULL REFERENCES settlement_week,
    store       code NOT NULL REFERENCES store,
    deliveries  integer NOT NULL,
    delivered   money_fen NOT NULL,
    credits     money_fen NOT NULL,
    charges     money_fen NOT NULL,
    returns     money_fen NOT NULL,
    collected   money_fen NOT NULL,
    carried     money_fen NOT NULL,
    refused     integer NOT NULL,
    refused_sum money_fen NOT NULL,
    open        integer NOT NULL,
    open_sum    money_fen NOT NULL,
    open_cases  bigint[] NOT NULL,
    PRIMARY KEY (week, store)
);

-- What was done about a store's difference. The newest counts, while the difference is
-- what it was then.
CREATE TABLE IF NOT EXISTS settlement_review (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    week     date NOT NULL,
    store    code NOT NULL REFERENCES store,
    what     text NOT NULL CHECK (what IN ('sent', 'returned', 'accepted')),
    dept     department,
    diff     money_fen NOT NULL,
    note     note NOT NULL DEFAULT '',
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now(),
    CHECK (what = 'accepted' OR dept IS NOT NULL)
);
CREATE INDEX IF NOT EXISTS settlement_review_store ON settlement_review (week, store, id);

CREATE INDEX IF NOT EXISTS orders_to_settle ON orders (id) WHERE state IN ('delivered', 'received') AND NOT history;
CREATE INDEX IF NOT EXISTS event_collected ON event (taken_at) WHERE what = 'collection';
CREATE INDEX IF NOT EXISTS adjustment_at ON adjustment (at);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['settlement_week', 'settlement_entry', 'settlement_store', 'settlement_review'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
            t || '_appended', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            t || '_kept', t);
        EXECUTE format('GRANT SELECT ON %I TO cleardesk_staff, cleardesk_intake', t);
    END LOOP;
END
$$;
CREATE TRIGGER settlement_hint AFTER INSERT ON settlement_review FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');
CREATE TRIGGER settlement_signed_hint AFTER INSERT ON settlement_week FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');

-- When a week begins in the platform's zone.
CREATE FUNCTION cleardesk.week_begins(p_week date) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT p_week::timestamp AT TIME ZONE cleardesk.platform_zone()
$$;

-- The Monday of a moment's week there.
CREATE FUNCTION cleardesk.week_of(p_at timestamptz) RETURNS date LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT date_trunc('week', p_at AT TIME ZONE cleardesk.platform_zone())::date
$$;

-- The facts that can count in a week that is not signed, each with the moment it belongs
-- to and the one it came in at: deliveries by the day they were received, money by the day
-- it was taken, adjustments by when they were written. Those of signed weeks that are in
-- no week are among them, and what was carried to this week.
CREATE FUNCTION cleardesk.settlement_loose(p_week date) RETURNS TABLE (store text, what text, ref bigint, order_id bigint, amount bigint,
    at timestamptz, came timestamptz) LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH w AS MATERIALIZED (
        SELECT cleardesk.week_begins(p_week) AS begins, cleardesk.week_begins(p_week + 7) AS ends,
               (SELECT cleardesk.week_begins(max(x.week) + 7) FROM cleardesk.settlement_week x) AS signed_to
    ), its AS (
        SELECT e.order_id FROM w, cleardesk.event e WHERE e.what = 'stage' AND e.at >= w.begins AND e.at < w.ends
        UNION
        SELECT o.id FROM w, cleardesk.orders o
        WHERE w.signed_to IS NOT NULL AND o.state IN ('delivered', 'received') AND NOT o.history
    )
    SELECT o.store, 'delivery', o.id, o.id, o.total, d.at, d.came
    FROM its JOIN cleardesk.orders o ON o.id = its.order_id
    JOIN LATERAL (
        SELECT coalesce(min(e.at) FILTER (WHERE e.detail ->> 'stage' = 'received'), min(e.at)) AS at, max(e.taken_at) AS came
        FROM cleardesk.event e WHERE e.order_id = o.id AND e.what = 'stage' AND e.detail ->> 'stage' IN ('delivered', 'received')
    ) d ON d.at IS NOT NULL
    WHERE o.state IN ('delivered', 'received') AND NOT o.history
    UNION ALL
    SELECT a.store, a.what, a.id, a.order_id, a.amount, a.at, a.at FROM w, cleardesk.adjustment a
    WHERE a.at >= least(w.begins, w.signed_to - interval '1 day') AND a.at < w.ends
      AND NOT EXISTS (SELECT FROM cleardesk.settlement_entry s WHERE s.what = a.what AND s.ref = a.id)
    UNION ALL
    SELECT e.store, 'collection', e.id, e.order_id, (e.detail ->> 'amount')::bigint, e.at, e.taken_at FROM w, cleardesk.event e
    WHERE e.what = 'collection' AND (e.at >= w.begins AND e.at < w.ends OR e.at < w.signed_to AND e.taken_at >= w.signed_to - interval '1 day')
      AND NOT EXISTS (SELECT FROM cleardesk.settlement_entry s WHERE s.what = 'collection' AND s.ref = e.id)
    UNION ALL
    SELECT s.store, s.what, s.ref, s.order_id, s.amount, s.at, s.at FROM cleardesk.settlement_entry s
    WHERE s.week = p_week AND s.what = 'carried'
$$;

-- The facts that count in a week. Of a signed one they are what was written down. A fact
-- whose own week is signed counts in the week it came in, or in the first that is not
-- signed; what lies before the books counts in none of them.
CREATE FUNCTION cleardesk.settlement_facts(p_week date) RETURNS TABLE (store text, what text, ref bigint, order_id bigint, amount bigint,
    at timestamptz) LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH books AS MATERIALIZED (SELECT min(x.week) AS first, max(x.week) AS last FROM cleardesk.settlement_week x)
    SELECT s.store, s.what, s.ref, s.order_id, s.amount, s.at FROM cleardesk.settlement_entry s
    WHERE s.week = p_week AND EXISTS (SELECT FROM cleardesk.settlement_week x WHERE x.week = p_week)
    UNION ALL
    SELECT l.store, l.what, l.ref, l.order_id, l.amount, l.at FROM books b, cleardesk.settlement_loose(p_week) l
    WHERE NOT EXISTS (SELECT FROM cleardesk.settlement_week x WHERE x.week = p_week)
      AND CASE WHEN l.what = 'carried' THEN true
               WHEN b.last IS NULL OR p_week < b.first OR cleardesk.week_of(l.at) > b.last THEN cleardesk.week_of(l.at) = p_week
               ELSE cleardesk.week_of(l.at) >= b.first AND greatest(cleardesk.week_of(l.came), b.last + 7) = p_week END
$$;

-- Open cases that come to money in the week they are decided in, opened before the week
-- ended; and orders refused at the door in it.
CREATE FUNCTION cleardesk.settlement_open(p_week date) RETURNS TABLE (store text, case_id bigint, at_risk bigint) LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT c.store, c.id, c.at_risk FROM cleardesk.cases c
    WHERE c.state <> 'closed' AND c.cause IS NULL AND c.store IS NOT NULL AND c.opened_at < cleardesk.week_begins(p_week + 7)
      AND c.kind IN ('exchange', 'short_weight', 'overweight', 'return')
$$;
CREATE FUNCTION cleardesk.settlement_refused(p_week date) RETURNS TABLE (store text, order_id bigint, total bigint, at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT o.store, o.id, o.total, x.at
    FROM (SELECT e.order_id, min(e.at) AS at FROM cleardesk.event e
          WHERE e.what = 'stage' AND e.detail ->> 'stage' = 'refused'
            AND e.at >= cleardesk.week_begins(p_week) AND e.at < cleardesk.week_begins(p_week + 7)
          GROUP BY e.order_id) x
    JOIN cleardesk.orders o ON o.id = x.order_id AND o.state = 'refused' AND NOT o.history
$$;

-- The stores of a week with their sums. due is what a store owes: a plain sum, for credits
-- and returns are below nought.
CREATE FUNCTION cleardesk.settlement_stores(p_week date) RETURNS TABLE (store text, deliveries integer, delivered bigint, credits bigint,
    charges bigint, returns bigint, collected bigint, carried bigint, refused integer, refused_sum bigint, open integer, open_sum bigint,
    open_cases bigint[], due bigint, diff bigint) LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH kept AS (
        SELECT k.store::text, k.deliveries, k.delivered::bigint, k.credits::bigint, k.charges::bigint, k.returns::bigint, k.collected::bigint,
               k.carried::bigint, k.refused, k.refused_sum::bigint, k.open, k.open_sum::bigint, k.open_cases
        FROM cleardesk.settlement_store k WHERE k.week = p_week
    ), told AS (
        SELECT f.store, f.what, f.amount, NULL::bigint AS case_id FROM cleardesk.settlement_facts(p_week) f
        UNION ALL SELECT o.store, 'open', o.at_risk, o.case_id FROM cleardesk.settlement_open(p_week) o
        UNION ALL SELECT r.store, 'refused', r.total, NULL FROM cleardesk.settlement_refused(p_week) r
    ), worked AS (
        SELECT t.store, count(*) FILTER (WHERE t.what = 'delivery')::integer,
               coalesce(sum(t.amount) FILTER (WHERE t.what = 'delivery'), 0)::bigint,
               coalesce(sum(t.amount) FILTER (WHERE t.what = 'credit'), 0)::bigint,
               coalesce(sum(t.amount) FILTER (WHERE t.what = 'charge'), 0)::bigint,
               coalesce(sum(t.amount) FILTER (WHERE t.what = 'return'), 0)::bigint,
               coalesce(sum(t.amount) FILTER (WHERE t.what = 'collection'), 0)::bigint,
               coalesce(sum(t.amount) FILTER (WHERE t.what = 'carried'), 0)::bigint,
               count(*) FILTER (WHERE t.what = 'refused')::integer,
               coalesce(sum(t.amount) FILTER (WHERE t.what = 'refused'), 0)::bigint,
               count(*) FILTER (WHERE t.what = 'open')::integer,
               coalesce(sum(t.amount) FILTER (WHERE t.what = 'open'), 0)::bigint,
               coalesce(array_agg(t.case_id ORDER BY t.case_id) FILTER (WHERE t.what = 'open'), '{}')
        FROM told t WHERE NOT EXISTS (SELECT FROM kept) GROUP BY t.store
    ), x (store, deliveries, delivered, credits, charges, returns, collected, carried, refused, refused_sum, open, open_sum, open_cases) AS (
        SELECT * FROM kept UNION ALL SELECT * FROM worked
    )
    SELECT x.*, x.delivered + x.credits + x.charges + x.returns,
           x.collected + x.carried - x.delivered - x.credits - x.charges - x.returns FROM x
$$;

-- What was last done about a store's difference.
CREATE FUNCTION cleardesk.last_review(p_week date, p_store text) RETURNS cleardesk.settlement_review LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT r FROM cleardesk.settlement_review r WHERE r.week = p_week AND r.store = p_store ORDER BY r.id DESC LIMIT 1
$$;

-- Weeks are signed, and their differences reviewed, one act after the other.
CREATE FUNCTION cleardesk.lock_settlement(p_week date) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    w cleardesk.settlement_week;
BEGIN
    IF p_week IS NULL OR NOT isfinite(p_week) OR extract(isodow FROM p_week) <> 1 THEN
        PERFORM cleardesk.deny('CD400', 'a week is named by its Monday');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('settlement', 13));
    SELECT * INTO w FROM cleardesk.settlement_week x WHERE x.week = p_week;
    IF w.week IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('the week of %s is signed: what comes now counts in a later one', p_week),
            cleardesk.who(w.by_login, w.at) || '{"state": "signed"}');
    END IF;
END
$$;

-- What a difference's task is about: one is open for a store.
CREATE FUNCTION cleardesk.difference_about(p_week date, p_store text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT to_char(p_week, 'YYYY-MM-DD') || ' ' || p_store
$$;

CREATE FUNCTION cleardesk.open_difference(r cleardesk.settlement_review) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT cleardesk.open_task('difference', cleardesk.difference_about(r.week, r.store), r.dept,
        greatest(cleardesk.week_begins(r.week + 9), r.at + interval '1 day'), abs(r.diff), r.store,
        jsonb_build_object('week', r.week, 'diff', r.diff, 'note', r.note))
$$;

-- Does something about a store's difference, which must be what the caller saw: the
-- accountant sends it to a department or accepts it as it is; the department gives it back
-- with what it found. Who wrote an adjustment of the week is not the one to accept.
CREATE FUNCTION cleardesk.review_difference(op uuid, p_week date, p_store text, p_what text, p_dept text, p_diff bigint, p_note text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'review_difference');
    s    cleardesk.staff;
    last cleardesk.settlement_review;
    now_ record;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC CASE p_what WHEN 'returned' THEN '{}' ELSE '{finance}'::text[] END);
    PERFORM cleardesk.lock_settlement(p_week);
    SELECT * INTO now_ FROM cleardesk.settlement_stores(p_week) x WHERE x.store = p_store;
    last := cleardesk.last_review(p_week, p_store);
    IF now_.store IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('store %s has nothing in the week of %s', p_store, p_week));
    ELSIF (p_what IN ('sent', 'returned', 'accepted')) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'a difference is sent, returned or accepted');
    ELSIF now_.diff IS DISTINCT FROM p_diff THEN
        PERFORM cleardesk.deny('CD409', format('the difference is %s fen now, not %s', now_.diff, p_diff), jsonb_build_object('diff', now_.diff));
    ELSIF p_what = 'returned' AND (last.what = 'sent') IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD409', 'the difference lies with no department', '{"state": "returned"}');
    ELSIF p_what = 'returned' AND NOT cleardesk.works_with(s, last.dept) AND NOT 'finance' = ANY (s.roles) THEN
        PERFORM cleardesk.deny('CD403', format('the difference lies with %s', last.dept), jsonb_build_object('needs', last.dept));
    ELSIF p_what <> 'returned' AND p_diff = 0 THEN
        PERFORM cleardesk.deny('CD400', 'there is no difference');
    ELSIF p_what = 'sent' AND (p_dept IS NULL OR p_dept = 'finance') THEN
        PERFORM cleardesk.deny('CD400', 'say which department looks into it');
    ELSIF trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'say why, or what was found');
    ELSIF p_what = 'accepted' AND EXISTS (
        SELECT FROM cleardesk.settlement_facts(p_week) f JOIN cleardesk.adjustment a ON a.id = f.ref AND a.what = f.what
        JOIN cleardesk.resolution_record r ON r.id = a.record_id
        WHERE f.store = p_store AND s.login IN (a.by_login, r.by_login))
    THEN
        PERFORM cleardesk.deny('CD403', 'who wrote an adjustment of it cannot accept the difference', '{"needs": "another"}');
    END IF;
    INSERT INTO cleardesk.settlement_review (week, store, what, dept, diff, note, by_login)
    VALUES (p_week, p_store, p_what, CASE p_what WHEN 'sent' THEN p_dept WHEN 'returned' THEN last.dept END, p_diff, p_note, s.login)
    RETURNING * INTO last;
    IF p_what = 'sent' THEN
        PERFORM cleardesk.open_difference(last);
    ELSE
        PERFORM cleardesk.end_task('difference', cleardesk.difference_about(p_week, p_store), p_note);
    END IF;
    RETURN cleardesk.answer(op, 'review_difference', 'store ' || p_store,
        jsonb_build_object('week', p_week, 'what', p_what, 'dept', last.dept, 'diff', p_diff, 'note', p_note), jsonb_build_object('review', last.id));
END
$$;

-- Whether a store's week still has to be looked at, as domain.StoreWeek.State.
CREATE FUNCTION cleardesk.to_look(p_diff bigint, p_deliveries integer, p_rounding bigint, r cleardesk.settlement_review) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT p_diff <> 0 AND abs(p_diff) > p_rounding * p_deliveries AND (r.what = 'sent') IS NOT TRUE
       AND (r.what = 'accepted' AND r.diff = p_diff) IS NOT TRUE
$$;

-- Carries what is still looked into over to the next week, with its task.
CREATE FUNCTION cleardesk.carry_over(p_week date) RETURNS integer LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    x    record;
    r    cleardesk.settlement_review;
    many integer := 0;
BEGIN
    FOR x IN
        SELECT s.store, s.diff, v.dept, v.note FROM cleardesk.settlement_stores(p_week) s, cleardesk.last_review(p_week, s.store) v
        WHERE v.what = 'sent' ORDER BY s.store
    LOOP
        PERFORM cleardesk.end_task('difference', cleardesk.difference_about(p_week, x.store), '');
        CONTINUE WHEN x.diff = 0;
        INSERT INTO cleardesk.settlement_entry (week, store, what, ref, amount, at)
        VALUES (p_week + 7, x.store, 'carried', p_week - date '2000-01-03', x.diff, now());
        INSERT INTO cleardesk.settlement_review (week, store, what, dept, diff, note, by_login)
        VALUES (p_week + 7, x.store, 'sent', x.dept, x.diff, x.note, cleardesk.me()) RETURNING * INTO r;
        PERFORM cleardesk.open_difference(r);
        many := many + 1;
    END LOOP;
    RETURN many;
END
$$;

-- Signs a week off, once nothing of it is left to look at: its facts are written down, its
-- orders are settled. p_seen are the sums the caller saw: {deliveries, due, collected,
-- carried}. Weeks are signed in their order.
CREATE FUNCTION cleardesk.sign_week(op uuid, p_week date, p_seen jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'sign_week');
    s     cleardesk.staff;
    w     cleardesk.settlement_week;
    after date;
    its   bigint[];
    sums  jsonb;
    look  text[];
    many  integer;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('finance');
    PERFORM cleardesk.lock_settlement(p_week);
    SELECT max(x.week) + 7 INTO after FROM cleardesk.settlement_week x;
    IF p_week <> after THEN
        PERFORM cleardesk.deny('CD400', format('the week of %s comes first', after), jsonb_build_object('week', after));
    ELSIF now() < cleardesk.week_begins(p_week + 7) THEN
        PERFORM cleardesk.deny('CD400', 'the week is not over');
    END IF;
    its := ARRAY(SELECT f.ref FROM cleardesk.settlement_facts(p_week) f WHERE f.what = 'delivery' ORDER BY f.ref);
    PERFORM FROM cleardesk.cases c WHERE c.order_id = ANY (its) AND c.state <> 'closed' ORDER BY c.id FOR UPDATE;
    PERFORM FROM cleardesk.orders o WHERE o.id = ANY (its) ORDER BY o.id FOR UPDATE;
    -- An order that was delivered after they were locked counts in a later week.
    INSERT INTO cleardesk.settlement_entry (week, store, what, ref, order_id, amount, at)
    SELECT p_week, f.store, f.what, f.ref, f.order_id, f.amount, f.at FROM cleardesk.settlement_facts(p_week) f
    WHERE f.what <> 'carried' AND (f.what <> 'delivery' OR f.ref = ANY (its)) ORDER BY f.store, f.at, f.ref;
    INSERT INTO cleardesk.settlement_week (week, rounding, by_login)
    VALUES (p_week, cleardesk.settle_rounding(), s.login) RETURNING * INTO w;
    SELECT jsonb_build_object('deliveries', coalesce(sum(x.deliveries), 0), 'due', coalesce(sum(x.due), 0),
               'collected', coalesce(sum(x.collected), 0), 'carried', coalesce(sum(x.carried), 0)),
           array_agg(x.store ORDER BY x.store) FILTER (WHERE cleardesk.to_look(x.diff, x.deliveries, w.rounding, cleardesk.last_review(p_week, x.store)))
    INTO sums, look FROM cleardesk.settlement_stores(p_week) x;
    IF sums <> p_seen THEN
        PERFORM cleardesk.deny('CD409', 'the week has changed since it was read', sums);
    ELSIF cardinality(look) > 0 THEN
        PERFORM cleardesk.deny('CD409', format('look at %s first', array_to_string(look[1:5], ', ')), jsonb_build_object('look', look));
    END IF;
    INSERT INTO cleardesk.settlement_store (week, store, deliveries, delivered, credits, charges, returns, collected, carried, refused,
        refused_sum, open, open_sum, open_cases)
    SELECT p_week, x.store, x.deliveries, x.delivered, x.credits, x.charges, x.returns, x.collected, x.carried, x.refused, x.refused_sum,
           x.open, x.open_sum, x.open_cases
    FROM cleardesk.settlement_stores(p_week) x;
    UPDATE cleardesk.orders SET state = 'settled', version = version + 1 WHERE id = ANY (its);
    UPDATE cleardesk.cases SET version = version + 1 WHERE order_id = ANY (its) AND state <> 'closed';
    PERFORM cleardesk.end_task(t.what, t.about, '') FROM cleardesk.task t WHERE t.what = 'week_unsigned' AND t.closed_at IS NULL;
    many := cleardesk.carry_over(p_week);
    RETURN cleardesk.answer(op, 'sign_week', 'week ' || p_week, sums,
        sums || jsonb_build_object('week', p_week, 'at', w.at, 'differences', many));
END
$$;

-- The week to be signed next is a task of the accountant's once it is over: the one after
-- the last that was signed; before the books begin, the last week with a delivery.
CREATE FUNCTION cleardesk.queue_week() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    ended  date := cleardesk.week_of(now()) - 7;
    signed date := (SELECT max(w.week) FROM cleardesk.settlement_week w);
    due    date := coalesce(signed + 7, ended);
BEGIN
    IF due > ended OR EXISTS (SELECT FROM cleardesk.task t WHERE t.what = 'week_unsigned' AND t.closed_at IS NULL)
        OR signed IS NULL AND NOT EXISTS (SELECT FROM cleardesk.event e WHERE e.what = 'stage' AND e.at >= cleardesk.week_begins(due)
            AND e.at < cleardesk.week_begins(due + 7))
    THEN
        RETURN;
    END IF;
    PERFORM cleardesk.open_task('week_unsigned', due::text, 'finance', cleardesk.week_begins(due + 9), 0, NULL, jsonb_build_object('week', due));
END
$$;

-- What is accepted by rule for each delivery: domain.SettingDefs has the same default.
CREATE FUNCTION cleardesk.settle_rounding() RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((SELECT (x.value::numeric * 100)::bigint FROM cleardesk.setting x
        WHERE x.name = 'settle.rounding' AND x.scope = 'platform' AND x.key = '' AND x.valid_from <= now()
        ORDER BY x.valid_from DESC, x.id DESC LIMIT 1), 100)
$$;
GRANT EXECUTE ON FUNCTION cleardesk.review_difference(uuid, date, text, text, text, bigint, text) TO cleardesk_staff;
GRANT EXECUTE ON FUNCTION cleardesk.sign_week(uuid, date, jsonb) TO cleardesk_finance;
GRANT EXECUTE ON FUNCTION cleardesk.week_begins(date), cleardesk.week_of(timestamptz), cleardesk.platform_zone(),
    cleardesk.settlement_loose(date), cleardesk.settlement_facts(date), cleardesk.settlement_open(date), cleardesk.settlement_refused(date),
    cleardesk.settlement_stores(date), cleardesk.settle_rounding() TO cleardesk_staff;
RESET ROLE;
RESET search_path;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER settlement_hint ON cleardesk.settlement_review;
DROP TRIGGER settlement_signed_hint ON cleardesk.settlement_week;
REVOKE EXECUTE ON FUNCTION cleardesk.platform_zone() FROM cleardesk_staff;
REVOKE SELECT ON cleardesk.settlement_week, cleardesk.settlement_entry, cleardesk.settlement_store, cleardesk.settlement_review
FROM cleardesk_staff, cleardesk_intake;
DROP FUNCTION cleardesk.queue_week(), cleardesk.sign_week(uuid, date, jsonb), cleardesk.carry_over(date), cleardesk.to_look(bigint, integer, bigint, cleardesk.settlement_review),
    cleardesk.review_difference(uuid, date, text, text, text, bigint, text), cleardesk.open_difference(cleardesk.settlement_review),
    cleardesk.difference_about(date, text), cleardesk.lock_settlement(date), cleardesk.last_review(date, text),
    cleardesk.settlement_stores(date), cleardesk.settlement_refused(date), cleardesk.settlement_open(date), cleardesk.settlement_facts(date),
    cleardesk.settlement_loose(date), cleardesk.settle_rounding(), cleardesk.week_of(timestamptz), cleardesk.week_begins(date);
RESET ROLE;
-- +goose StatementEnd
