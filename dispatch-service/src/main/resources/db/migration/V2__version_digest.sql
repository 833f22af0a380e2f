-- Businesses that took over the same preset have the same definition: compiled once, found by its digest.
ALTER TABLE campaign_versions ADD COLUMN digest bytea;
UPDATE campaign_versions SET digest = sha256(convert_to(definition::text, 'UTF8'));
ALTER TABLE campaign_versions ALTER COLUMN digest SET NOT NULL;
