-- What a feed usually is like (a `Character` as JSON), and why its new entries are held.
ALTER TABLE feed ADD COLUMN character TEXT NOT NULL DEFAULT '{}';
ALTER TABLE feed ADD COLUMN quarantine TEXT;

-- A planet that read a feed before has had its first run.
INSERT INTO meta (key, value)
SELECT 'settled', 1 WHERE EXISTS (SELECT 1 FROM feed WHERE succeeded_at IS NOT NULL);
