-- Staff, settings and presence. The login roles themselves are made by the
-- administrator's program: the owner must not be able to make any.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- The caller must be the administrator or a manager.
CREATE FUNCTION cleardesk.need_admin() RETURNS void LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(cleardesk.me(), 'cleardesk_owner', 'MEMBER') THEN
        PERFORM cleardesk.need('manager');
    END IF;
END
$$;

-- Puts somebody on the staff, or changes name and roles. The roles here are what acts
-- are allowed by, so it is granted to nobody: only the administrator, who may become
-- the owner, can. The login has to be there and be a person's.
CREATE FUNCTION cleardesk.staff_add(op uuid, p_login text, p_name text, p_name_en text, p_roles text[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'staff_add');
    s    cleardesk.staff;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    IF NOT EXISTS (
        SELECT FROM pg_roles r WHERE r.rolname = p_login AND r.rolcanlogin AND NOT r.rolsuper AND NOT r.rolbypassrls
          AND NOT pg_has_role(r.rolname, 'cleardesk_owner', 'MEMBER') AND NOT pg_has_role(r.rolname, 'cleardesk_intake', 'MEMBER'))
    THEN
        PERFORM cleardesk.deny('CD404', format('there is no login %s for a person', p_login));
    ELSIF trim(coalesce(p_name, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'a person has a name');
    END IF;
    INSERT INTO cleardesk.staff (login, name, name_en, roles)
    VALUES (p_login, p_name, coalesce(p_name_en, ''), p_roles)
    ON CONFLICT (login) DO UPDATE
    SET name = excluded.name, name_en = excluded.name_en, roles = excluded.roles, active = true, off_at = NULL,
        version = staff.version + 1
    RETURNING * INTO s;
    RETURN cleardesk.answer(op, 'staff_add', 'staff ' || s.login, jsonb_build_object('name', s.name, 'roles', s.roles),
        jsonb_build_object('login', s.login, 'version', s.version));
END
$$;

-- Nobody who is off the staff comes to hold a case. The row is read under a lock that
-- staff_off has to wait for: it sees every claim that was faster, and refuses the others.
CREATE FUNCTION cleardesk.holder_is_active() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM FROM cleardesk.staff s WHERE s.login = NEW.holder AND s.active FOR SHARE;
    IF NOT FOUND THEN
        PERFORM cleardesk.deny('CD403', NEW.holder || ' is not an active member of the staff');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER holder_is_active BEFORE UPDATE OF holder ON cleardesk.cases FOR EACH ROW
    WHEN (NEW.holder IS NOT NULL AND NEW.holder IS DISTINCT FROM OLD.holder) EXECUTE FUNCTION cleardesk.holder_is_active();

-- Takes somebody off the staff: nothing they send is done any more, and what they held
-- is free again. Off already, nothing changes.
CREATE FUNCTION cleardesk.staff_off(op uuid, p_login text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'staff_off');
    s     cleardesk.staff;
    freed bigint[];
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need_admin();
    IF p_login = cleardesk.me() THEN
        PERFORM cleardesk.deny('CD400', 'nobody takes themselves off the staff');
    END IF;
    UPDATE cleardesk.staff SET active = false, off_at = now(), version = version + 1 WHERE login = p_login AND active;
    SELECT * INTO s FROM cleardesk.staff x WHERE x.login = p_login;
    IF s.login IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('%s is not on the staff', p_login));
    END IF;
    SELECT coalesce(array_agg(x.id ORDER BY x.id), '{}') INTO freed FROM (
        SELECT c.id FROM cleardesk.cases c WHERE c.holder = p_login ORDER BY c.id FOR UPDATE) x;
    PERFORM cleardesk.end_claim(x, 'off', '') FROM unnest(freed) x;
    UPDATE cleardesk.cases SET state = 'open', snooze_until = NULL, next_check = next_at WHERE id = ANY (freed) AND state = 'snoozed';
    DELETE FROM cleardesk.presence WHERE login = p_login;
    RETURN cleardesk.answer(op, 'staff_off', 'staff ' || p_login, jsonb_build_object('freed', freed),
        jsonb_build_object('login', p_login, 'freed', freed));
END
$$;

-- Sets a value from a moment on (NULL: now). What held before keeps its time.
CREATE FUNCTION cleardesk.put_setting(op uuid, p_name text, p_scope text, p_key text, p_from timestamptz, p_value text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'put_setting');
    n    cleardesk.setting;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    PERFORM cleardesk.need_admin();
    IF p_name IS NULL OR p_name !~ '^[a-z][a-z_.]{0,63}$' OR p_value ~ '[[:cntrl:]]' OR p_key ~ '[[:cntrl:]]' THEN
        PERFORM cleardesk.deny('CD400', 'this is no setting');
    ELSIF (p_scope = 'platform') IS DISTINCT FROM (p_key = '') THEN
        PERFORM cleardesk.deny('CD400', 'a setting of a scope names what it is for, one of the platform nothing');
    ELSIF p_name = 'platform.zone' AND NOT EXISTS (SELECT FROM pg_timezone_names z WHERE z.name = p_value) THEN
        PERFORM cleardesk.deny('CD400', 'the server knows no such time zone'); -- no order could come in any more
    END IF;
    INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
    VALUES (p_name, p_scope, p_key, greatest(p_from, now()), p_value, cleardesk.me())
    RETURNING * INTO n;
    RETURN cleardesk.answer(op, 'put_setting', 'setting ' || p_name,
        jsonb_build_object('scope', p_scope, 'key', p_key, 'from', n.valid_from, 'value', p_value), jsonb_build_object('id', n.id, 'from', n.valid_from));
END
$$;

-- Tells that somebody is at a desk, and with which store. Worth nothing later: no act.
-- The others are told when it is something else than before, not of each beat.
CREATE FUNCTION cleardesk.heartbeat(p_desk uuid, p_store text, p_case bigint, p_doing text) RETURNS timestamptz LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    PERFORM cleardesk.need(VARIADIC '{}');
    IF NOT EXISTS (
        SELECT FROM cleardesk.presence p WHERE p.login = cleardesk.me() AND p.desk = p_desk
          AND (p.store, p.case_id, p.doing) IS NOT DISTINCT FROM (p_store, p_case, coalesce(p_doing, '')))
    THEN
        PERFORM pg_notify('cleardesk_queue', '');
    END IF;
    INSERT INTO cleardesk.presence (login, desk, at, store, case_id, doing)
    VALUES (cleardesk.me(), p_desk, clock_timestamp(), p_store, p_case, coalesce(p_doing, ''))
    ON CONFLICT (login, desk) DO UPDATE
    SET at = excluded.at, store = excluded.store, case_id = excluded.case_id, doing = excluded.doing;
    RETURN clock_timestamp();
END
$$;
CREATE FUNCTION cleardesk.leave(p_desk uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
BEGIN
    DELETE FROM cleardesk.presence WHERE login = cleardesk.me() AND desk = p_desk;
    IF FOUND THEN
        PERFORM pg_notify('cleardesk_queue', '');
    END IF;
END
$$;

GRANT EXECUTE ON FUNCTION cleardesk.heartbeat(uuid, text, bigint, text), cleardesk.leave(uuid) TO cleardesk_staff;
GRANT EXECUTE ON FUNCTION cleardesk.staff_off(uuid, text), cleardesk.put_setting(uuid, text, text, text, timestamptz, text)
TO cleardesk_manager;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER holder_is_active ON cleardesk.cases;
DROP FUNCTION cleardesk.leave(uuid), cleardesk.holder_is_active(), cleardesk.heartbeat(uuid, text, bigint, text),
    cleardesk.put_setting(uuid, text, text, text, timestamptz, text), cleardesk.staff_off(uuid, text),
    cleardesk.staff_add(uuid, text, text, text, text[]), cleardesk.need_admin();
RESET ROLE;
-- +goose StatementEnd
