-- Whoever writes a job or an enrollment has written or locked its customer before, in the same transaction, and customers leave only with
-- their business, which waits for all who enroll (directory.DirectoryLock). The foreign keys asked again, row by row.
ALTER TABLE jobs DROP CONSTRAINT jobs_business_id_customer_id_fkey;
ALTER TABLE enrollments DROP CONSTRAINT enrollments_business_id_customer_id_fkey;
COMMENT ON INDEX jobs_of_customer IS 'API: the jobs of one customer. Erasing: the same.';

-- Enrolling locks no campaign's row any more.
REVOKE UPDATE (revision) ON campaigns FROM ${app};
