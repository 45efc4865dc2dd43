-- name: get_meta
SELECT value FROM meta WHERE key = ?;

-- name: set_meta
INSERT INTO meta (key, value) VALUES (?, ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: unsubscribe_all
UPDATE feed SET position = NULL WHERE position IS NOT NULL;

-- name: subscribe
INSERT INTO feed (url, position, name, link, paused, hidden_feed, extra)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET
    position = excluded.position, name = excluded.name, link = excluded.link,
    paused = excluded.paused, hidden_feed = excluded.hidden_feed, extra = excluded.extra;

-- name: moving
SELECT id, url, move FROM feed WHERE position IS NOT NULL AND move != '{}' ORDER BY position;

-- name: place
SELECT id, position FROM feed WHERE url = ?;

-- name: rename
UPDATE feed SET url = ?, move = ? WHERE id = ?;

-- name: feeds
SELECT id, url, position, name, link, paused, hidden_feed, extra, info,
       etag, last_modified, validators_url, body_fingerprint,
       checked_at, succeeded_at, changed_at, retry_at, failing_since,
       failures, code, detail, status, entries, hidden, revision,
       fresh_seconds, hints, rhythm, rhythm_hours, next_at, next_reason, move, push, quarantine
FROM feed WHERE position IS NOT NULL ORDER BY position;

-- name: count
SELECT coalesce(sum(entries), 0) FROM feed WHERE position IS NOT NULL;

-- name: known
SELECT key, uid, fingerprint, policy, first_seen_at, shown_at, published, hidden, notes, position,
       hidden_until, ruling
FROM entry WHERE feed_id = ? AND key IN (SELECT value FROM json_each(?));

-- name: share_entries
SELECT 1 FROM (
    SELECT key FROM entry INDEXED BY entry_newest_of_feed
    WHERE hidden IS NULL AND feed_id = ?
    ORDER BY shown_at DESC, first_seen_at DESC, position LIMIT 50) AS newest
JOIN entry AS other ON other.feed_id = ? AND other.key = newest.key
LIMIT 1;

-- name: write_check
INSERT OR REPLACE INTO feed_check
    (feed_id, slot, at, code, detail, status, received, seconds, new, changed)
SELECT id, checks % 24, ?, ?, ?, ?, ?, ?, ?, ? FROM feed WHERE id = ?;

-- name: write_fetch
UPDATE feed SET
    etag = ?, last_modified = ?, validators_url = ?, body_fingerprint = ?,
    checked_at = ?, succeeded_at = ?, changed_at = ?, retry_at = ?, failing_since = ?,
    failures = ?, code = ?, detail = ?, status = ?, fresh_seconds = ?, hints = ?,
    rhythm = ?, rhythm_hours = ?, next_at = ?, next_reason = ?, move = ?, push = ?,
    checks = checks + 1
WHERE id = ?;

-- name: character
SELECT character FROM feed WHERE id = ?;

-- name: write_character
UPDATE feed SET character = ?, quarantine = ? WHERE id = ?;

-- name: learn_character
UPDATE feed SET character = ? WHERE id = ?;

-- name: begin_quarantine
UPDATE feed SET quarantine = ? WHERE id = ?;

-- name: newest_dates
SELECT id, (
    SELECT max(shown_at) FROM entry INDEXED BY entry_newest_of_feed
    WHERE hidden IS NULL AND feed_id = feed.id)
FROM feed WHERE position IS NOT NULL;

-- name: write_info
UPDATE feed SET info = ? WHERE id = ?;

-- name: present
SELECT key, id, hidden, shown_at FROM entry
WHERE feed_id = ? AND key IN (SELECT value FROM json_each(?));

-- name: last_entry
SELECT coalesce(max(id), 0) FROM entry;

-- name: add_entry
INSERT INTO entry
    (fingerprint, policy, shown_at, published, updated, hidden, hidden_until, notes, author_id,
     link, title, id, feed_id, key, uid, first_seen_at, position, ruling)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: add_text
INSERT INTO entry_text (title_html, summary, content, details, entry_id)
VALUES (?, ?, ?, ?, ?);

-- name: change_entry
UPDATE entry SET
    fingerprint = ?, policy = ?, shown_at = ?, published = ?, updated = ?,
    hidden = ?, hidden_until = ?, notes = ?, author_id = ?, link = ?, title = ?
WHERE id = ?;

-- name: amend_entry
UPDATE entry SET shown_at = ?, hidden = ?, hidden_until = ?, ruling = ?, notes = ?
WHERE feed_id = ? AND key = ?;

-- name: change_text
UPDATE entry_text SET title_html = ?, summary = ?, content = ?, details = ? WHERE entry_id = ?;

-- name: feed_counts
SELECT entries, hidden FROM feed WHERE id = ?;

-- name: write_counts
UPDATE feed SET entries = ?, hidden = ?, revision = ? WHERE id = ?;

-- name: newest
SELECT entry.uid, entry.feed_id, entry.key, fingerprint, policy, author_id, entry.link,
       entry.title, title_html, summary, content, published, updated, first_seen_at, shown_at,
       entry.position, details, entry.hidden, notes, hidden_until, ruling
FROM entry INDEXED BY entry_newest
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.hidden IS NULL AND entry.feed_id IN (
    SELECT id FROM feed WHERE position IS NOT NULL AND hidden_feed = 0)
ORDER BY shown_at DESC, entry.feed_id, first_seen_at DESC, entry.position;

-- name: newest_of_feed
SELECT uid, feed_id, key, fingerprint, policy, author_id, link,
       title, title_html, summary, content, published, updated, first_seen_at, shown_at,
       position, details, hidden, notes, hidden_until, ruling
FROM entry INDEXED BY entry_newest_of_feed
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE hidden IS NULL AND feed_id = ?
ORDER BY shown_at DESC, first_seen_at DESC, position;

-- name: checks
SELECT at, code, detail, status, received, seconds, new, changed
FROM feed_check WHERE feed_id = ? ORDER BY at DESC, slot DESC;

-- name: look_up
SELECT uid, feed_id, key, fingerprint, policy, author_id, link,
       title, title_html, summary, content, published, updated, first_seen_at, shown_at,
       position, details, hidden, notes, hidden_until, ruling
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE uid = :text OR link = :text OR author_id = :text
ORDER BY shown_at DESC LIMIT 20;

-- name: hidden_entries
SELECT uid, feed_id, key, fingerprint, policy, author_id, link,
       title, title_html, summary, content, published, updated, first_seen_at, shown_at,
       position, details, hidden, notes, hidden_until, ruling
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE hidden IS NOT NULL
ORDER BY shown_at DESC, feed_id, first_seen_at DESC, position;

-- name: hidden_of_feed
SELECT uid, feed_id, key, fingerprint, policy, author_id, link,
       title, title_html, summary, content, published, updated, first_seen_at, shown_at,
       position, details, hidden, notes, hidden_until, ruling
FROM entry INDEXED BY entry_hidden
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE hidden IS NOT NULL AND feed_id = ?
ORDER BY shown_at DESC;

-- name: waiting
SELECT uid, feed_id, key, fingerprint, policy, author_id, link,
       title, title_html, summary, content, published, updated, first_seen_at, shown_at,
       position, details, hidden, notes, hidden_until, ruling
FROM entry INDEXED BY entry_waiting
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE hidden_until <= ?
ORDER BY hidden_until, entry.id;

-- name: pings
SELECT hub, topic, fingerprint, owed_at, next_at, attempts, code, detail FROM ping ORDER BY topic;

-- name: forget_pings
DELETE FROM ping;

-- name: add_ping
INSERT INTO ping (hub, topic, fingerprint, owed_at, next_at, attempts, code, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: write_push
UPDATE feed SET push = ? WHERE id = ?;

-- name: hub_subscriptions
SELECT subscription FROM hub_subscription ORDER BY token;

-- name: forget_hub_subscriptions
DELETE FROM hub_subscription;

-- name: add_hub_subscription
INSERT INTO hub_subscription (token, subscription) VALUES (?, ?);

-- name: all_of_feed
SELECT uid, feed_id, key, fingerprint, policy, author_id, link,
       title, title_html, summary, content, published, updated, first_seen_at, shown_at,
       position, details, hidden, notes, hidden_until, ruling
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE feed_id = ?
ORDER BY shown_at DESC, first_seen_at DESC, position;

-- name: noted
SELECT uid, feed_id, key, fingerprint, policy, author_id, link,
       title, title_html, summary, content, published, updated, first_seen_at, shown_at,
       position, details, hidden, notes, hidden_until, ruling
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE instr(notes, ?) AND feed_id IN (SELECT feed.id FROM feed WHERE feed.position IS NOT NULL)
ORDER BY shown_at DESC, feed_id, first_seen_at DESC, entry.position;

-- name: topic_labels
SELECT key, on_topic FROM entry JOIN topic_label ON topic_label.entry_id = entry.id
WHERE feed_id = ? AND key IN (SELECT value FROM json_each(?));

-- name: write_topic_label
INSERT INTO topic_label (entry_id, on_topic, at)
SELECT id, ?, ? FROM entry WHERE feed_id = ? AND key = ?
ON CONFLICT (entry_id) DO UPDATE SET on_topic = excluded.on_topic, at = excluded.at;

-- name: forget_topic_label
DELETE FROM topic_label
WHERE entry_id = (SELECT id FROM entry WHERE feed_id = ? AND key = ?);

-- name: labelled
SELECT uid, feed_id, key, fingerprint, policy, author_id, link,
       title, title_html, summary, content, published, updated, first_seen_at, shown_at,
       position, details, hidden, notes, hidden_until, ruling,
       coalesce(on_topic, ruling = 'show')
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
LEFT JOIN topic_label ON topic_label.entry_id = entry.id
WHERE ruling != '' OR on_topic IS NOT NULL
ORDER BY shown_at DESC, feed_id, first_seen_at DESC, position;
