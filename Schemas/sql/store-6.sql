-- One driver's replica on one device, from version 5 to version 6: a tap writes fewer pages.
--
-- A tap wrote a page of each of eight trees; what it costs is mostly their number. Run without
-- foreign keys, which are checked at the end.

-- The driver's own changesets, as in version 1, but for what each touches: `entity`, with `facts`
-- facts. Every one that was ever sealed here touches one. Null where no row told of it.
--
-- A tap does not write `meta`: its changeset is the head then, and `hlc_*` the hybrid clock after it
-- (zero where an older version wrote it). `meta` has them as of the last receipt, page or epoch; the
-- later of the two counts.
CREATE TABLE changeset_6 (
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
    entity BLOB REFERENCES entity (id),
    facts INTEGER NOT NULL DEFAULT 0,
    hlc_ms INTEGER NOT NULL DEFAULT 0,
    hlc_logical INTEGER NOT NULL DEFAULT 0,
    CHECK ((state = 0) = (receipt IS NULL))
) STRICT;

INSERT INTO changeset_6 (number, replica, counter, change_id, hash, bytes, written_at, state,
    reason, received_at, receipt, entity, facts)
SELECT c.*, e.entity, ifnull(e.facts, 0)
FROM changeset AS c LEFT JOIN changeset_entity AS e ON e.changeset = c.number
    AND e.entity = (SELECT min(entity) FROM changeset_entity WHERE changeset = c.number);

DROP TABLE changeset_entity;
DROP TABLE changeset;
ALTER TABLE changeset_6 RENAME TO changeset;

-- By entity; by dot, what waits for a receipt (the outbox) apart from what has one: a row is in one
-- of the two. That none is in both is not SQLite's to say: a dot is given once, and `verify` reads
-- the chain.
CREATE INDEX changeset_about ON changeset (entity);
CREATE UNIQUE INDEX changeset_outbox ON changeset (replica, counter) WHERE state = 0;
CREATE UNIQUE INDEX changeset_archive ON changeset (replica, counter) WHERE state <> 0;
CREATE INDEX changeset_refused ON changeset (number) WHERE state = 3;

-- Outbox and archive as one chain, to be read by dot. A later version that makes `changeset` anew
-- drops both views first.
CREATE VIEW chain AS
SELECT * FROM changeset WHERE state = 0 UNION ALL SELECT * FROM changeset WHERE state <> 0;

-- What a changeset touches, by the name of the table that told it before.
CREATE VIEW changeset_entity AS
SELECT entity, number AS changeset, facts FROM changeset WHERE entity IS NOT NULL;
