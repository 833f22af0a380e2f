-- A business never sees another's rows: the restrictive policy binds the application and the analysts' role to one business,
-- whatever permissive policy may be added later. Only the worker writes, and it folds the facts of all businesses.

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['businesses', 'campaigns', 'enrollments', 'touches', 'refusals', 'touch_counts', 'enrollment_counts',
                           'activity_counts']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I AS RESTRICTIVE TO ${app}, ${report}
         USING (business_id = nullif(current_setting(''app.business_id'', true), '''')::uuid)
         WITH CHECK (business_id = nullif(current_setting(''app.business_id'', true), '''')::uuid)', t);
    EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO ${app}, ${report} USING (true)', t);
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO ${worker} USING (true)', t);
    EXECUTE format('CREATE POLICY worker_adds ON %I FOR INSERT TO ${worker} WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_changes ON %I FOR UPDATE TO ${worker} USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_removes ON %I FOR DELETE TO ${worker} USING (true)', t);
    EXECUTE format('GRANT SELECT ON %I TO ${app}, ${report}', t);
    -- TRUNCATE is for the rebuild.
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON %I TO ${worker}', t);
  END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON consumed TO ${worker};
