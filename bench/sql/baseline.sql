-- The other side of P1, P3, P4, P5 and P8: tables of the shape of ours (columns, defaults, checks, indexes, foreign keys),
-- filled by hand-written SQL.
CREATE SCHEMA baseline;

DO $$
DECLARE
    name text;
    key record;
    copied text[] := ARRAY['deliveries', 'contacts', 'identities', 'conversations', 'messages', 'message_events', 'events', 'jobs'];
BEGIN
    FOREACH name IN ARRAY copied LOOP
        EXECUTE format('CREATE TABLE baseline.%I (LIKE public.%I INCLUDING ALL)', name, name);
    END LOOP;
    FOR key IN SELECT conrelid::regclass::text AS of, conname, pg_get_constraintdef(oid) AS definition
               FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid::regclass::text = ANY (copied)
    LOOP
        EXECUTE format('ALTER TABLE baseline.%I ADD CONSTRAINT %I %s', key.of, key.conname,
                       regexp_replace(key.definition, 'REFERENCES (' || array_to_string(copied, '|') || ')\(', 'REFERENCES baseline.\1('));
    END LOOP;
END
$$;

-- What P4's deliveries say, taken apart already: reading bodies is ours to do, and not counted against the baseline.
CREATE TABLE baseline.updates (
    sequence    bigint PRIMARY KEY,
    kind        text NOT NULL,
    phone       text NOT NULL,
    name        text NOT NULL,
    external_id text NOT NULL,
    body        text NOT NULL,
    at          timestamptz NOT NULL
);

-- Makes a table of the baseline as ours is now.
CREATE PROCEDURE baseline.copy(name text) LANGUAGE plpgsql AS $$
DECLARE
    columns text;
BEGIN
    SELECT string_agg(quote_ident(column_name), ', ') INTO columns FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = name AND is_generated = 'NEVER';
    EXECUTE format('INSERT INTO baseline.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM public.%I', name, columns, columns, name);
END
$$;

-- Gives all updates their effect, a hundred a transaction.
CREATE PROCEDURE baseline.process(workspace uuid, channel uuid) LANGUAGE plpgsql AS $$
DECLARE
    taken bigint[];
BEGIN
    LOOP
        taken := ARRAY(SELECT sequence FROM baseline.updates ORDER BY sequence LIMIT 100);
        EXIT WHEN cardinality(taken) = 0;

        WITH missing AS MATERIALIZED (
            SELECT u.phone, min(u.name) AS name, gen_random_uuid() AS id FROM baseline.updates u
            WHERE u.sequence = ANY (taken) AND u.kind = 'message' AND NOT EXISTS (
                SELECT FROM baseline.identities i WHERE i.workspace_id = workspace AND i.kind = 'phone' AND i.value = u.phone)
            GROUP BY u.phone),
        made AS (
            INSERT INTO baseline.contacts (workspace_id, id, name, created_at) SELECT workspace, id, name, now() FROM missing)
        INSERT INTO baseline.identities (workspace_id, kind, value, contact_id, created_at)
        SELECT workspace, 'phone', phone, id, now() FROM missing;

        INSERT INTO baseline.conversations (workspace_id, id, channel_id, contact_id, preview, last_message_id, last_message_at, created_at)
        SELECT workspace, gen_random_uuid(), channel, i.contact_id, '{}', gen_random_uuid(), '-infinity', now()
        FROM (SELECT DISTINCT phone FROM baseline.updates WHERE sequence = ANY (taken) AND kind = 'message') u
        JOIN baseline.identities i ON i.workspace_id = workspace AND i.kind = 'phone' AND i.value = u.phone
        WHERE NOT EXISTS (SELECT FROM baseline.conversations c
                          WHERE c.workspace_id = workspace AND c.channel_id = channel AND c.contact_id = i.contact_id);

        WITH incoming AS (
            SELECT u.external_id, u.body, u.at, c.id AS conversation,
                   c.arrived + row_number() OVER (PARTITION BY c.id ORDER BY u.sequence) AS arrival
            FROM baseline.updates u
            JOIN baseline.identities i ON i.workspace_id = workspace AND i.kind = 'phone' AND i.value = u.phone
            JOIN baseline.conversations c ON c.workspace_id = workspace AND c.channel_id = channel AND c.contact_id = i.contact_id
            WHERE u.sequence = ANY (taken) AND u.kind = 'message'),
        stored AS (
            INSERT INTO baseline.messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, external_id,
                                           at, created_at, arrival)
            SELECT workspace, gen_random_uuid(), conversation, channel, 'in', 'contact',
                   jsonb_build_object('type', 'text', 'body', body), external_id, at, now(), arrival
            FROM incoming
            ON CONFLICT (workspace_id, channel_id, external_id) WHERE external_id IS NOT NULL DO NOTHING
            RETURNING id, conversation_id, content, arrival, at),
        told AS (
            INSERT INTO baseline.events (workspace_id, at, happening)
            SELECT workspace, now(), jsonb_build_object('kind', 'message_created', 'conversation', conversation_id, 'message', id)
            FROM stored),
        last AS (
            SELECT DISTINCT ON (conversation_id) * FROM stored ORDER BY conversation_id, arrival DESC)
        UPDATE baseline.conversations c
        SET arrived = last.arrival,
            preview = jsonb_build_object('direction', 'in', 'content_type', 'text', 'text', left(last.content ->> 'body', 120), 'state', NULL),
            last_message_id = last.id,
            last_message_at = greatest(c.last_message_at, last.at),
            last_inbound_at = greatest(coalesce(c.last_inbound_at, last.at), last.at)
        FROM last WHERE c.workspace_id = workspace AND c.id = last.conversation_id;

        WITH news AS (
            SELECT m.id, m.conversation_id, u.kind AS state, u.at FROM baseline.updates u
            JOIN baseline.messages m ON m.workspace_id = workspace AND m.channel_id = channel AND m.external_id = u.external_id
            WHERE u.sequence = ANY (taken) AND u.kind <> 'message'),
        recorded AS (
            INSERT INTO baseline.message_events (workspace_id, message_id, id, state, source, at, detail)
            SELECT workspace, id, gen_random_uuid(), state, 'webhook', at, '{"news": {"codes": []}, "failure": null}' FROM news),
        moved AS (
            UPDATE baseline.messages m SET state = news.state FROM news WHERE m.workspace_id = workspace AND m.id = news.id
            RETURNING m.id, m.conversation_id, m.state),
        told AS (
            INSERT INTO baseline.events (workspace_id, at, happening)
            SELECT workspace, now(), jsonb_build_object('kind', 'message_updated', 'conversation', conversation_id, 'message', id)
            FROM moved)
        UPDATE baseline.conversations c SET preview = jsonb_set(c.preview, '{state}', to_jsonb(moved.state))
        FROM moved WHERE c.workspace_id = workspace AND c.id = moved.conversation_id AND c.last_message_id = moved.id;

        DELETE FROM baseline.updates WHERE sequence = ANY (taken);
        COMMIT;
    END LOOP;
END
$$;
