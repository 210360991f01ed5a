-- The daily check of deliveries (process.md, "Deliveries"; §4.4.1): the platform's own count
-- of a day beside what is here, every order in exactly one line, a destination for each that
-- would be missed, and who signed the day. A day nobody signs in time becomes the manager's.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
SET LOCAL search_path = cleardesk, pg_catalog;

-- What the platform counted itself for a business day. The newest counts.
CREATE TABLE IF NOT EXISTS day_total (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day        date NOT NULL CHECK (isfinite(day)),
    orders     integer NOT NULL CHECK (orders >= 0),
    amount     money_fen NOT NULL CHECK (amount >= 0),
    counted_at moment, -- orders placed after it are not in it; NULL: the whole day is
    import_id  uuid NOT NULL REFERENCES import,
    at         moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS day_total_day ON day_total (day, id);

-- Where a row of the daily check goes that has no delivery in time: the newest counts, for
-- the kind of row it was said of. The number is '' for orders nobody knows the number of.
CREATE TABLE IF NOT EXISTS day_mark (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day      date NOT NULL,
    what     text NOT NULL CHECK (what IN ('missing', 'unscheduled', 'past')),
    no       text NOT NULL CHECK (length(no) <= 64),
    order_id bigint REFERENCES orders,
    many     integer NOT NULL DEFAULT 1 CHECK (many > 0),
    goes     text NOT NULL CHECK (goes IN ('round', 'van', 'tomorrow', 'cancel', 'handed', 'found', 'never', 'resent')),
    dept     department,
    due      moment,
    note     note NOT NULL DEFAULT '',
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now(),
    CHECK ((dept IS NOT NULL) = (goes IN ('cancel', 'handed'))),
    CHECK ((due IS NOT NULL) = (goes IN ('round', 'van', 'tomorrow')))
);
CREATE INDEX IF NOT EXISTS day_mark_day ON day_mark (day, no, id);

-- A day signed off, with what was seen then and what had been missed: [{no, what, goes}].
CREATE TABLE IF NOT EXISTS day_signed (
    day        date PRIMARY KEY,
    missed     integer NOT NULL CHECK (missed >= 0),
    missed_nos document NOT NULL,
    sums       document NOT NULL,
    by_login   login NOT NULL REFERENCES staff,
    at         moment NOT NULL DEFAULT now()
);

-- The days that wait to be signed, and until when.
CREATE TABLE IF NOT EXISTS day_check (
    day  date PRIMARY KEY,
    at   moment NOT NULL,
    done boolean NOT NULL DEFAULT false
);
CREATE INDEX IF NOT EXISTS day_check_due ON day_check (at) WHERE NOT done;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['day_total', 'day_mark', 'day_signed'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
            t || '_appended', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            t || '_kept', t);
        EXECUTE format('GRANT SELECT ON %I TO cleardesk_staff, cleardesk_intake', t);
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I FOR EACH STATEMENT EXECUTE FUNCTION hint(''queue'')', t || '_hint', t);
    END LOOP;
END
$$;
GRANT SELECT ON day_check TO cleardesk_staff, cleardesk_intake;
GRANT SELECT ON import_reject TO cleardesk_staff;
-- What came in before there was a check is not asked for.
INSERT INTO day_check (day, at, done)
SELECT DISTINCT o.business_day, now(), true FROM orders o WHERE NOT o.history AND o.business_day > current_date - 10 ON CONFLICT DO NOTHING;
CREATE TRIGGER delivery_plan_hint AFTER INSERT ON delivery_plan FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');

-- A time of day that is a setting, for the platform; one that cannot be read is the default.
CREATE FUNCTION cleardesk.platform_clock(p_name text, p_default time) RETURNS time LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT CASE WHEN s.value ~ '^([01]?[0-9]|2[0-3]):[0-5][0-9]$' THEN s.value::time END FROM cleardesk.setting s
        WHERE s.name = p_name AND s.scope = 'platform' AND s.key = '' AND s.valid_from <= now()
        ORDER BY s.valid_from DESC, s.id DESC LIMIT 1), p_default)
$$;

-- A time of day on a business day, at the platform.
CREATE FUNCTION cleardesk.day_at(p_day date, p_clock time) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT (p_day + p_clock) AT TIME ZONE cleardesk.platform_zone()
$$;

-- The orders of a business day, each in exactly one line: cancelled, refused, scheduled (with
-- all that have left), unscheduled, held (still in time), judging (likewise), past: held or
-- not judged when its goods were picked. latest is when that is: the earliest of its
-- categories. Only what has not left yet has one.
CREATE FUNCTION cleardesk.delivery_orders(p_day date) RETURNS TABLE (order_id bigint, order_no text, store text, placed_at timestamptz,
    total bigint, state text, linked boolean, line text, latest timestamptz) LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
    WITH day AS MATERIALIZED (
        SELECT cleardesk.platform_zone() AS zone, cleardesk.platform_clock('picking.until', '18:00') AS until
    ), own AS MATERIALIZED (
        SELECT DISTINCT ON (x.key) x.key AS category, CASE WHEN x.value ~ '^([01]?[0-9]|2[0-3]):[0-5][0-9]$' THEN x.value::time END AS until
        FROM cleardesk.setting x WHERE x.name = 'picking.until' AND x.scope = 'category' AND x.valid_from <= now()
        ORDER BY x.key, x.valid_from DESC, x.id DESC
    ), its AS (
        SELECT o.*, CASE
            WHEN o.state IN ('cancelled', 'refused') THEN o.state
            WHEN o.state IN ('shipped', 'delivered', 'received', 'settled') THEN 'scheduled'
            WHEN EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.released_at IS NULL AND (h.line_no = 0 OR o.state = 'placed'))
                THEN 'held'
            WHEN o.state = 'placed' THEN 'judging'
            WHEN EXISTS (SELECT FROM cleardesk.delivery_plan d WHERE d.order_id = o.id) THEN 'scheduled'
            ELSE 'unscheduled' END AS line
        FROM cleardesk.orders o WHERE o.business_day = p_day AND NOT o.history
    )
    SELECT i.id, i.order_no, i.store, i.placed_at, i.total, i.state, i.link IS NOT NULL,
           CASE WHEN i.line IN ('held', 'judging') AND now() >= l.latest THEN 'past' ELSE i.line END, l.latest
    FROM day, its i
    LEFT JOIN LATERAL (
        SELECT (p_day + coalesce((SELECT min(coalesce(w.until, day.until)) FROM cleardesk.order_line k
            JOIN cleardesk.product p ON p.code = k.product LEFT JOIN own w ON w.category = p.category
            WHERE EXISTS (SELECT FROM own) AND k.order_id = i.id AND NOT k.cancelled), day.until)) AT TIME ZONE day.zone AS latest
    ) l ON i.line IN ('held', 'judging', 'unscheduled')
$$;

-- What a day comes to: {line: [orders, fen]} of its lines and of platform, here, later (here,
-- but placed after the platform counted), changed (since placed), made (here, by the desk) and
-- reordered (of those cancelled). What the platform sent counts as it was placed, and what
-- was cancelled too: here + changed + made is the sum of the lines.
CREATE FUNCTION cleardesk.delivery_sums(p_day date) RETURNS TABLE (line text, orders bigint, amount bigint) LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
    WITH t AS MATERIALIZED (
        SELECT x.* FROM cleardesk.day_total x WHERE x.day = p_day ORDER BY x.id DESC LIMIT 1
    ), o AS MATERIALIZED (
        SELECT d.*, p.placed, CASE d.state WHEN 'cancelled' THEN p.placed ELSE d.total END AS amount
        FROM cleardesk.delivery_orders(p_day) d, LATERAL (
            SELECT coalesce(sum(cleardesk.line_amount(k.original, k.price)), 0)::bigint AS placed FROM cleardesk.order_line k
            WHERE k.order_id = d.order_id AND NOT EXISTS (SELECT FROM cleardesk.decision x WHERE x.order_no = d.order_no
                AND x.what = 'line_substituted' AND (x.detail ->> 'line')::integer = k.line_no)) p
    )
    SELECT o.line, count(*), sum(o.amount)::bigint FROM o GROUP BY o.line
    UNION ALL SELECT 'platform', t.orders, t.amount FROM t
    UNION ALL SELECT 'here', count(*), coalesce(sum(o.placed), 0)::bigint FROM o WHERE NOT o.linked
    UNION ALL SELECT 'later', count(*), coalesce(sum(o.placed), 0)::bigint FROM o, t WHERE NOT o.linked AND o.placed_at > t.counted_at
    UNION ALL SELECT 'changed', count(*) FILTER (WHERE o.amount <> o.placed), coalesce(sum(o.amount - o.placed), 0)::bigint FROM o WHERE NOT o.linked
    UNION ALL SELECT 'made', count(*), coalesce(sum(o.amount), 0)::bigint FROM o WHERE o.linked
    UNION ALL SELECT 'reordered', count(*), coalesce(sum(o.amount), 0)::bigint FROM o
    WHERE o.line = 'cancelled' AND EXISTS (SELECT FROM cleardesk.orders n WHERE n.linked_to = o.order_id AND n.link = 'reorder')
$$;

-- The orders of a day that the platform has and the desk has not: numbers that are left out
-- where they run on, those an import refused, and, where the platform counted more, so many
-- of which nobody knows the number ('').  Where it counted no more than there is nothing is
-- missing: a number was left out.
CREATE FUNCTION cleardesk.delivery_missing(p_day date) RETURNS TABLE (no text, many integer, after text, before text, reason text, about text)
LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
    WITH mine AS MATERIALIZED (
        SELECT o.order_no::text AS no, o.placed_at, m.a[1] AS head, length(m.a[2]) AS digits, m.a[2]::bigint AS n
        FROM cleardesk.orders o, LATERAL (SELECT regexp_match(o.order_no, '^(.*?)([0-9]{1,9})$') AS a) m
        WHERE o.business_day = p_day AND NOT o.history AND o.link IS NULL
    ), short AS MATERIALIZED (
        SELECT t.orders - (SELECT count(*) FROM mine WHERE t.counted_at IS NULL OR mine.placed_at <= t.counted_at)::integer AS n
        FROM cleardesk.day_total t WHERE t.day = p_day ORDER BY t.id DESC LIMIT 1
    ), run AS MATERIALIZED (
        SELECT m.head, m.digits, min(m.n) AS lo, max(m.n) AS hi, greatest(3, count(*) / 10) AS most,
               max(m.n) - min(m.n) + 1 - count(*) AS lacks, count(*) AS n
        FROM mine m WHERE m.head IS NOT NULL GROUP BY 1, 2
    ), gap AS MATERIALIZED (
        SELECT r.head || lpad(g::text, r.digits, '0') AS no, r.head, r.digits, g AS n
        FROM run r, generate_series(r.lo, r.hi) g
        WHERE r.n >= 3 AND r.lacks BETWEEN 1 AND r.most
          AND NOT EXISTS (SELECT FROM cleardesk.orders x WHERE x.order_no = r.head || lpad(g::text, r.digits, '0'))
    ), refused AS MATERIALIZED (
        SELECT DISTINCT ON (j.subject) j.subject AS no, j.reason, j.about::text AS about
        FROM cleardesk.import i JOIN cleardesk.import_reject j ON j.import_id = i.id,
        LATERAL (SELECT regexp_match(j.subject, '^(.*?)([0-9]{1,9})$') AS a) m
        JOIN run r ON r.head = m.a[1] AND r.digits = length(m.a[2]) AND m.a[2]::bigint BETWEEN r.lo AND r.hi + r.most
        WHERE i.kind = 'orders' AND i.started_at >= cleardesk.day_at(p_day, '00:00') AND i.started_at < cleardesk.day_at(p_day + 2, '00:00')
          AND NOT EXISTS (SELECT FROM cleardesk.orders x WHERE x.order_no = j.subject)
        ORDER BY j.subject, i.started_at DESC
    ), known AS (
        SELECT coalesce(g.no, f.no) AS no, g.head, g.digits, g.n, f.reason, f.about FROM gap g FULL JOIN refused f ON f.no = g.no
    )
    SELECT k.no, 1, (SELECT m.no FROM mine m WHERE m.head = k.head AND m.digits = k.digits AND m.n < k.n ORDER BY m.n DESC LIMIT 1),
           (SELECT m.no FROM mine m WHERE m.head = k.head AND m.digits = k.digits AND m.n > k.n ORDER BY m.n LIMIT 1), k.reason, k.about
    FROM known k WHERE coalesce((SELECT s.n > 0 FROM short s), true)
    UNION ALL
    SELECT '', s.n - k.n, NULL, NULL, NULL, NULL FROM short s, (SELECT count(*)::integer AS n FROM known) k WHERE s.n > k.n
$$;

-- What a day needs a destination for, with the last that was said of each; and what was said
-- of others of the day before they were put right: those are done.
CREATE FUNCTION cleardesk.delivery_rows(p_day date) RETURNS TABLE (what text, no text, order_id bigint, store text, many integer,
    latest timestamptz, after text, before text, reason text, about text, mark bigint, is_open boolean) LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
    WITH said AS MATERIALIZED (
        SELECT DISTINCT ON (m.no, m.what) m.* FROM cleardesk.day_mark m WHERE m.day = p_day ORDER BY m.no, m.what, m.id DESC
    ), r AS MATERIALIZED (
        SELECT 'missing' AS what, x.no, NULL::bigint AS order_id, NULL::text AS store, x.many,
               cleardesk.day_at(p_day, cleardesk.platform_clock('picking.until', '18:00')) AS latest, x.after, x.before, x.reason, x.about
        FROM cleardesk.delivery_missing(p_day) x
        UNION ALL
        SELECT d.line, d.order_no, d.order_id, d.store, 1, d.latest, NULL, NULL, NULL, NULL
        FROM cleardesk.delivery_orders(p_day) d WHERE d.line IN ('unscheduled', 'past')
    )
    SELECT r.*, s.id, s.id IS NULL OR s.many < r.many FROM r LEFT JOIN said s ON s.no = r.no AND s.what = r.what
    UNION ALL
    SELECT s.what, s.no, s.order_id, o.store, s.many, NULL, NULL, NULL, NULL, NULL, s.id, false
    FROM said s LEFT JOIN cleardesk.orders o ON o.id = s.order_id
    WHERE NOT EXISTS (SELECT FROM r WHERE r.no = s.no AND r.what = s.what)
$$;

-- How many rows of a day have no destination; of one that is signed none are asked for.
CREATE FUNCTION cleardesk.delivery_open(p_day date) RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM cleardesk.day_signed s WHERE s.day = p_day) THEN 0
        ELSE (SELECT count(*) FROM cleardesk.delivery_rows(p_day) r WHERE r.is_open) END
$$;

-- Marks and signatures of days come one after the other; a signed day takes none.
CREATE FUNCTION cleardesk.lock_day(p_day date) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    d cleardesk.day_signed;
BEGIN
    IF p_day IS NULL OR NOT isfinite(p_day) OR p_day > (now() AT TIME ZONE cleardesk.platform_zone())::date THEN
        PERFORM cleardesk.deny('CD400', 'the day has not begun');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('deliveries', 13));
    SELECT * INTO d FROM cleardesk.day_signed x WHERE x.day = p_day;
    IF d.day IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('%s is signed', p_day), cleardesk.who(d.by_login, d.at) || '{"state": "signed"}');
    END IF;
END
$$;

-- What the store is told stands on the record: the promise, and a note and moment on each
-- open case of the order.
CREATE FUNCTION cleardesk.promise_delivery(s cleardesk.staff, o cleardesk.orders, p_due timestamptz, p_note text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    c cleardesk.cases;
BEGIN
    INSERT INTO cleardesk.promise (store, order_id, what, due, by_login) VALUES (o.store, o.id, o.order_no, p_due, s.login); -- in no language
    FOR c IN SELECT * FROM cleardesk.cases x WHERE x.order_id = o.id AND x.state <> 'closed' ORDER BY x.id LOOP
        PERFORM cleardesk.add_moment(c.id, 'promise', p_due);
        INSERT INTO cleardesk.case_note (case_id, by_login, what, text)
        VALUES (c.id, s.login, 'promised', coalesce(nullif(trim(p_note), ''), o.order_no));
    END LOOP;
END
$$;

-- Plans when an order is to be at its store: with its round, an extra van (van), or on
-- another day (tomorrow), which the check of its day keeps. A plan made anew is told the
-- same way; the judge looks at the order again by itself.
CREATE FUNCTION cleardesk.plan_delivery(op uuid, p_order bigint, p_how text, p_due timestamptz, p_note text) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'plan_delivery');
    s    cleardesk.staff;
    o    cleardesk.orders;
    way  text;
    plan bigint;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('logistics');
    PERFORM cleardesk.lock_orders(ARRAY[p_order]);
    SELECT * INTO o FROM cleardesk.orders x WHERE x.id = p_order;
    IF o.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no order %s', p_order));
    ELSIF (p_how IN ('round', 'van', 'tomorrow')) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'a delivery goes with its round, an extra van or on another day');
    END IF;
    PERFORM cleardesk.guard_state(o, 'accepted', 'allocated', 'shipped');
    PERFORM cleardesk.guard_later(p_due);
    IF EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no = 0 AND h.released_at IS NULL) THEN
        PERFORM cleardesk.deny('CD409', format('order %s is held', o.order_no), '{"state": "held"}');
    END IF;
    SELECT coalesce((SELECT d.route FROM cleardesk.delivery_plan d WHERE d.order_id = o.id ORDER BY d.id DESC LIMIT 1), t.route, '') INTO way
    FROM cleardesk.store t WHERE t.code = o.store;
    IF NOT EXISTS (SELECT FROM cleardesk.day_signed d WHERE d.day = o.business_day) AND (
        EXISTS (SELECT FROM cleardesk.day_mark m WHERE m.day = o.business_day AND m.no = o.order_no)
        OR p_how <> 'round' AND NOT EXISTS (SELECT FROM cleardesk.delivery_plan d WHERE d.order_id = o.id))
    THEN
        PERFORM cleardesk.lock_day(o.business_day);
        INSERT INTO cleardesk.day_mark (day, what, no, order_id, goes, due, note, by_login)
        VALUES (o.business_day, 'unscheduled', o.order_no, o.id, p_how, p_due, coalesce(p_note, ''), s.login);
    END IF;
    INSERT INTO cleardesk.delivery_plan (order_id, due, route, why, by_login)
    VALUES (o.id, p_due, coalesce(way, ''), left(coalesce(p_note, ''), 400), s.login) RETURNING id INTO plan;
    PERFORM cleardesk.promise_delivery(s, o, p_due, p_note);
    PERFORM cleardesk.decide(jsonb_build_array(jsonb_build_object('what', 'delivery_planned', 'order_no', o.order_no,
        'detail', jsonb_build_object('due', p_due, 'route', coalesce(way, '')))));
    RETURN cleardesk.answer(op, 'plan_delivery', 'order ' || o.order_no, jsonb_build_object('how', p_how, 'due', p_due, 'note', p_note),
        jsonb_build_object('plan', plan));
END
$$;

-- Whether that can be said of such a row, and what it needs with it.
CREATE FUNCTION cleardesk.guard_mark(p_what text, p_goes text, p_dept text, p_due timestamptz, p_note text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF (p_goes IN ('cancel', 'handed') OR p_what = 'missing' AND p_goes IN ('found', 'never', 'resent')
        OR p_what = 'past' AND p_goes IN ('van', 'tomorrow')) IS NOT TRUE OR p_what = 'missing' AND p_goes = 'cancel'
    THEN
        PERFORM cleardesk.deny('CD400', format('%s is no destination of such a row', coalesce(p_goes, 'nothing')));
    ELSIF trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'say what is known of it');
    ELSIF p_goes = 'handed' AND (p_dept IS NULL OR p_dept = 'logistics') THEN
        PERFORM cleardesk.deny('CD400', 'say which department takes it');
    END IF;
    IF p_goes IN ('van', 'tomorrow') THEN
        PERFORM cleardesk.guard_later(p_due);
    END IF;
END
$$;

-- Gives a row of the daily check its destination; one that can be planned is planned
-- (plan_delivery). A held order that goes later is promised to the store; what is to be
-- cancelled is customer service's to do, and what is handed on becomes the department's task.
CREATE FUNCTION cleardesk.mark_row(op uuid, p_day date, p_what text, p_no text, p_goes text, p_dept text, p_due timestamptz, p_note text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'mark_row');
    s    cleardesk.staff;
    r    record;
    o    cleardesk.orders;
    dept text := CASE p_goes WHEN 'cancel' THEN 'customer_service' WHEN 'handed' THEN p_dept END;
    id   bigint;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('logistics', 'manager');
    PERFORM cleardesk.guard_mark(p_what, p_goes, p_dept, p_due, p_note);
    SELECT x.order_id INTO r FROM cleardesk.delivery_rows(p_day) x WHERE x.what = p_what AND x.no = p_no;
    PERFORM cleardesk.lock_orders(ARRAY[r.order_id]);
    PERFORM cleardesk.lock_day(p_day);
    SELECT * INTO r FROM cleardesk.delivery_rows(p_day) x WHERE x.what = p_what AND x.no = p_no AND x.latest IS NOT NULL;
    IF r.no IS NULL THEN
        PERFORM cleardesk.deny('CD409', format('%s is no %s row of %s any more', p_no, p_what, p_day), '{"state": "gone"}');
    END IF;
    SELECT * INTO o FROM cleardesk.orders x WHERE x.id = r.order_id;
    INSERT INTO cleardesk.day_mark (day, what, no, order_id, many, goes, dept, due, note, by_login)
    VALUES (p_day, p_what, p_no, r.order_id, r.many, p_goes, dept, CASE WHEN p_goes IN ('van', 'tomorrow') THEN p_due END, p_note, s.login)
    RETURNING day_mark.id INTO id;
    IF p_goes IN ('van', 'tomorrow') THEN
        PERFORM cleardesk.promise_delivery(s, o, p_due, p_note);
    ELSIF dept IS NOT NULL THEN
        PERFORM cleardesk.open_task('delivery', p_day || ' ' || coalesce(nullif(p_no, ''), '?'), dept, greatest(r.latest, now() + interval '1 hour'),
            coalesce(o.total, 0), o.store, jsonb_strip_nulls(jsonb_build_object('day', p_day, 'order', p_no, 'order_id', o.id, 'what', p_what, 'goes', p_goes, 'note', p_note)));
    END IF;
    RETURN cleardesk.answer(op, 'mark_row', coalesce('order ' || o.order_no, 'day ' || p_day),
        jsonb_build_object('what', p_what, 'no', p_no, 'goes', p_goes, 'dept', dept, 'due', p_due, 'note', p_note), jsonb_build_object('mark', id));
END
$$;

-- The rows of a day that were missed: what the platform had and the desk had not, and what
-- did not go with its day. What never was, or was found, and what an extra van caught, was
-- not.
CREATE FUNCTION cleardesk.day_missed(p_day date) RETURNS TABLE (no text, what text, goes text, many integer) LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT x.no, x.what, x.goes, x.many FROM (
        SELECT DISTINCT ON (m.no) m.no, m.what, m.goes, m.many FROM cleardesk.day_mark m WHERE m.day = p_day ORDER BY m.no, m.id DESC) x
    WHERE x.goes IN ('resent', 'handed', 'tomorrow', 'cancel') ORDER BY x.no
$$;

-- Signs a day off, once every row has a destination and the sums are those the caller saw:
-- {orders, amount, rows} of what came in and of all rows.
CREATE FUNCTION cleardesk.sign_day(op uuid, p_day date, p_seen jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'sign_day');
    s    cleardesk.staff;
    sums jsonb;
    seen jsonb;
    nos  jsonb;
    left_ bigint;
    many integer;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('logistics', 'manager');
    PERFORM cleardesk.lock_day(p_day);
    IF now() < cleardesk.day_at(p_day, cleardesk.platform_clock('window.closes', '15:00')) THEN
        PERFORM cleardesk.deny('CD400', 'the window of the day is open: orders are still coming in', '{"state": "open"}');
    END IF;
    SELECT jsonb_object_agg(x.line, jsonb_build_array(x.orders, x.amount)),
           jsonb_build_object('orders', max(x.orders) FILTER (WHERE x.line = 'here'), 'amount', max(x.amount) FILTER (WHERE x.line = 'here'))
    INTO sums, seen FROM cleardesk.delivery_sums(p_day) x;
    SELECT seen || jsonb_build_object('rows', count(*)), count(*) FILTER (WHERE x.is_open) INTO seen, left_ FROM cleardesk.delivery_rows(p_day) x;
    IF left_ > 0 THEN
        PERFORM cleardesk.deny('CD409', format('%s rows have no destination yet', left_), jsonb_build_object('left', left_));
    ELSIF seen <> p_seen THEN
        PERFORM cleardesk.deny('CD409', 'the day has changed since it was read', seen);
    END IF;
    SELECT coalesce(jsonb_agg(jsonb_build_object('no', x.no, 'what', x.what, 'goes', x.goes)), '[]'), coalesce(sum(x.many), 0) INTO nos, many
    FROM cleardesk.day_missed(p_day) x;
    INSERT INTO cleardesk.day_signed (day, missed, missed_nos, sums, by_login) VALUES (p_day, many, nos, sums, s.login);
    UPDATE cleardesk.day_check AS c SET done = true WHERE c.day = p_day AND NOT c.done;
    PERFORM cleardesk.end_task('day_unsigned', p_day::text, '');
    RETURN cleardesk.answer(op, 'sign_day', 'day ' || p_day, seen, jsonb_build_object('missed', many));
END
$$;

-- The days of the last week that have orders are on the list, each until the hour it is to
-- be signed by; one that is not becomes the manager's.
CREATE FUNCTION cleardesk.queue_days() RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    zone  text := cleardesk.platform_zone();
    until time := cleardesk.platform_clock('deliver.sign_by', '18:30');
    d     date;
    n     bigint := 0;
BEGIN
    INSERT INTO cleardesk.day_check AS c (day, at)
    SELECT x.day, (x.day + until) AT TIME ZONE zone FROM (
        SELECT (now() AT TIME ZONE zone)::date - i AS day FROM generate_series(0, 7) i) x
    WHERE NOT EXISTS (SELECT FROM cleardesk.day_check h WHERE h.day = x.day AND (h.done OR h.at = (x.day + until) AT TIME ZONE zone))
      AND EXISTS (SELECT FROM cleardesk.orders o WHERE o.business_day = x.day AND NOT o.history)
      AND NOT EXISTS (SELECT FROM cleardesk.day_signed g WHERE g.day = x.day)
    ON CONFLICT (day) DO UPDATE SET at = excluded.at WHERE NOT c.done;
    FOR d IN UPDATE cleardesk.day_check c SET done = true WHERE NOT c.done AND c.at <= now() RETURNING c.day LOOP
        CONTINUE WHEN EXISTS (SELECT FROM cleardesk.day_signed g WHERE g.day = d);
        PERFORM cleardesk.open_task('day_unsigned', d::text, 'manager', now() + interval '1 hour', 0, NULL, jsonb_build_object('day', d));
        n := n + 1;
    END LOOP;
    RETURN n;
END
$$;

-- The stores that order on this weekday as a rule and have not on this day: on how many of the
-- last eight such days they did (the share that makes a habit, gap.share), and what a day of theirs usually came to (the middle one).
CREATE FUNCTION cleardesk.delivery_silent(p_day date) RETURNS TABLE (store text, times integer, usual bigint) LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
    WITH day AS MATERIALIZED (
        SELECT p_day - 7 * i AS day, cleardesk.day_at(p_day - 7 * i, '00:00') AS begins, cleardesk.day_at(p_day - 7 * i + 1, '00:00') AS ends
        FROM generate_series(0, 8) i
    ), told AS (
        SELECT s.code, d.day, x.amount FROM cleardesk.store s, day d, LATERAL (
            SELECT sum(o.total)::bigint AS amount FROM cleardesk.orders o
            WHERE o.store = s.code AND o.placed_at >= d.begins AND o.placed_at < d.ends AND o.link IS NULL) x
        WHERE x.amount IS NOT NULL
    )
    SELECT t.code, count(*)::integer, (percentile_disc(0.5) WITHIN GROUP (ORDER BY t.amount))::bigint
    FROM told t GROUP BY t.code HAVING NOT bool_or(t.day = p_day) AND count(*) * 100 >= 8 * cleardesk.platform_number('gap.share', 75)
    ORDER BY 2 DESC, 3 DESC, 1
$$;

-- What the platform counted, from a file: told again it changes nothing. A plan as those of
-- stores and products (0004).
CREATE FUNCTION cleardesk.apply_totals(p_import uuid, p_chunk integer, p_dry boolean) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    plan jsonb;
BEGIN
    SELECT jsonb_agg(jsonb_build_object('row', r.row, 'old', t.id IS NOT NULL, 'clashes', NULL, 'patch',
        CASE WHEN t.orders <> (r.row ->> 'orders')::integer OR t.amount <> (r.row ->> 'amount')::bigint
            OR t.counted_at IS DISTINCT FROM (r.row ->> 'counted_at')::timestamptz THEN r.row END) ORDER BY r.row ->> 'code')
    INTO plan
    FROM (SELECT DISTINCT ON (x.row ->> 'code') x.row::jsonb AS row FROM cleardesk.stage_row x
          WHERE x.import_id = p_import AND x.chunk = p_chunk ORDER BY x.row ->> 'code', x.row_no) r
    LEFT JOIN LATERAL (SELECT * FROM cleardesk.day_total d WHERE d.day = (r.row ->> 'code')::date ORDER BY d.id DESC LIMIT 1) t ON true;
    INSERT INTO cleardesk.day_total (day, orders, amount, counted_at, import_id)
    SELECT (e -> 'row' ->> 'code')::date, (e -> 'row' ->> 'orders')::integer, (e -> 'row' ->> 'amount')::bigint,
           (e -> 'row' ->> 'counted_at')::timestamptz, p_import
    FROM jsonb_array_elements(plan) e WHERE NOT p_dry AND (NOT (e ->> 'old')::boolean OR e ->> 'patch' IS NOT NULL);
    RETURN plan;
END
$$;

GRANT EXECUTE ON FUNCTION cleardesk.plan_delivery(uuid, bigint, text, timestamptz, text) TO cleardesk_logistics;
GRANT EXECUTE ON FUNCTION cleardesk.mark_row(uuid, date, text, text, text, text, timestamptz, text), cleardesk.sign_day(uuid, date, jsonb)
TO cleardesk_logistics, cleardesk_manager;
GRANT EXECUTE ON FUNCTION cleardesk.platform_clock(text, time), cleardesk.day_at(date, time), cleardesk.line_amount(bigint, bigint), cleardesk.platform_number(text, integer),
    cleardesk.delivery_orders(date), cleardesk.delivery_sums(date), cleardesk.delivery_missing(date), cleardesk.delivery_rows(date),
    cleardesk.delivery_open(date), cleardesk.delivery_silent(date) TO cleardesk_staff;
RESET ROLE;
RESET search_path;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER delivery_plan_hint ON cleardesk.delivery_plan;
DROP TRIGGER day_total_hint ON cleardesk.day_total;
DROP TRIGGER day_mark_hint ON cleardesk.day_mark;
DROP TRIGGER day_signed_hint ON cleardesk.day_signed;
REVOKE SELECT ON cleardesk.day_total, cleardesk.day_mark, cleardesk.day_signed, cleardesk.day_check FROM cleardesk_staff, cleardesk_intake;
REVOKE SELECT ON cleardesk.import_reject FROM cleardesk_staff;
REVOKE EXECUTE ON FUNCTION cleardesk.line_amount(bigint, bigint), cleardesk.platform_number(text, integer) FROM cleardesk_staff;
DROP FUNCTION cleardesk.apply_totals(uuid, integer, boolean), cleardesk.delivery_silent(date), cleardesk.queue_days(),
    cleardesk.sign_day(uuid, date, jsonb), cleardesk.day_missed(date),
    cleardesk.mark_row(uuid, date, text, text, text, text, timestamptz, text),
    cleardesk.guard_mark(text, text, text, timestamptz, text), cleardesk.plan_delivery(uuid, bigint, text, timestamptz, text),
    cleardesk.promise_delivery(cleardesk.staff, cleardesk.orders, timestamptz, text), cleardesk.lock_day(date),
    cleardesk.delivery_open(date), cleardesk.delivery_rows(date), cleardesk.delivery_missing(date), cleardesk.delivery_sums(date),
    cleardesk.delivery_orders(date), cleardesk.day_at(date, time), cleardesk.platform_clock(text, time);
RESET ROLE;
-- +goose StatementEnd
