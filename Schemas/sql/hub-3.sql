-- The hub's log, version 3: what proves that it was put back across a change of its history, and
-- what reviews look at besides what stands now.

-- The histories that were over before this one, in the order in which this database heard of it:
-- its own, and those of which a device showed that they had once begun from it. Named in what the
-- hub tells devices, so that one of them, put back, learns that it is over. With each the farthest
-- place of its log that is known: a log of it that has this place was not put back.
CREATE TABLE past_history (
  number INTEGER PRIMARY KEY,
  history BLOB NOT NULL UNIQUE CHECK (length(history) = 16),
  sequence INTEGER NOT NULL,
  tag INTEGER NOT NULL,
  receipts INTEGER NOT NULL
) STRICT;

-- A plan value that was written over, or that came when it was: where it stands in its changeset,
-- and the role as which its author wrote it. The value itself is read there. Reviews look at these
-- too, so that no order of arrival opens another set of them. A row that is there stays, but for a
-- purge.
CREATE TABLE overwritten (
  entity BLOB NOT NULL CHECK (length(entity) = 17),
  field INTEGER NOT NULL,
  change_id BLOB NOT NULL CHECK (length(change_id) = 16),
  change_index INTEGER NOT NULL,
  replica BLOB NOT NULL,
  counter INTEGER NOT NULL,
  role INTEGER NOT NULL,
  PRIMARY KEY (entity, field, change_id, change_index),
  FOREIGN KEY (replica, counter) REFERENCES changeset (replica, counter)
) STRICT, WITHOUT ROWID;

-- At which stops meters were read that may be a customer's, by the days for which the stop was
-- planned (yyyymmdd). Derived from facts and plan; a row that is there stays.
CREATE TABLE meter_visit (
  customer BLOB NOT NULL CHECK (length(customer) = 17),
  day INTEGER NOT NULL,
  stop BLOB NOT NULL CHECK (length(stop) = 17),
  PRIMARY KEY (customer, day, stop)
) STRICT, WITHOUT ROWID;

-- Which customer was ever merged into which. A row that is there stays.
CREATE TABLE merged (
  customer BLOB NOT NULL CHECK (length(customer) = 17),
  into_customer BLOB NOT NULL CHECK (length(into_customer) = 17),
  PRIMARY KEY (customer, into_customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_into ON merged (into_customer, customer);

-- In their place goes the column that knew a stop's present customer only.
DROP INDEX entity_customer;
ALTER TABLE entity DROP COLUMN customer;
