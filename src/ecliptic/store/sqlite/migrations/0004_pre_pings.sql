-- The outbox: what the planet's hub is to be told, one line for each of the planet's own feeds.
CREATE TABLE ping (
    topic       TEXT PRIMARY KEY,
    hub         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    owed_at     INTEGER NOT NULL,
    next_at     INTEGER,
    attempts    INTEGER NOT NULL,
    code        TEXT NOT NULL,
    detail      TEXT NOT NULL
) WITHOUT ROWID;
