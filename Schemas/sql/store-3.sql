-- One driver's replica on one device, from version 2 to version 3.
--
-- How far the hub's log had come with the last receipts or page that were kept, in the hub's own
-- code: shown with each request, it proves to a hub that it was put back (L22, L26).
ALTER TABLE meta ADD COLUMN standing BLOB;

-- With which depot a name was written under: what one depot has received is not sent to another.
ALTER TABLE epoch ADD COLUMN depot BLOB;
UPDATE epoch SET depot = (SELECT depot FROM meta);

-- Whose pages told of an entity, where that is not the depot followed: it stays as it was told,
-- handed over, and is offered to nobody else.
ALTER TABLE entity ADD COLUMN depot BLOB;
