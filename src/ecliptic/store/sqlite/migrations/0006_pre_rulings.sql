-- When an entry's hiding ends by itself, and what the operator said of it by hand.
ALTER TABLE entry ADD COLUMN hidden_until INTEGER;
ALTER TABLE entry ADD COLUMN ruling TEXT NOT NULL DEFAULT '';

CREATE INDEX entry_hidden ON entry (feed_id, shown_at DESC) WHERE hidden IS NOT NULL;

CREATE INDEX entry_waiting ON entry (hidden_until) WHERE hidden_until IS NOT NULL;

-- A name that no other state has: its revisions are not those of a state before it.
INSERT INTO meta (key, value) VALUES ('birth', lower(hex(randomblob(8))));
