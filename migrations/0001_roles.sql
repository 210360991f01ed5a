-- The roles belong to the whole server, so they are made only where they are
-- missing and no down-migration drops them. The owner owns every object and logs
-- in nowhere; people are members of the group roles of their departments.

-- +goose Up
-- +goose StatementBegin
DO $$
DECLARE
    r text;
BEGIN
    FOREACH r IN ARRAY ARRAY[
        'cleardesk_owner', 'cleardesk_staff', 'cleardesk_agent', 'cleardesk_manager', 'cleardesk_expansion',
        'cleardesk_procurement', 'cleardesk_logistics', 'cleardesk_training', 'cleardesk_finance', 'cleardesk_intake']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', r);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- another database of this server was quicker
            END;
        END IF;
    END LOOP;
    FOREACH r IN ARRAY ARRAY[
        'cleardesk_agent', 'cleardesk_manager', 'cleardesk_expansion', 'cleardesk_procurement', 'cleardesk_logistics',
        'cleardesk_training', 'cleardesk_finance']
    LOOP
        IF NOT pg_has_role(r, 'cleardesk_staff', 'MEMBER') THEN
            EXECUTE format('GRANT cleardesk_staff TO %I', r);
        END IF;
    END LOOP;
    IF NOT pg_has_role(current_user, 'cleardesk_owner', 'MEMBER') THEN
        EXECUTE format('GRANT cleardesk_owner TO %I', current_user);
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO cleardesk_staff, cleardesk_intake, cleardesk_owner', current_database());
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO cleardesk_owner; -- to tell a desk the schema's version
GRANT SELECT ON goose_db_version TO cleardesk_owner;
CREATE SCHEMA cleardesk AUTHORIZATION cleardesk_owner;
SET LOCAL ROLE cleardesk_owner;
GRANT USAGE ON SCHEMA cleardesk TO cleardesk_staff, cleardesk_intake;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
DROP SCHEMA cleardesk CASCADE;
-- +goose StatementEnd
