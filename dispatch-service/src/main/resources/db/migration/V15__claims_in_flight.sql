-- The claims of a gate's transaction until all of them have an end: whoever ends the last removes the row. The sweeper looks at these
-- and no more at every touch of the last minute. The worker's only: claims of several businesses lie together.
CREATE TABLE claims_in_flight (
  flight_id  uuid PRIMARY KEY,
  businesses uuid[] NOT NULL,
  touches    uuid[] NOT NULL,
  -- Real time of this database, the same as the claims'.
  claimed_at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
-- Ids and nothing else: not worth trying to compress.
ALTER TABLE claims_in_flight ALTER COLUMN businesses SET STORAGE EXTERNAL, ALTER COLUMN touches SET STORAGE EXTERNAL;
GRANT SELECT, INSERT, DELETE ON claims_in_flight TO ${worker};

-- The owner is bound by the policies too, while they are forced.
ALTER TABLE touches NO FORCE ROW LEVEL SECURITY;
INSERT INTO claims_in_flight (flight_id, businesses, touches, claimed_at)
SELECT uuidv7(), array_agg(business_id), array_agg(touch_id), min(claimed_at)
FROM touches WHERE state = 'claimed' HAVING count(*) > 0;
ALTER TABLE touches FORCE ROW LEVEL SECURITY;

-- What is left for this index are messages of the last days by their provider's id. Summaries are asked for one by one, and the server
-- keeps only so many requests: with ranges of 16 pages, some hundred touches a second overran it.
ALTER INDEX touches_claimed SET (pages_per_range = 128);
REINDEX INDEX touches_claimed;
COMMENT ON INDEX touches_claimed IS 'Serves: the messages of the last days that have a provider''s id.';
