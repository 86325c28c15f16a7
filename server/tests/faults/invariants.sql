-- What must hold whatever failed (quality-gates B3). Each query returns the rows that break its invariant: none.
-- A title says when it holds: `always`, in every committed state, or `at rest`, when nothing waits or runs any more.

-- always: Meta's id stands for one message
SELECT external_id, count(*) FROM messages WHERE external_id IS NOT NULL GROUP BY external_id HAVING count(*) > 1;

-- always: what has arrived is what is stored, and unread is what nobody has looked at
SELECT c.id, c.arrived, c.read_through, c.unread, count(m.id) AS stored
FROM conversations c
LEFT JOIN messages m ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id AND m.direction = 'in'
GROUP BY c.workspace_id, c.id, c.arrived, c.read_through, c.unread
HAVING count(m.id) <> c.arrived OR c.unread <> c.arrived - c.read_through;

-- always: arrivals are numbered without gaps
SELECT conversation_id, count(*), min(arrival), max(arrival)
FROM messages WHERE direction = 'in'
GROUP BY workspace_id, conversation_id
HAVING min(arrival) <> 1 OR max(arrival) <> count(*);

-- always: a conversation stands where its last message does
SELECT c.id, c.last_message_at, m.at
FROM conversations c
JOIN LATERAL (SELECT max(at) AS at FROM messages m WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id) m ON true
WHERE m.at IS DISTINCT FROM c.last_message_at
   OR NOT EXISTS (SELECT FROM messages l WHERE l.workspace_id = c.workspace_id AND l.conversation_id = c.id
                  AND l.id = c.last_message_id AND l.at = c.last_message_at);

-- always: the list shows the state of the last message (that it is on the wire just now changes nothing there)
SELECT c.id, c.preview ->> 'state' AS shown, m.state
FROM conversations c
JOIN messages m ON m.workspace_id = c.workspace_id AND m.id = c.last_message_id
WHERE (c.preview ->> 'state' IS DISTINCT FROM m.state AND m.state IS DISTINCT FROM 'sending') OR c.preview ->> 'direction' <> m.direction;

-- always: the window is counted from the customer's last message
SELECT c.id, c.last_inbound_at, m.at
FROM conversations c
JOIN LATERAL (SELECT max(at) AS at FROM messages m
              WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id AND m.direction = 'in') m ON true
WHERE c.last_inbound_at > m.at OR (c.last_inbound_at IS NOT NULL AND m.at IS NULL);

-- always: a customer waits from the first of their messages that asks for an answer and is neither answered nor settled
SELECT c.id, c.waiting_since, m.at
FROM conversations c
LEFT JOIN LATERAL (
    -- An answer counts when it is written, whatever becomes of it: one that fails is marked in its thread, and sent again
    -- by a person. Resolving ends the wait; what was resolved when the customer wrote again is settled, and what is resolved
    -- now waits not. What came before an answer is told by arrival, since Meta's times are whole seconds and may come late.
    SELECT m.at FROM messages m
    WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id AND m.direction = 'in'
      AND m.content ->> 'type' NOT IN ('reaction', 'revoked', 'system')
      AND m.arrival > c.settled_through
      AND m.arrival > coalesce((SELECT max(o.arrival) FROM messages o
                                WHERE o.workspace_id = c.workspace_id AND o.conversation_id = c.id
                                  AND o.direction = 'out' AND o.author_kind = 'member'), 0)
    ORDER BY m.arrival LIMIT 1
) m ON true
WHERE c.waiting_since IS DISTINCT FROM CASE WHEN c.status <> 'resolved' THEN m.at END;

-- always: what sleeps has a time to wake, and nothing else has
SELECT id, status, snoozed_until FROM conversations WHERE (status = 'snoozed') <> (snoozed_until IS NOT NULL);

-- always: what is not open has an entry that says so
SELECT c.id, c.status FROM conversations c
WHERE c.status <> 'open'
  AND NOT EXISTS (SELECT FROM thread_entries e
                  WHERE e.workspace_id = c.workspace_id AND e.conversation_id = c.id
                    AND e.content ->> 'type' = 'status' AND e.content ->> 'status' = c.status);

-- always: an assignment is to a member
SELECT c.id, c.assignee_id FROM conversations c
WHERE c.assignee_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM members m WHERE m.workspace_id = c.workspace_id AND m.user_id = c.assignee_id);

-- always: an entry is announced once
SELECT happening ->> 'entry' AS entry, count(*) FROM events WHERE happening ->> 'kind' = 'entry_created'
GROUP BY workspace_id, happening ->> 'entry' HAVING count(*) > 1;

-- always: what Meta took has Meta's id
SELECT id, state FROM messages
WHERE direction = 'out' AND state IN ('accepted', 'sent', 'delivered', 'read', 'played') AND external_id IS NULL;

-- always: a message that waits or is being sent is in the outbox
SELECT m.id, m.state FROM messages m
WHERE m.state IN ('queued', 'sending')
  AND NOT EXISTS (SELECT FROM outbox o WHERE o.workspace_id = m.workspace_id AND o.message_id = m.id);

-- always: a message in the outbox that is not being tried is queued
SELECT m.id, m.state FROM outbox o JOIN messages m ON m.workspace_id = o.workspace_id AND m.id = o.message_id
WHERE o.fence IS NULL AND m.state <> 'queued';

-- always: the outbox is of the message's own conversation and channel
SELECT o.message_id FROM outbox o JOIN messages m ON m.workspace_id = o.workspace_id AND m.id = o.message_id
WHERE o.conversation_id <> m.conversation_id OR o.channel_id <> m.channel_id;

-- always: one message of a conversation is first in the outbox, the earliest
SELECT conversation_id, count(*) FILTER (WHERE first) AS firsts, min(sequence) AS earliest
FROM outbox GROUP BY workspace_id, conversation_id
HAVING count(*) FILTER (WHERE first) <> 1 OR min(sequence) FILTER (WHERE first) <> min(sequence);

-- always: one message of a conversation is tried at a time
SELECT conversation_id, count(*) FROM outbox WHERE fence IS NOT NULL
GROUP BY workspace_id, conversation_id HAVING count(*) > 1;

-- always: nobody tries with a fence that was never given out
SELECT o.message_id, o.fence, s.fence AS given FROM outbox o
LEFT JOIN senders s ON s.workspace_id = o.workspace_id AND s.channel_id = o.channel_id
WHERE o.fence IS NOT NULL AND (s.fence IS NULL OR o.fence > s.fence);

-- always: an attempt that runs is in the outbox, and the other way round
SELECT coalesce(a.message_id, o.message_id) AS message, a.number, o.fence
FROM (SELECT * FROM attempts WHERE outcome IS NULL) a
FULL JOIN (SELECT * FROM outbox WHERE fence IS NOT NULL) o ON o.workspace_id = a.workspace_id AND o.message_id = a.message_id
WHERE a.message_id IS NULL OR o.message_id IS NULL;

-- always: nothing is tried again after it was taken, or may have been
SELECT a.message_id, a.number, a.outcome, b.number AS again FROM attempts a
JOIN attempts b ON b.workspace_id = a.workspace_id AND b.message_id = a.message_id AND b.number > a.number
WHERE a.outcome IN ('accepted', 'unknown') OR a.outcome IS NULL;

-- always: attempts are numbered without gaps
SELECT message_id, count(*), max(number) FROM attempts
GROUP BY workspace_id, message_id HAVING max(number) <> count(*);

-- always: an attempt that has ended has an outcome
SELECT message_id, number, finished_at, outcome FROM attempts WHERE (finished_at IS NULL) <> (outcome IS NULL);

-- always: what an attempt says and what is shown agree
SELECT a.message_id, a.outcome, m.state FROM attempts a
JOIN messages m ON m.workspace_id = a.workspace_id AND m.id = a.message_id
WHERE (a.outcome = 'accepted' AND m.state IN ('queued', 'sending', 'unknown'))
   OR (a.outcome = 'unknown' AND m.state IN ('queued', 'sending'));

-- always: the recorder has the state that is shown
SELECT m.id, m.state FROM messages m
WHERE m.direction = 'out'
  AND NOT EXISTS (SELECT FROM message_events e WHERE e.workspace_id = m.workspace_id AND e.message_id = m.id AND e.state = m.state);

-- always: the recorder has every word of Meta's once
SELECT message_id, state, count(*) FROM message_events WHERE source = 'webhook'
GROUP BY workspace_id, message_id, state HAVING count(*) > 1;

-- always: a message is announced once
SELECT happening ->> 'message' AS message, count(*) FROM events WHERE happening ->> 'kind' = 'message_created'
GROUP BY workspace_id, happening ->> 'message' HAVING count(*) > 1;

-- always: a person has one contact per address
SELECT workspace_id, kind, value FROM identities GROUP BY workspace_id, kind, value HAVING count(DISTINCT contact_id) > 1;

-- always: messages are on the channel of their conversation
SELECT m.id FROM messages m
JOIN conversations c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
WHERE m.channel_id <> c.channel_id;

-- always: nothing refers to another workspace
SELECT 'message' AS what, m.id FROM messages m
LEFT JOIN conversations c ON c.id = m.conversation_id AND c.workspace_id = m.workspace_id WHERE c.id IS NULL
UNION ALL
SELECT 'recorder', e.message_id FROM message_events e
LEFT JOIN messages m ON m.id = e.message_id AND m.workspace_id = e.workspace_id WHERE m.id IS NULL
UNION ALL
SELECT 'attempt', a.message_id FROM attempts a
LEFT JOIN messages m ON m.id = a.message_id AND m.workspace_id = a.workspace_id WHERE m.id IS NULL
UNION ALL
SELECT 'sender', s.channel_id FROM senders s
LEFT JOIN channels c ON c.id = s.channel_id AND c.workspace_id = s.workspace_id WHERE c.id IS NULL
UNION ALL
SELECT 'route', r.channel_id FROM channel_routes r
LEFT JOIN channels c ON c.id = r.channel_id AND c.workspace_id = r.workspace_id AND c.phone_number_id = r.phone_number_id
WHERE c.id IS NULL;

-- always: every channel has a sender
SELECT c.id FROM channels c
WHERE NOT EXISTS (SELECT FROM senders s WHERE s.workspace_id = c.workspace_id AND s.channel_id = c.id);

-- always: a number that is stopped says why
SELECT channel_id FROM senders WHERE (stopped_at IS NULL) <> (stopped_code IS NULL) OR (stopped_at IS NULL) <> (stopped_reason IS NULL);

-- always: the audit chain is unbroken
SELECT a.workspace_id, a.number FROM (
    SELECT workspace_id, number, previous_hash,
           lag(hash) OVER chain AS before, row_number() OVER chain AS place
    FROM audit_entries WINDOW chain AS (PARTITION BY workspace_id ORDER BY number)
) a
WHERE a.number <> a.place OR a.previous_hash <> coalesce(a.before, decode(repeat('00', 32), 'hex'));

-- always: the audit chain ends where its head says
SELECT h.workspace_id, h.number FROM audit_heads h
LEFT JOIN audit_entries a ON a.workspace_id = h.workspace_id AND a.number = h.number AND a.hash = h.hash
WHERE a.number IS NULL
   OR h.number <> (SELECT max(number) FROM audit_entries b WHERE b.workspace_id = h.workspace_id);

-- at rest: nobody sleeps whose time has come
SELECT id, snoozed_until FROM conversations WHERE status = 'snoozed' AND snoozed_until < now() - interval '10 seconds';

-- at rest: no delivery waits
SELECT lane, sequence, delivery_id FROM waiting_deliveries;

-- at rest: the outbox is empty
SELECT message_id, tries, fence FROM outbox;

-- at rest: no attempt runs
SELECT message_id, number FROM attempts WHERE outcome IS NULL;

-- at rest: no status waits for a message that is there
SELECT e.external_id, e.status FROM early_statuses e
JOIN messages m ON m.workspace_id = e.workspace_id AND m.channel_id = e.channel_id AND m.external_id = e.external_id;

-- at rest: no job waits that is due, none has died
SELECT kind, state, tries, last_error FROM jobs WHERE state <> 'dead' AND run_at < now() OR state = 'dead';
