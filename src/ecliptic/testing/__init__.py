"""Public helpers for tests, demonstrations and benchmarks."""

from ecliptic.testing.documents import SeenRequest
from ecliptic.testing.server import FeedServer

__all__ = ["FeedServer", "SeenRequest"]
