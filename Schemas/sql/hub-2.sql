-- The hub's log, version 2: what a hub needs to be restored, replaced, purged and judged.
--
-- Run with foreign keys off, since two tables are made anew; they are checked after it.

-- The depot's log in commit order. `kind` 0: a changeset. Others are entries of the hub's own doing,
-- without a changeset: 1 facts that `replica` offered after a restore, 2 a purge, 3 its undoing.
-- `author` is then the person who was at the door.
CREATE TABLE log_2 (
  sequence INTEGER NOT NULL PRIMARY KEY,
  tag INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2, 3)),
  replica BLOB,
  counter INTEGER,
  change_id BLOB,
  author BLOB NOT NULL,
  received_ms INTEGER NOT NULL,
  CHECK ((kind = 0) = (counter IS NOT NULL)),
  CHECK ((kind = 0) = (change_id IS NOT NULL)),
  CHECK (kind > 1 OR replica IS NOT NULL),
  FOREIGN KEY (replica, counter) REFERENCES changeset (replica, counter)
) STRICT;
INSERT INTO log_2 SELECT sequence, tag, 0, replica, counter, change_id, author, received_ms FROM log;
DROP TABLE log;
ALTER TABLE log_2 RENAME TO log;

-- What a driver may see, as a log: an entity of theirs was touched (0), entered (1), left (2) or was
-- purged (3). A page is a range of this.
CREATE TABLE scope_step_2 (
  driver BLOB NOT NULL,
  sequence INTEGER NOT NULL REFERENCES log (sequence),
  entity BLOB NOT NULL CHECK (length(entity) = 17),
  event INTEGER NOT NULL CHECK (event IN (0, 1, 2, 3)),
  PRIMARY KEY (driver, sequence, entity)
) STRICT, WITHOUT ROWID;
INSERT INTO scope_step_2 SELECT driver, sequence, entity, event FROM scope_step;
DROP TABLE scope_step;
ALTER TABLE scope_step_2 RENAME TO scope_step;
CREATE INDEX scope_membership ON scope_step (driver, entity, sequence) WHERE event > 0;
CREATE INDEX scope_drivers ON scope_step (entity, driver) WHERE event > 0;

-- Grows by one with every transaction that gives receipts: a copy that lacks some of them shows.
ALTER TABLE hub ADD COLUMN receipts INTEGER NOT NULL DEFAULT 0;

-- The key under which tags are made, minted with the history: half of a tag are random bits, half a
-- code over history, sequence and those. Empty until the next open where version 1 began the
-- history, whose tags are random bits alone. 1: a device showed a tag that was made so and that the
-- log does not have: it was put back to an earlier state, and the next open begins a new history.
ALTER TABLE hub ADD COLUMN tag_key BLOB NOT NULL DEFAULT x'';
ALTER TABLE hub ADD COLUMN disproved INTEGER NOT NULL DEFAULT 0 CHECK (disproved IN (0, 1));

-- Where a replica stands with this history: 0 has not begun with it, 1 takes up with it and may
-- offer what it holds, 2 follows it.
ALTER TABLE replica ADD COLUMN following INTEGER NOT NULL DEFAULT 0 CHECK (following IN (0, 1, 2));
UPDATE replica SET following = 2 WHERE has_spoken = 1;
-- Whether it ever took up with this history, coming from an older one.
ALTER TABLE replica ADD COLUMN took_up INTEGER NOT NULL DEFAULT 0 CHECK (took_up IN (0, 1));

-- Which role a person came with, from which place of the log on: what they recorded is judged by
-- the role at the page that they had then (L12).
CREATE TABLE rights (
  person BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  role INTEGER NOT NULL,
  PRIMARY KEY (person, sequence, role)
) STRICT, WITHOUT ROWID;
INSERT INTO rights SELECT person, 0, min(role) FROM replica WHERE role > 0 GROUP BY person
  HAVING min(role) = max(role);

-- Whose tokens open no door, and who said so.
CREATE TABLE deactivated (
  person BLOB NOT NULL PRIMARY KEY,
  by_person BLOB NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How far into the log the states of a sent page reached: a page may run ahead of its checkpoint.
-- 0: not known.
ALTER TABLE mark ADD COLUMN reach INTEGER NOT NULL DEFAULT 0;

-- The plan values and blobs of a purged entity are gone; vector, covers, facts and the siblings of
-- `deleted` stay for ever.
ALTER TABLE entity ADD COLUMN purged INTEGER NOT NULL DEFAULT 0 CHECK (purged IN (0, 1));

-- Whether it has reviews: 0 none, 1 only decided ones, 2 an open one too. And the version of the
-- rules that searched it last: an entity under an older one is searched again, and its `date` and
-- `reviews` are derived anew.
ALTER TABLE entity ADD COLUMN reviews INTEGER NOT NULL DEFAULT 0 CHECK (reviews IN (0, 1, 2));
ALTER TABLE entity ADD COLUMN rules INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entity_reviews ON entity (reviews) WHERE reviews > 0;
CREATE INDEX entity_rules ON entity (rules);

-- Whose stop it is, as the plan shows: what happens at two stops of one customer on one day can
-- contradict each other. Derived with `date`.
ALTER TABLE entity ADD COLUMN customer BLOB CHECK (customer IS NULL OR length(customer) = 17);
CREATE INDEX entity_customer ON entity (customer, date) WHERE customer IS NOT NULL;

-- Who carried it for its author, where that was another; and what a person decided over a
-- quarantined one: 0 nothing yet, 1 released under the change `released_as`, 2 rejected.
ALTER TABLE changeset ADD COLUMN carried_by BLOB;
ALTER TABLE changeset ADD COLUMN decision INTEGER NOT NULL DEFAULT 0 CHECK (decision IN (0, 1, 2));
ALTER TABLE changeset ADD COLUMN decided_by BLOB;
ALTER TABLE changeset ADD COLUMN decided_ms INTEGER;
ALTER TABLE changeset ADD COLUMN released_as BLOB;
CREATE INDEX changeset_change ON changeset (change_id) WHERE change_id IS NOT NULL;

-- What was offered after a restore and not joined: plan values that no other proof is of, and
-- entities that this build cannot read. `bytes` as it travelled: a change, or with field 0 the
-- whole part. `decision` 0 open, 1 taken over by an edit, 2 dismissed.
CREATE TABLE offered (
  entity BLOB NOT NULL CHECK (length(entity) = 17),
  field INTEGER NOT NULL,
  change_id BLOB NOT NULL CHECK (length(change_id) = 16),
  change_index INTEGER NOT NULL,
  replica BLOB NOT NULL,
  person BLOB NOT NULL,
  offered_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  decision INTEGER NOT NULL DEFAULT 0 CHECK (decision IN (0, 1, 2)),
  decided_by BLOB,
  decided_ms INTEGER,
  PRIMARY KEY (entity, field, change_id, change_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX offered_open ON offered (entity, field) WHERE decision = 0;

-- What an operator must hear of: how often, and when last. Never a reason to refuse a device.
CREATE TABLE alarm (
  kind TEXT NOT NULL,
  replica BLOB NOT NULL,
  count INTEGER NOT NULL,
  first_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  PRIMARY KEY (kind, replica)
) STRICT, WITHOUT ROWID;

-- Where each cylinder was handed over (side 0) or taken back (1), on which day (yyyymmdd), by which
-- handover: two stops that name one on one day are a case for review. Derived from the facts in
-- `record`; a row that is there stays.
CREATE TABLE serial (
  serial BLOB NOT NULL,
  side INTEGER NOT NULL CHECK (side IN (0, 1)),
  day INTEGER NOT NULL,
  entity BLOB NOT NULL CHECK (length(entity) = 17),
  change_id BLOB NOT NULL CHECK (length(change_id) = 16),
  change_index INTEGER NOT NULL,
  PRIMARY KEY (serial, side, day, entity, change_id, change_index)
) STRICT, WITHOUT ROWID;

-- Personal bytes were dropped by a redaction, and the file was not written anew since.
-- 1: to be written anew; 2: that is done, and the WAL is still to be emptied.
ALTER TABLE hub ADD COLUMN scrub INTEGER NOT NULL DEFAULT 0 CHECK (scrub IN (0, 1, 2));
