CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

-- A feed that is no longer subscribed keeps its row and entries; its position is NULL.
CREATE TABLE feed (
    id               INTEGER PRIMARY KEY,
    url              TEXT NOT NULL UNIQUE,
    position         INTEGER,
    name             TEXT NOT NULL DEFAULT '',
    link             TEXT NOT NULL DEFAULT '',
    paused           INTEGER NOT NULL DEFAULT 0,
    hidden_feed      INTEGER NOT NULL DEFAULT 0,
    extra            TEXT NOT NULL DEFAULT '{}',
    info             TEXT NOT NULL DEFAULT '{}',
    etag             TEXT NOT NULL DEFAULT '',
    last_modified    TEXT NOT NULL DEFAULT '',
    validators_url   TEXT NOT NULL DEFAULT '',
    body_fingerprint BLOB NOT NULL DEFAULT x'',
    checked_at       INTEGER,
    succeeded_at     INTEGER,
    changed_at       INTEGER,
    retry_at         INTEGER,
    failing_since    INTEGER,
    failures         INTEGER NOT NULL DEFAULT 0,
    code             TEXT NOT NULL DEFAULT '',
    detail           TEXT NOT NULL DEFAULT '',
    status           INTEGER NOT NULL DEFAULT 0,
    checks           INTEGER NOT NULL DEFAULT 0,
    entries          INTEGER NOT NULL DEFAULT 0,
    hidden           TEXT NOT NULL DEFAULT '{}',
    revision         INTEGER NOT NULL DEFAULT 0,
    fresh_seconds    INTEGER NOT NULL DEFAULT 0,
    hints            TEXT NOT NULL DEFAULT '{}',
    rhythm           BLOB NOT NULL DEFAULT x'',
    rhythm_hours     REAL NOT NULL DEFAULT 0,
    next_at          INTEGER,
    next_reason      TEXT,
    move             TEXT NOT NULL DEFAULT '{}',
    push             TEXT NOT NULL DEFAULT '{}',
    quarantine       TEXT,
    sieves           TEXT NOT NULL DEFAULT '',
    pipeline         TEXT NOT NULL DEFAULT ''
);

CREATE INDEX feed_subscribed ON feed (position) WHERE position IS NOT NULL;

-- Times are microseconds since 1970 in UTC. Rows are narrow, so that a search
-- through all of them stays quick; what pages show stands in entry_text. The revision
-- is the planet's when the entry was written last, or came to look different.
CREATE TABLE entry (
    id            INTEGER PRIMARY KEY,
    feed_id       INTEGER NOT NULL REFERENCES feed (id),
    key           TEXT NOT NULL,
    uid           TEXT NOT NULL,
    fingerprint   BLOB NOT NULL,
    policy        TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    shown_at      INTEGER NOT NULL,
    published     INTEGER,
    updated       INTEGER,
    position      INTEGER NOT NULL,
    hidden        TEXT,
    notes         TEXT NOT NULL,
    author_id     TEXT NOT NULL,
    link          TEXT NOT NULL,
    title         TEXT NOT NULL,
    hidden_until  INTEGER,
    ruling        TEXT NOT NULL DEFAULT '',
    revision      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (feed_id, key)
);

CREATE TABLE entry_text (
    entry_id   INTEGER PRIMARY KEY REFERENCES entry (id),
    title_html TEXT NOT NULL,
    summary    TEXT NOT NULL,
    content    TEXT NOT NULL,
    details    TEXT NOT NULL
);

CREATE INDEX entry_newest
    ON entry (shown_at DESC, feed_id, first_seen_at DESC, position) WHERE hidden IS NULL;

CREATE INDEX entry_newest_of_feed
    ON entry (feed_id, shown_at DESC, first_seen_at DESC, position) WHERE hidden IS NULL;

CREATE INDEX entry_hidden ON entry (feed_id, shown_at DESC) WHERE hidden IS NOT NULL;

CREATE INDEX entry_waiting ON entry (hidden_until) WHERE hidden_until IS NOT NULL;

CREATE INDEX entry_revised ON entry (revision);

CREATE INDEX entry_shown_by_hand ON entry (id) WHERE ruling = 'show';

-- A ring of the last checks of each feed: slot is the check's number modulo its size.
CREATE TABLE feed_check (
    feed_id  INTEGER NOT NULL REFERENCES feed (id),
    slot     INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    code     TEXT NOT NULL,
    detail   TEXT NOT NULL,
    status   INTEGER NOT NULL,
    received INTEGER NOT NULL,
    seconds  REAL NOT NULL,
    new      INTEGER NOT NULL,
    changed  INTEGER NOT NULL,
    why      TEXT NOT NULL DEFAULT '',
    next_at  INTEGER,
    PRIMARY KEY (feed_id, slot)
) WITHOUT ROWID;

-- The outbox: what the planet's hub is to be told, one line for each of the planet's own feeds.
CREATE TABLE ping (
    topic       TEXT PRIMARY KEY,
    hub         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    owed_at     INTEGER NOT NULL,
    next_at     INTEGER,
    attempts    INTEGER NOT NULL,
    code        TEXT NOT NULL,
    detail      TEXT NOT NULL
) WITHOUT ROWID;

-- What was asked of the hubs of feeds: a `HubSubscription` as JSON, with its secret.
CREATE TABLE hub_subscription (
    token        TEXT PRIMARY KEY,
    subscription TEXT NOT NULL
) WITHOUT ROWID;

-- Other keys of entries, with the evidence. No entry: the operator said that the key is none's.
CREATE TABLE entry_alias (
    feed_id   INTEGER NOT NULL REFERENCES feed (id),
    key       TEXT NOT NULL,
    entry_id  INTEGER REFERENCES entry (id),
    author_id TEXT NOT NULL,
    by_hand   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (feed_id, key)
) WITHOUT ROWID;

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

-- The last texts of an entry before the present one, each as it was shown until a time.
CREATE TABLE entry_revision (
    entry_id   INTEGER NOT NULL REFERENCES entry (id),
    until      INTEGER NOT NULL,
    title_html TEXT NOT NULL,
    summary    TEXT NOT NULL,
    content    TEXT NOT NULL,
    PRIMARY KEY (entry_id, until)
);

-- What the last whole document of a feed had: a `Memory` as JSON.
CREATE TABLE feed_memory (
    feed_id INTEGER PRIMARY KEY REFERENCES feed (id),
    memory  TEXT NOT NULL
);

-- What a feed usually is like: a `Character` as JSON.
CREATE TABLE feed_character (
    feed_id   INTEGER PRIMARY KEY REFERENCES feed (id),
    character TEXT NOT NULL
);

-- What the operator said of the topic of an entry: 1 is on topic, 0 is off.
CREATE TABLE topic_label (
    entry_id INTEGER PRIMARY KEY REFERENCES entry (id),
    on_topic INTEGER NOT NULL,
    at       INTEGER NOT NULL
);

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

-- What a page of one filter shows: the newest entries that it takes. All entries that stand at
-- `horizon` or later have been asked, as they stood at `revision`; `news` is of what is listed.
CREATE TABLE search (
    id         INTEGER PRIMARY KEY,
    asked      TEXT NOT NULL UNIQUE,
    condition  BLOB NOT NULL,
    horizon    INTEGER NOT NULL DEFAULT 0,
    revision   INTEGER NOT NULL DEFAULT 0,
    news       BLOB NOT NULL DEFAULT x'',
    changed_at INTEGER
);

CREATE TABLE search_entry (
    search_id INTEGER NOT NULL REFERENCES search (id),
    entry_id  INTEGER NOT NULL,
    PRIMARY KEY (search_id, entry_id)
) WITHOUT ROWID;

-- In which day of the planet's timezone an entry stands in the archive: 1 is the first of all.
CREATE TABLE archive_entry (
    entry_id INTEGER PRIMARY KEY,
    day      INTEGER NOT NULL
);

CREATE INDEX archive_entry_day ON archive_entry (day);

-- The days that have entries. The edition moves when a page of the day may look different.
CREATE TABLE archive_day (
    day        INTEGER PRIMARY KEY,
    entries    INTEGER NOT NULL,
    edition    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);

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

-- A tag, author or language by which entries can be browsed; the edition moves when one of its
-- pages may look different.
CREATE TABLE term (
    id         INTEGER PRIMARY KEY,
    taxonomy   TEXT NOT NULL,
    key        TEXT NOT NULL,
    name       TEXT NOT NULL,
    entries    INTEGER NOT NULL DEFAULT 0,
    edition    INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER NOT NULL DEFAULT 0,
    UNIQUE (taxonomy, key)
);

-- The entries that have it, by year of the planet's timezone and by time.
CREATE TABLE term_entry (
    term_id  INTEGER NOT NULL REFERENCES term (id),
    year     INTEGER NOT NULL,
    shown_at INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (term_id, year, shown_at, entry_id)
) WITHOUT ROWID;

CREATE INDEX term_of_entry ON term_entry (entry_id);

-- A year of a term has parts, from 1; the edition moves when the page of one may look different.
CREATE TABLE term_part (
    term_id    INTEGER NOT NULL REFERENCES term (id),
    year       INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    entries    INTEGER NOT NULL,
    edition    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (term_id, year, part)
) WITHOUT ROWID;
-- Pictures that the site serves itself, by a hash of their bytes: each once, whoever shows it.
CREATE TABLE picture (
    mark   TEXT PRIMARY KEY,
    kind   TEXT NOT NULL,
    width  INTEGER NOT NULL,
    height INTEGER NOT NULL,
    body   BLOB NOT NULL
);

-- The picture beside the name of a feed, if it has one, and how looking for it stands: a
-- `FaceState` as JSON.
CREATE TABLE face (
    feed_id INTEGER PRIMARY KEY REFERENCES feed (id),
    mark    TEXT REFERENCES picture (mark),
    state   TEXT NOT NULL
);

CREATE INDEX face_mark ON face (mark) WHERE mark IS NOT NULL;

-- The images of shown entries, where the site keeps copies: `mark` is that of the copy. Those
-- whose `next_at` has come are to be asked for; it is NULL where that is done, or in vain (`code`).
CREATE TABLE image (
    id      INTEGER PRIMARY KEY,
    url     TEXT NOT NULL UNIQUE,
    mark    TEXT REFERENCES picture (mark),
    next_at INTEGER,
    tries   INTEGER NOT NULL DEFAULT 0,
    code    TEXT NOT NULL DEFAULT ''
);

CREATE INDEX image_mark ON image (mark) WHERE mark IS NOT NULL;

CREATE INDEX image_waiting ON image (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE image_entry (
    image_id INTEGER NOT NULL REFERENCES image (id),
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (image_id, entry_id)
) WITHOUT ROWID;

CREATE INDEX image_entry_entry ON image_entry (entry_id);
