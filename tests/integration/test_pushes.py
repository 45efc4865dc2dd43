"""What a hub sends is kept at once, if it is the hub and we asked; the rest changes nothing."""

from __future__ import annotations

import hmac
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from ecliptic import Planet
from ecliptic.model.feed import FeedState
from ecliptic.store import run_lock
from ecliptic.testing import FeedServer
from ecliptic.web.preview import Preview
from ecliptic.web.websub import HubFiles, Hubs
from hubs import Answer, Hub, Seen
from planets import Planet as Folder
from planets import ecliptic, item, rss

NOON = datetime(2026, 4, 25, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ACCEPTED = Answer(202)


class SendingHub(Hub):
    """A hub that asks whether it was us, and sends what it is given."""

    def __init__(
        self, *answers: Answer, lease: int = 864_000, challenge: str = "ch4llenge"
    ) -> None:
        super().__init__(*(answers or (ACCEPTED,)), on_ping=self._verify)
        self.lease = lease
        self.challenge = challenge
        self.verified: list[tuple[int, str]] = []

    @property
    def asked(self) -> Seen:
        return next(seen for seen in reversed(self.seen) if "hub.callback" in seen.form)

    def _verify(self, seen: Seen) -> None:
        if self.answers[0].status == 202 and "hub.callback" in seen.form:
            self.verified.append(self.ask(seen.form["hub.mode"], seen.form["hub.topic"]))

    def ask(self, mode: str, topic: str, **more: str) -> tuple[int, str]:
        """Ask the subscriber whether it was really them."""
        query = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": self.challenge,
                 "hub.lease_seconds": str(self.lease), **more}  # fmt: skip
        return _open(f"{self.asked.form['hub.callback']}?{urlencode(query)}")

    def send(self, body: bytes, *, secret: str = "", method: str = "sha256", **fields: str) -> int:
        """Send a document to the subscriber, signed."""
        form = next(seen.form for seen in self.seen if "hub.secret" in seen.form)
        key = (secret or form["hub.secret"]).encode()
        signature = f"{method}={hmac.new(key, body, method).hexdigest()}"
        fields = {"X-Hub-Signature": signature, "Content-Type": "application/rss+xml", **fields}
        return _open(form["hub.callback"], body, fields)[0]


def _open(
    url: str, body: bytes | None = None, fields: dict[str, str] | None = None
) -> tuple[int, str]:
    try:
        with urlopen(Request(url, body, fields or {}), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


class World:
    """A planet with one feed, its hub, and the server that hubs reach; its clock is set by hand."""

    def __init__(self, folder: Path, server: FeedServer, hub: SendingHub) -> None:
        self.server, self.hub = server, hub
        self.write(1)
        self.folder = Folder(folder, [server.url("/feed")])
        self.now = NOON
        self.errors: list[object] = []

    def document(self, *numbers: int, written: datetime = NOON - HOUR) -> bytes:
        items = [item(number, f"Post {number}", written) for number in reversed(numbers)]
        return rss("Blog", "https://blog.example/", items).encode()

    def write(self, *numbers: int, written: datetime = NOON - HOUR) -> None:
        """Publish the feed with these posts."""
        links = f'<{self.hub.url}>; rel="hub", <{self.server.url("/feed")}>; rel="self"'
        body = self.document(*numbers, written=written)
        self.server.add("/feed", body, headers={"Link": links})

    def planet(self) -> Planet:
        return Planet.open(self.folder.config, now=self.now, allow_networks=("127.0.0.0/8",))

    def refresh(self, *, every: bool = False) -> None:
        Planet.open(
            self.folder.config, now=self.now, allow_networks=("127.0.0.0/8",), every=every
        ).refresh()

    def titles(self) -> list[str]:
        with self.planet().store() as store:
            return sorted(entry.title for entry in store.newest())

    def feed(self) -> FeedState:
        with self.planet().store() as store:
            return store.feeds()[0]

    @contextmanager
    def listening(self) -> Iterator[Hubs]:
        """Listen to hubs; the rounds are made by the test."""
        port = free_port()
        hubs = Hubs(self.planet(), f"http://127.0.0.1:{port}/hubs", on_error=self.errors.append)
        hubs.now = lambda: self.now  # type: ignore[misc]
        with Preview(self.planet().site, port=port, handler=partial(HubFiles, hubs=hubs)):
            hubs.subscriber.work(self.now)  # subscribes
            hubs.subscriber.work(self.now)  # writes down what was granted
            yield hubs


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with FeedServer() as server, SendingHub() as hub:
        made = World(tmp_path, server, hub)
        made.refresh()
        yield made
        assert made.errors == []


def test_subscribe_when_a_feed_names_a_hub_then_it_is_asked_with_a_secret(world: World) -> None:
    with world.listening():
        (seen,) = world.hub.seen
        assert seen.form["hub.topic"] == world.server.url("/feed")
        assert seen.form["hub.mode"] == "subscribe"
        assert len(seen.form["hub.secret"]) >= 43  # 256 bits
        assert len(urlsplit(seen.form["hub.callback"]).path.rpartition("/")[2]) >= 32
        assert world.hub.verified == [(200, "ch4llenge")]


def test_verify_when_we_did_not_ask_for_it_then_the_challenge_is_not_repeated(world: World) -> None:
    with world.listening():
        hub, topic = world.hub, world.server.url("/feed")
        for answer in (
            hub.ask("subscribe", topic),  # confirmed already
            hub.ask("unsubscribe", topic),
            hub.ask("subscribe", "https://other.example/"),
            hub.ask("subscribe", topic, **{"hub.challenge": ""}),
            _open(hub.asked.form["hub.callback"] + "x?hub.mode=subscribe&hub.challenge=1"),
        ):
            assert answer == (404, "")


def test_push_when_signed_then_its_entries_are_kept_and_nothing_was_asked(world: World) -> None:
    with world.listening() as hubs:
        requests = world.server.count("/feed")
        assert world.hub.send(world.document(2)) == 202
        assert hubs.subscriber.work(world.now) == 1
        assert world.titles() == ["Post 1", "Post 2"]
        assert world.server.count("/feed") == requests
        with world.planet().store() as store:
            (line, _) = store.checks(1)
        assert (line.code, line.new) == ("fetch.pushed", 1)
        assert world.feed().fetch.etag, "the validators of the last check were lost"


def test_push_when_there_are_plugins_then_its_entries_go_through_them(world: World) -> None:
    program = world.folder.folder / "nothing.py"
    program.write_text("")
    table = '[plugin.mine]\nuse = "executables"\nrun = "nothing.py"\n'
    text = world.folder.config.read_text()
    text = text.replace("[planet]", '[planet]\nplugins = ["mine"]', 1)
    world.folder.config.write_text(f"{text}\n{table}")
    with world.listening() as hubs:
        assert world.hub.send(world.document(2)) == 202
        assert hubs.subscriber.work(world.now) == 1
        assert world.titles() == ["Post 1"]
        assert world.feed().hidden == {"plugins.filtered": 1}


@pytest.mark.parametrize("method", ["sha1", "sha384", "sha512"])
def test_push_when_signed_in_another_way_then_it_is_kept_too(world: World, method: str) -> None:
    with world.listening() as hubs:
        assert world.hub.send(world.document(2), method=method) == 202
        assert hubs.subscriber.work(world.now) == 1


def test_push_when_not_signed_by_the_hub_then_nothing_of_it_is_kept(world: World) -> None:
    with world.listening() as hubs:
        body = world.document(2)
        assert world.hub.send(body, secret="guessed") == 202
        assert world.hub.send(body, method="md5") == 202
        assert world.hub.send(body, **{"X-Hub-Signature": ""}) == 202
        assert hubs.subscriber.work(world.now) == 0
        assert world.titles() == ["Post 1"]


def test_push_when_sent_again_then_it_is_kept_once(world: World) -> None:
    with world.listening() as hubs:
        first, second = world.document(2), world.document(2, 3)
        assert [world.hub.send(body) for body in (first, second, first)] == [202] * 3
        assert hubs.subscriber.work(world.now) == 2


def test_push_when_it_is_no_feed_then_the_feed_is_none_the_worse(world: World) -> None:
    with world.listening() as hubs:
        world.hub.send(b"<html>no</html>")
        hubs.subscriber.work(world.now)
        assert world.feed().fetch.code == ""
        assert world.titles() == ["Post 1"]


def test_push_when_nobody_subscribed_there_then_the_address_is_gone(world: World) -> None:
    with world.listening():
        callback = world.hub.asked.form["hub.callback"]
        assert _open(callback + "x", b"body")[0] == 410
        world.now += 11 * DAY
        assert world.hub.send(world.document(2)) == 410, "the lease is over"


def test_push_when_it_is_too_large_or_has_no_length_then_it_is_not_read(world: World) -> None:
    with world.listening() as hubs:
        hubs.most_bytes = 1_000  # type: ignore[misc]
        assert world.hub.send(b"x" * 1_001) == 413
        assert world.hub.send(b"x", **{"Content-Encoding": "gzip"}) == 415
        parts = urlsplit(world.hub.asked.form["hub.callback"])
        head = f"POST {parts.path} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
            connection.sendall(head.encode())
            assert b" 411 " in connection.recv(100)


def test_push_when_hubs_send_slowly_then_only_so_many_are_waited_for(world: World) -> None:
    with world.listening():
        parts = urlsplit(world.hub.asked.form["hub.callback"])
        slow = [socket.create_connection((parts.hostname, parts.port)) for _ in range(8)]
        for each in slow:
            each.sendall(f"POST {parts.path} HTTP/1.1\r\nContent-Length: 9\r\n\r\nx".encode())
        time.sleep(0.5)
        assert world.hub.send(world.document(2)) == 503
        for each in slow:
            each.close()
        time.sleep(0.5)
        assert world.hub.send(world.document(2)) == 202


def test_push_when_a_run_is_at_work_then_it_waits_for_its_end(world: World) -> None:
    with world.listening() as hubs:
        world.hub.send(world.document(2))
        with run_lock(world.folder.state, command="build", now=world.now):
            assert hubs.subscriber.work(world.now) == 0
        assert hubs.subscriber.work(world.now) == 1
        assert world.titles() == ["Post 1", "Post 2"]


def test_run_when_the_server_is_writing_then_it_waits_a_moment(world: World) -> None:
    held = run_lock(world.folder.state, command="serve", now=world.now)
    held.__enter__()
    ending = threading.Timer(0.5, held.__exit__, (None, None, None))
    ending.start()
    world.refresh()
    ending.join()


def test_poll_when_the_hub_sends_then_it_is_rare_until_nobody_listens(world: World) -> None:
    with world.listening() as hubs:
        world.refresh(every=True)
        reason = world.feed().fetch.next_reason
        assert reason is not None
        assert reason.code == "decide.next_pushed"
        for _ in range(5):
            world.now += HOUR
            hubs.subscriber.work(world.now)
            before = world.server.count("/feed")
            world.refresh()
            assert world.server.count("/feed") == before
        hubs.subscriber.close(world.now)
        world.now += DAY / 2
        world.refresh()
        assert world.server.count("/feed") == before + 1


def test_poll_when_the_server_died_then_the_feed_is_asked_in_its_rhythm(world: World) -> None:
    with world.listening():
        world.refresh(every=True)
        before = world.server.count("/feed")
    world.now += 23 * HOUR
    world.refresh()
    assert world.server.count("/feed") == before + 1


def test_hub_when_a_poll_finds_what_it_did_not_send_then_it_is_not_relied_upon(
    world: World,
) -> None:
    with world.listening() as hubs:
        world.now += 2 * HOUR
        hubs.subscriber.work(world.now)
        world.write(1, 2, written=world.now - HOUR)
        world.refresh(every=True)
        fetch = world.feed().fetch
        assert fetch.push.missed is not None
        assert fetch.next_reason is not None
        assert fetch.push.missed.code == "decide.push_missed"
        assert fetch.next_reason.code != "decide.next_pushed"
        world.now += HOUR
        hubs.subscriber.work(world.now)
        assert world.hub.send(world.document(3)) == 410
        assert len(world.hub.seen) == 1, "asked again at once"
        world.now += 8 * DAY
        hubs.subscriber.work(world.now)
        assert len(world.hub.seen) == 2, "not given another chance"


def test_lease_when_it_nears_its_end_then_it_is_renewed_at_the_same_address(world: World) -> None:
    with world.listening() as hubs:
        world.now += 5 * DAY
        hubs.subscriber.work(world.now)
        assert len(world.hub.seen) == 1
        world.now += 4 * DAY
        hubs.subscriber.work(world.now)
        first, second = world.hub.seen
        assert first.form == second.form
        assert world.hub.verified == [(200, "ch4llenge")] * 2
        world.now += 5 * DAY
        assert world.hub.send(world.document(2)) == 202


def test_subscription_when_the_server_starts_again_then_it_stands(world: World) -> None:
    with world.listening() as hubs:
        hubs.subscriber.work(world.now)
        hubs.subscriber.close(world.now)
    with world.listening() as hubs:  # at another port, so that the hub must be told
        hubs.subscriber.work(world.now)
        first, second = world.hub.seen
        assert second.form["hub.secret"] == first.form["hub.secret"]
        assert second.form["hub.callback"] != first.form["hub.callback"]


def test_subscription_when_the_hub_denies_it_then_it_is_left_alone(world: World) -> None:
    with world.listening() as hubs:
        assert world.hub.ask("denied", world.server.url("/feed"), **{"hub.reason": "no"})[0] == 200
        assert world.hub.send(world.document(2)) == 410
        world.now += 6 * DAY
        hubs.subscriber.work(world.now)
        assert len(world.hub.seen) == 1


def test_subscribe_when_a_feed_is_behind_a_password_then_no_hub_hears_of_it(world: World) -> None:
    config = world.folder.config
    config.write_text(config.read_text("utf-8") + 'username = "me"\npassword = "pw"\n', "utf-8")
    with world.listening():
        assert world.hub.seen == []


def test_push_when_too_many_wait_then_the_hub_is_asked_to_come_back(world: World) -> None:
    with world.listening() as hubs:
        answers = [world.hub.send(b"document %d" % number) for number in range(66)]
        assert answers == [202] * 64 + [503] * 2
        hubs.subscriber.work(world.now)
        assert world.hub.send(world.document(2)) == 202


def test_subscription_when_the_feed_is_gone_then_the_hub_is_told(world: World) -> None:
    with world.listening() as hubs:
        hubs.subscriber.work(world.now)
        world.folder.subscribe([])
        world.refresh()
        world.now += 2 * HOUR
        hubs.subscriber.work(world.now)
        assert world.hub.asked.form["hub.mode"] == "unsubscribe"
        assert world.hub.verified[-1] == (200, "ch4llenge")
        assert _open(world.hub.asked.form["hub.callback"], b"x")[0] == 410


def test_hub_when_it_redirects_to_a_private_address_then_it_is_not_followed(
    tmp_path: Path,
) -> None:
    with FeedServer() as server, FeedServer(hosts=("127.0.0.2",)) as private:
        answer = Answer(307, {"Location": private.url("/admin")})
        with SendingHub(answer) as hub:
            world = World(tmp_path, server, hub)
            world.refresh()
            planet = Planet.open(world.folder.config, now=NOON, allow_networks=("127.0.0.1/32",))
            hubs = Hubs(planet, "http://127.0.0.1:9/hubs", on_error=print)
            hubs.subscriber.work(NOON)
            assert len(hub.seen) == 1
            assert private.connections == 0


def test_serve_when_told_of_hubs_then_what_they_send_is_published(world: World) -> None:
    port = free_port()
    command = [sys.executable, "-m", "ecliptic", "serve", str(world.folder.config), "-vv",
               "--port", str(port), "--allow-network", "127.0.0.0/8",
               "--websub", f"http://127.0.0.1:{port}/hubs/"]  # fmt: skip
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(lambda: bool(world.hub.verified))
        assert world.hub.send(world.document(2)) == 202
        wait_for(lambda: "Post 2" in _open(f"http://127.0.0.1:{port}/index.html")[1])
    finally:
        run.send_signal(signal.SIGINT)
        said = "".join(run.communicate(timeout=60))
    assert run.returncode == 130
    form = world.hub.asked.form
    token = form["hub.callback"].rpartition("/")[2]
    assert re.search(r"push_kept", said)
    assert token not in said
    assert form["hub.secret"] not in said


def test_serve_when_what_hubs_send_changes_the_site_then_the_planets_own_hub_is_told(
    world: World,
) -> None:
    world.folder.settings["hub"] = world.hub.url.replace("/hub", "/ours")
    world.folder.subscribe([world.server.url("/feed")])
    port = free_port()
    command = [sys.executable, "-m", "ecliptic", "serve", str(world.folder.config),
               "--port", str(port), "--allow-network", "127.0.0.0/8",
               "--websub", f"http://127.0.0.1:{port}/hubs/"]  # fmt: skip

    def told() -> list[str]:
        return [seen.form["hub.url"] for seen in world.hub.seen if seen.path == "/ours"]

    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
        try:
            wait_for(lambda: bool(world.hub.verified))
            before = len(told())
            assert world.hub.send(world.document(2)) == 202
            wait_for(lambda: len(told()) == before + 3)
            time.sleep(1.5)  # and no more of them
        finally:
            run.send_signal(signal.SIGINT)
    assert sorted(told()[before:]) == [
        f"https://planet.example/{name}" for name in ("atom.xml", "feed.json", "rss20.xml")
    ]


def test_serve_when_others_can_read_the_secrets_then_it_and_check_say_so(world: World) -> None:
    def exposed() -> bool:
        return "check.state_exposed" in ecliptic("check", str(world.folder.config)).stdout

    with world.listening():
        pass
    assert world.folder.state.stat().st_mode & 0o777 == 0o600
    assert not exposed()
    world.folder.state.chmod(0o644)
    assert exposed()
    run = subprocess.Popen(
        [sys.executable, "-m", "ecliptic", "serve", str(world.folder.config), "--port", "0",
         "--websub", "https://planet.example/hubs/", "--allow-network", "127.0.0.0/8"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdout
    assert run.stdout.readline()  # it is up
    run.send_signal(signal.SIGINT)
    assert "check.state_exposed" in run.communicate(timeout=60)[1]


@pytest.mark.parametrize(
    "address", ["hubs", "ftp://a.example/x", "https://a.example/", "https:///x"]
)
def test_serve_when_hubs_could_not_reach_the_address_then_it_says_so(
    world: World, address: str
) -> None:
    done = ecliptic("serve", str(world.folder.config), "--port", "0", "--websub", address)
    assert done.returncode == 2
    assert "cannot be given to hubs" in done.stderr


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)
