-- The hub's log, version 3: what proves that it was put back across a change of its history.

-- The histories that were over before this one, in the order in which this database heard of it:
-- its own, and those of which a device showed that they had once begun from it. Named in what the
-- hub tells devices, so that one of them, put back, learns that it is over.
CREATE TABLE past_history (
  number INTEGER PRIMARY KEY,
  history BLOB NOT NULL UNIQUE CHECK (length(history) = 16)
) STRICT;
