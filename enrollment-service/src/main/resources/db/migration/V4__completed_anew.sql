-- A job that was reopened and is completed again enrolls anew: once for each completion, which the enrollment's id sees to.
DROP INDEX enrollments_one_per_job;
CREATE INDEX enrollments_of_job ON enrollments (business_id, job_id) WHERE job_id IS NOT NULL;
COMMENT ON INDEX enrollments_of_job IS 'Stopping: the enrollments of a reopened or cancelled job. Enrolling: whether a job has one.';
