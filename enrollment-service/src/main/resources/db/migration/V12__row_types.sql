-- What batches are handed in as: an array of one row type costs the server a third of an array for each column. A statement has a
-- type of its own, so that a table may get another column beside it while older instances still run.
CREATE TYPE enrollment_move AS (
  business_id uuid, enrollment_id uuid, from_step text, from_round int, step_id text, round int, scheduled_at timestamptz,
  deferral text, touches int, ended_at timestamptz);
CREATE TYPE ended_touch AS (
  business_id uuid, enrollment_id uuid, step_id text, number int, channel text, status text, reason text,
  scheduled_at timestamptz, sent_at timestamptz, ended_at timestamptz);
