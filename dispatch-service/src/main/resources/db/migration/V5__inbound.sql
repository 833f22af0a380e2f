-- A text that may be an opt-out: no attempt to these addresses until a person has read it.
ALTER TABLE suppressions DROP CONSTRAINT suppressions_reason_check;
ALTER TABLE suppressions ADD CONSTRAINT suppressions_reason_check
  CHECK (reason IN ('opted_out', 'bounced', 'complained', 'manual', 'blocked_by_provider', 'in_review'));

CREATE TABLE reviews (
  business_id uuid NOT NULL,
  review_id   uuid NOT NULL DEFAULT uuidv7(),
  -- Null where the number belongs to no customer.
  customer_id uuid,
  -- Of the number that the text came from; it outlives the number itself.
  address_key bytea NOT NULL CHECK (octet_length(address_key) = 32),
  -- Number and words, for people; null after an erasure.
  address     text,
  body        text,
  rule        text NOT NULL,
  version     integer NOT NULL,
  received_at timestamptz NOT NULL,
  decision    text CHECK (decision IN ('opt_out', 'go_on')),
  decided_by  text,
  decided_at  timestamptz,
  PRIMARY KEY (business_id, review_id),
  CONSTRAINT decision_is_whole CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3))
);
-- Serves: the queue, oldest first, and whether an address has more to be read.
CREATE INDEX reviews_open ON reviews (business_id, received_at) WHERE decision IS NULL;
-- Serves: the erasure of a customer.
CREATE INDEX reviews_of_customer ON reviews (business_id, customer_id);

-- received_at is real time of this database, in which clicks are compared; hit_at is business time. A click is settled once it
-- is judged for good.
ALTER TABLE link_hits
  ADD COLUMN place text NOT NULL DEFAULT 'link' CHECK (place IN ('link', 'unsubscribe', 'feedback', 'honeypot')),
  ADD COLUMN received_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN settled boolean NOT NULL DEFAULT true,
  -- Of the rules that judged it.
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD CONSTRAINT doubt_is_not_settled CHECK (version < 2 OR settled = (verdict <> 'suspect'));
ALTER TABLE link_hits NO FORCE ROW LEVEL SECURITY;
UPDATE link_hits SET received_at = hit_at;
ALTER TABLE link_hits FORCE ROW LEVEL SECURITY;
-- Serves: judging the clicks whose message has been quiet.
CREATE INDEX link_hits_unsettled ON link_hits (received_at) WHERE NOT settled;
-- Serves: judging again what older rules judged.
CREATE INDEX link_hits_version ON link_hits (version);

-- Enrollments that a click may have ended and that wait until it is judged.
CREATE TABLE click_holds (
  business_id   uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  hit_id        uuid NOT NULL,
  PRIMARY KEY (business_id, enrollment_id, hit_id)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['reviews', 'click_holds'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($p$CREATE POLICY tenant ON %I AS RESTRICTIVE TO ${app}, ${report}
      USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
      WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid)$p$, name);
    EXECUTE format('CREATE POLICY app_reads ON %I FOR SELECT TO ${app} USING (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO ${app}', name);
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO ${worker} USING (true)', name);
    EXECUTE format('CREATE POLICY worker_adds ON %I FOR INSERT TO ${worker} WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON %I TO ${worker}', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['reviews', 'link_hits'] LOOP
    EXECUTE format('CREATE POLICY worker_changes ON %I FOR UPDATE TO ${worker} USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT UPDATE ON %I TO ${worker}', name);
  END LOOP;
END $$;
-- A hold ends when its click is judged; a business that left takes its reviews along.
CREATE POLICY worker_removes ON click_holds FOR DELETE TO ${worker} USING (true);
CREATE POLICY worker_removes ON reviews FOR DELETE TO ${worker}
  USING (EXISTS (SELECT 1 FROM businesses b WHERE b.business_id = reviews.business_id AND b.deleted));
