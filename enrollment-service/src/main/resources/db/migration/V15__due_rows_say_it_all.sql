-- A due row carries what the gate is told of its touch: a claim reads no enrollment any more. Whoever writes a due row has the
-- enrollment's row locked, or has just added it, so both say the same.
ALTER TABLE due_touches
  ADD COLUMN scheduled_at      timestamptz,
  ADD COLUMN campaign_id       uuid,
  ADD COLUMN version           int,
  ADD COLUMN definition_id     uuid,
  ADD COLUMN customer_id       uuid,
  ADD COLUMN customer_revision bigint,
  ADD COLUMN job_id            text,
  ADD COLUMN service_type      text,
  ADD COLUMN job_completed_at  timestamptz,
  ADD COLUMN job_value         numeric(14, 2),
  ADD COLUMN touches_completed int;

-- The owner is bound by the policies too, while they are forced.
ALTER TABLE due_touches NO FORCE ROW LEVEL SECURITY;
ALTER TABLE enrollments NO FORCE ROW LEVEL SECURITY;
-- A row whose enrollment had left with its business while a touch of it was answered.
DELETE FROM due_touches d
WHERE NOT EXISTS (SELECT FROM enrollments e WHERE e.business_id = d.business_id AND e.enrollment_id = d.enrollment_id AND e.status = 'active');
UPDATE due_touches d SET
  scheduled_at = e.scheduled_at, campaign_id = e.campaign_id, version = e.version, definition_id = e.definition_id,
  customer_id = e.customer_id, customer_revision = e.customer_revision, job_id = e.job_id, service_type = e.service_type,
  job_completed_at = e.job_completed_at, job_value = e.job_value, touches_completed = e.touches_completed
FROM enrollments e WHERE e.business_id = d.business_id AND e.enrollment_id = d.enrollment_id;
ALTER TABLE enrollments FORCE ROW LEVEL SECURITY;
ALTER TABLE due_touches FORCE ROW LEVEL SECURITY;

ALTER TABLE due_touches
  ALTER COLUMN scheduled_at SET NOT NULL,
  ALTER COLUMN campaign_id SET NOT NULL,
  ALTER COLUMN version SET NOT NULL,
  ALTER COLUMN customer_id SET NOT NULL,
  ALTER COLUMN customer_revision SET NOT NULL,
  ALTER COLUMN touches_completed SET NOT NULL;
COMMENT ON COLUMN due_touches.customer_revision IS 'As of its enrollment: the customer''s newest one.';

-- A move, what it schedules and how its touch ended are one statement with one parameter.
DROP TYPE enrollment_move;
CREATE TYPE enrollment_move AS (
  business_id uuid, enrollment_id uuid, from_step text, from_round int, step_id text, round int, scheduled_at timestamptz,
  due_at timestamptz, deferral text, ended_at timestamptz, touch_number int, touch_channel text, touch_status text,
  touch_reason text, touch_scheduled_at timestamptz, touch_sent_at timestamptz, touch_ended_at timestamptz);

-- The same for what is enrolled: its row, its due row and its entry among the active ones.
CREATE TYPE new_enrollment AS (
  business_id uuid, enrollment_id uuid, campaign_id uuid, version int, definition_id uuid, customer_id uuid, customer_revision bigint,
  job_id text, service_type text, job_completed_at timestamptz, job_value numeric, source text, step_id text,
  scheduled_at timestamptz, due_at timestamptz, anchor timestamptz, first_delay_seconds bigint, enrolled_at timestamptz);
