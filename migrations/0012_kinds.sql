-- What the thirteen kinds stand on beside orders: what is told of them, promises, money
-- and corrections; and the outcomes that came with them, the same rows as domain.Rules.
-- The tables hold facts, so they outlive this migration's way back.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
SET LOCAL search_path = cleardesk, pg_catalog;

-- One thing the platform, or a store on the phone, told of. Told again under the same
-- key it changes nothing. The detail is domain.Event without what has a column here.
CREATE TABLE IF NOT EXISTS event (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what      text NOT NULL CHECK (what IN ('attempt', 'change', 'stage', 'receipt', 'exchange', 'return', 'wrong_order', 'collection')),
    key       text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    store     code NOT NULL REFERENCES store,
    order_id  bigint REFERENCES orders,
    at        moment NOT NULL,
    detail    document NOT NULL,
    content   bytea,                  -- hash of what a file told: the same again changes nothing
    by_login  login REFERENCES staff, -- NULL: the platform
    import_id uuid REFERENCES import,
    taken_at  moment NOT NULL DEFAULT now(),
    UNIQUE (what, key)
);
CREATE INDEX IF NOT EXISTS event_order ON event (order_id, at) WHERE order_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_store ON event (store, at);
CREATE INDEX IF NOT EXISTS event_day ON event (what, at);

-- When an order is looked at next: the promise of the stage it waits for.
CREATE TABLE IF NOT EXISTS order_watch (
    order_id   bigint PRIMARY KEY REFERENCES orders,
    stage      text NOT NULL CHECK (stage IN ('planned', 'allocated', 'shipped', 'delivered')),
    due        moment NOT NULL,
    next_check moment,
    queued     boolean NOT NULL DEFAULT false -- it waits for the judge
);
CREATE INDEX IF NOT EXISTS order_watch_check ON order_watch (next_check) WHERE next_check IS NOT NULL;

-- The windows whose close, or the time before it, the judge has been told of.
CREATE TABLE IF NOT EXISTS window_check (
    day  date NOT NULL,
    what text NOT NULL CHECK (what IN ('foresee', 'close')),
    at   moment NOT NULL,
    done boolean NOT NULL DEFAULT false,
    PRIMARY KEY (day, what)
);
CREATE INDEX IF NOT EXISTS window_check_due ON window_check (at) WHERE NOT done;

-- When an order is to be at the store. The newest counts.
CREATE TABLE IF NOT EXISTS delivery_plan (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id  bigint NOT NULL REFERENCES orders,
    due       moment NOT NULL,
    route     words NOT NULL DEFAULT '',
    why       words NOT NULL DEFAULT '',
    event_id  bigint REFERENCES event,
    record_id bigint REFERENCES resolution_record,
    by_login  login REFERENCES staff, -- NULL: the platform
    at        moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS delivery_plan_order ON delivery_plan (order_id, id);

-- What was promised to a store, with a time.
CREATE TABLE IF NOT EXISTS promise (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    store    code NOT NULL REFERENCES store,
    case_id  bigint REFERENCES cases,
    order_id bigint REFERENCES orders,
    what     words NOT NULL CHECK (trim(what) <> ''),
    due      moment NOT NULL,
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS promise_store ON promise (store, due);
CREATE INDEX IF NOT EXISTS promise_case ON promise (case_id);

-- Money on a store's settlement beside its orders: credits and returns below nought,
-- charges above. A reversal is an entry of its own.
CREATE TABLE IF NOT EXISTS adjustment (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    store     code NOT NULL REFERENCES store,
    order_id  bigint REFERENCES orders,
    line_no   integer NOT NULL DEFAULT 0,
    what      text NOT NULL CHECK (what IN ('credit', 'charge', 'return')),
    amount    money_fen NOT NULL CHECK (amount <> 0),
    record_id bigint NOT NULL REFERENCES resolution_record,
    reverses  bigint UNIQUE REFERENCES adjustment,
    by_login  login NOT NULL REFERENCES staff,
    at        moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS adjustment_store ON adjustment (store, at);
CREATE INDEX IF NOT EXISTS adjustment_order ON adjustment (order_id);
CREATE INDEX IF NOT EXISTS adjustment_record ON adjustment (record_id);

-- What moved a product's stock here: counts, shipping, goods that came back.
CREATE TABLE IF NOT EXISTS stock_move (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product   code NOT NULL REFERENCES product,
    why       text NOT NULL CHECK (why IN ('told', 'counted', 'shipped', 'restocked', 'reversed')),
    delta     quantity NOT NULL, -- of the stock
    stock     quantity,          -- after it
    order_id  bigint REFERENCES orders,
    record_id bigint REFERENCES resolution_record,
    at        moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS stock_move_product ON stock_move (product, at);

-- Corrections of step, stock and listing by procurement (§1.3, §1.7).
CREATE TABLE IF NOT EXISTS correction (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    op         uuid NOT NULL UNIQUE,
    product    code NOT NULL REFERENCES product,
    what       text NOT NULL CHECK (what IN ('step', 'stock', 'listing')),
    old_value  words NOT NULL, -- thousandths, or a status; empty: there was none
    new_value  words NOT NULL,
    counted_at moment,         -- of a stock
    delta      quantity,       -- of a stock: to what it was at that time
    reason     code NOT NULL,
    note       note NOT NULL DEFAULT '',
    case_id    bigint REFERENCES cases,
    by_login   login NOT NULL REFERENCES staff,
    at         moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS correction_product ON correction (product, at);

-- A department's word on a case: goods looked at, the supplier's answer, the stock
-- checked. It stands beside the form's answers, which only their giver vouches for.
CREATE TABLE IF NOT EXISTS finding (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id  bigint NOT NULL REFERENCES cases,
    what     text NOT NULL CHECK (what IN ('goods', 'supplier', 'stock')),
    answer   text NOT NULL CHECK (answer IN ('yes', 'part', 'no', 'asked')),
    line_no  integer NOT NULL DEFAULT 0,
    quantity quantity CHECK (quantity >= 0), -- of a part
    due      moment,                         -- until when the supplier answers, where it is asked
    note     note NOT NULL DEFAULT '',
    by_login login NOT NULL REFERENCES staff,
    at       moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS finding_case ON finding (case_id, id);

-- What somebody would write and a second person has to sign first, and what became of it.
CREATE TABLE IF NOT EXISTS proposal (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    op           uuid NOT NULL UNIQUE,
    case_id      bigint NOT NULL REFERENCES cases,
    case_version bigint NOT NULL,
    records      document NOT NULL,
    answers      document NOT NULL,
    note         note NOT NULL DEFAULT '',
    stake        money_fen NOT NULL,
    by_login     login NOT NULL REFERENCES staff,
    at           moment NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS proposal_case ON proposal (case_id, id);
CREATE TABLE IF NOT EXISTS signature (
    proposal_id bigint PRIMARY KEY REFERENCES proposal,
    signed      boolean NOT NULL,
    note        note NOT NULL DEFAULT '',
    by_login    login NOT NULL REFERENCES staff,
    at          moment NOT NULL DEFAULT now()
);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['event', 'delivery_plan', 'promise', 'adjustment', 'stock_move', 'correction', 'finding', 'proposal', 'signature']
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
            t || '_appended', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            t || '_kept', t);
        EXECUTE format('GRANT SELECT ON %I TO cleardesk_staff, cleardesk_intake', t);
    END LOOP;
END
$$;
GRANT SELECT ON order_watch, window_check TO cleardesk_staff, cleardesk_intake;

WITH rule (kind, outcome, effects, roles) AS (VALUES
    ('exchange', 'supplement_created', '{supplement}'::text[], '{agent,manager}'::text[]),
    ('exchange', 'converted_to_return', '{open_return}'::text[], '{agent,manager}'::text[]),
    ('exchange', 'refused', '{}'::text[], '{agent,manager}'::text[]),
    ('exchange', 'false_alarm', '{}'::text[], '{agent,manager}'::text[]),
    ('amount_surge', 'limit_raised', '{set_limit,release,learn}'::text[], '{manager}'::text[]),
    ('step_mismatch', 'step_corrected', '{correct_step,release}'::text[], '{procurement}'::text[]),
    ('slow_fulfilment', 'rescheduled', '{reschedule}'::text[], '{logistics}'::text[]),
    ('slow_fulfilment', 'delivered', '{deliver}'::text[], '{logistics}'::text[]),
    ('slow_fulfilment', 'order_cancelled', '{cancel_order,release}'::text[], '{agent,manager}'::text[]),
    ('slow_fulfilment', 'false_alarm', '{}'::text[], '{agent,manager}'::text[]),
    ('order_change', 'cancelled_reordered', '{cancel_order,reorder,release}'::text[], '{agent,manager}'::text[]),
    ('order_change', 'change_refused', '{release}'::text[], '{agent,manager}'::text[]),
    ('order_change', 'withdrawn', '{release}'::text[], '{agent,manager}'::text[]),
    ('order_change', 'false_alarm', '{release}'::text[], '{agent,manager}'::text[]),
    ('short_weight', 'credited', '{adjust}'::text[], '{agent,manager}'::text[]),
    ('short_weight', 'supplement_created', '{supplement}'::text[], '{agent,manager}'::text[]),
    ('short_weight', 'claim_rejected', '{}'::text[], '{agent,manager}'::text[]),
    ('short_weight', 'false_alarm', '{}'::text[], '{agent,manager}'::text[]),
    ('replenishment', 'reordered', '{reorder}'::text[], '{agent,manager}'::text[]),
    ('replenishment', 'not_needed', '{}'::text[], '{agent,manager}'::text[]),
    ('replenishment', 'false_alarm', '{}'::text[], '{agent,manager}'::text[]),
    ('zero_stock', 'substituted', '{substitute,release}'::text[], '{agent,manager}'::text[]),
    ('zero_stock', 'stock_corrected', '{correct_stock,release}'::text[], '{procurement}'::text[]),
    ('not_orderable', 'step_corrected', '{correct_step}'::text[], '{procurement}'::text[]),
    ('not_orderable', 'stock_corrected', '{correct_stock}'::text[], '{procurement}'::text[]),
    ('not_orderable', 'listing_corrected', '{correct_listing}'::text[], '{procurement}'::text[]),
    ('not_orderable', 'delisted_confirmed', '{correct_listing}'::text[], '{procurement}'::text[]),
    ('not_orderable', 'false_alarm', '{}'::text[], '{agent,manager}'::text[]),
    ('overweight', 'charged', '{adjust}'::text[], '{agent,manager}'::text[]),
    ('overweight', 'surplus_returned', '{restock}'::text[], '{agent,manager}'::text[]),
    ('overweight', 'accepted_free', '{}'::text[], '{agent,manager}'::text[]),
    ('overweight', 'false_alarm', '{}'::text[], '{agent,manager}'::text[]),
    ('wrong_order', 'quantity_corrected', '{set_quantity,release}'::text[], '{agent,manager}'::text[]),
    ('wrong_order', 'line_cancelled', '{cancel_line,release}'::text[], '{agent,manager}'::text[]),
    ('wrong_order', 'order_cancelled', '{cancel_order,release}'::text[], '{agent,manager}'::text[]),
    ('wrong_order', 'cancelled_reordered', '{cancel_order,reorder,release}'::text[], '{agent,manager}'::text[]),
    ('wrong_order', 'kept', '{release,learn}'::text[], '{agent,manager}'::text[]),
    ('wrong_order', 'false_alarm', '{release,learn}'::text[], '{agent,manager}'::text[]),
    ('return', 'returned', '{adjust,restock}'::text[], '{agent,manager}'::text[]),
    ('return', 'supplier_rejected', '{}'::text[], '{agent,manager}'::text[]),
    ('return', 'withdrawn', '{}'::text[], '{agent,manager}'::text[]),
    ('return', 'false_alarm', '{}'::text[], '{agent,manager}'::text[])
), effects AS (
    INSERT INTO outcome_effect (kind, outcome, effect) SELECT r.kind, r.outcome, e FROM rule r, unnest(r.effects) e
)
INSERT INTO act_authority (role, kind, outcome) SELECT a, r.kind, r.outcome FROM rule r, unnest(r.roles) a;
RESET ROLE;
RESET search_path;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
SET LOCAL search_path = cleardesk, pg_catalog;
REVOKE SELECT ON event, delivery_plan, promise, adjustment, stock_move, correction, finding, proposal, signature, order_watch, window_check
FROM cleardesk_staff, cleardesk_intake;
DELETE FROM act_authority a WHERE NOT EXISTS (
    SELECT FROM outcome_effect e WHERE (e.kind, e.outcome) = (a.kind, a.outcome) AND (e.kind, e.outcome) IN (
        ('quantity_surge', 'confirmed_genuine'), ('quantity_surge', 'quantity_corrected'), ('quantity_surge', 'line_cancelled'),
        ('quantity_surge', 'order_cancelled'), ('quantity_surge', 'false_alarm'), ('amount_surge', 'confirmed_genuine'),
        ('amount_surge', 'order_corrected'), ('amount_surge', 'order_cancelled'), ('amount_surge', 'false_alarm'),
        ('step_mismatch', 'quantity_rounded'), ('step_mismatch', 'line_cancelled'), ('step_mismatch', 'order_cancelled'),
        ('step_mismatch', 'false_alarm'), ('zero_stock', 'quantity_corrected'), ('zero_stock', 'line_cancelled'),
        ('zero_stock', 'order_cancelled'), ('zero_stock', 'false_alarm')));
DELETE FROM outcome_effect e WHERE NOT EXISTS (SELECT FROM act_authority a WHERE (a.kind, a.outcome) = (e.kind, e.outcome));
RESET ROLE;
RESET search_path;
-- +goose StatementEnd
