-- Search: the words of messages and contacts, an index over them, and the two functions that may use it.
--
-- Why functions: under row-level security the planner gives an index only conditions of leakproof operators, and `@@` is
-- none, so a search as charla_app would read every row of its workspace. The functions run as a role of their own that
-- may read these three tables, take the workspace from the transaction and never from an argument, and give ids only:
-- the rows are then read under row-level security as all others are.
--
-- Why a word for the workspace (`#` and the end of its id) in every list of words: the index then finds a word of this
-- workspace without walking through everybody else's messages with it.

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
    words := lower(normalize(words, NFKD));
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

-- A workspace as a word. No word of anybody's can be it: `#` is no part of words.
CREATE FUNCTION search_workspace(workspace uuid) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN '#' || right(workspace::text, 12);

-- The words of a text, parted by one blank each.
CREATE FUNCTION search_line(words text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    -- Runs of blanks become one: cheaper than by pattern.
    RETURN btrim(replace(replace(replace(search_fold(words), ' ', E'\x01\x02'), E'\x02\x01', ''), E'\x01\x02', ' '));
END
$$;

-- The words of a text in their places. Texts and words are cut where an index would end. Null when there are none.
CREATE FUNCTION search_words(words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN (
        SELECT string_agg('''' || left(word, 64) || ''':' || place, ' ')
        FROM unnest(string_to_array(search_line(left(words, 20000)), ' ')) WITH ORDINALITY AS w (word, place)
    );
END
$$;

-- What is asked for: all of the terms, a term of several words as a phrase; the last word of the last term may go on
-- when `goes_on`. Null when nothing of it is a word.
CREATE FUNCTION search_query(terms text[], goes_on boolean) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT string_agg(phrase, ' & ' ORDER BY place)::tsquery
        FROM (
            SELECT place, '(' || string_agg(
                '''' || left(word, 64) || ''''
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
-- `+` is no part of words either.
CREATE FUNCTION search_number(digits text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(SELECT '+' || substr(digits, n) FROM generate_series(1, length(digits) - 2) AS n);


ALTER TABLE messages ADD COLUMN words tsvector;

-- The same fields, in the same order, as core::search::text.
CREATE FUNCTION message_words(workspace uuid, content jsonb) RETURNS tsvector
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
    RETURN search_words(words) || quote_literal(search_workspace(workspace))::tsvector;
END
$$;

CREATE FUNCTION keep_message_words() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := message_words(NEW.workspace_id, NEW.content);
    RETURN NEW;
END
$$;
CREATE TRIGGER message_words BEFORE INSERT OR UPDATE OF content ON messages
    FOR EACH ROW EXECUTE FUNCTION keep_message_words();
UPDATE messages SET words = message_words(workspace_id, content);
-- A short list of what is not sorted in yet: whoever searches walks through all of it.
CREATE INDEX messages_words ON messages USING gin (words) WITH (gin_pending_list_limit = 256) WHERE words IS NOT NULL;


ALTER TABLE contacts ADD COLUMN words tsvector;

CREATE FUNCTION contact_words(workspace uuid, contact uuid, name text, username text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(search_words(concat_ws(' ', name, username)), '')
        || array_to_tsvector(ARRAY[search_workspace(workspace)] || ARRAY(
            SELECT unnest(search_number(i.value)) FROM identities i
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
UPDATE contacts SET words = contact_words(workspace_id, id, name, username);
CREATE INDEX contacts_words ON contacts USING gin (words) WITH (gin_pending_list_limit = 256);


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
    asked CONSTANT tsquery := search_query(terms, goes_on);
    sample CONSTANT integer := 200;
    -- How many messages are read one after the other while one is fetched from anywhere, about.
    in_a_row CONSTANT integer := 5;
    -- Served by messages_by_time; ts_match_vq is `@@` by a name that no index answers to.
    newest CONSTANT text := '(SELECT id, at, words FROM messages
            WHERE workspace_id = $1 AND at BETWEEN $2 AND $3 AND (at, id) < ($3, $4)
            ORDER BY at DESC, id DESC LIMIT $6) AS m';
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
        -- Served by messages_of_conversation.
        RETURN QUERY EXECUTE 'SELECT id FROM messages
                WHERE workspace_id = $1 AND conversation_id = $7 AND at BETWEEN $2 AND $3 AND (at, id) < ($3, $4) AND ts_match_vq(words, $5)
                ORDER BY at DESC, id DESC LIMIT $6'
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
        EXECUTE 'EXPLAIN (FORMAT JSON) SELECT FROM messages WHERE workspace_id = $1 AND at BETWEEN $2 AND $3'
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
    -- Served by messages_words alone: OFFSET keeps the order out of the choice of the plan, IS NOT DISTINCT FROM the other
    -- indexes, which would be read for all messages of the workspace.
    RETURN QUERY EXECUTE 'SELECT m.id FROM (
                SELECT id, at FROM messages WHERE workspace_id IS NOT DISTINCT FROM $1 AND words @@ $5 AND at BETWEEN $2 AND $3 AND (at, id) < ($3, $4) OFFSET 0
            ) AS m ORDER BY m.at DESC, m.id DESC LIMIT $6'
        USING workspace, since, until, until_id, quote_literal(search_workspace(workspace))::tsquery && asked, wanted;
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
    numbers CONSTANT tsquery := (SELECT string_agg(quote_literal('+' || d) || ':*', ' | ')::tsquery FROM unnest(digits) AS d WHERE d ~ '^\d{3,20}$');
    asked CONSTANT tsquery := coalesce(search_query(terms, goes_on) || numbers, search_query(terms, goes_on), numbers);
    candidates CONSTANT integer := 1000;
    found uuid[];
BEGIN
    IF workspace IS NULL OR asked IS NULL THEN
        RETURN;
    END IF;
    -- Served by contacts_words.
    EXECUTE 'SELECT array_agg(c.id) FROM (
                SELECT id FROM (SELECT id FROM contacts WHERE workspace_id IS NOT DISTINCT FROM $1 AND words @@ $2 OFFSET 0) AS all_of_them
                ORDER BY id LIMIT $3
            ) AS c'
        INTO found USING workspace, quote_literal(search_workspace(workspace))::tsquery && asked, candidates;
    IF cardinality(found) = candidates THEN
        -- So many are called so that some of them wrote lately. Served by conversations_newest.
        EXECUTE 'SELECT array_agg(DISTINCT c.id) FROM (
                    SELECT contact_id FROM conversations WHERE workspace_id = $1 ORDER BY last_message_at DESC, id DESC LIMIT $3
                ) AS v JOIN contacts c ON c.workspace_id = $1 AND c.id = v.contact_id WHERE ts_match_vq(c.words, $2)'
            INTO found USING workspace, asked, candidates;
    END IF;
    -- Served by conversations_of_contact.
    RETURN QUERY EXECUTE 'SELECT f.id FROM unnest($2) AS f (id) LEFT JOIN LATERAL (
                SELECT max(v.last_message_at) AS at FROM conversations v WHERE v.workspace_id = $1 AND v.contact_id = f.id
            ) AS v ON true ORDER BY v.at DESC NULLS LAST, f.id LIMIT $3'
        USING workspace, found, wanted;
END
$$;

-- The functions run as a role that may read what they search and nothing else.
GRANT USAGE ON SCHEMA public TO charla_search;
GRANT SELECT (workspace_id, id, conversation_id, at, words) ON messages TO charla_search;
GRANT SELECT (workspace_id, id, words) ON contacts TO charla_search;
GRANT SELECT (workspace_id, id, contact_id, last_message_at) ON conversations TO charla_search;
CREATE POLICY search ON messages FOR SELECT TO charla_search USING (true);
CREATE POLICY search ON contacts FOR SELECT TO charla_search USING (true);
CREATE POLICY search ON conversations FOR SELECT TO charla_search USING (true);

-- Only for the change of hands: an owner must be allowed to make things in the schema.
GRANT CREATE ON SCHEMA public TO charla_search;
ALTER FUNCTION search_messages OWNER TO charla_search;
ALTER FUNCTION search_contacts OWNER TO charla_search;
REVOKE CREATE ON SCHEMA public FROM charla_search;
REVOKE ALL ON FUNCTION search_messages, search_contacts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_messages, search_contacts TO charla_app;
