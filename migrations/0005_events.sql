-- The log that the realtime stream is a view of. A reader may show an event only once every transaction that could
-- still commit an earlier one has ended; the writer's transaction id makes that decidable: events are read in the order
-- (transaction, sequence) up to pg_snapshot_xmin(pg_current_snapshot()), and no event is ever passed over.
CREATE TABLE events (
    workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    transaction  xid8 NOT NULL DEFAULT pg_current_xact_id(),
    sequence     bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    at           timestamptz NOT NULL,
    happening    jsonb NOT NULL,
    PRIMARY KEY (workspace_id, transaction, sequence)
);
-- The hub reads all workspaces in one order; the sweeper deletes by age.
CREATE INDEX events_in_order ON events (transaction, sequence);
CREATE INDEX events_by_age ON events (at);

CALL protect_tenant_table('events', 'SELECT, INSERT');

-- Up to where events have been swept away: a reader whose cursor is before it is told to reload. One row.
CREATE TABLE event_horizon (
    one         boolean PRIMARY KEY DEFAULT true CHECK (one),
    transaction xid8 NOT NULL,
    sequence    bigint NOT NULL
);
INSERT INTO event_horizon (transaction, sequence) VALUES ('0', 0);
GRANT SELECT ON event_horizon TO charla_app;
GRANT SELECT, UPDATE ON event_horizon TO charla_worker;

-- Background work: one queue for all of it. Owned by the worker; requests may only add work for their own workspace.
CREATE TABLE jobs (
    id            uuid PRIMARY KEY,
    workspace_id  uuid REFERENCES workspaces ON DELETE CASCADE,
    kind          text NOT NULL,
    payload       jsonb NOT NULL,
    -- Jobs of one key run one after the other, in the order they were added.
    ordering_key  text,
    -- At most one waiting job of a dedupe key.
    dedupe_key    text,
    state         text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'dead')),
    run_at        timestamptz NOT NULL,
    tries         integer NOT NULL DEFAULT 0,
    leased_until  timestamptz,
    -- The fencing token: a worker that lost its lease can neither finish nor fail the job.
    lease         uuid,
    last_error    text,
    created_at    timestamptz NOT NULL,
    sequence      bigint NOT NULL GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX jobs_due ON jobs (run_at, sequence) WHERE state = 'waiting';
CREATE INDEX jobs_leased ON jobs (leased_until) WHERE state = 'running';
CREATE INDEX jobs_in_order ON jobs (ordering_key, sequence) WHERE ordering_key IS NOT NULL AND state <> 'dead';
CREATE INDEX jobs_of_workspace ON jobs (workspace_id) WHERE workspace_id IS NOT NULL;
CREATE UNIQUE INDEX jobs_once ON jobs (dedupe_key) WHERE dedupe_key IS NOT NULL AND state = 'waiting';

ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY add ON jobs FOR INSERT TO charla_app WITH CHECK (workspace_id = current_workspace());
CREATE POLICY worker ON jobs TO charla_worker USING (true) WITH CHECK (true);
GRANT INSERT ON jobs TO charla_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs TO charla_worker;
