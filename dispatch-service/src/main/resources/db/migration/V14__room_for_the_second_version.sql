-- A settled touch is a little longer than a claimed one: at half, up to one row in nine found no room in its page any more and
-- went into all the indexes once more.
ALTER TABLE touches SET (fillfactor = 45);
