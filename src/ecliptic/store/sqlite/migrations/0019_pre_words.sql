-- The published index of words: entries go by the number of their row.
CREATE TABLE word_segment (
    first INTEGER PRIMARY KEY,
    last  INTEGER NOT NULL,
    built INTEGER NOT NULL
);

-- Entries that stand otherwise than in their segment.
CREATE TABLE word_late (
    entry_id INTEGER PRIMARY KEY
);

-- At which edition of the index one of 32 entries changed.
CREATE TABLE word_block (
    block   INTEGER PRIMARY KEY,
    edition INTEGER NOT NULL
);
