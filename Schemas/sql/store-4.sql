-- One driver's replica on one device, from version 3 to version 4.
--
-- When it was last looked for routes that are over, by the hub's time: a page costs what it brings,
-- not what the store holds.
ALTER TABLE meta ADD COLUMN routes_looked_at INTEGER;
