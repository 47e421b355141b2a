-- The hub's log, version 5: what a message writes lies together, so that it costs few pages.

-- An entity's head, which every message changes, is the first of its rows in `record`, with field
-- -1, where what comes to it is added: both are on one page. `sequence` is where in the log it was
-- touched last. `bytes`: digest, 32; how many places follow, 2; those where it was touched since the
-- last that `touched` has, 8 each; its vector. Integers little-endian.
INSERT INTO record (entity, field, change_id, change_index, sequence, bytes)
  SELECT id, -1, zeroblob(16), 0,
    (SELECT ifnull(max(sequence), 0) FROM touch WHERE touch.entity = entity.id),
    CAST(digest || x'0000' || vector AS BLOB)
  FROM entity;
ALTER TABLE entity DROP COLUMN vector;
ALTER TABLE entity DROP COLUMN digest;

-- Where each entity was touched, but for its last places, which its head has: they come here many at
-- once.
CREATE TABLE touched (
  entity BLOB NOT NULL CHECK (length(entity) = 17),
  sequence INTEGER NOT NULL REFERENCES log (sequence),
  PRIMARY KEY (entity, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO touched SELECT entity, sequence FROM touch;

-- The entities that a place of the log touched, 17 bytes each, sorted. A page is closed over these.
ALTER TABLE log ADD COLUMN entities BLOB NOT NULL DEFAULT x'';
UPDATE log SET entities = (
  SELECT CAST(ifnull(group_concat(entity, ''), '') AS BLOB)
  FROM (SELECT entity FROM touch WHERE touch.sequence = log.sequence ORDER BY entity));
DROP TABLE touch;
