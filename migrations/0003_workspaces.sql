CREATE TABLE workspaces (
    id         uuid PRIMARY KEY,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    created_at timestamptz NOT NULL
);

-- Users in a workspace. The role is one of the five built-in ones; custom roles come beside them.
CREATE TABLE members (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    user_id      uuid NOT NULL REFERENCES users,
    role         text NOT NULL CHECK (role IN ('owner', 'admin', 'supervisor', 'member', 'viewer')),
    joined_at    timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id)
);
-- For "which workspaces am I in", asked across workspaces by the user alone.
CREATE INDEX members_of_user ON members (user_id);

CREATE TABLE invites (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id           uuid NOT NULL,
    role         text NOT NULL CHECK (role IN ('owner', 'admin', 'supervisor', 'member', 'viewer')),
    created_by   uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    accepted_by  uuid,
    accepted_at  timestamptz,
    revoked_at   timestamptz,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, created_by) REFERENCES members (workspace_id, user_id)
);

-- From a link's token to its workspace: the one thing that must be found before the workspace is known.
CREATE TABLE invite_tokens (
    token_hash   bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    workspace_id uuid NOT NULL,
    invite_id    uuid NOT NULL,
    FOREIGN KEY (workspace_id, invite_id) REFERENCES invites (workspace_id, id) ON DELETE CASCADE
);

CALL protect_tenant_table('members', 'SELECT, INSERT, UPDATE, DELETE');
CALL protect_tenant_table('invites', 'SELECT, INSERT, UPDATE');
GRANT INSERT ON invite_tokens TO charla_app;
GRANT SELECT, INSERT, DELETE ON invite_tokens TO charla_worker;

-- A workspace's own id is its tenant key.
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON workspaces TO charla_app USING (id = current_workspace()) WITH CHECK (id = current_workspace());
CREATE POLICY worker ON workspaces TO charla_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON workspaces TO charla_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON workspaces TO charla_worker;

-- People see their own memberships, and the names of the workspaces these are in, without having entered one.
CREATE POLICY own ON members FOR SELECT TO charla_app USING (user_id = current_actor_user());
CREATE POLICY own ON workspaces FOR SELECT TO charla_app
    USING (EXISTS (SELECT FROM members m WHERE m.workspace_id = workspaces.id AND m.user_id = current_actor_user()));
