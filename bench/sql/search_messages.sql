BEGIN;
SELECT set_config('charla.workspace', :workspace, true);
SELECT m.id, m.conversation_id, m.direction, m.author_kind, m.author_user_id, u.name, m.content, m.at, c.contact_id, p.name, p.username,
       (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' LIMIT 1)
FROM baseline.FUNCTION(:workspace, :asked) AS f (id)
JOIN messages m ON m.workspace_id = :workspace AND m.id = f.id
JOIN conversations c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
JOIN contacts p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id
LEFT JOIN users u ON u.id = m.author_user_id
ORDER BY m.at DESC, m.id DESC;
COMMIT;
