-- The end of a draft is kept as an empty one: what was typed before the message was sent, and arrives after it, must not
-- bring the draft back.
ALTER TABLE drafts
    DROP CONSTRAINT drafts_body_check,
    ADD CONSTRAINT drafts_body_check CHECK (length(body) <= 65536);
