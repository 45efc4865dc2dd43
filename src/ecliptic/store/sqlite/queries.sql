-- columns: entry
entry.uid, entry.feed_id, entry.key, entry.fingerprint, entry.policy, entry.author_id,
entry.link, entry.title, title_html, summary, content, entry.published, entry.updated,
entry.first_seen_at, entry.shown_at, entry.position, details, entry.hidden, entry.notes,
entry.hidden_until, entry.ruling

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
SELECT feed.id, url, position, name, link, paused, hidden_feed, extra, info,
       etag, last_modified, validators_url, body_fingerprint,
       checked_at, succeeded_at, changed_at, retry_at, failing_since,
       failures, code, detail, status, entries, hidden, revision,
       fresh_seconds, hints, rhythm, rhythm_hours, next_at, next_reason, move, push, sieves,
       quarantine, pipeline, picture.mark, picture.kind, picture.width, picture.height
FROM feed LEFT JOIN face ON face.feed_id = feed.id LEFT JOIN picture ON picture.mark = face.mark
WHERE position IS NOT NULL ORDER BY position;

-- name: count
SELECT coalesce(sum(entries), 0) FROM feed WHERE position IS NOT NULL;

-- name: known
SELECT key, uid, fingerprint, policy, first_seen_at, shown_at, published, hidden, notes, position,
       hidden_until, ruling
FROM entry WHERE feed_id = ? AND key IN (SELECT value FROM json_each(?));

-- name: has_aliases
SELECT EXISTS (SELECT 1 FROM entry_alias WHERE feed_id = ?);

-- name: known_aliases
SELECT alias.key, by_hand, entry.key, uid, fingerprint, policy, first_seen_at, shown_at, published,
       hidden, notes, position, hidden_until, ruling
FROM entry_alias AS alias JOIN entry ON entry.id = alias.entry_id
WHERE alias.feed_id = ? AND alias.key IN (SELECT value FROM json_each(?));

-- name: apart
SELECT key FROM entry_alias
WHERE feed_id = ? AND entry_id IS NULL AND key IN (SELECT value FROM json_each(?));

-- name: relatives
SELECT key, author_id, link, title, published FROM entry
WHERE id IN (
    SELECT * FROM (
        SELECT id FROM entry INDEXED BY entry_newest_of_feed
        WHERE hidden IS NULL AND feed_id = :feed_id
        ORDER BY shown_at DESC, first_seen_at DESC, position LIMIT :limit)
    UNION
    SELECT * FROM (
        SELECT id FROM entry
        WHERE feed_id = :feed_id AND (SELECT hidden FROM feed WHERE id = :feed_id) != '{}'
        ORDER BY id DESC LIMIT :limit)
    UNION
    SELECT id FROM entry
    WHERE feed_id = :feed_id AND key IN (SELECT value FROM json_each(:recent)))
ORDER BY id;

-- name: openings
SELECT key, substr(CASE content WHEN '' THEN summary ELSE content END, 1, ?)
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE feed_id = ? AND key IN (SELECT value FROM json_each(?));

-- name: memory
SELECT memory FROM feed_memory WHERE feed_id = ?;

-- name: write_memory
INSERT INTO feed_memory (feed_id, memory) VALUES (?, ?)
ON CONFLICT (feed_id) DO UPDATE SET memory = excluded.memory;

-- name: add_alias
INSERT OR REPLACE INTO entry_alias (feed_id, key, entry_id, author_id, by_hand, at, reason)
SELECT feed_id, ?, id, ?, ?, ?, ? FROM entry WHERE feed_id = ? AND key = ?;

-- name: add_stranger
INSERT OR REPLACE INTO entry_alias (feed_id, key, entry_id, author_id, by_hand, at, reason)
VALUES (?, ?, NULL, ?, ?, ?, ?);

-- name: drop_alias
DELETE FROM entry_alias WHERE feed_id = ? AND key = ?;

-- name: drop_old_aliases
DELETE FROM entry_alias WHERE feed_id = :feed_id AND key IN (
    SELECT key FROM entry_alias WHERE feed_id = :feed_id AND NOT by_hand
    ORDER BY at DESC LIMIT -1 OFFSET :most);

-- name: aliases_of
SELECT alias.key, entry.key, alias.reason, alias.author_id, by_hand
FROM entry_alias AS alias JOIN entry ON entry.id = alias.entry_id
WHERE alias.feed_id = ? AND entry.key = ? ORDER BY alias.at, alias.key;

-- name: add_revision
INSERT OR IGNORE INTO entry_revision (entry_id, until, title_html, summary, content)
SELECT entry.id, :until, entry_text.title_html, entry_text.summary, entry_text.content
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.id = :entry_id AND fingerprint != :fingerprint
  AND (entry_text.title_html != :title OR entry_text.summary != :summary
       OR entry_text.content != :content);

-- name: drop_old_revisions
DELETE FROM entry_revision WHERE entry_id = :entry_id AND until NOT IN (
    SELECT until FROM entry_revision WHERE entry_id = :entry_id ORDER BY until DESC LIMIT :most);

-- name: revisions
SELECT until, title_html, summary, content FROM entry_revision
WHERE entry_id = (SELECT id FROM entry WHERE feed_id = ? AND key = ?) ORDER BY until DESC;

-- name: share_entries
SELECT 1 FROM (
    SELECT key FROM entry INDEXED BY entry_newest_of_feed
    WHERE hidden IS NULL AND feed_id = ?
    ORDER BY shown_at DESC, first_seen_at DESC, position LIMIT 50) AS newest
JOIN entry AS other ON other.feed_id = ? AND other.key = newest.key
UNION ALL
SELECT 1 FROM twin_fold
JOIN entry AS copy ON copy.id = twin_fold.entry_id
JOIN entry AS shown ON shown.id = twin_fold.into_id
WHERE copy.key = shown.key AND copy.feed_id = ? AND shown.feed_id = ?
LIMIT 1;

-- name: write_check
INSERT OR REPLACE INTO feed_check
    (feed_id, slot, at, code, detail, status, received, seconds, new, changed, why, next_at)
SELECT id, checks % 24, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM feed WHERE id = ?;

-- name: write_fetch
UPDATE feed SET
    etag = ?, last_modified = ?, validators_url = ?, body_fingerprint = ?,
    checked_at = ?, succeeded_at = ?, changed_at = ?, retry_at = ?, failing_since = ?,
    failures = ?, code = ?, detail = ?, status = ?, fresh_seconds = ?, hints = ?,
    rhythm = ?, rhythm_hours = ?, next_at = ?, next_reason = ?, move = ?, push = ?,
    checks = checks + 1
WHERE id = ?;

-- name: character
SELECT character FROM feed_character WHERE feed_id = ?;

-- name: write_character
INSERT INTO feed_character (feed_id, character) VALUES (?, ?)
ON CONFLICT (feed_id) DO UPDATE SET character = excluded.character;

-- name: write_quarantine
UPDATE feed SET quarantine = ? WHERE id = ?;

-- name: newest_dates
SELECT id, (
    SELECT max(shown_at) FROM entry INDEXED BY entry_newest_of_feed
    WHERE hidden IS NULL AND feed_id = feed.id)
FROM feed WHERE position IS NOT NULL;

-- name: write_pipeline
UPDATE feed SET pipeline = ? WHERE id = ?;

-- name: write_info
UPDATE feed SET info = :info WHERE id = :feed_id;

-- name: named_otherwise
-- Where a feed is named by its copies, if it has another name or link than is stored.
SELECT DISTINCT head.feed_id FROM feed
JOIN entry AS copy ON copy.feed_id = feed.id AND copy.hidden IS NOT NULL
JOIN twin_fold ON twin_fold.entry_id = copy.id
JOIN entry AS head ON head.id = twin_fold.into_id
WHERE feed.id = :feed_id AND (
    json_extract(feed.info, '$.title') IS NOT json_extract(:info, '$.title')
    OR json_extract(feed.info, '$.link') IS NOT json_extract(:info, '$.link'));

-- name: present
SELECT key, id, hidden, shown_at FROM entry
WHERE feed_id = ? AND key IN (SELECT value FROM json_each(?));

-- name: last_entry
SELECT coalesce(max(id), 0) FROM entry;

-- name: add_entry
INSERT INTO entry
    (fingerprint, policy, shown_at, published, updated, hidden, hidden_until, notes, link, title,
     revision, id, author_id, feed_id, key, uid, first_seen_at, position, ruling)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: add_text
INSERT INTO entry_text (title_html, summary, content, details, entry_id)
VALUES (?, ?, ?, ?, ?);

-- name: change_entry
UPDATE entry SET
    fingerprint = ?, policy = ?, shown_at = ?, published = ?, updated = ?,
    hidden = ?, hidden_until = ?, notes = ?, link = ?, title = ?, revision = ?
WHERE id = ?;

-- name: amend_entry
UPDATE entry SET shown_at = ?, hidden = ?, hidden_until = ?, ruling = ?, notes = ?, revision = ?
WHERE feed_id = ? AND key = ?;

-- name: change_text
UPDATE entry_text SET title_html = ?, summary = ?, content = ?, details = ? WHERE entry_id = ?;

-- name: feed_counts
SELECT entries, hidden FROM feed WHERE id = ?;

-- name: write_counts
UPDATE feed SET entries = ?, hidden = ?, revision = ? WHERE id = ?;

-- name: newest
SELECT {entry} FROM entry INDEXED BY entry_newest
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.hidden IS NULL AND entry.feed_id IN (
    SELECT id FROM feed WHERE position IS NOT NULL AND hidden_feed = 0)
ORDER BY shown_at DESC, entry.feed_id, first_seen_at DESC, entry.position;

-- name: newest_of_feed
SELECT {entry} FROM entry INDEXED BY entry_newest_of_feed
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE hidden IS NULL AND feed_id = ?
ORDER BY shown_at DESC, first_seen_at DESC, position;

-- name: find
SELECT {entry} FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.feed_id IN (SELECT id FROM feed WHERE position IS NOT NULL) AND 1 /* condition */
ORDER BY shown_at DESC, entry.feed_id, first_seen_at DESC, entry.position;

-- name: find_of_feed
SELECT {entry} FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE 1 /* condition */ AND feed_id = ?
ORDER BY shown_at DESC, first_seen_at DESC, position;

-- name: find_shown
SELECT {entry} FROM entry INDEXED BY entry_newest
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.hidden IS NULL AND entry.feed_id IN (
    SELECT id FROM feed WHERE position IS NOT NULL AND hidden_feed = 0) AND 1 /* condition */
ORDER BY shown_at DESC, entry.feed_id, first_seen_at DESC, entry.position;

-- name: find_shown_of_feed
SELECT {entry} FROM entry INDEXED BY entry_newest_of_feed
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE 1 /* condition */ AND hidden IS NULL AND feed_id = ?
ORDER BY shown_at DESC, first_seen_at DESC, position;

-- name: sift
SELECT entry.uid, entry.title, entry.link, entry.feed_id, entry.key, shown_at, entry.hidden,
       hidden_until, ruling, notes, 1 /* condition */
FROM entry LEFT JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.feed_id = ?;

-- name: write_sieves
UPDATE feed SET sieves = ? WHERE id = ?;

-- name: forget_sieves
UPDATE feed SET sieves = '' WHERE id = ? AND sieves != '';

-- name: checks
SELECT at, feed_check.code, detail, status, received, seconds, new, changed, why, next_at
FROM feed_check WHERE feed_id = ? ORDER BY at DESC, slot DESC;

-- name: last_checks
-- The newest lines of all ledgers: the check of number n stands in slot n % 24.
SELECT at, feed_check.code, feed_check.detail, feed_check.status, received, seconds,
       new, changed, why, feed_check.next_at, feed_id
FROM feed INDEXED BY feed_subscribed CROSS JOIN feed_check ON feed_id = feed.id
    AND slot IN ((checks + 23) % 24, (checks + 22) % 24, (checks + 21) % 24)
WHERE position IS NOT NULL;

-- name: look_up
SELECT {entry} FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE uid = :text OR link = :text OR author_id = :text
   OR entry.id IN (SELECT entry_alias.entry_id FROM entry_alias WHERE entry_alias.author_id = :text)
   OR entry.id IN (SELECT former.entry_id FROM entry_former_link AS former WHERE former.link = :text)
ORDER BY shown_at DESC LIMIT 20;

-- name: hidden_entries
SELECT {entry} FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE hidden IS NOT NULL
ORDER BY shown_at DESC, feed_id, first_seen_at DESC, position;

-- name: hidden_of_feed
SELECT {entry} FROM entry INDEXED BY entry_hidden
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE hidden IS NOT NULL AND feed_id = ?
ORDER BY shown_at DESC;

-- name: waiting
SELECT {entry} FROM entry INDEXED BY entry_waiting
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
SELECT {entry} FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE feed_id = ?
ORDER BY shown_at DESC, first_seen_at DESC, position;

-- name: noted
SELECT {entry} FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE instr(notes, ?) AND feed_id IN (SELECT feed.id FROM feed WHERE feed.position IS NOT NULL)
ORDER BY shown_at DESC, feed_id, first_seen_at DESC, entry.position;

-- name: opined
SELECT {entry} FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE feed_id = ? AND (instr(notes, '"code":"decide.topic') OR instr(notes, '"code":"decide.off_topic"'));

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
SELECT {entry}, coalesce(on_topic, ruling = 'show')
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
LEFT JOIN topic_label ON topic_label.entry_id = entry.id
WHERE ruling != '' OR on_topic IS NOT NULL
ORDER BY shown_at DESC, feed_id, first_seen_at DESC, position;

-- name: twin_last
SELECT coalesce((SELECT max(id) FROM entry), 0), EXISTS (SELECT 1 FROM twin_todo);

-- name: twin_forget_keys
DELETE FROM twin_key;

-- name: twin_fresh_table
CREATE TEMP TABLE IF NOT EXISTS twin_fresh (key INTEGER, entry_id INTEGER NOT NULL);

-- name: twin_forget_fresh
DELETE FROM temp.twin_fresh;

-- name: twin_fresh_links
INSERT INTO temp.twin_fresh (key, entry_id)
SELECT twin_link(link), id FROM entry
WHERE (id > :last OR id IN (SELECT entry_id FROM twin_todo)) AND link != ''
UNION ALL
SELECT twin_link(link), entry_id FROM entry_former_link
WHERE entry_id > :last OR entry_id IN (SELECT entry_id FROM twin_todo);

-- name: twin_fresh_ids
INSERT INTO temp.twin_fresh (key, entry_id)
SELECT twin_id(author_id), id FROM entry
WHERE (id > :last OR id IN (SELECT entry_id FROM twin_todo))
    AND author_id != '' AND author_id != link;

-- name: twin_fresh_texts
SELECT id, title, CASE WHEN content = '' THEN summary ELSE content END
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE (id > :last OR id IN (SELECT entry_id FROM twin_todo)) AND shown_at >= :since;

-- name: twin_add_fresh
INSERT INTO temp.twin_fresh (key, entry_id) VALUES (?, ?);

-- name: twin_add_keys
INSERT OR IGNORE INTO twin_key (key, entry_id)
SELECT key, entry_id FROM temp.twin_fresh WHERE key IS NOT NULL ORDER BY key, entry_id;

-- name: twin_suspects
SELECT DISTINCT entry_id FROM temp.twin_fresh AS fresh
WHERE EXISTS (
    SELECT 1 FROM twin_key AS other
    WHERE other.key = fresh.key AND other.entry_id != fresh.entry_id);

-- name: twin_todo
SELECT todo.entry_id FROM twin_todo AS todo JOIN entry ON entry.id = todo.entry_id
WHERE entry.ruling = 'show' OR instr(coalesce(entry.hidden, ''), '"decide.duplicate"')
    OR EXISTS (SELECT 1 FROM twin_fold AS fold WHERE fold.entry_id = todo.entry_id)
    OR EXISTS (SELECT 1 FROM twin_fold AS fold WHERE fold.into_id = todo.entry_id);

-- name: twin_feeds_todo
SELECT feed_id FROM entry WHERE id > ?
UNION SELECT feed_id FROM entry WHERE id IN (SELECT entry_id FROM twin_todo);

-- name: twin_folded
SELECT entry_id FROM twin_fold UNION SELECT into_id FROM twin_fold;

-- name: twin_folded_into
SELECT into_id FROM twin_fold WHERE entry_id IN (SELECT value FROM json_each(?));

-- name: twin_folded_in
SELECT entry_id FROM twin_fold WHERE into_id IN (SELECT value FROM json_each(?));

-- name: twin_sharing
SELECT asked.value, (
    SELECT json_group_array(entry_id) FROM (
        SELECT entry_id FROM twin_key WHERE key = asked.value LIMIT ?))
FROM json_each(?) AS asked;

-- name: twin_copies
SELECT entry.id, uid, author_id, entry.link, title, published, first_seen_at,
       CASE WHEN instr(details, '"source":') THEN details ELSE '{}' END,
       (SELECT json_group_array(former.link) FROM entry_former_link AS former
        WHERE former.entry_id = entry.id),
       coalesce(into_id, 0), feed_id, entry.key, shown_at, hidden, hidden_until, ruling, notes
FROM json_each(?) AS asked
JOIN entry ON entry.id = asked.value
JOIN entry_text ON entry_text.entry_id = entry.id
LEFT JOIN twin_fold ON twin_fold.entry_id = entry.id;

-- name: twin_text
SELECT CASE WHEN content = '' THEN summary ELSE content END
FROM entry_text WHERE entry_id = ?;

-- name: twin_links
SELECT link FROM entry WHERE feed_id = ? ORDER BY key LIMIT 50;

-- name: twin_unfold
DELETE FROM twin_fold WHERE entry_id IN (SELECT value FROM json_each(?)) RETURNING into_id;

-- name: twin_fold
INSERT INTO twin_fold (entry_id, into_id) VALUES (?, ?);

-- name: twin_shown_feeds
SELECT DISTINCT feed_id FROM entry WHERE id IN (SELECT value FROM json_each(?));

-- name: write_revision
UPDATE feed SET revision = ? WHERE id = ?;

-- name: revise_entries
UPDATE entry SET revision = ? WHERE id IN (SELECT value FROM json_each(?));

-- name: revise_folded_into
UPDATE entry SET revision = (SELECT value FROM meta WHERE key = 'revision')
WHERE id IN (SELECT into_id FROM twin_fold);

-- name: twin_forget_todo
DELETE FROM twin_todo;

-- name: twin_prune
DELETE FROM twin_key WHERE key >= 1 << 32 AND coalesce(
    (SELECT shown_at FROM entry WHERE entry.id = twin_key.entry_id), 0) < ?;

-- name: twin_feeds
SELECT id FROM feed WHERE position IS NOT NULL AND hidden_feed = 0 ORDER BY position;

-- name: twin_feeds_came
INSERT OR IGNORE INTO twin_todo (entry_id)
SELECT id FROM entry WHERE feed_id IN (SELECT value FROM json_each(?)) AND id <= ?;

-- name: twin_feeds_went
INSERT OR IGNORE INTO twin_todo (entry_id)
SELECT entry_id FROM twin_fold JOIN entry ON entry.id IN (entry_id, into_id)
WHERE entry.feed_id IN (SELECT value FROM json_each(?))
UNION SELECT id FROM entry WHERE ruling = 'show';

-- name: twin_all_shown_feeds
SELECT DISTINCT feed_id FROM entry WHERE id IN (SELECT into_id FROM twin_fold);

-- name: twin_also_at
SELECT head.uid, copy.feed_id, copy.link
FROM json_each(?) AS asked
JOIN entry AS head ON head.feed_id = json_extract(asked.value, '$[0]')
    AND head.key = json_extract(asked.value, '$[1]')
JOIN twin_fold ON twin_fold.into_id = head.id
JOIN entry AS copy ON copy.id = twin_fold.entry_id
JOIN feed ON feed.id = copy.feed_id
WHERE feed.position IS NOT NULL AND feed.hidden_feed = 0
ORDER BY feed.position, copy.uid;

-- name: search
SELECT id, condition, horizon, revision, news, changed_at FROM search WHERE asked = ?;

-- name: begin_search
INSERT INTO search (asked, condition) VALUES (?, x'');

-- name: write_search
UPDATE search SET condition = ?, horizon = ?, revision = ?, news = ?, changed_at = ? WHERE id = ?;

-- name: shown_feeds
SELECT id FROM feed WHERE position IS NOT NULL AND hidden_feed = 0;

-- name: searches
SELECT asked, id FROM search;

-- name: forget_search
DELETE FROM search WHERE id = ?;

-- name: forget_found
DELETE FROM search_entry WHERE search_id = ?;

-- name: forget_revised
DELETE FROM search_entry WHERE search_id = ? AND entry_id IN (
    SELECT id FROM entry WHERE revision > ?);

-- name: add_found
INSERT OR IGNORE INTO search_entry (search_id, entry_id) VALUES (?, ?);

-- name: search_revised
SELECT entry.id FROM entry INDEXED BY entry_revised
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.revision > ? AND entry.hidden IS NULL AND entry.shown_at >= ? AND 1 /* condition */;

-- name: search_older
SELECT entry.id, shown_at, entry.feed_id FROM entry INDEXED BY entry_newest
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.hidden IS NULL AND shown_at < ? AND 1 /* condition */
ORDER BY shown_at DESC;

-- name: search_moment
SELECT entry.id FROM entry INDEXED BY entry_newest
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.hidden IS NULL AND shown_at = ? AND 1 /* condition */;

-- name: listed_found
-- What is in the list now, as pages have it: newest first, and of shown feeds alone.
SELECT entry.id, entry.revision, fingerprint, shown_at
FROM search_entry CROSS JOIN entry ON entry.id = entry_id
JOIN feed ON feed.id = feed_id
WHERE search_id = ? AND entry.hidden IS NULL AND feed.position IS NOT NULL AND hidden_feed = 0
ORDER BY shown_at DESC, feed.position, first_seen_at DESC, entry.position, entry.id;

-- name: drop_found
DELETE FROM search_entry WHERE search_id = ? AND entry_id IN (
    SELECT id FROM entry WHERE shown_at < ?);

-- name: found
SELECT {entry} FROM search CROSS JOIN search_entry ON search_entry.search_id = search.id
CROSS JOIN entry ON entry.id = search_entry.entry_id
JOIN entry_text ON entry_text.entry_id = entry.id
JOIN feed ON feed.id = entry.feed_id
WHERE asked = ? AND entry.hidden IS NULL AND feed.position IS NOT NULL AND hidden_feed = 0
ORDER BY shown_at DESC, feed.position, first_seen_at DESC, entry.position, entry.id;

-- name: archive_revised
SELECT entry.id, feed_id, shown_at, hidden IS NULL, day
FROM entry INDEXED BY entry_revised LEFT JOIN archive_entry ON entry_id = entry.id
WHERE revision > ?;

-- name: archive_of_feeds
SELECT entry.id, feed_id, shown_at, hidden IS NULL, day
FROM entry LEFT JOIN archive_entry ON entry_id = entry.id
WHERE feed_id IN (SELECT value FROM json_each(?));

-- name: archive_of_copies
-- The days in which copies are named that feeds have.
SELECT DISTINCT day FROM entry AS copy
JOIN twin_fold ON twin_fold.entry_id = copy.id
JOIN archive_entry ON archive_entry.entry_id = twin_fold.into_id
WHERE copy.feed_id IN (SELECT value FROM json_each(?));

-- name: archive_place
INSERT INTO archive_entry (entry_id, day) VALUES (?, coalesce(?, 0))
ON CONFLICT (entry_id) DO UPDATE SET day = excluded.day;

-- name: archive_displace
DELETE FROM archive_entry WHERE day = 0;

-- name: archive_count
INSERT INTO archive_day (day, entries, edition, changed_at)
SELECT ?, count(*), ?, ? FROM archive_entry WHERE day = ?
ON CONFLICT (day) DO UPDATE SET
    entries = excluded.entries, edition = excluded.edition, changed_at = excluded.changed_at;

-- name: archive_forget_empty
DELETE FROM archive_day WHERE entries = 0;

-- name: archive_forget_entries
DELETE FROM archive_entry;

-- name: archive_forget_days
DELETE FROM archive_day;

-- name: archive_days
SELECT day, entries, edition, changed_at FROM archive_day ORDER BY day;

-- name: archive_counts
-- A look into an index for each feed and span: with a function of each entry's time instead,
-- this took five times as long.
SELECT feed.id, (
    SELECT count(*) FROM entry INDEXED BY entry_newest_of_feed
    WHERE feed_id = feed.id AND hidden IS NULL
    AND shown_at >= json_extract(span.value, '$[0]')
    AND shown_at < json_extract(span.value, '$[1]')
) FROM feed CROSS JOIN json_each(?) AS span ORDER BY feed.id, span.key;

-- name: archive_uids
SELECT day, uid FROM archive_entry CROSS JOIN entry ON entry.id = entry_id ORDER BY day, uid;

-- name: archived
SELECT {entry} FROM archive_entry CROSS JOIN entry ON entry.id = archive_entry.entry_id
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE day BETWEEN ? AND ?
ORDER BY day, shown_at, entry.feed_id, first_seen_at, entry.position DESC, entry.id
LIMIT ? OFFSET ?;

-- name: word_touched
SELECT id FROM entry INDEXED BY entry_revised WHERE revision > ?
UNION
SELECT id FROM entry WHERE feed_id IN (SELECT value FROM json_each(?));

-- name: word_block
INSERT INTO word_block (block, edition) VALUES (?, ?)
ON CONFLICT (block) DO UPDATE SET edition = excluded.edition;

-- name: word_blocks
SELECT block, edition FROM word_block ORDER BY block;

-- name: word_late
INSERT OR IGNORE INTO word_late (entry_id) VALUES (?);

-- name: word_count_late
SELECT count(*) FROM word_late;

-- name: word_list_late
SELECT entry_id FROM word_late ORDER BY entry_id;

-- name: word_on_time
DELETE FROM word_late WHERE entry_id BETWEEN ? AND ?;

-- name: word_latest
-- The segment with the most late entries.
SELECT first, last FROM word_segment
ORDER BY (SELECT count(*) FROM word_late WHERE entry_id BETWEEN first AND last) DESC, first
LIMIT 1;

-- name: word_segments
SELECT first, last, built FROM word_segment ORDER BY first;

-- name: word_spans
SELECT first, last FROM word_segment;

-- name: word_forget
DELETE FROM word_segment WHERE first = ? AND last = ?;

-- name: word_build
INSERT OR REPLACE INTO word_segment (first, last, built) VALUES (?, ?, ?);

-- name: word_last
SELECT coalesce(max(id), 0) FROM entry;

-- name: word_entries
SELECT {entry}, entry.id
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.id BETWEEN ? AND ? AND entry.hidden IS NULL
    AND +entry.feed_id IN (SELECT value FROM json_each(?))
ORDER BY entry.id;

-- name: word_some
SELECT {entry}, entry.id
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.id IN (SELECT value FROM json_each(?)) AND entry.hidden IS NULL
    AND +entry.feed_id IN (SELECT value FROM json_each(?))
ORDER BY entry.id;

-- name: word_times
SELECT id, shown_at FROM entry
WHERE id BETWEEN ? AND ? AND hidden IS NULL
    AND +feed_id IN (SELECT value FROM json_each(?))
ORDER BY id;

-- name: term_revised
SELECT entry.id, feed_id, shown_at, hidden IS NULL, details
FROM entry INDEXED BY entry_revised JOIN entry_text ON entry_text.entry_id = entry.id
WHERE revision > ?;

-- name: term_of_feeds
SELECT entry.id, feed_id, shown_at, hidden IS NULL, details
FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE feed_id IN (SELECT value FROM json_each(?));

-- name: term_of_copies
-- Where copies are named that feeds have.
SELECT DISTINCT term_id, year, term_entry.shown_at, term_entry.entry_id FROM entry AS copy
JOIN twin_fold ON twin_fold.entry_id = copy.id
JOIN term_entry ON term_entry.entry_id = twin_fold.into_id
WHERE copy.feed_id IN (SELECT value FROM json_each(?));

-- name: term_row
INSERT INTO term (taxonomy, key, name) VALUES (?, ?, ?)
ON CONFLICT (taxonomy, key) DO UPDATE SET name = min(name, excluded.name) RETURNING id;

-- name: term_places
SELECT term_id, year, shown_at, entry_id FROM term_entry WHERE entry_id = ?;

-- name: term_place
INSERT INTO term_entry (term_id, year, shown_at, entry_id) VALUES (?, ?, ?, ?);

-- name: term_remove
DELETE FROM term_entry WHERE term_id = ? AND year = ? AND shown_at = ? AND entry_id = ?;

-- name: term_count
SELECT count(*) FROM term_entry WHERE term_id = ? AND year = ?;

-- name: term_rank
SELECT count(*) FROM term_entry
WHERE term_id = ? AND year = ? AND (shown_at, entry_id) < (?, ?);

-- name: term_behind
-- New entries stand at the end of a year, so their places are counted from there.
SELECT count(*) FROM (
    SELECT 1 FROM term_entry
    WHERE term_id = ? AND year = ? AND (shown_at, entry_id) >= (?, ?)
    LIMIT ?);

-- name: term_parts
SELECT count(*) FROM term_part WHERE term_id = ? AND year = ?;

-- name: term_write_part
INSERT INTO term_part (term_id, year, part, entries, edition, changed_at)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (term_id, year, part) DO UPDATE SET
    entries = excluded.entries, edition = excluded.edition, changed_at = excluded.changed_at;

-- name: term_forget_parts
DELETE FROM term_part WHERE term_id = ? AND year = ? AND part > ?;

-- name: term_move
UPDATE term SET
    entries = (SELECT coalesce(sum(entries), 0) FROM term_part WHERE term_id = term.id),
    edition = ?, changed_at = ?
WHERE id = ?;

-- name: term_forget_empty
DELETE FROM term WHERE id = ? AND entries = 0;

-- name: term_forget_places
DELETE FROM term_entry;

-- name: term_forget_all_parts
DELETE FROM term_part;

-- name: term_forget_all
DELETE FROM term;

-- name: terms
SELECT id, taxonomy, key, name, entries, edition, changed_at FROM term
WHERE entries >= ? ORDER BY taxonomy, key;

-- name: terms_in_parts
SELECT term_id, year, part, term_part.entries, term_part.edition, term_part.changed_at
FROM term JOIN term_part ON term_id = id
WHERE term.entries > ? ORDER BY term_id, year DESC, part DESC;

-- name: terms_of
SELECT term_id FROM entry JOIN term_entry ON entry_id = entry.id
WHERE feed_id = ? AND entry.key = ?;

-- name: term_newest
SELECT {entry} FROM term_entry CROSS JOIN entry ON entry.id = term_entry.entry_id
JOIN entry_text ON entry_text.entry_id = entry.id
WHERE term_id = ?
ORDER BY year DESC, term_entry.shown_at DESC, term_entry.entry_id DESC;

-- name: term_stretch
SELECT {entry} FROM (
    SELECT shown_at AS at, entry_id AS row FROM term_entry WHERE term_id = ? AND year = ?
    ORDER BY shown_at, entry_id LIMIT ? OFFSET ?)
CROSS JOIN entry ON entry.id = row JOIN entry_text ON entry_text.entry_id = entry.id
ORDER BY at, entry.feed_id, entry.first_seen_at, entry.position DESC, entry.id;

-- name: term_counts
SELECT asked.value, (
    SELECT count(*) FROM term_entry
    WHERE term_id = asked.value AND year = json_extract(span.value, '$[2]')
    AND shown_at >= json_extract(span.value, '$[0]')
    AND shown_at < json_extract(span.value, '$[1]')
) FROM json_each(?) AS asked CROSS JOIN json_each(?) AS span ORDER BY asked.value, span.key;

-- name: faces
SELECT feed_id, state FROM face WHERE feed_id IN (SELECT id FROM feed WHERE position IS NOT NULL);

-- name: face_mark
SELECT mark FROM face WHERE feed_id = ?;

-- name: write_face
INSERT INTO face (feed_id, mark, state) VALUES (?, ?, ?)
ON CONFLICT (feed_id) DO UPDATE SET mark = excluded.mark, state = excluded.state;

-- name: add_picture
INSERT OR IGNORE INTO picture (mark, kind, width, height, body) VALUES (?, ?, ?, ?, ?);

-- name: picture_body
SELECT body FROM picture WHERE mark = ?;

-- name: drop_picture
DELETE FROM picture WHERE mark = :mark
    AND NOT EXISTS (SELECT 1 FROM face WHERE mark = :mark)
    AND NOT EXISTS (SELECT 1 FROM image WHERE mark = :mark);

-- name: image_newest
SELECT {entry}, entry.id FROM entry JOIN entry_text ON entry_text.entry_id = entry.id
WHERE entry.hidden IS NULL ORDER BY shown_at DESC LIMIT ?;

-- name: image_revised
SELECT {entry}, entry.id FROM entry INDEXED BY entry_revised
JOIN entry_text ON entry_text.entry_id = entry.id WHERE revision > ?;

-- name: image_of_entry
SELECT image_id FROM image_entry WHERE entry_id = ?;

-- name: image_forget_entry
DELETE FROM image_entry WHERE entry_id = ?;

-- name: image_want
INSERT INTO image (url, next_at) VALUES (?, 0) ON CONFLICT (url) DO NOTHING;

-- name: image_in_entry
INSERT OR IGNORE INTO image_entry (image_id, entry_id) SELECT id, ? FROM image WHERE url = ?;

-- name: image_unwanted
SELECT mark FROM image WHERE id = :id
    AND NOT EXISTS (SELECT 1 FROM image_entry WHERE image_id = :id);

-- name: image_forget
DELETE FROM image WHERE id = ?;

-- name: images_waiting
SELECT image.id, image.url, tries, feed.url, max(shown_at)
FROM image JOIN image_entry ON image_id = image.id JOIN entry ON entry.id = entry_id
JOIN feed ON feed.id = feed_id
WHERE image.next_at <= ? AND entry.hidden IS NULL AND feed.position IS NOT NULL
    AND hidden_feed = 0
GROUP BY image.id ORDER BY max(shown_at) DESC LIMIT ?;

-- name: image_write
UPDATE image SET mark = ?, next_at = ?, tries = tries + 1, code = ? WHERE id = ?;

-- name: image_entries
SELECT entry_id, feed_id FROM image_entry JOIN entry ON entry.id = entry_id WHERE image_id = ?;

-- name: images_stored
SELECT DISTINCT image.url, picture.mark, kind, width, height
FROM image JOIN picture ON picture.mark = image.mark JOIN image_entry ON image_id = image.id
JOIN entry ON entry.id = entry_id JOIN feed ON feed.id = feed_id
WHERE entry.hidden IS NULL AND feed.position IS NOT NULL AND hidden_feed = 0;

-- name: images_by_age
SELECT image.id, image.mark, length(body) FROM image JOIN picture ON picture.mark = image.mark
LEFT JOIN image_entry ON image_id = image.id LEFT JOIN entry ON entry.id = entry_id
GROUP BY image.id ORDER BY max(shown_at) DESC;
