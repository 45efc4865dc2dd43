-- A term knows how many entries it has, and moves when the last one of a year goes too.
ALTER TABLE term ADD COLUMN entries INTEGER NOT NULL DEFAULT 0;

ALTER TABLE term ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;

ALTER TABLE term ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;

UPDATE term SET (entries, edition, changed_at) = (
    SELECT coalesce(sum(entries), 0), coalesce(max(edition), 0), coalesce(max(changed_at), 0)
    FROM term_part WHERE term_id = term.id);
