-- Envelopes noted before the hub looks inside: a file of its own, written once a request, not
-- synced. Bytes that two starts found unfinished, alone in their note, are not decoded again.
-- `is_new` says that it was noted alone since the last start, `starts` how many starts found it so.
CREATE TABLE IF NOT EXISTS intake (
  replica BLOB NOT NULL CHECK (length(replica) = 12),
  counter INTEGER NOT NULL,
  bytes_hash BLOB NOT NULL CHECK (length(bytes_hash) = 32),
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  byte_count INTEGER NOT NULL,
  is_new INTEGER NOT NULL DEFAULT 1 CHECK (is_new IN (0, 1)),
  starts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (replica, counter, bytes_hash)
) STRICT, WITHOUT ROWID;
