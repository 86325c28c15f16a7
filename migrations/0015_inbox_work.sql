-- How a conversation is worked on: whose it is, where it stands, what is written about it that the customer never sees.
-- Releases before this one leave the new columns as they are: their conversations stay open and nobody's.

ALTER TABLE conversations
    ADD COLUMN status        text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'pending', 'snoozed', 'resolved')),
    -- A snoozed conversation is open again from here on.
    ADD COLUMN snoozed_until timestamptz,
    ADD COLUMN assignee_id   uuid,
    -- Since when the customer waits for an answer: their first message that nobody has answered. Null when nobody waits.
    ADD COLUMN waiting_since timestamptz,
    ADD CONSTRAINT conversations_snooze CHECK ((status = 'snoozed') = (snoozed_until IS NOT NULL)),
    ADD CONSTRAINT conversations_assignee FOREIGN KEY (workspace_id, assignee_id)
        REFERENCES members (workspace_id, user_id) ON DELETE SET NULL (assignee_id);
CREATE INDEX conversations_by_status ON conversations (workspace_id, status, last_message_at DESC, id DESC);
CREATE INDEX conversations_of_assignee ON conversations (workspace_id, assignee_id, status, last_message_at DESC, id DESC);
CREATE INDEX conversations_waiting ON conversations (workspace_id, waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE status = 'snoozed';

ALTER TABLE messages
    -- Meta's id of the message this one answers to, on the same channel.
    ADD COLUMN quoted_external_id text CHECK (length(quoted_external_id) <= 256),
    -- How long the customer had waited when this answer was written, in seconds; null when nobody waited.
    ADD COLUMN waited_seconds integer CHECK (waited_seconds >= 0);
-- What happened in a stretch of time, over all conversations. Holds nothing that changes, so that a message's new state
-- touches no index.
CREATE INDEX messages_by_time ON messages (workspace_id, at) INCLUDE (direction, conversation_id, waited_seconds);

-- What stands in a thread beside its messages: notes of members, and what was done with the conversation.
CREATE TABLE thread_entries (
    workspace_id    uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    -- Null when the product did it.
    author_user_id  uuid,
    -- Tagged by type: charla_shared::entry::EntryContent.
    content         jsonb NOT NULL,
    -- Made by the writer of a note, so that writing twice by accident stores it once.
    client_key      uuid,
    at              timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations (workspace_id, id),
    FOREIGN KEY (workspace_id, author_user_id) REFERENCES members (workspace_id, user_id) ON DELETE SET NULL (author_user_id)
);
CREATE INDEX thread_entries_of_conversation ON thread_entries (workspace_id, conversation_id, at DESC, id DESC);
CREATE INDEX thread_entries_of_author ON thread_entries (workspace_id, author_user_id) WHERE author_user_id IS NOT NULL;
CREATE UNIQUE INDEX thread_entries_by_client_key ON thread_entries (workspace_id, conversation_id, client_key) WHERE client_key IS NOT NULL;
CALL protect_tenant_table('thread_entries', 'SELECT, INSERT');

-- Labels of conversations, tags of contacts. Colours are names; the style sheet knows what they look like.
CREATE TABLE labels (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id           uuid NOT NULL,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
    colour       text NOT NULL CHECK (length(colour) BETWEEN 1 AND 20),
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX labels_by_name ON labels (workspace_id, lower(name));
CALL protect_tenant_table('labels', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE conversation_labels (
    workspace_id    uuid NOT NULL,
    conversation_id uuid NOT NULL,
    label_id        uuid NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, label_id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, label_id) REFERENCES labels (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX conversations_of_label ON conversation_labels (workspace_id, label_id, conversation_id);
CALL protect_tenant_table('conversation_labels', 'SELECT, INSERT, DELETE');

CREATE TABLE tags (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id           uuid NOT NULL,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
    colour       text NOT NULL CHECK (length(colour) BETWEEN 1 AND 20),
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX tags_by_name ON tags (workspace_id, lower(name));
CALL protect_tenant_table('tags', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE contact_tags (
    workspace_id uuid NOT NULL,
    contact_id   uuid NOT NULL,
    tag_id       uuid NOT NULL,
    tagged_at    timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, contact_id, tag_id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, tag_id) REFERENCES tags (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX contacts_of_tag ON contact_tags (workspace_id, tag_id, contact_id);
CALL protect_tenant_table('contact_tags', 'SELECT, INSERT, DELETE');

-- A name that a member gave stays; names that WhatsApp tells of only fill what nobody named.
ALTER TABLE contacts ADD COLUMN name_given boolean NOT NULL DEFAULT false;

-- What a workspace wants to know about its contacts.
CREATE TABLE contact_fields (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id           uuid NOT NULL,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
    kind         text NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'yes_no')),
    -- For choices: what may be chosen.
    choices      text[] NOT NULL DEFAULT '{}' CHECK (cardinality(choices) <= 50),
    position     integer NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX contact_fields_by_name ON contact_fields (workspace_id, lower(name));
CALL protect_tenant_table('contact_fields', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE contact_values (
    workspace_id uuid NOT NULL,
    contact_id   uuid NOT NULL,
    field_id     uuid NOT NULL,
    value        jsonb NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, contact_id, field_id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, field_id) REFERENCES contact_fields (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_values_of_field ON contact_values (workspace_id, field_id);
CALL protect_tenant_table('contact_values', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE contact_notes (
    workspace_id   uuid NOT NULL,
    id             uuid NOT NULL,
    contact_id     uuid NOT NULL,
    author_user_id uuid,
    body           text NOT NULL CHECK (length(body) BETWEEN 1 AND 4096),
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, author_user_id) REFERENCES members (workspace_id, user_id) ON DELETE SET NULL (author_user_id)
);
CREATE INDEX contact_notes_of_contact ON contact_notes (workspace_id, contact_id, created_at DESC, id DESC);
CREATE INDEX contact_notes_of_author ON contact_notes (workspace_id, author_user_id) WHERE author_user_id IS NOT NULL;
CALL protect_tenant_table('contact_notes', 'SELECT, INSERT, UPDATE, DELETE');

-- Replies that are written once and used often; called up by their shortcut.
CREATE TABLE canned_replies (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id           uuid NOT NULL,
    shortcut     text NOT NULL CHECK (length(shortcut) BETWEEN 1 AND 50),
    body         text NOT NULL CHECK (length(body) BETWEEN 1 AND 4096),
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX canned_replies_by_shortcut ON canned_replies (workspace_id, lower(shortcut));
CALL protect_tenant_table('canned_replies', 'SELECT, INSERT, UPDATE, DELETE');

-- What a member has typed and not sent.
CREATE TABLE drafts (
    workspace_id    uuid NOT NULL,
    user_id         uuid NOT NULL,
    conversation_id uuid NOT NULL,
    body            text NOT NULL CHECK (length(body) BETWEEN 1 AND 65536),
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id, conversation_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES members (workspace_id, user_id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX drafts_of_conversation ON drafts (workspace_id, conversation_id);
CALL protect_tenant_table('drafts', 'SELECT, INSERT, UPDATE, DELETE');

-- A member's own views of the list.
CREATE TABLE saved_views (
    workspace_id uuid NOT NULL,
    id           uuid NOT NULL,
    user_id      uuid NOT NULL,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
    -- charla_shared::conversation::ListQuery
    query        jsonb NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES members (workspace_id, user_id) ON DELETE CASCADE
);
CREATE INDEX saved_views_of_user ON saved_views (workspace_id, user_id, created_at);
CALL protect_tenant_table('saved_views', 'SELECT, INSERT, UPDATE, DELETE');
