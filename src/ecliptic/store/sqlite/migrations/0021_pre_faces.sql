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

-- The images of entries that we keep copies of, or could not get: an `ImageState` as JSON.
-- `shown_at` is when a page showed it last.
CREATE TABLE image (
    url      TEXT PRIMARY KEY,
    mark     TEXT REFERENCES picture (mark),
    shown_at INTEGER NOT NULL,
    state    TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX image_mark ON image (mark) WHERE mark IS NOT NULL;
