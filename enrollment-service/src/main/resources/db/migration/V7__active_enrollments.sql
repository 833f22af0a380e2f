-- Who is active, apart from the enrollments' own rows: no index of those holds the status any more, so that an enrollment ends as it
-- advances, by a heap-only update. Stops by campaign find their rows here, and one enrollment per customer and campaign stays a key.
CREATE TABLE active_enrollments (
  business_id   uuid NOT NULL,
  campaign_id   uuid NOT NULL,
  customer_id   uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  PRIMARY KEY (business_id, campaign_id, customer_id)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- The owner is bound by the policies too, while they are forced.
ALTER TABLE enrollments NO FORCE ROW LEVEL SECURITY;
INSERT INTO active_enrollments (business_id, campaign_id, customer_id, enrollment_id)
SELECT business_id, campaign_id, customer_id, enrollment_id FROM enrollments WHERE status = 'active';
ALTER TABLE enrollments FORCE ROW LEVEL SECURITY;

ALTER TABLE active_enrollments ENABLE ROW LEVEL SECURITY;
ALTER TABLE active_enrollments FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON active_enrollments AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY app ON active_enrollments TO ${app} USING (true) WITH CHECK (true);
CREATE POLICY report ON active_enrollments FOR SELECT TO ${report} USING (true);
CREATE POLICY worker_reads ON active_enrollments FOR SELECT TO ${worker} USING (true);
CREATE POLICY worker_adds ON active_enrollments FOR INSERT TO ${worker} WITH CHECK (true);
CREATE POLICY worker_removes ON active_enrollments FOR DELETE TO ${worker} USING (true);
GRANT SELECT ON active_enrollments TO ${report};
GRANT SELECT, INSERT, DELETE ON active_enrollments TO ${app}, ${worker};

DROP INDEX enrollments_one_active;
DROP INDEX enrollments_of_campaign;
CREATE INDEX enrollments_of_campaign ON enrollments (business_id, campaign_id, enrolled_at DESC, enrollment_id);
COMMENT ON INDEX enrollments_of_campaign IS 'API: the list of a campaign''s enrollments, newest first. Enrolling: count for the maximum.';
