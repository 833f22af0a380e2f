-- What batches are handed in as: an array of one row type costs the server a third of an array for each column. A statement has a
-- type of its own, so that a table may get another column beside it while older instances still run.
CREATE TYPE gate_answer AS (
  business_id uuid, touch_id uuid, enrollment_id uuid, campaign_id uuid, version int, customer_id uuid, step_id text, number int,
  channel text, round int, scheduled_at timestamptz, due_at timestamptz, state text, reason text, evidence text,
  decided_at timestamptz, held_until timestamptz, slot_at timestamptz, attempt_id uuid, provider text, address text,
  payload_hash bytea, segments int);
CREATE TYPE frozen_payload AS (business_id uuid, attempt_id uuid, touch_id uuid, body bytea, names text, targets text);
CREATE TYPE settled_touch AS (
  business_id uuid, touch_id uuid, attempt_id uuid, state text, reason text, decided_at timestamptz, held_until timestamptz,
  message_id text, code text);
