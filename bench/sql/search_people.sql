BEGIN;
SELECT set_config('charla.workspace', :workspace, true);
SELECT p.id, p.name, p.username,
       (SELECT i.value FROM identities i WHERE i.workspace_id = p.workspace_id AND i.contact_id = p.id AND i.kind = 'phone' LIMIT 1),
       c.id, ch.label, c.last_message_at
FROM baseline.FUNCTION(:workspace, :asked) WITH ORDINALITY AS f (id, place)
JOIN contacts p ON p.workspace_id = :workspace AND p.id = f.id
LEFT JOIN conversations c ON c.workspace_id = p.workspace_id AND c.contact_id = p.id
LEFT JOIN channels ch ON ch.workspace_id = c.workspace_id AND ch.id = c.channel_id
ORDER BY f.place, c.last_message_at DESC, c.id LIMIT 8;
COMMIT;
