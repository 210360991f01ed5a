-- Corrections of step, stock and listing by procurement (§1.3, §1.7), with all that
-- follows from one in the same act: what it cures ends, what it leaves goes on.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- Open anomalies of a product's step, stock or listing: the quantity is the line's as it
-- is now, of a refused attempt what was tried (0: not told).
CREATE VIEW cleardesk.correction_open WITH (security_invoker = true) AS
SELECT a.id AS anomaly, a.case_id, a.kind::text AS kind, a.product::text AS product, a.order_id, a.line_no, c.rank,
       coalesce(l.quantity, (a.evidence ->> 'quantity')::bigint, 0)::bigint AS quantity, coalesce(l.reserved, false) AS reserved,
       CASE WHEN a.order_id IS NULL THEN coalesce(a.evidence ->> 'found', a.evidence ->> 'told', '') ELSE '' END AS told
FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id
LEFT JOIN cleardesk.order_line l ON l.order_id = a.order_id AND l.line_no = a.line_no
WHERE a.closed_at IS NULL AND a.product IS NOT NULL AND a.kind IN ('step_mismatch', 'zero_stock', 'not_orderable');

-- Lines no step was found wrong with, of orders that have not been picked: accepted today
-- since the step was last corrected, or waiting for the release of something else.
CREATE VIEW cleardesk.correction_line WITH (security_invoker = true) AS
SELECT x.held, x.order_id, x.order_no, x.store, x.version, x.line_no, x.product, x.quantity, x.price, x.amount,
       CASE WHEN x.held THEN x.placed_at ELSE x.accepted_at END AS at
FROM (
    SELECT o.id AS order_id, o.order_no::text AS order_no, o.store::text AS store, o.version, o.placed_at, o.accepted_at,
           o.business_day = d.today AS fresh, l.line_no, l.product::text AS product, l.quantity::bigint AS quantity,
           l.price::bigint AS price, l.amount::bigint AS amount,
           o.state = 'placed' OR EXISTS (
               SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.released_at IS NULL AND h.line_no IN (0, l.line_no)) AS held
    FROM (SELECT (now() AT TIME ZONE coalesce((
              SELECT v.value FROM cleardesk.setting v WHERE v.name = 'platform.zone' AND v.scope = 'platform' AND v.valid_from <= now()
              ORDER BY v.valid_from DESC, v.id DESC LIMIT 1), 'Asia/Shanghai'))::date AS today) d
    JOIN cleardesk.orders o ON o.business_day BETWEEN d.today - 7 AND d.today AND NOT o.history AND o.judged AND o.state IN ('placed', 'accepted')
    JOIN cleardesk.order_line l ON l.order_id = o.id AND NOT l.cancelled AND NOT l.waiting
    WHERE NOT EXISTS (SELECT FROM cleardesk.anomaly a WHERE a.order_id = o.id AND a.line_no = l.line_no AND a.kind = 'step_mismatch'
                      AND a.closed_at IS NULL)) x
WHERE x.held OR x.fresh AND x.accepted_at >= coalesce((
    SELECT max(k.at) FROM cleardesk.correction k WHERE k.product = x.product AND k.what = 'step' AND k.at < now()), '-infinity');

-- Lines of orders on their way that were accepted while nobody knew the product's stock:
-- they have reserved nothing of it yet.
CREATE VIEW cleardesk.unreserved_line WITH (security_invoker = true) AS
SELECT l.product::text AS product, o.id AS order_id, l.line_no, l.quantity::bigint AS quantity
FROM cleardesk.product p
JOIN cleardesk.orders o ON NOT o.history AND o.state IN ('accepted', 'allocated') AND o.business_day >= (now() - interval '8 days')::date
JOIN cleardesk.order_line l ON l.order_id = o.id AND l.product = p.code AND NOT l.cancelled AND NOT l.waiting AND NOT l.reserved
WHERE p.stock IS NULL AND NOT EXISTS (
    SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no = l.line_no AND h.released_at IS NULL);
GRANT SELECT ON cleardesk.correction_open, cleardesk.correction_line, cleardesk.unreserved_line TO cleardesk_staff;

-- A product's stock as it was: what has moved it since is taken back.
CREATE FUNCTION cleardesk.stock_at(p_product text, p_at timestamptz) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT (coalesce(p.stock, 0) - coalesce((
        SELECT sum(m.delta) FROM cleardesk.stock_move m WHERE m.product = p.code AND m.at > p_at), 0))::bigint
    FROM cleardesk.product p WHERE p.code = p_product
$$;

-- Whether a correction says what has to be said: domain.CorrectionFile.Preview refuses
-- the same.
CREATE FUNCTION cleardesk.guard_correction(p jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF NOT coalesce(p ->> 'what' IN ('step', 'stock', 'listing'), false) THEN
        PERFORM cleardesk.deny('CD400', 'what is corrected is a step, a stock or a listing');
    ELSIF NOT coalesce(p ->> 'reason' IN ('entry', 'import', 'pack', 'supplier', 'other'), false)
        OR p ->> 'reason' = 'other' AND trim(coalesce(p ->> 'note', '')) = ''
    THEN
        PERFORM cleardesk.deny('CD400', 'a correction has a reason, and another one than those offered a note');
    ELSIF p ->> 'what' = 'step' AND NOT coalesce((p ->> 'step')::bigint BETWEEN 1 AND 1000000000000, false) THEN
        PERFORM cleardesk.deny('CD400', 'a step is more than nought');
    ELSIF p ->> 'what' = 'stock' AND NOT coalesce((p ->> 'counted')::bigint BETWEEN 0 AND 1000000000000, false) THEN
        PERFORM cleardesk.deny('CD400', 'a count is not below nought');
    ELSIF p ->> 'what' = 'stock' AND NOT coalesce((p ->> 'counted_at')::timestamptz
        BETWEEN clock_timestamp() - interval '7 days' AND clock_timestamp(), false)
    THEN
        PERFORM cleardesk.deny('CD400', 'a count was made within the last seven days');
    ELSIF p ->> 'what' = 'listing' AND NOT coalesce(p ->> 'status' IN ('normal', 'paused', 'delisted'), false) THEN
        PERFORM cleardesk.deny('CD400', 'a product is normal, paused or delisted');
    ELSIF p ->> 'case' IS NOT NULL AND NOT EXISTS (SELECT FROM cleardesk.cases c WHERE c.id = (p ->> 'case')::bigint) THEN
        PERFORM cleardesk.deny('CD404', format('there is no case %s', p ->> 'case'));
    END IF;
END
$$;

-- Locks all that a correction of a product touches. The judge raises nothing meanwhile:
-- it takes the same lock first. Cases go before orders, these before lines and products,
-- and the decisions' counter before the judge's row, which a product that changes moves.
CREATE FUNCTION cleardesk.lock_correction(p_product text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    its    bigint[];
    orders bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('cleardesk judge', 5));
    SELECT coalesce(array_agg(x.case_id) FILTER (WHERE x.case_id IS NOT NULL), '{}'),
           coalesce(array_agg(x.order_id) FILTER (WHERE x.order_id IS NOT NULL), '{}') INTO its, orders FROM (
        SELECT o.case_id, o.order_id FROM cleardesk.correction_open o WHERE o.product = p_product
        UNION ALL SELECT NULL, l.order_id FROM cleardesk.correction_line l WHERE l.product = p_product
        UNION ALL SELECT NULL, l.order_id FROM cleardesk.unreserved_line l WHERE l.product = p_product) x;
    SELECT its || coalesce(array_agg(c.id), '{}') INTO its FROM cleardesk.cases c WHERE c.order_id = ANY (orders) AND c.state <> 'closed';
    PERFORM FROM cleardesk.cases c
    WHERE c.id IN (SELECT unnest(its) UNION SELECT k.parent FROM cleardesk.cases k WHERE k.id = ANY (its)
        UNION SELECT k.id FROM cleardesk.cases k JOIN cleardesk.product p ON k.cause IN (
            format('step %s v%s', p.code, p.step_version), format('step %s v%s', p.code, p.step_version + 1))
        WHERE p.code = p_product AND k.state <> 'closed') ORDER BY c.id FOR UPDATE;
    PERFORM FROM cleardesk.orders o WHERE o.id = ANY (orders) ORDER BY o.id FOR UPDATE;
    PERFORM FROM cleardesk.order_line l WHERE l.order_id = ANY (orders) ORDER BY l.order_id, l.line_no FOR UPDATE;
    PERFORM FROM cleardesk.product p
    WHERE p.code = p_product OR p.code IN (SELECT l.product FROM cleardesk.order_line l WHERE l.order_id = ANY (orders))
    ORDER BY p.code FOR UPDATE;
    PERFORM FROM cleardesk.decision_counter FOR UPDATE;
    -- Something was opened again just now: the caller's program sends it once more.
    IF EXISTS (SELECT FROM cleardesk.correction_open o WHERE o.product = p_product AND NOT o.case_id = ANY (its)) THEN
        RAISE EXCEPTION 'cases of % are changing: try again', p_product USING ERRCODE = '40001';
    END IF;
END
$$;

-- Refuses a step that somebody else has changed since it was read, and says who.
CREATE FUNCTION cleardesk.guard_step(g cleardesk.product, p_seen bigint) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    k cleardesk.correction;
BEGIN
    IF g.step_version IS NOT DISTINCT FROM p_seen THEN
        RETURN;
    END IF;
    SELECT * INTO k FROM cleardesk.correction x WHERE x.product = g.code AND x.what = 'step' ORDER BY x.id DESC LIMIT 1;
    IF k.new_value IS DISTINCT FROM g.step::text THEN
        k := NULL; -- the platform's catalogue came after it
    END IF;
    PERFORM cleardesk.deny('CD409', format('the step of %s was changed meanwhile', g.code),
        jsonb_strip_nulls(jsonb_build_object('changed', CASE WHEN k.id IS NULL THEN 'import' ELSE 'correct' END, 'by', k.by_login,
            'name', (SELECT s.name FROM cleardesk.staff s WHERE s.login = k.by_login),
            'name_en', (SELECT s.name_en FROM cleardesk.staff s WHERE s.login = k.by_login), 'at', k.at,
            'step', g.step, 'version', g.step_version)));
END
$$;

-- Writes a correction down and into the catalogue. What the platform's catalogue told is
-- kept as told_step and told_status, and its place taken by what no catalogue says: the next
-- one that still carries another value than ours is a clash and names it. A stock that was
-- counted differs from the one told by what went unseen: another one told later counts.
-- The first stock there is reserves what was accepted without.
CREATE FUNCTION cleardesk.write_correction(op uuid, p jsonb) RETURNS cleardesk.correction LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    g     cleardesk.product;
    k     cleardesk.correction;
    first record; -- of a stock that is counted for the first time: what was accepted without
    value text := p ->> CASE p ->> 'what' WHEN 'step' THEN 'step' WHEN 'stock' THEN 'counted' ELSE 'status' END;
BEGIN
    SELECT * INTO g FROM cleardesk.product x WHERE x.code = p ->> 'product';
    IF g.code IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no product %s', coalesce(p ->> 'product', '')));
    ELSIF p ->> 'what' = 'step' THEN
        PERFORM cleardesk.guard_step(g, (p ->> 'seen')::bigint);
    ELSIF p ->> 'what' = 'stock' AND EXISTS (
        SELECT FROM cleardesk.stock_move m WHERE m.product = g.code AND m.why = 'counted' AND m.at > (p ->> 'counted_at')::timestamptz)
    THEN
        PERFORM cleardesk.deny('CD409', format('%s was counted again since', g.code), '{"changed": "correct"}');
    END IF;
    INSERT INTO cleardesk.correction (op, product, what, old_value, new_value, counted_at, delta, reason, note, case_id, by_login)
    VALUES (op, g.code, p ->> 'what',
        coalesce(CASE p ->> 'what' WHEN 'step' THEN g.step::text WHEN 'stock' THEN g.stock::text ELSE g.status END, ''), value,
        CASE p ->> 'what' WHEN 'stock' THEN (p ->> 'counted_at')::timestamptz END,
        CASE p ->> 'what' WHEN 'stock' THEN value::bigint - cleardesk.stock_at(g.code, (p ->> 'counted_at')::timestamptz) END,
        p ->> 'reason', coalesce(p ->> 'note', ''), (p ->> 'case')::bigint, cleardesk.me())
    RETURNING * INTO k;
    IF k.what = 'stock' THEN
        IF coalesce(g.stock, 0) + k.delta < 0 THEN
            PERFORM cleardesk.deny('CD400', format('more of %s has left since than was counted', g.code));
        END IF;
        SELECT array_agg(l.order_id) AS orders, array_agg(l.line_no) AS lines INTO first FROM cleardesk.unreserved_line l WHERE l.product = g.code;
        UPDATE cleardesk.product x SET stock = coalesce(x.stock, 0) + k.delta, stock_at = k.counted_at, gone = x.gone - k.delta,
            imported = CASE WHEN x.stock IS NULL THEN coalesce(x.imported, '{}') || '{"stock": 0}' ELSE x.imported END,
            version = x.version + 1
        WHERE x.code = g.code;
        PERFORM cleardesk.judge_reserve(first.orders, first.lines, false);
        -- It stands in the story of the stock where it was counted, so that a later count sees it.
        INSERT INTO cleardesk.stock_move (product, why, delta, stock, at) VALUES (g.code, 'counted', k.delta, value::bigint, k.counted_at);
    ELSIF k.new_value IS DISTINCT FROM k.old_value THEN
        UPDATE cleardesk.product x
        SET step = CASE k.what WHEN 'step' THEN k.new_value::bigint ELSE x.step END,
            step_version = x.step_version + (k.what = 'step')::integer,
            status = CASE k.what WHEN 'listing' THEN k.new_value ELSE x.status END,
            imported = coalesce(x.imported, '{}') || CASE k.what
                WHEN 'step' THEN jsonb_build_object('step', 0, 'told_step', coalesce(nullif(x.imported -> 'step', '0'), x.imported -> 'told_step'))
                ELSE jsonb_build_object('status', '', 'told_status', coalesce(nullif(x.imported -> 'status', '""'), x.imported -> 'told_status')) END,
            version = x.version + 1
        WHERE x.code = g.code;
    END IF;
    RETURN k;
END
$$;

-- What becomes of the open anomalies a correction is about, by urgency: a step cures exact
-- multiples, a stock what it lasts for, passing over who asks for more than is left. An
-- attempt for whose refusal no reason is known is cured by what was found wrong then.
CREATE FUNCTION cleardesk.correction_fates(k cleardesk.correction)
RETURNS TABLE (anomaly bigint, case_id bigint, order_id bigint, cured boolean) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    free bigint;
    r    record;
BEGIN
    SELECT p.stock - p.reserved INTO free FROM cleardesk.product p WHERE p.code = k.product;
    FOR r IN
        SELECT o.* FROM cleardesk.correction_open o
        WHERE o.product = k.product AND CASE k.what
            WHEN 'step' THEN o.kind = 'step_mismatch' OR o.kind = 'not_orderable' AND o.told = 'step'
            WHEN 'stock' THEN o.kind = 'zero_stock' OR o.kind = 'not_orderable' AND o.told IN ('stock', 'other', '')
            ELSE o.kind = 'not_orderable' AND (o.told IN ('status', 'price', 'other', '') OR k.new_value <> 'normal') END
        ORDER BY o.rank, o.case_id, o.anomaly
    LOOP
        anomaly := r.anomaly;
        case_id := r.case_id;
        order_id := r.order_id;
        cured := CASE k.what
            WHEN 'step' THEN r.quantity > 0 AND r.quantity % k.new_value::bigint = 0
            WHEN 'stock' THEN CASE WHEN r.reserved THEN free >= 0 ELSE free > 0 AND r.quantity <= free END
            ELSE true END;
        IF k.what = 'stock' AND cured AND NOT r.reserved THEN
            free := free - r.quantity;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;

-- Ends what a correction cured, each with a record of its own, and releases its hold.
CREATE FUNCTION cleardesk.clear_cured(op uuid, k cleardesk.correction, p_cured bigint[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    how text := CASE WHEN k.what = 'listing' AND k.new_value <> 'normal' THEN 'delisted_confirmed' ELSE k.what || '_corrected' END;
BEGIN
    INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, note, answers, effects,
        changed, by_login)
    SELECT op, a.case_id, a.id, a.kind, how, 'master_data', k.reason, k.note, '{}',
           jsonb_build_array(jsonb_build_object('op', 'correct_' || k.what)) || coalesce((
               SELECT jsonb_agg(jsonb_build_object('op', 'release', 'hold', h.id)) FROM cleardesk.hold h
               WHERE h.anomaly_id = a.id AND h.released_at IS NULL), '[]'),
           jsonb_build_object('correction', k.id, 'product', k.product, 'old', k.old_value, 'new', k.new_value, 'lines', '[]'::jsonb),
           k.by_login
    FROM cleardesk.anomaly a WHERE a.id = ANY (p_cured) ORDER BY array_position(p_cured, a.id);
    UPDATE cleardesk.anomaly SET outcome = how, closed_at = now() WHERE id = ANY (p_cured);
    UPDATE cleardesk.hold h SET record_id = r.id, pending = false, released_at = now(), released_by = k.by_login
    FROM cleardesk.resolution_record r
    WHERE r.op = clear_cured.op AND r.anomaly_id = h.anomaly_id AND h.anomaly_id = ANY (p_cured) AND h.released_at IS NULL;
END
$$;

-- A quantity as people write it, for the story of a case.
CREATE FUNCTION cleardesk.plain_value(p_what text, p_value text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p_what = 'listing' OR p_value = '' THEN p_value ELSE trim_scale(p_value::numeric / 1000)::text END
$$;

-- Raises what a corrected step is at odds with: lines that still wait are held for it, and
-- those accepted under the wrong step become a list for a call, where that is wanted: where
-- the step got finer all of them, because the store may have had to order more than it meant.
-- At risk is one step too much of it. Answers the decisions.
CREATE FUNCTION cleardesk.raise_corrected(k cleardesk.correction, p_list boolean, p_moments jsonb, p_words text) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    fresh   bigint := k.new_value::bigint;
    stale   bigint := nullif(k.old_value, '')::bigint;
    now_is  bigint := (SELECT p.step_version FROM cleardesk.product p WHERE p.code = k.product);
    flagged jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(jsonb_build_object('order', l.order_id, 'store', l.store, 'version', l.version, 'with', 'customer_service',
               'moments', p_moments, 'lines', l.nos, 'words', p_words, 'cause', l.cause, 'flags', l.flags) ORDER BY l.order_id), '[]')
    INTO flagged
    FROM (
        SELECT x.order_id, x.store, x.version, min(v.cause) AS cause, jsonb_agg(x.line_no ORDER BY x.line_no) AS nos,
               jsonb_agg(jsonb_build_object('kind', 'step_mismatch', 'line', x.line_no, 'product', x.product, 'cause', v.cause,
                   'hard', false, 'blocks', x.held,
                   'at_risk', least(x.amount, floor((coalesce(stale, x.quantity)::numeric * x.price + 500) / 1000)::bigint),
                   'evidence', jsonb_strip_nulls(jsonb_build_object('product', x.product, 'line', x.line_no, 'quantity', x.quantity,
                       'price', x.price, 'step', fresh, 'step_seen', CASE WHEN NOT x.held THEN stale END,
                       'below', nullif(x.quantity - x.quantity % fresh, 0),
                       'above', x.quantity + (fresh - x.quantity % fresh) % fresh,
                       'times_100', round(x.quantity * 100.0 / fresh)::bigint, 'cause', v.cause, 'rule', 'step_correction', 'rule_version', 1)))
                   ORDER BY x.line_no) AS flags
        FROM cleardesk.correction_line x,
             LATERAL (SELECT format('step %s v%s', k.product, CASE WHEN x.held THEN now_is ELSE now_is - 1 END) AS cause) v
        WHERE x.product = k.product AND CASE WHEN x.held THEN x.quantity % fresh <> 0
            ELSE p_list AND k.new_value <> k.old_value AND (fresh < stale OR x.quantity % fresh <> 0) END
        GROUP BY x.order_id, x.store, x.version) l;
    RETURN cleardesk.judge_raise(flagged);
END
$$;

-- Stores whose refused attempts a correction has cured are to hear that they can order now:
-- their cases stay open with what each of them still lacks (§3.1.8), and are found by that.
CREATE FUNCTION cleardesk.tell_stores(k cleardesk.correction, p_cured bigint[], p_cases bigint[], p_open boolean, p_words text) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    INSERT INTO cleardesk.anomaly (case_id, kind, product, evidence, rule, rule_version, at_risk, hard, blocks)
    SELECT a.case_id, 'replenishment', k.product, jsonb_strip_nulls(jsonb_build_object('product', k.product, 'orders', 1, 'amount', sum(a.at_risk),
               'foreseen', nullif(p_open, false), 'items_in_all', count(*), 'rule', 'correction_told', 'rule_version', 1,
               'items', jsonb_agg(jsonb_build_object('product', k.product, 'quantity', 0, 'price', p.price,
                   'wanted', coalesce((a.evidence ->> 'quantity')::bigint, 0)) ORDER BY a.id))), 'correction_told', 1, sum(a.at_risk), false, false
    FROM cleardesk.anomaly a JOIN cleardesk.product p ON p.code = k.product
    WHERE a.id = ANY (p_cured) AND a.case_id = ANY (p_cases) AND a.order_id IS NULL
    GROUP BY a.case_id;
    UPDATE cleardesk.cases c SET search = c.search || ' ' || p_words WHERE c.id = ANY (p_cases) AND strpos(c.search, p_words) = 0
$$;

-- Sums the cases up that a correction is about, with a line in the story of each, so that
-- who holds one is told. What it left with procurement is customer service's from now on;
-- p_told are those whose stores are to hear that they can order.
CREATE FUNCTION cleardesk.sum_corrected(k cleardesk.correction, p_cases bigint[], p_left bigint[], p_told bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    c    cleardesk.cases;
    one  bigint;
    line text := concat_ws(' ', format('%s %s %s > %s', k.product, k.what, cleardesk.plain_value(k.what, k.old_value),
        cleardesk.plain_value(k.what, k.new_value)), nullif(k.note, ''));
BEGIN
    FOR one IN SELECT DISTINCT x FROM unnest(p_cases) x ORDER BY x LOOP
        SELECT * INTO c FROM cleardesk.cases x WHERE x.id = one;
        c := cleardesk.sum_case(c, false);
        IF c.state <> 'closed' AND c.lies_with = 'procurement' AND (c.holder IS NULL OR c.holder = k.by_login)
            AND (c.id = ANY (p_told) OR c.order_id IS NOT NULL AND c.id = ANY (p_left))
        THEN
            PERFORM cleardesk.move_case(c, 'customer_service', 'corrected', line);
        ELSE
            INSERT INTO cleardesk.case_note (case_id, by_login, what, text) VALUES (c.id, k.by_login, 'corrected', line);
        END IF;
    END LOOP;
END
$$;

-- Makes a correction under a key that is the caller's, and answers what it did.
CREATE FUNCTION cleardesk.correct_now(op uuid, p_correction jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    -- Of what is no longer sold there is nothing to be told.
    tell   boolean := coalesce((p_correction ->> 'tell')::boolean AND coalesce(p_correction ->> 'status', 'normal') = 'normal', false);
    words  jsonb := coalesce(p_correction -> 'words', '{}');
    newest bigint := (SELECT coalesce(max(a.id), 0) FROM cleardesk.anomaly a);
    k      cleardesk.correction;
    f      record;
    made   jsonb := '[]';
    last   bigint;
BEGIN
    PERFORM cleardesk.guard_correction(p_correction);
    PERFORM cleardesk.lock_correction(p_correction ->> 'product');
    k := cleardesk.write_correction(op, p_correction);
    SELECT coalesce(array_agg(x.anomaly) FILTER (WHERE x.cured), '{}') AS cured,
           coalesce(array_agg(x.anomaly) FILTER (WHERE NOT x.cured), '{}') AS stays,
           coalesce(array_agg(x.case_id), '{}') AS cases, coalesce(array_agg(x.case_id) FILTER (WHERE NOT x.cured), '{}') AS kept,
           coalesce(array_agg(DISTINCT x.case_id) FILTER (WHERE x.cured AND x.tells), '{}') AS told
    INTO f FROM (SELECT y.*, tell AND y.order_id IS NULL AS tells FROM cleardesk.correction_fates(k) y) x;
    PERFORM cleardesk.clear_cured(op, k, f.cured);
    IF k.what <> 'stock' AND k.new_value <> k.old_value OR k.what = 'stock' AND (k.delta <> 0 OR k.old_value = '') THEN
        made := jsonb_build_array(jsonb_build_object('what', k.what || '_corrected', 'detail', jsonb_strip_nulls(jsonb_build_object(
            'product', k.product, 'old', nullif(k.old_value, ''), 'new', k.new_value, 'delta', k.delta, 'counted_at', k.counted_at,
            'correction', k.id))));
    END IF;
    IF k.what = 'step' THEN
        made := made || cleardesk.raise_corrected(k, coalesce((p_correction ->> 'list')::boolean, false), p_correction -> 'moments',
            lower(concat_ws(' ', 'step_mismatch', words ->> 'step_mismatch')));
    END IF;
    made := made || cleardesk.accept_cured(f.cured);
    PERFORM cleardesk.tell_stores(k, f.cured, f.told, (p_correction -> 'moments' -> 0 ->> 'at')::timestamptz > now(),
        lower(concat_ws(' ', 'replenishment', words ->> 'replenishment')));
    PERFORM cleardesk.sum_corrected(k, f.cases, f.kept, f.told);
    last := cleardesk.decide(made);
    PERFORM cleardesk.end_met_clashes(ARRAY[k.product::text]);
    RETURN jsonb_build_object('id', k.id, 'old', k.old_value, 'new', k.new_value, 'delta', coalesce(k.delta, 0), 'cleared', f.cured,
        'left', f.stays, 'told', f.told,
        'listed', (SELECT coalesce(jsonb_agg(DISTINCT a.order_id), '[]') FROM cleardesk.anomaly a
                   WHERE a.id > newest AND a.product = k.product AND a.rule = 'step_correction' AND NOT a.blocks),
        'decisions', (SELECT coalesce(jsonb_agg(last - jsonb_array_length(made) + n ORDER BY n), '[]')
                      FROM generate_series(1, jsonb_array_length(made)) n));
END
$$;

-- Corrects a product's step, stock or listing.
--   p_correction  {what, product, step, seen, counted, counted_at, status, reason, note, case,
--                  list, tell, moments, words}: domain.Correction, the moments of today's
--                  orders, and what the kinds of what it raises are called
CREATE FUNCTION cleardesk.correct(op uuid, p_correction jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done   jsonb := cleardesk.answered(op, 'correct');
    result jsonb;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need('procurement');
    result := cleardesk.correct_now(op, p_correction);
    RETURN cleardesk.answer(op, 'correct', 'product ' || (p_correction ->> 'product'),
        p_correction - 'moments' - 'words' || jsonb_build_object('correction', result -> 'id'), result);
END
$$;

-- Accepts what the release of these anomalies' holds has freed, order by order, and lets
-- an order go on that had been told of further. Answers the decisions.
CREATE FUNCTION cleardesk.accept_cured(p_cured bigint[]) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    o    record;
    made jsonb := '[]';
BEGIN
    FOR o IN
        SELECT a.order_id AS id, array_agg(a.line_no) AS freed FROM cleardesk.anomaly a
        WHERE a.id = ANY (p_cured) AND a.order_id IS NOT NULL GROUP BY a.order_id ORDER BY a.order_id
    LOOP
        made := made || cleardesk.accept_free(o.id, o.freed);
        PERFORM cleardesk.advance_order(o.id);
    END LOOP;
    RETURN made;
END
$$;

GRANT EXECUTE ON FUNCTION cleardesk.correct(uuid, jsonb) TO cleardesk_procurement;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP FUNCTION cleardesk.accept_cured(bigint[]), cleardesk.correct(uuid, jsonb), cleardesk.correct_now(uuid, jsonb), cleardesk.tell_stores(cleardesk.correction, bigint[], bigint[], boolean, text), cleardesk.sum_corrected(cleardesk.correction, bigint[], bigint[], bigint[]),
    cleardesk.raise_corrected(cleardesk.correction, boolean, jsonb, text), cleardesk.plain_value(text, text),
    cleardesk.clear_cured(uuid, cleardesk.correction, bigint[]), cleardesk.correction_fates(cleardesk.correction),
    cleardesk.write_correction(uuid, jsonb), cleardesk.guard_step(cleardesk.product, bigint),
    cleardesk.lock_correction(text), cleardesk.guard_correction(jsonb), cleardesk.stock_at(text, timestamptz);
DROP VIEW cleardesk.unreserved_line, cleardesk.correction_line, cleardesk.correction_open;
RESET ROLE;
-- +goose StatementEnd
