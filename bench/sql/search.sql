-- The other side of P12: messages and people looked up by one plan each, without weighing which is best; the gate tries
-- them and takes the best for each question. With their owner's rights, because under row-level security no index answers
-- to words (migration 0021); rows are read by search_messages.sql and search_people.sql as the role that requests have.
-- In plpgsql, which keeps plans; fences leave only one plan to choose, so it is the best however it is prepared.
CREATE SCHEMA baseline;
GRANT USAGE ON SCHEMA baseline TO charla_app;

-- Best for words that few messages have: message_words_words, then sorted.
CREATE FUNCTION baseline.messages_by_index(workspace uuid, asked tsquery) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 21 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT f.message_id FROM (
            SELECT w.message_id, w.at FROM message_words w WHERE w.workspace_id IS NOT DISTINCT FROM workspace AND w.words @@ asked OFFSET 0
        ) AS f ORDER BY f.at DESC, f.message_id DESC LIMIT 21;
END
$$;

-- Best for words that many have: back along message_words_by_time until the page is full.
CREATE FUNCTION baseline.messages_by_time(workspace uuid, asked tsquery) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 21 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT w.message_id FROM message_words w WHERE w.workspace_id = workspace AND ts_match_vq(w.words, asked)
        ORDER BY w.at DESC, w.message_id DESC LIMIT 21;
END
$$;

-- contacts_words, then by the last contact.
CREATE FUNCTION baseline.people(workspace uuid, asked tsquery) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 8 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT f.id FROM (
            SELECT c.id FROM contacts c WHERE c.workspace_id IS NOT DISTINCT FROM workspace AND c.words @@ asked OFFSET 0
        ) AS f LEFT JOIN LATERAL (
            SELECT max(v.last_message_at) AS at FROM conversations v WHERE v.workspace_id = workspace AND v.contact_id = f.id
        ) AS v ON true
        ORDER BY v.at DESC NULLS LAST, f.id LIMIT 8;
END
$$;
