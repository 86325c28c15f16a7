-- Two roles, neither of which may log in by itself: the host's pools take them with SET ROLE after connecting.
--   charla_app     requests; row-level security shows it one workspace at a time
--   charla_worker  ingest, dispatch and other work that serves all workspaces
-- Roles belong to the cluster, not the database, and test databases are made side by side: hence the lock and the check.
DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('charla roles'));
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'charla_app') THEN
        CREATE ROLE charla_app NOLOGIN NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'charla_worker') THEN
        CREATE ROLE charla_worker NOLOGIN NOBYPASSRLS;
    END IF;
    EXECUTE format('GRANT charla_app, charla_worker TO %I', current_user);
END
$$;

GRANT USAGE ON SCHEMA public TO charla_app, charla_worker;

-- The workspace of the running transaction, or null. current_setting gives '' after a transaction-local value ended.
CREATE FUNCTION current_workspace() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('charla.workspace', true), '')::uuid;

-- The logged-in user of the running transaction, or null.
CREATE FUNCTION current_actor_user() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('charla.user_id', true), '')::uuid;

-- Puts a table of a workspace under the two roles: the app sees the current workspace's rows, the worker all.
CREATE PROCEDURE protect_tenant_table(target regclass, app_rights text)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY tenant ON %s TO charla_app USING (workspace_id = current_workspace()) WITH CHECK (workspace_id = current_workspace())', target);
    EXECUTE format('CREATE POLICY worker ON %s TO charla_worker USING (true) WITH CHECK (true)', target);
    EXECUTE format('GRANT %s ON %s TO charla_app', app_rights, target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO charla_worker', target);
END
$$;
