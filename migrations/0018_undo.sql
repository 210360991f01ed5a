-- What a write did beside its order is taken back by counter-entries: the linked order is
-- cancelled, the money booked the other way, the plan and the limit are those of before.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- Whether a write changed its order: then the order's way, and what was found on it since,
-- stand against taking the write back.
CREATE FUNCTION cleardesk.touched(w cleardesk.written) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.order_id IS NOT NULL AND (w.found -> 'lines' <> '[]' OR w.found -> 'holds' <> '[]' OR w.found ->> 'state' <> w.found ->> 'left')
$$;

-- Until when a write can be taken back: picking, where that matters to its case; the
-- delivery it planned; else the last of its moments. NULL: nobody knows.
CREATE FUNCTION cleardesk.stops_at(c cleardesk.cases, w cleardesk.written) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(min((m ->> 'at')::timestamptz) FILTER (WHERE m ->> 'what' = 'picking'),
        (SELECT max((d.e ->> 'at')::timestamptz) FROM jsonb_array_elements(w.found -> 'did') d (e) WHERE d.e ->> 'op' = 'reschedule'),
        max((m ->> 'at')::timestamptz))
    FROM jsonb_array_elements(c.moments) m
$$;

-- What of a write can no longer be stopped, as domain.ReversalBar; NULL: nothing. A linked
-- order has left or is being handled, goods were told delivered, a return is under way,
-- another limit was set since.
CREATE FUNCTION cleardesk.past_undoing(w cleardesk.written) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT min(CASE d.e ->> 'op'
        WHEN 'set_limit' THEN (SELECT 'changed' FROM cleardesk.setting x JOIN cleardesk.setting y ON (y.name, y.scope, y.key) = (x.name, x.scope, x.key)
            WHERE x.id = (d.e ->> 'id')::bigint AND y.id > x.id LIMIT 1)
        WHEN 'deliver' THEN 'linked'
        WHEN 'open_return' THEN (SELECT 'linked' FROM cleardesk.anomaly a WHERE a.event_id = (d.e ->> 'id')::bigint LIMIT 1)
        ELSE (SELECT 'linked' FROM cleardesk.orders o WHERE o.id = (d.e ->> 'order_id')::bigint
              AND (o.state NOT IN ('placed', 'accepted', 'allocated') OR EXISTS (SELECT FROM cleardesk.cases c WHERE c.order_id = o.id)))
        END)
    FROM jsonb_array_elements(w.found -> 'did') d (e)
$$;

-- Locks what taking a write back touches, in the order everybody locks in; the caller has
-- the cases.
CREATE FUNCTION cleardesk.lock_written(w cleardesk.written) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    its bigint[] := ARRAY(SELECT w.order_id UNION SELECT (d.e ->> 'order_id')::bigint FROM jsonb_array_elements(w.found -> 'did') d (e));
BEGIN
    PERFORM FROM cleardesk.orders x WHERE x.id = ANY (its) ORDER BY x.id FOR UPDATE;
    PERFORM FROM cleardesk.order_line l WHERE l.order_id = ANY (its) ORDER BY l.order_id, l.line_no FOR UPDATE;
    PERFORM FROM cleardesk.product p
    WHERE p.code IN (SELECT l.product FROM cleardesk.order_line l WHERE l.order_id = ANY (its)
                     UNION SELECT d.e ->> 'product' FROM jsonb_array_elements(w.found -> 'did') d (e))
    ORDER BY p.code FOR UPDATE;
END
$$;

-- Takes back what a write did beside its order, the last first. {undone, made}: undone is
-- what was done, as domain.EffectDone has it.
CREATE FUNCTION cleardesk.undo_effects(s cleardesk.staff, w cleardesk.written) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    d      jsonb;
    made   jsonb := '[]';
    undone jsonb := '[]';
BEGIN
    FOR d IN SELECT x.e FROM jsonb_array_elements(w.found -> 'did') WITH ORDINALITY x (e, ord) ORDER BY x.ord DESC LOOP
        made := made || CASE d ->> 'op'
            WHEN 'adjust' THEN cleardesk.undo_adjust(s, (d ->> 'id')::bigint)
            WHEN 'restock' THEN cleardesk.undo_restock(w, d)
            WHEN 'reschedule' THEN cleardesk.undo_reschedule(s, w, d)
            WHEN 'open_return' THEN cleardesk.undo_open_return((d ->> 'id')::bigint)
            WHEN 'set_limit' THEN cleardesk.undo_limit(s, d)
            ELSE cleardesk.undo_link(s, (d ->> 'order_id')::bigint) END;
        undone := undone || d;
    END LOOP;
    RETURN jsonb_build_object('undone', undone, 'made', made);
END
$$;

-- Cancels a linked order with its stock; what waits of it is judged no more.
CREATE FUNCTION cleardesk.undo_link(s cleardesk.staff, p_order bigint) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    UPDATE cleardesk.product p SET reserved = p.reserved - x.n
    FROM (SELECT l.product, sum(l.quantity)::bigint AS n FROM cleardesk.order_line l WHERE l.order_id = p_order AND l.reserved GROUP BY l.product) x
    WHERE p.code = x.product;
    UPDATE cleardesk.order_line l SET cancelled = true, reserved = false, waiting = false, version = l.version + 1
    WHERE l.order_id = p_order AND NOT l.cancelled;
    PERFORM cleardesk.total_order(p_order);
    DELETE FROM cleardesk.waiting x WHERE x.order_id = p_order;
    RETURN (SELECT jsonb_build_array(jsonb_build_object('what', 'order_cancelled', 'order_no', o.order_no)) FROM cleardesk.orders o WHERE o.id = p_order);
END
$$;

CREATE FUNCTION cleardesk.undo_adjust(s cleardesk.staff, p_id bigint) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    x cleardesk.adjustment;
BEGIN
    INSERT INTO cleardesk.adjustment (store, order_id, line_no, what, amount, record_id, reverses, by_login)
    SELECT a.store, a.order_id, a.line_no, a.what, -a.amount, a.record_id, a.id, s.login FROM cleardesk.adjustment a WHERE a.id = p_id
    RETURNING * INTO x;
    RETURN cleardesk.adjust_decisions((SELECT o.order_no FROM cleardesk.orders o WHERE o.id = x.order_id), x);
END
$$;

-- Goods go out of stock again; where they are gone already it is refused.
CREATE FUNCTION cleardesk.undo_restock(w cleardesk.written, d jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    o cleardesk.orders;
    p cleardesk.product;
    n bigint := (d ->> 'quantity')::bigint;
BEGIN
    SELECT * INTO o FROM cleardesk.orders x WHERE x.id = w.order_id;
    SELECT * INTO p FROM cleardesk.product x WHERE x.code = d ->> 'product';
    IF p.stock < n THEN
        PERFORM cleardesk.deny('CD409', format('there is not enough of %s any more: %s of %s thousandths', p.code, p.stock, n),
            jsonb_build_object('reverse', 'stock', 'product', p.code, 'left', p.stock, 'wanted', n));
    END IF;
    RETURN cleardesk.do_restock(o, (SELECT min(r.id) FROM cleardesk.resolution_record r WHERE r.op = w.op), p.code, 0, -n) -> 'made';
END
$$;

-- The plan of before counts again, and where there was none the promise that was looked
-- at. The store was promised the time that is taken back: that stays on record.
CREATE FUNCTION cleardesk.undo_reschedule(s cleardesk.staff, w cleardesk.written, d jsonb) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    watch jsonb := nullif(d -> 'watch', 'null');
    due   timestamptz := coalesce((d ->> 'before_at')::timestamptz, (watch ->> 'due')::timestamptz);
    route text := (SELECT p.route FROM cleardesk.delivery_plan p WHERE p.id = (d ->> 'id')::bigint);
BEGIN
    IF due IS NOT NULL THEN
        INSERT INTO cleardesk.delivery_plan (order_id, due, route, why, by_login) VALUES (w.order_id, due, route, 'reversed', s.login);
    END IF;
    IF watch IS NULL THEN
        DELETE FROM cleardesk.order_watch x WHERE x.order_id = w.order_id;
    ELSE
        UPDATE cleardesk.order_watch x SET stage = watch ->> 'stage', due = (watch ->> 'due')::timestamptz,
            next_check = (watch ->> 'next_check')::timestamptz, queued = false WHERE x.order_id = w.order_id;
    END IF;
    RETURN (SELECT jsonb_build_array(jsonb_build_object('what', 'delivery_planned', 'order_no', o.order_no,
        'detail', jsonb_build_object('due', due, 'route', route))) FROM cleardesk.orders o WHERE o.id = w.order_id);
END
$$;

-- A return that nobody has seen yet is not judged; that it was told stays on record.
CREATE FUNCTION cleardesk.undo_open_return(p_event bigint) RETURNS jsonb LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    DELETE FROM cleardesk.waiting x WHERE x.event_id = p_event;
    SELECT cleardesk.catalogue_moved(); -- a judge that has it in hand begins again
    SELECT '[]'::jsonb
$$;

CREATE FUNCTION cleardesk.undo_limit(s cleardesk.staff, d jsonb) RETURNS jsonb LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
    SELECT x.name, x.scope, x.key, now(), d ->> 'before', s.login FROM cleardesk.setting x WHERE x.id = (d ->> 'id')::bigint;
    SELECT '[]'::jsonb
$$;
GRANT EXECUTE ON FUNCTION cleardesk.past_undoing(cleardesk.written) TO cleardesk_staff;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP FUNCTION cleardesk.undo_limit(cleardesk.staff, jsonb), cleardesk.undo_open_return(bigint),
    cleardesk.undo_reschedule(cleardesk.staff, cleardesk.written, jsonb), cleardesk.undo_restock(cleardesk.written, jsonb),
    cleardesk.undo_adjust(cleardesk.staff, bigint), cleardesk.undo_link(cleardesk.staff, bigint),
    cleardesk.undo_effects(cleardesk.staff, cleardesk.written), cleardesk.lock_written(cleardesk.written),
    cleardesk.past_undoing(cleardesk.written), cleardesk.stops_at(cleardesk.cases, cleardesk.written), cleardesk.touched(cleardesk.written);
RESET ROLE;
-- +goose StatementEnd
