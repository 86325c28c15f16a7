-- How long customers waited for an answer: answers are few among the messages, and how far each has come is read from its
-- row, which changes too often to be in an index.
CREATE INDEX messages_answers ON messages (workspace_id, at) WHERE waited_seconds IS NOT NULL;
