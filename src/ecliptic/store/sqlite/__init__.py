"""The store in one SQLite file, by hand-written SQL."""
