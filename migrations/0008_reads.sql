-- What people may read: everything the desk shows. Programs read what they need to
-- judge and to tell the platform.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- One row a case, as the queue shows it.
CREATE VIEW cleardesk.queue WITH (security_invoker = true) AS
SELECT c.id, c.version, c.lies_with::text AS lies_with, c.state, c.kind::text AS kind, c.more, c.why, c.at_risk, c.rank,
       c.next_what, c.next_at, coalesce(c.store, '')::text AS store, coalesce(s.name, '') AS store_name,
       coalesce(s.name_en, '') AS store_name_en,
       coalesce(c.order_id, 0) AS order_id, coalesce(o.order_no, '')::text AS order_no, coalesce(o.state, '') AS order_state,
       coalesce(p.name, '') AS product_name, coalesce(p.name_en, '') AS product_name_en,
       coalesce(p.unit, '') AS unit, coalesce(p.unit_en, '') AS unit_en,
       c.holder::text AS holder, h.name AS holder_name, h.name_en AS holder_name_en, c.claimed_at, c.lease_until, c.claim_no,
       d.case_id IS NOT NULL AS draft, c.attempts, c.snooze_until, c.opened_at, c.closed_at, c.search, c.moments,
       c.parent, coalesce(c.cause, '') AS cause, c.members, c.members_open, c.stores, c.merged_into, coalesce(c.complaint, '') AS complaint
FROM cleardesk.cases c
LEFT JOIN cleardesk.store s ON s.code = c.store
LEFT JOIN cleardesk.orders o ON o.id = c.order_id
LEFT JOIN cleardesk.product p ON p.code = c.why ->> 'product'
LEFT JOIN cleardesk.staff h ON h.login = c.holder
LEFT JOIN cleardesk.draft d ON d.case_id = c.id;

CREATE FUNCTION cleardesk.schema_version() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    SELECT max(version_id) FROM public.goose_db_version WHERE is_applied
$$;
GRANT EXECUTE ON FUNCTION cleardesk.schema_version(), cleardesk.me() TO cleardesk_staff, cleardesk_intake;

GRANT SELECT ON
    cleardesk.staff, cleardesk.supplier, cleardesk.store, cleardesk.product, cleardesk.orders, cleardesk.order_line,
    cleardesk.cases, cleardesk.anomaly, cleardesk.hold, cleardesk.claim, cleardesk.resolution_record,
    cleardesk.call_record, cleardesk.call_case, cleardesk.case_note, cleardesk.draft, cleardesk.decision, cleardesk.audit,
    cleardesk.setting, cleardesk.act_authority, cleardesk.outcome_effect, cleardesk.presence, cleardesk.judge,
    cleardesk.waiting, cleardesk.import, cleardesk.queue
TO cleardesk_staff;
GRANT SELECT ON
    cleardesk.store, cleardesk.product, cleardesk.orders, cleardesk.order_line, cleardesk.setting, cleardesk.judge, cleardesk.waiting, cleardesk.baseline, cleardesk.import, cleardesk.import_chunk
TO cleardesk_intake;
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['quantity', 'money_fen', 'code', 'login', 'words', 'note', 'document', 'moment', 'department', 'kind']
    LOOP
        EXECUTE format('GRANT USAGE ON TYPE cleardesk.%I TO cleardesk_staff, cleardesk_intake', t);
    END LOOP;
END
$$;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP VIEW cleardesk.queue;
DROP FUNCTION cleardesk.schema_version();
REVOKE EXECUTE ON FUNCTION cleardesk.me() FROM cleardesk_staff, cleardesk_intake;
REVOKE SELECT ON
    cleardesk.staff, cleardesk.supplier, cleardesk.store, cleardesk.product, cleardesk.orders, cleardesk.order_line,
    cleardesk.cases, cleardesk.anomaly, cleardesk.hold, cleardesk.claim, cleardesk.resolution_record,
    cleardesk.call_record, cleardesk.call_case, cleardesk.case_note, cleardesk.draft, cleardesk.decision, cleardesk.audit,
    cleardesk.setting, cleardesk.act_authority, cleardesk.outcome_effect, cleardesk.presence, cleardesk.judge,
    cleardesk.waiting, cleardesk.import
FROM cleardesk_staff;
REVOKE SELECT ON
    cleardesk.store, cleardesk.product, cleardesk.orders, cleardesk.order_line, cleardesk.setting, cleardesk.judge,
    cleardesk.waiting, cleardesk.baseline, cleardesk.import, cleardesk.import_chunk
FROM cleardesk_intake;
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['quantity', 'money_fen', 'code', 'login', 'words', 'note', 'document', 'moment', 'department', 'kind']
    LOOP
        EXECUTE format('REVOKE USAGE ON TYPE cleardesk.%I FROM cleardesk_staff, cleardesk_intake', t);
    END LOOP;
END
$$;
RESET ROLE;
-- +goose StatementEnd
