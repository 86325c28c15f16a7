-- The name that WhatsApp tells, while one that a member gave stands in its place. Null: the name is WhatsApp's.
ALTER TABLE contacts ADD COLUMN profile_name text CHECK (length(profile_name) <= 200);

-- A note that was deleted can be had back for a while; then it is swept away.
ALTER TABLE contact_notes ADD COLUMN deleted_at timestamptz;
CREATE INDEX contact_notes_deleted ON contact_notes (deleted_at) WHERE deleted_at IS NOT NULL;

-- What a contact was called, for their history.
CREATE INDEX audit_entries_of_renames ON audit_entries (workspace_id, target_id, at DESC) WHERE action = 'contact.rename';
