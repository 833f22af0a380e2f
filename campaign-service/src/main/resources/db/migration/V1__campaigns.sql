-- Businesses, what they say (campaigns, their immutable versions) and the wording that they keep (templates).
-- Every table carries business_id, and row-level security shows and changes the business's own rows only (MT-D6).

CREATE TABLE businesses (
  business_id uuid PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  settings jsonb NOT NULL,
  revision bigint NOT NULL CHECK (revision > 0),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

-- The last revision of a business that left, so that one created again under the same id goes on counting: consumers
-- never replace a newer revision by an older one.
CREATE TABLE departed_businesses (
  business_id uuid PRIMARY KEY,
  revision bigint NOT NULL,
  departed_at timestamptz NOT NULL
);

-- business_id is null for the system's presets only: everybody reads them, nobody but a migration changes them.
-- name, kind, service_type and enrolls_on_job repeat the draft for lists and for MT-D1; live_* repeat the version that
-- new enrollments follow.
CREATE TABLE campaigns (
  campaign_id uuid NOT NULL,
  business_id uuid REFERENCES businesses ON DELETE CASCADE,
  is_preset boolean NOT NULL DEFAULT false,
  preset_key text,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  kind text NOT NULL
    CHECK (kind IN ('multi_touch', 'drip', 'event', 'reengagement', 'retention', 'nurture', 'track15')),
  service_type text CHECK (
    service_type IN ('hvac', 'plumbing', 'electrical', 'cleaning', 'roofing', 'painting', 'handyman', 'other')),
  enrolls_on_job boolean NOT NULL,
  definition jsonb NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'active', 'paused', 'archived')),
  pause_mode text NOT NULL CHECK (pause_mode IN ('stop', 'hold')),
  current_version int,
  live_service_type text,
  live_enrolls_on_job boolean NOT NULL DEFAULT false,
  revision bigint NOT NULL DEFAULT 1 CHECK (revision > 0),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (campaign_id),
  UNIQUE (business_id, campaign_id),
  CONSTRAINT presets_belong_to_nobody CHECK (is_preset = (business_id IS NULL) AND is_preset = (preset_key IS NOT NULL)),
  CONSTRAINT presets_stay_drafts CHECK (NOT is_preset OR (status = 'draft' AND current_version IS NULL)),
  CONSTRAINT running_has_a_version CHECK (status NOT IN ('active', 'paused') OR current_version IS NOT NULL),
  CONSTRAINT live_needs_a_version CHECK (current_version IS NOT NULL OR NOT live_enrolls_on_job)
);

-- MT-D1: one campaign per business and service type (null: all services) among those that enroll on job completion and are
-- neither archived nor deleted. The second index holds the same of what is live while a draft says otherwise.
CREATE UNIQUE INDEX one_campaign_per_service ON campaigns (business_id, service_type) NULLS NOT DISTINCT
  WHERE enrolls_on_job AND NOT is_preset AND status <> 'archived' AND deleted_at IS NULL;
CREATE UNIQUE INDEX one_live_campaign_per_service ON campaigns (business_id, live_service_type) NULLS NOT DISTINCT
  WHERE live_enrolls_on_job AND status IN ('active', 'paused') AND deleted_at IS NULL;
-- One row per preset, whatever its name.
CREATE UNIQUE INDEX one_row_per_preset ON campaigns (preset_key) WHERE is_preset;
-- Serves the list of a business's campaigns, newest change first.
CREATE INDEX campaigns_by_change ON campaigns (business_id, updated_at DESC) WHERE deleted_at IS NULL;

CREATE TABLE campaign_versions (
  business_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  version int NOT NULL CHECK (version > 0),
  definition jsonb NOT NULL,
  published_at timestamptz NOT NULL,
  published_by text,
  PRIMARY KEY (business_id, campaign_id, version),
  FOREIGN KEY (business_id, campaign_id) REFERENCES campaigns (business_id, campaign_id) ON DELETE CASCADE
);

ALTER TABLE campaigns ADD CONSTRAINT current_version_exists
  FOREIGN KEY (business_id, campaign_id, current_version)
  REFERENCES campaign_versions (business_id, campaign_id, version) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'a published version never changes; publish a new one' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER versions_are_immutable BEFORE UPDATE ON campaign_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();

CREATE TABLE templates (
  template_id uuid NOT NULL,
  business_id uuid NOT NULL REFERENCES businesses ON DELETE CASCADE,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  channel text NOT NULL CHECK (channel IN ('email', 'sms')),
  subject text,
  body text NOT NULL,
  revision bigint NOT NULL DEFAULT 1 CHECK (revision > 0),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (business_id, template_id),
  CONSTRAINT template_name_is_unique UNIQUE (business_id, name),
  CONSTRAINT only_emails_have_a_subject CHECK ((channel = 'email') = (subject IS NOT NULL))
);

-- Which step of a draft takes its wording from which template. Versions hold the wording itself.
CREATE TABLE template_uses (
  business_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  step_id text NOT NULL,
  template_id uuid NOT NULL,
  PRIMARY KEY (business_id, campaign_id, step_id),
  FOREIGN KEY (business_id, campaign_id) REFERENCES campaigns (business_id, campaign_id) ON DELETE CASCADE,
  FOREIGN KEY (business_id, template_id) REFERENCES templates (business_id, template_id)
);
-- Serves the question who uses a template, and its foreign key.
CREATE INDEX template_uses_by_template ON template_uses (business_id, template_id);

ALTER TABLE businesses ENABLE ROW LEVEL SECURITY;
ALTER TABLE businesses FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON businesses AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY app ON businesses TO ${app} USING (true) WITH CHECK (true);
CREATE POLICY report ON businesses FOR SELECT TO ${report} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON businesses TO ${app};
GRANT SELECT ON businesses TO ${report};

ALTER TABLE departed_businesses ENABLE ROW LEVEL SECURITY;
ALTER TABLE departed_businesses FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON departed_businesses AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY app ON departed_businesses TO ${app} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON departed_businesses TO ${app};

ALTER TABLE campaigns ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaigns FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON campaigns AS RESTRICTIVE TO ${app}, ${report}
  USING (is_preset OR business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY presets_are_never_updated ON campaigns AS RESTRICTIVE FOR UPDATE TO ${app} USING (NOT is_preset);
CREATE POLICY presets_are_never_deleted ON campaigns AS RESTRICTIVE FOR DELETE TO ${app} USING (NOT is_preset);
CREATE POLICY app ON campaigns TO ${app} USING (true) WITH CHECK (true);
CREATE POLICY report ON campaigns FOR SELECT TO ${report} USING (true);
-- The migrations' role keeps the presets, and sees nothing else.
CREATE POLICY presets ON campaigns TO ${owner} USING (is_preset) WITH CHECK (is_preset);
GRANT SELECT, INSERT, UPDATE ON campaigns TO ${app};
GRANT SELECT ON campaigns TO ${report};

ALTER TABLE campaign_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON campaign_versions AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY app ON campaign_versions TO ${app} USING (true) WITH CHECK (true);
CREATE POLICY report ON campaign_versions FOR SELECT TO ${report} USING (true);
GRANT SELECT, INSERT ON campaign_versions TO ${app};
GRANT SELECT ON campaign_versions TO ${report};

ALTER TABLE templates ENABLE ROW LEVEL SECURITY;
ALTER TABLE templates FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON templates AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY app ON templates TO ${app} USING (true) WITH CHECK (true);
CREATE POLICY report ON templates FOR SELECT TO ${report} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON templates TO ${app};
GRANT SELECT ON templates TO ${report};

ALTER TABLE template_uses ENABLE ROW LEVEL SECURITY;
ALTER TABLE template_uses FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON template_uses AS RESTRICTIVE TO ${app}, ${report}
  USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
  WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
CREATE POLICY app ON template_uses TO ${app} USING (true) WITH CHECK (true);
CREATE POLICY report ON template_uses FOR SELECT TO ${report} USING (true);
GRANT SELECT, INSERT, DELETE ON template_uses TO ${app};
GRANT SELECT ON template_uses TO ${report};
