-- A settled touch is a little longer than a claimed one: at half, one page in ten had no room for the last of its rows, and each of
-- those went into all the indexes once more.
ALTER TABLE touches SET (fillfactor = 45);
