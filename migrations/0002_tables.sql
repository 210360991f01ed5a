-- The tables. Quantities are thousandths of the product's base unit, money is fen.
-- Facts are appended and states guarded: the triggers at the end hold for
-- everybody, the owner included. Orders and their lines carry no foreign keys to
-- the catalogue: nothing is ever deleted there, intake looks every code up in the
-- same statement, and a check a line would double the cost of taking orders in.

-- +goose Up
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
SET LOCAL search_path = cleardesk, pg_catalog;

CREATE DOMAIN quantity AS bigint CHECK (VALUE BETWEEN -1000000000000 AND 1000000000000);
CREATE DOMAIN money_fen AS bigint CHECK (VALUE BETWEEN -1000000000000 AND 1000000000000);
CREATE DOMAIN code AS text CHECK (length(VALUE) BETWEEN 1 AND 64 AND VALUE !~ '[[:cntrl:]]');
CREATE DOMAIN login AS text CHECK (VALUE ~ '^[a-z][a-z0-9_]{0,62}$');
CREATE DOMAIN words AS text CHECK (length(VALUE) <= 400);
CREATE DOMAIN note AS text CHECK (length(VALUE) <= 4000);
CREATE DOMAIN document AS jsonb CHECK (length(VALUE::text) <= 100000);
CREATE DOMAIN moment AS timestamptz CHECK (isfinite(VALUE) AND VALUE BETWEEN '2000-01-01Z' AND '2101-01-01Z');
CREATE DOMAIN department AS text CHECK (VALUE IN
    ('customer_service', 'manager', 'expansion', 'procurement', 'logistics', 'training', 'finance'));
CREATE DOMAIN kind AS text CHECK (VALUE IN
    ('exchange', 'quantity_surge', 'amount_surge', 'step_mismatch', 'slow_fulfilment', 'order_change', 'short_weight',
     'replenishment', 'zero_stock', 'not_orderable', 'overweight', 'wrong_order', 'return'));

CREATE TABLE staff (
    login   login PRIMARY KEY,
    name    words NOT NULL,
    name_en words NOT NULL DEFAULT '',
    roles   text[] NOT NULL CHECK (cardinality(roles) BETWEEN 1 AND 7 AND roles <@ ARRAY
            ['agent', 'manager', 'expansion', 'procurement', 'logistics', 'training', 'finance']),
    active  boolean NOT NULL DEFAULT true,
    since   moment NOT NULL DEFAULT now(),
    off_at  moment,
    version bigint NOT NULL DEFAULT 1
);

CREATE TABLE supplier (
    code    code PRIMARY KEY,
    name    words NOT NULL,
    name_en words NOT NULL DEFAULT '',
    version bigint NOT NULL DEFAULT 1
);

CREATE TABLE store (
    code       code PRIMARY KEY,
    name       words NOT NULL,
    name_en    words NOT NULL DEFAULT '',
    initials   words NOT NULL DEFAULT '', -- of the name's pinyin, for finding
    manager    words NOT NULL DEFAULT '',
    manager_en words NOT NULL DEFAULT '',
    phone      words NOT NULL DEFAULT '',
    expansion  words NOT NULL DEFAULT '',
    route      words NOT NULL DEFAULT '',
    cod_limit  money_fen CHECK (cod_limit > 0),
    opened_on  date CHECK (isfinite(opened_on)),
    imported   document, -- the values of the last import: only what changed since then is applied
    version    bigint NOT NULL DEFAULT 1
);

CREATE TABLE product (
    code               code PRIMARY KEY,
    name               words NOT NULL,
    name_en            words NOT NULL DEFAULT '',
    initials           words NOT NULL DEFAULT '',
    unit               words NOT NULL DEFAULT '',
    unit_en            words NOT NULL DEFAULT '',
    weighed            boolean NOT NULL DEFAULT false,
    category           words NOT NULL DEFAULT '',
    step               quantity CHECK (step > 0),
    step_version       bigint NOT NULL DEFAULT 1,
    case_size          quantity CHECK (case_size > 0),
    min_order          quantity CHECK (min_order >= 0), -- least of one order line; NULL: nobody said; 0: there is none
    price              money_fen NOT NULL DEFAULT 0 CHECK (price >= 0),
    supplier           code REFERENCES supplier,
    status             text NOT NULL DEFAULT 'normal' CHECK (status IN ('normal', 'paused', 'delisted')),
    stock              quantity CHECK (stock >= 0), -- NULL: nobody said; 0: there is none
    stock_at           moment,                      -- when it was counted or told
    reserved           quantity NOT NULL DEFAULT 0 CHECK (reserved >= 0), -- by accepted orders that have not left
    gone               quantity NOT NULL DEFAULT 0, -- taken off the stock here since it was told
    verify_above       quantity CHECK (verify_above > 0),
    tolerance_permille integer NOT NULL DEFAULT 0 CHECK (tolerance_permille BETWEEN 0 AND 1000),
    tolerance_abs      quantity NOT NULL DEFAULT 0 CHECK (tolerance_abs >= 0),
    imported           document,
    version            bigint NOT NULL DEFAULT 1
);

CREATE TABLE orders (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_no     code NOT NULL UNIQUE,
    store        code NOT NULL,
    placed_at    moment NOT NULL,
    business_day date NOT NULL CHECK (isfinite(business_day)),
    state        text NOT NULL CHECK (state IN ('placed', 'accepted', 'allocated', 'shipped', 'delivered', 'received',
                 'settled', 'cancelled', 'refused')),
    total        money_fen NOT NULL,
    line_count   integer NOT NULL CHECK (line_count > 0),
    link         text CHECK (link IN ('supplement', 'reorder')),
    linked_to    bigint REFERENCES orders,
    history      boolean NOT NULL DEFAULT false,
    judged       boolean NOT NULL DEFAULT false,
    lines_hash   bigint, -- of products and quantities, in whatever arrangement: repeats are found by it
    content      bytea NOT NULL, -- hash of the order as it came: the same again changes nothing
    accepted_at  moment,
    taken_at     moment NOT NULL DEFAULT now(),
    version      bigint NOT NULL DEFAULT 1
);
CREATE INDEX orders_store ON orders (store, placed_at DESC, id DESC);
CREATE INDEX orders_day ON orders (business_day) WHERE NOT history;
CREATE INDEX orders_linked ON orders (linked_to) WHERE linked_to IS NOT NULL;

CREATE TABLE order_line (
    order_id  bigint NOT NULL,
    line_no   integer NOT NULL CHECK (line_no > 0),
    product   code NOT NULL,
    quantity  quantity NOT NULL CHECK (quantity > 0),
    original  quantity NOT NULL CHECK (original > 0), -- as the store placed it
    price     money_fen NOT NULL CHECK (price >= 0),
    amount    money_fen NOT NULL CHECK (amount >= 0),
    step_seen quantity CHECK (step_seen > 0),
    cancelled boolean NOT NULL DEFAULT false,
    reserved  boolean NOT NULL DEFAULT false, -- its quantity is counted in product.reserved
    waiting   boolean NOT NULL DEFAULT false, -- changed, and the judge has not seen it again
    verified  login,                          -- who in procurement verified the quantity, §4.1
    version   bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (order_id, line_no)
);

-- What the judge has yet to see, in the order it came in.
CREATE TABLE waiting (
    seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what     text NOT NULL CHECK (what IN ('order', 'recheck', 'learn', 'event', 'watch', 'close', 'foresee')),
    order_id bigint,  -- of all but events without one, and the window's close
    line_no  integer, -- of what is to be learnt
    event_id bigint,
    day      date,    -- of the window that closes
    at       moment NOT NULL DEFAULT now(),
    CHECK (order_id IS NOT NULL OR what IN ('event', 'close', 'foresee')),
    CHECK ((what = 'event') = (event_id IS NOT NULL)),
    CHECK ((what IN ('close', 'foresee')) = (day IS NOT NULL))
);

-- One judge at a time: the fence grows with every take-over.
CREATE TABLE judge (
    one_row     boolean PRIMARY KEY DEFAULT true CHECK (one_row),
    fence       bigint NOT NULL DEFAULT 0,
    worker      words NOT NULL DEFAULT '',
    lease_until moment NOT NULL DEFAULT '2000-01-01Z',
    judged_to   moment NOT NULL DEFAULT '2000-01-01Z', -- everything that came before is judged
    batch       uuid,          -- the last batch applied, so that it is applied once
    catalogue   bigint NOT NULL DEFAULT 0 -- grows when a product, a setting or a stock changes
);
INSERT INTO judge DEFAULT VALUES;

CREATE TABLE baseline (
    scope text NOT NULL CHECK (scope IN ('platform', 'product', 'store')),
    key   text NOT NULL CHECK (length(key) <= 64),
    state bytea NOT NULL,
    PRIMARY KEY (scope, key)
);
ALTER TABLE baseline ALTER state SET STORAGE EXTERNAL;

-- A case: one row of the queue, one claim, one form, one call. It gathers the
-- anomalies of one order, or those of one cause: a case that has members, which are
-- cases of their own and stand under it.
CREATE TABLE cases (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    store        code,                            -- NULL: a cause with members of several stores
    order_id     bigint REFERENCES orders,
    parent       bigint REFERENCES cases,         -- the cause it stands under
    cause        words,                           -- of a cause: what its members have in common
    members      integer NOT NULL DEFAULT 0,      -- of a cause: all of them, and those still open
    members_open integer NOT NULL DEFAULT 0,
    stores       integer NOT NULL DEFAULT 0,      -- they are of
    merged_into  bigint REFERENCES cases,
    complaint    words,                           -- number of the complaint, told to the store
    lies_with    department NOT NULL,
    state        text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'snoozed', 'closed')),
    kind         kind NOT NULL,                   -- of the worst anomaly
    more         integer NOT NULL DEFAULT 0,      -- further open anomalies
    why          document NOT NULL,               -- the worst anomaly's evidence
    at_risk      money_fen NOT NULL,
    moments      document NOT NULL,               -- [{what, at}], in turn
    next_what    text,
    next_at      moment,                          -- NULL: the last moment has passed
    rank         double precision NOT NULL,
    next_check   moment,                          -- when time moves this row next
    holder       login REFERENCES staff,
    claim_no     bigint NOT NULL DEFAULT 0,       -- the fence: grows with each claim
    claimed_at   moment,
    lease_until  moment,
    snooze_until moment,
    attempts     integer NOT NULL DEFAULT 0,      -- calls that were not answered
    search       text NOT NULL,                   -- lower case: what the filter looks through
    opened_at    moment NOT NULL DEFAULT now(),
    closed_at    moment,
    version      bigint NOT NULL DEFAULT 1,
    CHECK (NOT (rank <> rank) AND rank BETWEEN -1e12 AND 1e12),
    CHECK ((holder IS NULL) = (lease_until IS NULL)),
    CHECK (store IS NOT NULL OR cause IS NOT NULL),
    CHECK (parent IS NULL OR cause IS NULL),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX cases_queue ON cases (lies_with, rank, id) WHERE state = 'open' AND parent IS NULL;
CREATE INDEX cases_kind ON cases (lies_with, kind, rank, id) WHERE state = 'open' AND parent IS NULL;
CREATE INDEX cases_members ON cases (parent, rank, id) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX cases_cause ON cases (cause) WHERE cause IS NOT NULL AND state <> 'closed';
CREATE INDEX cases_store ON cases (store, rank, id);
CREATE INDEX cases_order ON cases (order_id);
CREATE INDEX cases_holder ON cases (holder, rank, id) WHERE holder IS NOT NULL;
CREATE INDEX cases_lease ON cases (lease_until) WHERE holder IS NOT NULL;
CREATE INDEX cases_check ON cases (next_check) WHERE next_check IS NOT NULL AND state <> 'closed';
CREATE INDEX cases_snoozed ON cases (lies_with, snooze_until) WHERE state = 'snoozed';

CREATE TABLE anomaly (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id      bigint NOT NULL REFERENCES cases,
    kind         kind NOT NULL,
    order_id     bigint,                     -- NULL: there is no order, as of a refused attempt
    line_no      integer NOT NULL DEFAULT 0, -- 0: the whole order
    event_id     bigint,                     -- what told of it
    product      code,                       -- it is about, where it is about one
    cause        words,                      -- what it has in common with others, NULL: nothing
    evidence     document NOT NULL,
    rule         words NOT NULL,
    rule_version integer NOT NULL,
    order_version bigint,         -- of the order when it was judged
    at_risk      money_fen NOT NULL,
    hard         boolean NOT NULL,
    blocks       boolean NOT NULL,
    raised_at    moment NOT NULL DEFAULT now(),
    outcome      text,
    closed_at    moment,
    CHECK ((order_id IS NULL) = (order_version IS NULL)),
    CHECK ((outcome IS NULL) = (closed_at IS NULL))
);
CREATE INDEX anomaly_case ON anomaly (case_id);
CREATE INDEX anomaly_open_product ON anomaly (product, kind) WHERE closed_at IS NULL AND product IS NOT NULL;
CREATE INDEX anomaly_open_cause ON anomaly (cause) WHERE closed_at IS NULL AND cause IS NOT NULL;
-- One verdict of a rule on an order as it stood, and one of an event; both by product too,
-- for what is told of may be no line of the order.
CREATE UNIQUE INDEX anomaly_verdict ON anomaly (order_id, line_no, kind, rule, rule_version, order_version, event_id, product)
    NULLS NOT DISTINCT WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX anomaly_event ON anomaly (event_id, line_no, kind, product) NULLS NOT DISTINCT WHERE event_id IS NOT NULL;

-- A hold is no state of the order: it stops the next step of an order (line_no 0)
-- or of one line, and is released by name. One that a change answered stays until
-- the judge has seen the change (pending).
CREATE TABLE hold (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id    bigint NOT NULL REFERENCES orders,
    line_no     integer NOT NULL DEFAULT 0,
    anomaly_id  bigint NOT NULL UNIQUE REFERENCES anomaly,
    placed_at   moment NOT NULL DEFAULT now(),
    pending     boolean NOT NULL DEFAULT false,
    released_at moment,
    released_by text,
    record_id   bigint
);
CREATE INDEX hold_active ON hold (order_id) WHERE released_at IS NULL;

-- What happened to the claims of a case, appended.
CREATE TABLE claim (
    case_id  bigint NOT NULL REFERENCES cases,
    claim_no bigint NOT NULL,
    holder   login NOT NULL REFERENCES staff,
    what     text NOT NULL CHECK (what IN ('claimed', 'given_back', 'lapsed', 'taken_over', 'handed_over', 'closed', 'off')),
    at       moment NOT NULL DEFAULT now(),
    why      note NOT NULL DEFAULT ''
);
CREATE INDEX claim_case ON claim (case_id, at);

CREATE TABLE resolution_record (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    op           uuid NOT NULL,
    case_id      bigint NOT NULL REFERENCES cases,
    anomaly_id   bigint NOT NULL REFERENCES anomaly,
    kind         kind NOT NULL,
    outcome      text NOT NULL,
    close_reason text NOT NULL CHECK (close_reason IN ('real_error', 'unusual_right', 'master_data', 'rule_wrong')),
    reason       code NOT NULL,   -- the reason code of the act
    reason_text  words NOT NULL DEFAULT '',
    note         note NOT NULL DEFAULT '',
    answers      document NOT NULL, -- each answer with who and when
    effects      document NOT NULL,
    changed      document NOT NULL, -- what the effects found and left: old and new values
    by_login     login NOT NULL REFERENCES staff,
    at           moment NOT NULL DEFAULT now(),
    UNIQUE (op, anomaly_id)
);
CREATE INDEX resolution_case ON resolution_record (case_id);
CREATE INDEX resolution_anomaly ON resolution_record (anomaly_id);

CREATE TABLE call_record (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    op         uuid NOT NULL UNIQUE,
    store      code NOT NULL,
    by_login   login NOT NULL REFERENCES staff,
    at         moment NOT NULL DEFAULT now(),
    outcome    text NOT NULL CHECK (outcome IN ('reached', 'no_answer', 'busy', 'wrong_number')),
    who        words NOT NULL DEFAULT '',
    said       words NOT NULL DEFAULT '',
    said_text  note NOT NULL DEFAULT '',
    again_at   moment
);
CREATE TABLE call_case (
    call_id bigint NOT NULL REFERENCES call_record,
    case_id bigint NOT NULL REFERENCES cases,
    PRIMARY KEY (call_id, case_id)
);
CREATE INDEX call_case_case ON call_case (case_id);
CREATE INDEX call_store ON call_record (store, at);

CREATE TABLE case_note (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id  bigint NOT NULL REFERENCES cases,
    by_login login REFERENCES staff, -- NULL: the platform
    at       moment NOT NULL DEFAULT now(),
    what     text NOT NULL CHECK (what IN ('note', 'handed_over', 'snoozed', 'woken', 'verified', 'not_verified', 'conflict',
             'merged', 'found', 'promised', 'proposed', 'signed', 'not_signed', 'corrected', 'joined',
             'offered', 'accepted', 'refused', 'moved_up')),
    lay_with department,
    text     note NOT NULL DEFAULT ''
);
CREATE INDEX case_note_case ON case_note (case_id, at);

-- Answers so far. Saving one is no act: nothing is audited and nobody is told.
CREATE TABLE draft (
    case_id  bigint PRIMARY KEY REFERENCES cases,
    by_login login NOT NULL REFERENCES staff,
    answers  document NOT NULL,
    act      uuid NOT NULL,
    saved_at moment NOT NULL DEFAULT now()
);

-- What the platform reads. The counter's row lock makes the numbers run without
-- gaps in the order of commit, so that a reader never passes one by.
CREATE TABLE decision (
    n        bigint PRIMARY KEY,
    at       moment NOT NULL DEFAULT now(),
    what     text NOT NULL CHECK (what IN ('order_accepted', 'line_accepted', 'order_held', 'line_held', 'order_cancelled',
             'line_cancelled', 'quantity_changed', 'order_restored', 'line_restored', 'order_released', 'line_released',
             'order_linked', 'line_substituted',
             'settlement_adjusted', 'delivery_planned', 'step_corrected', 'stock_corrected', 'listing_corrected', 'product_edited')),
    order_no code,    -- NULL: of a product, which the detail names
    line_no  integer,
    detail   document NOT NULL
);
CREATE INDEX decision_order ON decision (order_no, n);
CREATE TABLE decision_counter (
    one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
    n    bigint NOT NULL DEFAULT 0
);
INSERT INTO decision_counter DEFAULT VALUES;

-- Audit row and idempotency key in one.
CREATE TABLE audit (
    op      uuid PRIMARY KEY,
    actor   text NOT NULL,
    act     text NOT NULL,
    subject text NOT NULL,
    detail  document NOT NULL,
    result  document NOT NULL,
    at      moment NOT NULL DEFAULT now()
);
CREATE INDEX audit_subject ON audit (subject, at);

CREATE TABLE setting (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL CHECK (length(name) <= 64),
    scope      text NOT NULL CHECK (scope IN ('platform', 'department', 'kind', 'category', 'product', 'store', 'store_product')),
    key        text NOT NULL CHECK (length(key) <= 130),
    valid_from moment NOT NULL,
    value      words NOT NULL,
    by_login   text NOT NULL,
    at         moment NOT NULL DEFAULT now()
);
CREATE INDEX setting_latest ON setting (name, scope, key, valid_from DESC, id DESC);

CREATE TABLE act_authority (
    role    text NOT NULL,
    kind    kind NOT NULL,
    outcome text NOT NULL,
    PRIMARY KEY (role, kind, outcome)
);
CREATE TABLE outcome_effect (
    kind    kind NOT NULL,
    outcome text NOT NULL,
    effect  text NOT NULL CHECK (effect IN ('release', 'set_quantity', 'cancel_line', 'cancel_order', 'learn', 'quieten',
            'supplement', 'reorder', 'substitute', 'adjust', 'restock', 'reschedule', 'deliver', 'open_return', 'set_limit',
            'correct_step', 'correct_stock', 'correct_listing')),
    PRIMARY KEY (kind, outcome, effect)
);

-- Who is at the desk, and with which store. It is worth nothing after a crash.
CREATE UNLOGGED TABLE presence (
    login   login NOT NULL,
    desk    uuid NOT NULL,
    at      moment NOT NULL,
    store   text CHECK (length(store) <= 64),
    case_id bigint,
    doing   text NOT NULL DEFAULT '' CHECK (doing IN ('', 'typing', 'calling')),
    PRIMARY KEY (login, desk)
);

CREATE TABLE import (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL CHECK (length(kind) <= 32),
    file        words NOT NULL,
    options     document NOT NULL,
    by_login    text NOT NULL,
    started_at  moment NOT NULL DEFAULT now()
);
-- One row for each chunk that was applied: applied again it answers the same.
CREATE TABLE import_chunk (
    import_id uuid NOT NULL REFERENCES import,
    chunk     integer NOT NULL,
    result    document NOT NULL,
    at        moment NOT NULL DEFAULT now(),
    PRIMARY KEY (import_id, chunk)
);

-- Intake may COPY into these. They have no effect by themselves, and are not
-- logged: what a crash loses is sent again.
CREATE UNLOGGED TABLE stage_order_line (
    import_id  uuid NOT NULL,
    chunk      integer NOT NULL,
    row_no     bigint NOT NULL,
    order_no   code NOT NULL,
    store      code NOT NULL,
    placed_at  moment NOT NULL,
    product    code NOT NULL,
    quantity   quantity NOT NULL CHECK (quantity > 0),
    unit_price money_fen NOT NULL CHECK (unit_price >= 0),
    step_seen  quantity CHECK (step_seen > 0)
);
CREATE INDEX stage_order_line_chunk ON stage_order_line (import_id, chunk);
CREATE UNLOGGED TABLE stage_row (
    import_id uuid NOT NULL,
    chunk     integer NOT NULL,
    row_no    bigint NOT NULL,
    row       document NOT NULL
);
CREATE INDEX stage_row_chunk ON stage_row (import_id, chunk);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'facts are only appended: % of %', lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'CD403';
END
$$;
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['claim', 'resolution_record', 'call_record', 'call_case', 'case_note', 'decision', 'audit',
        'setting', 'import', 'import_chunk']
    LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
            t || '_appended', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            t || '_kept', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['staff', 'supplier', 'store', 'product', 'orders', 'order_line', 'cases', 'anomaly', 'hold']
    LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            t || '_kept', t);
    END LOOP;
END
$$;
RESET ROLE;
RESET search_path;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
SET LOCAL ROLE cleardesk_owner;
DROP SCHEMA cleardesk CASCADE;
RESET ROLE;
CREATE SCHEMA cleardesk AUTHORIZATION cleardesk_owner;
SET LOCAL ROLE cleardesk_owner;
GRANT USAGE ON SCHEMA cleardesk TO cleardesk_staff, cleardesk_intake;
RESET ROLE;
-- +goose StatementEnd
