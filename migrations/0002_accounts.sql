-- People with a login. Not of any workspace: one person may be a member of several.
CREATE TABLE users (
    id            uuid PRIMARY KEY,
    email         text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    -- A PHC string (argon2id with its parameters and salt).
    password_hash text NOT NULL,
    created_at    timestamptz NOT NULL,
    UNIQUE (email)
);

-- Logged-in browsers. The cookie holds a random token; only its SHA-256 is here, so a stolen table logs nobody in.
CREATE TABLE sessions (
    id           uuid PRIMARY KEY,
    token_hash   bytea NOT NULL CHECK (length(token_hash) = 32),
    user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    user_agent   text NOT NULL CHECK (length(user_agent) <= 300),
    ip           text NOT NULL,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    -- The end that no use can move; the idle end is computed from last_seen_at.
    expires_at   timestamptz NOT NULL,
    UNIQUE (token_hash)
);
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Counters of failed attempts. The subject is a keyed hash of an address or an e-mail, so the table names nobody.
CREATE TABLE throttles (
    subject       bytea PRIMARY KEY CHECK (length(subject) = 32),
    failures      integer NOT NULL,
    blocked_until timestamptz,
    updated_at    timestamptz NOT NULL
);
CREATE INDEX throttles_by_age ON throttles (updated_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON users, sessions, throttles TO charla_app, charla_worker;
