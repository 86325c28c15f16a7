-- Who changed what. Rows are only ever added; each holds the hash of the one before it, so a changed or missing row shows.
CREATE TABLE audit_entries (
    workspace_id  uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    number        bigint NOT NULL,
    at            timestamptz NOT NULL,
    actor_kind    text NOT NULL,
    actor_id      uuid,
    action        text NOT NULL,
    target_kind   text NOT NULL,
    target_id     uuid,
    before        jsonb,
    after         jsonb,
    request_id    text NOT NULL,
    ip            text NOT NULL,
    previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
    hash          bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (workspace_id, number)
);

-- The end of each workspace's chain. Its lock orders the writers.
CREATE TABLE audit_heads (
    workspace_id uuid PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE,
    number       bigint NOT NULL,
    hash         bytea NOT NULL CHECK (length(hash) = 32)
);

CALL protect_tenant_table('audit_entries', 'SELECT, INSERT');
CALL protect_tenant_table('audit_heads', 'SELECT, INSERT, UPDATE');
-- Nobody rewrites history, the worker neither.
REVOKE UPDATE, DELETE ON audit_entries FROM charla_worker;
