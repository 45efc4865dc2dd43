-- Why a check was made, and when the next one was to be.
ALTER TABLE feed_check ADD COLUMN why TEXT NOT NULL DEFAULT '';
ALTER TABLE feed_check ADD COLUMN next_at INTEGER;
