-- Businesses that took over the same preset have the same definition: read and kept once, found by its digest. Null for what an
-- older instance adds.
ALTER TABLE campaign_versions ADD COLUMN digest bytea;
COMMENT ON COLUMN campaign_versions.digest IS 'SHA-256 of the definition''s text; null for what an older instance has added.';

-- The owner is bound by the policies too, while they are forced.
ALTER TABLE campaign_versions NO FORCE ROW LEVEL SECURITY;
UPDATE campaign_versions SET digest = sha256(convert_to(definition, 'UTF8'));
ALTER TABLE campaign_versions FORCE ROW LEVEL SECURITY;
