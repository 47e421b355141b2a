-- One driver's replica on one device, from version 3 to version 4.
--
-- When it was last looked for routes that are over, by the hub's time: a page costs what it brings,
-- not what the store holds.
ALTER TABLE meta ADD COLUMN routes_looked_at INTEGER;

-- By which version of the rules the depot's hub opens reviews, as it said last; null before that
-- (L26).
ALTER TABLE meta ADD COLUMN hub_rules INTEGER;

-- 1: whoever answers next may be another depot's hub: the next request carries nothing that only
-- this phone has (L19).
ALTER TABLE meta ADD COLUMN asks_first INTEGER NOT NULL DEFAULT 0 CHECK (asks_first IN (0, 1));
