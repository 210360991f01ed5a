-- Work that is no case: a day that waits to be signed, a gap in the roster, a difference
-- to look into. It lies with a department, has a time, and stands in the queue beside
-- the cases.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- It holds facts, so it outlives this migration's way back. About says which one it is
-- among its kind: there is one open at a time.
CREATE TABLE IF NOT EXISTS cleardesk.task (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what       text NOT NULL CHECK (what IN ('day_unsigned', 'week_unsigned', 'roster_gap', 'difference', 'standard', 'count_difference', 'escalated',
               'offered', 'import_clash', 'delivery')),
    about      cleardesk.words NOT NULL,
    lies_with  cleardesk.department NOT NULL,
    store      cleardesk.code,
    at_risk    cleardesk.money_fen NOT NULL DEFAULT 0,
    detail     cleardesk.document NOT NULL DEFAULT '{}',
    due        cleardesk.moment NOT NULL,
    rank       double precision NOT NULL,
    opened_by  text NOT NULL,
    opened_at  cleardesk.moment NOT NULL DEFAULT now(),
    closed_by  text,
    closed_at  cleardesk.moment,
    note       cleardesk.note NOT NULL DEFAULT '',
    version    bigint NOT NULL DEFAULT 1,
    CHECK ((closed_by IS NULL) = (closed_at IS NULL))
);
CREATE UNIQUE INDEX IF NOT EXISTS task_open ON cleardesk.task (what, about) WHERE closed_at IS NULL;
CREATE INDEX IF NOT EXISTS task_queue ON cleardesk.task (lies_with, rank, id) WHERE closed_at IS NULL;
CREATE OR REPLACE TRIGGER task_kept BEFORE DELETE OR TRUNCATE ON cleardesk.task
    FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.refuse_change();
CREATE TRIGGER task_hint AFTER INSERT OR UPDATE ON cleardesk.task FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.hint('queue');

-- Opens a task, or tells the open one anew. Answers its id.
CREATE FUNCTION cleardesk.open_task(p_what text, p_about text, p_dept text, p_due timestamptz, p_at_risk bigint, p_store text,
    p_detail jsonb) RETURNS bigint LANGUAGE sql SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    INSERT INTO cleardesk.task (what, about, lies_with, store, at_risk, detail, due, rank, opened_by)
    VALUES (p_what, p_about, p_dept, p_store, p_at_risk, p_detail, p_due, cleardesk.case_rank(p_due, p_at_risk), cleardesk.me())
    ON CONFLICT (what, about) WHERE closed_at IS NULL DO UPDATE
    SET lies_with = excluded.lies_with, at_risk = excluded.at_risk, detail = excluded.detail, due = excluded.due, rank = excluded.rank,
        version = task.version + 1
    RETURNING id
$$;

-- Closes the open task about something, if there is one: what it asked for is done.
CREATE FUNCTION cleardesk.end_task(p_what text, p_about text, p_note text) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
    UPDATE cleardesk.task SET closed_by = cleardesk.me(), closed_at = now(), note = coalesce(p_note, ''), version = version + 1
    WHERE what = p_what AND about = p_about AND closed_at IS NULL
$$;

-- A person of the department it lies with, or a manager, closes a task with a note.
CREATE FUNCTION cleardesk.close_task(op uuid, p_task bigint, p_note text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done jsonb := cleardesk.answered(op, 'close_task');
    s    cleardesk.staff;
    t    cleardesk.task;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need(VARIADIC '{}');
    SELECT * INTO t FROM cleardesk.task x WHERE x.id = p_task FOR UPDATE;
    IF t.id IS NULL THEN
        PERFORM cleardesk.deny('CD404', format('there is no task %s', p_task));
    ELSIF t.closed_at IS NOT NULL THEN
        PERFORM cleardesk.deny('CD409', format('task %s is closed', p_task),
            cleardesk.who(t.closed_by, t.closed_at) || '{"state": "closed"}');
    ELSIF NOT cleardesk.works_with(s, t.lies_with) THEN
        PERFORM cleardesk.deny('CD403', format('task %s lies with %s', t.id, t.lies_with), jsonb_build_object('needs', t.lies_with));
    ELSIF t.what NOT IN ('escalated', 'standard', 'delivery') THEN
        PERFORM cleardesk.deny('CD400', 'this ends when what it asks for is done');
    ELSIF trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'say what was found or done');
    END IF;
    PERFORM cleardesk.end_task(t.what, t.about, p_note);
    RETURN cleardesk.answer(op, 'close_task', 'task ' || t.id, jsonb_build_object('what', t.what, 'about', t.about, 'note', p_note),
        jsonb_build_object('task', t.id));
END
$$;
GRANT SELECT ON cleardesk.task TO cleardesk_staff, cleardesk_intake;
GRANT EXECUTE ON FUNCTION cleardesk.close_task(uuid, bigint, text) TO cleardesk_staff;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP TRIGGER task_hint ON cleardesk.task;
REVOKE SELECT ON cleardesk.task FROM cleardesk_staff, cleardesk_intake;
DROP FUNCTION cleardesk.close_task(uuid, bigint, text), cleardesk.end_task(text, text, text),
    cleardesk.open_task(text, text, text, timestamptz, bigint, text, jsonb);
RESET ROLE;
-- +goose StatementEnd
