from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ecliptic.compat import feedparser

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
        "georss": "http://www.georss.org/georss",
        "gml": "http://www.opengis.net/gml",
        "psc": "http://podlove.org/simple-chapters",
        "cc": "http://web.resource.org/cc/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "mine": "http://mine.example/ns",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "atom": "http://www.w3.org/2005/Atom",
    }.items()
)


def feed(inner: str) -> Any:
    return feedparser.parse(f"<rss version='2.0' {NAMESPACES}><channel>{inner}</channel></rss>")


def entry(inner: str) -> Any:
    return feed(f"<item>{inner}</item>").entries[0]


def test_author_when_written_in_one_line_has_its_parts() -> None:
    found = entry("<author>Jo Doe (jo@blog.example)</author>")
    assert found.author == "Jo Doe (jo@blog.example)"
    assert found.author_detail == {"name": "Jo Doe", "email": "jo@blog.example"}
    found = entry("<dc:creator>Jo</dc:creator><dc:creator>Mo</dc:creator>")
    assert [one.name for one in found.authors] == ["Jo", "Mo"]


def test_author_when_written_in_parts_is_one_line_too() -> None:
    found = entry(
        "<atom:author><atom:name>Jo</atom:name><atom:email>j@a.example</atom:email>"
        "<atom:uri>http://a.example/</atom:uri></atom:author>"
        "<atom:contributor><atom:name>Mo</atom:name></atom:contributor>"
    )
    assert found.author == "Jo (j@a.example)"
    assert found.author_detail.href == "http://a.example/"
    assert found.contributors == [{"name": "Mo"}]


def test_publisher_when_it_is_the_owner_of_a_podcast_has_its_parts() -> None:
    found = feed(
        "<itunes:owner><itunes:name>Jo</itunes:name><itunes:email>j@a.example</itunes:email>"
        "</itunes:owner>"
    ).feed
    assert found.publisher_detail == {"name": "Jo", "email": "j@a.example"}


def test_image_and_text_input_have_records_of_their_own() -> None:
    found = feed(
        "<title>Blog</title><link>http://a.example/</link><image><title>Logo</title>"
        "<url>http://a.example/i.png</url><link>http://a.example/i</link><width>80</width>"
        "<height>x</height></image><textInput><name>q</name><title>Find</title></textInput>"
    ).feed
    assert (found.title, found.link, len(found.links)) == ("Blog", "http://a.example/", 1)
    assert (found.image.title, found.image.url) == ("Logo", "http://a.example/i.png")
    assert (found.image.width, found.image.height) == (80, 0)
    assert found.textinput.name == "q"


def test_source_when_it_is_a_feed_of_its_own_keeps_apart() -> None:
    found = entry(
        "<title>Mine</title><atom:source><atom:title>Theirs</atom:title>"
        "<atom:id>http://b.example/</atom:id></atom:source>"
    )
    assert (found.title, found.source.title, found.source.id) == (
        "Mine", "Theirs", "http://b.example/",
    )  # fmt: skip
    assert entry("<source url='http://b.example/f'>B</source>").source == {
        "href": "http://b.example/f",
        "title": "B",
    }


def test_categories_when_written_in_any_way_are_tags() -> None:
    found = entry(
        "<category domain='http://a.example/'>one</category><category>one</category>"
        "<dc:subject>two</dc:subject><atom:category term='three' label='3'/>"
        "<itunes:keywords>four, five,,</itunes:keywords><category>one</category>"
    )
    assert [tag.term for tag in found.tags] == ["one", "one", "two", "three", "four", "five"]
    assert found.tags[0].scheme == "http://a.example/"
    assert found.tags[3].label == "3"


def test_description_when_a_fuller_text_follows_stays_the_summary() -> None:
    found = entry("<description>Short</description><content:encoded>Long</content:encoded>")
    assert (found.summary, found.content[0].value) == ("Short", "Long")
    assert entry("<content:encoded>Long</content:encoded>").summary == "Long"


def test_media_title_and_description_give_way_to_the_entrys_own() -> None:
    for inner in ("<media:title>Photo</media:title><title>Mine</title>",
                  "<title>Mine</title><media:title>Photo</media:title>"):  # fmt: skip
        assert entry(inner).title == "Mine"
    found = entry("<description>Mine</description><media:description>It</media:description>")
    assert found.summary == "Mine"
    assert "content" not in found


def test_media_elements_are_lists_and_records() -> None:
    found = entry(
        "<media:content url='http://a.example/1.mp4'><media:thumbnail url='http://a.example/t'/>"
        "</media:content><media:credit role='a'>Jo</media:credit><media:rating>adult</media:rating>"
        "<media:restriction relationship='deny'>AU us</media:restriction>"
    )
    assert found.media_content[0]["url"] == "http://a.example/1.mp4"
    assert found.media_thumbnail[0]["url"] == "http://a.example/t"
    assert found.media_credit == [{"role": "a", "content": "Jo"}]
    assert found.media_rating.content == "adult"
    assert found.media_restriction.content == ["au", "us"]


@pytest.mark.parametrize(
    ("inner", "where"),
    [
        ("<georss:point>45.256 -71.92</georss:point>",
         {"type": "Point", "coordinates": (-71.92, 45.256)}),
        ("<georss:line>1 2 3 4</georss:line>",
         {"type": "LineString", "coordinates": [(2.0, 1.0), (4.0, 3.0)]}),
        ("<georss:polygon>1 2 3 4</georss:polygon>", {}),
        ("<georss:point>here</georss:point>", {}),
        (("<georss:where><gml:Point srsName='EPSG:4326'><gml:pos>1 2</gml:pos></gml:Point>"
         "</georss:where>"),
         {"srsName": "EPSG:4326", "srsDimension": 2, "type": "Point", "coordinates": (2.0, 1.0)}),
        (("<georss:where><gml:Point srsName='EPSG:26717'><gml:pos>1 2</gml:pos></gml:Point>"
         "</georss:where>"),
         {"srsName": "EPSG:26717", "srsDimension": 2, "type": "Point", "coordinates": (1.0, 2.0)}),
    ],
)  # fmt: skip
def test_where_has_longitude_first(inner: str, where: dict[str, Any]) -> None:
    assert entry(inner).where == where


def test_chapters_have_their_starts() -> None:
    found = entry(
        "<psc:chapters version='1.1'><psc:chapter start='01:02:03.004' title='A'/>"
        "<psc:chapter start='soon' title='B'/></psc:chapters>"
    ).psc_chapters
    assert [one.title for one in found.chapters] == ["A", "B"]
    assert found.chapters[0].start_parsed == timedelta(
        hours=1, minutes=2, seconds=3, milliseconds=4
    )
    assert found.chapters[1].start_parsed is None


def test_licence_is_a_link() -> None:
    found = entry("<cc:license rdf:resource='http://a.example/by'/>")
    assert found.license == "http://a.example/by"


def test_strange_elements_are_kept_under_their_own_names() -> None:
    found = entry("<mine:mood>good</mine:mood><mine:place lat='1'/><odd>x</odd>")
    assert (found.mine_mood, found.mine_place, found.odd) == ("good", {"lat": "1"}, "x")


def test_less_nested_elements_win() -> None:
    for inner in ("<odd><deep>2</deep></odd><deep>1</deep>",
                  "<deep>1</deep><odd><deep>2</deep></odd>"):  # fmt: skip
        assert entry(inner).deep == "1"


def test_links_that_act_are_not_given() -> None:
    found = entry("<link>java\tscript:alert(1)</link><comments>data:text/html,x</comments>")
    assert "link" not in found
    assert found.comments == ""


def test_itunes_flags_are_read_as_they_are_written() -> None:
    found = entry("<itunes:block>yes</itunes:block><itunes:explicit>clean</itunes:explicit>")
    assert (found.itunes_block, found.itunes_explicit) == (1, False)
    assert entry("<itunes:explicit>maybe</itunes:explicit>").itunes_explicit is None


def test_base_and_language_hold_inside_the_element_that_has_them() -> None:
    document = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a.example/x/' xml:lang='en'>"
        "<entry xml:base='y/'><title type='html' xml:lang='de_AT'>&lt;a href='z'&gt;t&lt;/a&gt;"
        "</title><link href='z'/></entry><entry xml:base='javascript:x'><link href='z'/></entry>"
        "</feed>"
    )
    result = feedparser.parse(document)
    first, second = result.entries
    assert result.feed.language == "en"
    assert first.title == '<a href="http://a.example/x/y/z">t</a>'
    assert (first.title_detail.language, first.title_detail.base) == (
        "de-AT", "http://a.example/x/y/",
    )  # fmt: skip
    assert (first.link, second.link) == ("http://a.example/x/y/z", "http://a.example/x/z")
