"""Ask for every address of a list in a network where every address answers.

Run as ``unshare -rn python guarded_net.py LIST``: in a network namespace of its
own all addresses are routed to this process, those of inner networks too, and
so is the name server. What was connected to is then not supposed but seen.
Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ecliptic.fetch import Client
from ecliptic.model.outcome import Failed, Outcome, Request
from ecliptic.model.site import FetchSettings

ORIGIN = "8.8.4.4"
NAMES = {
    "inner.example": ["169.254.169.254"],
    "mixed.example": ["10.0.0.1", "127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
}
"""What the name server says; ``rebind.example`` is ORIGIN at first and then loopback."""

PAYLOADS: list[str] = []
connected: list[str] = []


class Server(ThreadingHTTPServer):
    """Remembers to which address each connection was made."""

    daemon_threads = True
    request_queue_size = 512

    def get_request(self) -> tuple[socket.socket, Any]:
        opened, peer = super().get_request()
        connected.append(opened.getsockname()[0])
        return opened, peer


class Server6(Server):
    """The same for IPv6."""

    address_family = socket.AF_INET6

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        super().server_bind()


class Handler(BaseHTTPRequestHandler):
    """Answers a feed, or at ``/to/N`` a redirect to address N of the list."""

    def do_GET(self) -> None:
        body = b"<rss/>"
        if self.path.startswith("/to/"):
            self.wfile.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ")
            location = PAYLOADS[int(self.path.removeprefix("/to/"))]
            self.wfile.write(location.encode() + b"\r\n\r\n")
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def log_message(self, *_: Any) -> None: ...


def serve_names() -> None:
    """Answer every question of the resolver, on every address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.bind(("0.0.0.0", 53))
        opened.setsockopt(socket.IPPROTO_IP, 8, 1)  # IP_PKTINFO: answer from the address asked
        asked: dict[str, int] = {}
        while True:
            data, ancillary, _, peer = opened.recvmsg(512, 64)
            answer = name_answer(data, asked)
            opened.sendmsg([answer], ancillary, 0, peer)


def name_answer(data: bytes, asked: dict[str, int]) -> bytes:
    """Return the answer to one question: addresses that are good for no time at all."""
    labels, at = [], 12
    while size := data[at]:
        labels.append(data[at + 1 : at + 1 + size].decode())
        at += 1 + size
    name, is_ipv4 = ".".join(labels).lower(), data[at + 1 : at + 3] == b"\0\1"
    found = NAMES.get(name, []) if is_ipv4 else []
    if name == "rebind.example" and is_ipv4:
        asked[name] = asked.get(name, 0) + 1
        found = [ORIGIN if asked[name] == 1 else "127.0.0.1"]
    records = b"".join(
        b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4" + socket.inet_aton(address) for address in found
    )
    head = data[:2] + b"\x81\x80\0\1" + len(found).to_bytes(2) + bytes(4)
    return head + data[12 : at + 5] + records


def ask(urls: list[str], networks: tuple[str, ...] = ()) -> dict[str, object]:
    """Ask for all addresses; return codes, and the addresses that were connected to."""
    connected.clear()
    settings = FetchSettings(
        timeout=5.0, connect_timeout=2.0, host_spacing=0.0, connections_per_host=16,
        allow_networks=networks,
    )  # fmt: skip

    async def run() -> list[str]:
        now = datetime.now(UTC)
        async with Client(settings, user_agent="test", now=now) as client:
            requests = [Request(url=url, tag=number) for number, url in enumerate(urls)]
            codes = [""] * len(urls)
            async for answered in client.fetch_all(requests):
                for request, outcome in answered:
                    codes[request.tag] = code_of(outcome)
            return codes

    codes = asyncio.run(run())
    return {"codes": codes, "connected": sorted(set(connected))}


def code_of(outcome: Outcome) -> str:
    return outcome.code if isinstance(outcome, Failed) else "fetch.ok"


def main() -> None:
    """Set the network up, ask, and print what happened."""
    for command in (
        "ip link set lo up",
        "ip route add local 0.0.0.0/0 dev lo",
        "ip -6 route add local ::/0 dev lo",
    ):
        subprocess.run(command.split(), check=True)
    PAYLOADS.extend(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    for server in (Server(("0.0.0.0", 80), Handler), Server6(("::", 80), Handler)):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Thread(target=serve_names, daemon=True).start()
    redirects = [f"http://{ORIGIN}/to/{number}" for number in range(len(PAYLOADS))]
    names = [f"http://{name}/" for name in NAMES]
    report = {
        "direct": ask(PAYLOADS),
        "redirected": ask(redirects),
        "names": ask(names),
        "rebound first": ask(["http://rebind.example/"]),
        "rebound then": ask(["http://rebind.example/"]),
        "unguarded": ask([*PAYLOADS, *names], ("0.0.0.0/0", "::/0")),
    }
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
