-- Every batch asks which of its businesses have left. Hardly any has, so this index is all but empty.
CREATE INDEX businesses_departed ON businesses (business_id) WHERE deleted;
COMMENT ON INDEX businesses_departed IS 'Folding: the businesses that have left.';
