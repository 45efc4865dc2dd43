"""The composition root: settings in, wired flows out.

Everything below takes the time as an argument; only here is a clock read.
"""

from ecliptic.engine.looking import check, read_document
from ecliptic.engine.planet import Planet
from ecliptic.engine.settings import load_site, user_agent, wall_clock

__all__ = [
    "Planet",
    "check",
    "load_site",
    "read_document",
    "user_agent",
    "wall_clock",
]
