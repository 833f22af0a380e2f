-- An opt-out outlives the business's rows here: nobody deletes suppressions, not even of a business that left.
DROP POLICY worker_removes ON suppressions;
REVOKE DELETE ON suppressions FROM ${worker};
