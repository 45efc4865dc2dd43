-- Whether a feed's hub sends us what is new (a `Push` as JSON), and what was asked of hubs.
ALTER TABLE feed ADD COLUMN push TEXT NOT NULL DEFAULT '{}';

CREATE TABLE hub_subscription (
    token        TEXT PRIMARY KEY,
    subscription TEXT NOT NULL
) WITHOUT ROWID;
