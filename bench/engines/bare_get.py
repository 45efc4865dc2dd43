"""Peer: bare conditional GETs with the fastest client, and nothing done with the answers.

The floor of the 304 path: no engine can be quicker than asking.
Usage: ``python -m bench.engines.bare_get ADDRESSES STATE``.
"""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path

import msgspec
import pycurl

CONNECTIONS = 64
KEPT = 4 * CONNECTIONS  # above a thousand, `select` would no longer see all of them, and wait
WANTED = {b"etag": "If-None-Match", b"last-modified": "If-Modified-Since"}


class Fetch:
    """One handle, used for one address after another."""

    def __init__(self, validators: dict[str, list[str]]) -> None:
        self.validators = validators
        self.found: list[str] = []
        self.received = 0
        self.address = ""
        self.curl = pycurl.Curl()
        self.curl.setopt(pycurl.WRITEFUNCTION, self.take)
        self.curl.setopt(pycurl.HEADERFUNCTION, self.read_header)
        self.curl.setopt(pycurl.USERAGENT, "bench/1.0")

    def start(self, address: str) -> pycurl.Curl:
        """Set the handle up for an address."""
        self.address = address
        self.found = []
        self.curl.setopt(pycurl.URL, address)
        self.curl.setopt(pycurl.HTTPHEADER, self.validators.get(address, []))
        return self.curl

    def take(self, chunk: bytes) -> None:
        """Count the bytes of a body and drop them."""
        self.received += len(chunk)

    def read_header(self, line: bytes) -> None:
        """Remember the validators of an answer, as the header of the next request."""
        name, _, value = line.partition(b":")
        if request_name := WANTED.get(name.lower()):
            self.found.append(f"{request_name}: {value.strip().decode()}")

    def finish(self) -> int:
        """Keep the validators; return the status."""
        self.validators[self.address] = self.found
        return int(self.curl.getinfo(pycurl.RESPONSE_CODE))


def fetch_all(addresses: list[str], validators: dict[str, list[str]]) -> dict[str, int]:
    """Ask for every address; return how many answers there were of each kind."""
    counts = {"fetched": 0, "not_modified": 0, "failed": 0, "entries": 0}
    multi = pycurl.CurlMulti()
    multi.setopt(pycurl.M_MAXCONNECTS, KEPT)
    fetches = {fetch.curl: fetch for fetch in (Fetch(validators) for _ in range(CONNECTIONS))}
    waiting = deque(addresses)
    idle = deque(fetches.values())
    busy = 0
    while waiting or busy:
        while waiting and idle:
            multi.add_handle(idle.popleft().start(waiting.popleft()))
            busy += 1
        multi.perform()
        _, done, failed = multi.info_read()
        for curl in [*done, *(each[0] for each in failed)]:
            multi.remove_handle(curl)
            fetch = fetches[curl]
            idle.append(fetch)
            busy -= 1
            status = fetch.finish()
            counts[{200: "fetched", 304: "not_modified"}.get(status, "failed")] += 1
        if not done and not failed:
            multi.select(1.0)
    return counts


def main() -> None:
    """Read the addresses, fetch, and keep the validators for the next run."""
    addresses = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    state = Path(sys.argv[2])
    known = msgspec.json.decode(state.read_bytes()) if state.exists() else {}
    print(msgspec.json.encode(fetch_all(addresses, known)).decode())
    state.write_bytes(msgspec.json.encode(known))


if __name__ == "__main__":
    main()
