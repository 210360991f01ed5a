-- What is told beside orders goes in here, by whoever has the store on the phone, and what
-- files of the platform bring (0019). An event is a fact; what it does to its order, and
-- the order to the stock, is done with it. The judge sees it after that.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- How far along its way an order in a state is; NULL for one that has left it.
CREATE FUNCTION cleardesk.order_way(p_state text) RETURNS integer LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_position(ARRAY['placed', 'accepted', 'allocated', 'shipped', 'delivered', 'received', 'settled'], p_state)
$$;

-- Whether a stage may follow a state: domain.OrderState.CanFollow gives the same.
CREATE FUNCTION cleardesk.can_follow(p_state text, p_next text) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT CASE p_next
        WHEN 'refused' THEN p_state IN ('accepted', 'allocated', 'shipped', 'delivered')
        ELSE coalesce(cleardesk.order_way(p_state) BETWEEN 2 AND cleardesk.order_way(p_next) - 1, false) END
$$;

-- Locks orders with all that an act on them touches, in the order everybody locks in:
-- their cases, the orders, their lines, the products.
CREATE FUNCTION cleardesk.lock_orders(p_orders bigint[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM FROM cleardesk.cases c WHERE c.order_id = ANY (p_orders) AND c.state <> 'closed' ORDER BY c.id FOR UPDATE;
    PERFORM FROM cleardesk.orders o WHERE o.id = ANY (p_orders) ORDER BY o.id FOR UPDATE;
    PERFORM FROM cleardesk.order_line l WHERE l.order_id = ANY (p_orders) ORDER BY l.order_id, l.line_no FOR UPDATE;
    PERFORM FROM cleardesk.product p
    WHERE p.code IN (SELECT l.product FROM cleardesk.order_line l WHERE l.order_id = ANY (p_orders)) ORDER BY p.code FOR UPDATE;
END
$$;

-- What an order had reserved leaves with the van: it is no stock any more.
CREATE FUNCTION cleardesk.ship_lines(p_order bigint) RETURNS void LANGUAGE sql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH freed AS (
        UPDATE cleardesk.order_line l SET reserved = false WHERE l.order_id = p_order AND l.reserved RETURNING l.product, l.quantity
    ), wanted AS (
        SELECT f.product, sum(f.quantity)::bigint AS n, least(sum(f.quantity)::bigint, p.stock) AS takes
        FROM freed f JOIN cleardesk.product p ON p.code = f.product GROUP BY f.product, p.stock
    ), moved AS (
        UPDATE cleardesk.product p
        SET reserved = greatest(0, p.reserved - w.n), stock = p.stock - w.takes,
            gone = p.gone + CASE WHEN p.stock IS NULL THEN 0 ELSE w.takes END
        FROM wanted w WHERE p.code = w.product
        RETURNING p.code, w.takes, p.stock
    )
    INSERT INTO cleardesk.stock_move (product, why, delta, stock, order_id)
    SELECT m.code, 'shipped', -m.takes, m.stock, p_order FROM moved m WHERE m.stock IS NOT NULL ORDER BY m.code
$$;

-- What an order had taken is there again: what left with the van comes back with it,
-- what was only reserved is free.
CREATE FUNCTION cleardesk.unship_lines(p_order bigint) RETURNS void LANGUAGE sql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH freed AS (
        UPDATE cleardesk.order_line l SET reserved = false WHERE l.order_id = p_order AND l.reserved RETURNING l.product, l.quantity
    ), back AS (
        SELECT m.product, -sum(m.delta)::bigint AS n FROM cleardesk.stock_move m WHERE m.order_id = p_order GROUP BY m.product
    ), wanted AS (
        SELECT p.code, coalesce((SELECT sum(f.quantity) FROM freed f WHERE f.product = p.code), 0)::bigint AS was_reserved,
               coalesce(b.n, 0) AS n
        FROM cleardesk.product p LEFT JOIN back b ON b.product = p.code
        WHERE p.code IN (SELECT f.product FROM freed f UNION SELECT x.product FROM back x)
    ), moved AS (
        UPDATE cleardesk.product p
        SET reserved = greatest(0, p.reserved - w.was_reserved), stock = p.stock + w.n, gone = p.gone - w.n
        FROM wanted w WHERE p.code = w.code
        RETURNING p.code, w.n, p.stock
    )
    INSERT INTO cleardesk.stock_move (product, why, delta, stock, order_id)
    SELECT m.code, 'restocked', m.n, m.stock, p_order FROM moved m WHERE m.n <> 0 AND m.stock IS NOT NULL ORDER BY m.code
$$;

-- Brings an order to the furthest stage told of it, unless a hold on the whole order
-- stops it or it was never accepted: then it is barred, and goes on once the hold is
-- released and this is asked again. {"was", "state", "barred"}
CREATE FUNCTION cleardesk.advance_order(p_order bigint) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    o       cleardesk.orders;
    told    text[];
    reached text;
    ends    text;
    barred  boolean;
BEGIN
    PERFORM cleardesk.lock_orders(ARRAY[p_order]);
    SELECT * INTO o FROM cleardesk.orders x WHERE x.id = p_order;
    IF o.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no order %s', p_order));
    END IF;
    SELECT coalesce(array_agg(DISTINCT e.detail ->> 'stage'), '{}') INTO told FROM cleardesk.event e
    WHERE e.order_id = o.id AND e.what = 'stage' AND e.detail ->> 'stage' <> 'planned';
    SELECT t INTO reached FROM unnest(told) t WHERE t <> 'refused' AND cleardesk.can_follow(o.state, t)
    ORDER BY cleardesk.order_way(t) DESC LIMIT 1;
    reached := coalesce(reached, o.state);
    ends := CASE WHEN 'refused' = ANY (told) AND cleardesk.can_follow(reached, 'refused') THEN 'refused' ELSE reached END;
    barred := cardinality(told) > 0 AND o.state IN ('placed', 'cancelled') OR ends <> o.state AND EXISTS (
        SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no = 0 AND h.released_at IS NULL);
    IF barred OR ends = o.state THEN
        RETURN jsonb_build_object('was', o.state, 'state', o.state, 'barred', barred);
    END IF;
    IF cleardesk.order_way(o.state) < 4 AND cleardesk.order_way(reached) >= 4 THEN
        PERFORM cleardesk.ship_lines(o.id);
    END IF;
    IF ends = 'refused' THEN
        PERFORM cleardesk.unship_lines(o.id);
    END IF;
    UPDATE cleardesk.orders SET state = ends, version = version + 1 WHERE id = o.id;
    UPDATE cleardesk.cases SET version = version + 1 WHERE order_id = o.id AND state <> 'closed';
    RETURN jsonb_build_object('was', o.state, 'state', ends, 'barred', false);
END
$$;

-- What is kept of an event as it was told: the fields its kind has, of domain.Event.
-- A value that cannot be is refused.
CREATE FUNCTION cleardesk.event_detail(p_what text, p_event jsonb, p_order_no text) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    lines jsonb := '[]';
    l     jsonb;
BEGIN
    IF p_what NOT IN ('stage', 'collection') AND p_event ->> 'lines' IS NOT NULL THEN
        IF jsonb_typeof(p_event -> 'lines') <> 'array' OR jsonb_array_length(p_event -> 'lines') > 500 THEN
            PERFORM cleardesk.deny('CD400', 'the lines of an event are a list of at most 500');
        END IF;
        FOR l IN SELECT e FROM jsonb_array_elements(p_event -> 'lines') e LOOP
            lines := lines || jsonb_strip_nulls(jsonb_build_object('line', nullif((l ->> 'line')::integer, 0),
                'product', (l ->> 'product')::cleardesk.code, 'quantity', (l ->> 'quantity')::cleardesk.quantity,
                'weight', (l ->> 'weight')::cleardesk.quantity, 'step_seen', (l ->> 'step_seen')::cleardesk.quantity,
                'why', nullif(l ->> 'why', '')::cleardesk.code));
            IF (l ->> 'quantity')::bigint < 0 OR (l ->> 'weight')::bigint < 0 OR (l ->> 'step_seen')::bigint <= 0
                OR (l ->> 'line')::integer < 0 OR p_what IN ('exchange', 'return') AND (l ->> 'quantity')::bigint = 0
            THEN
                PERFORM cleardesk.deny('CD400', 'a quantity or a line number of the event is not in range');
            END IF;
        END LOOP;
    END IF;
    IF p_what = 'stage' AND (p_event ->> 'stage' IN ('planned', 'allocated', 'shipped', 'delivered', 'received', 'refused')) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'there is no such stage');
    ELSIF p_what = 'stage' AND p_event ->> 'stage' = 'planned' AND p_event ->> 'due' IS NULL THEN
        PERFORM cleardesk.deny('CD400', 'a plan says when the delivery is due');
    ELSIF p_what = 'collection' AND p_event ->> 'amount' IS NULL THEN
        PERFORM cleardesk.deny('CD400', 'a collection has an amount');
    ELSIF p_what IN ('attempt', 'receipt', 'exchange', 'return') AND lines = '[]' THEN
        PERFORM cleardesk.deny('CD400', 'the event has no lines');
    END IF;
    RETURN jsonb_strip_nulls(jsonb_build_object('order_no', p_order_no, 'lines', nullif(lines, '[]'),
        'stage', CASE p_what WHEN 'stage' THEN p_event ->> 'stage' END,
        'due', CASE WHEN p_event ->> 'stage' = 'planned' THEN (p_event ->> 'due')::cleardesk.moment END,
        'route', CASE p_what WHEN 'stage' THEN nullif(p_event ->> 'route', '')::cleardesk.words END,
        'amount', CASE p_what WHEN 'collection' THEN (p_event ->> 'amount')::cleardesk.money_fen END,
        'why', nullif(p_event ->> 'why', '')::cleardesk.code, 'text', nullif(p_event ->> 'text', '')::cleardesk.words,
        'slip', nullif(p_event ->> 'slip', '')::cleardesk.words, 'caller', nullif(p_event ->> 'caller', '')::cleardesk.words,
        'cause', nullif(p_event ->> 'cause', '')::cleardesk.words));
END
$$;

-- Finds which lines of an order those of an event are, by their number or, where only the
-- product is told, by that; a product that is none of the order's stands by itself.
-- What cannot be found speaks against the event: reason and what it is about.
CREATE FUNCTION cleardesk.event_lines(p_order bigint, p_lines jsonb) RETURNS TABLE (lines jsonb, reason text, about text)
LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT jsonb_agg(CASE WHEN f.line_no IS NULL THEN x.e ELSE x.e || jsonb_build_object('line', f.line_no, 'product', f.product) END
               ORDER BY x.ord),
           min(w.reason), min(w.about) FILTER (WHERE w.reason IS NOT NULL)
    FROM jsonb_array_elements(p_lines) WITH ORDINALITY x (e, ord)
    LEFT JOIN LATERAL (
        SELECT min(l.line_no) AS line_no, min(l.product) AS product, count(*) AS n FROM cleardesk.order_line l
        WHERE l.order_id = p_order AND CASE WHEN x.e ->> 'line' IS NULL
            THEN l.product = x.e ->> 'product' AND NOT l.cancelled
            ELSE l.line_no = (x.e ->> 'line')::integer AND (x.e ->> 'product' IS NULL OR l.product = x.e ->> 'product') END) f ON true
    LEFT JOIN LATERAL (
        SELECT CASE
            WHEN x.e ->> 'line' IS NULL AND x.e ->> 'product' IS NULL THEN 'no_lines'
            WHEN x.e ->> 'line' IS NOT NULL AND f.n = 0 THEN 'unknown_line'
            WHEN f.n > 1 THEN 'which_line'
            WHEN f.n = 0 AND NOT EXISTS (SELECT FROM cleardesk.product p WHERE p.code = x.e ->> 'product') THEN 'unknown_product' END AS reason,
            CASE WHEN x.e ->> 'line' IS NOT NULL THEN x.e ->> 'line' ELSE x.e ->> 'product' END AS about) w ON true
$$;

-- Writes an event and does what follows from it; the caller has looked at it, and locked
-- what lock_orders locks where it is a stage. The judge sees all but money and plans.
CREATE FUNCTION cleardesk.take_event(p_what text, p_key text, p_store text, p_order bigint, p_at timestamptz, p_detail jsonb,
    p_by text, p_import uuid, p_content bytea) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    id    bigint;
    stage text := CASE p_what WHEN 'stage' THEN p_detail ->> 'stage' END;
BEGIN
    INSERT INTO cleardesk.event (what, key, store, order_id, at, detail, by_login, import_id, content)
    VALUES (p_what, p_key, p_store, p_order, p_at, p_detail, p_by, p_import, p_content)
    RETURNING event.id INTO id;
    IF stage = 'planned' THEN
        INSERT INTO cleardesk.delivery_plan (order_id, due, route, event_id, by_login)
        VALUES (p_order, (p_detail ->> 'due')::timestamptz, coalesce(p_detail ->> 'route', ''), id, p_by);
        RETURN id;
    ELSIF p_what = 'collection' THEN
        RETURN id;
    END IF;
    INSERT INTO cleardesk.waiting (what, order_id, event_id) VALUES ('event', p_order, id);
    IF stage IS NOT NULL AND (cleardesk.advance_order(p_order) ->> 'barred')::boolean THEN
        INSERT INTO cleardesk.case_note (case_id, by_login, what, text)
        SELECT c.id, p_by, 'conflict', stage FROM cleardesk.cases c WHERE c.order_id = p_order AND c.state <> 'closed' ORDER BY c.id;
        UPDATE cleardesk.cases SET version = version + 1 WHERE order_id = p_order AND state <> 'closed';
    END IF;
    RETURN id;
END
$$;

-- Guards a counter-entry to money that was entered wrongly: no more is taken back than
-- there is.
CREATE FUNCTION cleardesk.may_take_back(p_order bigint, p_amount bigint) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    here bigint;
BEGIN
    PERFORM FROM cleardesk.orders o WHERE o.id = p_order FOR UPDATE;
    SELECT coalesce(sum((e.detail ->> 'amount')::bigint), 0) INTO here FROM cleardesk.event e
    WHERE e.order_id = p_order AND e.what = 'collection';
    IF here + p_amount < 0 THEN
        PERFORM cleardesk.deny('CD400', 'no more can be taken back than was collected', jsonb_build_object('collected', here));
    END IF;
END
$$;

-- Enters at the desk what a store reports; the key of the act is the event's. The order
-- is named by its id or its number, the store need not be. Money taken is the
-- accountant's to enter, a planned delivery the logistics centre's.
CREATE FUNCTION cleardesk.report(op uuid, p_event jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done   jsonb := cleardesk.answered(op, 'report');
    what   text := p_event ->> 'what';
    at     timestamptz := coalesce((p_event ->> 'at')::timestamptz, now());
    o      cleardesk.orders;
    store  text := nullif(p_event ->> 'store', '');
    detail jsonb;
    fit    record;
    id     bigint;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    IF what = 'collection' THEN
        PERFORM cleardesk.need('finance');
    ELSIF what = 'stage' AND p_event ->> 'stage' = 'planned' THEN
        PERFORM cleardesk.need('logistics');
    ELSE
        PERFORM cleardesk.need('agent', 'manager', 'expansion', 'logistics');
    END IF;
    IF (what IN ('attempt', 'change', 'stage', 'receipt', 'exchange', 'return', 'wrong_order', 'collection')) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'nothing of that kind is reported');
    ELSIF at > now() + interval '1 hour' THEN
        PERFORM cleardesk.deny('CD400', 'what is reported has happened already');
    END IF;
    IF what <> 'attempt' THEN
        SELECT * INTO o FROM cleardesk.orders x
        WHERE CASE WHEN coalesce((p_event ->> 'order_id')::bigint, 0) <> 0 THEN x.id = (p_event ->> 'order_id')::bigint
                   ELSE x.order_no = p_event ->> 'order_no' END;
        IF o.id IS NULL THEN
            PERFORM cleardesk.deny('CD404', 'there is no such order; name the one it is about');
        ELSIF store <> o.store THEN
            PERFORM cleardesk.deny('CD400', format('order %s is of store %s', o.order_no, o.store));
        END IF;
        store := o.store;
    END IF;
    IF NOT EXISTS (SELECT FROM cleardesk.store s WHERE s.code = store) THEN
        PERFORM cleardesk.deny('CD404', 'there is no such store');
    END IF;
    detail := cleardesk.event_detail(what, p_event, o.order_no);
    IF detail ? 'lines' THEN
        SELECT * INTO fit FROM cleardesk.event_lines(o.id, detail -> 'lines');
        IF fit.reason IS NOT NULL THEN
            PERFORM cleardesk.deny(CASE fit.reason WHEN 'which_line' THEN 'CD400' ELSE 'CD404' END,
                format('%s: %s', fit.reason, fit.about), jsonb_build_object('reason', fit.reason, 'about', fit.about));
        END IF;
        detail := detail || jsonb_build_object('lines', fit.lines);
    END IF;
    IF what = 'stage' THEN
        PERFORM cleardesk.lock_orders(ARRAY[o.id]);
    ELSIF what = 'collection' AND (detail ->> 'amount')::bigint < 0 THEN
        PERFORM cleardesk.may_take_back(o.id, (detail ->> 'amount')::bigint);
    END IF;
    id := cleardesk.take_event(what, op::text, store, o.id, at, detail, cleardesk.me(), NULL, NULL);
    RETURN cleardesk.answer(op, 'report', coalesce('order ' || o.order_no, 'store ' || store),
        jsonb_build_object('what', what, 'event', id), jsonb_build_object('event', id, 'order', o.id));
END
$$;

GRANT EXECUTE ON FUNCTION cleardesk.report(uuid, jsonb)
TO cleardesk_agent, cleardesk_manager, cleardesk_expansion, cleardesk_logistics, cleardesk_finance;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP FUNCTION cleardesk.report(uuid, jsonb), cleardesk.may_take_back(bigint, bigint),
    cleardesk.take_event(text, text, text, bigint, timestamptz, jsonb, text, uuid, bytea), cleardesk.event_lines(bigint, jsonb),
    cleardesk.event_detail(text, jsonb, text), cleardesk.advance_order(bigint), cleardesk.unship_lines(bigint),
    cleardesk.ship_lines(bigint), cleardesk.lock_orders(bigint[]), cleardesk.can_follow(text, text), cleardesk.order_way(text);
RESET ROLE;
-- +goose StatementEnd
