-- One driver's replica on one device, from version 4 to version 5: what comes together lies together.
--
-- Ids are random, and rows that lie by them are a page each: to show a route from a cold disk read
-- three pages a stop. Entities have a number, in the order in which they were heard of, which is by
-- routes; they and their stops lie by it. Run without foreign keys, which are checked at the end.
CREATE TABLE entity_5 (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 17),
    vector BLOB NOT NULL,
    membership INTEGER NOT NULL DEFAULT 0 CHECK (membership BETWEEN 0 AND 2),
    needs_update INTEGER NOT NULL DEFAULT 0 CHECK (needs_update IN (0, 1)),
    generation INTEGER NOT NULL DEFAULT 0,
    retention INTEGER NOT NULL DEFAULT 0 CHECK (retention BETWEEN 0 AND 2),
    depot BLOB
) STRICT;

INSERT INTO entity_5 (id, vector, membership, needs_update, generation, retention, depot)
SELECT e.id, e.vector, e.membership, e.needs_update, e.generation, e.retention, e.depot
FROM entity AS e LEFT JOIN stop_row AS s ON s.entity = e.id
ORDER BY s.date, s.route, s.sequence, e.id;

DROP TABLE entity;
ALTER TABLE entity_5 RENAME TO entity;
CREATE INDEX entity_kept ON entity (id) WHERE membership = 1 AND retention <> 1;
CREATE INDEX entity_wanted ON entity (id) WHERE retention = 2;

-- Derived: stops as a screen shows them, as in version 1 but for `number`: the entity's.
CREATE TABLE stop_row_5 (
    number INTEGER PRIMARY KEY REFERENCES entity (number),
    entity BLOB NOT NULL UNIQUE REFERENCES entity (id),
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
    has_overflow INTEGER NOT NULL,
    visited_at INTEGER,
    visited_logical INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO stop_row_5
SELECT e.number, s.* FROM stop_row AS s JOIN entity AS e ON e.id = s.entity;

-- Derived: a stop's lists, as in version 1 but for `stop`: the number of its row.
CREATE TABLE stop_line_5 (
    stop INTEGER NOT NULL REFERENCES stop_row_5 (number),
    list TEXT NOT NULL,
    position INTEGER NOT NULL,
    value BLOB NOT NULL,
    amount INTEGER NOT NULL,
    flag INTEGER NOT NULL,
    PRIMARY KEY (stop, list, position)
) STRICT, WITHOUT ROWID;

INSERT INTO stop_line_5
SELECT e.number, l.list, l.position, l.value, l.amount, l.flag
FROM stop_line AS l JOIN entity AS e ON e.id = l.entity;

DROP TABLE stop_line;
DROP TABLE stop_row;
ALTER TABLE stop_row_5 RENAME TO stop_row;
ALTER TABLE stop_line_5 RENAME TO stop_line;
CREATE INDEX stop_row_date ON stop_row (date, route, sequence);

-- News, as in version 1 but for a kind more: the office corrected what was recorded there.
CREATE TABLE news_5 (
    number INTEGER PRIMARY KEY,
    entity BLOB NOT NULL REFERENCES entity (id),
    kind TEXT NOT NULL
        CHECK (kind IN ('edited', 'cancelled', 'inserted', 'handed_over', 'corrected')),
    change_id BLOB,
    field INTEGER,
    before BLOB,
    after BLOB,
    author BLOB,
    at INTEGER NOT NULL
) STRICT;

INSERT INTO news_5 SELECT * FROM news;
DROP TABLE news;
ALTER TABLE news_5 RENAME TO news;
CREATE INDEX news_entity ON news (entity);

-- Whether the hub said that it reads changesets packed; forgotten with its history.
ALTER TABLE meta ADD COLUMN reads_packed INTEGER NOT NULL DEFAULT 0 CHECK (reads_packed IN (0, 1));
