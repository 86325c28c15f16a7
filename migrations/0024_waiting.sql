-- Resolving ends a wait. Of the customer's messages up to this arrival none is waited for any more: they had been resolved
-- when the customer wrote again.
ALTER TABLE conversations ADD COLUMN settled_through integer NOT NULL DEFAULT 0;

-- Since when a customer waits: the first of their messages that asks for an answer, came after our last one and is not
-- settled. Null when there is none. Served by messages_arrived and messages_of_conversation.
CREATE FUNCTION first_unanswered(workspace uuid, conversation uuid, settled integer) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT m.at FROM messages m
        WHERE m.workspace_id = workspace AND m.conversation_id = conversation AND m.direction = 'in'
          AND m.content ->> 'type' NOT IN ('reaction', 'revoked', 'system')
          -- Answers stand in the order they were written in, and know how many messages had arrived.
          AND m.arrival > greatest(settled, (
              SELECT o.arrival FROM messages o
              WHERE o.workspace_id = workspace AND o.conversation_id = conversation AND o.direction = 'out' AND o.author_kind = 'member'
              ORDER BY o.at DESC, o.id DESC LIMIT 1))
        ORDER BY m.arrival LIMIT 1);
