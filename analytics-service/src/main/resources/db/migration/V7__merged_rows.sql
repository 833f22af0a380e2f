-- Rows of touches and enrollments are merged by the service, which reads them, and writes them back to where it read them. And a quarter
-- of an hour of a campaign is one row with a column for each thing that happened in place of a row for each: days are read from a
-- fifth of the rows. Older instances must have been stopped: they know neither these tables nor these types.

CREATE TYPE touch_key AS (business_id uuid, enrollment_id uuid, number int);
CREATE TYPE touch_row AS (
  place text, business_id uuid, enrollment_id uuid, number int, campaign_id uuid, version int, channel text, deferrals int,
  skip_reason text, cancelled bool, sent_at timestamptz, failed_at timestamptz, skipped_at timestamptz, unknown_at timestamptz,
  delivered_at timestamptz, opened_at timestamptz, clicked_at timestamptz, replied_at timestamptz, opted_out_at timestamptz,
  bounced_at timestamptz, complained_at timestamptz);
CREATE TYPE enrollment_key AS (business_id uuid, enrollment_id uuid);
CREATE TYPE enrollment_row AS (
  place text, business_id uuid, enrollment_id uuid, campaign_id uuid, started_at timestamptz, completed_at timestamptz,
  stopped_at timestamptz, stop_reason text, touches_completed int);
DROP TYPE seen_touch;
ALTER TYPE touch_count RENAME ATTRIBUTE amount TO count;
ALTER TYPE enrollment_count RENAME ATTRIBUTE amount TO count;

-- By quarter of an hour, which every time zone's midnight falls on: days are those of the business, also after it has moved. A row of
-- zeros does not exist.
CREATE TABLE activities (
  business_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  quarter     timestamptz NOT NULL,
  enrolled    bigint NOT NULL,
  completed   bigint NOT NULL,
  stopped     bigint NOT NULL,
  sent        bigint NOT NULL,
  failed      bigint NOT NULL,
  skipped     bigint NOT NULL,
  delivered   bigint NOT NULL,
  opened      bigint NOT NULL,
  clicked     bigint NOT NULL,
  replied     bigint NOT NULL,
  opted_out   bigint NOT NULL,
  bounced     bigint NOT NULL,
  complained  bigint NOT NULL,
  PRIMARY KEY (business_id, campaign_id, quarter)
) WITH (fillfactor = 70);
CREATE TYPE activity AS (
  business_id uuid, campaign_id uuid, quarter timestamptz, enrolled bigint, completed bigint, stopped bigint, sent bigint, failed bigint,
  skipped bigint, delivered bigint, opened bigint, clicked bigint, replied bigint, opted_out bigint, bounced bigint, complained bigint);

ALTER TABLE activity_counts NO FORCE ROW LEVEL SECURITY;
INSERT INTO activities
SELECT business_id, campaign_id, quarter,
       coalesce(sum(count) FILTER (WHERE measure = 'enrolled'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'completed'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'stopped'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'sent'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'failed'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'skipped'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'delivered'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'opened'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'clicked'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'replied'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'opted_out'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'bounced'), 0),
       coalesce(sum(count) FILTER (WHERE measure = 'complained'), 0)
FROM activity_counts
GROUP BY business_id, campaign_id, quarter;

DROP VIEW daily_statistics;
DROP TABLE activity_counts;
DROP TYPE activity_count;

ALTER TABLE activities ENABLE ROW LEVEL SECURITY;
ALTER TABLE activities FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON activities AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY reads ON activities FOR SELECT TO ${app}, ${report} USING (true);
CREATE POLICY worker_reads ON activities FOR SELECT TO ${worker} USING (true);
CREATE POLICY worker_adds ON activities FOR INSERT TO ${worker} WITH CHECK (true);
CREATE POLICY worker_changes ON activities FOR UPDATE TO ${worker} USING (true) WITH CHECK (true);
CREATE POLICY worker_removes ON activities FOR DELETE TO ${worker} USING (true);
GRANT SELECT ON activities TO ${app}, ${report};
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON activities TO ${worker};

-- Days of the business's own time zone.
CREATE VIEW daily_statistics WITH (security_invoker = true) AS
SELECT a.business_id, a.campaign_id, (a.quarter AT TIME ZONE coalesce(b.time_zone, 'UTC'))::date AS day,
       sum(enrolled)::bigint AS enrolled,
       sum(completed)::bigint AS completed,
       sum(stopped)::bigint AS stopped,
       sum(sent)::bigint AS sent,
       sum(failed)::bigint AS failed,
       sum(skipped)::bigint AS skipped,
       sum(delivered)::bigint AS delivered,
       sum(opened)::bigint AS opened,
       sum(clicked)::bigint AS clicked,
       sum(replied)::bigint AS replied,
       sum(opted_out)::bigint AS opted_out
FROM activities a
LEFT JOIN businesses b USING (business_id)
GROUP BY 1, 2, 3;
GRANT SELECT ON daily_statistics TO ${app}, ${report};
