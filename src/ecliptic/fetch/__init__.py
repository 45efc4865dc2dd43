"""Fetch: conditional GET of many addresses at once, with limits and an address guard."""

from ecliptic.fetch.client import Client
from ecliptic.fetch.driver import kept_connections
from ecliptic.fetch.guard import Guard, is_public

__all__ = ["Client", "Guard", "is_public", "kept_connections"]
