-- What was done to train stores and departments (process.md, "Training"). Who would gain
-- from it is counted from how anomalies went; whether it helped, from how they went since.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;

-- A training that was held, about one thing that went wrong again and again.
CREATE TABLE IF NOT EXISTS cleardesk.training (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    store    cleardesk.code REFERENCES cleardesk.store,
    dept     cleardesk.department,
    topic    text NOT NULL,
    held_on  date NOT NULL CHECK (isfinite(held_on)),
    note     cleardesk.note NOT NULL,
    by_login cleardesk.login NOT NULL REFERENCES cleardesk.staff,
    at       cleardesk.moment NOT NULL DEFAULT now(),
    CHECK ((store IS NULL) <> (dept IS NULL)),
    CHECK (topic IN ('wrong_orders', 'step_mismatches') AND store IS NOT NULL OR topic IN ('late', 'reopened', 'false_alarms') AND dept IS NOT NULL),
    UNIQUE NULLS NOT DISTINCT (store, dept, topic, held_on)
);
CREATE INDEX IF NOT EXISTS training_day ON cleardesk.training (held_on);
CREATE OR REPLACE TRIGGER training_appended BEFORE UPDATE OR DELETE ON cleardesk.training FOR EACH ROW EXECUTE FUNCTION cleardesk.refuse_change();
CREATE OR REPLACE TRIGGER training_kept BEFORE TRUNCATE ON cleardesk.training FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.refuse_change();
CREATE TRIGGER training_hint AFTER INSERT ON cleardesk.training FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.hint('queue');
GRANT SELECT ON cleardesk.training TO cleardesk_staff, cleardesk_intake;

-- Keeps that a store or a department was trained in one thing on a day of the platform's:
-- not one to come, nor one so far back that nobody can tell any more what was before it.
CREATE FUNCTION cleardesk.train(op uuid, p_store text, p_dept text, p_topic text, p_on date, p_note text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, cleardesk, pg_temp AS $$
DECLARE
    done  jsonb := cleardesk.answered(op, 'train');
    s     cleardesk.staff;
    today date := (now() AT TIME ZONE cleardesk.platform_zone())::date;
    id_   bigint;
BEGIN
    IF done IS NOT NULL THEN
        RETURN done;
    END IF;
    s := cleardesk.need('training');
    IF (p_store IS NULL) = (p_dept IS NULL) THEN
        PERFORM cleardesk.deny('CD400', 'a store or a department is trained: name one');
    ELSIF p_store IS NOT NULL AND NOT EXISTS (SELECT FROM cleardesk.store x WHERE x.code = p_store) THEN
        PERFORM cleardesk.deny('CD404', format('there is no store %s', p_store));
    ELSIF (p_topic = ANY (CASE WHEN p_store IS NOT NULL THEN '{wrong_orders,step_mismatches}' ELSE '{late,reopened,false_alarms}' END::text[])) IS NOT TRUE THEN
        PERFORM cleardesk.deny('CD400', 'stores are trained in wrong_orders or step_mismatches, departments in late, reopened or false_alarms');
    ELSIF p_on IS NULL OR NOT isfinite(p_on) OR p_on > today OR p_on < today - 366 THEN
        PERFORM cleardesk.deny('CD400', 'the day lies within the last year, today at the latest');
    ELSIF trim(coalesce(p_note, '')) = '' THEN
        PERFORM cleardesk.deny('CD400', 'say what was done');
    END IF;
    INSERT INTO cleardesk.training (store, dept, topic, held_on, note, by_login) VALUES (p_store, p_dept, p_topic, p_on, p_note, s.login)
    ON CONFLICT DO NOTHING RETURNING id INTO id_;
    IF id_ IS NULL THEN
        PERFORM cleardesk.deny('CD409', format('that %s was trained in this on %s is written down already', coalesce(p_store, p_dept), p_on),
            '{"state": "trained"}');
    END IF;
    RETURN cleardesk.answer(op, 'train', CASE WHEN p_store IS NOT NULL THEN 'store ' || p_store ELSE 'department ' || p_dept END,
        jsonb_build_object('topic', p_topic, 'on', p_on, 'note', p_note), jsonb_build_object('training', id_));
END
$$;
GRANT EXECUTE ON FUNCTION cleardesk.train(uuid, text, text, text, date, text) TO cleardesk_training;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP FUNCTION cleardesk.train(uuid, text, text, text, date, text);
REVOKE SELECT ON cleardesk.training FROM cleardesk_staff, cleardesk_intake;
DROP TRIGGER training_hint ON cleardesk.training;
RESET ROLE;
-- +goose StatementEnd
