-- That a touch was sent stood in two rows that were written together: in that of the touch, and in one of the timeline with an index
-- entry of its own. The touch's row now keeps all that the line tells. Older instances must have been stopped: they tell it where it
-- may not stand any more, and their rows have too few fields.

ALTER TABLE touches
  ADD COLUMN sent_round int,
  ADD COLUMN sent_segments int,
  ADD COLUMN sent_step_id text,
  ADD COLUMN sent_provider text,
  ADD COLUMN sent_payload_hash text;
COMMENT ON COLUMN touches.sent_round IS 'Answered by sending. Null when it was not sent, and when nothing is told of that any more: the customer erased, the line too old.';
ALTER TYPE touch_row
  ADD ATTRIBUTE sent_round int,
  ADD ATTRIBUTE sent_segments int,
  ADD ATTRIBUTE sent_step_id text,
  ADD ATTRIBUTE sent_provider text,
  ADD ATTRIBUTE sent_payload_hash text;

-- The owner is bound by the policies too, while they are forced.
ALTER TABLE touches NO FORCE ROW LEVEL SECURITY;
ALTER TABLE timeline NO FORCE ROW LEVEL SECURITY;
UPDATE touches t SET
  sent_round = s.round,
  sent_segments = (s.details ->> 'segments')::int,
  sent_step_id = s.details ->> 'step_id',
  sent_provider = s.details ->> 'provider',
  sent_payload_hash = s.details ->> 'payload_hash'
FROM (
  SELECT DISTINCT ON (business_id, enrollment_id, number) * FROM timeline
  WHERE kind = 'sent'
  ORDER BY business_id, enrollment_id, number, occurred_at, round) AS s
WHERE t.business_id = s.business_id AND t.enrollment_id = s.enrollment_id AND t.number = s.number AND t.sent_at = s.occurred_at;
DELETE FROM timeline WHERE kind = 'sent';
ALTER TABLE timeline FORCE ROW LEVEL SECURITY;
ALTER TABLE touches FORCE ROW LEVEL SECURITY;

ALTER TABLE timeline
  DROP CONSTRAINT timeline_kind_check,
  ADD CONSTRAINT timeline_kind_check CHECK (kind IN (
    'enrolled', 'held', 'skipped', 'failed', 'unknown', 'stopped', 'completed', 'delivered', 'undelivered', 'opened', 'clicked',
    'replied', 'feedback_submitted', 'bounced', 'complained', 'opted_out', 'opted_in'));
ALTER TABLE touches
  ADD CHECK (num_nulls(sent_round, sent_step_id, sent_provider, sent_payload_hash) IN (0, 4)),
  ADD CHECK (sent_round IS NOT NULL OR sent_segments IS NULL),
  ADD CHECK (sent_at IS NOT NULL OR sent_round IS NULL);

-- A sent touch is twice as long as a planned one: of 150,000 rows sent in random order all found room in their page with 50, 109,513
-- with 70. More is left for what comes back.
ALTER TABLE touches SET (fillfactor = 45);

-- All that is told. security_invoker: the reader's own policies hold.
CREATE VIEW timeline_lines WITH (security_invoker = true) AS
SELECT business_id, enrollment_id, fact_id, occurred_at, kind, number, channel, round, reason, until, details FROM timeline
UNION ALL
SELECT business_id, enrollment_id, NULL, sent_at, 'sent', number, channel, sent_round, NULL, NULL,
       json_strip_nulls(json_build_object('payload_hash', sent_payload_hash, 'provider', sent_provider,
                                          'segments', sent_segments::text, 'step_id', sent_step_id))
FROM touches
WHERE sent_round IS NOT NULL;
GRANT SELECT ON timeline_lines TO ${app};
