"""Ecliptic, the planet engine: many people's feeds in, one community site out."""

__version__ = "0.1.0"
