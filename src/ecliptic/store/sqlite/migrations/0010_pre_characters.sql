-- What a feed usually is like (a `Character` as JSON), and why its new entries are held.
ALTER TABLE feed ADD COLUMN character TEXT NOT NULL DEFAULT '{}';
ALTER TABLE feed ADD COLUMN quarantine TEXT;
