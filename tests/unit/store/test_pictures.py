"""Pictures that the site serves itself, as they are stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ecliptic.model.picture import FaceState, Picture, Tried
from ecliptic.model.site import Subscription
from ecliptic.parse import picture_of
from ecliptic.store import Store, open_store
from making import NOON
from pictures import png

URLS = ("https://a.example/feed", "https://b.example/feed")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "planet.sqlite") as opened:
        opened.subscribe([Subscription(url=url) for url in URLS])
        yield opened


def of(body: bytes) -> Picture:
    found = picture_of(body)
    assert found is not None
    return found


def face(body: bytes = b"", code: str = "decide.face_named") -> FaceState:
    return FaceState(
        code=code if body else "decide.face_none",
        checked_at=NOON,
        next_at=NOON + timedelta(days=7),
        named=("https://a.example/a.png", "", ""),
        url="https://a.example/a.png",
        etag='"1"',
        tried=(Tried(url="https://a.example/b.png", code="fetch.http_404"),),
        picture=of(body) if body else None,
    )


def keep(store: Store, *faces: FaceState, body: bytes = b"") -> None:
    states = dict(enumerate(faces, 1))
    store.pictures().write_faces(states, {of(body).mark: body} if body else {})


def revisions(store: Store) -> list[int]:
    return [feed.revision for feed in store.feeds()]


def test_face_when_stored_then_it_and_its_bytes_come_back(store: Store) -> None:
    assert (store.pictures().faces(), store.feeds()[0].face) == ({}, None)
    keep(store, face(png()), face(), body=png())
    assert store.pictures().faces() == {1: face(png()), 2: face()}
    assert [feed.face for feed in store.feeds()] == [of(png()), None]
    assert store.pictures().body(of(png()).mark) == png()


def test_face_when_it_moves_then_the_revision_of_its_feed_does_and_no_others(store: Store) -> None:
    keep(store, face(png()), body=png())
    first = revisions(store)
    keep(store, face(png(), code="decide.face_icon"), face())
    assert revisions(store) == first
    keep(store, face(png(shade=1)), body=png(shade=1))
    assert revisions(store)[0] > first[0]
    assert revisions(store)[1] == first[1]
    assert store.changed_at() is None


def test_picture_when_nobody_shows_it_any_more_then_it_is_forgotten(store: Store) -> None:
    mark = of(png()).mark
    keep(store, face(png()), face(png()), body=png())
    keep(store, face())
    assert store.pictures().body(mark) == png()
    keep(store, face(), face())
    with pytest.raises(KeyError):
        store.pictures().body(mark)


def test_faces_when_a_feed_is_not_subscribed_any_more_then_it_is_not_among_them(
    store: Store,
) -> None:
    keep(store, face(png()), face(), body=png())
    store.subscribe([Subscription(url=URLS[1])])
    assert list(store.pictures().faces()) == [2]
