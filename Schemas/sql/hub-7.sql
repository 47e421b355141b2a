-- The hub's log, version 7: what becomes known together lies together, so that what a message changes
-- is on few pages: a driver's stops of a day were planned one after the other.

-- Entities are numbered in the order in which they became known, from 1. Those of older versions: in
-- the order in which they came into a driver's scope.
ALTER TABLE entity ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
UPDATE entity SET number = numbered.number FROM (
  SELECT id, row_number() OVER (ORDER BY place, id) AS number
  FROM entity LEFT JOIN (
    SELECT entity, min(sequence) AS place FROM scope_step WHERE event > 0 GROUP BY entity
  ) ON entity = id
) AS numbered WHERE numbered.id = entity.id;
CREATE UNIQUE INDEX entity_number ON entity (number);

-- An entity's head and its facts as before, by its number in place of its id: the head is the first of
-- its entity's rows, with zeros and -1 for a change's id and index.
CREATE TABLE fact_7 (
  number INTEGER NOT NULL REFERENCES entity (number),
  change_id BLOB NOT NULL CHECK (length(change_id) = 16),
  change_index INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (number, change_id, change_index)
) STRICT, WITHOUT ROWID;
INSERT INTO fact_7
  SELECT number, change_id, change_index, sequence, bytes FROM entity JOIN fact ON entity = id
  ORDER BY number, change_id, change_index;
DROP TABLE fact;
ALTER TABLE fact_7 RENAME TO fact;
