-- The hub's log, version 6: what every message changes lies apart from the plan, on few pages.

-- An entity's head and its facts, as they stood in `record` with the fields -1 and 0, where the plan's
-- values beside them left no room on their pages. The head is the first of its entity's rows: no
-- change has its id and index, zeros and -1. `record` has a field's siblings, and nothing else.
CREATE TABLE fact (
  entity BLOB NOT NULL REFERENCES entity (id),
  change_id BLOB NOT NULL CHECK (length(change_id) = 16),
  change_index INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (entity, change_id, change_index)
) STRICT, WITHOUT ROWID;
INSERT INTO fact
  SELECT entity, change_id, iif(field = 0, change_index, -1), sequence, bytes
  FROM record WHERE field <= 0 ORDER BY entity, field, change_id, change_index;
DELETE FROM record WHERE field <= 0;
