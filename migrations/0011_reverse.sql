-- Taking back what was written, by a counter-entry, while it can still be stopped. What
-- an order was like is kept with each write, so that it can be put back as it was; the
-- records stay, and a reversal says that they no longer hold.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- These hold facts, so they outlive this migration's way back.
-- One write of a case, with the order as it was found:
--   state, left          of the order, before and after
--   anomaly              the newest of the order then
--   free                 lines that stood and had taken no stock
--   lines                those that were changed: [{line, quantity, amount, reserved, waiting, verified}]
--   added                lines that were not there: substitutes
--   did                  what it did beside: [{op, …}], as domain.EffectDone has it
--   holds                that were active: [{anomaly, line, pending, record}]
CREATE TABLE IF NOT EXISTS cleardesk.written (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    op       uuid NOT NULL UNIQUE, -- of the records it wrote
    case_id  bigint NOT NULL REFERENCES cleardesk.cases,
    order_id bigint REFERENCES cleardesk.orders, -- NULL: of a case without one
    found    cleardesk.document NOT NULL,
    by_login cleardesk.login NOT NULL REFERENCES cleardesk.staff,
    at       cleardesk.moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS written_case ON cleardesk.written (case_id, id);
CREATE INDEX IF NOT EXISTS written_order ON cleardesk.written (order_id, id);
CREATE INDEX IF NOT EXISTS written_by ON cleardesk.written (by_login, id);
CREATE TABLE IF NOT EXISTS cleardesk.reversal (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    op         uuid NOT NULL UNIQUE,
    written_id bigint NOT NULL UNIQUE REFERENCES cleardesk.written,
    case_id    bigint NOT NULL REFERENCES cleardesk.cases,
    records    bigint[] NOT NULL,
    changed    cleardesk.document NOT NULL, -- what came back, as in the records
    reason     cleardesk.words NOT NULL CHECK (trim(reason) <> ''),
    by_login   cleardesk.login NOT NULL REFERENCES cleardesk.staff,
    at         cleardesk.moment NOT NULL DEFAULT now()
);
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['written', 'reversal'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OR DELETE ON cleardesk.%I
            FOR EACH ROW EXECUTE FUNCTION cleardesk.refuse_change()', t || '_appended', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON cleardesk.%I
            FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.refuse_change()', t || '_kept', t);
    END LOOP;
END
$$;

-- An anomaly that is open again is held again: one hold at a time, but more than one in
-- turn. Rows that make use of it may exist by now, so the way back leaves it.
ALTER TABLE cleardesk.hold DROP CONSTRAINT IF EXISTS hold_anomaly_id_key;
CREATE UNIQUE INDEX IF NOT EXISTS hold_anomaly_active ON cleardesk.hold (anomaly_id) WHERE released_at IS NULL;

-- The records that hold: those nobody has taken back.
CREATE VIEW cleardesk.standing_record WITH (security_invoker = true) AS
SELECT r.* FROM cleardesk.resolution_record r
LEFT JOIN cleardesk.written w ON w.op = r.op LEFT JOIN cleardesk.reversal v ON v.written_id = w.id
WHERE v.id IS NULL;

-- An order as it is, for putting it back. All its lines: the caller keeps those that
-- are changed. Without an order there is nothing to put back.
CREATE FUNCTION cleardesk.order_found(p_order bigint) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT jsonb_build_object('state', o.state,
            'anomaly', (SELECT coalesce(max(a.id), 0) FROM cleardesk.anomaly a WHERE a.order_id = o.id),
            'free', (SELECT coalesce(jsonb_agg(l.line_no ORDER BY l.line_no), '[]') FROM cleardesk.order_line l
                     WHERE l.order_id = o.id AND NOT l.cancelled AND NOT l.reserved),
            'lines', (SELECT coalesce(jsonb_agg(jsonb_build_object('line', l.line_no, 'quantity', l.quantity, 'amount', l.amount,
                          'reserved', l.reserved, 'waiting', l.waiting, 'verified', l.verified) ORDER BY l.line_no), '[]')
                      FROM cleardesk.order_line l WHERE l.order_id = o.id AND NOT l.cancelled),
            'holds', (SELECT coalesce(jsonb_agg(jsonb_build_object('anomaly', h.anomaly_id, 'line', h.line_no, 'pending', h.pending,
                          'record', h.record_id) ORDER BY h.id), '[]')
                      FROM cleardesk.hold h WHERE h.order_id = o.id AND h.released_at IS NULL))
        FROM cleardesk.orders o WHERE o.id = p_order), '{"state": "", "anomaly": 0, "free": [], "lines": [], "holds": []}')
$$;

-- Keeps a write with what it found: of the order's lines those that were changed, and
-- beside them what else it did.
CREATE FUNCTION cleardesk.keep_written(op uuid, s cleardesk.staff, c cleardesk.cases, o cleardesk.orders, p_found jsonb, p_changed jsonb,
    p_did jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    INSERT INTO cleardesk.written (op, case_id, order_id, found, by_login)
    VALUES (op, c.id, o.id, p_found || jsonb_build_object('left', coalesce(o.state, ''), 'did', p_did,
        'lines', (SELECT coalesce(jsonb_agg(f.e ORDER BY f.ord), '[]') FROM jsonb_array_elements(p_found -> 'lines') WITH ORDINALITY f (e, ord)
                  WHERE f.e -> 'line' IN (SELECT d.e -> 'line' FROM jsonb_array_elements(p_changed) d (e))),
        'added', (SELECT coalesce(jsonb_agg(d.e -> 'line' ORDER BY d.ord), '[]')
                  FROM jsonb_array_elements(p_changed) WITH ORDINALITY d (e, ord) WHERE d.e -> 'instead' IS NOT NULL)), s.login)
$$;

-- Whether the last write w of case c may be taken back by s, and if not, why: the
-- detail's "reverse" is domain.ReversalBar.
CREATE FUNCTION cleardesk.guard_reverse(s cleardesk.staff, c cleardesk.cases, w cleardesk.written, o cleardesk.orders) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    before cleardesk.reversal;
    until  timestamptz := cleardesk.stops_at(c, w);
    past   text := cleardesk.past_undoing(w);
BEGIN
    IF w.id IS NULL THEN
        PERFORM cleardesk.deny('CD409', format('nothing is on record of case %s that can be taken back', c.id), '{"reverse": "nothing"}');
    ELSIF s.login <> w.by_login AND NOT s.roles && '{manager}' THEN
        PERFORM cleardesk.deny('CD403', format('%s wrote case %s', w.by_login, c.id),
            '{"needs": "manager", "reverse": "not_yours"}' || cleardesk.who(w.by_login, w.at));
    END IF;
    SELECT * INTO before FROM cleardesk.reversal v WHERE v.written_id = w.id;
    IF before.id IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('case %s was taken back before', c.id),
            '{"reverse": "twice"}' || cleardesk.who(before.by_login, before.at));
    END IF;
    PERFORM cleardesk.guard_work(s, c);
    IF until IS NULL OR until <= clock_timestamp() THEN
        PERFORM cleardesk.deny('CD409', format('it is too late to take case %s back', c.id),
            jsonb_strip_nulls(jsonb_build_object('reverse', 'picking', 'at', until)));
    ELSIF past IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('what case %s set off cannot be stopped any more', c.id), jsonb_build_object('reverse', past));
    ELSIF cleardesk.touched(w) THEN
        PERFORM cleardesk.guard_untouched(w, o);
    END IF;
END
$$;
-- Whether the order of a write is as the write left it; one that went on its way with it
-- does not come back.
CREATE FUNCTION cleardesk.guard_untouched(w cleardesk.written, o cleardesk.orders) RETURNS void LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    later cleardesk.written;
BEGIN
    IF o.state <> w.found ->> 'left' AND NOT (w.found ->> 'left' = 'placed' AND o.state = 'accepted')
        OR w.found ->> 'left' NOT IN ('placed', 'accepted', 'cancelled', w.found ->> 'state')
    THEN
        PERFORM cleardesk.deny('CD409', format('order %s is %s', o.order_no, o.state),
            jsonb_build_object('reverse', 'state', 'state', o.state));
    END IF;
    SELECT * INTO later FROM cleardesk.written x
    WHERE x.order_id = w.order_id AND x.id > w.id AND NOT EXISTS (SELECT FROM cleardesk.reversal v WHERE v.written_id = x.id)
    ORDER BY x.id DESC LIMIT 1;
    IF later.id IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('order %s was written again since', o.order_no),
            '{"reverse": "later"}' || cleardesk.who(later.by_login, later.at));
    ELSIF EXISTS (SELECT FROM cleardesk.anomaly a WHERE a.order_id = o.id AND a.id > (w.found ->> 'anomaly')::bigint) THEN
        PERFORM cleardesk.deny('CD409', format('more was found in order %s since', o.order_no), '{"reverse": "judged"}');
    ELSIF EXISTS (
        SELECT FROM cleardesk.resolution_record r, jsonb_array_elements(r.changed -> 'lines') d (e), cleardesk.order_line l
        WHERE r.op = w.op AND l.order_id = o.id AND l.line_no = (d.e ->> 'line')::integer
          AND (d.e ->> 'new')::bigint <> CASE WHEN l.cancelled THEN 0 ELSE l.quantity END)
    THEN
        PERFORM cleardesk.deny('CD409', format('lines of order %s changed since', o.order_no), '{"reverse": "changed"}');
    END IF;
END
$$;

-- Places the holds again that were active and are not any more; those a change had
-- answered since are open again. One that was answered before stays gone where the
-- judge has seen its line. Answers [{line, kind}] of those placed.
CREATE FUNCTION cleardesk.restore_holds(w cleardesk.written) RETURNS jsonb LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH was AS (
        SELECT (f.e ->> 'anomaly')::bigint AS anomaly, (f.e ->> 'line')::integer AS line, (f.e ->> 'pending')::boolean AS pending,
               (f.e ->> 'record')::bigint AS record, f.ord
        FROM jsonb_array_elements(w.found -> 'holds') WITH ORDINALITY f (e, ord)
    ), opened AS (
        UPDATE cleardesk.hold h SET pending = false, record_id = NULL
        FROM was x WHERE h.anomaly_id = x.anomaly AND h.released_at IS NULL AND h.pending AND NOT x.pending
    ), placed AS (
        INSERT INTO cleardesk.hold (order_id, line_no, anomaly_id, pending, record_id)
        SELECT w.order_id, x.line, x.anomaly, x.pending, x.record FROM was x
        WHERE NOT EXISTS (SELECT FROM cleardesk.hold h WHERE h.anomaly_id = x.anomaly AND h.released_at IS NULL)
          AND (NOT x.pending OR x.line = 0 OR EXISTS (
              SELECT FROM jsonb_array_elements(w.found -> 'lines') l (e) WHERE (l.e ->> 'line')::integer = x.line))
        ORDER BY x.ord
        RETURNING id, line_no, anomaly_id
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object('line', p.line_no, 'kind', a.kind) ORDER BY p.id), '[]')
    FROM placed p JOIN cleardesk.anomaly a ON a.id = p.anomaly_id
$$;

-- Puts the lines back as they were, with their stock: refused where it is gone. A line
-- that was accepted since and is held again gives its stock back, and one that was added
-- goes. Answers what they were and are, as change_lines does.
CREATE FUNCTION cleardesk.restore_lines(w cleardesk.written, p_state text) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    changed jsonb;
    short   record;
    stock   jsonb;
BEGIN
    WITH back AS (
        SELECT l.line_no, l.product, l.cancelled, l.quantity AS is_now, l.amount AS is_amount, l.reserved AS taken,
               coalesce((f.e ->> 'quantity')::bigint, l.quantity) AS quantity, coalesce((f.e ->> 'amount')::bigint, l.amount) AS amount,
               coalesce((f.e ->> 'reserved')::boolean, false) AS takes, coalesce((f.e ->> 'waiting')::boolean, l.waiting) AS waiting,
               CASE WHEN f.e IS NULL THEN l.verified ELSE f.e ->> 'verified' END AS verified,
               f.e IS NOT NULL OR w.found -> 'added' @> to_jsonb(l.line_no) AS changes, w.found -> 'added' @> to_jsonb(l.line_no) AS goes
        FROM cleardesk.order_line l
        LEFT JOIN jsonb_array_elements(w.found -> 'lines') f (e) ON (f.e ->> 'line')::integer = l.line_no
        WHERE l.order_id = w.order_id AND (f.e IS NOT NULL OR w.found -> 'added' @> to_jsonb(l.line_no) OR l.reserved AND w.found -> 'free' @> to_jsonb(l.line_no)
          AND (p_state = 'placed' OR EXISTS (SELECT FROM cleardesk.hold h
               WHERE h.order_id = l.order_id AND h.line_no IN (0, l.line_no) AND h.released_at IS NULL)))
    ), done AS (
        UPDATE cleardesk.order_line l
        SET quantity = b.quantity, amount = b.amount, cancelled = b.goes, reserved = b.takes, waiting = b.waiting AND NOT b.goes,
            verified = b.verified, version = l.version + 1
        FROM back b WHERE l.order_id = w.order_id AND l.line_no = b.line_no
        RETURNING b.*
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object('line', d.line_no, 'product', d.product,
                   'old', CASE WHEN d.cancelled THEN 0 ELSE d.is_now END, 'new', CASE WHEN d.goes THEN 0 ELSE d.quantity END,
                   'old_amount', CASE WHEN d.cancelled THEN 0 ELSE d.is_amount END,
                   'new_amount', CASE WHEN d.goes THEN 0 ELSE d.amount END)
               ORDER BY d.line_no) FILTER (WHERE d.changes), '[]'),
           jsonb_agg(jsonb_build_object('product', d.product,
               'more', CASE WHEN d.takes THEN d.quantity ELSE 0 END - CASE WHEN d.taken THEN d.is_now ELSE 0 END))
    INTO changed, stock FROM done d;
    FOR short IN
        SELECT p.code, p.name, p.name_en, p.stock - p.reserved AS available, n.more FROM cleardesk.product p
        JOIN (SELECT x.e ->> 'product' AS product, sum((x.e ->> 'more')::bigint)::bigint AS more
              FROM jsonb_array_elements(stock) x (e) GROUP BY 1) n ON n.product = p.code
        WHERE n.more > 0 AND p.reserved + n.more > p.stock ORDER BY p.code COLLATE "C" LIMIT 1
    LOOP
        PERFORM cleardesk.deny('CD409', format('there is not enough of %s any more: %s of %s thousandths', short.code,
            greatest(0, short.available), short.more), jsonb_build_object('reverse', 'stock', 'product', short.code,
            'left', greatest(0, short.available), 'wanted', short.more));
    END LOOP;
    UPDATE cleardesk.product p SET reserved = p.reserved + n.more
    FROM (SELECT x.e ->> 'product' AS product, sum((x.e ->> 'more')::bigint)::bigint AS more
          FROM jsonb_array_elements(stock) x (e) GROUP BY 1) n
    WHERE p.code = n.product AND n.more <> 0;
    RETURN changed;
END
$$;

-- The state an order goes back to. One that was placed is accepted where the judge has
-- freed a line of it since.
CREATE FUNCTION cleardesk.restored_state(w cleardesk.written, o cleardesk.orders) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT CASE WHEN w.found ->> 'state' = 'placed' AND o.state = 'accepted' AND EXISTS (
        SELECT FROM cleardesk.order_line l
        LEFT JOIN jsonb_array_elements(w.found -> 'lines') f (e) ON (f.e ->> 'line')::integer = l.line_no
        WHERE l.order_id = o.id AND (f.e IS NOT NULL OR NOT l.cancelled) AND NOT w.found -> 'added' @> to_jsonb(l.line_no)
          AND NOT coalesce((f.e ->> 'waiting')::boolean, l.waiting)
          AND NOT EXISTS (SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.line_no IN (0, l.line_no) AND h.released_at IS NULL))
    THEN 'accepted' ELSE w.found ->> 'state' END
$$;

-- The decisions that a reversal is to the platform: what is restored, then what is held.
CREATE FUNCTION cleardesk.reverse_decisions(o cleardesk.orders, p_case bigint, p_cancelled boolean, p_changed jsonb, p_holds jsonb)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT CASE WHEN p_cancelled THEN jsonb_build_array(jsonb_build_object('what', 'order_restored', 'order_no', o.order_no,
            'detail', jsonb_build_object('state', o.state, 'total', o.total,
                'lines', (SELECT coalesce(jsonb_agg(d.e -> 'line' ORDER BY d.ord), '[]') FROM jsonb_array_elements(p_changed) WITH ORDINALITY d (e, ord)))))
        ELSE (SELECT coalesce(jsonb_agg(jsonb_build_object(
                  'what', CASE WHEN (d.e ->> 'old')::bigint = 0 THEN 'line_restored' WHEN (d.e ->> 'new')::bigint = 0 THEN 'line_cancelled'
                      ELSE 'quantity_changed' END, 'order_no', o.order_no, 'line_no', (d.e ->> 'line')::integer,
                  'detail', jsonb_build_object('old', d.e -> 'old', 'new', d.e -> 'new', 'total', o.total)) ORDER BY d.ord), '[]')
              FROM jsonb_array_elements(p_changed) WITH ORDINALITY d (e, ord)) END
        || (SELECT coalesce(jsonb_agg(jsonb_build_object('what', CASE h.line WHEN 0 THEN 'order_held' ELSE 'line_held' END,
                'order_no', o.order_no, 'line_no', nullif(h.line, 0), 'detail', jsonb_build_object('case', p_case, 'kinds', h.kinds)) ORDER BY h.line), '[]')
            FROM (SELECT (x.e ->> 'line')::integer AS line, jsonb_agg(x.e -> 'kind' ORDER BY x.ord) AS kinds
                  FROM jsonb_array_elements(p_holds) WITH ORDINALITY x (e, ord) GROUP BY 1) h)
$$;

-- What the judge has still to learn from a write is not learnt; what it has learnt
-- stays. Answers whether anything stays.
CREATE FUNCTION cleardesk.unlearn(w cleardesk.written, p_seen boolean) RETURNS boolean LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    taught  bigint;
    stopped bigint;
BEGIN
    WITH lessons AS (
        SELECT DISTINCT coalesce((f.e ->> 'line')::integer, 0) AS line
        FROM cleardesk.resolution_record r, jsonb_array_elements(r.effects) f (e) WHERE r.op = w.op AND f.e ->> 'op' = 'learn'
    ), gone AS (
        DELETE FROM cleardesk.waiting x USING lessons l
        WHERE x.what = 'learn' AND x.order_id = w.order_id AND x.line_no = l.line RETURNING x.line_no
    )
    SELECT (SELECT count(*) FROM lessons), (SELECT count(DISTINCT g.line_no) FROM gone g) INTO taught, stopped;
    IF stopped > 0 THEN
        PERFORM cleardesk.catalogue_moved(); -- a judge that has them in hand begins again
    END IF;
    RETURN p_seen OR taught > stopped AND w.found ->> 'left' <> 'cancelled';
END
$$;

-- Whether the judge has learnt from lines that a write changed.
CREATE FUNCTION cleardesk.judged_lines(w cleardesk.written) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM cleardesk.order_line l WHERE l.order_id = w.order_id AND NOT l.cancelled AND NOT l.waiting
          AND (w.found -> 'added' @> to_jsonb(l.line_no) OR EXISTS (
              SELECT FROM jsonb_array_elements(w.found -> 'lines') f (e) WHERE (f.e ->> 'line')::integer = l.line_no)))
$$;

-- Puts the order of a write back as it was: holds, lines, state. {order, holds, changed,
-- made}; a write that did not touch its order leaves it as it is.
CREATE FUNCTION cleardesk.restore_order(w cleardesk.written, o cleardesk.orders, p_case bigint) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    holds   jsonb;
    changed jsonb;
    back    text;
    n       cleardesk.orders;
BEGIN
    IF NOT cleardesk.touched(w) THEN
        RETURN '{"holds": [], "changed": [], "made": []}';
    END IF;
    holds := cleardesk.restore_holds(w);
    back := cleardesk.restored_state(w, o);
    changed := cleardesk.restore_lines(w, back);
    UPDATE cleardesk.orders x
    SET state = back, accepted_at = CASE WHEN back <> 'placed' THEN x.accepted_at END, version = x.version + 1,
        total = (SELECT coalesce(sum(l.amount), 0) FROM cleardesk.order_line l WHERE l.order_id = x.id AND NOT l.cancelled)
    WHERE x.id = o.id RETURNING * INTO n;
    RETURN jsonb_build_object('holds', holds, 'changed', changed,
        'made', cleardesk.reverse_decisions(n, p_case, o.state = 'cancelled' AND back <> 'cancelled', changed, holds));
END
$$;

-- Takes back the last write of a case: every effect by its counter effect, and the case
-- is open again and the caller's. All or nothing.
CREATE FUNCTION cleardesk.reverse(op uuid, p_case bigint, p_version bigint, p_reason text) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done    jsonb := cleardesk.answered(op, 'reverse');
    s       cleardesk.staff;
    c       cleardesk.cases;
    w       cleardesk.written;
    o       cleardesk.orders;
    n       cleardesk.orders;
    undone  jsonb;
    back    jsonb;
    made    jsonb;
    ids     bigint[];
    ended   bigint[];
    last    bigint;
    again   boolean;
    seen    boolean;
    kept    boolean;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    IF trim(coalesce(p_reason, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'taking back needs a reason');
    END IF;
    PERFORM cleardesk.lock_beside(p_case);
    SELECT * INTO c FROM cleardesk.cases x WHERE x.id = p_case;
    IF c.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no case %s', p_case));
    END IF;
    SELECT * INTO w FROM cleardesk.written x WHERE x.case_id = p_case ORDER BY x.id DESC LIMIT 1;
    PERFORM cleardesk.lock_written(w);
    SELECT * INTO o FROM cleardesk.orders x WHERE x.id = c.order_id;
    PERFORM cleardesk.guard_reverse(s, c, w, o);
    PERFORM cleardesk.guard_version(c, p_version);
    -- Stock and settings move the judge's own row, which comes after the decisions' counter.
    PERFORM FROM cleardesk.decision_counter FOR UPDATE;

    seen := cleardesk.judged_lines(w);
    SELECT array_agg(r.id ORDER BY r.id) INTO ids FROM cleardesk.resolution_record r WHERE r.op = w.op;
    UPDATE cleardesk.anomaly a SET outcome = NULL, closed_at = NULL
    FROM cleardesk.resolution_record r WHERE r.op = w.op AND a.id = r.anomaly_id;
    undone := cleardesk.undo_effects(s, w); -- before the order: what it linked gives its stock back
    back := cleardesk.restore_order(w, o, c.id);
    SELECT * INTO n FROM cleardesk.orders x WHERE x.id = o.id;
    again := EXISTS (SELECT FROM cleardesk.order_line l WHERE l.order_id = o.id AND l.waiting
        UNION ALL SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.pending AND h.released_at IS NULL);
    WITH gone AS (
        INSERT INTO cleardesk.exemption_end (exemption_id, by_login, why)
        SELECT e.id, s.login, p_reason FROM cleardesk.exemption e WHERE e.record_id = ANY (ids) AND e.until_at > now()
        ORDER BY e.id ON CONFLICT DO NOTHING RETURNING exemption_id
    )
    SELECT coalesce(array_agg(g.exemption_id ORDER BY g.exemption_id), '{}') INTO ended FROM gone g;
    made := (undone -> 'made') || (back -> 'made');
    INSERT INTO cleardesk.reversal (op, written_id, case_id, records, changed, reason, by_login)
    VALUES (op, w.id, c.id, ids, back -> 'changed', p_reason, s.login);
    c := cleardesk.reopen_case(c, back -> 'changed' <> '[]');
    last := cleardesk.decide(made);
    kept := cleardesk.unlearn(w, seen);
    IF NOT again THEN
        DELETE FROM cleardesk.waiting x WHERE x.order_id = o.id AND x.what = 'recheck';
    ELSIF NOT EXISTS (SELECT FROM cleardesk.waiting x WHERE x.order_id = o.id AND x.what = 'recheck') THEN
        INSERT INTO cleardesk.waiting (what, order_id) VALUES ('recheck', o.id);
    END IF;
    RETURN cleardesk.answer(op, 'reverse', 'case ' || c.id,
        jsonb_build_object('records', ids, 'order', n.order_no, 'changed', back -> 'changed', 'undone', undone -> 'undone', 'reason', p_reason),
        cleardesk.how_it_stands(c, n, o.total, made, last) - 'accepted' || jsonb_build_object('records', ids, 'changed', back -> 'changed',
            'claim', cleardesk.put_claim(c), 'holds', back -> 'holds', 'ended', ended, 'undone', undone -> 'undone',
            'learnt', kept, 'rechecked', again));
END
$$;

-- Opens a case again with the worst of what is open, at the moment that is next now.
CREATE FUNCTION cleardesk.reopen_case(c cleardesk.cases, p_changed boolean) RETURNS cleardesk.cases LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    n cleardesk.cases;
BEGIN
    IF p_changed THEN
        UPDATE cleardesk.cases SET version = version + 1 WHERE order_id = c.order_id AND id <> c.id AND state <> 'closed';
    END IF;
    UPDATE cleardesk.cases x
    SET state = 'open', closed_at = NULL, snooze_until = NULL, kind = k.kind, more = k.n - 1, why = k.evidence, at_risk = k.at_risk,
        next_what = m.what, next_at = m.at, next_check = m.at, rank = cleardesk.case_rank(m.at, k.at_risk), version = x.version + 1
    FROM (SELECT a.kind, a.evidence, a.at_risk, count(*) OVER () AS n FROM cleardesk.anomaly a
          WHERE a.case_id = c.id AND a.closed_at IS NULL
          ORDER BY a.at_risk DESC, cleardesk.kind_weight(a.kind) DESC, a.id LIMIT 1) k
    LEFT JOIN LATERAL cleardesk.next_moment(c.moments, now()) m ON true
    WHERE x.id = c.id RETURNING x.* INTO n;
    RETURN n;
END
$$;

GRANT EXECUTE ON FUNCTION cleardesk.reverse(uuid, bigint, bigint, text) TO cleardesk_agent, cleardesk_manager, cleardesk_logistics;
GRANT SELECT ON cleardesk.written, cleardesk.reversal, cleardesk.standing_record TO cleardesk_staff;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
REVOKE SELECT ON cleardesk.written, cleardesk.reversal FROM cleardesk_staff;
DROP VIEW cleardesk.standing_record;
DROP FUNCTION cleardesk.reopen_case(cleardesk.cases, boolean), cleardesk.reverse(uuid, bigint, bigint, text),
    cleardesk.restore_order(cleardesk.written, cleardesk.orders, bigint), cleardesk.judged_lines(cleardesk.written),
    cleardesk.unlearn(cleardesk.written, boolean),
    cleardesk.reverse_decisions(cleardesk.orders, bigint, boolean, jsonb, jsonb),
    cleardesk.restored_state(cleardesk.written, cleardesk.orders), cleardesk.restore_lines(cleardesk.written, text),
    cleardesk.restore_holds(cleardesk.written),
    cleardesk.guard_untouched(cleardesk.written, cleardesk.orders),
    cleardesk.guard_reverse(cleardesk.staff, cleardesk.cases, cleardesk.written, cleardesk.orders),
    cleardesk.keep_written(uuid, cleardesk.staff, cleardesk.cases, cleardesk.orders, jsonb, jsonb, jsonb),
    cleardesk.order_found(bigint);
RESET ROLE;
-- +goose StatementEnd
