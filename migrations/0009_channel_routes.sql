-- Numbers are connected by people now, under row-level security: the app may add routes to its own workspace. That a number
-- is somebody else's shows only as a conflict of the primary key.
CALL protect_tenant_table('channel_routes', 'SELECT, INSERT');
