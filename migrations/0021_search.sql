-- Search: the words of messages and contacts, an index over them, and the two functions that may use it.
--
-- Why functions: under row-level security the planner gives an index only conditions of leakproof operators, and `@@` is
-- none, so a search as charla_app would read every row of its workspace. The functions run as a role of their own that
-- may read these four tables, take the workspace from the transaction and never from an argument, and give ids only:
-- the rows are then read under row-level security as all others are.
--
-- Why every word begins with the end of its workspace's id: the index reads what is stored of a word, and of all words with
-- a beginning, before it looks at any other condition. So a workspace's words stand together, and a search costs, and takes
-- as long, as its own messages make it.
--
-- Why the words of messages are a table of their own: nothing that happens to a message later touches them, and what was
-- stored before this migration gets its words bit by bit (core::search::backlog) while everything goes on.

DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('charla roles'));
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'charla_search') THEN
        CREATE ROLE charla_search NOLOGIN NOBYPASSRLS;
    END IF;
    EXECUTE format('GRANT charla_search TO %I', current_user);
END
$$;

-- Words as they are compared: compatibility forms and case are levelled (NFKD), accents and vowel points go (José = jose,
-- but not the vowel signs of Hindi, which are letters), a blank stands for everything that is no part of a word. Letters of
-- scripts that write no blanks, and emoji, are words of their own, so that a phrase finds them anywhere in a sentence.
-- Each character is treated by itself: the marks of hits are found with the same function (core::search::fold).
CREATE FUNCTION search_fold(words text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    -- Each of these is cheap where it has nothing to do; translate() is dear, so it is asked for first.
    words := lower(words);
    IF octet_length(words) = char_length(words) THEN
        RETURN regexp_replace(words, '[^a-z0-9 ]+', ' ', 'g');
    END IF;
    -- A single character may become eighteen.
    words := lower(left(normalize(words, NFKD), 8192));
    IF words ~ '[ςøłđħıیىک٠-٩۰-۹०-९ß]' THEN
        words := replace(translate(words, 'ςøłđħıیىک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९', 'σoldhiييك012345678901234567890123456789'), 'ß', 'ss');
    END IF;
    -- Marks: accents, Hebrew and Arabic points, joiners, directions, forms and skin colours of emoji.
    words := regexp_replace(words,
        '[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640'
        '\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f'
        '\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]+',
        '', 'g');
    IF octet_length(words) = char_length(words) THEN
        RETURN regexp_replace(words, '[^a-z0-9 ]+', ' ', 'g');
    END IF;
    -- Thai, Lao, Myanmar, Khmer, Chinese and Japanese, emoji.
    words := regexp_replace(words,
        '([\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u109a-\u109d\u1780-\u17d3\u17dc\u17dd'
        '\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f'
        '\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9fe\uaa60-\uaa7f\uf900-\ufaff'
        '\U0001f000-\U0001fbff\U00020000-\U0003ffff])',
        ' \1 ', 'g');
    -- What is no part of a word.
    RETURN regexp_replace(words,
        '[\u0001-\u001f\u0021-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u055a-\u055f\u0589\u058a\u05be'
        '\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u06dd\u06de\u06e9\u06fd\u06fe\u0700-\u070d'
        '\u0964\u0965\u0970\u0df4\u0e3f\u0e4f\u0e5a\u0e5b\u0f04-\u0f17\u0f3a-\u0f3d\u0f85\u104a-\u104f\u10fb\u1360-\u1368'
        '\u1400\u166d\u166e\u1680\u169b\u169c\u16eb-\u16ed\u1735\u1736\u17d4-\u17db\u1800-\u180a\u180e\u1944\u1945\u2000-\u206f'
        '\u20a0-\u20cf\u2100-\u22ff\u2400-\u25ff\u27c0-\u2aff\u2e00-\u2e7f\u2ff0-\u3004\u3008-\u3020\u3030-\u303f\u30a0\u30fb'
        '\ud7fc-\uf8ff\ufd3e\ufd3f\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uff0f\ufff0-\uffff]+',
        ' ', 'g');
END
$$;

-- What every word of a workspace begins with: as long for all of them, so that no word can be another's.
CREATE FUNCTION search_workspace(workspace uuid) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN right(workspace::text, 12);

-- The words of a text, parted by one blank each.
CREATE FUNCTION search_line(words text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    -- Runs of blanks become one: cheaper than by pattern.
    RETURN btrim(replace(replace(replace(search_fold(words), ' ', E'\x01\x02'), E'\x02\x01', ''), E'\x01\x02', ' '));
END
$$;

-- The words of a text in their places. Words are cut where an index would end, and texts at twice what Meta lets people
-- write: what a stranger sends must not be dear. Null when there are none.
CREATE FUNCTION search_words(workspace uuid, words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    own CONSTANT text := '''' || search_workspace(workspace);
BEGIN
    RETURN (
        SELECT string_agg(own || left(word, 64) || ''':' || place, ' ')
        FROM unnest(string_to_array(search_line(left(words, 8192)), ' ')) WITH ORDINALITY AS w (word, place)
    );
END
$$;

-- What is asked for: all of the terms, a term of several words as a phrase; the last word of the last term may go on
-- when `goes_on`. Null when nothing of it is a word.
CREATE FUNCTION search_query(workspace uuid, terms text[], goes_on boolean) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT string_agg(phrase, ' & ' ORDER BY place)::tsquery
        FROM (
            SELECT place, '(' || string_agg(
                '''' || search_workspace(workspace) || left(word, 64) || ''''
                    || CASE WHEN goes_on AND place = cardinality(terms) AND w.last = w.n AND length(word) > 1 THEN ':*' ELSE '' END,
                ' <-> ' ORDER BY w.n) || ')' AS phrase
            FROM unnest(terms) WITH ORDINALITY AS t (term, place),
                 LATERAL (
                     SELECT word, n, max(n) OVER () AS last
                     FROM unnest(string_to_array(search_line(term), ' ')) WITH ORDINALITY AS s (word, n)
                 ) AS w
            GROUP BY place
        ) AS phrases
    );

-- A number as words: every end of it of three digits or more, so that the beginning of one of them is any part of it.
-- No word of anybody's can be one: `+` is no part of words.
CREATE FUNCTION search_number(workspace uuid, digits text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(SELECT search_workspace(workspace) || '+' || substr(digits, n) FROM generate_series(1, length(digits) - 2) AS n);


-- The words of messages that have any.
CREATE TABLE message_words (
    workspace_id uuid NOT NULL,
    message_id   uuid NOT NULL,
    -- The message's, so that words can be read in the order of their messages.
    at           timestamptz NOT NULL,
    words        tsvector NOT NULL,
    PRIMARY KEY (workspace_id, message_id),
    FOREIGN KEY (workspace_id, message_id) REFERENCES messages ON DELETE CASCADE
);
CREATE INDEX message_words_by_time ON message_words (workspace_id, at, message_id);
-- A short list of what is not sorted in yet: whoever searches walks through all of it.
CREATE INDEX message_words_words ON message_words USING gin (words) WITH (gin_pending_list_limit = 256);
-- Whoever writes a message writes its words.
CALL protect_tenant_table('message_words', 'SELECT, INSERT, UPDATE');

-- The same fields, in the same order, as core::search::text.
CREATE FUNCTION content_words(workspace uuid, content jsonb) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    words text := content ->> 'body';
BEGIN
    IF content ->> 'type' IS DISTINCT FROM 'text' THEN
        words := concat_ws(' ', words, content ->> 'caption', content ->> 'filename', content ->> 'name', content ->> 'address',
            content ->> 'title', content ->> 'note', content ->> 'emoji');
        IF jsonb_typeof(content -> 'names') = 'array' THEN
            words := words || ' ' || (SELECT coalesce(string_agg(name, ' '), '') FROM jsonb_array_elements_text(content -> 'names') AS name);
        END IF;
    END IF;
    RETURN search_words(workspace, words);
END
$$;

-- One statement for all messages of a statement. OFFSET: so that words are made once, not once more to see whether there
-- are any.
CREATE FUNCTION add_message_words() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO message_words (workspace_id, message_id, at, words)
    SELECT a.workspace_id, a.id, a.at, a.words
    FROM (SELECT workspace_id, id, at, content_words(workspace_id, content) AS words FROM added OFFSET 0) AS a
    WHERE a.words IS NOT NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER add_message_words AFTER INSERT ON messages
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION add_message_words();

CREATE FUNCTION change_message_words() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    -- Kept when there are none any more, so that nobody adds the former ones.
    INSERT INTO message_words (workspace_id, message_id, at, words)
    VALUES (NEW.workspace_id, NEW.id, NEW.at, coalesce(content_words(NEW.workspace_id, NEW.content), ''))
    ON CONFLICT (workspace_id, message_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END
$$;
CREATE TRIGGER change_message_words AFTER UPDATE OF content ON messages
    FOR EACH ROW WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION change_message_words();

-- Up to which message, from the last one backwards, those from before have their words. One row; none when all have.
CREATE TABLE words_backlog (
    one          boolean PRIMARY KEY DEFAULT true CHECK (one),
    workspace_id uuid NOT NULL,
    message_id   uuid NOT NULL
);
INSERT INTO words_backlog (workspace_id, message_id)
VALUES ('ffffffff-ffff-ffff-ffff-ffffffffffff', 'ffffffff-ffff-ffff-ffff-ffffffffffff');
GRANT SELECT, UPDATE, DELETE ON words_backlog TO charla_worker;


-- Null for contacts from before, until they have got theirs, too.
ALTER TABLE contacts ADD COLUMN words tsvector;

CREATE FUNCTION contact_words(workspace uuid, contact uuid, name text, username text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(search_words(workspace, concat_ws(' ', name, username)), '')
        || array_to_tsvector(ARRAY(
            SELECT unnest(search_number(workspace, i.value)) FROM identities i
            WHERE i.workspace_id = workspace AND i.contact_id = contact AND i.kind = 'phone'));

CREATE FUNCTION keep_contact_words() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := contact_words(NEW.workspace_id, NEW.id, NEW.name, NEW.username);
    RETURN NEW;
END
$$;
CREATE TRIGGER contact_words BEFORE INSERT OR UPDATE OF name, username ON contacts
    FOR EACH ROW EXECUTE FUNCTION keep_contact_words();

-- A number comes to a contact, or goes over to another one.
CREATE FUNCTION keep_number_words() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    UPDATE contacts SET words = contact_words(workspace_id, id, name, username)
    WHERE workspace_id = NEW.workspace_id AND id IN (NEW.contact_id, OLD.contact_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER number_words AFTER INSERT OR UPDATE OF contact_id ON identities
    FOR EACH ROW WHEN (NEW.kind = 'phone') EXECUTE FUNCTION keep_number_words();
CREATE INDEX contacts_words ON contacts USING gin (words) WITH (gin_pending_list_limit = 256);
CREATE INDEX contacts_without_words ON contacts (workspace_id, id) WHERE words IS NULL;


-- Messages of the transaction's workspace with these terms, before a place, newest first.
--
-- A word that is common is found soonest by going back in time, one that is rare by the index, and which of the two it is
-- in this workspace nobody knows: the statistics are about everybody's messages. So the newest few are looked at first.
-- What they do not fill they tell the price of: going back costs as many messages as lie between the hits, the index as
-- many as there are hits. Each statement is planned for its values (EXECUTE): a plan for any values goes back through
-- everything (260 to 540 times slower, measured).
CREATE FUNCTION search_messages(
    terms text[], goes_on boolean, within uuid, since timestamptz, until timestamptz, until_id uuid, wanted integer
) RETURNS TABLE (id uuid)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    workspace CONSTANT uuid := current_workspace();
    asked CONSTANT tsquery := search_query(workspace, terms, goes_on);
    sample CONSTANT integer := 200;
    -- How many messages are read one after the other while one is fetched from anywhere, about.
    in_a_row CONSTANT integer := 5;
    -- Served by message_words_by_time; ts_match_vq is `@@` by a name that no index answers to.
    newest CONSTANT text := '(SELECT message_id AS id, at, words FROM message_words
            WHERE workspace_id = $1 AND at BETWEEN $2 AND $3 AND (at, message_id) < ($3, $4)
            ORDER BY at DESC, message_id DESC LIMIT $6) AS m';
    seen integer;
    hits uuid[];
    found integer;
    plan json;
    all_of_them double precision;
BEGIN
    IF workspace IS NULL OR asked IS NULL THEN
        RETURN;
    END IF;
    IF within IS NOT NULL THEN
        -- Served by messages_of_conversation and the primary key of the words.
        RETURN QUERY EXECUTE 'SELECT m.id FROM messages m JOIN message_words w ON w.workspace_id = m.workspace_id AND w.message_id = m.id
                WHERE m.workspace_id = $1 AND m.conversation_id = $7 AND m.at BETWEEN $2 AND $3 AND (m.at, m.id) < ($3, $4)
                    AND ts_match_vq(w.words, $5)
                ORDER BY m.at DESC, m.id DESC LIMIT $6'
            USING workspace, since, until, until_id, asked, wanted, within;
        RETURN;
    END IF;
    EXECUTE 'SELECT count(*), array_agg(m.id) FILTER (WHERE ts_match_vq(m.words, $5)) FROM ' || newest
        INTO seen, hits USING workspace, since, until, until_id, asked, sample;
    found := coalesce(cardinality(hits), 0);
    IF seen < sample OR found >= wanted THEN
        RETURN QUERY SELECT h.id FROM unnest(hits[:wanted]) AS h (id);
        RETURN;
    END IF;
    IF found > 1 THEN
        EXECUTE 'EXPLAIN (FORMAT JSON) SELECT FROM message_words WHERE workspace_id = $1 AND at BETWEEN $2 AND $3'
            INTO plan USING workspace, since, until;
        all_of_them := (plan #>> '{0,Plan,Plan Rows}')::double precision;
        IF wanted * sample / found < in_a_row * all_of_them * found / sample THEN
            -- A word that only came up lately is not found by going on: there is an end to that, too.
            EXECUTE 'SELECT array_agg(w.id) FROM (SELECT m.id FROM ' || newest || ' WHERE ts_match_vq(m.words, $5) ORDER BY m.at DESC, m.id DESC LIMIT $7) AS w'
                INTO hits USING workspace, since, until, until_id, asked, 4 * wanted * sample / found, wanted;
            IF cardinality(hits) >= wanted THEN
                RETURN QUERY SELECT h.id FROM unnest(hits) AS h (id);
                RETURN;
            END IF;
        END IF;
    END IF;
    -- Served by message_words_words alone: OFFSET keeps the order out of the choice of the plan, IS NOT DISTINCT FROM the
    -- other indexes, which would be read for all messages of the workspace.
    RETURN QUERY EXECUTE 'SELECT m.id FROM (
                SELECT message_id AS id, at FROM message_words
                WHERE workspace_id IS NOT DISTINCT FROM $1 AND words @@ $5 AND at BETWEEN $2 AND $3 AND (at, message_id) < ($3, $4) OFFSET 0
            ) AS m ORDER BY m.at DESC, m.id DESC LIMIT $6'
        USING workspace, since, until, until_id, asked, wanted;
END
$$;

-- Contacts of the transaction's workspace, those first with whom there was contact last. Terms are met by the name and the
-- username; when `digits` are given, by any part of the number instead. Who may not see numbers must give none: what is
-- found would tell them.
CREATE FUNCTION search_contacts(terms text[], goes_on boolean, digits text[], wanted integer)
    RETURNS TABLE (id uuid)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    workspace CONSTANT uuid := current_workspace();
    numbers CONSTANT tsquery := (
        SELECT string_agg(quote_literal(search_workspace(workspace) || '+' || d) || ':*', ' | ')::tsquery
        FROM unnest(digits) AS d WHERE d ~ '^\d{3,20}$');
    words CONSTANT tsquery := search_query(workspace, terms, goes_on);
    asked CONSTANT tsquery := coalesce(words || numbers, words, numbers);
    candidates CONSTANT integer := 1000;
    found uuid[];
    lately uuid[];
BEGIN
    IF workspace IS NULL OR asked IS NULL THEN
        RETURN;
    END IF;
    -- Served by contacts_words.
    EXECUTE 'SELECT array_agg(c.id) FROM (
                SELECT id FROM (SELECT id FROM contacts WHERE workspace_id IS NOT DISTINCT FROM $1 AND words @@ $2 OFFSET 0) AS all_of_them
                ORDER BY id LIMIT $3
            ) AS c'
        INTO found USING workspace, asked, candidates;
    IF cardinality(found) = candidates THEN
        -- So many are called so that some of them wrote lately, most likely. Served by conversations_newest.
        EXECUTE 'SELECT array_agg(DISTINCT c.id) FROM (
                    SELECT contact_id FROM conversations WHERE workspace_id = $1 ORDER BY last_message_at DESC, id DESC LIMIT $3
                ) AS v JOIN contacts c ON c.workspace_id = $1 AND c.id = v.contact_id WHERE ts_match_vq(c.words, $2)'
            INTO lately USING workspace, asked, candidates;
        found := found[:wanted] || lately;
    END IF;
    -- Served by conversations_of_contact.
    RETURN QUERY EXECUTE 'SELECT f.id FROM (SELECT DISTINCT unnest($2) AS id) AS f LEFT JOIN LATERAL (
                SELECT max(v.last_message_at) AS at FROM conversations v WHERE v.workspace_id = $1 AND v.contact_id = f.id
            ) AS v ON true ORDER BY v.at DESC NULLS LAST, f.id LIMIT $3'
        USING workspace, found, wanted;
END
$$;

-- The functions run as a role that may read what they search and nothing else.
GRANT USAGE ON SCHEMA public TO charla_search;
GRANT SELECT (workspace_id, id, conversation_id, at) ON messages TO charla_search;
GRANT SELECT ON message_words TO charla_search;
GRANT SELECT (workspace_id, id, words) ON contacts TO charla_search;
GRANT SELECT (workspace_id, id, contact_id, last_message_at) ON conversations TO charla_search;
CREATE POLICY search ON messages FOR SELECT TO charla_search USING (true);
CREATE POLICY search ON message_words FOR SELECT TO charla_search USING (true);
CREATE POLICY search ON contacts FOR SELECT TO charla_search USING (true);
CREATE POLICY search ON conversations FOR SELECT TO charla_search USING (true);

-- Only for the change of hands: an owner must be allowed to make things in the schema.
GRANT CREATE ON SCHEMA public TO charla_search;
ALTER FUNCTION search_messages OWNER TO charla_search;
ALTER FUNCTION search_contacts OWNER TO charla_search;
REVOKE CREATE ON SCHEMA public FROM charla_search;
REVOKE ALL ON FUNCTION search_messages, search_contacts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_messages, search_contacts TO charla_app;
