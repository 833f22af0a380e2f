-- A crowd of one business's due touches is stepped over, business by business. One more index entry for each due row.
CREATE INDEX due_touches_of_business ON due_touches (business_id, due_at) WHERE NOT held;
COMMENT ON INDEX due_touches_of_business IS 'Claiming: who else waits when one business has more due than its share, and what.';
