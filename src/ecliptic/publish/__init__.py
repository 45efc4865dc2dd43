"""Artifacts become the site: all of it, or nothing of it.

``open_site`` finds what stands; its ``stamps`` say what need not be made again;
``commit`` brings the site to exactly the paths asked for. ``glimpse`` tells before how large it is.
"""

from __future__ import annotations

from ecliptic.publish.manifest import Origin
from ecliptic.publish.open import glimpse, open_site
from ecliptic.publish.site import Committed, PublishedSite

__all__ = ["Committed", "Origin", "PublishedSite", "glimpse", "open_site"]
