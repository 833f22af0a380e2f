-- An erased customer's row stays without anything personal: that it was erased must be known for ever, or a repeat of an old job
-- would bring the customer back. A later job of the same person begins with a new row.
ALTER TABLE customers
  ALTER COLUMN external_id DROP NOT NULL,
  ADD COLUMN erased_at timestamptz,
  ADD CONSTRAINT customers_present_has_external_id CHECK (erased_at IS NOT NULL OR external_id IS NOT NULL),
  ADD CONSTRAINT customers_erased_is_empty CHECK (erased_at IS NULL OR (
    num_nonnulls(external_id, first_name, last_name, email, phone, given_zone, region) = 0
    AND address = '{}' AND custom_fields = '{}' AND notes = '[]'));

-- Who asked for an erasure, why and when; and each service's part of it. For good.
CREATE TABLE erasures (
  business_id  uuid        NOT NULL,
  customer_id  uuid        NOT NULL,
  reason       text        NOT NULL,
  requested_by text        NOT NULL,
  requested_at timestamptz NOT NULL,
  PRIMARY KEY (business_id, customer_id)
);

CREATE TABLE erasure_parts (
  business_id uuid        NOT NULL,
  customer_id uuid        NOT NULL,
  service     text        NOT NULL,
  erased_at   timestamptz NOT NULL,
  counts      jsonb       NOT NULL,
  PRIMARY KEY (business_id, customer_id, service)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['erasures', 'erasure_parts']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I AS RESTRICTIVE TO ${app}, ${report}
         USING (business_id = nullif(current_setting(''app.business_id'', true), '''')::uuid)
         WITH CHECK (business_id = nullif(current_setting(''app.business_id'', true), '''')::uuid)', t);
    EXECUTE format('CREATE POLICY app_reads ON %I FOR SELECT TO ${app} USING (true)', t);
    EXECUTE format('CREATE POLICY app_adds ON %I FOR INSERT TO ${app} WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO ${app}', t);
    -- A business that leaves takes its rows with it.
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO ${worker} USING (true)', t);
    EXECUTE format('CREATE POLICY worker_removes ON %I FOR DELETE TO ${worker} USING (true)', t);
    EXECUTE format('GRANT SELECT, DELETE ON %I TO ${worker}', t);
  END LOOP;
END
$$;
CREATE POLICY worker_adds ON erasure_parts FOR INSERT TO ${worker} WITH CHECK (true);
GRANT INSERT ON erasure_parts TO ${worker};

-- What erasing changes, and no column more.
GRANT UPDATE (external_id, first_name, last_name, email, phone, address, given_zone, region, time_zones, zone_evidence,
              custom_fields, notes, erased_at) ON customers TO ${app};
GRANT UPDATE (value) ON jobs TO ${app};
