-- Businesses that took over the same preset have the same definition: read and kept once, found by what it says. Who follows a version
-- notes what that says, so that the version need not be looked up for each step.
ALTER TABLE campaign_versions ADD COLUMN digest bytea;
COMMENT ON COLUMN campaign_versions.digest IS 'SHA-256 of the definition''s text; null for what an older instance has added.';
ALTER TABLE enrollments ADD COLUMN definition_id uuid;
COMMENT ON COLUMN enrollments.definition_id IS
  'What its version says: the first half of the digest; null for those from before there was this column, and of older instances.';

-- The owner is bound by the policies too, while they are forced.
ALTER TABLE campaign_versions NO FORCE ROW LEVEL SECURITY;
UPDATE campaign_versions SET digest = sha256(convert_to(definition, 'UTF8'));
ALTER TABLE campaign_versions FORCE ROW LEVEL SECURITY;
