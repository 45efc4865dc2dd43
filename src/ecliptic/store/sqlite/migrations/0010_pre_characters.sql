-- What a feed usually is like (a `Character` as JSON), and why its new entries are held.
ALTER TABLE feed ADD COLUMN character TEXT NOT NULL DEFAULT '{}';
ALTER TABLE feed ADD COLUMN quarantine TEXT;

-- A planet that read a feed before has had its first run.
INSERT INTO meta (key, value)
SELECT 'settled', 1 WHERE EXISTS (SELECT 1 FROM feed WHERE succeeded_at IS NOT NULL);

-- What had a date ahead of us was shown at once until now; so its note goes by another name,
-- for this one says that it waits. Back catalogue says since which setting holds it.
UPDATE entry SET notes = replace(notes, '"decide.dated_later"', '"decide.dated_ahead"')
WHERE instr(notes, '"decide.dated_later"');

UPDATE entry
SET hidden = json_set(hidden, '$.params.setting', 'new_feed_items'),
    notes = (
        SELECT json_group_array(json(
            CASE json_extract(note.value, '$.code') WHEN 'decide.back_catalogue'
            THEN json_set(note.value, '$.params.setting', 'new_feed_items')
            ELSE note.value END))
        FROM json_each(entry.notes) AS note)
WHERE instr(hidden, '"decide.back_catalogue"');
