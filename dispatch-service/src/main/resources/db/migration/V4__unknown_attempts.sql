-- Attempts whose answer was lost, and what became of them: one row each, for good. The touch's own row names its last attempt
-- only. Times are real time of this database.
CREATE TABLE unknown_attempts (
  business_id         uuid NOT NULL,
  attempt_id          uuid NOT NULL,
  touch_id            uuid NOT NULL,
  provider            text NOT NULL CHECK (provider IN ('resend', 'twilio', 'smtp')),
  since               timestamptz NOT NULL DEFAULT now(),
  next_look_at        timestamptz NOT NULL DEFAULT now(),
  -- Null while the provider may still tell.
  resolution          text CHECK (resolution IN ('accepted', 'rejected', 'assumed_sent', 'resent')),
  reason              text,
  provider_message_id text,
  resolved_at         timestamptz,
  PRIMARY KEY (business_id, attempt_id),
  CONSTRAINT resolved_is_whole CHECK (num_nonnulls(resolution, reason, resolved_at) IN (0, 3))
);
-- Serves: the reconciler's search for those that may be asked about now.
CREATE INDEX unknown_attempts_open ON unknown_attempts (next_look_at) WHERE resolution IS NULL;
-- Serves: whether a touch was resent before.
CREATE INDEX unknown_attempts_of_touch ON unknown_attempts (business_id, touch_id);

ALTER TABLE unknown_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE unknown_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON unknown_attempts AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY app_reads ON unknown_attempts FOR SELECT TO ${app} USING (true);
CREATE POLICY worker_reads ON unknown_attempts FOR SELECT TO ${worker} USING (true);
CREATE POLICY worker_adds ON unknown_attempts FOR INSERT TO ${worker} WITH CHECK (true);
CREATE POLICY worker_changes ON unknown_attempts FOR UPDATE TO ${worker} USING (true) WITH CHECK (true);
CREATE POLICY worker_removes ON unknown_attempts FOR DELETE TO ${worker} USING (
  EXISTS (SELECT 1 FROM businesses b WHERE b.business_id = unknown_attempts.business_id AND b.deleted));
GRANT SELECT ON unknown_attempts TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE ON unknown_attempts TO ${worker};
