-- A business never sees or changes another's rows. The restrictive policy binds the application and the report role to one
-- business, whatever permissive policy may be added later; the worker serves all businesses with exactly the verbs below.

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['business_settings', 'campaigns', 'campaign_versions', 'customers', 'jobs', 'enrollments',
                           'enrollment_touches', 'due_touches', 'refusals']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I AS RESTRICTIVE TO ${app}, ${report}
         USING (business_id = nullif(current_setting(''app.business_id'', true), '''')::uuid)
         WITH CHECK (business_id = nullif(current_setting(''app.business_id'', true), '''')::uuid)', t);
    EXECUTE format('CREATE POLICY app ON %I TO ${app} USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY report ON %I FOR SELECT TO ${report} USING (true)', t);
    EXECUTE format('GRANT SELECT ON %I TO ${app}, ${worker}, ${report}', t);
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO ${worker} USING (true)', t);
    -- A business that leaves takes its rows with it.
    EXECUTE format('GRANT DELETE ON %I TO ${worker}', t);
    EXECUTE format('CREATE POLICY worker_removes ON %I FOR DELETE TO ${worker} USING (true)', t);
  END LOOP;

  -- Replicas are written by the worker alone; the application locks a campaign while it enrolls by hand.
  FOREACH t IN ARRAY ARRAY['business_settings', 'campaigns', 'campaign_versions', 'customers', 'jobs', 'enrollments',
                           'enrollment_touches', 'due_touches', 'refusals']
  LOOP
    EXECUTE format('GRANT INSERT ON %I TO ${worker}', t);
    EXECUTE format('CREATE POLICY worker_adds ON %I FOR INSERT TO ${worker} WITH CHECK (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['business_settings', 'campaigns', 'customers', 'jobs', 'enrollments', 'enrollment_touches',
                           'due_touches', 'refusals']
  LOOP
    EXECUTE format('GRANT UPDATE ON %I TO ${worker}', t);
    EXECUTE format('CREATE POLICY worker_changes ON %I FOR UPDATE TO ${worker} USING (true) WITH CHECK (true)', t);
  END LOOP;
END
$$;

-- What a user's request may change: enroll by hand and stop. Locks need an UPDATE right on some column.
GRANT INSERT, UPDATE ON enrollments TO ${app};
GRANT INSERT, DELETE ON due_touches TO ${app};
GRANT UPDATE (revision) ON customers, campaigns TO ${app};
