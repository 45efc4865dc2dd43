from __future__ import annotations

import pytest

from ecliptic.model.parsed import Link
from ecliptic.parse import hub_of, parse

BASE = "https://blog.example/feed"
IN_DOCUMENT = (
    Link(href="https://hub.example/", rel="hub"),
    Link(href="https://blog.example/own", rel="self"),
)
DOCUMENTS = ("https://hub.example/", "https://blog.example/own")


@pytest.mark.parametrize("header", [
    '<https://h.example/>; rel="hub", <https://blog.example/t>; rel="self"',
    "<https://h.example/>;rel=hub,<https://blog.example/t>;rel=self",
    '<https://h.example/>; title="a, b; rel=c"; REL="x HUB", </t>; rel="self"',
    '<https://h.example/>; rel="hub", <https://i.example/>; rel="hub", </t>; rel=self',
])  # fmt: skip
def test_hub_when_the_server_names_it_then_that_comes_first(header: str) -> None:
    found = hub_of(header, IN_DOCUMENT, base=BASE)
    assert found[1] == "https://blog.example/t"
    assert found[0] == "https://h.example/"


@pytest.mark.parametrize("header", [
    "", "nonsense", '<https://h.example/>; rel="hub"', '<>; rel="hub", <>; rel="self"',
    "<javascript:x>; rel=hub, <file:///etc/passwd>; rel=self",
    "<https://me:pw@h.example/>; rel=hub, </t>; rel=self", "<" * 9_000,
])  # fmt: skip
def test_hub_when_the_server_names_none_that_can_be_used_then_it_is_the_documents(
    header: str,
) -> None:
    assert hub_of(header, IN_DOCUMENT, base=BASE) == DOCUMENTS
    assert hub_of(header, IN_DOCUMENT[:1], base=BASE) == ("", "")
    assert hub_of(header, (), base=BASE) == ("", "")


def test_hub_when_a_path_has_an_at_sign_then_that_is_no_password() -> None:
    header = "<https://h.example/>; rel=hub, <https://social.example/@ann.rss>; rel=self"
    assert hub_of(header, (), base=BASE) == (
        "https://h.example/",
        "https://social.example/@ann.rss",
    )


def test_hub_when_it_stands_in_a_feed_then_it_is_found() -> None:
    links = '<link rel="hub" href="//hub.example/"/><link rel="self" href="/own"/>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{links}</feed>'.encode()
    assert hub_of("", parse(feed, url=BASE).links, base=BASE) == DOCUMENTS
