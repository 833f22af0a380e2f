-- A batch looks up a thousand rows by key. On solid-state disks that costs what it costs, and not four times a sequential read:
-- with the default the planner reads the whole table for each batch as soon as it fits.
DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET random_page_cost = 1.1', current_database());
END
$$;

-- The enrollments of a batch lie side by side and move on together, so a page needs room for a second version of every row.
ALTER TABLE enrollments SET (fillfactor = 50);
