-- How orders and the catalogue come in. A program COPYs rows into the stage, where
-- they have no effect, and applies them chunk by chunk; a chunk is applied once,
-- however often it is asked for. The stage is not logged: the caller says how many
-- rows it sent, and sends a chunk again of which the server lost or doubled some.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- line_no is the place of a line in its order where the platform tells it: decisions name
-- lines by it. run is the first row of the lines of one order that stand together. What is
-- staged has no effect, so its columns are plain: the domains are asked once, when an order
-- goes in; asked here as well they would cost as much as the copy itself.
ALTER TABLE cleardesk.stage_order_line
    ADD line_no integer CHECK (line_no > 0), ADD run bigint NOT NULL,
    ALTER order_no TYPE text, ALTER store TYPE text, ALTER product TYPE text, ALTER placed_at TYPE timestamptz,
    ALTER quantity TYPE bigint, ALTER unit_price TYPE bigint, ALTER step_seen TYPE bigint,
    ADD CONSTRAINT short CHECK (octet_length(order_no) <= 256 AND octet_length(store) <= 256 AND octet_length(product) <= 256),
    ADD CONSTRAINT bounded CHECK (quantity <= 1000000000000 AND unit_price <= 1000000000000);

-- What an import refused. The orders of a file may be many, so they are rows.
CREATE TABLE cleardesk.import_reject (
    import_id uuid NOT NULL REFERENCES cleardesk.import,
    chunk     integer NOT NULL,
    subject   text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200), -- the order's number, an event's or count's key, or the code of a store or product
    first_row bigint NOT NULL,
    last_row  bigint NOT NULL,
    reason    text NOT NULL CHECK (reason IN ('mixed_store', 'mixed_time', 'bad_line', 'line_numbers', 'other_store',
              'other_content', 'too_large', 'unknown_store', 'unknown_product', 'repeated', 'bad_row', 'unknown_order', 'unknown_line', 'which_line', 'mixed', 'no_lines', 'no_count', 'count_time',
              'other_count', 'no_weight')),
    about     cleardesk.words NOT NULL   -- what the reason speaks of: a code
);
CREATE INDEX import_reject_subject ON cleardesk.import_reject (import_id, subject);
CREATE TRIGGER import_reject_appended BEFORE UPDATE OR DELETE ON cleardesk.import_reject
    FOR EACH ROW EXECUTE FUNCTION cleardesk.refuse_change();
CREATE TRIGGER import_reject_kept BEFORE TRUNCATE ON cleardesk.import_reject
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.refuse_change();

-- A staged order as a whole, and why it cannot go in ('same': it is in already).
CREATE TYPE cleardesk.order_head AS (
    order_no text, store text, placed_at timestamptz, first_row bigint, last_row bigint, line_count integer, total bigint,
    content bytea, lines_hash bigint, unknown text, reason text, about text
);

-- The platform's zone as set now: domain.SettingDefs has the same default.
CREATE FUNCTION cleardesk.platform_zone() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT value FROM cleardesk.setting
        WHERE name = 'platform.zone' AND scope = 'platform' AND key = '' AND valid_from <= now()
        ORDER BY valid_from DESC, id DESC LIMIT 1), 'Asia/Shanghai')
$$;

-- Begins an import, whose id is the key. Options: create_missing, history, dry_run
-- (say what would be done), verdicts (name the orders that were the same). What imports of the last days left in the
-- stage is swept out.
CREATE FUNCTION cleardesk.start_import(op uuid, p_kind text, p_file text, p_options jsonb) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'start_import');
    left_over uuid[];
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    IF p_kind NOT IN ('stores', 'products', 'orders', 'attempts', 'changes', 'stages', 'receipts', 'exchanges', 'returns', 'wrong-orders',
        'collections', 'day-totals', 'counts')
    THEN
        PERFORM cleardesk.deny('CD400', 'an import is of stores, products, orders, day totals, counts or a kind of events');
    END IF;
    SELECT array_agg(i.id) INTO left_over FROM cleardesk.import i
    WHERE i.started_at BETWEEN now() - interval '8 days' AND now() - interval '1 day';
    DELETE FROM cleardesk.stage_order_line WHERE import_id = ANY (left_over);
    DELETE FROM cleardesk.stage_row WHERE import_id = ANY (left_over);
    INSERT INTO cleardesk.import (id, kind, file, options, by_login)
    VALUES (op, p_kind, p_file, p_options, cleardesk.me());
    RETURN cleardesk.answer(op, 'start_import', 'import ' || op, jsonb_build_object('kind', p_kind, 'file', p_file) || p_options,
        jsonb_build_object('zone', cleardesk.platform_zone()));
END
$$;

-- The import's options for its own program, once the chunks before are through: they
-- are applied one at a time, so that what waits for the judge stands in their order.
CREATE FUNCTION cleardesk.open_import(p_import uuid, p_kinds text[]) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    i cleardesk.import;
BEGIN
    SELECT * INTO i FROM cleardesk.import WHERE id = p_import;
    IF i.id IS NULL OR NOT i.kind = ANY (p_kinds) THEN
        PERFORM cleardesk.deny('CD404', 'there is no such import of ' || array_to_string(p_kinds, ' or '));
    END IF;
    IF i.by_login <> cleardesk.me() THEN
        PERFORM cleardesk.deny('CD403', 'this import was begun by another program');
    END IF;
    LOCK TABLE cleardesk.import_chunk IN EXCLUSIVE MODE;
    RETURN i.options || jsonb_build_object('kind', i.kind);
END
$$;

-- One of two numbers that stand for what a line says. They are added up over the lines
-- of an order, in whatever arrangement these come; the functions are those that partitions
-- by hash rest on, so that they stay as they are.
CREATE FUNCTION cleardesk.line_hash(product text, quantity bigint, price bigint, step bigint, line_no integer, seed bigint)
RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hashtextextended(product, hashint8extended(quantity, hashint8extended(price, hashint8extended(coalesce(step, 0),
        hashint4extended(coalesce(line_no, 0), seed)))))
$$;

-- The staged orders of a chunk with what speaks against each. A line's amount is
-- domain.Amount; one that would pass the bound is never computed. The content is
-- hashed in an order of its own: the same lines otherwise arranged are the same.
CREATE FUNCTION cleardesk.stage_heads(p_import uuid, p_chunk integer, p_create boolean) RETURNS cleardesk.order_head[]
LANGUAGE sql SET search_path = pg_catalog, cleardesk, pg_temp SET enable_nestloop = off
SET enable_sort = off AS $$
    WITH line AS (
        SELECT s.order_no, s.store COLLATE "C" AS store, s.placed_at, s.row_no, s.line_no,
               CASE WHEN s.quantity <= 1000000000000000 / greatest(s.unit_price, 1)
                   THEN (s.quantity * s.unit_price + 500) / 1000 END AS amount,
               CASE WHEN p.code IS NULL THEN s.product COLLATE "C" END AS unknown,
               cleardesk.line_hash(s.product, s.quantity, s.unit_price, s.step_seen, s.line_no, 1) AS one,
               cleardesk.line_hash(s.product, s.quantity, s.unit_price, s.step_seen, s.line_no, 2) AS other,
               hashtextextended(s.product, s.quantity) AS bare
        FROM cleardesk.stage_order_line s LEFT JOIN cleardesk.product p ON p.code = s.product
        WHERE s.import_id = p_import AND s.chunk = p_chunk
    ), head AS (
        SELECT order_no, min(store) AS store, max(store) AS last_store, min(placed_at) AS placed_at, max(placed_at) AS last_time,
               min(row_no) AS first_row, max(row_no) AS last_row, count(*) AS line_count, sum(amount) AS total,
               array_agg(line_no) FILTER (WHERE line_no IS NOT NULL) AS numbers,
               count(*) > count(amount) AS overflow, min(unknown) AS unknown, (sum(bare) % 9223372036854775807)::bigint AS lines_hash,
               sha256(convert_to(concat_ws(E'\t', min(store), extract(epoch FROM min(placed_at)), count(*), sum(one), sum(other)),
                   'UTF8')) AS content
        FROM line
        GROUP BY order_no
    ), bad AS (
        SELECT r.row ->> 'order_no' AS order_no, min(r.row_no) AS row_no
        FROM cleardesk.stage_row r WHERE r.import_id = p_import AND r.chunk = p_chunk GROUP BY 1
    ), known AS MATERIALIZED (
        SELECT h.*, b.row_no AS bad_row, (SELECT o FROM cleardesk.orders o WHERE o.order_no = h.order_no) AS had
        FROM head h LEFT JOIN bad b ON b.order_no = h.order_no
    ), judged AS (
        SELECT k.*, CASE
            WHEN bad_row IS NOT NULL THEN 'bad_line'
            WHEN store <> last_store THEN 'mixed_store'
            WHEN placed_at <> last_time THEN 'mixed_time'
            WHEN numbers IS NOT NULL AND (SELECT count(DISTINCT n) FROM unnest(numbers) n) < line_count THEN 'line_numbers'
            WHEN (had).content = content THEN 'same'
            WHEN (had).store <> store THEN 'other_store'
            WHEN (had).id IS NOT NULL THEN 'other_content'
            WHEN overflow OR total > 1000000000000 THEN 'too_large'
            WHEN NOT p_create AND (SELECT s.code FROM cleardesk.store s WHERE s.code = k.store) IS NULL THEN 'unknown_store'
            WHEN NOT p_create AND unknown IS NOT NULL THEN 'unknown_product'
            ELSE '' END AS reason
        FROM known k
    )
    SELECT array_agg((order_no, store, placed_at, first_row, last_row, line_count, CASE WHEN reason = '' THEN total END, content,
        lines_hash, unknown, reason, CASE reason WHEN 'bad_line' THEN bad_row::text WHEN 'mixed_store' THEN last_store
            WHEN 'other_store' THEN (had).store WHEN 'unknown_store' THEN store WHEN 'unknown_product' THEN unknown ELSE '' END)::cleardesk.order_head
        ORDER BY first_row)
    FROM judged
$$;

-- The stores and products that orders to be taken name and nobody has made yet.
CREATE FUNCTION cleardesk.make_missing(p_import uuid, p_chunk integer, p_heads cleardesk.order_head[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp SET enable_nestloop = off AS $$
BEGIN
    INSERT INTO cleardesk.store (code, name)
    SELECT DISTINCT h.store, h.store FROM unnest(p_heads) h WHERE h.reason = ''
    ON CONFLICT DO NOTHING;
    IF NOT EXISTS (SELECT FROM unnest(p_heads) h WHERE h.reason = '' AND h.unknown IS NOT NULL) THEN
        RETURN;
    END IF;
    INSERT INTO cleardesk.product (code, name)
    SELECT DISTINCT s.product, s.product
    FROM cleardesk.stage_order_line s
    JOIN unnest(p_heads) h ON h.order_no = s.order_no AND h.reason = ''
    LEFT JOIN cleardesk.product p ON p.code = s.product
    WHERE s.import_id = p_import AND s.chunk = p_chunk AND p.code IS NULL
    ON CONFLICT DO NOTHING;
END
$$;

-- Writes the orders nothing speaks against, their lines in the order of the rows, and
-- queues them for the judge as they were placed.
CREATE FUNCTION cleardesk.take_orders(p_import uuid, p_chunk integer, p_heads cleardesk.order_head[], p_history boolean)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp SET enable_nestloop = off
SET enable_seqscan = off AS $$
DECLARE
    zone    text := cleardesk.platform_zone();
    ids     bigint[];
    numbers text[];
    firsts  bigint[]; -- where the rows of an order run without a gap: the first, else NULL
BEGIN
    WITH taken AS (
        INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, history, content, lines_hash)
        SELECT h.order_no, h.store, h.placed_at, (h.placed_at AT TIME ZONE zone)::date,
               CASE WHEN p_history THEN 'settled' ELSE 'placed' END, h.total, h.line_count, p_history, h.content, h.lines_hash
        FROM unnest(p_heads) h WHERE h.reason = ''
        ORDER BY h.placed_at, h.order_no
        RETURNING id, order_no
    )
    SELECT array_agg(t.id ORDER BY t.id), array_agg(t.order_no ORDER BY t.id),
           array_agg(CASE WHEN h.last_row - h.first_row + 1 = h.line_count THEN h.first_row END ORDER BY t.id)
    INTO ids, numbers, firsts FROM taken t JOIN unnest(p_heads) h ON h.order_no = t.order_no;
    INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount, step_seen)
    SELECT o.id, coalesce(s.line_no, s.row_no - o.first + 1), p.code, s.quantity, s.quantity, s.unit_price,
           (s.quantity * s.unit_price + 500) / 1000, s.step_seen
    FROM unnest(ids, numbers, firsts) o (id, order_no, first)
    JOIN cleardesk.stage_order_line s ON s.order_no = o.order_no
    JOIN cleardesk.product p ON p.code = s.product
    WHERE s.import_id = p_import AND s.chunk = p_chunk AND o.first IS NOT NULL;
    IF array_position(firsts, NULL) IS NOT NULL THEN
        INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount, step_seen)
        SELECT o.id, coalesce(s.line_no, row_number() OVER (PARTITION BY o.id ORDER BY s.row_no)), p.code, s.quantity,
               s.quantity, s.unit_price, (s.quantity * s.unit_price + 500) / 1000, s.step_seen
        FROM unnest(ids, numbers, firsts) o (id, order_no, first)
        JOIN cleardesk.stage_order_line s ON s.order_no = o.order_no
        JOIN cleardesk.product p ON p.code = s.product
        WHERE s.import_id = p_import AND s.chunk = p_chunk AND o.first IS NULL;
    END IF;
    INSERT INTO cleardesk.waiting (what, order_id)
    SELECT 'order', o.id FROM unnest(ids) WITH ORDINALITY o (id, n) ORDER BY o.n;
END
$$;

-- Brings together the orders of a file whose lines, good or bad, do not stand together,
-- each into the first chunk that has some of it. Lines that repeat earlier ones of their
-- order word for word are the same lines sent twice and go. It answers the rows of each
-- chunk, or {"again": true} where the stage does not hold the rows that were sent.
CREATE FUNCTION cleardesk.gather_stage(p_import uuid, p_rows bigint, p_bad bigint) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp SET enable_nestloop = off AS $$
DECLARE
    options jsonb := cleardesk.open_import(p_import, ARRAY['orders']);
    apart   text[];
    firsts  integer[];
    twice   bigint := 0;
BEGIN
    IF (p_rows, p_bad) IS DISTINCT FROM ((SELECT count(*) FROM cleardesk.stage_order_line WHERE import_id = p_import),
        (SELECT count(*) FROM cleardesk.stage_row WHERE import_id = p_import))
    THEN
        RETURN '{"again": true}';
    END IF;
    SELECT array_agg(a.order_no), array_agg(a.first) INTO apart, firsts FROM (
        SELECT s.order_no, min(s.chunk) AS first FROM (
            SELECT order_no, chunk, run FROM cleardesk.stage_order_line WHERE import_id = p_import
            UNION ALL SELECT row ->> 'order_no', chunk, NULL FROM cleardesk.stage_row WHERE import_id = p_import) s
        GROUP BY s.order_no HAVING min(s.run) <> max(s.run) OR min(s.chunk) <> max(s.chunk)) a;
    IF apart IS NOT NULL THEN
        WITH runs AS (
            SELECT s.order_no, s.run, row_number() OVER (PARTITION BY s.order_no, string_agg(concat_ws(E'\t', s.store, s.placed_at,
                s.product, s.quantity, s.unit_price, coalesce(s.step_seen, 0), s.line_no), E'\n' ORDER BY s.row_no)
                ORDER BY s.run) AS nth
            FROM cleardesk.stage_order_line s WHERE s.import_id = p_import AND s.order_no = ANY (apart)
            GROUP BY s.order_no, s.run)
        DELETE FROM cleardesk.stage_order_line s USING runs r
        WHERE s.import_id = p_import AND s.order_no = r.order_no AND s.run = r.run AND r.nth > 1;
        GET DIAGNOSTICS twice = ROW_COUNT;
        UPDATE cleardesk.stage_order_line s SET chunk = a.first FROM unnest(apart, firsts) a (order_no, first)
        WHERE s.import_id = p_import AND s.order_no = a.order_no AND s.chunk <> a.first;
        UPDATE cleardesk.stage_row r SET chunk = a.first FROM unnest(apart, firsts) a (order_no, first)
        WHERE r.import_id = p_import AND r.row ->> 'order_no' = a.order_no AND r.chunk <> a.first;
    END IF;
    RETURN jsonb_build_object('repeated', twice, 'apart', coalesce(cardinality(apart), 0), 'chunks', coalesce(
        (SELECT jsonb_agg(jsonb_build_array(c.chunk, c.rows) ORDER BY c.chunk) FROM (
            SELECT chunk, count(*) AS rows FROM cleardesk.stage_order_line WHERE import_id = p_import GROUP BY chunk) c), '[]'));
END
$$;

-- Applies one chunk of orders: whole orders, each taken, the same as before, or
-- refused with a reason. {"again": true} means that the stage does not hold the rows
-- that were sent; it is emptied and nothing is done.
CREATE FUNCTION cleardesk.apply_stage(p_import uuid, p_chunk integer, p_rows bigint) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    options jsonb := cleardesk.open_import(p_import, ARRAY['orders']);
    dry     boolean := (options ->> 'dry_run')::boolean IS TRUE;
    heads   cleardesk.order_head[];
    answer  jsonb;
BEGIN
    SELECT c.result INTO answer FROM cleardesk.import_chunk c WHERE c.import_id = p_import AND c.chunk = p_chunk;
    IF answer IS NOT NULL THEN
        RETURN answer;
    END IF;
    heads := cleardesk.stage_heads(p_import, p_chunk, (options ->> 'create_missing')::boolean IS TRUE);
    IF p_rows IS DISTINCT FROM (SELECT coalesce(sum(line_count), 0) FROM unnest(heads)) THEN
        DELETE FROM cleardesk.stage_order_line WHERE import_id = p_import AND chunk = p_chunk;
        RETURN '{"again": true}';
    END IF;
    IF (options ->> 'create_missing')::boolean AND NOT dry THEN
        PERFORM cleardesk.make_missing(p_import, p_chunk, heads);
    END IF;
    IF NOT dry THEN
        PERFORM cleardesk.take_orders(p_import, p_chunk, heads, (options ->> 'history')::boolean IS TRUE);
    END IF;
    INSERT INTO cleardesk.import_reject (import_id, chunk, subject, first_row, last_row, reason, about)
    SELECT p_import, p_chunk, order_no, first_row, last_row, reason, about FROM unnest(heads) WHERE reason NOT IN ('', 'same');
    SELECT jsonb_build_object('lines', coalesce(sum(line_count) FILTER (WHERE reason = ''), 0),
        'taken', count(*) FILTER (WHERE reason = ''), 'same', count(*) FILTER (WHERE reason = 'same'),
        'same_lines', coalesce(sum(line_count) FILTER (WHERE reason = 'same'), 0),
        'rejected', count(*) FILTER (WHERE reason NOT IN ('', 'same')),
        'rejected_lines', coalesce(sum(line_count) FILTER (WHERE reason NOT IN ('', 'same')), 0))
        || CASE WHEN (options ->> 'verdicts')::boolean THEN jsonb_build_object('same_orders',
            coalesce(jsonb_agg(order_no ORDER BY first_row) FILTER (WHERE reason = 'same'), '[]')) ELSE '{}' END
    INTO answer FROM unnest(heads);
    INSERT INTO cleardesk.import_chunk (import_id, chunk, result) VALUES (p_import, p_chunk, answer);
    DELETE FROM cleardesk.stage_order_line WHERE import_id = p_import AND chunk = p_chunk;
    DELETE FROM cleardesk.stage_row WHERE import_id = p_import AND chunk = p_chunk;
    RETURN answer;
END
$$;

-- Which of these an import refused, and why.
CREATE FUNCTION cleardesk.import_rejects(p_import uuid, p_subjects text[])
RETURNS TABLE (chunk integer, subject text, first_row bigint, last_row bigint, reason text, about text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT r.chunk, r.subject, r.first_row, r.last_row, r.reason, r.about
    FROM cleardesk.import_reject r JOIN cleardesk.import i ON i.id = r.import_id
    WHERE r.import_id = p_import AND r.subject = ANY (p_subjects) AND i.by_login = cleardesk.me()
    ORDER BY r.chunk, r.first_row
$$;

-- What to do with each value that an import brings for rows that exist. What is as
-- in the last import is left alone whatever is here now; what differs from the last
-- import and was corrected here meanwhile is a clash, and the correction stands.
CREATE FUNCTION cleardesk.import_changes(fresh jsonb, here jsonb, last jsonb, first jsonb)
RETURNS TABLE (patch jsonb, clashes jsonb) LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_object_agg(v.key, v.value) FILTER (WHERE here -> v.key = (first || last) -> v.key),
           jsonb_agg(jsonb_build_object('code', fresh -> 'code', 'field', v.key, 'here', left(here ->> v.key, 80),
               'file', left(v.value #>> '{}', 80)) ORDER BY v.key)
               FILTER (WHERE here -> v.key <> (first || last) -> v.key AND v.key <> 'initials')
    FROM jsonb_each(fresh) v
    WHERE v.key <> 'code' AND v.value IS DISTINCT FROM last -> v.key AND v.value IS DISTINCT FROM here -> v.key
$$;

-- The rows of a chunk beside what is here: one of each code, the first that came.
CREATE FUNCTION cleardesk.apply_stores(p_import uuid, p_chunk integer, p_dry boolean) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    first   jsonb := '{"name_en": "", "initials": "", "manager": "", "manager_en": "", "phone": "", "expansion": "", "route": "",
        "cod_limit": null, "opened_on": null, "version": 1}';
    plan    jsonb;
BEGIN
    PERFORM FROM cleardesk.store s WHERE s.code IN
        (SELECT r.row ->> 'code' FROM cleardesk.stage_row r WHERE r.import_id = p_import AND r.chunk = p_chunk)
    ORDER BY s.code FOR UPDATE;
    SELECT jsonb_agg(jsonb_build_object('row', r.row, 'old', s.code IS NOT NULL, 'patch', c.patch, 'clashes', c.clashes))
    INTO plan
    FROM (SELECT DISTINCT ON (x.row ->> 'code') x.row::jsonb AS row FROM cleardesk.stage_row x
          WHERE x.import_id = p_import AND x.chunk = p_chunk ORDER BY x.row ->> 'code', x.row_no) r
    LEFT JOIN cleardesk.store s ON s.code = r.row ->> 'code'
    LEFT JOIN LATERAL cleardesk.import_changes(r.row, to_jsonb(s), coalesce(s.imported, '{}'),
        first || jsonb_build_object('name', s.code)) c ON s.code IS NOT NULL;
    INSERT INTO cleardesk.store
    SELECT n.* FROM jsonb_array_elements(plan) e, jsonb_populate_record(NULL::cleardesk.store, first
        || jsonb_build_object('name', e -> 'row' -> 'code') || (e -> 'row') || jsonb_build_object('imported', e -> 'row')) n
    WHERE NOT p_dry AND NOT (e ->> 'old')::boolean;
    UPDATE cleardesk.store s SET (name, name_en, initials, manager, manager_en, phone, expansion, route, cod_limit, opened_on)
            = (SELECT n.name, n.name_en, n.initials, n.manager, n.manager_en, n.phone, n.expansion, n.route, n.cod_limit, n.opened_on
               FROM jsonb_populate_record(s, coalesce(nullif(e -> 'patch', 'null'), '{}')) n),
        imported = coalesce(s.imported, '{}') || (e -> 'row'),
        version = s.version + (e ->> 'patch' IS NOT NULL)::integer
    FROM jsonb_array_elements(plan) e
    WHERE NOT p_dry AND s.code = e -> 'row' ->> 'code' AND (e ->> 'old')::boolean
        AND NOT coalesce(s.imported, '{}') @> (e -> 'row');
    RETURN plan;
END
$$;

CREATE FUNCTION cleardesk.apply_products(p_import uuid, p_chunk integer, p_dry boolean) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    first   jsonb := '{"name_en": "", "initials": "", "unit": "", "unit_en": "", "weighed": false, "category": "", "step": null,
        "step_version": 1, "case_size": null, "min_order": null, "price": 0, "supplier": null, "status": "normal", "stock": null, "stock_at": null, "reserved": 0, "gone": 0,
        "verify_above": null, "tolerance_permille": 0, "tolerance_abs": 0, "version": 1}';
    plan    jsonb;
    told    text[]; -- products whose stock is another than the last import told: what left since then is in it
BEGIN
    PERFORM FROM cleardesk.product p WHERE p.code IN
        (SELECT r.row ->> 'code' FROM cleardesk.stage_row r WHERE r.import_id = p_import AND r.chunk = p_chunk)
    ORDER BY p.code FOR UPDATE;
    INSERT INTO cleardesk.supplier AS s (code, name)
    SELECT DISTINCT ON (r.row ->> 'supplier') r.row ->> 'supplier', coalesce(r.row ->> 'supplier_name', r.row ->> 'supplier')
    FROM cleardesk.stage_row r
    WHERE NOT p_dry AND r.import_id = p_import AND r.chunk = p_chunk AND r.row ->> 'supplier' IS NOT NULL
    ORDER BY r.row ->> 'supplier', r.row ->> 'supplier_name' IS NULL, r.row_no
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, version = s.version + 1
        WHERE excluded.name NOT IN (s.name, s.code);
    SELECT jsonb_agg(jsonb_build_object('row', r.row, 'old', p.code IS NOT NULL, 'patch', c.patch, 'clashes', c.clashes))
    INTO plan
    FROM (SELECT DISTINCT ON (x.row ->> 'code') x.row::jsonb - 'supplier_name' AS row FROM cleardesk.stage_row x
          WHERE x.import_id = p_import AND x.chunk = p_chunk ORDER BY x.row ->> 'code', x.row_no) r
    LEFT JOIN cleardesk.product p ON p.code = r.row ->> 'code'
    LEFT JOIN LATERAL cleardesk.import_changes(r.row, to_jsonb(p) || jsonb_build_object('stock', p.stock + p.gone),
        coalesce(p.imported, '{}'), first || jsonb_build_object('name', p.code)) c ON p.code IS NOT NULL;
    told := ARRAY(SELECT e -> 'row' ->> 'code' FROM jsonb_array_elements(plan) e
        LEFT JOIN cleardesk.product p ON p.code = e -> 'row' ->> 'code'
        WHERE NOT p_dry AND e -> 'row' ->> 'stock' IS NOT NULL AND e -> 'row' -> 'stock' IS DISTINCT FROM p.imported -> 'stock'
          AND NOT jsonb_path_exists(e -> 'clashes', '$[*] ? (@.field == "stock")') IS TRUE);
    INSERT INTO cleardesk.stock_move (product, why, delta, stock)
    SELECT t.code, 'told', (e -> 'row' ->> 'stock')::bigint - coalesce(p.stock, 0), (e -> 'row' ->> 'stock')::bigint
    FROM unnest(told) t (code) JOIN jsonb_array_elements(plan) e ON e -> 'row' ->> 'code' = t.code JOIN cleardesk.product p ON p.code = t.code
    ORDER BY t.code;
    INSERT INTO cleardesk.product
    SELECT n.* FROM jsonb_array_elements(plan) e, jsonb_populate_record(NULL::cleardesk.product, first
        || jsonb_build_object('name', e -> 'row' -> 'code') || (e -> 'row') || jsonb_build_object('imported', e -> 'row',
            'stock_at', CASE WHEN e -> 'row' ->> 'stock' IS NOT NULL THEN now() END)) n
    WHERE NOT p_dry AND NOT (e ->> 'old')::boolean;
    UPDATE cleardesk.product p SET (name, name_en, initials, unit, unit_en, weighed, category, step, case_size, min_order, price, supplier,
            status, stock, verify_above, tolerance_permille, tolerance_abs)
            = (SELECT n.name, n.name_en, n.initials, n.unit, n.unit_en, n.weighed, n.category, n.step, n.case_size, n.min_order, n.price,
                      n.supplier, n.status, CASE WHEN p.code = ANY (told) THEN (e -> 'row' ->> 'stock')::bigint
                          WHEN e -> 'patch' ? 'stock' THEN NULL ELSE p.stock END, n.verify_above, n.tolerance_permille, n.tolerance_abs
               FROM jsonb_populate_record(p, coalesce(nullif(e -> 'patch', 'null'), '{}') - 'stock') n),
        gone = CASE WHEN p.code = ANY (told) OR e -> 'patch' ? 'stock' THEN 0 ELSE p.gone END,
        stock_at = CASE WHEN p.code = ANY (told) THEN now() ELSE p.stock_at END,
        imported = coalesce(p.imported, '{}') || (e -> 'row'),
        step_version = p.step_version + coalesce(e -> 'patch' ? 'step', false)::integer,
        version = p.version + (e ->> 'patch' IS NOT NULL)::integer
    FROM jsonb_array_elements(plan) e
    WHERE NOT p_dry AND p.code = e -> 'row' ->> 'code' AND (e ->> 'old')::boolean
        AND NOT coalesce(p.imported, '{}') @> (e -> 'row');
    IF NOT p_dry THEN
        PERFORM cleardesk.tell_clashes(p_import, plan);
    END IF;
    RETURN plan;
END
$$;

-- Applies one chunk of stores, products or day totals: new ones, changed ones, and clashes with
-- corrections made here, which stand and are named (at most a hundred).
CREATE FUNCTION cleardesk.apply_rows(p_import uuid, p_chunk integer, p_rows bigint) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    options jsonb := cleardesk.open_import(p_import, ARRAY['stores', 'products', 'day-totals']);
    dry     boolean := (options ->> 'dry_run')::boolean IS TRUE;
    plan    jsonb;
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
    plan := CASE options ->> 'kind' WHEN 'stores' THEN cleardesk.apply_stores(p_import, p_chunk, dry)
        WHEN 'day-totals' THEN cleardesk.apply_totals(p_import, p_chunk, dry)
        ELSE cleardesk.apply_products(p_import, p_chunk, dry) END;
    INSERT INTO cleardesk.import_reject (import_id, chunk, subject, first_row, last_row, reason, about)
    SELECT p_import, p_chunk, r.code, r.row_no, r.row_no, 'repeated', r.code
    FROM (SELECT x.row ->> 'code' AS code, x.row_no, row_number() OVER (PARTITION BY x.row ->> 'code' ORDER BY x.row_no) AS nth
          FROM cleardesk.stage_row x WHERE x.import_id = p_import AND x.chunk = p_chunk) r
    WHERE r.nth > 1;
    SELECT jsonb_build_object('new', count(*) FILTER (WHERE NOT (e ->> 'old')::boolean),
        'changed', count(*) FILTER (WHERE e ->> 'patch' IS NOT NULL),
        'same', count(*) FILTER (WHERE (e ->> 'old')::boolean AND e ->> 'patch' IS NULL AND e ->> 'clashes' IS NULL),
        'rejected', p_rows - count(*),
        'clashed', coalesce(sum(jsonb_array_length(nullif(e -> 'clashes', 'null'))), 0),
        'clashes', coalesce((SELECT jsonb_agg(c.one) FROM (SELECT x.one FROM jsonb_array_elements(plan) y,
            jsonb_array_elements(nullif(y -> 'clashes', 'null')) x (one) LIMIT 100) c), '[]'))
    INTO answer FROM jsonb_array_elements(plan) e;
    INSERT INTO cleardesk.import_chunk (import_id, chunk, result) VALUES (p_import, p_chunk, answer);
    DELETE FROM cleardesk.stage_row WHERE import_id = p_import AND chunk = p_chunk;
    RETURN answer;
END
$$;

GRANT INSERT ON cleardesk.stage_order_line, cleardesk.stage_row TO cleardesk_intake;
GRANT SELECT ON cleardesk.decision TO cleardesk_intake;
GRANT EXECUTE ON FUNCTION cleardesk.start_import(uuid, text, text, jsonb), cleardesk.gather_stage(uuid, bigint, bigint),
    cleardesk.apply_stage(uuid, integer, bigint), cleardesk.apply_rows(uuid, integer, bigint),
    cleardesk.import_rejects(uuid, text[]) TO cleardesk_intake;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
REVOKE INSERT ON cleardesk.stage_order_line, cleardesk.stage_row FROM cleardesk_intake;
REVOKE SELECT ON cleardesk.decision FROM cleardesk_intake;
DROP FUNCTION cleardesk.start_import(uuid, text, text, jsonb), cleardesk.gather_stage(uuid, bigint, bigint),
    cleardesk.apply_stage(uuid, integer, bigint), cleardesk.apply_rows(uuid, integer, bigint),
    cleardesk.import_rejects(uuid, text[]), cleardesk.apply_stores(uuid, integer, boolean),
    cleardesk.apply_products(uuid, integer, boolean), cleardesk.import_changes(jsonb, jsonb, jsonb, jsonb),
    cleardesk.take_orders(uuid, integer, cleardesk.order_head[], boolean),
    cleardesk.make_missing(uuid, integer, cleardesk.order_head[]),
    cleardesk.stage_heads(uuid, integer, boolean),
    cleardesk.line_hash(text, bigint, bigint, bigint, integer, bigint), cleardesk.open_import(uuid, text[]), cleardesk.platform_zone();
DROP TYPE cleardesk.order_head;
DROP TABLE cleardesk.import_reject;
ALTER TABLE cleardesk.stage_order_line
    DROP CONSTRAINT short, DROP CONSTRAINT bounded, DROP line_no, DROP run,
    ALTER order_no TYPE cleardesk.code, ALTER store TYPE cleardesk.code, ALTER product TYPE cleardesk.code,
    ALTER placed_at TYPE cleardesk.moment, ALTER quantity TYPE cleardesk.quantity, ALTER unit_price TYPE cleardesk.money_fen,
    ALTER step_seen TYPE cleardesk.quantity;
RESET ROLE;
-- +goose StatementEnd
