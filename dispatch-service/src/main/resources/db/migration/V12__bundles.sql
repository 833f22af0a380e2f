-- What a gate froze of a business in one transaction is one row, compressed: a message of its own row cost more than all else that is
-- written for it. An attempt's id names its bundle. Older instances must have been stopped.
CREATE TABLE bundles (
  business_id uuid NOT NULL,
  bundle_id   uuid NOT NULL,
  -- Of its messages: none is forgotten while its touch is claimed.
  touches     uuid[] NOT NULL,
  -- The messages byte for byte and where their tracked links lead, as messages.Bundle writes them.
  content     bytea NOT NULL,
  written_at  timestamptz NOT NULL,
  PRIMARY KEY (business_id, bundle_id)
) WITH (toast_tuple_target = 8160);
ALTER TABLE bundles ALTER COLUMN content SET STORAGE EXTERNAL;

-- Attempts that are not their touch's last one any more, so that an erasure finds their messages.
CREATE TABLE earlier_attempts (
  business_id uuid NOT NULL,
  touch_id    uuid NOT NULL,
  attempt_id  uuid NOT NULL,
  PRIMARY KEY (business_id, touch_id, attempt_id)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['bundles', 'earlier_attempts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format($p$CREATE POLICY tenant ON %I AS RESTRICTIVE TO ${app}, ${report}
      USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid)
      WITH CHECK (business_id = nullif(current_setting('app.business_id', true), '')::uuid)$p$, name);
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO ${worker} USING (true)', name);
    EXECUTE format('CREATE POLICY worker_adds ON %I FOR INSERT TO ${worker} WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY worker_removes ON %I FOR DELETE TO ${worker} USING (
      EXISTS (SELECT 1 FROM businesses b WHERE b.business_id = %I.business_id AND b.deleted))', name, name);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON %I TO ${worker}', name);
  END LOOP;
END $$;
CREATE POLICY app_reads ON bundles FOR SELECT TO ${app} USING (true);
GRANT SELECT ON bundles TO ${app};
CREATE POLICY worker_changes ON bundles FOR UPDATE TO ${worker} USING (true) WITH CHECK (true);
GRANT UPDATE (content) ON bundles TO ${worker};
CREATE POLICY worker_forgets ON bundles FOR DELETE TO ${worker} USING (NOT EXISTS (
  SELECT 1 FROM touches t WHERE t.business_id = bundles.business_id AND t.touch_id = ANY (bundles.touches) AND t.state = 'claimed'));

-- The owner is bound by the policies too, while they are forced.
ALTER TABLE payloads NO FORCE ROW LEVEL SECURITY;
ALTER TABLE touches NO FORCE ROW LEVEL SECURITY;
-- One bundle each, with the attempt's own id: not compressed, which the first byte says.
INSERT INTO bundles (business_id, bundle_id, touches, content, written_at)
SELECT p.business_id, p.attempt_id, ARRAY[p.touch_id],
       '\x00'::bytea || int4send(1) || uuid_send(p.attempt_id) || uuid_send(p.touch_id) || int4send(octet_length(p.body)) || p.body
         || int4send(coalesce(l.number, 0)) || coalesce(l.links, ''),
       p.written_at
FROM payloads p
CROSS JOIN LATERAL (
  SELECT count(*)::int AS number,
         string_agg(int4send(octet_length(convert_to(name, 'UTF8'))) || convert_to(name, 'UTF8')
                    || int4send(octet_length(convert_to(target, 'UTF8'))) || convert_to(target, 'UTF8'), ''::bytea ORDER BY place) AS links
  FROM unnest(p.link_names, p.link_targets) WITH ORDINALITY AS u (name, target, place)) l;
INSERT INTO earlier_attempts (business_id, touch_id, attempt_id)
SELECT p.business_id, p.touch_id, p.attempt_id
FROM payloads p LEFT JOIN touches t USING (business_id, touch_id)
WHERE t.attempt_id IS DISTINCT FROM p.attempt_id;
ALTER TABLE touches FORCE ROW LEVEL SECURITY;
ALTER TABLE bundles FORCE ROW LEVEL SECURITY;
ALTER TABLE earlier_attempts FORCE ROW LEVEL SECURITY;

DROP TABLE payloads;
DROP TYPE frozen_payload;
