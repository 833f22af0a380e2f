-- A due row exists exactly while its enrollment waits, and it alone says until when: an enrollment's own row does not repeat either,
-- so that a claim changes one row and not two.
ALTER TABLE enrollments
  DROP CONSTRAINT enrollments_active_has_phase,
  DROP COLUMN phase,
  DROP COLUMN due_at;
COMMENT ON TABLE due_touches IS 'What falls due when. An active enrollment with a row waits for its step; one without awaits the outcome of its touch.';

-- Every claim asks which of its campaigns hold their enrollments. Hardly any does, so this index is all but empty.
CREATE INDEX campaigns_holding ON campaigns (business_id, campaign_id) WHERE status = 'paused' AND pause_mode = 'hold';
COMMENT ON INDEX campaigns_holding IS 'Claiming: the campaigns that hold their enrollments at present.';
