-- The newest enrollments of a business are among the newest of each of its campaigns: the list asks enrollments_of_campaign, once for each
-- campaign, and enrolling keeps an index less.
DROP INDEX enrollments_newest;
COMMENT ON INDEX enrollments_of_campaign IS 'API: the lists of enrollments, newest first. Enrolling: count for the maximum.';
