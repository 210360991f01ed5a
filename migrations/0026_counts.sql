-- Inventory follow-up (§4.1.6): what was counted beside the stock known at that time. A
-- count is a fact with its time; what it differs by is worked out against the stock of
-- that time. A manager verifies a difference, procurement corrects the stock.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
SET LOCAL search_path = cleardesk, pg_catalog;

-- A product counted. known is the stock of that time as it stood when the count came in;
-- NULL: nobody had told of any.
CREATE TABLE IF NOT EXISTS stock_count (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product   code NOT NULL REFERENCES product,
    quantity  quantity NOT NULL CHECK (quantity >= 0),
    at        moment NOT NULL,
    counter   words NOT NULL DEFAULT '', -- who counted
    known     quantity,
    by_login  login REFERENCES staff, -- who entered it; NULL: a file told
    import_id uuid REFERENCES import,
    taken_at  moment NOT NULL DEFAULT now(),
    CHECK ((by_login IS NULL) = (import_id IS NOT NULL))
);
CREATE INDEX IF NOT EXISTS stock_count_product ON stock_count (product, at, id);
CREATE INDEX IF NOT EXISTS stock_count_taken ON stock_count (taken_at);
-- A file knows its counts by product and time: told again one changes nothing.
CREATE UNIQUE INDEX IF NOT EXISTS stock_count_told ON stock_count (product, at) WHERE import_id IS NOT NULL;

-- What was done about a count's difference; the newest counts.
CREATE TABLE IF NOT EXISTS count_review (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    count_id bigint NOT NULL REFERENCES stock_count,
    what     text NOT NULL CHECK (what IN ('verified', 'recount')),
    diff     quantity NOT NULL, -- as it was seen
    note     note NOT NULL DEFAULT '',
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS count_review_count ON count_review (count_id, id);

-- The returns there are, for their own list.
CREATE INDEX IF NOT EXISTS anomaly_return_open ON anomaly (case_id) WHERE kind = 'return' AND closed_at IS NULL;
CREATE INDEX IF NOT EXISTS anomaly_return_closed ON anomaly (closed_at) WHERE kind = 'return' AND closed_at IS NOT NULL;

-- The last finding of a kind on a line, or on its whole case; NULL: there is none.
CREATE FUNCTION cleardesk.line_finding(p_case bigint, p_line integer, p_what text) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT to_jsonb(f) || jsonb_build_object('name', n.name, 'name_en', n.name_en)
    FROM cleardesk.finding f JOIN cleardesk.staff n ON n.login = f.by_login
    WHERE f.case_id = p_case AND f.what = p_what AND f.line_no IN (0, p_line) ORDER BY f.id DESC LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION cleardesk.line_finding(bigint, integer, text), cleardesk.came(bigint, cleardesk.anomaly, integer) TO cleardesk_staff;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['stock_count', 'count_review'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
            t || '_appended', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            t || '_kept', t);
        EXECUTE format('GRANT SELECT ON %I TO cleardesk_staff, cleardesk_intake', t);
    END LOOP;
END
$$;
CREATE TRIGGER stock_count_hint AFTER INSERT ON stock_count FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');
CREATE TRIGGER count_review_hint AFTER INSERT ON count_review FOR EACH STATEMENT EXECUTE FUNCTION hint('queue');

-- Counts with where each stands: replaced by a later one of the same product, corrected,
-- without a difference, or at work. The difference of one at work is to the stock of its
-- time as it is known now, for an earlier count that was corrected meanwhile moved it too.
CREATE VIEW stock_counted WITH (security_invoker = true) AS
SELECT x.*, cleardesk.line_amount(abs(x.diff), p.price) AS amount,
       CASE WHEN x.correction IS NOT NULL THEN 'corrected'
            WHEN x.next_at IS NOT NULL THEN 'replaced'
            WHEN x.diff = 0 THEN 'matches'
            ELSE coalesce(x.review, 'differs') END AS state
FROM (
    SELECT c.id, c.product, c.quantity, c.at, c.counter, c.known, c.by_login, c.import_id, c.taken_at, n.at AS next_at, k.id AS correction,
           r.what AS review, r.note AS review_note, r.by_login AS review_by, r.at AS review_at,
           (c.quantity - CASE WHEN n.at IS NULL AND k.id IS NULL THEN cleardesk.stock_at(c.product, c.at) ELSE coalesce(c.known, 0) END)::bigint AS diff
    FROM cleardesk.stock_count c
    LEFT JOIN LATERAL (
        SELECT y.at FROM cleardesk.stock_count y WHERE y.product = c.product AND (y.at, y.id) > (c.at::timestamptz, c.id)
        ORDER BY y.at, y.id LIMIT 1) n ON true
    LEFT JOIN LATERAL (
        SELECT y.id FROM cleardesk.correction y
        WHERE y.product = c.product AND y.what = 'stock' AND y.counted_at >= c.at AND (n.at IS NULL OR y.counted_at < n.at)
        ORDER BY y.counted_at, y.id LIMIT 1) k ON true
    LEFT JOIN LATERAL (
        SELECT y.* FROM cleardesk.count_review y WHERE y.count_id = c.id ORDER BY y.id DESC LIMIT 1) r ON true) x
JOIN cleardesk.product p ON p.code = x.product;
GRANT SELECT ON stock_counted TO cleardesk_staff;
GRANT EXECUTE ON FUNCTION cleardesk.stock_at(text, timestamptz) TO cleardesk_staff;

-- Brings the task of a product's difference in line with its last count: procurement has
-- one while it is verified and not corrected.
CREATE FUNCTION cleardesk.tell_count(p_product text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    v cleardesk.stock_counted;
BEGIN
    SELECT * INTO v FROM cleardesk.stock_counted x WHERE x.product = p_product ORDER BY x.at DESC, x.id DESC LIMIT 1;
    IF v.state = 'verified' THEN
        PERFORM cleardesk.open_task('count_difference', p_product, 'procurement', v.review_at + interval '1 day', v.amount, NULL,
            (SELECT jsonb_build_object('count', v.id, 'product', v.product, 'name', p.name, 'name_en', p.name_en, 'unit', p.unit,
                'unit_en', p.unit_en, 'off', v.diff, 'at', v.at) FROM cleardesk.product p WHERE p.code = v.product));
    ELSE
        PERFORM cleardesk.end_task('count_difference', p_product, coalesce(v.state, ''));
    END IF;
END
$$;

-- Brings the manager's task in line with what is to be verified: one for all of it, so
-- that a large count is no flood. It is about no product.
CREATE FUNCTION cleardesk.tell_counts() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    n record;
BEGIN
    SELECT count(*) AS many, coalesce(sum(x.amount), 0) AS amount, min(x.taken_at) AS since INTO n
    FROM cleardesk.stock_counted x WHERE x.state = 'differs' AND x.taken_at > now() - interval '31 days';
    IF n.many > 0 THEN
        PERFORM cleardesk.open_task('count_difference', '', 'manager', n.since + interval '1 day', least(n.amount, 1000000000000)::bigint, NULL,
            jsonb_build_object('counts', n.many));
    ELSE
        PERFORM cleardesk.end_task('count_difference', '', '');
    END IF;
END
$$;

-- A correction of the stock ends what the count asked for. It hangs on the move, which is
-- written last: by then product and correction stand.
CREATE FUNCTION cleardesk.count_corrected() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM cleardesk.stock_count c WHERE c.product = NEW.product) THEN
        PERFORM cleardesk.tell_count(NEW.product);
        PERFORM cleardesk.tell_counts();
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER count_corrected AFTER INSERT ON stock_move FOR EACH ROW WHEN (NEW.why = 'counted') EXECUTE FUNCTION cleardesk.count_corrected();

-- Why a count cannot be taken, '' where it can: of what, how many, and when.
CREATE FUNCTION cleardesk.count_bars(p_product text, p_quantity bigint, p_at timestamptz) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM cleardesk.product p WHERE p.code = p_product) THEN 'unknown_product'
        WHEN (p_quantity BETWEEN 0 AND 1000000000000) IS NOT TRUE THEN 'no_count'
        WHEN (p_at BETWEEN clock_timestamp() - interval '7 days' AND clock_timestamp()) IS NOT TRUE THEN 'count_time'
        ELSE '' END
$$;

-- Writes a count down, of a product that is locked.
CREATE FUNCTION cleardesk.take_count(p_product text, p_quantity bigint, p_at timestamptz, p_counter text, p_login text, p_import uuid)
RETURNS bigint LANGUAGE sql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    INSERT INTO cleardesk.stock_count (product, quantity, at, counter, known, by_login, import_id)
    SELECT p.code, p_quantity, p_at, p_counter, CASE WHEN p.stock IS NOT NULL THEN cleardesk.stock_at(p.code, p_at) END, p_login, p_import
    FROM cleardesk.product p WHERE p.code = p_product RETURNING id
$$;

-- Enters a count at the desk. Answers where it stands then.
CREATE FUNCTION cleardesk.record_count(op uuid, p_product text, p_quantity bigint, p_at timestamptz, p_counter text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'record_count');
    s    cleardesk.staff;
    made bigint;
    v    cleardesk.stock_counted;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('manager');
    PERFORM FROM cleardesk.product p WHERE p.code = p_product FOR UPDATE;
    CASE cleardesk.count_bars(p_product, p_quantity, p_at)
        WHEN 'unknown_product' THEN PERFORM cleardesk.deny('CD404', format('there is no product %s', coalesce(p_product, '')));
        WHEN 'no_count' THEN PERFORM cleardesk.deny('CD400', 'a count is not below nought');
        WHEN 'count_time' THEN PERFORM cleardesk.deny('CD400', 'a count was made within the last seven days');
        ELSE NULL;
    END CASE;
    made := cleardesk.take_count(p_product, p_quantity, p_at, coalesce(p_counter, ''), s.login, NULL);
    PERFORM cleardesk.tell_count(p_product);
    PERFORM cleardesk.tell_counts();
    SELECT * INTO v FROM cleardesk.stock_counted x WHERE x.id = made;
    RETURN cleardesk.answer(op, 'record_count', 'product ' || p_product,
        jsonb_build_object('quantity', p_quantity, 'at', p_at, 'counter', p_counter, 'count', made),
        jsonb_build_object('count', made, 'diff', v.diff, 'state', v.state));
END
$$;

-- Does something about a count's difference, which must be what the caller saw: a manager
-- verifies it, or has it counted again; procurement may send back what was verified.
CREATE FUNCTION cleardesk.review_count(op uuid, p_count bigint, p_what text, p_diff bigint, p_note text) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'review_count');
    s    cleardesk.staff;
    v    cleardesk.stock_counted;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC CASE p_what WHEN 'recount' THEN '{manager,procurement}'::text[] ELSE '{manager}' END);
    PERFORM FROM cleardesk.product p WHERE p.code = (SELECT c.product FROM cleardesk.stock_count c WHERE c.id = p_count) FOR UPDATE;
    SELECT * INTO v FROM cleardesk.stock_counted x WHERE x.id = p_count;
    IF v.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no count %s', p_count));
    ELSIF (p_what IN ('verified', 'recount')) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'a difference is verified, or counted again');
    ELSIF v.state NOT IN ('differs', 'recount', 'verified') OR v.state = p_what THEN
        PERFORM cleardesk.deny('CD409', format('the count is %s', v.state), jsonb_build_object('state', v.state));
    ELSIF NOT 'manager' = ANY (s.roles) AND v.state <> 'verified' THEN
        PERFORM cleardesk.deny('CD403', 'the count lies with the manager', '{"needs": "manager"}');
    ELSIF v.diff IS DISTINCT FROM p_diff THEN
        PERFORM cleardesk.deny('CD409', format('the difference is %s thousandths now', v.diff), jsonb_build_object('diff', v.diff));
    ELSIF p_what = 'verified' AND v.at < now() - interval '7 days' THEN
        PERFORM cleardesk.deny('CD409', 'it was counted more than seven days ago: count it again', '{"state": "old"}');
    ELSIF p_what = 'recount' AND trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'say why it is to be counted again');
    END IF;
    INSERT INTO cleardesk.count_review (count_id, what, diff, note, by_login) VALUES (v.id, p_what, p_diff, coalesce(p_note, ''), s.login);
    PERFORM cleardesk.tell_count(v.product);
    PERFORM cleardesk.tell_counts();
    RETURN cleardesk.answer(op, 'review_count', 'product ' || v.product,
        jsonb_build_object('count', v.id, 'what', p_what, 'diff', p_diff, 'note', p_note), jsonb_build_object('count', v.id, 'state', p_what));
END
$$;

-- Applies one chunk of counts from a file, {key, product, quantity, weight: it was told as one,
-- at, counter}: each is taken, the same as before, or refused with a reason.
CREATE FUNCTION cleardesk.apply_counts(p_import uuid, p_chunk integer, p_rows bigint) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    options jsonb := cleardesk.open_import(p_import, ARRAY['counts']);
    dry     boolean := (options ->> 'dry_run')::boolean IS TRUE;
    r       record;
    had     cleardesk.stock_count;
    why     text;
    sums    bigint[] := ARRAY[0, 0, 0]; -- new, same, refused
    moved   text[] := '{}';
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
    PERFORM FROM cleardesk.product p WHERE p.code IN (
        SELECT x.row ->> 'product' FROM cleardesk.stage_row x WHERE x.import_id = p_import AND x.chunk = p_chunk) ORDER BY p.code FOR UPDATE;
    FOR r IN
        SELECT x.row_no, x.row ->> 'key' AS key, x.row ->> 'product' AS product, (x.row ->> 'weight')::boolean IS TRUE AS weight, (x.row ->> 'quantity')::bigint AS quantity, (x.row ->> 'at')::timestamptz AS at,
               coalesce(x.row ->> 'counter', '') AS counter
        FROM cleardesk.stage_row x WHERE x.import_id = p_import AND x.chunk = p_chunk ORDER BY x.row_no
    LOOP
        SELECT * INTO had FROM cleardesk.stock_count c WHERE c.product = r.product AND c.at = r.at AND c.import_id IS NOT NULL;
        why := CASE WHEN r.weight AND EXISTS (SELECT FROM cleardesk.product p WHERE p.code = r.product AND NOT p.weighed) THEN 'no_weight'
                    WHEN had.id IS NULL THEN cleardesk.count_bars(r.product, r.quantity, r.at)
                    WHEN (had.quantity, had.counter) = (r.quantity, r.counter) THEN 'same' ELSE 'other_count' END;
        IF why = '' AND NOT dry THEN
            PERFORM cleardesk.take_count(r.product, r.quantity, r.at, r.counter, NULL, p_import);
            moved := moved || r.product;
        ELSIF why NOT IN ('', 'same') THEN
            INSERT INTO cleardesk.import_reject (import_id, chunk, subject, first_row, last_row, reason, about)
            VALUES (p_import, p_chunk, r.key, r.row_no, r.row_no, why, coalesce(r.product, ''));
        END IF;
        sums[CASE why WHEN '' THEN 1 WHEN 'same' THEN 2 ELSE 3 END] := sums[CASE why WHEN '' THEN 1 WHEN 'same' THEN 2 ELSE 3 END] + 1;
    END LOOP;
    PERFORM cleardesk.tell_count(m) FROM (SELECT DISTINCT unnest(moved) AS m ORDER BY m) x;
    IF cardinality(moved) > 0 THEN
        PERFORM cleardesk.tell_counts();
    END IF;
    answer := jsonb_build_object('new', sums[1], 'same', sums[2], 'rejected', sums[3]);
    INSERT INTO cleardesk.import_chunk (import_id, chunk, result) VALUES (p_import, p_chunk, answer);
    DELETE FROM cleardesk.stage_row WHERE import_id = p_import AND chunk = p_chunk;
    RETURN answer;
END
$$;
GRANT EXECUTE ON FUNCTION cleardesk.record_count(uuid, text, bigint, timestamptz, text) TO cleardesk_manager;
GRANT EXECUTE ON FUNCTION cleardesk.review_count(uuid, bigint, text, bigint, text) TO cleardesk_manager, cleardesk_procurement;
GRANT EXECUTE ON FUNCTION cleardesk.apply_counts(uuid, integer, bigint) TO cleardesk_intake;
RESET ROLE;
RESET search_path;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER count_corrected ON cleardesk.stock_move;
DROP TRIGGER stock_count_hint ON cleardesk.stock_count;
DROP TRIGGER count_review_hint ON cleardesk.count_review;
REVOKE SELECT ON cleardesk.stock_count, cleardesk.count_review FROM cleardesk_staff, cleardesk_intake;
REVOKE EXECUTE ON FUNCTION cleardesk.stock_at(text, timestamptz), cleardesk.came(bigint, cleardesk.anomaly, integer) FROM cleardesk_staff;
DROP FUNCTION cleardesk.line_finding(bigint, integer, text), cleardesk.apply_counts(uuid, integer, bigint), cleardesk.review_count(uuid, bigint, text, bigint, text),
    cleardesk.record_count(uuid, text, bigint, timestamptz, text), cleardesk.take_count(text, bigint, timestamptz, text, text, uuid),
    cleardesk.count_bars(text, bigint, timestamptz), cleardesk.count_corrected(), cleardesk.tell_counts(), cleardesk.tell_count(text);
DROP VIEW cleardesk.stock_counted;
RESET ROLE;
-- +goose StatementEnd
