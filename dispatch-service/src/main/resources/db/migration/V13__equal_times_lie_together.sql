-- What a batch decides of a business has one time: without the touch in their key such entries share one, and the index is a fraction of
-- its size. The order among them is made when a page is read.
DROP INDEX touches_log;
CREATE INDEX touches_log ON touches (business_id, first_decided_at DESC);
COMMENT ON INDEX touches_log IS 'The send log, newest first.';
