from __future__ import annotations

import pytest

from ecliptic.model.parsed import Location, ParsedEntry, ParsedFeed, Soundbite
from ecliptic.parse import parse

SPACES = (
    'xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml" '
    'xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" '
    'xmlns:source="http://source.scripting.com/"'
)


def read(item: str, *, channel: str = "") -> ParsedFeed:
    document = (
        f'<rss version="2.0" {SPACES}><channel><title>A</title>{channel}'
        f"<item><title>B</title>{item}</item></channel></rss>"
    )
    return parse(document.encode(), url="https://a.example/feed")


def entry(item: str) -> ParsedEntry:
    (found,) = read(item).entries
    return found


POINT = Location(kind="point", positions=((45.256, -71.92),))


@pytest.mark.parametrize(
    "item",
    [
        "<georss:point>45.256 -71.92</georss:point>",
        "<georss:where><gml:Point><gml:pos>45.256 -71.92</gml:pos></gml:Point></georss:where>",
        "<geo:lat>45.256</geo:lat><geo:long>-71.92</geo:long>",
        "<geo:Point><geo:lat>45.256</geo:lat><geo:long>-71.92</geo:long></geo:Point>",
        "<georss:point>1000 0</georss:point><geo:lat>45.256</geo:lat><geo:long>-71.92</geo:long>",
    ],
)
def test_location_when_written_in_any_way_then_it_is_the_same(item: str) -> None:
    assert entry(item).location == POINT


def test_location_when_it_is_a_shape_then_its_corners_come_in_order() -> None:
    found = entry(
        "<georss:polygon>45 -110 46 -109 43 -109 45 -110</georss:polygon>"
        "<georss:featurename>The park</georss:featurename>"
    ).location
    assert found is not None
    assert (found.kind, found.name) == ("polygon", "The park")
    assert found.positions == ((45.0, -110.0), (46.0, -109.0), (43.0, -109.0), (45.0, -110.0))


@pytest.mark.parametrize(
    "item",
    [
        "<georss:point>91 0</georss:point>",
        "<georss:point>nan 0</georss:point>",
        "<georss:point>here</georss:point>",
        "<georss:line>1 2</georss:line>",
        "<geo:lat>1</geo:lat>",
        "<georss:where>" * 50 + "</georss:where>" * 50,
    ],
)
def test_location_when_it_is_nowhere_then_there_is_none(item: str) -> None:
    assert entry(item).location is None


@pytest.mark.parametrize(
    ("item", "count"),
    [
        ("<slash:comments>12</slash:comments>", 12),
        ("<thr:total>0</thr:total>", 0),
        ("<slash:comments>-1</slash:comments>", None),
        ("<slash:comments>many</slash:comments>", None),
        ("", None),
    ],
)
def test_comment_count_when_said_then_it_is_read(item: str, count: int | None) -> None:
    assert entry(item).comment_count == count


def test_episode_when_a_podcast_says_more_then_it_is_kept() -> None:
    episode = entry(
        "<itunes:season>2</itunes:season><itunes:episode>7</itunes:episode>"
        "<itunes:episodeType>Bonus</itunes:episodeType><itunes:explicit>no</itunes:explicit>"
        '<podcast:soundbite startTime="73.5" duration="60">Why</podcast:soundbite>'
        '<podcast:soundbite startTime="x" duration="60">No time</podcast:soundbite>'
    ).episode
    assert episode is not None
    assert (episode.season, episode.number, episode.kind) == ("2", "7", "bonus")
    assert episode.explicit is False
    assert episode.soundbites == (Soundbite(start=73.5, duration=60.0, title="Why"),)


def test_markdown_when_given_beside_the_body_then_it_stands_apart() -> None:
    found = entry(
        "<description>&lt;b&gt;x&lt;/b&gt;</description><source:markdown>**x**</source:markdown>"
    )
    assert found.markdown == "**x**"
    assert found.content is not None
    assert found.content.value == "<b>x</b>"


def test_feed_when_a_podcast_moves_or_is_locked_then_that_is_read() -> None:
    feed = read(
        "",
        channel="<itunes:new-feed-url>/new</itunes:new-feed-url>"
        '<podcast:locked owner="a@a.example">yes</podcast:locked>'
        "<georss:point>45.256 -71.92</georss:point>",
    )
    assert feed.new_url == "https://a.example/new"
    assert feed.locked is True
    assert feed.location == POINT


def test_feed_when_nothing_of_this_is_said_then_nothing_is_made_up() -> None:
    feed = read("")
    assert (feed.new_url, feed.locked, feed.location) == ("", None, None)
    (found,) = feed.entries
    assert (found.location, found.episode, found.comment_count, found.markdown) == (
        None, None, None, "",
    )  # fmt: skip


def test_cdf_when_the_channel_names_its_base_then_addresses_are_relative_to_it() -> None:
    feed = parse(
        b'<CHANNEL BASE="http://c.example/x/" HREF="index.html"><TITLE>C</TITLE>'
        b'<ITEM HREF="a.html"><TITLE>I</TITLE></ITEM></CHANNEL>',
        url="http://other.example/f.cdf",
    )
    assert feed.link == "http://c.example/x/index.html"
    assert feed.entries[0].link == "http://c.example/x/a.html"
