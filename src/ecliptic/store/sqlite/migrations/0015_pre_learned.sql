-- What a feed is like is long, and changes with its entries alone: it leaves the row that is
-- written at every check.
CREATE TABLE feed_character (
    feed_id   INTEGER PRIMARY KEY REFERENCES feed (id),
    character TEXT NOT NULL
);
INSERT INTO feed_character (feed_id, character)
SELECT id, character FROM feed WHERE character != '{}';
ALTER TABLE feed DROP COLUMN character;
