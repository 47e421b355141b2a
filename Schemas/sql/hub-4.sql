-- The hub's log, version 4: what came in a value's place, so that reviews read of an entity's past
-- only what may still have stood beside something.

-- The change that was written over it, whose author had seen all that its own had; NULL where none
-- is known: then it is always read.
ALTER TABLE overwritten ADD COLUMN by_replica BLOB;
ALTER TABLE overwritten ADD COLUMN by_counter INTEGER;
CREATE INDEX overwritten_by ON overwritten (entity, by_replica, by_counter);
