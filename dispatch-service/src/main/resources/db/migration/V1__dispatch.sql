-- Replicas: what the gate needs to know of others, fed by their topics. A revision never goes back.

CREATE TABLE businesses (
  business_id  uuid PRIMARY KEY,
  revision     bigint NOT NULL,
  name         text NOT NULL,
  settings     json NOT NULL,
  -- Number that this business's texts come from, E.164: finds the business of an inbound text.
  sender_phone text,
  deleted      boolean NOT NULL DEFAULT false
);
-- Serves: the business of an inbound text by the number it was sent to.
CREATE INDEX businesses_sender_phone ON businesses (sender_phone);

CREATE TABLE campaigns (
  business_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  revision    bigint NOT NULL,
  name        text NOT NULL,
  status      text NOT NULL CHECK (status IN ('draft', 'active', 'paused', 'archived', 'deleted')),
  pause_mode  text NOT NULL CHECK (pause_mode IN ('stop', 'hold')),
  PRIMARY KEY (business_id, campaign_id)
);

CREATE TABLE campaign_versions (
  business_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  version     integer NOT NULL,
  definition  json NOT NULL,
  PRIMARY KEY (business_id, campaign_id, version)
);

CREATE TABLE recipients (
  business_id   uuid NOT NULL,
  customer_id   uuid NOT NULL,
  revision      bigint NOT NULL,
  erased        boolean NOT NULL,
  first_name    text,
  last_name     text,
  email         text,
  phone         text,
  time_zones    text[] NOT NULL,
  zone_evidence text NOT NULL,
  region        text,
  custom_fields json NOT NULL,
  PRIMARY KEY (business_id, customer_id),
  CONSTRAINT erased_has_no_personal_data
    CHECK (NOT erased OR num_nonnulls(first_name, last_name, email, phone, region) = 0)
);
-- Serve: the customer of an inbound text or of an opt-out by address.
CREATE INDEX recipients_phone ON recipients (business_id, phone);
CREATE INDEX recipients_email ON recipients (business_id, email);

-- Standing reasons not to send. The gate reads both in the transaction that claims.

CREATE TABLE suppressions (
  business_id  uuid NOT NULL,
  channel      text NOT NULL CHECK (channel IN ('email', 'sms')),
  -- HMAC of the normalised address with the platform's pepper: it outlives the erasure of the customer.
  address_hash bytea NOT NULL CHECK (octet_length(address_hash) = 32),
  -- The address itself, for people; null after an erasure.
  address      text,
  reason       text NOT NULL CHECK (reason IN ('opted_out', 'bounced', 'complained', 'manual', 'blocked_by_provider')),
  source       text NOT NULL,
  since        timestamptz NOT NULL,
  -- Reopened by the recipient later than the stop; null while it stands.
  lifted_at    timestamptz,
  PRIMARY KEY (business_id, channel, address_hash),
  CONSTRAINT lifted_after_stop CHECK (lifted_at > since)
);

CREATE TABLE stopped_enrollments (
  business_id   uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  reason        text NOT NULL,
  stopped_at    timestamptz NOT NULL,
  PRIMARY KEY (business_id, enrollment_id)
);

-- Reserved sending slots of one business and channel (engine's Pacing), locked by the gate in the order of the key.
CREATE TABLE pacing (
  business_id uuid NOT NULL,
  channel     text NOT NULL CHECK (channel IN ('email', 'sms')),
  ledger      bytea NOT NULL,
  PRIMARY KEY (business_id, channel)
) WITH (fillfactor = 50);

-- One row per touch: the last answer of the gate and, once claimed, its attempt. claimed_at and deadline are real time of
-- this database (a hand-over takes real seconds even where the business clock runs faster); the rest is business time.
--   deferred --> deferred | claimed | skipped     by the next round
--   claimed  --> accepted | rejected | unknown    settled
--   claimed  --> deferred                         released: surely not handed over
CREATE TABLE touches (
  business_id         uuid NOT NULL,
  touch_id            uuid NOT NULL,
  enrollment_id       uuid NOT NULL,
  campaign_id         uuid NOT NULL,
  version             integer NOT NULL,
  customer_id         uuid NOT NULL,
  step_id             text NOT NULL,
  number              integer NOT NULL,
  channel             text NOT NULL CHECK (channel IN ('email', 'sms')),
  round               integer NOT NULL CHECK (round >= 0),
  scheduled_at        timestamptz NOT NULL,
  due_at              timestamptz NOT NULL,
  state               text NOT NULL CHECK (state IN ('claimed', 'deferred', 'skipped', 'accepted', 'rejected', 'unknown')),
  reason              text NOT NULL,
  evidence            json NOT NULL,
  first_decided_at    timestamptz NOT NULL,
  decided_at          timestamptz NOT NULL,
  held_until          timestamptz,
  -- Pacing slot that this touch owns, so that waiting for it reserves no second one.
  slot_at             timestamptz,
  attempt_id          uuid,
  provider            text CHECK (provider IN ('resend', 'twilio', 'smtp')),
  address             text,
  payload_hash        bytea,
  segments            integer,
  claimed_at          timestamptz,
  deadline            timestamptz,
  provider_message_id text,
  provider_code       text,
  PRIMARY KEY (business_id, touch_id),
  CONSTRAINT deferred_has_until CHECK ((state = 'deferred') = (held_until IS NOT NULL)),
  CONSTRAINT attempt_is_whole CHECK (
    num_nonnulls(attempt_id, provider, payload_hash, claimed_at, deadline)
      = CASE WHEN state IN ('claimed', 'accepted', 'rejected', 'unknown') THEN 5 ELSE 0 END),
  CONSTRAINT answer_only_of_an_attempt CHECK (
    state IN ('accepted', 'rejected', 'unknown') OR (provider_message_id IS NULL AND provider_code IS NULL))
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
-- No index on a column that settling changes: settling stays HOT.
-- Serves: the send log, newest first.
CREATE INDEX touches_log ON touches (business_id, first_decided_at DESC, touch_id);
-- Serve: the messages of one enrollment, and the enrollment that an inbound text answers.
CREATE INDEX touches_of_enrollment ON touches (business_id, enrollment_id);
CREATE INDEX touches_of_customer ON touches (business_id, customer_id);
-- Serves: the sweeper's search for claims that a crash left open. BRIN does not stand in the way of HOT updates.
CREATE INDEX touches_claimed ON touches USING brin (claimed_at) WITH (pages_per_range = 16, autosummarize = on);

-- What is handed to the provider, byte for byte, and where its tracked links lead. Written once, by the gate; emptied when
-- the customer is erased.
CREATE TABLE payloads (
  business_id  uuid NOT NULL,
  attempt_id   uuid NOT NULL,
  touch_id     uuid NOT NULL,
  body         bytea NOT NULL,
  link_names   text[] NOT NULL,
  link_targets text[] NOT NULL,
  written_at   timestamptz NOT NULL,
  PRIMARY KEY (business_id, attempt_id)
);
ALTER TABLE payloads ALTER COLUMN body SET STORAGE EXTERNAL;

-- Every request for a tracked link, before anything is made of it.
CREATE TABLE link_hits (
  business_id uuid NOT NULL,
  hit_id      uuid NOT NULL DEFAULT uuidv7(),
  attempt_id  uuid NOT NULL,
  link        integer NOT NULL,
  hit_at      timestamptz NOT NULL,
  method      text NOT NULL,
  user_agent  text,
  purpose     text,
  verdict     text NOT NULL,
  reasons     text NOT NULL,
  PRIMARY KEY (business_id, hit_id)
);
-- Serves: the hits of one message.
CREATE INDEX link_hits_of_attempt ON link_hits (business_id, attempt_id);

-- What customers wrote on the feedback page.
CREATE TABLE feedback (
  business_id   uuid NOT NULL,
  feedback_id   uuid NOT NULL DEFAULT uuidv7(),
  attempt_id    uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  customer_id   uuid NOT NULL,
  comment       text NOT NULL,
  submitted_at  timestamptz NOT NULL,
  PRIMARY KEY (business_id, feedback_id)
);

-- Verified webhooks as they came. They may arrive before anybody knows their business, so only the worker sees them.
CREATE TABLE webhook_inbox (
  provider     text NOT NULL,
  endpoint     text NOT NULL,
  event_id     text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('resend_event', 'twilio_status', 'twilio_inbound')),
  received_at  timestamptz NOT NULL,
  -- The query string, where our own ids travel.
  query        text NOT NULL,
  body         bytea NOT NULL,
  -- Null while it waits for the message that it belongs to.
  processed_at timestamptz,
  tries        integer NOT NULL DEFAULT 0,
  next_try_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (provider, endpoint, event_id)
);
-- Serves: trying again what could not be matched yet.
CREATE INDEX webhook_inbox_waiting ON webhook_inbox (next_try_at) WHERE processed_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_inbox TO ${worker};

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['businesses', 'campaigns', 'campaign_versions', 'recipients', 'suppressions', 'stopped_enrollments',
                              'pacing', 'touches', 'payloads', 'link_hits', 'feedback'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($p$CREATE POLICY tenant ON %I AS RESTRICTIVE TO ${app}, ${report}
      USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
      WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid)$p$, name);
    -- The application reads what is its business's own.
    EXECUTE format('CREATE POLICY app_reads ON %I FOR SELECT TO ${app} USING (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO ${app}', name);
    -- The worker reads and adds for all businesses: gate, webhooks, links, replicas.
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO ${worker} USING (true)', name);
    EXECUTE format('CREATE POLICY worker_adds ON %I FOR INSERT TO ${worker} WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO ${worker}', name);
  END LOOP;
  -- What changes after it was added, and by whom.
  FOREACH name IN ARRAY ARRAY['businesses', 'campaigns', 'recipients', 'suppressions', 'pacing', 'touches', 'payloads'] LOOP
    EXECUTE format('CREATE POLICY worker_changes ON %I FOR UPDATE TO ${worker} USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT UPDATE ON %I TO ${worker}', name);
  END LOOP;
  -- A business that left takes its rows along.
  FOREACH name IN ARRAY ARRAY['campaigns', 'campaign_versions', 'recipients', 'suppressions', 'stopped_enrollments', 'pacing',
                              'touches', 'payloads', 'link_hits', 'feedback'] LOOP
    EXECUTE format('CREATE POLICY worker_removes ON %I FOR DELETE TO ${worker} USING (
      EXISTS (SELECT 1 FROM businesses b WHERE b.business_id = %I.business_id AND b.deleted))', name, name);
    EXECUTE format('GRANT DELETE ON %I TO ${worker}', name);
  END LOOP;
END $$;

-- Analysts see how messages ended, not to whom they went nor what they said.
CREATE POLICY report_reads ON touches FOR SELECT TO ${report} USING (true);
GRANT SELECT (business_id, touch_id, enrollment_id, campaign_id, version, customer_id, step_id, number, channel, round, scheduled_at,
              due_at, state, reason, first_decided_at, decided_at, held_until, provider, segments, provider_code) ON touches TO ${report};
