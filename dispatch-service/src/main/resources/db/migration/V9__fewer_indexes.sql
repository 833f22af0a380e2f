-- One index less for each touch to be written to. The messages of one enrollment are found in the index of customers: an index scan
-- skips from customer to customer of the business (PostgreSQL 18), which only a page of the send log waits for.
DROP INDEX touches_of_enrollment;
DROP INDEX touches_of_customer;
CREATE INDEX touches_of_customer ON touches (business_id, customer_id, enrollment_id);
COMMENT ON INDEX touches_of_customer IS 'The messages of a customer, also by what the law counts; the enrollment that an inbound text answers; the messages of one enrollment.';
