CREATE TABLE contacts (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id           uuid NOT NULL,
    name         text NOT NULL DEFAULT '' CHECK (length(name) <= 200),
    username     text CHECK (length(username) <= 100),
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CALL protect_tenant_table('contacts', 'SELECT, INSERT, UPDATE');

-- What a contact is known by. A person may have a phone number, a business-scoped user id (BSUID), or both.
CREATE TABLE identities (
    workspace_id uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('phone', 'bsuid', 'parent_bsuid', 'psid', 'igsid')),
    value        text NOT NULL CHECK (length(value) BETWEEN 1 AND 200),
    contact_id   uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, kind, value),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id)
);
CREATE INDEX identities_of_contact ON identities (workspace_id, contact_id);
CALL protect_tenant_table('identities', 'SELECT, INSERT, UPDATE');

CREATE TABLE conversations (
    workspace_id    uuid NOT NULL,
    id              uuid NOT NULL,
    channel_id      uuid NOT NULL,
    contact_id      uuid NOT NULL,
    -- How many messages of the customer have arrived, how many of them somebody has looked at, and what is left. Counted,
    -- because Meta's times are whole seconds and clocks jump.
    arrived         integer NOT NULL DEFAULT 0,
    read_through    integer NOT NULL DEFAULT 0 CHECK (read_through BETWEEN 0 AND arrived),
    unread          integer NOT NULL GENERATED ALWAYS AS (arrived - read_through) STORED,
    -- The last message in one line, so that the list needs no join to messages.
    preview         jsonb NOT NULL,
    last_message_id uuid NOT NULL,
    last_message_at timestamptz NOT NULL,
    -- When the customer last wrote, by Meta's clock: opens the 24-hour window.
    last_inbound_at timestamptz,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, channel_id, contact_id),
    FOREIGN KEY (workspace_id, channel_id) REFERENCES channels (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id)
);
CREATE INDEX conversations_of_contact ON conversations (workspace_id, contact_id);
CREATE INDEX conversations_newest ON conversations (workspace_id, last_message_at DESC, id DESC);
CREATE INDEX conversations_unread ON conversations (workspace_id, last_message_at DESC, id DESC) WHERE unread > 0;
CALL protect_tenant_table('conversations', 'SELECT, INSERT, UPDATE');

CREATE TABLE messages (
    workspace_id    uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    channel_id      uuid NOT NULL,
    direction       text NOT NULL CHECK (direction IN ('in', 'out')),
    -- Who wrote it: 'contact', 'member' or 'phone'; the member when it was one.
    author_kind     text NOT NULL CHECK (author_kind IN ('contact', 'member', 'phone')),
    author_user_id  uuid,
    content         jsonb NOT NULL,
    -- Meta's id (wamid), when it is known.
    external_id     text CHECK (length(external_id) <= 256),
    -- How many messages of the customer had arrived when this one was stored, itself included.
    arrival         integer NOT NULL,
    -- Made by the sender, so that sending twice by accident stores it once.
    client_key      uuid,
    -- Only outgoing messages have a state.
    state           text CHECK (state IN ('queued', 'sending', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed', 'unknown')),
    failure         text,
    -- Inbound: Meta's time. Outbound: when it was stored.
    at              timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations (workspace_id, id),
    FOREIGN KEY (workspace_id, author_user_id) REFERENCES members (workspace_id, user_id),
    CHECK ((direction = 'out') = (state IS NOT NULL)),
    CHECK ((author_kind = 'member') = (author_user_id IS NOT NULL))
);
CREATE INDEX messages_of_conversation ON messages (workspace_id, conversation_id, at DESC, id DESC);
CREATE UNIQUE INDEX messages_arrived ON messages (workspace_id, conversation_id, arrival) WHERE direction = 'in';
CREATE INDEX messages_of_author ON messages (workspace_id, author_user_id) WHERE author_user_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_external_id ON messages (workspace_id, channel_id, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_client_key ON messages (workspace_id, conversation_id, client_key) WHERE client_key IS NOT NULL;
CALL protect_tenant_table('messages', 'SELECT, INSERT, UPDATE');

-- One try to hand a message to Meta; written before the request goes out, finished when the answer is known.
CREATE TABLE attempts (
    workspace_id uuid NOT NULL,
    message_id   uuid NOT NULL,
    number       integer NOT NULL,
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    outcome      text CHECK (outcome IN ('accepted', 'not_sent', 'refused', 'unknown')),
    http_status  integer,
    error_code   bigint,
    detail       text,
    PRIMARY KEY (workspace_id, message_id, number),
    FOREIGN KEY (workspace_id, message_id) REFERENCES messages (workspace_id, id)
);
CALL protect_tenant_table('attempts', 'SELECT');

-- The flight recorder: every word about a message's way, from us or from Meta, whether or not it changed its state.
CREATE TABLE message_events (
    workspace_id uuid NOT NULL,
    message_id   uuid NOT NULL,
    id           uuid NOT NULL,
    state        text NOT NULL,
    source       text NOT NULL CHECK (source IN ('member', 'attempt', 'webhook')),
    at           timestamptz NOT NULL,
    detail       jsonb,
    PRIMARY KEY (workspace_id, message_id, id),
    FOREIGN KEY (workspace_id, message_id) REFERENCES messages (workspace_id, id)
);
CALL protect_tenant_table('message_events', 'SELECT, INSERT');

-- Statuses that came before the answer to our own request was stored: they wait for their message here.
CREATE TABLE early_statuses (
    workspace_id uuid NOT NULL,
    channel_id   uuid NOT NULL,
    external_id  text NOT NULL,
    status       text NOT NULL,
    detail       jsonb,
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, channel_id, external_id, status),
    FOREIGN KEY (workspace_id, channel_id) REFERENCES channels (workspace_id, id) ON DELETE CASCADE
);
CALL protect_tenant_table('early_statuses', 'SELECT');
