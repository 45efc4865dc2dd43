"""Public helpers for tests, demonstrations and benchmarks."""

from ecliptic.testing.server import FeedServer, SeenRequest

__all__ = ["FeedServer", "SeenRequest"]
