-- What happened to each enrollment, every decision of the gate among it: one row for each fact, never changed but for an earlier
-- telling of the same fact. A repeat has the same id. Read by enrollment only, and put in order then: a few dozen rows.
CREATE TABLE timeline (
  business_id   uuid        NOT NULL,
  enrollment_id uuid        NOT NULL,
  fact_id       uuid        NOT NULL,
  occurred_at   timestamptz NOT NULL,
  kind          text        NOT NULL CHECK (kind IN (
    'enrolled', 'held', 'sent', 'skipped', 'failed', 'unknown', 'stopped', 'completed', 'delivered', 'undelivered', 'opened',
    'clicked', 'replied', 'feedback_submitted', 'bounced', 'complained', 'opted_out', 'opted_in')),
  number        int         CHECK (number > 0),
  channel       text        CHECK (channel IN ('email', 'sms')),
  round         int,
  reason        text,
  until         timestamptz,
  details       json        NOT NULL,
  PRIMARY KEY (business_id, enrollment_id, fact_id),
  CHECK ((kind = 'held') = (until IS NOT NULL)),
  CHECK (kind NOT IN ('held', 'skipped', 'failed', 'unknown', 'stopped') OR reason IS NOT NULL)
);
COMMENT ON COLUMN timeline.details IS 'What the decision rested on, and what else the fact tells: an object of texts, without personal data.';

ALTER TABLE timeline ENABLE ROW LEVEL SECURITY;
ALTER TABLE timeline FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON timeline AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY reads ON timeline FOR SELECT TO ${app} USING (true);
CREATE POLICY worker_reads ON timeline FOR SELECT TO ${worker} USING (true);
CREATE POLICY worker_adds ON timeline FOR INSERT TO ${worker} WITH CHECK (true);
CREATE POLICY worker_changes ON timeline FOR UPDATE TO ${worker} USING (true) WITH CHECK (true);
CREATE POLICY worker_removes ON timeline FOR DELETE TO ${worker} USING (true);
GRANT SELECT ON timeline TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON timeline TO ${worker};
