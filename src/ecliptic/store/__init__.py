"""What is kept between runs: feeds, their entries, and why each is where it is."""

from ecliptic.store.base import Store
from ecliptic.store.lock import run_lock
from ecliptic.store.open import open_asking, open_known, open_store

__all__ = ["Store", "open_asking", "open_known", "open_store", "run_lock"]
