-- Product information to standard (§4.3.1): what procurement edits of a product, with
-- its history, and what is done where the platform's catalogue brings another value than
-- was set here. Prices are not this desk's; a step, a stock and a listing are corrected
-- (§1.3, §1.7).

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- One field of a product that was set here, one row each time. Kept: ours stood against
-- the platform's catalogue; taken: the catalogue's took its place. Quantities are
-- thousandths; empty: there was none.
CREATE TABLE IF NOT EXISTS cleardesk.product_edit (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    op        uuid NOT NULL,
    product   cleardesk.code NOT NULL REFERENCES cleardesk.product,
    field     text NOT NULL CHECK (field IN ('name', 'name_en', 'initials', 'unit', 'unit_en', 'weighed', 'category', 'case_size', 'min_order',
              'supplier', 'verify_above', 'tolerance_permille', 'tolerance_abs', 'step', 'status')),
    what      text NOT NULL CHECK (what IN ('edited', 'kept', 'taken')),
    old_value cleardesk.words NOT NULL,
    new_value cleardesk.words NOT NULL,
    reason    cleardesk.code NOT NULL,
    note      cleardesk.note NOT NULL DEFAULT '',
    by_login  cleardesk.login NOT NULL REFERENCES cleardesk.staff,
    at        cleardesk.moment NOT NULL DEFAULT now(),
    UNIQUE (op, field),
    CHECK (what <> 'edited' OR field NOT IN ('step', 'status'))
);
CREATE INDEX IF NOT EXISTS product_edit_product ON cleardesk.product_edit (product, id);
CREATE OR REPLACE TRIGGER product_edit_appended BEFORE UPDATE OR DELETE ON cleardesk.product_edit
    FOR EACH ROW EXECUTE FUNCTION cleardesk.refuse_change();
CREATE OR REPLACE TRIGGER product_edit_kept BEFORE TRUNCATE ON cleardesk.product_edit
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.refuse_change();
CREATE TRIGGER product_edit_hint AFTER INSERT ON cleardesk.product_edit
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.hint('catalogue');

-- Locks a product and the decisions' counter, in the order of all acts.
CREATE FUNCTION cleardesk.lock_product(p_product text) RETURNS cleardesk.product LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    g cleardesk.product;
BEGIN
    SELECT * INTO g FROM cleardesk.product x WHERE x.code = p_product FOR UPDATE;
    IF g.code IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no product %s', coalesce(p_product, '')));
    END IF;
    PERFORM FROM cleardesk.decision_counter FOR UPDATE;
    RETURN g;
END
$$;

-- Whether fields may be edited so: domain.ProductEdit.Check refuses the same.
CREATE FUNCTION cleardesk.guard_fields(p_fields jsonb, p_reason text, p_note text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    f text;
BEGIN
    IF jsonb_typeof(p_fields) IS DISTINCT FROM 'object' OR p_fields = '{}' THEN
        PERFORM cleardesk.deny('CD400', 'there is nothing to write');
    ELSIF (p_reason IN ('entry', 'import', 'pack', 'supplier', 'other')) IS NOT TRUE OR p_reason = 'other' AND trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'an edit has a reason, and another one than those offered a note');
    END IF;
    FOR f IN SELECT jsonb_object_keys(p_fields) LOOP
        IF f = 'price' THEN
            PERFORM cleardesk.deny('CD403', 'prices are not this desk''s to change', '{"needs": "platform"}');
        ELSIF f IN ('step', 'stock', 'status') THEN
            PERFORM cleardesk.deny('CD400', f || ' is corrected, not edited');
        ELSIF f NOT IN ('name', 'name_en', 'initials', 'unit', 'unit_en', 'weighed', 'category', 'case_size', 'min_order', 'supplier',
            'verify_above', 'tolerance_permille', 'tolerance_abs')
        THEN
            PERFORM cleardesk.deny('CD400', format('%s is no field of a product that is edited', left(f, 40)));
        ELSIF f IN ('name', 'unit') AND trim(coalesce(p_fields ->> f, '')) = '' THEN
            PERFORM cleardesk.deny('CD400', f || ' cannot be emptied');
        ELSIF f NOT IN ('supplier', 'case_size', 'min_order', 'verify_above') AND p_fields ->> f IS NULL THEN
            PERFORM cleardesk.deny('CD400', f || ' has a value');
        ELSIF f IN ('case_size', 'verify_above') AND (p_fields ->> f)::bigint NOT BETWEEN 1 AND 1000000000000
            OR f IN ('min_order', 'tolerance_abs') AND (p_fields ->> f)::bigint NOT BETWEEN 0 AND 1000000000000
            OR f = 'tolerance_permille' AND (p_fields ->> f)::bigint NOT BETWEEN 0 AND 1000
            OR length(p_fields ->> f) > 400
        THEN
            PERFORM cleardesk.deny('CD400', f || ' is out of its range');
        END IF;
    END LOOP;
    IF p_fields ->> 'supplier' IS NOT NULL AND NOT EXISTS (SELECT FROM cleardesk.supplier v WHERE v.code = p_fields ->> 'supplier') THEN
        PERFORM cleardesk.deny('CD404', format('there is no supplier %s', left(p_fields ->> 'supplier', 40)));
    END IF;
END
$$;

-- Puts values into a product and writes each down that is another one. Answers the fields,
-- {field: {old, new}}.
CREATE FUNCTION cleardesk.put_fields(op uuid, g cleardesk.product, p_fields jsonb, p_what text, p_reason text, p_note text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    was   jsonb := to_jsonb(g);
    n     cleardesk.product := jsonb_populate_record(g, p_fields);
    moved jsonb;
BEGIN
    SELECT jsonb_object_agg(k.key, jsonb_build_object('old', was -> k.key, 'new', to_jsonb(n) -> k.key)) INTO moved
    FROM jsonb_object_keys(p_fields) k (key) WHERE was -> k.key IS DISTINCT FROM to_jsonb(n) -> k.key;
    IF moved IS NULL THEN
        RETURN '{}';
    END IF;
    UPDATE cleardesk.product x
    SET name = n.name, name_en = n.name_en, initials = n.initials, unit = n.unit, unit_en = n.unit_en, weighed = n.weighed,
        category = n.category, case_size = n.case_size, min_order = n.min_order, supplier = n.supplier, verify_above = n.verify_above,
        tolerance_permille = n.tolerance_permille, tolerance_abs = n.tolerance_abs, version = x.version + 1
    WHERE x.code = g.code;
    INSERT INTO cleardesk.product_edit (op, product, field, what, old_value, new_value, reason, note, by_login)
    SELECT op, g.code, m.key, p_what, coalesce(m.value ->> 'old', ''), coalesce(m.value ->> 'new', ''), p_reason, coalesce(p_note, ''), cleardesk.me()
    FROM jsonb_each(moved) m ORDER BY m.key;
    RETURN moved;
END
$$;

-- Who changed a product last here, for the one who came too late; nobody: an import did.
CREATE FUNCTION cleardesk.product_change(p_product text) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT jsonb_build_object('changed', x.what, 'by', x.by_login, 'name', s.name, 'name_en', s.name_en, 'at', x.at)
        FROM (SELECT 'edit' AS what, e.by_login, e.at FROM cleardesk.product_edit e WHERE e.product = p_product
              UNION ALL SELECT 'correct', k.by_login, k.at FROM cleardesk.correction k WHERE k.product = p_product
              ORDER BY at DESC LIMIT 1) x JOIN cleardesk.staff s ON s.login = x.by_login
        WHERE x.at >= coalesce((SELECT max(i.started_at) FROM cleardesk.import i WHERE i.kind = 'products'), '-infinity')),
        '{"changed": "import"}')
$$;

-- Edits the information of a product as the caller saw it, which is its version; the
-- platform is told. p_fields is {column: value}, quantities in thousandths.
CREATE FUNCTION cleardesk.edit_product(op uuid, p_product text, p_version bigint, p_fields jsonb, p_reason text, p_note text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'edit_product');
    g     cleardesk.product;
    moved jsonb;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need('procurement');
    PERFORM cleardesk.guard_fields(p_fields, p_reason, p_note);
    g := cleardesk.lock_product(p_product);
    IF g.version IS DISTINCT FROM p_version THEN
        PERFORM cleardesk.deny('CD409', format('%s was changed meanwhile', g.code),
            cleardesk.product_change(g.code) || jsonb_build_object('version', g.version));
    END IF;
    moved := cleardesk.put_fields(op, g, p_fields, 'edited', p_reason, p_note);
    IF moved = '{}' THEN
        PERFORM cleardesk.deny('CD400', 'nothing would change');
    END IF;
    PERFORM cleardesk.decide(jsonb_build_array(jsonb_build_object('what', 'product_edited',
        'detail', jsonb_build_object('product', g.code, 'fields', moved - 'initials'))));
    PERFORM cleardesk.end_met_clashes(ARRAY[g.code::text]);
    RETURN cleardesk.answer(op, 'edit_product', 'product ' || g.code,
        jsonb_build_object('version', p_version, 'fields', p_fields, 'reason', p_reason, 'note', p_note),
        jsonb_build_object('version', g.version + 1, 'fields', (SELECT jsonb_agg(k ORDER BY k) FROM jsonb_object_keys(moved) k)));
END
$$;

-- Makes a task of each value an import of products brought otherwise than it was set
-- here; at risk is what is open about the product. Of the price there is none: nobody
-- sets it here.
CREATE FUNCTION cleardesk.tell_clashes(p_import uuid, p_plan jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM cleardesk.open_task('import_clash', (e -> 'row' ->> 'code') || ' ' || (c ->> 'field'), 'procurement', now() + interval '1 day',
        coalesce((SELECT sum(a.at_risk) FROM cleardesk.anomaly a WHERE a.product = e -> 'row' ->> 'code' AND a.closed_at IS NULL), 0)::bigint, NULL,
        jsonb_build_object('product', p.code, 'name', p.name, 'name_en', p.name_en, 'field', c -> 'field', 'file', e -> 'row' -> (c ->> 'field'),
            'import', p_import))
    FROM jsonb_array_elements(p_plan) e JOIN cleardesk.product p ON p.code = e -> 'row' ->> 'code',
         jsonb_array_elements(nullif(e -> 'clashes', 'null')) c
    WHERE c ->> 'field' IN ('name', 'name_en', 'unit', 'unit_en', 'weighed', 'category', 'case_size', 'min_order', 'supplier', 'verify_above',
        'tolerance_permille', 'tolerance_abs', 'step', 'status');
    PERFORM cleardesk.end_met_clashes(ARRAY(SELECT e -> 'row' ->> 'code' FROM jsonb_array_elements(p_plan) e));
END
$$;

-- Ends the clashes of products where both have come to say the same.
CREATE FUNCTION cleardesk.end_met_clashes(p_products text[]) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    UPDATE cleardesk.task t SET closed_by = cleardesk.me(), closed_at = now(), version = t.version + 1
    FROM cleardesk.product p
    WHERE t.what = 'import_clash' AND t.closed_at IS NULL AND t.detail ->> 'product' = ANY (p_products) AND p.code = t.detail ->> 'product'
      AND to_jsonb(p) -> (t.detail ->> 'field') IN (t.detail -> 'file', p.imported -> (t.detail ->> 'field'))
$$;

-- Settles a clash: ours is kept, and the platform told again, or theirs is taken: a step
-- and a listing with all that a correction does. p_here is the value here that the caller
-- saw, p_with the moments of today's orders and what kinds are called, as correct has them.
CREATE FUNCTION cleardesk.settle_clash(op uuid, p_task bigint, p_take text, p_here jsonb, p_note text, p_with jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'settle_clash');
    s     cleardesk.staff;
    t     cleardesk.task;
    g     cleardesk.product;
    f     text;
    moved jsonb := '{}';
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('procurement');
    SELECT * INTO t FROM cleardesk.task x WHERE x.id = p_task AND x.what = 'import_clash';
    IF t.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no clash %s', p_task));
    ELSIF (p_take IN ('ours', 'theirs')) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'keep ours or take theirs');
    END IF;
    f := t.detail ->> 'field';
    IF f IN ('step', 'status') AND p_take = 'theirs' THEN
        PERFORM cleardesk.lock_correction(t.detail ->> 'product');
    END IF;
    g := cleardesk.lock_product(t.detail ->> 'product');
    SELECT * INTO t FROM cleardesk.task x WHERE x.id = p_task FOR UPDATE;
    IF t.closed_at IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('clash %s is settled', p_task), cleardesk.who(t.closed_by, t.closed_at) || '{"state": "closed"}');
    ELSIF to_jsonb(g) -> f IS DISTINCT FROM p_here THEN
        PERFORM cleardesk.deny('CD409', format('%s of %s was changed meanwhile', f, g.code), cleardesk.product_change(g.code));
    END IF;
    PERFORM cleardesk.end_task('import_clash', t.about, coalesce(nullif(trim(p_note), ''), p_take));
    IF p_take = 'ours' THEN
        INSERT INTO cleardesk.product_edit (op, product, field, what, old_value, new_value, reason, note, by_login)
        VALUES (op, g.code, f, 'kept', coalesce(t.detail ->> 'file', ''), coalesce(p_here #>> '{}', ''), 'import', coalesce(p_note, ''), s.login);
        PERFORM cleardesk.decide(jsonb_build_array(CASE
            WHEN f IN ('step', 'status') THEN jsonb_build_object('what', CASE f WHEN 'step' THEN 'step_corrected' ELSE 'listing_corrected' END, 'detail',
                jsonb_build_object('product', g.code, 'old', t.detail ->> 'file', 'new', p_here #>> '{}', 'again', true))
            ELSE jsonb_build_object('what', 'product_edited', 'detail', jsonb_build_object('product', g.code, 'again', true,
                'fields', jsonb_build_object(f, jsonb_build_object('old', t.detail -> 'file', 'new', p_here)))) END));
    ELSIF f IN ('step', 'status') THEN
        moved := cleardesk.correct_now(op, p_with || jsonb_strip_nulls(jsonb_build_object('what', CASE f WHEN 'step' THEN 'step' ELSE 'listing' END,
            'product', g.code, 'step', CASE f WHEN 'step' THEN t.detail -> 'file' END, 'seen', g.step_version,
            'status', CASE f WHEN 'status' THEN t.detail -> 'file' END, 'reason', 'import', 'note', coalesce(p_note, ''))));
        -- The platform has it already: nothing of it waits to be confirmed.
        UPDATE cleardesk.product x SET imported = coalesce(x.imported, '{}') || jsonb_build_object(f, t.detail -> 'file') WHERE x.code = g.code;
    ELSE
        moved := cleardesk.put_fields(op, g, jsonb_build_object(f, t.detail -> 'file'), 'taken', 'import', p_note);
    END IF;
    RETURN cleardesk.answer(op, 'settle_clash', 'product ' || g.code,
        jsonb_build_object('task', p_task, 'field', f, 'take', p_take, 'here', p_here, 'file', t.detail -> 'file', 'note', p_note),
        jsonb_build_object('task', p_task, 'take', p_take, 'cleared', coalesce(moved -> 'cleared', '[]')));
END
$$;

GRANT SELECT ON cleardesk.product_edit TO cleardesk_staff, cleardesk_intake;
GRANT EXECUTE ON FUNCTION cleardesk.edit_product(uuid, text, bigint, jsonb, text, text),
    cleardesk.settle_clash(uuid, bigint, text, jsonb, text, jsonb) TO cleardesk_procurement;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER product_edit_hint ON cleardesk.product_edit;
REVOKE SELECT ON cleardesk.product_edit FROM cleardesk_staff, cleardesk_intake;
DROP FUNCTION cleardesk.settle_clash(uuid, bigint, text, jsonb, text, jsonb), cleardesk.end_met_clashes(text[]),
    cleardesk.tell_clashes(uuid, jsonb), cleardesk.edit_product(uuid, text, bigint, jsonb, text, text), cleardesk.product_change(text),
    cleardesk.put_fields(uuid, cleardesk.product, jsonb, text, text, text), cleardesk.guard_fields(jsonb, text, text),
    cleardesk.lock_product(text);
RESET ROLE;
-- +goose StatementEnd
