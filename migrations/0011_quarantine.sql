-- Operators look at quarantined updates reason by reason, and replay all of a reason, oldest first.
CREATE INDEX quarantined_by_reason ON quarantined_updates (reason, at DESC, delivery_id, number);
