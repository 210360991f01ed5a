-- Which outcomes a kind of anomaly has, what they may do, and who may write them: the
-- same rows as domain.Rules.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
INSERT INTO cleardesk.outcome_effect (kind, outcome, effect)
SELECT v.kind, v.outcome, e FROM (VALUES
    ('quantity_surge', 'confirmed_genuine', ARRAY['release', 'learn']),
    ('quantity_surge', 'quantity_corrected', ARRAY['set_quantity', 'release']),
    ('quantity_surge', 'line_cancelled', ARRAY['cancel_line', 'release']),
    ('quantity_surge', 'order_cancelled', ARRAY['cancel_order', 'release']),
    ('quantity_surge', 'false_alarm', ARRAY['release', 'learn']),
    ('amount_surge', 'confirmed_genuine', ARRAY['release', 'learn']),
    ('amount_surge', 'order_corrected', ARRAY['set_quantity', 'cancel_line', 'release']),
    ('amount_surge', 'order_cancelled', ARRAY['cancel_order', 'release']),
    ('amount_surge', 'false_alarm', ARRAY['release', 'learn']),
    ('step_mismatch', 'quantity_rounded', ARRAY['set_quantity', 'release']),
    ('step_mismatch', 'line_cancelled', ARRAY['cancel_line', 'release']),
    ('step_mismatch', 'order_cancelled', ARRAY['cancel_order', 'release']),
    ('step_mismatch', 'false_alarm', ARRAY['release', 'learn']),
    ('zero_stock', 'quantity_corrected', ARRAY['set_quantity', 'release']),
    ('zero_stock', 'line_cancelled', ARRAY['cancel_line', 'release']),
    ('zero_stock', 'order_cancelled', ARRAY['cancel_order', 'release']),
    ('zero_stock', 'false_alarm', ARRAY['release', 'learn'])) v (kind, outcome, effects), unnest(v.effects) e;
INSERT INTO cleardesk.act_authority (role, kind, outcome)
SELECT r, e.kind, e.outcome
FROM (SELECT DISTINCT kind, outcome FROM cleardesk.outcome_effect) e, unnest(ARRAY['agent', 'manager']) r;
RESET ROLE;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DELETE FROM cleardesk.act_authority;
DELETE FROM cleardesk.outcome_effect;
RESET ROLE;
-- +goose StatementEnd
