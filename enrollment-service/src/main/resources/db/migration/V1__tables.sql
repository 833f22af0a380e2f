-- Who is on which path. Every key begins with business_id; row-level security follows in V2.

-- Replicas: what campaign-service says (topics businesses and campaigns). An older revision never replaces a newer one.

CREATE TABLE business_settings (
  business_id uuid PRIMARY KEY,
  name        text        NOT NULL,
  settings    text        NOT NULL,
  revision    bigint      NOT NULL,
  changed_at  timestamptz NOT NULL
);

CREATE TABLE campaigns (
  business_id     uuid        NOT NULL,
  campaign_id     uuid        NOT NULL,
  name            text        NOT NULL,
  status          text        NOT NULL CHECK (status IN ('draft', 'active', 'paused', 'archived', 'deleted')),
  service_type    text,
  current_version int         CHECK (current_version > 0),
  pause_mode      text        NOT NULL CHECK (pause_mode IN ('stop', 'hold')),
  revision        bigint      NOT NULL,
  changed_at      timestamptz NOT NULL,
  PRIMARY KEY (business_id, campaign_id)
);

CREATE TABLE campaign_versions (
  business_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  version     int  NOT NULL CHECK (version > 0),
  definition  text NOT NULL,
  PRIMARY KEY (business_id, campaign_id, version)
);
COMMENT ON TABLE campaign_versions IS 'Immutable: a version that is here never changes, so definitions may be cached for ever.';

-- Customers and jobs, as the job systems tell them.

CREATE TABLE customers (
  business_id   uuid        NOT NULL,
  customer_id   uuid        NOT NULL,
  external_id   text        NOT NULL,
  first_name    text,
  last_name     text,
  email         text        CHECK (email = lower(email)),
  phone         text        CHECK (phone LIKE '+%'),
  address       jsonb       NOT NULL DEFAULT '{}',
  given_zone    text,
  region        text,
  time_zones    text[]      NOT NULL CHECK (cardinality(time_zones) > 0),
  zone_evidence text        NOT NULL,
  custom_fields jsonb       NOT NULL DEFAULT '{}',
  notes         jsonb       NOT NULL DEFAULT '[]',
  revision      bigint      NOT NULL CHECK (revision > 0),
  told_at       timestamptz NOT NULL,
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (business_id, customer_id),
  CONSTRAINT customers_external_id UNIQUE (business_id, external_id)
) WITH (fillfactor = 85);
COMMENT ON COLUMN customers.notes IS 'What was ignored in the input and why, such as an unknown time zone.';
COMMENT ON COLUMN customers.told_at IS 'When the newest job fact that told of the customer happened: an older one fills gaps only.';
COMMENT ON INDEX customers_external_id IS 'Enrolling: the customers of a batch of job facts. API: customer by external id.';

CREATE TABLE jobs (
  business_id  uuid        NOT NULL,
  job_id       text        NOT NULL,
  status       text        NOT NULL CHECK (status IN ('completed', 'reopened', 'cancelled')),
  customer_id  uuid,
  service_type text,
  completed_at timestamptz,
  value        numeric(14, 2),
  source       text        NOT NULL,
  told_at      timestamptz NOT NULL,
  PRIMARY KEY (business_id, job_id),
  -- A reversal may come before the completion that it reverses.
  CONSTRAINT jobs_completed CHECK (status <> 'completed' OR (customer_id IS NOT NULL AND service_type IS NOT NULL AND completed_at IS NOT NULL)),
  FOREIGN KEY (business_id, customer_id) REFERENCES customers
);
COMMENT ON COLUMN jobs.told_at IS 'When the fact that gave the status happened: an older fact never changes it.';
CREATE INDEX jobs_of_customer ON jobs (business_id, customer_id);
COMMENT ON INDEX jobs_of_customer IS 'API: the jobs of one customer; the foreign key when customers leave.';

-- Enrollments: active -> completed | stopped. The position (phase, step, round, scheduled) changes with each touch and is in no
-- index, so that advancing stays a heap-only update within the page's free space.

CREATE TABLE enrollments (
  business_id       uuid        NOT NULL,
  enrollment_id     uuid        NOT NULL,
  campaign_id       uuid        NOT NULL,
  version           int         NOT NULL,
  customer_id       uuid        NOT NULL,
  job_id            text,
  service_type      text,
  job_completed_at  timestamptz,
  job_value         numeric(14, 2),
  source            text        NOT NULL CHECK (source IN ('automatic_trigger', 'manual_admin', 'api', 'bulk_import')),
  status            text        NOT NULL CHECK (status IN ('active', 'completed', 'stopped')),
  stop_reason       text,
  stopped_by        text,
  phase             text        CHECK (phase IN ('waiting', 'awaiting_outcome')),
  step_id           text        NOT NULL,
  round             int         NOT NULL CHECK (round >= 0),
  scheduled_at      timestamptz NOT NULL,
  due_at            timestamptz NOT NULL,
  deferral          text,
  touches_completed int         NOT NULL DEFAULT 0,
  anchor            timestamptz NOT NULL,
  first_delay_seconds bigint,
  enrolled_at       timestamptz NOT NULL,
  ended_at          timestamptz,
  PRIMARY KEY (business_id, enrollment_id),
  CONSTRAINT enrollments_active_has_phase CHECK ((status = 'active') = (phase IS NOT NULL)),
  CONSTRAINT enrollments_ended_has_time CHECK ((status = 'active') = (ended_at IS NULL)),
  CONSTRAINT enrollments_stopped_has_reason CHECK ((status = 'stopped') = (stop_reason IS NOT NULL)),
  CONSTRAINT enrollments_stopped_by CHECK (stopped_by IS NULL OR status = 'stopped'),
  FOREIGN KEY (business_id, customer_id) REFERENCES customers
) WITH (fillfactor = 70);
COMMENT ON COLUMN enrollments.deferral IS 'Why the present round of the touch was put off, such as quiet_hours; null when it was not.';
COMMENT ON COLUMN enrollments.anchor IS 'What the first delay counts from: the completion of the job, or enrolling.';
COMMENT ON COLUMN enrollments.first_delay_seconds IS 'The business''s own first-touch delay, where it overrode the campaign''s (MT-11).';

CREATE UNIQUE INDEX enrollments_one_active ON enrollments (business_id, customer_id, campaign_id) WHERE status = 'active';
COMMENT ON INDEX enrollments_one_active IS 'One active enrollment per customer and campaign. Enrolling: active enrollments of the customers of a batch.';
CREATE UNIQUE INDEX enrollments_one_per_job ON enrollments (business_id, job_id, campaign_id) WHERE job_id IS NOT NULL;
COMMENT ON INDEX enrollments_one_per_job IS 'A job enrolls once per campaign. Stopping: the enrollments of a reopened or cancelled job.';
CREATE INDEX enrollments_of_campaign ON enrollments (business_id, campaign_id, status);
COMMENT ON INDEX enrollments_of_campaign IS 'Stopping: active enrollments of a paused or deleted campaign. API: list by campaign and status. Enrolling: count for the maximum.';
CREATE INDEX enrollments_of_customer ON enrollments (business_id, customer_id, enrolled_at);
COMMENT ON INDEX enrollments_of_customer IS 'Enrolling: last enrollment of a customer (cooldown, re-enrollment). API: list by customer.';
CREATE INDEX enrollments_newest ON enrollments (business_id, enrolled_at DESC, enrollment_id);
COMMENT ON INDEX enrollments_newest IS 'API: the list of enrollments, newest first.';

-- How the touches of an enrollment ended; those still to come are computed from the plan.
CREATE TABLE enrollment_touches (
  business_id   uuid        NOT NULL,
  enrollment_id uuid        NOT NULL,
  step_id       text        NOT NULL,
  number        int         NOT NULL CHECK (number > 0),
  channel       text        NOT NULL CHECK (channel IN ('email', 'sms')),
  status        text        NOT NULL CHECK (status IN ('sent', 'skipped', 'failed', 'unknown')),
  reason        text,
  scheduled_at  timestamptz NOT NULL,
  sent_at       timestamptz,
  ended_at      timestamptz NOT NULL,
  PRIMARY KEY (business_id, enrollment_id, step_id),
  CONSTRAINT enrollment_touches_sent CHECK ((status = 'sent') = (sent_at IS NOT NULL)),
  CONSTRAINT enrollment_touches_reason CHECK (status IN ('sent', 'unknown') OR reason IS NOT NULL)
);

-- What falls due when: narrow, and apart from the enrollment, so that claiming touches little.
CREATE TABLE due_touches (
  business_id   uuid        NOT NULL,
  enrollment_id uuid        NOT NULL,
  step_id       text        NOT NULL,
  round         int         NOT NULL,
  due_at        timestamptz NOT NULL,
  held          boolean     NOT NULL DEFAULT false,
  PRIMARY KEY (business_id, enrollment_id)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
COMMENT ON COLUMN due_touches.held IS 'Came due while its campaign was paused with pause mode hold; claimed again after the pause.';
CREATE INDEX due_touches_due ON due_touches (due_at) WHERE NOT held;
COMMENT ON INDEX due_touches_due IS 'Claiming: what is due, in order of time.';

-- Why a job led to no enrollment (MT-15): kept, so that it can be read back.
CREATE TABLE refusals (
  business_id  uuid        NOT NULL,
  refusal_id   uuid        NOT NULL,
  job_id       text,
  customer_id  uuid,
  campaign_id  uuid,
  service_type text,
  reason       text        NOT NULL,
  explanation  text        NOT NULL,
  source       text        NOT NULL,
  refused_at   timestamptz NOT NULL,
  PRIMARY KEY (business_id, refusal_id)
);
CREATE INDEX refusals_newest ON refusals (business_id, refused_at DESC, refusal_id);
COMMENT ON INDEX refusals_newest IS 'API: the list of refusals, newest first.';
CREATE INDEX refusals_of_job ON refusals (business_id, job_id);
COMMENT ON INDEX refusals_of_job IS 'API: why a job led to no enrollment.';
CREATE INDEX due_touches_held ON due_touches (business_id) WHERE held;
COMMENT ON INDEX due_touches_held IS 'Advancing: what to release when a pause ends.';
