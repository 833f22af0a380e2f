-- A table whose key is not made of uuids alone, for the starter's own tests.
CREATE TABLE remarks (
  business_id uuid NOT NULL,
  place       int  NOT NULL,
  text        text,
  made_at     timestamptz NOT NULL,
  PRIMARY KEY (business_id, place)
);
ALTER TABLE remarks ENABLE ROW LEVEL SECURITY;
ALTER TABLE remarks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON remarks AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY worker_all ON remarks TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON remarks TO ${worker};
