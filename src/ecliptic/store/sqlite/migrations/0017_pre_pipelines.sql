-- Which plugins the feed's last document went through: a hash of their list, parameters and code.
ALTER TABLE feed ADD COLUMN pipeline TEXT NOT NULL DEFAULT '';
