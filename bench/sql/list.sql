BEGIN;
SELECT set_config('charla.workspace', :workspace, true);
SELECT c.id, c.channel_id, ch.label, ch.active, c.contact_id, p.name, p.username,
       (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' LIMIT 1),
       c.unread, c.preview, c.last_message_at, c.last_inbound_at, s.stopped_at, s.stopped_code, s.stopped_reason,
       c.status, c.snoozed_until, c.waiting_since, c.assignee_id, u.name,
       ARRAY(SELECT l.label_id FROM conversation_labels l WHERE l.workspace_id = c.workspace_id AND l.conversation_id = c.id)
FROM conversations c
JOIN channels ch ON ch.workspace_id = c.workspace_id AND ch.id = c.channel_id
LEFT JOIN senders s ON s.workspace_id = c.workspace_id AND s.channel_id = c.channel_id
JOIN contacts p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id
LEFT JOIN users u ON u.id = c.assignee_id
WHERE c.workspace_id = :workspace
ORDER BY c.last_message_at DESC, c.id DESC LIMIT 51;
COMMIT;
