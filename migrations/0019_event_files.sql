-- How files of events come in: staged row by row, brought together, and applied chunk by
-- chunk like orders (0004), each event taken whole, the same as before, or refused.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- The kinds of imports that bring events: those of domain.EventKinds, more than one.
CREATE FUNCTION cleardesk.event_imports() RETURNS text[] LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT ARRAY['attempts', 'changes', 'stages', 'receipts', 'exchanges', 'returns', 'wrong-orders', 'collections']
$$;

-- Brings together the events of a file whose rows do not stand together, each into the
-- first chunk that has some of it, and answers the rows of each chunk; or {"again": true}
-- where the stage does not hold the rows that were sent.
CREATE FUNCTION cleardesk.gather_events(p_import uuid, p_rows bigint) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM cleardesk.open_import(p_import, cleardesk.event_imports());
    IF p_rows IS DISTINCT FROM (SELECT count(*) FROM cleardesk.stage_row WHERE import_id = p_import) THEN
        RETURN '{"again": true}';
    END IF;
    UPDATE cleardesk.stage_row r SET chunk = a.first
    FROM (SELECT x.row ->> 'key' AS key, min(x.chunk) AS first FROM cleardesk.stage_row x WHERE x.import_id = p_import
          GROUP BY 1 HAVING min(x.chunk) <> max(x.chunk)) a
    WHERE r.import_id = p_import AND r.row ->> 'key' = a.key AND r.chunk <> a.first;
    RETURN jsonb_build_object('chunks', coalesce((SELECT jsonb_agg(jsonb_build_array(c.chunk, c.rows) ORDER BY c.chunk) FROM (
        SELECT chunk, count(*) AS rows FROM cleardesk.stage_row WHERE import_id = p_import GROUP BY chunk) c), '[]'));
END
$$;

-- A staged event: its rows, what it tells as a whole and by line, and what is wrong with it.
CREATE TYPE cleardesk.event_head AS (
    key text, first_row bigint, last_row bigint, row_count bigint, head jsonb, lines jsonb, bad_row bigint, mixed boolean, content bytea
);

-- The staged events of a chunk: rows of one key are one event, a row told twice word for
-- word is told once.
CREATE FUNCTION cleardesk.event_heads(p_import uuid, p_chunk integer) RETURNS SETOF cleardesk.event_head
LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    WITH told AS (
        SELECT r.row ->> 'key' AS key, min(r.row_no) AS row_no, max(r.row_no) AS last_row, count(*) AS n, r.row::jsonb AS row
        FROM cleardesk.stage_row r WHERE r.import_id = p_import AND r.chunk = p_chunk GROUP BY 1, r.row::jsonb
    )
    SELECT t.key, min(t.row_no), max(t.last_row), sum(t.n)::bigint, (array_agg(t.row -> 'head' ORDER BY t.row_no))[1],
           coalesce((SELECT jsonb_agg(e ORDER BY u.row_no, x.ord) FROM told u,
               jsonb_array_elements(coalesce(u.row -> 'lines', '[]')) WITH ORDINALITY x (e, ord) WHERE u.key = t.key), '[]'),
           min(t.row_no) FILTER (WHERE t.row ? 'bad'), count(DISTINCT t.row -> 'head') FILTER (WHERE NOT t.row ? 'bad') > 1,
           sha256(convert_to(coalesce(string_agg(t.row::text, E'\n' ORDER BY t.row::text), ''), 'UTF8'))
    FROM told t GROUP BY t.key
$$;

-- What speaks against an event before its lines are looked at, and what that is about;
-- '' where nothing does.
CREATE FUNCTION cleardesk.event_verdict(p_kind text, h cleardesk.event_head, had cleardesk.event, o cleardesk.orders) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT CASE
        WHEN h.bad_row IS NOT NULL THEN ARRAY['bad_row', h.bad_row::text]
        WHEN p_kind = 'collection' AND (h.head ->> 'amount')::bigint < 0 THEN ARRAY['bad_row', h.first_row::text]
        WHEN h.mixed THEN ARRAY['mixed', '']
        WHEN had.content = h.content THEN ARRAY['same', '']
        WHEN had.id IS NOT NULL THEN ARRAY['other_content', '']
        WHEN p_kind <> 'attempt' AND o.id IS NULL THEN ARRAY['unknown_order', coalesce(h.head ->> 'order_no', '')]
        WHEN nullif(h.head ->> 'store', '') <> o.store THEN ARRAY['other_store', o.store]
        WHEN NOT EXISTS (SELECT FROM cleardesk.store s WHERE s.code = coalesce(o.store, h.head ->> 'store'))
            THEN ARRAY['unknown_store', coalesce(o.store, h.head ->> 'store', '')]
        ELSE ARRAY['', ''] END
$$;

-- Takes one staged event, unless something speaks against it; dry it only says so.
-- Answers why not: '' where it was taken, 'same', or a reason that is kept.
CREATE FUNCTION cleardesk.apply_event(p_import uuid, p_chunk integer, p_kind text, p_dry boolean, h cleardesk.event_head) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    o       cleardesk.orders;
    had     cleardesk.event;
    verdict text[];
    detail  jsonb;
    fit     record;
BEGIN
    SELECT * INTO o FROM cleardesk.orders x WHERE x.order_no = h.head ->> 'order_no';
    SELECT * INTO had FROM cleardesk.event e WHERE e.what = p_kind AND e.key = h.key;
    verdict := cleardesk.event_verdict(p_kind, h, had, o);
    IF verdict[1] = '' THEN
        detail := cleardesk.event_detail(p_kind, h.head || jsonb_build_object('lines', h.lines), o.order_no);
        IF detail ? 'lines' THEN
            SELECT * INTO fit FROM cleardesk.event_lines(o.id, detail -> 'lines');
            detail := detail || jsonb_build_object('lines', fit.lines);
            verdict := ARRAY[coalesce(fit.reason, ''), coalesce(fit.about, '')];
        END IF;
    END IF;
    IF verdict[1] = '' AND NOT p_dry THEN
        PERFORM cleardesk.take_event(p_kind, h.key, coalesce(o.store, h.head ->> 'store'), o.id, (h.head ->> 'at')::timestamptz, detail,
            NULL, p_import, h.content);
    ELSIF verdict[1] NOT IN ('', 'same') THEN
        INSERT INTO cleardesk.import_reject (import_id, chunk, subject, first_row, last_row, reason, about)
        VALUES (p_import, p_chunk, h.key, h.first_row, h.last_row, verdict[1], verdict[2]);
    END IF;
    RETURN verdict[1];
END
$$;

-- Applies one chunk of events: each taken, the same as before, or refused with a reason.
CREATE FUNCTION cleardesk.apply_events(p_import uuid, p_chunk integer, p_rows bigint) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    options jsonb := cleardesk.open_import(p_import, cleardesk.event_imports());
    dry     boolean := (options ->> 'dry_run')::boolean IS TRUE;
    kind    text := replace(left(options ->> 'kind', -1), '-', '_');
    h       cleardesk.event_head;
    same    text[] := '{}';
    sums    bigint[] := ARRAY[0, 0, 0, 0, 0, 0]; -- events taken, same, refused, and their rows
    n       integer;
    answer  jsonb;
BEGIN
    SELECT c.result INTO answer FROM cleardesk.import_chunk c WHERE c.import_id = p_import AND c.chunk = p_chunk;
    IF answer IS NOT NULL THEN
        RETURN answer;
    END IF;
    IF p_rows IS DISTINCT FROM (SELECT count(*) FROM cleardesk.stage_row WHERE import_id = p_import AND chunk = p_chunk) THEN
        DELETE FROM cleardesk.stage_row WHERE import_id = p_import AND chunk = p_chunk;
        RETURN '{"again": true}';
    END IF;
    IF kind = 'stage' AND NOT dry THEN
        PERFORM cleardesk.lock_orders(ARRAY(SELECT x.id FROM cleardesk.stage_row r JOIN cleardesk.orders x
            ON x.order_no = r.row -> 'head' ->> 'order_no' WHERE r.import_id = p_import AND r.chunk = p_chunk));
    ELSE
        PERFORM FROM cleardesk.orders x WHERE x.order_no IN (SELECT r.row -> 'head' ->> 'order_no' FROM cleardesk.stage_row r
            WHERE r.import_id = p_import AND r.chunk = p_chunk) ORDER BY x.id FOR KEY SHARE; -- in turn, as everybody does
    END IF;
    FOR h IN SELECT * FROM cleardesk.event_heads(p_import, p_chunk) ORDER BY (head ->> 'at')::timestamptz, first_row LOOP
        n := CASE cleardesk.apply_event(p_import, p_chunk, kind, dry, h) WHEN '' THEN 1 WHEN 'same' THEN 2 ELSE 3 END;
        sums[n] := sums[n] + 1;
        sums[n + 3] := sums[n + 3] + h.row_count;
        same := CASE n WHEN 2 THEN same || h.key ELSE same END;
    END LOOP;
    answer := jsonb_build_object('taken', sums[1], 'same', sums[2], 'rejected', sums[3], 'lines', sums[4], 'same_lines', sums[5],
        'rejected_lines', sums[6]);
    IF (options ->> 'verdicts')::boolean THEN
        answer := answer || jsonb_build_object('same_orders', to_jsonb(same));
    END IF;
    INSERT INTO cleardesk.import_chunk (import_id, chunk, result) VALUES (p_import, p_chunk, answer);
    DELETE FROM cleardesk.stage_row WHERE import_id = p_import AND chunk = p_chunk;
    RETURN answer;
END
$$;

GRANT EXECUTE ON FUNCTION cleardesk.gather_events(uuid, bigint), cleardesk.apply_events(uuid, integer, bigint) TO cleardesk_intake;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP FUNCTION cleardesk.apply_events(uuid, integer, bigint),
    cleardesk.apply_event(uuid, integer, text, boolean, cleardesk.event_head),
    cleardesk.event_verdict(text, cleardesk.event_head, cleardesk.event, cleardesk.orders),
    cleardesk.event_heads(uuid, integer), cleardesk.gather_events(uuid, bigint), cleardesk.event_imports();
DROP TYPE cleardesk.event_head;
RESET ROLE;
-- +goose StatementEnd
