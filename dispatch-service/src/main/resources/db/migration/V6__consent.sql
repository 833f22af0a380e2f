-- An opt-out is of all purposes, or of one. What is not the recipient's choice is always of all.
ALTER TABLE suppressions
  ADD COLUMN purpose text NOT NULL DEFAULT 'all'
    CHECK (purpose IN ('all', 'follow_up', 'fundraising', 'newsletter', 'transactional')),
  DROP CONSTRAINT suppressions_pkey,
  ADD PRIMARY KEY (business_id, channel, address_hash, purpose),
  ADD CONSTRAINT only_a_choice_is_of_one_purpose CHECK (purpose = 'all' OR reason IN ('opted_out', 'manual'));

-- What became of permissions, entry by entry: each is hashed together with the hash before it. Nobody has the right to change or
-- remove one, and it outlives customers, suppressions and the business. It holds no address, only its keyed hash.
CREATE TABLE consent_ledger (
  business_id   uuid NOT NULL,
  number        bigint NOT NULL CHECK (number > 0),
  at            timestamptz NOT NULL,
  address_key   bytea NOT NULL CHECK (octet_length(address_key) = 32),
  channel       text NOT NULL CHECK (channel IN ('email', 'sms')),
  purpose       text NOT NULL CHECK (purpose IN ('all', 'follow_up', 'fundraising', 'newsletter', 'transactional')),
  kind          text NOT NULL CHECK (kind IN ('granted', 'withdrawn', 'unreachable', 'reopened', 'held', 'released')),
  basis         text NOT NULL,
  source        text NOT NULL,
  evidence      json NOT NULL,
  expires_at    timestamptz CHECK (expires_at > at),
  previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
  hash          bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (business_id, number)
);
-- Serves: the history of an address.
CREATE INDEX consent_ledger_of_address ON consent_ledger (business_id, address_key, number);

-- The last entry of each ledger. Who writes to one locks its row first, before any suppression: so numbers have no gaps.
CREATE TABLE consent_heads (
  business_id uuid PRIMARY KEY,
  number      bigint NOT NULL DEFAULT 0 CHECK (number >= 0),
  hash        bytea NOT NULL DEFAULT decode(repeat('0', 64), 'hex') CHECK (octet_length(hash) = 32)
) WITH (fillfactor = 50);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['consent_ledger', 'consent_heads'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($p$CREATE POLICY tenant ON %I AS RESTRICTIVE TO ${app}, ${report}
      USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
      WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid)$p$, name);
    EXECUTE format('CREATE POLICY app_reads ON %I FOR SELECT TO ${app} USING (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO ${app}', name);
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO ${worker} USING (true)', name);
    EXECUTE format('CREATE POLICY worker_adds ON %I FOR INSERT TO ${worker} WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO ${worker}', name);
  END LOOP;
END $$;
CREATE POLICY worker_moves ON consent_heads FOR UPDATE TO ${worker} USING (true) WITH CHECK (true);
GRANT UPDATE ON consent_heads TO ${worker};
