-- What people found is fed back: right but unusual, or a false alarm, makes the
-- statistics quieter about the same thing at the same store, with an end date; and how
-- often each rule was right is counted.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- The tables hold facts, so they outlive this migration's way back: only that of the
-- tables drops them.
CREATE TABLE IF NOT EXISTS cleardesk.exemption (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    store     cleardesk.code NOT NULL,
    product   cleardesk.code,                -- NULL: the order's amount
    kind      cleardesk.kind NOT NULL CHECK (kind IN ('quantity_surge', 'amount_surge')),
    quantity  cleardesk.quantity CHECK (quantity > 0),   -- confirmed
    amount    cleardesk.money_fen CHECK (amount >= 0),
    ratio_100 integer NOT NULL CHECK (ratio_100 BETWEEN 100 AND 10000),
    from_at   cleardesk.moment NOT NULL DEFAULT now(),
    until_at  cleardesk.moment NOT NULL,
    record_id bigint NOT NULL UNIQUE REFERENCES cleardesk.resolution_record,
    by_login  cleardesk.login NOT NULL REFERENCES cleardesk.staff,
    CHECK (until_at > from_at),
    CHECK (num_nonnulls(product, quantity) = CASE kind WHEN 'quantity_surge' THEN 2 ELSE 0 END),
    CHECK ((amount IS NULL) = (kind = 'quantity_surge'))
);
CREATE INDEX IF NOT EXISTS exemption_store ON cleardesk.exemption (store, until_at);
CREATE INDEX IF NOT EXISTS exemption_until ON cleardesk.exemption (until_at);
-- One that a manager ended before its date.
CREATE TABLE IF NOT EXISTS cleardesk.exemption_end (
    exemption_id bigint PRIMARY KEY REFERENCES cleardesk.exemption,
    at           cleardesk.moment NOT NULL DEFAULT now(),
    by_login     text NOT NULL,
    why          cleardesk.words NOT NULL DEFAULT ''
);
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['exemption', 'exemption_end'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OR DELETE ON cleardesk.%I
            FOR EACH ROW EXECUTE FUNCTION cleardesk.refuse_change()', t || '_appended', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON cleardesk.%I
            FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.refuse_change()', t || '_kept', t);
    END LOOP;
END
$$;

-- The effect, and what may have it.
INSERT INTO cleardesk.outcome_effect (kind, outcome, effect)
SELECT k, o, 'quieten' FROM unnest(ARRAY['quantity_surge', 'amount_surge']) k, unnest(ARRAY['confirmed_genuine', 'false_alarm']) o;

-- A multiple set for the platform as it holds now, in hundredths. It stands as it was
-- typed: with full-width digits and separators of thousands, as the program reads it.
CREATE FUNCTION cleardesk.platform_hundredths(p_name text, p_default integer) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    SELECT coalesce((
        SELECT CASE WHEN v.plain ~ '^[0-9]{0,12}([.][0-9]+)?$' AND v.plain <> '' THEN least(v.plain::numeric * 100, 100000000)::integer END
        FROM cleardesk.setting s, LATERAL (SELECT translate(s.value,
            U&'\FF10\FF11\FF12\FF13\FF14\FF15\FF16\FF17\FF18\FF19\FF0E\3002\FF0C\3000\FF0B, +', '0123456789..') AS plain) v
        WHERE s.name = p_name AND s.scope = 'platform' AND s.key = '' AND s.valid_from <= now()
        ORDER BY s.valid_from DESC, s.id DESC LIMIT 1), p_default)
$$;

-- What quietens concerns what its anomaly is about, found unusual or a false alarm; a hard
-- limit goes on holding.
CREATE FUNCTION cleardesk.guard_quieten(a cleardesk.anomaly, e cleardesk.effect) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM cleardesk.guard_about(a, e);
    IF e.close_reason IS NULL OR e.close_reason NOT IN ('unusual_right', 'rule_wrong') THEN
        PERFORM cleardesk.deny('CD403', format('%s of %s for %s does not quieten', e.outcome, a.kind, e.close_reason));
    ELSIF a.hard THEN
        PERFORM cleardesk.deny('CD403', 'a hard limit goes on holding: change the limit');
    END IF;
END
$$;

-- Makes the exemptions of records that have the effect, for as long and as much as is
-- set now. An order or line that is cancelled in the same act leaves none.
CREATE FUNCTION cleardesk.quieten(p_records bigint[]) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    INSERT INTO cleardesk.exemption (store, product, kind, quantity, amount, ratio_100, from_at, until_at, record_id, by_login)
    SELECT o.store, l.product, a.kind, l.quantity, CASE a.kind WHEN 'amount_surge' THEN o.total END,
           least(10000, greatest(100, cleardesk.platform_hundredths('detect.quiet_ratio', 150))),
           now(), now() + make_interval(hours => 24 * t.days), r.id, r.by_login
    FROM cleardesk.resolution_record r
    JOIN cleardesk.anomaly a ON a.id = r.anomaly_id
    JOIN cleardesk.orders o ON o.id = a.order_id
    LEFT JOIN cleardesk.order_line l ON l.order_id = o.id AND l.line_no = a.line_no AND a.kind = 'quantity_surge',
    LATERAL (SELECT least(366, cleardesk.platform_number('detect.quiet_days', 30)) AS days) t
    WHERE r.id = ANY (p_records) AND r.effects @> '[{"op": "quieten"}]' AND t.days > 0 AND o.state <> 'cancelled'
      AND l.cancelled IS DISTINCT FROM true
    ORDER BY r.id
$$;

-- Ends an exemption before its date.
CREATE FUNCTION cleardesk.end_exemption(op uuid, p_id bigint, p_why text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'end_exemption');
    x    cleardesk.exemption;
    e    cleardesk.exemption_end;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need_admin();
    PERFORM pg_advisory_xact_lock(hashtextextended('exemption ' || p_id, 13)); -- two managers at once
    SELECT * INTO x FROM cleardesk.exemption k WHERE k.id = p_id;
    IF x.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no exemption %s', p_id));
    ELSIF x.until_at <= now() THEN
        PERFORM cleardesk.deny('CD409', format('exemption %s has ended', p_id));
    END IF;
    SELECT * INTO e FROM cleardesk.exemption_end k WHERE k.exemption_id = p_id;
    IF e.exemption_id IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('exemption %s was ended before', p_id),
            jsonb_strip_nulls(jsonb_build_object('by', e.by_login, 'at', e.at)));
    END IF;
    INSERT INTO cleardesk.exemption_end (exemption_id, by_login, why) VALUES (p_id, cleardesk.me(), coalesce(p_why, '')) RETURNING * INTO e;
    RETURN cleardesk.answer(op, 'end_exemption', 'exemption ' || p_id,
        jsonb_build_object('store', x.store, 'product', x.product, 'why', e.why), jsonb_build_object('id', p_id, 'at', e.at));
END
$$;

-- The report on the rules reads anomalies from a month on, with their records, which
-- are never older.
CREATE INDEX anomaly_raised ON cleardesk.anomaly (raised_at);
CREATE INDEX resolution_at ON cleardesk.resolution_record (at);

GRANT EXECUTE ON FUNCTION cleardesk.end_exemption(uuid, bigint, text) TO cleardesk_manager;
GRANT SELECT ON cleardesk.exemption, cleardesk.exemption_end TO cleardesk_staff, cleardesk_intake;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
REVOKE SELECT ON cleardesk.exemption, cleardesk.exemption_end FROM cleardesk_staff, cleardesk_intake;
DROP INDEX cleardesk.anomaly_raised, cleardesk.resolution_at;
DROP FUNCTION cleardesk.end_exemption(uuid, bigint, text), cleardesk.quieten(bigint[]),
    cleardesk.guard_quieten(cleardesk.anomaly, cleardesk.effect), cleardesk.platform_hundredths(text, integer);
DELETE FROM cleardesk.outcome_effect WHERE effect = 'quieten';
RESET ROLE;
-- +goose StatementEnd
