-- What is due at the same instant is claimed business by business.
DROP INDEX due_touches_due;
CREATE INDEX due_touches_due ON due_touches (due_at, business_id) WHERE NOT held;
COMMENT ON INDEX due_touches_due IS 'Claiming: what is due, in order of time; of the same instant, business by business.';
