-- What batches are handed in as: an array of one row type costs the server a third of an array for each column. A statement has a
-- type of its own, so that a table may get another column beside it while older instances still run.
CREATE TYPE seen_touch AS (
  business_id uuid, enrollment_id uuid, number int, campaign_id uuid, version int, channel text, deferrals int, skip_reason text,
  sent_at timestamptz, failed_at timestamptz, skipped_at timestamptz, unknown_at timestamptz, delivered_at timestamptz,
  opened_at timestamptz, clicked_at timestamptz, replied_at timestamptz, opted_out_at timestamptz, bounced_at timestamptz,
  complained_at timestamptz);
CREATE TYPE timeline_entry AS (
  business_id uuid, enrollment_id uuid, fact_id uuid, occurred timestamptz, kind text, number int, channel text, round int,
  reason text, until timestamptz, details text);
CREATE TYPE touch_count AS (
  business_id uuid, campaign_id uuid, version int, number int, channel text, measure text, reason text, amount bigint);
CREATE TYPE enrollment_count AS (business_id uuid, campaign_id uuid, measure text, reason text, amount bigint);
CREATE TYPE activity_count AS (business_id uuid, campaign_id uuid, quarter timestamptz, measure text, amount bigint);
