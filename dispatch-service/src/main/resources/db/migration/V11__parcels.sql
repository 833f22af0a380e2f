-- Messages that are handed over by one call, with one key. Written with their claims; a claim that is in none was handed over
-- alone. The worker's only: messages of several businesses go together.
CREATE TABLE parcels (
  -- Also the provider's idempotency key.
  parcel_id   uuid PRIMARY KEY,
  -- By place in the call.
  businesses  uuid[] NOT NULL,
  touches     uuid[] NOT NULL,
  attempts    uuid[] NOT NULL,
  -- Real time of this database, the same as the claims'.
  packed_at   timestamptz NOT NULL DEFAULT now(),
  -- The provider refused it whole, so each message went alone, with its attempt as the key.
  taken_apart boolean NOT NULL DEFAULT false
);
-- Serves: the sweeper's search for the parcels of claims that a crash left open; forgetting.
CREATE INDEX parcels_packed ON parcels (packed_at);
GRANT SELECT, INSERT, DELETE, UPDATE (taken_apart) ON parcels TO ${worker};
