-- When each feed is asked again, and from what that follows.
ALTER TABLE feed ADD COLUMN fresh_seconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN hints TEXT NOT NULL DEFAULT '{}';
ALTER TABLE feed ADD COLUMN rhythm BLOB NOT NULL DEFAULT x'';
ALTER TABLE feed ADD COLUMN rhythm_hours REAL NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN next_at INTEGER;
ALTER TABLE feed ADD COLUMN next_reason TEXT;
