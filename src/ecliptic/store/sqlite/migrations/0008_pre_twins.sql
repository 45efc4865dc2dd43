-- Hashes of links, ids and texts, by which entries of the last year find their copies.
CREATE TABLE twin_key (
    key      INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (key, entry_id)
) WITHOUT ROWID;

-- The entries that are hidden because another one, a copy of them, is shown.
CREATE TABLE twin_fold (
    entry_id INTEGER PRIMARY KEY,
    into_id  INTEGER NOT NULL
);

CREATE INDEX twin_fold_into ON twin_fold (into_id);

-- The entries that stand otherwise than when copies were looked for; new ones have higher ids.
CREATE TABLE twin_todo (
    entry_id INTEGER PRIMARY KEY
);

CREATE TRIGGER twin_entry_changed
AFTER UPDATE OF fingerprint, hidden, ruling, feed_id ON entry
WHEN old.fingerprint IS NOT new.fingerprint OR old.hidden IS NOT new.hidden
    OR old.ruling IS NOT new.ruling OR old.feed_id IS NOT new.feed_id
BEGIN
    INSERT OR IGNORE INTO twin_todo (entry_id) VALUES (new.id);
END;

CREATE TRIGGER twin_entry_gone AFTER DELETE ON entry
BEGIN
    INSERT OR IGNORE INTO twin_todo (entry_id)
        SELECT entry_id FROM twin_fold WHERE into_id = old.id;
    DELETE FROM twin_fold WHERE entry_id = old.id OR into_id = old.id;
    DELETE FROM twin_todo WHERE entry_id = old.id;
END;
