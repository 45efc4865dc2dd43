-- An entry shown by hand stands beside its copies: no fold tells that these are of one post.
CREATE INDEX entry_shown_by_hand ON entry (id) WHERE ruling = 'show';
