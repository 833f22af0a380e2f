-- A table as services have them, for the starter's own tests.
CREATE TABLE notes (
  business_id uuid NOT NULL,
  id          uuid NOT NULL DEFAULT uuidv7(),
  text        text NOT NULL,
  PRIMARY KEY (business_id, id)
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notes AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY app_all ON notes TO ${app} USING (true) WITH CHECK (true);
CREATE POLICY worker_reads ON notes FOR SELECT TO ${worker} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON notes TO ${app};
GRANT SELECT ON notes TO ${worker};
