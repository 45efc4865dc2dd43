"""A small WebSub hub on loopback: it writes down what it is sent, and answers as it is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from in_thread import InThread


class Answer(NamedTuple):
    """What the hub says; ``delay`` is before the head, ``pause`` between two halves of the body."""

    status: int = 204
    fields: Mapping[str, str] = {}
    body: bytes = b""
    delay: float = 0.0
    pause: float = 0.0


class Seen(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    fields: Mapping[str, str]
    form: Mapping[str, str]


class Hub(InThread):
    """Answers each request with the next of ``answers``, and the last of them for ever."""

    def __init__(
        self, *answers: Answer, on_ping: Callable[[Seen], object] = lambda _: None
    ) -> None:
        self.answers: Sequence[Answer] = answers or (Answer(),)
        self.seen: list[Seen] = []
        self.on_ping = on_ping
        hub = self

        class Asked(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                hub._take(self)

            def do_GET(self) -> None:
                hub._take(self)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
                del format, args

        super().__init__(Asked)
        self.url = f"http://127.0.0.1:{self.port}/hub"

    def topics(self) -> list[str]:
        """Return what the hub was told of, sorted."""
        return sorted(seen.form["hub.url"] for seen in self.seen)

    def _take(self, asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers.get("Content-Length", "0")))
        pairs = parse_qs(body.decode(), strict_parsing=True) if body else {}
        form = {name: " ".join(values) for name, values in pairs.items()}
        seen = Seen(asked.command, asked.path, dict(asked.headers.items()), form)
        answer = self.answers[min(len(self.seen), len(self.answers) - 1)]
        self.seen.append(seen)
        self.on_ping(seen)
        try:
            self._say(asked, answer)
        except OSError:  # it would not hear the end
            asked.close_connection = True

    def _say(self, asked: BaseHTTPRequestHandler, answer: Answer) -> None:
        time.sleep(answer.delay)
        asked.send_response(answer.status)
        for name, value in answer.fields.items():
            asked.send_header(name, value)
        if answer.status != 204:
            asked.send_header("Content-Length", str(len(answer.body)))
        asked.end_headers()
        half = len(answer.body) // 2
        asked.wfile.write(answer.body[:half])
        asked.wfile.flush()
        time.sleep(answer.pause)
        asked.wfile.write(answer.body[half:])
