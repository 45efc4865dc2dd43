from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.legacy.lists import feeds_of
from ecliptic.model.reading_list import (
    MOST_REACHED,
    Listed,
    ListedFeed,
    ListKind,
    ListState,
    ReadingList,
    reached,
)
from ecliptic.model.site import Site, Subscription
from ecliptic.sources.reading_lists import parse, with_lists

A, B = "https://a.example/feed", "https://b.example/feed"
OPML = f'<opml><body><outline text="Ann" xmlUrl="{A}" htmlUrl="https://a.example/"/></body></opml>'
FOAF = f"""\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:rss="http://purl.org/rss/1.0/"
  xmlns:foaf="http://xmlns.com/foaf/0.1/">
<foaf:Person><foaf:name>Ann</foaf:name>
  <foaf:knows><foaf:Person><foaf:name>Bob</foaf:name>
    <foaf:weblog><foaf:Document rdf:about="https://b.example/">
      <rdfs:seeAlso><rss:channel rdf:about="{B}"/></rdfs:seeAlso></foaf:Document></foaf:weblog>
  </foaf:Person></foaf:knows>
  <foaf:weblog><foaf:Document rdf:about="https://a.example/">
    <rdfs:seeAlso><rss:channel rdf:about="{A}"/></rdfs:seeAlso></foaf:Document></foaf:weblog>
</foaf:Person></rdf:RDF>"""
CSV = f"url,name,link,face\n{A},Ann,https://a.example/,a.png\n{B},Bob\n"
INI = f"[Planet]\nname = P\n[{A}]\nname = Ann\nface = a.png\n[x.py]\nwidth = 2\n[{B}]\nname = Bob\n"


URL = "https://l.example/people/list"


def read(text: str | bytes, kind: ListKind = "", **fields: Any) -> Listed | None:
    data = text if isinstance(text, bytes) else text.encode()
    return parse(data, ReadingList(url=URL, kind=kind, **fields), URL, feeds_of)


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [("opml", OPML, ["Ann"]), ("foaf", FOAF, ["Ann", "Bob"]), ("csv", CSV, ["Ann", "Bob"]),
     ("ini", INI, ["Ann", "Bob"])],
)  # fmt: skip
def test_parse_when_it_is_a_list_finds_its_feeds_and_its_form(
    kind: ListKind, text: str, names: list[str]
) -> None:
    listed = read(text, kind)
    assert listed == read(text)
    assert listed is not None
    found = listed.feeds
    assert [feed.name for feed in found] == names
    assert {feed.url for feed in found} <= {A, B}
    if kind in {"csv", "ini"}:
        assert found[0].extra == {"face": "a.png"}
    if kind != "ini":
        assert found[0].link == "https://a.example/"


@pytest.mark.parametrize("kind", ["", "opml", "foaf", "csv"])
@pytest.mark.parametrize("text", ["<!DOCTYPE html><title>Not found</title>", "<html/>", "", "x"])
def test_parse_when_it_is_no_list_says_none(kind: ListKind, text: str) -> None:
    assert read(text, kind) is None


def test_parse_when_a_list_is_hostile_takes_no_file_and_no_secret() -> None:
    text = CSV.replace(A, "file:///etc/passwd").replace(B, "https://ann:s3cret@b.example/feed")
    found = read(text + f"{B},again\njavascript:x,J\n", "csv")
    assert found == Listed(feeds=(ListedFeed(url=B, name="Bob"),))


@given(st.binary(), st.sampled_from(["", "opml", "foaf", "csv", "ini"]))
def test_parse_when_it_is_any_bytes_never_raises(data: bytes, kind: ListKind) -> None:
    read(data, kind, accounts={"": "https://x.example/{foaf:accountName}"})


PEOPLE = FOAF.replace(
    "<foaf:name>Bob</foaf:name>",
    """<foaf:name>Bob</foaf:name><rdfs:seeAlso rdf:resource="../bob.rdf"/>
    <rdfs:seeAlso rdf:resource="http://["/>
    <rdfs:seeAlso rdf:resource="file:///etc/passwd"/><foaf:holdsAccount><foaf:OnlineAccount>
    <foaf:accountServiceHomepage rdf:resource="https://photos.example/"/>
    <foaf:accountName>b&amp;b@N00</foaf:accountName></foaf:OnlineAccount></foaf:holdsAccount>""",
)


def test_parse_when_people_have_accounts_takes_the_feeds_of_the_services_that_are_asked_for() -> (
    None
):
    photos = {"https://photos.example/": "https://photos.example/feed?id={foaf:accountName}"}
    listed = read(PEOPLE, accounts=photos)
    assert listed is not None
    assert ListedFeed(url="https://photos.example/feed?id=b%26b@N00", name="Bob") in listed.feeds
    assert len(listed.feeds) == 3
    none = read(PEOPLE)
    assert none is not None
    assert len(none.feeds) == 2


def test_parse_when_people_know_others_says_where_more_is_said_of_those() -> None:
    listed = read(PEOPLE)
    assert listed is not None
    assert listed.further == ("https://l.example/bob.rdf",)


def test_reached_when_lists_lead_to_each_other_has_each_once_and_ends() -> None:
    names = [f"https://l.example/{number}" for number in range(300)]
    wanted = ReadingList(url=names[0], depth=2, kind="foaf", line=3)
    ring = {names[0]: ListState(further=(names[1], names[0])),
            names[1]: ListState(further=(names[2], names[0])),
            names[2]: ListState(further=(names[3],))}  # fmt: skip
    found = reached(wanted, ring)
    assert [each.url for each in found] == names[:3]
    assert [(each.depth, each.kind, each.line) for each in found] == [
        (2, "foaf", 3), (1, "foaf", 3), (0, "foaf", 3),
    ]  # fmt: skip
    many = {names[0]: ListState(further=tuple(names))}
    assert len(reached(wanted, many)) == 1 + MOST_REACHED


def test_with_lists_when_a_feed_is_the_operators_own_it_stays_so() -> None:
    own = Subscription(url=A, extra={"face": "own.png"}, paused=True, line=3)
    lists = (ReadingList(url="https://l.example/1", line=7), ReadingList(url="https://l.example/2"))
    site = Site(name="P", subscriptions=(own,), lists=lists)
    said = {"face": "x", "twitter": "@ann"}
    one = [ListedFeed(url=A, name="Ann", extra=said), ListedFeed(url=B, name="Bob")]
    two = [ListedFeed(url=B, name="Robert"), ListedFeed(url=A, name="Anna")]
    whole = with_lists(site, {"https://l.example/1": one, "https://l.example/2": two})
    ann, bob = whole.subscriptions
    assert (ann.name, ann.extra, ann.paused, ann.listed_in) == (
        "Ann", {"face": "own.png", "twitter": "@ann"}, True, "",
    )  # fmt: skip
    assert (bob.name, bob.line, bob.listed_in) == ("Bob", 7, "https://l.example/1")
    assert with_lists(whole, {"https://l.example/1": one}) == whole
    assert with_lists(whole, {}).subscriptions[0].url == A
    assert len(with_lists(whole, {}).subscriptions) == 1
