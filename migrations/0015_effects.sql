-- What outcomes do beside the lines and holds of an order: linked orders, money, stock,
-- plans, returns and limits. Each effect is a guard and a function that does it and
-- answers {did: what taking it back goes by, as domain.EffectDone has it, made: its
-- decisions}; and a counter-entry that takes it back.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- Whether an effect beside the order's lines may be had now.
CREATE FUNCTION cleardesk.guard_beside(c cleardesk.cases, o cleardesk.orders, a cleardesk.anomaly, e cleardesk.effect) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    CASE e.op
        WHEN 'supplement' THEN
            PERFORM cleardesk.guard_state(o, 'accepted', 'allocated', 'shipped', 'delivered', 'received', 'settled');
            PERFORM cleardesk.guard_linked(o, a, e);
        WHEN 'reorder' THEN PERFORM cleardesk.guard_linked(o, a, e);
        WHEN 'adjust' THEN PERFORM cleardesk.guard_adjust(o, a, e);
        WHEN 'restock' THEN PERFORM cleardesk.guard_restock(o, a, e);
        WHEN 'reschedule', 'deliver' THEN PERFORM cleardesk.guard_delivery(o, e);
        WHEN 'open_return' THEN PERFORM cleardesk.guard_open_return(o, a, e);
        WHEN 'set_limit' THEN
            IF coalesce(e.amount, 0) NOT BETWEEN greatest(1, o.total) AND 1000000000000 THEN
                PERFORM cleardesk.deny('CD400', 'the order would be held again under that limit');
            END IF;
        ELSE PERFORM cleardesk.deny('CD403', 'a correction is an act of its own', '{"needs": "procurement"}');
    END CASE;
    IF a.kind = 'return' AND e.op IN ('adjust', 'restock') THEN
        PERFORM cleardesk.guard_returned(c, o, a, e);
    END IF;
END
$$;

-- The lines of an order the desk makes. They cost what the product costs now, or did in
-- the order they go with or when it was found missing; what makes up a lack may be free.
CREATE FUNCTION cleardesk.guard_linked(o cleardesk.orders, a cleardesk.anomaly, e cleardesk.effect) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    l record;
BEGIN
    IF jsonb_typeof(e.lines) IS DISTINCT FROM 'array' OR jsonb_array_length(e.lines) NOT BETWEEN 1 AND 200 THEN
        PERFORM cleardesk.deny('CD400', 'a linked order has lines');
    END IF;
    FOR l IN SELECT x.e ->> 'product' AS product, (x.e ->> 'quantity')::bigint AS quantity, coalesce((x.e ->> 'price')::bigint, 0) AS price
             FROM jsonb_array_elements(e.lines) x (e) LOOP
        IF e.op = 'reorder' OR NOT EXISTS (SELECT FROM cleardesk.product p WHERE p.code = l.product) THEN
            PERFORM cleardesk.guard_product(l.product);
        END IF;
        IF coalesce(l.quantity, 0) NOT BETWEEN 1 AND 1000000000000 THEN
            PERFORM cleardesk.deny('CD400', format('the quantity of %s is not in range', l.product));
        ELSIF e.op = 'supplement' AND l.price <> 0 OR e.op = 'reorder' AND NOT (
            l.price = (SELECT p.price FROM cleardesk.product p WHERE p.code = l.product)
            OR EXISTS (SELECT FROM cleardesk.order_line k WHERE k.order_id = o.id AND k.product = l.product AND k.price = l.price)
            OR coalesce(a.evidence -> 'items' @> jsonb_build_array(jsonb_build_object('product', l.product, 'price', l.price)), false))
        THEN
            PERFORM cleardesk.deny('CD400', format('%s does not cost that', l.product), jsonb_build_object('product', l.product));
        END IF;
    END LOOP;
END
$$;

-- Money on the settlement: credits and returns below nought, charges above, never more
-- than the order comes to with what was adjusted before.
CREATE FUNCTION cleardesk.guard_adjust(o cleardesk.orders, a cleardesk.anomaly, e cleardesk.effect) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    before bigint := (SELECT coalesce(sum(x.amount), 0) FROM cleardesk.adjustment x WHERE x.order_id = o.id);
BEGIN
    PERFORM cleardesk.guard_about(a, e);
    IF coalesce(e.amount, 0) = 0 OR (e.amount > 0) <> (a.kind = 'overweight') THEN
        PERFORM cleardesk.deny('CD400', 'a charge is above nought, a credit or return below');
    ELSIF abs(e.amount) > o.total OR o.total + before + e.amount < 0 THEN
        PERFORM cleardesk.deny('CD409', format('order %s comes to %s fen, %s of them adjusted before', o.order_no, o.total, before),
            jsonb_build_object('total', o.total, 'adjusted', before));
    END IF;
END
$$;

-- Goods that come back: of the line, or the product, that the anomaly is about.
CREATE FUNCTION cleardesk.guard_restock(o cleardesk.orders, a cleardesk.anomaly, e cleardesk.effect) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM cleardesk.guard_state(o, 'shipped', 'delivered', 'received', 'settled', 'refused');
    IF coalesce(e.quantity, 0) NOT BETWEEN 1 AND 1000000000000 THEN
        PERFORM cleardesk.deny('CD400', 'the quantity that comes back is not in range');
    ELSIF e.product IS NULL OR e.product IS DISTINCT FROM coalesce(
        (SELECT l.product FROM cleardesk.order_line l WHERE l.order_id = o.id AND l.line_no = a.line_no), a.product)
    THEN
        PERFORM cleardesk.deny('CD403', format('anomaly %s is not about %s', a.id, coalesce(e.product, 'no product')));
    END IF;
END
$$;

CREATE FUNCTION cleardesk.guard_delivery(o cleardesk.orders, e cleardesk.effect) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF e.op = 'reschedule' THEN
        PERFORM cleardesk.guard_state(o, 'accepted', 'allocated', 'shipped');
        PERFORM cleardesk.guard_later(e.at);
        RETURN;
    END IF;
    PERFORM cleardesk.guard_state(o, 'accepted', 'allocated', 'shipped', 'delivered', 'received', 'settled');
    IF e.at IS NULL OR e.at > clock_timestamp() OR e.at < o.placed_at THEN
        PERFORM cleardesk.deny('CD400', 'it was delivered at a time since it was ordered');
    END IF;
END
$$;

-- How much of a line can have come: what was ordered of it, or was received.
CREATE FUNCTION cleardesk.came(p_order bigint, a cleardesk.anomaly, p_line integer) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT greatest(l.quantity, CASE p_line WHEN a.line_no THEN (a.evidence ->> 'received')::bigint END)
    FROM cleardesk.order_line l WHERE l.order_id = p_order AND l.line_no = p_line AND NOT l.cancelled
$$;
CREATE FUNCTION cleardesk.guard_open_return(o cleardesk.orders, a cleardesk.anomaly, e cleardesk.effect) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    most bigint := cleardesk.came(o.id, a, e.line);
BEGIN
    PERFORM cleardesk.guard_state(o, 'accepted', 'allocated', 'shipped', 'delivered', 'received', 'settled');
    PERFORM cleardesk.guard_about(a, e);
    IF most IS NULL OR coalesce(e.quantity, 0) NOT BETWEEN 1 AND most THEN
        PERFORM cleardesk.deny('CD400', format('of line %s there is not that to return', e.line));
    END IF;
END
$$;

-- What is returned has been looked at by procurement and agreed to by the supplier (§4.3),
-- and is no more than both said.
CREATE FUNCTION cleardesk.guard_returned(c cleardesk.cases, o cleardesk.orders, a cleardesk.anomaly, e cleardesk.effect) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    l     cleardesk.order_line;
    f     record;
    asked bigint;
    most  bigint;
    yes   integer := 0;
BEGIN
    SELECT * INTO l FROM cleardesk.order_line x WHERE x.order_id = o.id AND x.line_no = a.line_no;
    SELECT (x.e ->> 'quantity')::bigint INTO asked FROM cleardesk.event v, jsonb_array_elements(v.detail -> 'lines') x (e)
    WHERE v.id = a.event_id AND (x.e ->> 'line')::integer = a.line_no;
    most := least(cleardesk.came(o.id, a, a.line_no), asked);
    FOR f IN
        SELECT DISTINCT ON (x.what) x.what, x.answer, x.quantity FROM cleardesk.finding x
        WHERE x.case_id = c.id AND x.what IN ('goods', 'supplier') AND x.line_no IN (0, a.line_no) ORDER BY x.what, x.id DESC
    LOOP
        yes := yes + (f.answer IN ('yes', 'part'))::integer;
        most := CASE WHEN f.answer = 'part' THEN least(most, f.quantity) ELSE most END;
    END LOOP;
    IF yes < 2 THEN
        PERFORM cleardesk.deny('CD403', 'procurement and the supplier have to agree to a return first',
            '{"needs": "procurement", "verify": "return"}');
    ELSIF e.op = 'restock' AND e.quantity > most OR e.op = 'adjust' AND -e.amount > cleardesk.line_amount(most, l.price) THEN
        PERFORM cleardesk.deny('CD409', format('%s thousandths of line %s were agreed to', most, a.line_no),
            jsonb_build_object('agreed', most, 'line', a.line_no));
    END IF;
END
$$;

-- Does what records do beside the order's lines, one effect after the other.
CREATE FUNCTION cleardesk.do_effects(p_op uuid, s cleardesk.staff, c cleardesk.cases, o cleardesk.orders, p_records jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    e    cleardesk.effect;
    r    cleardesk.resolution_record;
    one  jsonb;
    did  jsonb := '[]';
    made jsonb := '[]';
BEGIN
    FOR e IN SELECT * FROM cleardesk.effects_of(p_records) LOOP
        SELECT * INTO r FROM cleardesk.resolution_record x WHERE x.op = p_op AND x.anomaly_id = e.anomaly;
        one := CASE e.op
            WHEN 'supplement' THEN cleardesk.do_link(c.store, o, 'supplement', e.lines)
            WHEN 'reorder' THEN cleardesk.do_link(c.store, o, 'reorder', e.lines)
            WHEN 'adjust' THEN cleardesk.do_adjust(s, o, r, e)
            WHEN 'restock' THEN cleardesk.do_restock(o, r.id, e.product, e.line, e.quantity)
            WHEN 'reschedule' THEN cleardesk.do_reschedule(s, c, o, r, e)
            WHEN 'deliver' THEN cleardesk.do_deliver(s, o, r, e)
            WHEN 'open_return' THEN cleardesk.do_open_return(s, o, r, e)
            WHEN 'set_limit' THEN cleardesk.do_set_limit(s, c.store, e.amount)
        END;
        CONTINUE WHEN one IS NULL;
        did := did || (one -> 'did');
        made := made || (one -> 'made');
    END LOOP;
    RETURN jsonb_build_object('did', did, 'made', made);
END
$$;

-- Makes a linked order, numbered after the one it goes with, or after store and day. A
-- supplement is accepted at once and takes stock, or is refused; a re-order is judged like
-- any order. Neither is ever the repeat of another, so neither has a hash of its lines.
CREATE FUNCTION cleardesk.do_link(p_store text, o cleardesk.orders, p_link text, p_lines jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    today date := (now() AT TIME ZONE cleardesk.platform_zone())::date;
    stem  text := coalesce(o.order_no, p_store || '-' || to_char(today, 'YYYYMMDD')) || CASE p_link WHEN 'supplement' THEN '-S' ELSE '-R' END;
    n     cleardesk.orders;
    nth   integer := 1;
BEGIN
    IF p_store IS NULL THEN
        PERFORM cleardesk.deny('CD409', 'an order is one store''s');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('link ' || stem, 17)); -- two at once would take one number
    WHILE EXISTS (SELECT FROM cleardesk.orders x WHERE x.order_no = stem || nth) LOOP
        nth := nth + 1;
    END LOOP;
    INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, link, linked_to, judged, accepted_at, content)
    SELECT stem || nth, p_store, now(), today, CASE p_link WHEN 'supplement' THEN 'accepted' ELSE 'placed' END,
           sum(cleardesk.line_amount((l.e ->> 'quantity')::bigint, coalesce((l.e ->> 'price')::bigint, 0))), count(*), p_link, o.id,
           p_link = 'supplement', CASE p_link WHEN 'supplement' THEN now() END, ''
    FROM jsonb_array_elements(p_lines) l (e) RETURNING * INTO n;
    INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount)
    SELECT n.id, l.ord, l.e ->> 'product', (l.e ->> 'quantity')::bigint, (l.e ->> 'quantity')::bigint, coalesce((l.e ->> 'price')::bigint, 0),
           cleardesk.line_amount((l.e ->> 'quantity')::bigint, coalesce((l.e ->> 'price')::bigint, 0))
    FROM jsonb_array_elements(p_lines) WITH ORDINALITY l (e, ord);
    IF p_link = 'supplement' THEN
        PERFORM cleardesk.take_stock(n.id);
        PERFORM cleardesk.watch_orders(ARRAY[n.id]);
    ELSE
        INSERT INTO cleardesk.waiting (what, order_id) VALUES ('order', n.id);
    END IF;
    RETURN jsonb_build_object('did', cleardesk.linked_did(n), 'made', cleardesk.link_decisions(n, o.order_no));
END
$$;
CREATE FUNCTION cleardesk.linked_did(n cleardesk.orders) RETURNS jsonb LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('op', n.link, 'order_id', n.id, 'order_no', n.order_no, 'state', n.state, 'amount', n.total)
$$;
CREATE FUNCTION cleardesk.link_decisions(n cleardesk.orders, p_to text) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT jsonb_build_array(jsonb_build_object('what', 'order_linked', 'order_no', n.order_no, 'detail', jsonb_build_object(
            'link', n.link, 'to', p_to, 'store', n.store, 'placed_at', n.placed_at, 'total', n.total, 'lines', (
                SELECT jsonb_agg(jsonb_build_object('line', l.line_no, 'product', l.product, 'quantity', l.quantity, 'price', l.price)
                    ORDER BY l.line_no) FROM cleardesk.order_line l WHERE l.order_id = n.id))))
        || CASE n.state WHEN 'accepted' THEN jsonb_build_array(jsonb_build_object('what', 'order_accepted', 'order_no', n.order_no,
            'detail', jsonb_build_object('total', n.total, 'lines', (
                SELECT jsonb_agg(l.line_no ORDER BY l.line_no) FROM cleardesk.order_line l WHERE l.order_id = n.id)))) ELSE '[]' END
$$;
-- Takes the stock of a whole order, or refuses: there is too little of a product.
CREATE FUNCTION cleardesk.take_stock(p_order bigint) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    short record;
BEGIN
    SELECT p.code, greatest(0, p.stock - p.reserved) AS available, sum(l.quantity)::bigint AS wanted INTO short
    FROM cleardesk.order_line l JOIN cleardesk.product p ON p.code = l.product WHERE l.order_id = p_order
    GROUP BY p.code HAVING sum(l.quantity) > p.stock - p.reserved ORDER BY p.code COLLATE "C" LIMIT 1;
    IF short IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('there is not enough of %s: %s of %s thousandths', short.code, short.available, short.wanted),
            jsonb_build_object('stock', 'short', 'product', short.code, 'left', short.available, 'wanted', short.wanted));
    END IF;
    PERFORM cleardesk.judge_reserve(array_agg(l.order_id), array_agg(l.line_no), false) FROM cleardesk.order_line l WHERE l.order_id = p_order;
END
$$;

-- Lines that are let go after their order was allocated leave it and become a supplement
-- at their own price ("Holds"); more than there is of them is no news by now.
CREATE FUNCTION cleardesk.move_late(o cleardesk.orders, p_lines integer[]) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    moved jsonb;
    one   jsonb;
    n     cleardesk.orders;
BEGIN
    IF cardinality(p_lines) = 0 THEN
        RETURN '{"made": [], "changed": [], "did": []}';
    END IF;
    WITH gone AS (
        UPDATE cleardesk.order_line l SET cancelled = true, reserved = false, version = l.version + 1
        FROM cleardesk.order_line was WHERE was.order_id = l.order_id AND was.line_no = l.line_no
          AND l.order_id = o.id AND l.line_no = ANY (p_lines)
        RETURNING l.line_no, l.product, l.quantity, l.price, l.amount, was.reserved
    ), stock AS (
        UPDATE cleardesk.product p SET reserved = p.reserved - x.n
        FROM (SELECT g.product, sum(g.quantity)::bigint AS n FROM gone g WHERE g.reserved GROUP BY g.product) x WHERE p.code = x.product
    )
    SELECT jsonb_agg(jsonb_build_object('line', g.line_no, 'product', g.product, 'quantity', g.quantity, 'price', g.price, 'amount', g.amount)
        ORDER BY g.line_no) INTO moved FROM gone g;
    PERFORM cleardesk.total_order(o.id);
    one := cleardesk.do_link(o.store, o, 'supplement', moved);
    RETURN jsonb_build_object('did', jsonb_build_array(one -> 'did'), 'made', (
            SELECT jsonb_agg(jsonb_build_object('what', 'line_cancelled', 'order_no', o.order_no, 'line_no', m.e -> 'line', 'detail',
                jsonb_build_object('old', m.e -> 'quantity', 'new', 0, 'moved', one -> 'did' -> 'order_no',
                    'total', (SELECT x.total FROM cleardesk.orders x WHERE x.id = o.id))) ORDER BY m.ord)
            FROM jsonb_array_elements(moved) WITH ORDINALITY m (e, ord)) || (one -> 'made'),
        'changed', (SELECT jsonb_agg(jsonb_build_object('line', m.e -> 'line', 'product', m.e -> 'product', 'old', m.e -> 'quantity', 'new', 0,
                'old_amount', m.e -> 'amount', 'new_amount', 0) ORDER BY m.ord) FROM jsonb_array_elements(moved) WITH ORDINALITY m (e, ord)));
END
$$;

CREATE FUNCTION cleardesk.do_adjust(s cleardesk.staff, o cleardesk.orders, r cleardesk.resolution_record, e cleardesk.effect) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    x cleardesk.adjustment;
BEGIN
    INSERT INTO cleardesk.adjustment (store, order_id, line_no, what, amount, record_id, by_login)
    VALUES (o.store, o.id, e.line, CASE r.kind WHEN 'overweight' THEN 'charge' WHEN 'return' THEN 'return' ELSE 'credit' END, e.amount, r.id, s.login)
    RETURNING * INTO x;
    RETURN jsonb_build_object('did', jsonb_build_object('op', 'adjust', 'id', x.id, 'line', x.line_no, 'what', x.what, 'amount', x.amount),
        'made', cleardesk.adjust_decisions(o.order_no, x));
END
$$;
CREATE FUNCTION cleardesk.adjust_decisions(p_order_no text, x cleardesk.adjustment) RETURNS jsonb LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_array(jsonb_build_object('what', 'settlement_adjusted', 'order_no', p_order_no, 'line_no', nullif(x.line_no, 0),
        'detail', jsonb_strip_nulls(jsonb_build_object('id', x.id, 'store', x.store, 'what', x.what, 'amount', x.amount, 'reverses', x.reverses))))
$$;

-- Puts goods back into stock, where it is known; what the platform tells of it is compared
-- with both what there is and what has gone.
CREATE FUNCTION cleardesk.do_restock(o cleardesk.orders, p_record bigint, p_product text, p_line integer, p_quantity bigint) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    p   cleardesk.product;
    why text := CASE WHEN p_quantity < 0 THEN 'reversed' ELSE 'restocked' END;
BEGIN
    UPDATE cleardesk.product x SET stock = x.stock + p_quantity, gone = x.gone - CASE WHEN x.stock IS NULL THEN 0 ELSE p_quantity END
    WHERE x.code = p_product RETURNING * INTO p;
    IF p.stock IS NOT NULL THEN
        INSERT INTO cleardesk.stock_move (product, why, delta, stock, order_id, record_id)
        VALUES (p.code, why, p_quantity, p.stock, o.id, p_record);
    END IF;
    RETURN jsonb_build_object('did', jsonb_build_object('op', 'restock', 'line', p_line, 'product', p.code, 'quantity', p_quantity),
        'made', jsonb_build_array(jsonb_build_object('what', 'stock_corrected', 'order_no', o.order_no, 'detail',
            jsonb_build_object('product', p.code, 'why', why, 'delta', p_quantity, 'stock', p.stock))));
END
$$;

-- Plans the delivery anew; the store is promised it, and the order is looked at then.
CREATE FUNCTION cleardesk.do_reschedule(s cleardesk.staff, c cleardesk.cases, o cleardesk.orders, r cleardesk.resolution_record, e cleardesk.effect)
RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    was   cleardesk.delivery_plan;
    watch cleardesk.order_watch;
    plan  bigint;
BEGIN
    SELECT * INTO was FROM cleardesk.delivery_plan x WHERE x.order_id = o.id ORDER BY x.id DESC LIMIT 1;
    SELECT * INTO watch FROM cleardesk.order_watch x WHERE x.order_id = o.id FOR UPDATE;
    INSERT INTO cleardesk.delivery_plan (order_id, due, route, why, record_id, by_login)
    VALUES (o.id, e.at, coalesce(was.route, ''), left(coalesce(nullif(r.reason_text, ''), r.reason), 400), r.id, s.login) RETURNING id INTO plan;
    INSERT INTO cleardesk.promise (store, case_id, order_id, what, due, by_login) VALUES (o.store, c.id, o.id, o.order_no, e.at, s.login); -- in no language
    INSERT INTO cleardesk.order_watch (order_id, stage, due, next_check) VALUES (o.id, 'delivered', e.at, e.at)
    ON CONFLICT (order_id) DO UPDATE SET stage = excluded.stage, due = excluded.due, next_check = excluded.next_check, queued = false;
    RETURN jsonb_build_object('did', jsonb_build_object('op', 'reschedule', 'id', plan, 'at', e.at, 'before_at', was.due, 'watch', to_jsonb(watch)),
        'made', jsonb_build_array(jsonb_build_object('what', 'delivery_planned', 'order_no', o.order_no,
            'detail', jsonb_build_object('due', e.at, 'route', coalesce(was.route, '')))));
END
$$;

-- Tells, as the platform would have, that an order was delivered.
CREATE FUNCTION cleardesk.do_deliver(s cleardesk.staff, o cleardesk.orders, r cleardesk.resolution_record, e cleardesk.effect) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    told bigint := cleardesk.take_event('stage', 'record ' || r.id, o.store, o.id, e.at, '{"stage": "delivered"}', s.login, NULL, NULL);
BEGIN
    RETURN jsonb_build_object('did', jsonb_build_object('op', 'deliver', 'id', told, 'at', e.at), 'made', '[]'::jsonb);
END
$$;

-- What cannot be exchanged is returned: an event as if the store had asked for it, for the
-- reason and by the caller it wanted the exchange for.
CREATE FUNCTION cleardesk.do_open_return(s cleardesk.staff, o cleardesk.orders, r cleardesk.resolution_record, e cleardesk.effect) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    told bigint := (SELECT cleardesk.take_event('return', 'record ' || r.id, o.store, o.id, now(), jsonb_strip_nulls(jsonb_build_object(
        'why', coalesce(nullif(a.evidence ->> 'told', ''), 'other'), 'caller', a.evidence ->> 'caller', 'text', r.reason_text,
        'lines', jsonb_build_array(jsonb_build_object('line', l.line_no, 'product', l.product, 'quantity', e.quantity)))),
        s.login, NULL, NULL) FROM cleardesk.order_line l, cleardesk.anomaly a WHERE l.order_id = o.id AND l.line_no = e.line AND a.id = r.anomaly_id);
BEGIN
    RETURN jsonb_build_object('did', jsonb_build_object('op', 'open_return', 'id', told, 'line', e.line, 'quantity', e.quantity), 'made', '[]'::jsonb);
END
$$;

-- Sets a store's limit on cash on delivery. What held before is kept as it was written:
-- the store's own, the one the platform told, or the one for all.
CREATE FUNCTION cleardesk.do_set_limit(s cleardesk.staff, p_store text, p_amount bigint) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    before text := (SELECT coalesce(
        (SELECT x.value FROM cleardesk.setting x WHERE x.name = 'limit.cod' AND x.scope = 'store' AND x.key = p_store AND x.valid_from <= now()
         ORDER BY x.valid_from DESC, x.id DESC LIMIT 1),
        (SELECT cleardesk.yuan(t.cod_limit) FROM cleardesk.store t WHERE t.code = p_store),
        (SELECT x.value FROM cleardesk.setting x WHERE x.name = 'limit.cod' AND x.scope = 'platform' AND x.key = '' AND x.valid_from <= now()
         ORDER BY x.valid_from DESC, x.id DESC LIMIT 1), '20000.00'));
    new    bigint;
BEGIN
    INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
    VALUES ('limit.cod', 'store', p_store, now(), cleardesk.yuan(p_amount), s.login) RETURNING id INTO new;
    RETURN jsonb_build_object('did', jsonb_build_object('op', 'set_limit', 'id', new, 'amount', p_amount, 'before', before), 'made', '[]'::jsonb);
END
$$;
CREATE FUNCTION cleardesk.yuan(p_fen bigint) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT (p_fen / 100)::text || '.' || lpad((p_fen % 100)::text, 2, '0')
$$;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP FUNCTION cleardesk.yuan(bigint), cleardesk.do_set_limit(cleardesk.staff, text, bigint),
    cleardesk.do_open_return(cleardesk.staff, cleardesk.orders, cleardesk.resolution_record, cleardesk.effect),
    cleardesk.do_deliver(cleardesk.staff, cleardesk.orders, cleardesk.resolution_record, cleardesk.effect),
    cleardesk.do_reschedule(cleardesk.staff, cleardesk.cases, cleardesk.orders, cleardesk.resolution_record, cleardesk.effect),
    cleardesk.do_restock(cleardesk.orders, bigint, text, integer, bigint), cleardesk.adjust_decisions(text, cleardesk.adjustment),
    cleardesk.do_adjust(cleardesk.staff, cleardesk.orders, cleardesk.resolution_record, cleardesk.effect),
    cleardesk.move_late(cleardesk.orders, integer[]), cleardesk.take_stock(bigint), cleardesk.link_decisions(cleardesk.orders, text),
    cleardesk.linked_did(cleardesk.orders), cleardesk.do_link(text, cleardesk.orders, text, jsonb),
    cleardesk.do_effects(uuid, cleardesk.staff, cleardesk.cases, cleardesk.orders, jsonb),
    cleardesk.guard_returned(cleardesk.cases, cleardesk.orders, cleardesk.anomaly, cleardesk.effect),
    cleardesk.guard_open_return(cleardesk.orders, cleardesk.anomaly, cleardesk.effect), cleardesk.came(bigint, cleardesk.anomaly, integer),
    cleardesk.guard_delivery(cleardesk.orders, cleardesk.effect),
    cleardesk.guard_restock(cleardesk.orders, cleardesk.anomaly, cleardesk.effect),
    cleardesk.guard_adjust(cleardesk.orders, cleardesk.anomaly, cleardesk.effect),
    cleardesk.guard_linked(cleardesk.orders, cleardesk.anomaly, cleardesk.effect),
    cleardesk.guard_beside(cleardesk.cases, cleardesk.orders, cleardesk.anomaly, cleardesk.effect);
RESET ROLE;
-- +goose StatementEnd
