-- What every act stands on: who calls, the idempotency key, the rank of a case, the
-- numbered decisions, and the hints to those who listen.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- The caller. SET ROLE survives the change of identity of a definer function only
-- in this setting, and can name nothing the login is not a member of.
CREATE FUNCTION cleardesk.me() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END
$$;

-- deny ends an act with a definite no. The class is a state of ours (CD400 invalid,
-- CD403 forbidden, CD404 not found, CD409 conflict, CD423 taken); the detail carries
-- values for the words a person reads.
CREATE FUNCTION cleardesk.deny(state text, line text, detail jsonb DEFAULT '{}') RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', line USING ERRCODE = state, DETAIL = detail::text;
END
$$;

-- The caller's row, or a refusal: only active people act, and only in the roles named.
CREATE FUNCTION cleardesk.need(VARIADIC wanted text[]) RETURNS cleardesk.staff LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    s cleardesk.staff;
BEGIN
    SELECT * INTO s FROM cleardesk.staff WHERE login = cleardesk.me();
    IF s.login IS NULL OR NOT s.active THEN
        PERFORM cleardesk.deny('CD403', cleardesk.me() || ' is not an active member of the staff');
    END IF;
    IF cardinality(wanted) > 0 AND NOT s.roles && wanted THEN
        PERFORM cleardesk.deny('CD403', 'this needs ' || array_to_string(wanted, ' or '),
            jsonb_build_object('needs', wanted));
    END IF;
    RETURN s;
END
$$;

-- The answer already given to this key, or NULL for the first time. The lock makes
-- a second call with the same key wait for the first.
CREATE FUNCTION cleardesk.answered(op uuid, act text) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    a cleardesk.audit;
BEGIN
    IF op IS NULL THEN
        PERFORM cleardesk.deny('CD400', 'an act needs a key');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(op::text, 7));
    SELECT * INTO a FROM cleardesk.audit x WHERE x.op = answered.op;
    IF a.op IS NULL THEN
        RETURN NULL;
    END IF;
    IF a.actor <> cleardesk.me() OR a.act <> answered.act THEN
        PERFORM cleardesk.deny('CD409', 'this key was used for another act');
    END IF;
    RETURN a.result;
END
$$;

-- Writes the audit row, which is the key too, and hands the answer on.
CREATE FUNCTION cleardesk.answer(op uuid, act text, subject text, detail jsonb, result jsonb) RETURNS jsonb LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    INSERT INTO cleardesk.audit (op, actor, act, subject, detail, result)
    VALUES (op, cleardesk.me(), act, subject, detail, result)
    RETURNING audit.result::jsonb
$$;

-- The stored place in the queue: domain.Rank gives the same number.
CREATE FUNCTION cleardesk.case_rank(next_at timestamptz, at_risk bigint) RETURNS double precision LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN next_at IS NULL THEN 1e11::float8 - greatest(1::float8, at_risk / 100.0::float8)
        ELSE floor(extract(epoch FROM next_at)::float8) - 3600::float8 * log(greatest(1::float8, at_risk / 100.0::float8))
    END
$$;

-- The first moment still to come, NULL past the last.
CREATE FUNCTION cleardesk.next_moment(moments jsonb, after timestamptz) RETURNS TABLE (what text, at timestamptz)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT m ->> 'what', (m ->> 'at')::timestamptz
    FROM jsonb_array_elements(moments) m
    WHERE (m ->> 'at')::timestamptz > after
    ORDER BY (m ->> 'at')::timestamptz
    LIMIT 1
$$;

-- Appends decisions in the order given: [{what, order_no, line_no, detail}].
CREATE FUNCTION cleardesk.decide(made jsonb) RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    total bigint := jsonb_array_length(made);
    last  bigint;
BEGIN
    IF total = 0 THEN
        RETURN 0;
    END IF;
    UPDATE cleardesk.decision_counter SET n = n + total RETURNING n INTO last;
    INSERT INTO cleardesk.decision (n, what, order_no, line_no, detail)
    SELECT last - total + d.ord, d.m ->> 'what', d.m ->> 'order_no', (d.m ->> 'line_no')::integer,
           coalesce(d.m -> 'detail', '{}')
    FROM jsonb_array_elements(made) WITH ORDINALITY d (m, ord);
    RETURN last;
END
$$;

CREATE FUNCTION cleardesk.hint() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify('cleardesk_' || TG_ARGV[0], '');
    RETURN NULL;
END
$$;
CREATE TRIGGER queue_hint AFTER INSERT OR UPDATE OF state, rank, kind, more, lies_with, holder, snooze_until ON cleardesk.cases
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.hint('queue');
CREATE TRIGGER note_hint AFTER INSERT ON cleardesk.case_note
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.hint('queue');
-- What is written by a query may be nothing at all: the judge that asked whether anything
-- is due would wake itself, for ever.
CREATE FUNCTION cleardesk.hint_rows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM came) THEN
        PERFORM pg_notify('cleardesk_' || TG_ARGV[0], '');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER waiting_hint AFTER INSERT ON cleardesk.waiting REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.hint_rows('waiting');
CREATE TRIGGER decision_hint AFTER INSERT ON cleardesk.decision
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.hint('decisions');
CREATE TRIGGER setting_hint AFTER INSERT ON cleardesk.setting
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.hint('catalogue');
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER queue_hint ON cleardesk.cases;
DROP TRIGGER note_hint ON cleardesk.case_note;
DROP TRIGGER waiting_hint ON cleardesk.waiting;
DROP TRIGGER decision_hint ON cleardesk.decision;
DROP TRIGGER setting_hint ON cleardesk.setting;
DROP FUNCTION cleardesk.hint(), cleardesk.hint_rows(), cleardesk.decide(jsonb), cleardesk.next_moment(jsonb, timestamptz),
    cleardesk.case_rank(timestamptz, bigint), cleardesk.answer(uuid, text, text, jsonb, jsonb), cleardesk.answered(uuid, text),
    cleardesk.need(text[]), cleardesk.deny(text, text, jsonb), cleardesk.me();
RESET ROLE;
-- +goose StatementEnd
