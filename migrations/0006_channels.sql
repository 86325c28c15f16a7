CREATE TABLE channels (
    workspace_id        uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id                  uuid NOT NULL,
    kind                text NOT NULL CHECK (kind IN ('whatsapp')),
    label               text NOT NULL CHECK (length(label) BETWEEN 1 AND 80),
    -- Meta's id of the number, and of the account it belongs to.
    phone_number_id     text NOT NULL,
    business_account_id text NOT NULL,
    display_phone       text NOT NULL,
    -- Where its Graph API is: Meta's or a simulator's.
    graph_url           text NOT NULL,
    simulated           boolean NOT NULL,
    -- XChaCha20-Poly1305, bound to this row (core's `seal`).
    token_sealed        bytea NOT NULL,
    created_at          timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, phone_number_id)
);
CALL protect_tenant_table('channels', 'SELECT, INSERT, UPDATE');

-- From Meta's id of the receiving number to its workspace: what a webhook has before the workspace is known. A number
-- is connected to one workspace at a time.
CREATE TABLE channel_routes (
    phone_number_id text PRIMARY KEY,
    workspace_id    uuid NOT NULL,
    channel_id      uuid NOT NULL,
    FOREIGN KEY (workspace_id, channel_id) REFERENCES channels (workspace_id, id) ON DELETE CASCADE
);
GRANT SELECT, INSERT, UPDATE, DELETE ON channel_routes TO charla_worker;

-- Webhook POSTs as they came, byte for byte (not jsonb: a body may hold NUL or broken surrogates). A retry of Meta's is
-- the same bytes and finds its row here.
CREATE TABLE deliveries (
    id          uuid PRIMARY KEY,
    body_hash   bytea NOT NULL CHECK (length(body_hash) = 32),
    body        bytea NOT NULL,
    received_at timestamptz NOT NULL,
    state       text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'processed', 'quarantined')),
    processed_at timestamptz,
    UNIQUE (body_hash)
);
CREATE INDEX deliveries_by_age ON deliveries (received_at);

-- Updates that could not take effect, with the reason; the rest of their delivery went on.
CREATE TABLE quarantined_updates (
    delivery_id uuid NOT NULL REFERENCES deliveries ON DELETE CASCADE,
    number      integer NOT NULL,
    reason      text NOT NULL,
    detail      text NOT NULL,
    raw         bytea NOT NULL,
    at          timestamptz NOT NULL,
    PRIMARY KEY (delivery_id, number)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON deliveries, quarantined_updates TO charla_worker;
