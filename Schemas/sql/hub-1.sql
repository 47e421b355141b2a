-- The hub's log, version 1.
--
-- Ids are blobs of their bytes and compare so. Times are Unix milliseconds by the hub's clock.
-- Sequences are places in the depot's log; tags are 64 random bits kept as a signed integer.

-- What this database is: one row. `nonce` equals one kept in a file outside exactly when this is
-- the database that the last process left behind; otherwise a start begins a new history.
CREATE TABLE hub (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  history BLOB NOT NULL CHECK (length(history) = 16),
  depot BLOB NOT NULL,
  began_empty INTEGER NOT NULL CHECK (began_empty IN (0, 1)),
  nonce TEXT NOT NULL,
  clock_ms INTEGER NOT NULL DEFAULT 0,
  clock_logical INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Each replica that ever spoke, the hub's own among them: whose it is, the last changeset of its
-- chain that has a receipt, and the highest counter it has itself stated in this history.
CREATE TABLE replica (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
  person BLOB NOT NULL,
  depot BLOB NOT NULL,
  role INTEGER NOT NULL,
  head_counter INTEGER NOT NULL,
  head_hash BLOB,
  stated INTEGER NOT NULL,
  has_spoken INTEGER NOT NULL CHECK (has_spoken IN (0, 1)),
  last_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every dot that was ever given a receipt, for ever: the envelope as it came, its hash and what
-- became of it. `result` 0 accepted (in the log at `sequence`), 1 already (the change is there
-- under the other dot), 2 quarantined (not applied, `reason` says why).
CREATE TABLE changeset (
  replica BLOB NOT NULL REFERENCES replica (id),
  counter INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  result INTEGER NOT NULL CHECK (result IN (0, 1, 2)),
  reason TEXT,
  other_replica BLOB,
  other_counter INTEGER,
  sequence INTEGER,
  received_ms INTEGER NOT NULL,
  change_id BLOB,
  author BLOB,
  bytes BLOB NOT NULL,
  PRIMARY KEY (replica, counter),
  CHECK ((result = 0) = (sequence IS NOT NULL)),
  CHECK ((result = 1) = (other_replica IS NOT NULL)),
  CHECK ((result = 2) = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX changeset_quarantined ON changeset (replica, counter) WHERE result = 2;

-- Change id to the dot that carried it into the log: a tap counts once under whatever dot it comes.
CREATE TABLE change_dot (
  change_id BLOB NOT NULL PRIMARY KEY CHECK (length(change_id) = 16),
  replica BLOB NOT NULL,
  counter INTEGER NOT NULL,
  FOREIGN KEY (replica, counter) REFERENCES changeset (replica, counter)
) STRICT, WITHOUT ROWID;

-- The depot's log in commit order: one row for each applied changeset.
CREATE TABLE log (
  sequence INTEGER NOT NULL PRIMARY KEY,
  tag INTEGER NOT NULL,
  replica BLOB NOT NULL,
  counter INTEGER NOT NULL,
  change_id BLOB NOT NULL,
  author BLOB NOT NULL,
  received_ms INTEGER NOT NULL,
  FOREIGN KEY (replica, counter) REFERENCES changeset (replica, counter)
) STRICT;

-- Which entities each logged changeset touched, both ways: a page is closed over these.
CREATE TABLE touch (
  sequence INTEGER NOT NULL REFERENCES log (sequence),
  entity BLOB NOT NULL CHECK (length(entity) = 17),
  PRIMARY KEY (sequence, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX touch_entity ON touch (entity, sequence);

-- A stop, a route …: its vector, the digest of its merged state, whose scope it is in now (null:
-- nobody's), the driver whose fact made it known where no plan did, and its shown date.
CREATE TABLE entity (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 17),
  kind INTEGER NOT NULL,
  vector BLOB NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  scope BLOB,
  born_by BLOB,
  date INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_kind ON entity (kind, date, id);
CREATE INDEX entity_scope ON entity (scope, id) WHERE scope IS NOT NULL;

-- A plan field somebody wrote: what contexts covered beyond the vector, and the last changeset that
-- touched it.
CREATE TABLE field (
  entity BLOB NOT NULL REFERENCES entity (id),
  field INTEGER NOT NULL,
  cover BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (entity, field)
) STRICT, WITHOUT ROWID;

-- A field's siblings, and, with field 0, the facts: `bytes` is the change as it travels in a page,
-- with the hub's stamp.
CREATE TABLE record (
  entity BLOB NOT NULL REFERENCES entity (id),
  field INTEGER NOT NULL,
  change_id BLOB NOT NULL CHECK (length(change_id) = 16),
  change_index INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (entity, field, change_id, change_index)
) STRICT, WITHOUT ROWID;

-- What a driver may see, as a log: an entity of theirs was touched (0), entered (1) or left (2). A
-- page is a range of this.
CREATE TABLE scope_step (
  driver BLOB NOT NULL,
  sequence INTEGER NOT NULL REFERENCES log (sequence),
  entity BLOB NOT NULL CHECK (length(entity) = 17),
  event INTEGER NOT NULL CHECK (event IN (0, 1, 2)),
  PRIMARY KEY (driver, sequence, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX scope_membership ON scope_step (driver, entity, sequence) WHERE event > 0;

-- When a checkpoint was first sent to a replica (0), and when the replica first stated it (1).
CREATE TABLE mark (
  replica BLOB NOT NULL REFERENCES replica (id),
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  sequence INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (replica, kind, sequence)
) STRICT, WITHOUT ROWID;
