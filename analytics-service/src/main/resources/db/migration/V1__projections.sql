-- What the campaigns achieved, folded from the topics. Everything here can be rebuilt from the log, row for row, because no row
-- depends on the order in which facts of different topics arrive: times are the earliest seen, counts follow from the rows.

-- Where the fold stands. Written in the transaction of the projections; Kafka's own offsets are for monitoring only.
CREATE TABLE consumed (
  topic       text   NOT NULL,
  partition   int    NOT NULL,
  next_offset bigint NOT NULL CHECK (next_offset >= 0),
  PRIMARY KEY (topic, partition)
);

-- A deleted business keeps its mark, so that its late facts are not counted; everything else of it goes.
CREATE TABLE businesses (
  business_id uuid    PRIMARY KEY,
  name        text,
  time_zone   text    NOT NULL DEFAULT 'UTC',
  revision    bigint  NOT NULL,
  deleted     boolean NOT NULL,
  CHECK (deleted OR name IS NOT NULL)
);

CREATE TABLE campaigns (
  business_id  uuid   NOT NULL,
  campaign_id  uuid   NOT NULL,
  name         text   NOT NULL,
  kind         text,
  status       text   NOT NULL,
  service_type text,
  revision     bigint NOT NULL,
  PRIMARY KEY (business_id, campaign_id)
);

-- What is known of an enrollment. It counts from when its start is known.
CREATE TABLE enrollments (
  business_id       uuid NOT NULL,
  enrollment_id     uuid NOT NULL,
  campaign_id       uuid NOT NULL,
  started_at        timestamptz,
  completed_at      timestamptz,
  stopped_at        timestamptz,
  stop_reason       text,
  touches_completed int  NOT NULL DEFAULT 0,
  PRIMARY KEY (business_id, enrollment_id),
  CHECK ((stopped_at IS NULL) = (stop_reason IS NULL))
) WITH (fillfactor = 80);

-- What is known of a touch: the earliest time of each thing that happened to it. It counts from when its version is known.
CREATE TABLE touches (
  business_id   uuid    NOT NULL,
  enrollment_id uuid    NOT NULL,
  number        int     NOT NULL,
  campaign_id   uuid    NOT NULL,
  version       int,
  channel       text    CHECK (channel IN ('email', 'sms')),
  deferrals     int     NOT NULL DEFAULT 0,
  skip_reason   text,
  cancelled     boolean NOT NULL DEFAULT false,
  sent_at       timestamptz,
  failed_at     timestamptz,
  skipped_at    timestamptz,
  unknown_at    timestamptz,
  delivered_at  timestamptz,
  opened_at     timestamptz,
  clicked_at    timestamptz,
  replied_at    timestamptz,
  opted_out_at  timestamptz,
  bounced_at    timestamptz,
  complained_at timestamptz,
  PRIMARY KEY (business_id, enrollment_id, number),
  CHECK ((skipped_at IS NULL) = (skip_reason IS NULL)),
  CHECK (NOT cancelled OR coalesce(sent_at, failed_at, skipped_at, unknown_at) IS NULL)
) WITH (fillfactor = 70);
COMMENT ON COLUMN touches.deferrals IS 'How often it was held for later.';
COMMENT ON COLUMN touches.cancelled IS 'Its enrollment ended before it had an outcome.';

CREATE TABLE refusals (
  business_id uuid NOT NULL,
  fact_id     uuid NOT NULL,
  campaign_id uuid,
  reason      text NOT NULL,
  refused_at  timestamptz NOT NULL,
  PRIMARY KEY (business_id, fact_id)
);

-- The counts. A row with count 0 does not exist.

CREATE TABLE touch_counts (
  business_id uuid   NOT NULL,
  campaign_id uuid   NOT NULL,
  version     int    NOT NULL,
  number      int    NOT NULL,
  channel     text   NOT NULL,
  measure     text   NOT NULL,
  reason      text   NOT NULL DEFAULT '',
  count       bigint NOT NULL,
  PRIMARY KEY (business_id, campaign_id, version, number, channel, measure, reason)
) WITH (fillfactor = 70);
COMMENT ON COLUMN touch_counts.reason IS 'Of a skipped touch; empty for the other measures.';

CREATE TABLE enrollment_counts (
  business_id uuid   NOT NULL,
  campaign_id uuid,
  measure     text   NOT NULL,
  reason      text   NOT NULL DEFAULT '',
  count       bigint NOT NULL,
  CONSTRAINT enrollment_counts_key UNIQUE NULLS NOT DISTINCT (business_id, campaign_id, measure, reason)
) WITH (fillfactor = 70);
COMMENT ON COLUMN enrollment_counts.campaign_id IS 'Null for refusals where no campaign matched.';

-- By quarter of an hour, which every time zone's midnight falls on: days are those of the business, also after it has moved.
CREATE TABLE activity_counts (
  business_id uuid        NOT NULL,
  campaign_id uuid        NOT NULL,
  quarter     timestamptz NOT NULL,
  measure     text        NOT NULL,
  count       bigint      NOT NULL,
  PRIMARY KEY (business_id, campaign_id, quarter, measure)
) WITH (fillfactor = 70);
