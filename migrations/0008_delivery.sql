-- The delivery engine (rows B1, C4, F3's foundations): webhooks processed in batches, sends paced by number.

-- Deliveries that have not had their effect yet. A delivery itself is never changed after it was stored; that it waits is
-- a small row here, deleted in the transaction of its effects. Deliveries of one number share a lane and are processed
-- in their order; lanes are independent. No foreign key: it would double the cost of storing a delivery, and both rows
-- are written by one statement.
CREATE TABLE waiting_deliveries (
    lane        smallint NOT NULL,
    sequence    bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    delivery_id uuid NOT NULL,
    PRIMARY KEY (lane, sequence)
);
GRANT SELECT, INSERT, DELETE ON waiting_deliveries TO charla_worker;
-- Rows live for milliseconds by the hundred thousand: dead ones must not pile up in front of the living.
ALTER TABLE waiting_deliveries SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- The state of a delivery is no longer written: it waits while it has a row above, and has failed in part while it has
-- rows in quarantined_updates. Ids are UUIDv7, so they serve for the age, too.
DROP INDEX deliveries_by_age;

-- A Meta app of a workspace: webhooks to /webhooks/meta/{id} are signed with its secret. Both are sealed to this row.
CREATE TABLE meta_apps (
    workspace_id        uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    id                  uuid NOT NULL,
    secret_sealed       bytea NOT NULL,
    secret_tail         text NOT NULL CHECK (length(secret_tail) <= 4),
    verify_token_sealed bytea NOT NULL,
    created_at          timestamptz NOT NULL,
    -- When Meta last proved the subscription, and when the last delivery with a right signature came.
    subscribed_at       timestamptz,
    last_delivery_at    timestamptz,
    PRIMARY KEY (workspace_id, id)
);
-- A webhook has the app's id before the workspace is known.
CREATE INDEX meta_apps_by_id ON meta_apps (id);
CALL protect_tenant_table('meta_apps', 'SELECT, INSERT, UPDATE, DELETE');

-- The app whose secret signed the delivery; none for the installation's own. What an app signs may only concern numbers
-- of its workspace.
ALTER TABLE deliveries ADD COLUMN app_id uuid;

ALTER TABLE channels
    ADD COLUMN app_id uuid,
    ADD COLUMN token_tail text NOT NULL DEFAULT '' CHECK (length(token_tail) <= 4),
    ADD COLUMN active boolean NOT NULL DEFAULT true,
    -- Most messages a second; what Meta allows the number (80, or 1,000 after its upgrade), less what is received.
    ADD COLUMN rate integer NOT NULL DEFAULT 50 CHECK (rate BETWEEN 1 AND 1000),
    -- What Meta says of the number, and when it last said so.
    ADD COLUMN verified_name text NOT NULL DEFAULT '' CHECK (length(verified_name) <= 200),
    ADD COLUMN quality_rating text CHECK (length(quality_rating) <= 20),
    ADD COLUMN verified_at timestamptz,
    ADD CONSTRAINT channels_of_app FOREIGN KEY (workspace_id, app_id) REFERENCES meta_apps (workspace_id, id);
CREATE INDEX channels_of_app ON channels (workspace_id, app_id) WHERE app_id IS NOT NULL;

-- Who sends for a number. One process at a time does, so that the number's budget is kept by one clock and a contact has
-- one message in flight. The fence grows with every change of hands: whoever slept through their lease carries an old one
-- and can begin no attempt.
CREATE TABLE senders (
    workspace_id   uuid NOT NULL,
    channel_id     uuid NOT NULL,
    fence          bigint NOT NULL DEFAULT 0,
    node           uuid,
    leased_until   timestamptz,
    -- Since when Meta refuses everything of this number, with which code and why: messages wait, and one is tried now and then.
    stopped_at     timestamptz,
    stopped_code   bigint,
    stopped_reason text CHECK (length(stopped_reason) <= 500),
    PRIMARY KEY (workspace_id, channel_id),
    FOREIGN KEY (workspace_id, channel_id) REFERENCES channels (workspace_id, id) ON DELETE CASCADE
);
CALL protect_tenant_table('senders', 'SELECT, INSERT');
INSERT INTO senders (workspace_id, channel_id) SELECT workspace_id, id FROM channels;

-- Messages on their way to Meta. A row is deleted when the outcome of its attempt is stored, except when it is to be
-- tried again.
CREATE TABLE outbox (
    workspace_id    uuid NOT NULL,
    message_id      uuid NOT NULL,
    channel_id      uuid NOT NULL,
    conversation_id uuid NOT NULL,
    sequence        bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    -- 0 a person waits for it, 1 a program answers, 2 nobody waits.
    priority        smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 2),
    -- Whether it is the first of its conversation: only that one is sent, which keeps the order. Kept under the lock of
    -- the conversation.
    first           boolean NOT NULL,
    due_at          timestamptz NOT NULL,
    tries           integer NOT NULL DEFAULT 0,
    -- While an attempt runs: the fence of the sender that makes it.
    fence           bigint,
    PRIMARY KEY (workspace_id, message_id),
    FOREIGN KEY (workspace_id, message_id) REFERENCES messages (workspace_id, id),
    FOREIGN KEY (workspace_id, channel_id) REFERENCES channels (workspace_id, id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations (workspace_id, id)
);
CREATE INDEX outbox_due ON outbox (workspace_id, channel_id, priority, due_at, sequence) WHERE first AND fence IS NULL;
CREATE INDEX outbox_attempting ON outbox (workspace_id, channel_id) WHERE fence IS NOT NULL;
CREATE INDEX outbox_in_order ON outbox (workspace_id, conversation_id, sequence);
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
CALL protect_tenant_table('outbox', 'SELECT, INSERT');

-- The message a person sent instead of one that failed.
ALTER TABLE messages ADD COLUMN resent_as uuid;

-- People who look after the installation itself: whoever claimed it, so far.
ALTER TABLE users ADD COLUMN operator boolean NOT NULL DEFAULT false;
UPDATE users SET operator = true WHERE id = (SELECT id FROM users ORDER BY id LIMIT 1);

CREATE INDEX quarantined_by_time ON quarantined_updates (at DESC, delivery_id, number);
