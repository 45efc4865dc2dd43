-- What the operator said of the topic of an entry: 1 is on topic, 0 is off.
CREATE TABLE topic_label (
    entry_id INTEGER PRIMARY KEY REFERENCES entry (id),
    on_topic INTEGER NOT NULL,
    at       INTEGER NOT NULL
);
