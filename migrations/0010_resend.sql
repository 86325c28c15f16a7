-- Meta's code of the failure that is shown, so that its words can be shown in the reader's language.
ALTER TABLE messages ADD COLUMN failure_code bigint;

-- When the customer was last shown that an answer is being written: not more often than it is of use.
ALTER TABLE conversations ADD COLUMN typing_at timestamptz;
