-- What REST and analysts read. security_invoker: the reader's own policies hold, so a view shows one business as the tables do.

CREATE VIEW touch_statistics WITH (security_invoker = true) AS
SELECT business_id, campaign_id, version, number, channel,
       scheduled,
       scheduled - sent - skipped - failed - unknown - cancelled AS pending,
       sent, deferred, deferrals, skipped, failed, unknown, cancelled,
       delivered, opened, clicked, replied, opted_out, bounced, complained
FROM (
  SELECT business_id, campaign_id, version, number, channel,
         coalesce(sum(count) FILTER (WHERE measure = 'scheduled'), 0)::bigint  AS scheduled,
         coalesce(sum(count) FILTER (WHERE measure = 'sent'), 0)::bigint       AS sent,
         coalesce(sum(count) FILTER (WHERE measure = 'deferred'), 0)::bigint   AS deferred,
         coalesce(sum(count) FILTER (WHERE measure = 'deferrals'), 0)::bigint  AS deferrals,
         coalesce(sum(count) FILTER (WHERE measure = 'skipped'), 0)::bigint    AS skipped,
         coalesce(sum(count) FILTER (WHERE measure = 'failed'), 0)::bigint     AS failed,
         coalesce(sum(count) FILTER (WHERE measure = 'unknown'), 0)::bigint    AS unknown,
         coalesce(sum(count) FILTER (WHERE measure = 'cancelled'), 0)::bigint  AS cancelled,
         coalesce(sum(count) FILTER (WHERE measure = 'delivered'), 0)::bigint  AS delivered,
         coalesce(sum(count) FILTER (WHERE measure = 'opened'), 0)::bigint     AS opened,
         coalesce(sum(count) FILTER (WHERE measure = 'clicked'), 0)::bigint    AS clicked,
         coalesce(sum(count) FILTER (WHERE measure = 'replied'), 0)::bigint    AS replied,
         coalesce(sum(count) FILTER (WHERE measure = 'opted_out'), 0)::bigint  AS opted_out,
         coalesce(sum(count) FILTER (WHERE measure = 'bounced'), 0)::bigint    AS bounced,
         coalesce(sum(count) FILTER (WHERE measure = 'complained'), 0)::bigint AS complained
  FROM touch_counts
  GROUP BY business_id, campaign_id, version, number, channel) AS counted;

CREATE VIEW skip_reasons WITH (security_invoker = true) AS
SELECT business_id, campaign_id, version, number, channel, reason, count
FROM touch_counts
WHERE measure = 'skipped';

CREATE VIEW stop_reasons WITH (security_invoker = true) AS
SELECT business_id, campaign_id, reason, count FROM enrollment_counts WHERE measure = 'stopped';

CREATE VIEW refusal_reasons WITH (security_invoker = true) AS
SELECT business_id, campaign_id, reason, count FROM enrollment_counts WHERE measure = 'refused';

CREATE VIEW enrollment_statistics WITH (security_invoker = true) AS
SELECT business_id, campaign_id, enrolled, enrolled - completed - stopped AS active, completed, stopped, refused, touches_completed,
       CASE WHEN completed + stopped > 0 THEN round(touches_completed::numeric / (completed + stopped), 2) END
         AS average_touches_completed
FROM (
  SELECT business_id, campaign_id,
         coalesce(sum(count) FILTER (WHERE measure = 'enrolled'), 0)::bigint          AS enrolled,
         coalesce(sum(count) FILTER (WHERE measure = 'completed'), 0)::bigint         AS completed,
         coalesce(sum(count) FILTER (WHERE measure = 'stopped'), 0)::bigint           AS stopped,
         coalesce(sum(count) FILTER (WHERE measure = 'refused'), 0)::bigint           AS refused,
         coalesce(sum(count) FILTER (WHERE measure = 'touches_completed'), 0)::bigint AS touches_completed
  FROM enrollment_counts
  GROUP BY business_id, campaign_id) AS counted;

-- Days of the business's own time zone.
CREATE VIEW daily_statistics WITH (security_invoker = true) AS
SELECT a.business_id, a.campaign_id, (a.quarter AT TIME ZONE coalesce(b.time_zone, 'UTC'))::date AS day,
       coalesce(sum(count) FILTER (WHERE measure = 'enrolled'), 0)::bigint  AS enrolled,
       coalesce(sum(count) FILTER (WHERE measure = 'completed'), 0)::bigint AS completed,
       coalesce(sum(count) FILTER (WHERE measure = 'stopped'), 0)::bigint   AS stopped,
       coalesce(sum(count) FILTER (WHERE measure = 'sent'), 0)::bigint      AS sent,
       coalesce(sum(count) FILTER (WHERE measure = 'failed'), 0)::bigint    AS failed,
       coalesce(sum(count) FILTER (WHERE measure = 'skipped'), 0)::bigint   AS skipped,
       coalesce(sum(count) FILTER (WHERE measure = 'delivered'), 0)::bigint AS delivered,
       coalesce(sum(count) FILTER (WHERE measure = 'opened'), 0)::bigint    AS opened,
       coalesce(sum(count) FILTER (WHERE measure = 'clicked'), 0)::bigint   AS clicked,
       coalesce(sum(count) FILTER (WHERE measure = 'replied'), 0)::bigint   AS replied,
       coalesce(sum(count) FILTER (WHERE measure = 'opted_out'), 0)::bigint AS opted_out
FROM activity_counts a
LEFT JOIN businesses b USING (business_id)
GROUP BY 1, 2, 3;

-- One row per campaign with everything. A campaign whose name has not arrived yet is shown without it.
CREATE VIEW campaign_statistics WITH (security_invoker = true) AS
SELECT business_id, campaign_id, c.name, c.kind, c.status, c.service_type,
       coalesce(e.enrolled, 0) AS enrolled, coalesce(e.active, 0) AS active, coalesce(e.completed, 0) AS completed,
       coalesce(e.stopped, 0) AS stopped, coalesce(e.refused, 0) AS refused, e.average_touches_completed,
       coalesce(t.scheduled, 0) AS scheduled, coalesce(t.pending, 0) AS pending, coalesce(t.sent, 0) AS sent,
       coalesce(t.deferred, 0) AS deferred, coalesce(t.skipped, 0) AS skipped, coalesce(t.failed, 0) AS failed,
       coalesce(t.unknown, 0) AS unknown, coalesce(t.cancelled, 0) AS cancelled, coalesce(t.delivered, 0) AS delivered,
       coalesce(t.opened, 0) AS opened, coalesce(t.clicked, 0) AS clicked, coalesce(t.replied, 0) AS replied,
       coalesce(t.opted_out, 0) AS opted_out, coalesce(t.bounced, 0) AS bounced, coalesce(t.complained, 0) AS complained
FROM campaigns c
FULL JOIN (SELECT * FROM enrollment_statistics WHERE campaign_id IS NOT NULL) e USING (business_id, campaign_id)
FULL JOIN (
  SELECT business_id, campaign_id, sum(scheduled)::bigint AS scheduled, sum(pending)::bigint AS pending, sum(sent)::bigint AS sent,
         sum(deferred)::bigint AS deferred, sum(skipped)::bigint AS skipped, sum(failed)::bigint AS failed,
         sum(unknown)::bigint AS unknown, sum(cancelled)::bigint AS cancelled, sum(delivered)::bigint AS delivered,
         sum(opened)::bigint AS opened, sum(clicked)::bigint AS clicked, sum(replied)::bigint AS replied,
         sum(opted_out)::bigint AS opted_out, sum(bounced)::bigint AS bounced, sum(complained)::bigint AS complained
  FROM touch_statistics
  GROUP BY business_id, campaign_id) t USING (business_id, campaign_id);

GRANT SELECT ON touch_statistics, skip_reasons, stop_reasons, refusal_reasons, enrollment_statistics, daily_statistics,
                campaign_statistics TO ${app}, ${report};
