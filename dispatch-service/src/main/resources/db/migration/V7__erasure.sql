-- Customers who are erased, and how far that is. Written with the fact; worked off behind the barrier, because what is claimed
-- at that instant finishes first. Kept for good, without anything personal.
CREATE TABLE erasures (
  business_id  uuid NOT NULL,
  customer_id  uuid NOT NULL,
  -- Addresses that the customer had, until their traces are gone.
  emails       text[] NOT NULL,
  phones       text[] NOT NULL,
  asked_at     timestamptz NOT NULL,
  -- Real time of this database.
  next_try_at  timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  counts       json NOT NULL DEFAULT '{}',
  PRIMARY KEY (business_id, customer_id),
  CONSTRAINT complete_is_empty CHECK (completed_at IS NULL OR cardinality(emails) + cardinality(phones) = 0)
);
-- Serves: the search for what is to be worked off now.
CREATE INDEX erasures_open ON erasures (next_try_at) WHERE completed_at IS NULL;

ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasures FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON erasures AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY worker_reads ON erasures FOR SELECT TO ${worker} USING (true);
CREATE POLICY worker_adds ON erasures FOR INSERT TO ${worker} WITH CHECK (true);
CREATE POLICY worker_changes ON erasures FOR UPDATE TO ${worker} USING (true) WITH CHECK (true);
CREATE POLICY worker_removes ON erasures FOR DELETE TO ${worker}
  USING (EXISTS (SELECT 1 FROM businesses b WHERE b.business_id = erasures.business_id AND b.deleted));
GRANT SELECT, INSERT, UPDATE, DELETE ON erasures TO ${worker};

-- Serves: the erasure of a customer and the export of what is kept.
CREATE INDEX feedback_of_customer ON feedback (business_id, customer_id);
CREATE POLICY worker_changes ON feedback FOR UPDATE TO ${worker} USING (true) WITH CHECK (true);
GRANT UPDATE (comment) ON feedback TO ${worker};

-- Retention: what is worked in is emptied after a day and removed after a month.
-- Serve: both, and the erasure's search in what is not emptied yet.
CREATE INDEX webhook_inbox_bodies ON webhook_inbox (received_at) WHERE processed_at IS NOT NULL AND body <> '';
CREATE INDEX webhook_inbox_processed ON webhook_inbox (received_at) WHERE processed_at IS NOT NULL;

-- Retention: who asked for a link is told apart from machines within days; what browser it was is no longer needed then.
-- Serves: finding those that still say.
CREATE INDEX link_hits_agents ON link_hits (hit_at) WHERE user_agent IS NOT NULL OR purpose IS NOT NULL;
-- Serves: finding decided reviews that still hold their text.
CREATE INDEX reviews_texts ON reviews (decided_at) WHERE decision IS NOT NULL AND body IS NOT NULL;

-- Frozen messages go by age, but never while their touch is claimed; hits once they are judged for good.
CREATE POLICY worker_forgets ON payloads FOR DELETE TO ${worker} USING (NOT EXISTS (
  SELECT 1 FROM touches t WHERE t.business_id = payloads.business_id AND t.touch_id = payloads.touch_id AND t.state = 'claimed'));
CREATE POLICY worker_forgets ON link_hits FOR DELETE TO ${worker} USING (settled);
