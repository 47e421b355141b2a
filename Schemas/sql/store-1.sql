-- One driver's replica on one device, version 1.
--
-- Numbers such as L11 name the laws of the design. What the driver tapped
-- (changeset), what the hub said (entity, sibling, field_cover, fact), and what follows from both
-- (stop_row … looked) change together, in one transaction, or not at all.
--
-- Ids, names and people's words are BLOBs: they compare as bytes (L10), and text may hold any byte.
-- Moments are Unix milliseconds. Money is in 1/100 NT$. Days are yyyymmdd.

-- Who this store is and where it stands: exactly one row.
-- `nonce` is also in a file beside the database: a copy of this file alone does not have it (L19).
-- `derivation` is the version of the code that wrote the derived rows below.
-- `head_*` is the last changeset of the own chain, `hlc_*` the hybrid clock after it.
-- `history` and `checkpoint_*` say which hub's log is followed and how far; `loaded` turns 1 when
-- the first row of pages has ended: what comes later is news.
-- `retry_*` is what the retry loop needs after a restart (L13).
CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    replica BLOB NOT NULL CHECK (length(replica) = 12),
    driver BLOB NOT NULL,
    depot BLOB,
    hub BLOB,
    nonce BLOB NOT NULL CHECK (length(nonce) = 16),
    derivation INTEGER NOT NULL,
    head_counter INTEGER NOT NULL DEFAULT 0 CHECK (head_counter >= 0),
    head_hash BLOB NOT NULL CHECK (length(head_hash) = 32),
    hlc_ms INTEGER NOT NULL DEFAULT 0,
    hlc_logical INTEGER NOT NULL DEFAULT 0,
    history BLOB CHECK (length(history) = 16),
    checkpoint_sequence INTEGER,
    checkpoint_tag INTEGER,
    loaded INTEGER NOT NULL DEFAULT 0 CHECK (loaded IN (0, 1)),
    last_page_at INTEGER,
    last_receipt_at INTEGER,
    retry_attempts INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER,
    retry_error BLOB,
    trouble TEXT CHECK (trouble IN ('forked', 'foreign_history')),
    trouble_counter INTEGER,
    page_sequence INTEGER,
    page_attempts INTEGER NOT NULL DEFAULT 0,
    CHECK ((checkpoint_sequence IS NULL) = (checkpoint_tag IS NULL)),
    CHECK (checkpoint_sequence IS NULL OR (history IS NOT NULL AND depot IS NOT NULL))
) STRICT;

-- The driver's own changesets, sealed, for ever: outbox and archive are one table (L12).
-- `number` is the order of writing. `state`: 0 waits for the hub's receipt (the outbox), 1
-- accepted, 2 already known to the hub under another dot, 3 quarantined for `reason`. Only a
-- receipt whose history, replica, counter and hash match moves a row out of state 0; `receipt`
-- keeps it.
CREATE TABLE changeset (
    number INTEGER PRIMARY KEY,
    replica BLOB NOT NULL CHECK (length(replica) = 12),
    counter INTEGER NOT NULL CHECK (counter > 0),
    change_id BLOB NOT NULL UNIQUE CHECK (length(change_id) = 16),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    bytes BLOB NOT NULL,
    written_at INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    reason BLOB,
    received_at INTEGER,
    receipt BLOB,
    UNIQUE (replica, counter),
    CHECK ((state = 0) = (receipt IS NULL))
) STRICT;

CREATE INDEX changeset_outbox ON changeset (number) WHERE state = 0;
CREATE INDEX changeset_refused ON changeset (number) WHERE state = 3;

-- Every entity this replica has heard of: its base, which is only what pages said.
-- `vector` is what was merged. `membership`: 0 never in scope, 1 in scope, 2 handed over (L23).
-- `needs_update` marks an entity with parts that this build could not read (see parked).
CREATE TABLE entity (
    id BLOB PRIMARY KEY CHECK (length(id) = 17),
    vector BLOB NOT NULL,
    membership INTEGER NOT NULL DEFAULT 0 CHECK (membership BETWEEN 0 AND 2),
    needs_update INTEGER NOT NULL DEFAULT 0 CHECK (needs_update IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Which entities an own changeset touches, and with how many facts.
CREATE TABLE changeset_entity (
    entity BLOB NOT NULL REFERENCES entity (id),
    changeset INTEGER NOT NULL REFERENCES changeset (number),
    facts INTEGER NOT NULL,
    PRIMARY KEY (entity, changeset)
) STRICT, WITHOUT ROWID;

CREATE INDEX changeset_entity_changeset ON changeset_entity (changeset);

-- The base's plan values: concurrent writes of a field side by side (L7). `bytes` is the change as
-- it travelled, kept byte for byte, also where this build cannot name what it says (L5).
CREATE TABLE sibling (
    entity BLOB NOT NULL REFERENCES entity (id),
    field INTEGER NOT NULL,
    replica BLOB NOT NULL,
    counter INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (entity, field, replica, counter)
) STRICT, WITHOUT ROWID;

-- What a field's writers had seen beyond the entity's vector. Empty in ordinary life; a row with an
-- empty cover stands for a field whose siblings were all dropped.
CREATE TABLE field_cover (
    entity BLOB NOT NULL REFERENCES entity (id),
    field INTEGER NOT NULL,
    cover BLOB NOT NULL,
    PRIMARY KEY (entity, field)
) STRICT, WITHOUT ROWID;

-- The base's facts, kept like siblings.
CREATE TABLE fact (
    entity BLOB NOT NULL REFERENCES entity (id),
    change_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (entity, change_id, position)
) STRICT, WITHOUT ROWID;

-- Parts of pages that this build could not apply, with their bytes, in order of arrival; later
-- parts of the same entity wait behind the first. Tried again at each start (L14).
CREATE TABLE parked (
    number INTEGER PRIMARY KEY,
    entity BLOB NOT NULL REFERENCES entity (id),
    part BLOB NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX parked_entity ON parked (entity, number);

-- What the office changed, as it arrived: a row per edited field, insertion or hand-over. `before`
-- and `after` are changes as in sibling. A row is shown until a look of this driver names its
-- change.
CREATE TABLE news (
    number INTEGER PRIMARY KEY,
    entity BLOB NOT NULL REFERENCES entity (id),
    kind TEXT NOT NULL CHECK (kind IN ('edited', 'cancelled', 'inserted', 'handed_over')),
    change_id BLOB,
    field INTEGER,
    before BLOB,
    after BLOB,
    author BLOB,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX news_entity ON news (entity);

-- Derived: stops as a screen shows them. One row a stop; lists are in stop_line.
CREATE TABLE stop_row (
    entity BLOB PRIMARY KEY REFERENCES entity (id),
    is_hidden INTEGER NOT NULL,
    code BLOB NOT NULL,
    driver BLOB NOT NULL,
    route BLOB,
    date INTEGER,
    sequence INTEGER NOT NULL,
    customer BLOB NOT NULL,
    phone BLOB NOT NULL,
    address BLOB NOT NULL,
    office_note BLOB NOT NULL,
    latitude_e7 INTEGER,
    longitude_e7 INTEGER,
    window_start INTEGER,
    window_end INTEGER,
    price_cents INTEGER,
    payment BLOB,
    is_cancelled INTEGER NOT NULL,
    status TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    residual_g INTEGER NOT NULL,
    cash_cents INTEGER NOT NULL,
    recipient BLOB,
    failure INTEGER,
    arrived_at INTEGER,
    closed_at INTEGER,
    has_overflow INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX stop_row_date ON stop_row (date, route, sequence);

-- Derived: a stop's lists in order. `list`: ordered, delivered, collected (value product, amount
-- count), note, address (value text), photo (value SHA-256, amount bytes, flag 1 a signature).
CREATE TABLE stop_line (
    entity BLOB NOT NULL REFERENCES stop_row (entity),
    list TEXT NOT NULL,
    position INTEGER NOT NULL,
    value BLOB NOT NULL,
    amount INTEGER NOT NULL,
    flag INTEGER NOT NULL,
    PRIMARY KEY (entity, list, position)
) STRICT, WITHOUT ROWID;

-- Derived: routes' headers.
CREATE TABLE route_row (
    entity BLOB PRIMARY KEY REFERENCES entity (id),
    is_hidden INTEGER NOT NULL,
    code BLOB NOT NULL,
    driver BLOB NOT NULL,
    date INTEGER,
    vehicle BLOB,
    capacity_g INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX route_row_date ON route_row (date);

-- Derived: contradictions on an entity (L4). `sides` is a row of change ids (16 bytes) and indices
-- (1 byte). `is_opened` tells whether the hub has opened the review.
CREATE TABLE review_row (
    entity BLOB NOT NULL REFERENCES entity (id),
    review_id BLOB NOT NULL,
    kind BLOB NOT NULL,
    sides BLOB NOT NULL,
    is_opened INTEGER NOT NULL,
    PRIMARY KEY (entity, review_id)
) STRICT, WITHOUT ROWID;

-- Derived: office changes that this driver's looks on an entity name.
CREATE TABLE looked (
    entity BLOB NOT NULL REFERENCES entity (id),
    change_id BLOB NOT NULL,
    PRIMARY KEY (entity, change_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX looked_change ON looked (change_id);
