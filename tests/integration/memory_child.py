"""Ask for the addresses given, ten times over; print the peak of memory before and after."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from datetime import UTC, datetime

from ecliptic.fetch import Client
from ecliptic.model.outcome import Failed, Request
from ecliptic.model.site import FetchSettings

SETTINGS = FetchSettings(
    timeout=5.0,
    max_bytes=2_000_000,
    connections=8,
    connections_per_host=8,
    host_spacing=0.0,
    allow_networks=("127.0.0.1/32",),
)


def peak() -> int:
    """Return the most memory that this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def run(urls: list[str]) -> tuple[int, int, list[str]]:
    """Return the peak when all is loaded and after all is done, and the codes that came."""
    codes: set[str] = set()
    async with Client(SETTINGS, user_agent="test", now=datetime.now(UTC)) as client:
        await client.fetch(Request(url=urls[0]))
        before = peak()
        async for answered in client.fetch_all(Request(url=url) for url in urls * 10):
            codes |= {one.code for _, one in answered if isinstance(one, Failed)}
    return before, peak(), sorted(codes)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(run(sys.argv[1:]))))
