-- The attempt that runs, so that an outcome that is stored twice (its first commit was not heard of) cannot be taken for
-- that of the next attempt.
ALTER TABLE outbox ADD COLUMN attempt integer;
