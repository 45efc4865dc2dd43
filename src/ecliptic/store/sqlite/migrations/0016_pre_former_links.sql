-- The last links of an entry before the present one, by which copies of it may still call it.
CREATE TABLE entry_former_link (
    id       INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    link     TEXT NOT NULL,
    UNIQUE (entry_id, link)
);

CREATE INDEX entry_formerly_at ON entry_former_link (link);

CREATE TRIGGER entry_link_changed
AFTER UPDATE OF link ON entry WHEN old.link IS NOT new.link
BEGIN
    DELETE FROM entry_former_link WHERE entry_id = new.id AND link = new.link;
    INSERT OR IGNORE INTO entry_former_link (entry_id, link)
        SELECT new.id, old.link WHERE old.link != '';
    DELETE FROM entry_former_link WHERE id IN (
        SELECT id FROM entry_former_link WHERE entry_id = new.id ORDER BY id DESC LIMIT -1 OFFSET 4);
END;

-- What was known again by other keys says which link it had.
INSERT OR IGNORE INTO entry_former_link (entry_id, link)
SELECT entry_id, json_extract(reason, '$.params.link') AS was
FROM entry_alias JOIN entry ON entry.id = entry_id
WHERE was != '' AND was != link;
