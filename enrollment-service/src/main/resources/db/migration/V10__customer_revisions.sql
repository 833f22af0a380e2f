-- A claim tells the gate how new the customer must be that it writes to. Customers change far more seldom than touches fall due, so the
-- revision stands with each active enrollment, and a claim reads one table less.
ALTER TABLE enrollments ADD COLUMN customer_revision bigint;

-- The owner is bound by the policies too, while they are forced.
ALTER TABLE enrollments NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customers NO FORCE ROW LEVEL SECURITY;
UPDATE enrollments e SET customer_revision = c.revision
FROM customers c WHERE c.business_id = e.business_id AND c.customer_id = e.customer_id;
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
ALTER TABLE enrollments FORCE ROW LEVEL SECURITY;

ALTER TABLE enrollments ALTER COLUMN customer_revision SET NOT NULL;
COMMENT ON COLUMN enrollments.customer_revision IS 'Of its customer: the newest one while the enrollment is active. Written with the customer''s row, by whoever has that locked.';
