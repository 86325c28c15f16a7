-- What the home page asks: which conversations began in a stretch of time, and what members did last.
CREATE INDEX conversations_by_beginning ON conversations (workspace_id, created_at);
CREATE INDEX thread_entries_by_time ON thread_entries (workspace_id, at DESC, id DESC);
