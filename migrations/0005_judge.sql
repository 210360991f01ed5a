-- The judge: one program at a time, under a lease with a fence, takes what waits in
-- the order it came in and writes verdicts, holds, acceptances and baselines in one
-- statement. And the clock: what passes by itself (moments, snoozes, leases).
-- The planner takes arrays for far more rows than there are, so compiling plans is off:
-- it would take longer than the plans do.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- The judge's facts have a number of their own: it grows when one that orders are
-- judged by changes. What is only added (a new product) was met by no order yet.
CREATE FUNCTION cleardesk.catalogue_moved() RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    UPDATE cleardesk.judge SET catalogue = catalogue + 1;
    PERFORM pg_notify('cleardesk_catalogue', '');
END
$$;
-- Stock itself is read with every batch, where anybody said how much there is; taking more
-- than that is refused by itself. So it only tells those who look.
CREATE FUNCTION cleardesk.product_moved() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT w.code, w.step, w.step_version, w.case_size, w.price, w.status, w.stock IS NULL, w.category, w.weighed,
               w.tolerance_permille, w.tolerance_abs FROM was w
        EXCEPT
        SELECT n.code, n.step, n.step_version, n.case_size, n.price, n.status, n.stock IS NULL, n.category, n.weighed,
               n.tolerance_permille, n.tolerance_abs FROM now_is n)
    THEN
        PERFORM cleardesk.catalogue_moved();
    ELSIF EXISTS (SELECT w.code, w.stock FROM was w EXCEPT SELECT n.code, n.stock FROM now_is n) THEN
        PERFORM pg_notify('cleardesk_catalogue', '');
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION cleardesk.store_moved() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT w.code, w.cod_limit FROM was w EXCEPT SELECT n.code, n.cod_limit FROM now_is n) THEN
        PERFORM cleardesk.catalogue_moved();
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION cleardesk.setting_moved() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM cleardesk.catalogue_moved();
    RETURN NULL;
END
$$;
CREATE TRIGGER product_moved AFTER UPDATE ON cleardesk.product REFERENCING OLD TABLE AS was NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.product_moved();
CREATE TRIGGER store_moved AFTER UPDATE ON cleardesk.store REFERENCING OLD TABLE AS was NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.store_moved();
CREATE TRIGGER setting_moved AFTER INSERT ON cleardesk.setting
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.setting_moved();

-- Takes the lease when nobody's runs, or this worker's own. Answers the new fence,
-- or none and how long the other's lease still runs; and whether anything waits.
CREATE FUNCTION cleardesk.judge_acquire(p_worker text, p_lease_seconds double precision) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    taken bigint;
    j     cleardesk.judge;
BEGIN
    IF p_lease_seconds IS NULL OR NOT p_lease_seconds BETWEEN 0.1 AND 600 THEN
        PERFORM cleardesk.deny('CD400', 'a lease is from 0.1 to 600 seconds long');
    END IF;
    UPDATE cleardesk.judge
    SET fence = fence + 1, worker = p_worker, lease_until = clock_timestamp() + p_lease_seconds * interval '1 second'
    WHERE lease_until <= clock_timestamp() OR worker = p_worker
    RETURNING fence INTO taken;
    SELECT * INTO j FROM cleardesk.judge;
    RETURN jsonb_build_object(
        'fence', taken,
        'free_ms', greatest(0, ceil(extract(epoch FROM j.lease_until - clock_timestamp()) * 1000))::bigint,
        'waiting', EXISTS (SELECT FROM cleardesk.waiting));
END
$$;

-- Refuses a judge whose lease somebody else has taken.
CREATE FUNCTION cleardesk.judge_guard(p_fence bigint) RETURNS cleardesk.judge LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    j cleardesk.judge;
BEGIN
    SELECT * INTO j FROM cleardesk.judge;
    IF j.fence IS DISTINCT FROM p_fence THEN
        PERFORM cleardesk.deny('CD409', 'another judge has taken over', jsonb_build_object('stale', 'fence'));
    END IF;
    RETURN j;
END
$$;

-- Refuses what was judged by a catalogue that is another now; from here on it stays.
CREATE FUNCTION cleardesk.guard_catalogue(p_fence bigint, p_catalogue bigint) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM FROM cleardesk.judge FOR UPDATE;
    IF (cleardesk.judge_guard(p_fence)).catalogue <> p_catalogue THEN
        PERFORM cleardesk.deny('CD409', 'a product or a setting changed meanwhile', jsonb_build_object('stale', 'catalogue'));
    END IF;
END
$$;

-- Extends the lease; with nothing waiting everything until now is judged. A lease of
-- nought seconds gives it up.
CREATE FUNCTION cleardesk.judge_extend(p_fence bigint, p_lease_seconds double precision) RETURNS timestamptz LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    until timestamptz;
BEGIN
    IF p_lease_seconds IS NULL OR NOT p_lease_seconds BETWEEN 0 AND 600 THEN
        PERFORM cleardesk.deny('CD400', 'a lease is from 0 to 600 seconds long');
    END IF;
    UPDATE cleardesk.judge j
    SET lease_until = clock_timestamp() + p_lease_seconds * interval '1 second',
        judged_to = CASE WHEN EXISTS (SELECT FROM cleardesk.waiting) THEN j.judged_to ELSE now() END
    WHERE j.fence = p_fence
    RETURNING j.lease_until INTO until;
    IF until IS NULL THEN
        PERFORM cleardesk.judge_guard(p_fence);
    END IF;
    RETURN until;
END
$$;

-- What waits, first come first, with its order's lines in a row's text: number, product,
-- quantity, price, marks and the step seen if any, parted by tabs and line feeds. The marks are
-- 1 cancelled, 2 its stock is reserved, 4 changed and to be judged again, and for
-- what is judged again or learnt: 8 held by a hold no change has answered, 16 was ever held,
-- 32 held by one that a change has answered. What there is not is nought or empty, and a time NULL.
CREATE FUNCTION cleardesk.take_batch(p_fence bigint, p_max_orders integer, p_max_lines integer)
RETURNS TABLE (catalogue bigint, seq bigint, what text, at timestamptz, line_no integer, event_id bigint, day date, order_id bigint,
    order_no text, store text, placed_at timestamptz, business_day date, state text, history boolean, link text,
    accepted_at timestamptz, version bigint, marks integer, lines text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
DECLARE
    j cleardesk.judge := cleardesk.judge_guard(p_fence);
BEGIN
    RETURN QUERY
    WITH first AS (
        SELECT w.seq, w.what, w.at, w.line_no, w.event_id, w.day, w.order_id
        FROM cleardesk.waiting w ORDER BY w.seq LIMIT p_max_orders
    ), sized AS (
        SELECT f.*, o.order_no, o.store, o.placed_at, o.business_day, o.state, o.history, o.link, o.accepted_at, o.version,
               coalesce(o.line_count, 1) AS line_count, sum(coalesce(o.line_count, 1)) OVER (ORDER BY f.seq) AS upto
        FROM first f LEFT JOIN cleardesk.orders o ON o.id = f.order_id
    )
    SELECT j.catalogue, s.seq, s.what, s.at::timestamptz, coalesce(s.line_no, 0), coalesce(s.event_id, 0), s.day,
           coalesce(s.order_id, 0), coalesce(s.order_no::text, ''), coalesce(s.store::text, ''), s.placed_at::timestamptz, s.business_day,
           coalesce(s.state, ''), coalesce(s.history, false), coalesce(s.link, ''), s.accepted_at::timestamptz, coalesce(s.version, 0),
           CASE WHEN s.what = 'order' THEN 0 WHEN s.what IN ('recheck', 'learn') THEN cleardesk.hold_marks(s.order_id, 0) ELSE 0 END,
           (SELECT string_agg(concat_ws(E'\t', l.line_no, l.product, l.quantity, l.price,
                l.cancelled::int + 2 * l.reserved::int + 4 * l.waiting::int
                + CASE WHEN s.what = 'order' THEN 0 WHEN s.what IN ('recheck', 'learn') THEN cleardesk.hold_marks(s.order_id, l.line_no) ELSE 0 END,
                CASE WHEN l.quantity = l.original THEN l.step_seen END), E'\n') -- what was agreed since goes by the step of now
            FROM (SELECT * FROM cleardesk.order_line k WHERE k.order_id = s.order_id ORDER BY k.line_no) l)
    FROM sized s
    WHERE s.upto - s.line_count < p_max_lines
    ORDER BY s.seq;
END
$$;
CREATE FUNCTION cleardesk.hold_marks(p_order bigint, p_line integer) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce(max(16), 0) + coalesce(max(8) FILTER (WHERE h.released_at IS NULL AND NOT h.pending), 0)
        + coalesce(max(32) FILTER (WHERE h.released_at IS NULL AND h.pending), 0)
    FROM cleardesk.hold h WHERE h.order_id = p_order AND h.line_no = p_line
$$;

-- What this store ordered before the given orders: of a product, or in all for ''.
-- Only orders that came in and were placed before count, of the last 200 the newest
-- that have the product, with whether a hold is on what is told of.
CREATE FUNCTION cleardesk.judge_past(p_orders bigint[], p_products text[], p_most integer)
RETURNS TABLE (n bigint, order_id bigint, line_no integer, business_day date, quantity bigint, amount bigint, held boolean,
    placed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
BEGIN
    -- OFFSET 0 keeps the look-ups by key, in the order of the outer rows, so that they
    -- end with the newest p_most.
    RETURN QUERY
    SELECT f.n, h.id, h.line_no, h.business_day, h.quantity, h.total,
           (SELECT min(x.id) FROM cleardesk.hold x WHERE x.order_id = h.id AND x.line_no = h.line_no AND x.released_at IS NULL)
               IS NOT NULL, h.placed_at::timestamptz
    FROM unnest(p_orders, p_products) WITH ORDINALITY f (id, product, n)
    CROSS JOIN LATERAL (SELECT t.store, t.placed_at FROM cleardesk.orders t WHERE t.id = f.id OFFSET 0) t
    CROSS JOIN LATERAL (
        SELECT o.id, l.line_no, o.business_day, l.quantity::bigint, o.total::bigint, o.placed_at
        FROM (SELECT x.id, x.business_day, x.total, x.placed_at FROM cleardesk.orders x
              WHERE x.store = t.store AND x.placed_at <= t.placed_at AND x.id < f.id AND x.state NOT IN ('cancelled', 'refused')
              ORDER BY x.placed_at DESC, x.id DESC LIMIT 200) o
        CROSS JOIN LATERAL (
            SELECT k.line_no, k.quantity FROM cleardesk.order_line k
            WHERE k.order_id = o.id AND k.product = f.product AND NOT k.cancelled OFFSET 0) l
        ORDER BY o.placed_at DESC, o.id DESC, l.line_no DESC LIMIT p_most) h
    WHERE f.product <> ''
    UNION ALL
    SELECT f.n, o.id, 0, o.business_day, 0::bigint, o.total,
           (SELECT min(x.id) FROM cleardesk.hold x WHERE x.order_id = o.id AND x.line_no = 0 AND x.released_at IS NULL)
               IS NOT NULL, o.placed_at::timestamptz
    FROM unnest(p_orders, p_products) WITH ORDINALITY f (id, product, n)
    CROSS JOIN LATERAL (SELECT t.store, t.placed_at FROM cleardesk.orders t WHERE t.id = f.id OFFSET 0) t
    CROSS JOIN LATERAL (
        SELECT x.id, x.business_day, x.total::bigint, x.placed_at FROM cleardesk.orders x
        WHERE x.store = t.store AND x.placed_at <= t.placed_at AND x.id < f.id AND x.state NOT IN ('cancelled', 'refused')
        ORDER BY x.placed_at DESC, x.id DESC LIMIT p_most) o
    WHERE f.product = '';
END
$$;

-- For a judge that remembers what it judged: when the newest order before the given
-- one was placed, by store; stores without one are left out.
CREATE FUNCTION cleardesk.judge_newest(p_stores text[], p_before bigint[]) RETURNS TABLE (store text, placed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
    SELECT f.store, n.placed_at
    FROM unnest(p_stores, p_before) f (store, before)
    CROSS JOIN LATERAL (SELECT o.placed_at::timestamptz FROM cleardesk.orders o WHERE o.store = f.store AND o.id < f.before
                        ORDER BY o.placed_at DESC, o.id DESC LIMIT 1) n
$$;

-- Of orders that were judged, those that have another version now (no line), and the
-- lines on which a hold is, where there ever was one.
CREATE FUNCTION cleardesk.judge_moved(p_orders bigint[], p_versions bigint[], p_blocked boolean[])
RETURNS TABLE (order_id bigint, line_no integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
    SELECT f.id, NULL::integer FROM unnest(p_orders, p_versions) f (id, version)
    WHERE (SELECT o.version FROM cleardesk.orders o WHERE o.id = f.id) <> f.version
    UNION ALL
    SELECT h.order_id, h.line_no FROM unnest(p_orders, p_blocked) f (id, blocked)
    CROSS JOIN LATERAL (SELECT x.order_id, x.line_no FROM cleardesk.hold x WHERE x.order_id = f.id AND x.released_at IS NULL OFFSET 0) h
    WHERE f.blocked
$$;

-- Takes lines' quantities out of what is available. Strict: they were judged by what
-- there was, so that more than there is means that it changed meanwhile.
CREATE FUNCTION cleardesk.judge_reserve(p_orders bigint[], p_lines integer[], p_strict boolean) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    short text;
BEGIN
    IF cardinality(p_orders) = 0 THEN
        RETURN;
    END IF;
    WITH taken AS (
        UPDATE cleardesk.order_line l SET reserved = true
        FROM unnest(p_orders, p_lines) t (id, line)
        WHERE l.order_id = t.id AND l.line_no = t.line AND NOT l.reserved AND NOT l.cancelled
          AND EXISTS (SELECT FROM cleardesk.product p WHERE p.code = l.product AND p.stock IS NOT NULL)
        RETURNING l.product, l.quantity
    ), wanted AS (
        SELECT t.product, sum(t.quantity)::bigint AS n FROM taken t GROUP BY t.product
    ), locked AS (
        SELECT p.code, w.n FROM cleardesk.product p JOIN wanted w ON w.product = p.code ORDER BY p.code FOR UPDATE OF p
    ), done AS (
        UPDATE cleardesk.product p SET reserved = p.reserved + k.n FROM locked k WHERE p.code = k.code
        RETURNING p.code, p.reserved > p.stock AS over
    )
    SELECT min(d.code) INTO short FROM done d WHERE d.over;
    IF p_strict AND short IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', 'the stock of ' || short || ' was taken meanwhile', jsonb_build_object('stale', 'stock'));
    END IF;
END
$$;

-- Kinds by their weight in a case: domain.Kind.Weight gives the same.
CREATE FUNCTION cleardesk.kind_weight(p_kind text) RETURNS integer LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_kind WHEN 'order_change' THEN 6 WHEN 'wrong_order' THEN 5 WHEN 'amount_surge' THEN 4 WHEN 'quantity_surge' THEN 3 WHEN 'zero_stock' THEN 2
        WHEN 'step_mismatch' THEN 1 ELSE 0 END
$$;

-- The department new work of a kind lies with first: domain.Kind.FirstWith gives the same.
CREATE FUNCTION cleardesk.kind_with(p_kind text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p_kind = 'slow_fulfilment' THEN 'logistics' WHEN p_kind IN ('zero_stock', 'not_orderable') THEN 'procurement'
        ELSE 'customer_service' END
$$;

-- What the queue's filter looks through: store, order, flagged products, kinds.
--   p_item  {order, store, lines, words, flags: [{product}], products}
CREATE FUNCTION cleardesk.judge_words(p_item jsonb) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT lower(concat_ws(' ', s.code, s.name, s.name_en, s.initials, o.order_no,
        (SELECT string_agg(w.words, ' ' ORDER BY w.words) FROM (
            SELECT (SELECT concat_ws(' ', p.code, p.name, p.name_en, p.initials) FROM cleardesk.product p WHERE p.code = c.code) AS words
            FROM (SELECT (SELECT l.product::text FROM cleardesk.order_line l
                          WHERE l.order_id = (p_item ->> 'order')::bigint AND l.line_no = n.no::integer) AS code
                  FROM jsonb_array_elements_text(coalesce(p_item -> 'lines', '[]')) n (no)
                  UNION SELECT f.e ->> 'product' FROM jsonb_array_elements(p_item -> 'flags') f (e)
                  UNION SELECT x.code FROM jsonb_array_elements_text(coalesce(p_item -> 'products', '[]')) x (code)) c) w),
        p_item ->> 'words'))
    FROM (SELECT (SELECT x.order_no FROM cleardesk.orders x WHERE x.id = (p_item ->> 'order')::bigint) AS order_no,
                 coalesce(p_item ->> 'store', (SELECT x.store FROM cleardesk.orders x WHERE x.id = (p_item ->> 'order')::bigint)) AS store) o
    LEFT JOIN cleardesk.store s ON s.code = o.store
$$;

-- The moments of both, each once.
CREATE FUNCTION cleardesk.join_moments(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(m.e ORDER BY m.at, m.what), '[]') FROM (
        SELECT DISTINCT ON ((x.e ->> 'at')::timestamptz, x.e ->> 'what') x.e, (x.e ->> 'at')::timestamptz AS at, x.e ->> 'what' AS what
        FROM jsonb_array_elements(coalesce(a, '[]') || coalesce(b, '[]')) WITH ORDINALITY x (e, ord)
        ORDER BY (x.e ->> 'at')::timestamptz, x.e ->> 'what', x.ord) m
$$;

-- Opens a case for each item, or adds to the one that is open, with anomalies and holds: of
-- an order to its case that lies, or lay first, with the same department; where there is no
-- order to one of the same store, kind and product. What is still open of the same kind on
-- the same line is not raised again, unless another event told of it.
-- Tables are asked in scalar subqueries, which are always looked up by their key:
-- the planner takes every array for a hundred rows and would scan instead.
-- p_flagged: [{order, store, version, with, moments, lines, products, words, flags: [{kind,
-- line, product, event, cause, evidence, at_risk, hard, blocks}]}], the worst flag first, no
-- two items for one case. Order or store may be left out. Answers the decisions.
CREATE FUNCTION cleardesk.judge_raise(p_flagged jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    made   jsonb;
    stood  jsonb;
    causes text[];
    weighs bigint[];
    one    text;
BEGIN
    IF jsonb_array_length(p_flagged) = 0 THEN
        RETURN '[]';
    END IF;
    WITH given AS (
        SELECT (x.e ->> 'order')::bigint AS order_id, (x.e ->> 'version')::bigint AS version, x.e ->> 'with' AS lies_with,
               x.e -> 'moments' AS moments, x.e AS item, x.ord AS place,
               f.ord AS turn, f.e ->> 'kind' AS kind, (f.e ->> 'line')::integer AS line_no, f.e -> 'evidence' AS evidence,
               nullif(f.e ->> 'product', '') AS product, nullif(f.e ->> 'cause', '') AS cause, nullif((f.e ->> 'event')::bigint, 0) AS event_id,
               (f.e ->> 'at_risk')::bigint AS at_risk, (f.e ->> 'hard')::boolean AS hard, (f.e ->> 'blocks')::boolean AS blocks
        FROM jsonb_array_elements(p_flagged) WITH ORDINALITY x (e, ord),
             jsonb_array_elements(x.e -> 'flags') WITH ORDINALITY f (e, ord)
    ), fresh AS (
        SELECT g.*, row_number() OVER (PARTITION BY g.place ORDER BY g.turn) AS nth,
               count(*) OVER (PARTITION BY g.place) AS all_of
        FROM given g
        WHERE CASE WHEN g.event_id IS NULL THEN (
            SELECT min(a.id) FROM cleardesk.anomaly a WHERE a.order_id = g.order_id AND a.line_no = g.line_no
            AND a.kind = g.kind AND a.closed_at IS NULL) IS NULL
        ELSE (SELECT min(a.id) FROM cleardesk.anomaly a WHERE a.event_id = g.event_id AND a.line_no = g.line_no
            AND a.kind = g.kind AND a.product IS NOT DISTINCT FROM g.product) IS NULL END
    ), standing AS (
        SELECT s.place, s.item, s.id FROM (
            SELECT w.place, w.item, CASE WHEN w.order_id IS NULL THEN cleardesk.case_beside(w.item) ELSE (
                SELECT c.id FROM cleardesk.cases c
                WHERE c.order_id = w.order_id AND c.state <> 'closed'
                  AND (c.lies_with = w.lies_with OR cleardesk.kind_with(c.kind) = w.lies_with)
                ORDER BY c.lies_with = w.lies_with DESC, c.id LIMIT 1) END AS id
            FROM fresh w WHERE w.nth = 1) s
        WHERE s.id IS NOT NULL
    ), opened AS (
        INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, more, why, at_risk, moments, next_what, next_at, rank,
            next_check, search)
        SELECT coalesce(w.item ->> 'store', (SELECT o.store FROM cleardesk.orders o WHERE o.id = w.order_id)), w.order_id, w.lies_with,
               w.kind, w.all_of - 1, w.evidence, w.at_risk, w.moments, m.what, m.at,
               cleardesk.case_rank(m.at, w.at_risk), m.at, cleardesk.judge_words(w.item)
        FROM fresh w LEFT JOIN LATERAL cleardesk.next_moment(w.moments, now()) m ON true
        WHERE w.nth = 1 AND NOT EXISTS (SELECT FROM standing s WHERE s.place = w.place)
        ORDER BY w.place
        RETURNING id
    ), its AS (
        SELECT s.place, s.id FROM standing s
        UNION ALL
        SELECT p.place, n.id FROM (SELECT o.id, row_number() OVER (ORDER BY o.id) AS nth FROM opened o) n
        JOIN (SELECT w.place, row_number() OVER (ORDER BY w.place) AS nth FROM fresh w
              WHERE w.nth = 1 AND NOT EXISTS (SELECT FROM standing s WHERE s.place = w.place)) p ON p.nth = n.nth
    ), raised AS (
        INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, event_id, product, cause, evidence, rule, rule_version,
            order_version, at_risk, hard, blocks)
        SELECT i.id, w.kind, w.order_id, w.line_no, w.event_id, w.product, w.cause, w.evidence, w.evidence ->> 'rule',
               (w.evidence ->> 'rule_version')::integer, w.version, w.at_risk, w.hard, w.blocks
        FROM fresh w JOIN its i ON i.place = w.place
        ORDER BY w.place, w.turn
        ON CONFLICT DO NOTHING
        RETURNING id, case_id, order_id, line_no, kind, cause, blocks
    ), held AS (
        INSERT INTO cleardesk.hold (order_id, line_no, anomaly_id)
        SELECT r.order_id, r.line_no, r.id FROM raised r WHERE r.blocks AND r.order_id IS NOT NULL ORDER BY r.id
    ), told AS (
        SELECT r.order_id, r.line_no, min(r.id) AS first, r.case_id, jsonb_agg(r.kind ORDER BY r.id) AS kinds
        FROM raised r WHERE r.blocks AND r.order_id IS NOT NULL GROUP BY r.order_id, r.line_no, r.case_id
    )
    SELECT (SELECT jsonb_agg(jsonb_build_object('what', CASE t.line_no WHEN 0 THEN 'order_held' ELSE 'line_held' END,
               'order_no', (SELECT o.order_no FROM cleardesk.orders o WHERE o.id = t.order_id),
               'line_no', nullif(t.line_no, 0),
               'detail', jsonb_build_object('case', t.case_id, 'kinds', t.kinds)) ORDER BY t.first) FROM told t),
           (SELECT jsonb_agg(jsonb_build_object('case', s.id, 'item', s.item) ORDER BY s.place) FROM standing s),
           (SELECT array_agg(DISTINCT r.cause ORDER BY r.cause) FROM raised r WHERE r.cause IS NOT NULL),
           (SELECT array_agg(DISTINCT r.case_id ORDER BY r.case_id) FROM raised r WHERE r.kind IN ('short_weight', 'overweight'))
    INTO made, stood, causes, weighs;
    PERFORM cleardesk.judge_sum((s.e ->> 'case')::bigint, s.e -> 'item') FROM jsonb_array_elements(coalesce(stood, '[]')) s (e);
    PERFORM cleardesk.number_complaints(weighs);
    FOREACH one IN ARRAY coalesce(causes, '{}') LOOP
        PERFORM cleardesk.gather_cause(one);
    END LOOP;
    RETURN coalesce(made, '[]');
END
$$;

-- Sums a case up after anomalies were added to it: it stands for the worst one, with the
-- moments of all, and is no longer put off.
CREATE FUNCTION cleardesk.judge_sum(p_case bigint, p_item jsonb) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    UPDATE cleardesk.cases c
    SET kind = w.kind, more = w.n - 1, why = w.evidence, at_risk = w.at_risk, moments = v.moments, next_what = v.what, next_at = v.at,
        rank = cleardesk.case_rank(v.at, w.at_risk), state = 'open', snooze_until = NULL, next_check = least(v.at, c.lease_until),
        version = c.version + 1, search = CASE WHEN strpos(c.search, v.words) > 0 THEN c.search ELSE c.search || ' ' || v.words END
    FROM (SELECT cleardesk.judge_words(p_item) AS words, j.moments, n.what, n.at
          FROM (SELECT cleardesk.join_moments(k.moments, p_item -> 'moments') AS moments FROM cleardesk.cases k WHERE k.id = p_case) j
          LEFT JOIN LATERAL cleardesk.next_moment(j.moments, now()) n ON true) v,
         LATERAL (SELECT a.kind, a.evidence, a.at_risk, count(*) OVER () AS n FROM cleardesk.anomaly a
                  WHERE a.case_id = p_case AND a.closed_at IS NULL
                  ORDER BY a.at_risk DESC, cleardesk.kind_weight(a.kind) DESC, a.id LIMIT 1) w
    WHERE c.id = p_case
$$;

-- An order judged again: the holds the change answered go, and what nothing holds
-- any more is let go. {order, lines, flagged}
CREATE FUNCTION cleardesk.judge_again(p_item jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    o       cleardesk.orders;
    seen    integer[] := ARRAY(SELECT v::integer FROM jsonb_array_elements_text(p_item -> 'lines') v);
    freed   integer[];
BEGIN
    UPDATE cleardesk.order_line SET waiting = false
    WHERE order_id = (p_item ->> 'order')::bigint AND line_no = ANY (seen) AND waiting;
    WITH gone AS (
        UPDATE cleardesk.hold h SET released_at = now(), released_by = 'judge', pending = false
        WHERE h.order_id = (p_item ->> 'order')::bigint AND h.released_at IS NULL AND h.pending
          AND (h.line_no = 0 OR h.line_no = ANY (seen))
        RETURNING h.line_no
    )
    SELECT coalesce(array_agg(g.line_no), '{}') INTO freed FROM gone g;
    UPDATE cleardesk.orders SET total = (
        SELECT coalesce(sum(l.amount), 0) FROM cleardesk.order_line l WHERE l.order_id = orders.id AND NOT l.cancelled)
    WHERE id = (p_item ->> 'order')::bigint RETURNING * INTO o;
    IF o.state NOT IN ('placed', 'accepted', 'allocated') OR EXISTS (
        SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no = 0 AND h.released_at IS NULL)
    THEN
        RETURN;
    END IF;
    -- What was judged now had its stock looked at; the others a person has released: more
    -- than there is of them is no news.
    IF o.state <> 'allocated' THEN
        PERFORM cleardesk.judge_reserve(array_agg(l.order_id), array_agg(l.line_no), true) FROM cleardesk.order_line l
        WHERE l.order_id = o.id AND l.line_no = ANY (seen) AND NOT l.cancelled AND NOT l.waiting
          AND NOT EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no = l.line_no AND h.released_at IS NULL)
        HAVING count(*) > 0;
    END IF;
    PERFORM cleardesk.decide(cleardesk.let_go(o.id, freed || seen) -> 'made');
END
$$;

-- Writes the verdicts on one batch: all of it, or nothing where another judge has
-- taken over, a fact has changed or an order is not as it was seen.
--   p_seqs       the waiting rows this answers
--   p_orders     the orders seen, with p_versions; p_accepts is the detail of their
--                acceptance, NULL where nothing is accepted now
--   p_reserve_*  the accepted lines of products that have a stock
--   p_flagged    as in judge_raise; p_again: [{order, lines}] judged again
--   p_told       [{ends, advance, raise}]: what was found beside orders' own verdicts, in turn: what
--                is no more, an order to be brought to what was told of it, and items of judge_raise
--   p_watches    [{order, stage, due, next}]: when orders are to be looked at; no next: no more
--   p_scopes...  what was learnt: states one after the other, with their sizes
CREATE FUNCTION cleardesk.apply_verdicts(op uuid, p_fence bigint, p_catalogue bigint, p_seqs bigint[],
    p_orders bigint[], p_versions bigint[], p_accepts text[], p_reserve_orders bigint[], p_reserve_lines integer[],
    p_flagged jsonb, p_again jsonb, p_told jsonb, p_watches jsonb, p_scopes text[], p_keys text[], p_sizes integer[],
    p_states bytea)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
DECLARE
    j     cleardesk.judge;
    nos   text[];
    held  jsonb;
    base  bigint;
    item  jsonb;
    count_of bigint;
    moves boolean := jsonb_path_exists(p_told, '$[*].advance');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('cleardesk judge', 5)); -- the same batch sent twice at once
    j := cleardesk.judge_guard(p_fence);
    IF j.batch = op THEN
        RETURN jsonb_build_object('again', true);
    END IF;
    PERFORM cleardesk.lock_judged(p_flagged, p_again, p_told, p_orders);

    WITH seen AS (
        UPDATE cleardesk.orders o
        SET judged = true, version = o.version + 1,
            state = CASE WHEN v.accept IS NULL THEN o.state ELSE 'accepted' END,
            accepted_at = CASE WHEN v.accept IS NULL THEN o.accepted_at ELSE now() END
        FROM unnest(p_orders, p_versions, p_accepts) WITH ORDINALITY v (id, version, accept, ord)
        WHERE o.id = v.id AND o.version = v.version AND (v.accept IS NULL OR o.state = 'placed' AND NOT o.history)
        RETURNING o.order_no, v.ord
    )
    SELECT coalesce(array_agg(s.order_no ORDER BY s.ord), '{}') INTO nos FROM seen s;
    IF cardinality(nos) <> cardinality(p_orders) THEN
        PERFORM cleardesk.deny('CD409', 'an order changed while it was judged', jsonb_build_object('stale', 'order'));
    END IF;
    -- Products before the decisions' counter and all at once by their codes, as everywhere;
    -- what is judged again takes its own after the others and the counter.
    IF p_again <> '[]' OR moves THEN
        PERFORM FROM cleardesk.product p
        WHERE p.code IN (
            SELECT l.product FROM cleardesk.order_line l
            WHERE l.order_id IN (SELECT (a.e ->> 'order')::bigint FROM jsonb_array_elements(p_again) a (e)
                                 UNION ALL SELECT (t.e ->> 'advance')::bigint FROM jsonb_array_elements(p_told) t (e))
            UNION ALL
            SELECT l.product FROM unnest(p_reserve_orders, p_reserve_lines) t (id, line)
            JOIN cleardesk.order_line l ON l.order_id = t.id AND l.line_no = t.line)
        ORDER BY p.code FOR UPDATE;
    END IF;
    PERFORM cleardesk.judge_reserve(p_reserve_orders, p_reserve_lines, true);
    held := cleardesk.judge_raise(p_flagged);
    IF moves THEN
        -- What leaves moves the judge's own row, which comes after the decisions' counter.
        PERFORM FROM cleardesk.decision_counter FOR UPDATE;
        PERFORM cleardesk.guard_catalogue(p_fence, p_catalogue);
    END IF;
    FOR item IN SELECT t.e FROM jsonb_array_elements(p_told) WITH ORDINALITY t (e, ord) ORDER BY t.ord LOOP
        held := held || cleardesk.judge_tell(item);
    END LOOP;
    PERFORM cleardesk.keep_watch(p_watches);

    SELECT count(*) INTO count_of FROM unnest(p_accepts) a WHERE a IS NOT NULL;
    IF count_of > 0 THEN
        UPDATE cleardesk.decision_counter SET n = n + count_of RETURNING n - count_of INTO base;
        INSERT INTO cleardesk.decision (n, what, order_no, detail)
        SELECT base + row_number() OVER (ORDER BY v.ord), 'order_accepted', v.order_no, v.accept::jsonb
        FROM unnest(nos, p_accepts) WITH ORDINALITY v (order_no, accept, ord) WHERE v.accept IS NOT NULL;
    END IF;
    PERFORM cleardesk.decide(held);
    FOR item IN SELECT a.e FROM jsonb_array_elements(p_again) a (e) LOOP
        PERFORM cleardesk.judge_again(item);
    END LOOP;

    INSERT INTO cleardesk.baseline (scope, key, state)
    SELECT b.scope, b.key, substring(p_states FROM b.upto::integer - b.size + 1 FOR b.size)
    FROM (SELECT x.scope, x.key, x.size, sum(x.size) OVER (ORDER BY x.ord) AS upto
          FROM unnest(p_scopes, p_keys, p_sizes) WITH ORDINALITY x (scope, key, size, ord)) b
    ON CONFLICT (scope, key) DO UPDATE SET state = excluded.state;
    DELETE FROM cleardesk.waiting w WHERE w.seq = ANY (p_seqs);
    UPDATE cleardesk.judge x
    SET batch = op, judged_to = coalesce((SELECT w.at FROM cleardesk.waiting w ORDER BY w.seq LIMIT 1), now())
    WHERE x.fence = p_fence AND (moves OR x.catalogue = p_catalogue);
    IF NOT FOUND THEN
        PERFORM cleardesk.guard_catalogue(p_fence, p_catalogue);
    END IF;
    RETURN jsonb_build_object('again', false);
END
$$;

-- What time does by itself, a bounded piece at a time: moments that passed, snoozes
-- that ended, leases that lapsed (their drafts stay), people who went, days nobody signed,
-- work that nobody took or that is past due, orders and windows whose time has come, which
-- wait for the judge then. Answers when it is wanted next;
-- more tells that it is now.
CREATE FUNCTION cleardesk.tick(p_fence bigint) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp SET jit = off AS $$
DECLARE
    most    constant integer := 500;
    due     bigint[];
    moments bigint := 0;
    woken   bigint := 0;
    lapsed  bigint := 0;
    gone    bigint := 0;
    looked  bigint;
    moved   bigint;
    roster  timestamptz;
BEGIN
    PERFORM cleardesk.judge_guard(p_fence);
    roster := cleardesk.watch_roster(); -- first: who publishes locks the roster, then tasks
    SELECT coalesce(array_agg(x.id), '{}') INTO due FROM (
        SELECT c.id FROM cleardesk.cases c WHERE c.next_check <= now() AND c.state <> 'closed'
        ORDER BY c.next_check LIMIT most FOR UPDATE SKIP LOCKED) x;
    SELECT due || coalesce(array_agg(x.id), '{}') INTO due FROM (
        SELECT c.id FROM cleardesk.cases c
        WHERE c.holder IS NOT NULL AND c.lease_until <= now() AND c.state <> 'closed' AND NOT c.id = ANY (due)
        ORDER BY c.lease_until LIMIT most FOR UPDATE SKIP LOCKED) x;
    PERFORM cleardesk.free_gone();
    looked := cleardesk.queue_watches(most) + cleardesk.queue_windows();
    PERFORM cleardesk.queue_days();
    moved := cleardesk.tick_duty(most);
    PERFORM cleardesk.queue_week();
    IF cardinality(due) > 0 THEN
        INSERT INTO cleardesk.claim (case_id, claim_no, holder, what)
        SELECT c.id, c.claim_no, c.holder, 'lapsed' FROM cleardesk.cases c
        WHERE c.id = ANY (due) AND c.holder IS NOT NULL AND c.lease_until <= now();
        GET DIAGNOSTICS lapsed = ROW_COUNT;
        INSERT INTO cleardesk.case_note (case_id, by_login, what)
        SELECT c.id, n.by_login, 'woken' FROM cleardesk.cases c
        CROSS JOIN LATERAL (SELECT x.by_login FROM cleardesk.case_note x WHERE x.case_id = c.id AND x.what = 'snoozed'
                            ORDER BY x.at DESC, x.id DESC LIMIT 1) n
        WHERE c.id = ANY (due) AND c.state = 'snoozed' AND c.snooze_until <= now();
        SELECT count(*) FILTER (WHERE c.state = 'snoozed' AND c.snooze_until <= now()),
               count(*) FILTER (WHERE c.next_at <= now())
        INTO woken, moments FROM cleardesk.cases c WHERE c.id = ANY (due);
        UPDATE cleardesk.cases c
        SET next_what = n.what, next_at = n.at, rank = cleardesk.case_rank(n.at, c.at_risk),
            holder = CASE WHEN d.lapsed THEN NULL ELSE c.holder END,
            claimed_at = CASE WHEN d.lapsed THEN NULL ELSE c.claimed_at END,
            lease_until = CASE WHEN d.lapsed THEN NULL ELSE c.lease_until END,
            state = CASE WHEN d.woken THEN 'open' ELSE c.state END,
            snooze_until = CASE WHEN d.woken THEN NULL ELSE c.snooze_until END,
            next_check = least(n.at, CASE WHEN d.lapsed THEN NULL ELSE c.lease_until END,
                CASE WHEN d.woken THEN NULL ELSE c.snooze_until END),
            version = c.version + (d.lapsed OR d.woken)::integer
        FROM (SELECT x.id, x.holder IS NOT NULL AND x.lease_until <= now() AS lapsed,
                     x.state = 'snoozed' AND coalesce(x.snooze_until <= now(), false) AS woken
              FROM cleardesk.cases x WHERE x.id = ANY (due)) d
        JOIN cleardesk.cases k ON k.id = d.id
        LEFT JOIN LATERAL cleardesk.next_moment(k.moments, now()) n ON true
        WHERE c.id = d.id;
    END IF;
    DELETE FROM cleardesk.presence p WHERE p.at < now() - interval '2 minutes';
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN jsonb_build_object('moments', moments, 'woken', woken, 'lapsed', lapsed, 'presence', gone, 'looked', looked,
        'more', cardinality(due) >= most OR looked >= most OR moved >= most,
        'next_ms', (SELECT greatest(0, ceil(extract(epoch FROM least(
            (SELECT min(c.next_check) FROM cleardesk.cases c WHERE c.next_check IS NOT NULL AND c.state <> 'closed'),
            (SELECT min(c.lease_until) FROM cleardesk.cases c WHERE c.holder IS NOT NULL),
            cleardesk.duty_next(), (SELECT min(w.next_check) FROM cleardesk.order_watch w WHERE w.next_check IS NOT NULL),
            (SELECT min(w.at) FROM cleardesk.window_check w WHERE NOT w.done),
            (SELECT min(d.at) FROM cleardesk.day_check d WHERE NOT d.done), roster) - clock_timestamp()) * 1000))::bigint));
END
$$;

GRANT EXECUTE ON FUNCTION cleardesk.judge_acquire(text, double precision), cleardesk.judge_extend(bigint, double precision),
    cleardesk.take_batch(bigint, integer, integer), cleardesk.judge_past(bigint[], text[], integer),
    cleardesk.judge_newest(text[], bigint[]), cleardesk.judge_moved(bigint[], bigint[], boolean[]),
    cleardesk.apply_verdicts(uuid, bigint, bigint, bigint[], bigint[], bigint[], text[], bigint[], integer[], jsonb, jsonb,
        jsonb, jsonb, text[], text[], integer[], bytea),
    cleardesk.tick(bigint) TO cleardesk_intake;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER product_moved ON cleardesk.product;
DROP TRIGGER store_moved ON cleardesk.store;
DROP TRIGGER setting_moved ON cleardesk.setting;
DROP FUNCTION cleardesk.tick(bigint),
    cleardesk.apply_verdicts(uuid, bigint, bigint, bigint[], bigint[], bigint[], text[], bigint[], integer[], jsonb, jsonb,
        jsonb, jsonb, text[], text[], integer[], bytea),
    cleardesk.judge_again(jsonb), cleardesk.judge_sum(bigint, jsonb), cleardesk.judge_raise(jsonb),
    cleardesk.join_moments(jsonb, jsonb), cleardesk.judge_words(jsonb), cleardesk.kind_with(text), cleardesk.kind_weight(text),
    cleardesk.judge_reserve(bigint[], integer[], boolean),
    cleardesk.judge_newest(text[], bigint[]), cleardesk.judge_moved(bigint[], bigint[], boolean[]), cleardesk.judge_past(bigint[], text[], integer),
    cleardesk.take_batch(bigint, integer, integer), cleardesk.hold_marks(bigint, integer),
    cleardesk.judge_extend(bigint, double precision), cleardesk.guard_catalogue(bigint, bigint), cleardesk.judge_guard(bigint),
    cleardesk.judge_acquire(text, double precision), cleardesk.setting_moved(), cleardesk.store_moved(),
    cleardesk.product_moved(), cleardesk.catalogue_moved();
RESET ROLE;
-- +goose StatementEnd
