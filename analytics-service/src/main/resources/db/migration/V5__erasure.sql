-- Enrollments whose customer was erased: their story is removed and never told again, whatever is read again. Kept for good,
-- since the log tells the story for ten years. What is counted stays: figures without a person.
CREATE TABLE erased_enrollments (
  business_id   uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  PRIMARY KEY (business_id, enrollment_id)
);

ALTER TABLE erased_enrollments ENABLE ROW LEVEL SECURITY;
ALTER TABLE erased_enrollments FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON erased_enrollments AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY worker_reads ON erased_enrollments FOR SELECT TO ${worker} USING (true);
CREATE POLICY worker_adds ON erased_enrollments FOR INSERT TO ${worker} WITH CHECK (true);
CREATE POLICY worker_removes ON erased_enrollments FOR DELETE TO ${worker} USING (true);
GRANT SELECT, INSERT, DELETE, TRUNCATE ON erased_enrollments TO ${worker};
