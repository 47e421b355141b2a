-- One driver's replica on one device, from version 1 to version 2: recovery by itself.
--
-- Run once, in one transaction, by the first open for writing; store-1.sql stands as it was.

-- Where a re-baseline stands (L26): 0 none, 1 what the hub lacks is pushed again, 2 base states are
-- offered, 3 pages from zero replace base and scope. `generation` counts re-baselines: an entity of
-- an older one is replaced, not merged, when it comes.
ALTER TABLE meta ADD COLUMN step INTEGER NOT NULL DEFAULT 0 CHECK (step BETWEEN 0 AND 3);
ALTER TABLE meta ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entity ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;

-- How long a route is kept (L15): 0 it is shown; 1 it is over by the hub's time: hidden, and what
-- names or describes people is erased, but in scope and in the digest as before; 2 it is open again,
-- and to be sent whole for what was erased.
ALTER TABLE entity ADD COLUMN retention INTEGER NOT NULL DEFAULT 0 CHECK (retention BETWEEN 0 AND 2);
CREATE INDEX entity_kept ON entity (id) WHERE membership = 1 AND retention <> 1;
CREATE INDEX entity_wanted ON entity (id) WHERE retention = 2;

-- The last page of the history before: what a tap on something that only it has told of is made
-- by. `refilled_at`: the hub's time when the last re-baseline ended, Unix milliseconds.
ALTER TABLE meta ADD COLUMN told_history BLOB CHECK (length(told_history) = 16);
ALTER TABLE meta ADD COLUMN told_depot BLOB;
ALTER TABLE meta ADD COLUMN told_sequence INTEGER;
ALTER TABLE meta ADD COLUMN told_tag INTEGER;
ALTER TABLE meta ADD COLUMN refilled_at INTEGER;

-- Plan values of an older history on entities of which this one has told only other fields: shown,
-- for some days, where this history says nothing; never part of the base (L15, L26).
CREATE TABLE remembered (
    entity BLOB NOT NULL REFERENCES entity (id),
    field INTEGER NOT NULL,
    replica BLOB NOT NULL CHECK (length(replica) = 12),
    counter INTEGER NOT NULL CHECK (counter > 0),
    bytes BLOB NOT NULL,
    PRIMARY KEY (entity, field, replica, counter)
) STRICT, WITHOUT ROWID;

-- Where an entity that was cut over pages goes on; sent with the checkpoint.
ALTER TABLE meta ADD COLUMN resume BLOB;

-- The parts of a page that killed the process which are still to be told apart, [low, high) (L14).
ALTER TABLE meta ADD COLUMN page_low INTEGER;
ALTER TABLE meta ADD COLUMN page_high INTEGER;
-- Written before a parked part is tried; a part that kills is left alone after three.
ALTER TABLE parked ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;

-- The hub's greatest known time, Unix milliseconds: retention is by it, never by the own clock.
ALTER TABLE meta ADD COLUMN hub_time INTEGER;

-- What `trouble` said is found again by the next exchange, and mended. Unused from here on.
UPDATE meta SET trouble = NULL, trouble_counter = NULL;

-- Every name this store has written under, oldest first; the last is meta.replica. `before_*` is the
-- end of the chain before it, which the first changeset of the epoch names (L19). `backup_mark` is
-- the highest counter that every restorable backup of the hub holds; `pruned_*` the last changeset
-- that left the archive (L12). `confirmed` is the history in which the hub was last seen to hold
-- all of this epoch.
CREATE TABLE epoch (
    number INTEGER PRIMARY KEY,
    replica BLOB NOT NULL UNIQUE CHECK (length(replica) = 12),
    before_replica BLOB CHECK (length(before_replica) = 12),
    before_counter INTEGER,
    before_hash BLOB CHECK (length(before_hash) = 32),
    backup_mark INTEGER NOT NULL DEFAULT 0,
    pruned_counter INTEGER NOT NULL DEFAULT 0,
    pruned_hash BLOB CHECK (length(pruned_hash) = 32),
    confirmed BLOB CHECK (length(confirmed) = 16)
) STRICT;

INSERT INTO epoch (replica) SELECT replica FROM meta;

-- Changesets as they were sealed before they got another dot: proof of what was written when.
CREATE TABLE reissued (
    replica BLOB NOT NULL CHECK (length(replica) = 12),
    counter INTEGER NOT NULL CHECK (counter > 0),
    change_id BLOB NOT NULL CHECK (length(change_id) = 16),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    bytes BLOB NOT NULL,
    PRIMARY KEY (replica, counter)
) STRICT, WITHOUT ROWID;

CREATE INDEX reissued_change ON reissued (change_id);

-- What remains of a changeset that left the archive: its name, so that the same tap is never
-- written twice (L1), and its hash, so that the hub's head is always recognised (L18).
CREATE TABLE pruned (
    change_id BLOB PRIMARY KEY CHECK (length(change_id) = 16),
    replica BLOB NOT NULL CHECK (length(replica) = 12),
    counter INTEGER NOT NULL CHECK (counter > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (replica, counter)
) STRICT, WITHOUT ROWID;

-- Facts ahead of an entity too big for a page: merged with the part that brings its vector (L14).
CREATE TABLE ahead (
    number INTEGER PRIMARY KEY,
    entity BLOB NOT NULL CHECK (length(entity) = 17),
    part BLOB NOT NULL
) STRICT;

CREATE INDEX ahead_entity ON ahead (entity, number);

-- Entities whose base state the hub has not confirmed yet: 0 its digest is to be sent, 1 the state.
CREATE TABLE offer (
    entity BLOB PRIMARY KEY REFERENCES entity (id),
    is_wanted INTEGER NOT NULL DEFAULT 0 CHECK (is_wanted IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Whether a review waits for somebody's word, or was decided.
ALTER TABLE review_row ADD COLUMN needs_decision INTEGER NOT NULL DEFAULT 1
    CHECK (needs_decision IN (0, 1));

-- Personal bytes were dropped by a redaction, and the file was not written anew since.
-- 1: to be written anew; 2: that is done, and the WAL is still to be emptied.
ALTER TABLE meta ADD COLUMN scrub INTEGER NOT NULL DEFAULT 0 CHECK (scrub IN (0, 1, 2));

-- When the stop was first visited, by the hybrid clock of who visited it: a route lists what was
-- visited in that order, whatever order the office gives it later.
ALTER TABLE stop_row ADD COLUMN visited_at INTEGER;
ALTER TABLE stop_row ADD COLUMN visited_logical INTEGER NOT NULL DEFAULT 0;

-- Entities that differed from the hub's and were sent whole (L21): when, by the hub's time, Unix
-- milliseconds; and whether they were found to differ again.
CREATE TABLE repair (
    entity BLOB PRIMARY KEY CHECK (length(entity) = 17),
    hub_time INTEGER NOT NULL,
    differs INTEGER NOT NULL DEFAULT 0 CHECK (differs IN (0, 1))
) STRICT, WITHOUT ROWID;
