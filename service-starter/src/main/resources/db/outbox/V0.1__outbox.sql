-- Facts that wait for their relay. Rows live for milliseconds; the relay removes them after the broker's acknowledgement.
CREATE TABLE outbox (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  business_id   uuid NOT NULL,
  topic         text NOT NULL,
  partition_key text NOT NULL,
  key           text NOT NULL,
  value         bytea,
  created_at    timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outbox AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY app_adds ON outbox FOR INSERT TO ${app} WITH CHECK (true);
CREATE POLICY worker_adds ON outbox FOR INSERT TO ${worker} WITH CHECK (true);
CREATE POLICY relay_reads ON outbox FOR SELECT TO ${worker} USING (true);
CREATE POLICY relay_removes ON outbox FOR DELETE TO ${worker} USING (true);
GRANT INSERT ON outbox TO ${app}, ${worker};
GRANT SELECT, DELETE ON outbox TO ${worker};
