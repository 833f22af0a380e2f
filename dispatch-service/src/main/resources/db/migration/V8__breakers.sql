-- Messages that are unwanted: an e-mail reported as spam, a text that a carrier filtered. One row a touch, however often told.
CREATE TABLE complaints (
  business_id   uuid NOT NULL,
  touch_id      uuid NOT NULL,
  channel       text NOT NULL CHECK (channel IN ('email', 'sms')),
  complained_at timestamptz NOT NULL,
  -- Whether its breaker has been judged since.
  judged        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (business_id, touch_id)
);
-- Serves: the breakers that are to be judged.
CREATE INDEX complaints_unjudged ON complaints (business_id, channel) WHERE NOT judged;

-- What came of counting them (engine's Breaker). No row is as a closed one. The gate reads it with the business.
CREATE TABLE breakers (
  business_id   uuid NOT NULL,
  channel       text NOT NULL CHECK (channel IN ('email', 'sms')),
  state         text NOT NULL CHECK (state IN ('closed', 'warning', 'paused')),
  since         timestamptz NOT NULL,
  complaints    bigint NOT NULL,
  accepted      bigint NOT NULL,
  counted_since timestamptz NOT NULL,
  judged_at     timestamptz NOT NULL,
  -- Real time of this database.
  next_look_at  timestamptz NOT NULL,
  -- The last time that an owner let it go on, and why.
  resumed_at    timestamptz,
  resumed_by    text,
  note          text,
  PRIMARY KEY (business_id, channel),
  CONSTRAINT resumed_is_whole CHECK (num_nonnulls(resumed_at, resumed_by, note) IN (0, 3))
);
-- Serves: counting again for those that are not closed.
CREATE INDEX breakers_open ON breakers (next_look_at) WHERE state <> 'closed';

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['complaints', 'breakers'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($p$CREATE POLICY tenant ON %I AS RESTRICTIVE TO ${app}, ${report}
      USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
      WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid)$p$, name);
    EXECUTE format('CREATE POLICY app_reads ON %I FOR SELECT TO ${app} USING (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO ${app}', name);
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO ${worker} USING (true)', name);
    EXECUTE format('CREATE POLICY worker_adds ON %I FOR INSERT TO ${worker} WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY worker_changes ON %I FOR UPDATE TO ${worker} USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY worker_removes ON %I FOR DELETE TO ${worker} USING (
      EXISTS (SELECT 1 FROM businesses b WHERE b.business_id = %I.business_id AND b.deleted))', name, name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ${worker}', name);
  END LOOP;
END $$;
