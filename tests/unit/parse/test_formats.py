"""One small document of each format, and what it says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ecliptic.model.parsed import (
    Category,
    Enclosure,
    EntrySource,
    Link,
    ParsedEntry,
    Person,
    Tombstone,
)
from ecliptic.model.text import Content
from ecliptic.parse import parse

URL = "https://blog.example/feed.xml"
RSS090 = (
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<channel xmlns="http://my.netscape.com/rdf/simple/0.9/"/></r:RDF>'
)
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "media": "http://search.yahoo.com/mrss/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "podcast": "https://podcastindex.org/namespace/1.0",
        "wfw": "http://wellformedweb.org/CommentAPI/",
        "thr": "http://purl.org/syndication/thread/1.0",
        "atom": "http://www.w3.org/2005/Atom",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "cc": "http://web.resource.org/cc/",
    }.items()
)


def rss_entry(inside: str, channel: str = "", url: str = URL) -> ParsedEntry:
    document = (
        f'<rss version="2.0" {NAMESPACES}><channel>{channel}<item>{inside}</item></channel></rss>'
    )
    (entry,) = parse(document, url=url).entries
    return entry


def atom_entry(inside: str, root: str = "", url: str = URL) -> ParsedEntry:
    document = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES} {root}>'
        f"<entry>{inside}</entry></feed>"
    )
    (entry,) = parse(document, url=url).entries
    return entry


def test_rss20_says_all_of_it() -> None:
    feed = parse(
        f"""<rss version="2.0" {NAMESPACES}><channel>
        <title>Ann &amp;amp; Bob</title><link>https://blog.example/</link>
        <description>About us</description><language>en-gb</language><copyright>© us</copyright>
        <managingEditor>ann@example.org (Ann)</managingEditor><generator>Hand</generator>
        <pubDate>Thu, 01 Jan 2004 10:00:00 GMT</pubDate>
        <lastBuildDate>Thu, 01 Jan 2004 11:00:00 GMT</lastBuildDate>
        <ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod>
        <sy:updateFrequency>2</sy:updateFrequency>
        <skipHours><hour>0</hour><hour>24</hour><hour>7</hour></skipHours>
        <skipDays><day>Sunday</day><day>saturday</day></skipDays>
        <image><url>/logo.png</url><title>Ann</title></image><category domain="d">Tech</category>
        <atom:link rel="self" href="https://blog.example/feed.xml"/>
        <atom:link rel="hub" href="https://hub.example/"/>
        <atom:link rel="prev-archive" href="/old.xml"/>
        <item><title>Hello &lt;b&gt;you&lt;/b&gt;</title><link>/hello</link>
        <guid isPermaLink="false"> urn:1 </guid><description>Short</description>
        <content:encoded><![CDATA[<p>Long and full</p>]]></content:encoded>
        <author>bob@example.org (Bob)</author><category>a</category><category>a</category>
        <pubDate>Thu, 01 Jan 2004 09:00:00 +0100</pubDate><comments>/hello#c</comments>
        <enclosure url="/a.mp3" type="audio/mpeg" length="123"/>
        <itunes:duration>1:02</itunes:duration>
        <source url="https://other.example/rss">Other</source></item></channel></rss>""",
        url=URL,
    )
    assert feed.format == "rss20"
    assert feed.title == Content(value="Ann &amp; Bob", kind="html", base="https://blog.example/")
    assert feed.link == "https://blog.example/"
    assert (feed.language, feed.rights, feed.generator) == ("en-gb", "© us", "Hand")
    assert feed.authors == (Person(name="Ann", email="ann@example.org"),)
    assert (feed.ttl, feed.update_seconds) == (90, 43_200)
    assert (feed.skip_hours, feed.skip_days) == ((0, 7), ("Saturday", "Sunday"))
    assert feed.image == "https://blog.example/logo.png"
    assert feed.categories == (Category(term="Tech", scheme="d"),)
    assert [(link.rel, link.href) for link in feed.links] == [
        ("self", "https://blog.example/feed.xml"),
        ("hub", "https://hub.example/"),
        ("prev-archive", "https://blog.example/old.xml"),
    ]
    assert feed.published == datetime(2004, 1, 1, 10, tzinfo=UTC)
    assert feed.updated == datetime(2004, 1, 1, 11, tzinfo=UTC)
    (entry,) = feed.entries
    base = "https://blog.example/hello"
    assert entry == ParsedEntry(
        id="urn:1",
        link=base,
        title=Content(value="Hello <b>you</b>", kind="html", base=base),
        summary=Content(value="Short", kind="text", base=base),
        content=Content(value="<p>Long and full</p>", kind="html", base=base),
        published=datetime(2004, 1, 1, 8, tzinfo=UTC),
        authors=(Person(name="Bob", email="bob@example.org"),),
        categories=(Category(term="a"),),
        enclosures=(
            Enclosure(url="https://blog.example/a.mp3", type="audio/mpeg", length=123, duration=62),
        ),
        comments="https://blog.example/hello#c",
        source=EntrySource(title="Other", feed_url="https://other.example/rss"),
    )


def test_atom10_says_all_of_it() -> None:
    feed = parse(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"
        xml:base="https://a.example/x/">
        <id>tag:a.example,2024:f</id><title type="html">A &amp;amp; B</title>
        <subtitle>S</subtitle><updated>2024-01-02T03:04:05Z</updated><rights>R</rights>
        <link href="."/><link rel="self" href="feed"/><icon>i.png</icon><logo>/l.png</logo>
        <generator version="2">Gen</generator><author><name>Ann</name><uri>/ann</uri></author>
        <entry xml:base="e/"><id>tag:a.example,2024:1</id><title type="text">1 &lt; 2</title>
        <link rel="alternate" type="text/html" hreflang="fr" href="one"/>
        <link rel="enclosure" type="audio/ogg" length="7" href="one.ogg"/>
        <link rel="replies" type="text/html" href="one#c"/>
        <published>2024-01-01T00:00:00+02:00</published><updated>2024-01-03T00:00:00Z</updated>
        <author><name>Bob</name><email>bob@a.example</email></author>
        <author><name>Cy</name></author><contributor><name>Di</name></contributor>
        <category term="t" scheme="s" label="L"/>
        <summary type="html">&lt;i&gt;short&lt;/i&gt;</summary>
        <content type="xhtml" xml:lang="en"><div xmlns="http://www.w3.org/1999/xhtml">
        <p>Full <br/> <a name="x"/> body</p></div></content>
        <source><id>s:1</id><title>Src</title><link href="https://s.example/"/>
        <link rel="self" href="https://s.example/f"/></source></entry></feed>""",
        url="https://elsewhere.example/",
    )
    assert (feed.format, feed.id, feed.language) == ("atom10", "tag:a.example,2024:f", "de")
    assert feed.link == "https://a.example/x/"
    assert (feed.icon, feed.image) == ("https://a.example/x/i.png", "https://a.example/l.png")
    assert feed.generator == "Gen 2"
    assert feed.authors == (Person(name="Ann", url="https://a.example/ann"),)
    (entry,) = feed.entries
    base = "https://a.example/x/e/"
    assert entry.link == base + "one"
    assert entry.title == Content(value="1 < 2", kind="text", base=base, language="de")
    assert entry.summary == Content(value="<i>short</i>", kind="html", base=base, language="de")
    assert entry.content == Content(
        value='<p>Full <br> <a name="x"></a> body</p>', kind="html", base=base, language="en"
    )
    assert entry.authors == (Person(name="Bob", email="bob@a.example"), Person(name="Cy"))
    assert entry.contributors == (Person(name="Di"),)
    assert entry.categories == (Category(term="t", scheme="s", label="L"),)
    assert entry.enclosures == (Enclosure(url=base + "one.ogg", type="audio/ogg", length=7),)
    assert entry.links[0] == Link(href=base + "one", type="text/html", language="fr")
    assert entry.comments == base + "one#c"
    assert entry.published == datetime(2023, 12, 31, 22, tzinfo=UTC)
    assert entry.updated == datetime(2024, 1, 3, tzinfo=UTC)
    assert entry.source == EntrySource(
        id="s:1", title="Src", link="https://s.example/", feed_url="https://s.example/f"
    )


def test_rss10_reads_items_beside_the_channel() -> None:
    feed = parse(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://a.example/f"><title>T</title><link>https://a.example/</link>
        <items><rdf:Seq><rdf:li resource="https://a.example/1"/></rdf:Seq></items></channel>
        <image rdf:about="x"><url>https://a.example/i.png</url></image>
        <item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link>
        <dc:date>2024-01-01T00:00:00Z</dc:date><dc:creator>Ann</dc:creator>
        <dc:subject>s</dc:subject></item></rdf:RDF>"""
    )
    assert (feed.format, feed.id, feed.image) == (
        "rss10", "https://a.example/f", "https://a.example/i.png",
    )  # fmt: skip
    (entry,) = feed.entries
    assert entry.id == "https://a.example/1"
    assert entry.published == datetime(2024, 1, 1, tzinfo=UTC)
    assert entry.authors == (Person(name="Ann"),)
    assert entry.categories == (Category(term="s"),)


def test_cdf_reads_its_attributes() -> None:
    feed = parse(
        """<CHANNEL HREF="https://a.example/"><TITLE>T</TITLE><ABSTRACT>A</ABSTRACT>
        <ITEM HREF="https://a.example/1" LASTMOD="2004-04-06T23:05:43-05:00"><TITLE>One</TITLE>
        <ABSTRACT>Text</ABSTRACT></ITEM></CHANNEL>"""
    )
    assert (feed.format, feed.link) == ("cdf", "https://a.example/")
    assert feed.subtitle is not None
    (entry,) = feed.entries
    assert (entry.link, entry.updated) == (
        "https://a.example/1", datetime(2004, 4, 7, 4, 5, 43, tzinfo=UTC),
    )  # fmt: skip


def test_cdf_when_channels_are_nested_is_about_the_outer_one() -> None:
    feed = parse(
        """<CHANNEL HREF="https://a.example/"><TITLE>T</TITLE><ITEM HREF="https://a.example/1"/>
        <CHANNEL HREF="https://a.example/sub"><ITEM HREF="https://a.example/2"/></CHANNEL></CHANNEL>"""
    )
    assert feed.link == "https://a.example/"
    assert [entry.link for entry in feed.entries] == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ('<rss version="0.91"><channel/></rss>', "rss091"),
        ('<rss version="0.92"><channel/></rss>', "rss092"),
        ("<rss><channel/></rss>", "rss"),
        ('<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>', "atom03"),
        ("<feed><title>x</title><entry/></feed>", "atom"),
        ('<entry xmlns="http://www.w3.org/2005/Atom"><title>x</title></entry>', "atom10"),
        (RSS090, "rss090"),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', "json10"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "json11"),
        ('<a:rss xmlns:a="urn:strange" version="2.0"><a:channel/></a:rss>', "rss20"),
    ],
)  # fmt: skip
def test_format_is_told_by_root_and_version(document: str, expected: str) -> None:
    assert parse(document).format == expected


def test_atom03_modes_are_read() -> None:
    feed = parse(
        """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><tagline>Sub</tagline>
        <entry><title mode="escaped" type="text/html">a &lt;b&gt;c&lt;/b&gt;</title>
        <content type="application/xhtml+xml" mode="xml">
        <div xmlns="http://www.w3.org/1999/xhtml">x <i>y</i></div></content>
        <summary type="text/plain" mode="base64">aGVsbG8=</summary>
        <issued>2004-01-01T00:00:00Z</issued><modified>2004-01-02T00:00:00Z</modified></entry></feed>"""
    )
    (entry,) = feed.entries
    assert entry.title == Content(value="a <b>c</b>", kind="html")
    assert entry.content == Content(value="x <i>y</i>", kind="html")
    assert entry.summary == Content(value="hello", kind="text")
    assert entry.published == datetime(2004, 1, 1, tzinfo=UTC)
    assert entry.updated == datetime(2004, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "value", "kind"),
    [
        ("plain", "plain", "text"),
        ("AT&amp;amp;T", "AT&amp;T", "html"),
        ("AT&amp;T", "AT&T", "text"),
        ("1 &lt; 2", "1 < 2", "text"),
        ("Use &lt;iframe&gt; well", "Use <iframe> well", "text"),
        ("a &lt;em&gt;b&lt;/em&gt;", "a <em>b</em>", "html"),
        ("a &lt;em&gt; b", "a <em> b", "text"),
        ("List&lt;String&gt; &amp;amp; co", "List<String> &amp; co", "text"),
        ("<![CDATA[x &#8217; y]]>", "x &#8217; y", "html"),
        ("<b>inline</b> x", "<b>inline</b> x", "html"),
    ],
)
def test_rss_title_is_markup_only_when_it_looks_so(written: str, value: str, kind: str) -> None:
    title = rss_entry(f"<title>{written}</title>").title
    assert title is not None
    assert (title.value, title.kind) == (value, kind)


def test_body_is_the_fullest_and_summary_another_text() -> None:
    both = rss_entry("<description>same</description><content:encoded>same</content:encoded>")
    assert both.content is not None
    assert both.summary is None
    alone = rss_entry("<description>only</description>")
    assert alone.content is not None
    assert (alone.content.value, alone.summary) == ("only", None)
    longer = rss_entry(
        "<description>the longer one</description><content:encoded>no</content:encoded>"
    )
    assert longer.content is not None
    assert longer.content.value == "the longer one"


def test_media_description_never_replaces_the_body() -> None:
    entry = rss_entry(
        "<description>Body</description><media:content url='https://a.example/i.jpg'"
        " medium='image'>"
        "<media:description>Caption, and a long one at that</media:description></media:content>"
    )
    assert entry.content is not None
    assert entry.content.value == "Body"
    assert entry.image == "https://a.example/i.jpg"
    assert entry.enclosures == ()


def test_media_group_gives_files_picture_and_words_for_want_of_others() -> None:
    entry = rss_entry(
        "<media:group><media:title>T</media:title><media:description>D</media:description>"
        "<media:thumbnail url='/t.png'/>"
        "<media:content url='/v.mp4' type='video/mp4' fileSize='9' duration='8'/></media:group>"
    )
    assert entry.title is not None
    assert entry.content is not None
    assert (entry.title.value, entry.content.value) == ("T", "D")
    assert entry.image == "https://blog.example/t.png"
    assert entry.enclosures == (
        Enclosure(url="https://blog.example/v.mp4", type="video/mp4", length=9, duration=8),
    )


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ('<guid isPermaLink="false">https://a.example/1</guid>', ""),
        ('<guid isPermaLink="true">/1</guid>', "https://blog.example/1"),
        ('<guid ispermalink="false">https://a.example/1</guid>', ""),
        ("<guid>abc</guid>", ""),
        ("<link>/x</link><guid>https://a.example/1</guid>", "https://blog.example/x"),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link/><atom:link href='/y'/>", "https://blog.example/y"),
        ("<link>/~r/1</link><feedburner:origLink>/1</feedburner:origLink>",
         "https://blog.example/1"),
        ("<link>/a?b=1&amp;amp;c=2</link>", "https://blog.example/a?b=1&c=2"),
    ],
)  # fmt: skip
def test_rss_permalink(inside: str, link: str) -> None:
    assert rss_entry(inside).link == link


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        ('<link href="/a"/>', "https://blog.example/a"),
        ('<link rel="edit" href="/e"/><link rel="alternate" type="text/html" href="/a"/>',
         "https://blog.example/a"),
        ('<link rel="alternate" type="application/json" href="/j"/><link href="/a"/>',
         "https://blog.example/a"),
        ('<link rel="http://www.iana.org/assignments/relation/alternate" href="/a"/>',
         "https://blog.example/a"),
        ("<id>https://a.example/1</id>", "https://a.example/1"),
        ("<id>tag:x</id>", ""),
        ('<content src="/movie"/>', "https://blog.example/movie"),
        ('<link rel="alternate" href="javascript:x"/>', ""),
    ],
)  # fmt: skip
def test_atom_permalink(inside: str, link: str) -> None:
    assert atom_entry(inside).link == link


def test_identifiers_are_kept_byte_for_byte() -> None:
    assert rss_entry("<guid>t3_157kyrd</guid>").id == "t3_157kyrd"
    assert atom_entry("<id>/Changelog?a&amp;b</id>").id == "/Changelog?a&b"


def test_xhtml_is_written_as_html_without_prefixes() -> None:
    content = atom_entry(
        '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"'
        ' xmlns:m="http://www.w3.org/1998/Math/MathML"><h:p class="a">x &lt; y<h:br/></h:p>'
        '<h:iframe src="u"/><m:math><m:mi>x</m:mi></m:math> xmlns="not a tag"</h:div></content>'
    ).content
    assert content is not None
    assert content.value == (
        '<p class="a">x &lt; y<br></p><iframe src="u"></iframe><math><mi>x</mi></math>'
        ' xmlns="not a tag"'
    )


def test_xhtml_resolves_addresses_below_an_inner_base() -> None:
    content = atom_entry(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        '<p xml:base="https://o.example/d/"><a href="x">y</a></p><a href="z">z</a></div></content>'
    ).content
    assert content is not None
    assert content.value == '<p><a href="https://o.example/d/x">y</a></p><a href="z">z</a>'


def test_svg_in_xhtml_is_kept_as_markup() -> None:
    content = atom_entry(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
        '<path d="M0"/></svg></div></content>'
    ).content
    assert content is not None
    assert content.value == '<svg viewBox="0 0 1 1"><path d="M0"></path></svg>'


def test_addresses_without_a_known_base_fall_back_on_the_feed_itself() -> None:
    entry = rss_entry("<link>/x</link>", channel="<link>https://a.example/</link>", url="")
    assert entry.link == "https://a.example/x"


def test_atom_entry_takes_authors_of_its_source() -> None:
    entry = atom_entry("<source><author><name>Src</name></author></source>")
    assert entry.authors == (Person(name="Src"),)


def test_implied_links_are_kept() -> None:
    entry = rss_entry(
        "<wfw:commentRss>/c.xml</wfw:commentRss><thr:in-reply-to ref='tag:x' href='/r'/>"
        "<podcast:transcript url='/t.vtt' type='text/vtt'/>"
    )
    assert {link.rel: link.href for link in entry.links} == {
        "replies": "https://blog.example/c.xml",
        "in-reply-to": "https://blog.example/r",
        "transcript": "https://blog.example/t.vtt",
    }


def test_prefix_is_only_a_name() -> None:
    document = (
        '<rss version="2.0" xmlns:x="HTTP://purl.org/dc/elements/1.1"><channel><item>'
        "<x:creator>Ann</x:creator></item></channel></rss>"
    )
    assert parse(document).entries[0].authors == (Person(name="Ann"),)


def test_undeclared_prefix_is_believed() -> None:
    document = (
        '<rss version="2.0"><channel><item><dc:creator>Ann</dc:creator></item></channel></rss>'
    )
    assert parse(document).entries[0].authors == (Person(name="Ann"),)


def test_people_of_a_podcast_are_contributors_with_their_page() -> None:
    entry = rss_entry("<podcast:person role='guest' href='/jo'>Jo</podcast:person>")
    assert entry.contributors == (Person(name="Jo", url="https://blog.example/jo"),)


def test_generator_with_markup_inside_is_read_as_text() -> None:
    document = '<rss version="2.0"><channel><generator><p>Maker</p></generator></channel></rss>'
    assert parse(document).generator == "Maker"


def test_author_by_a_mistaken_name_of_dublin_core_is_read() -> None:
    assert rss_entry("<dc:author>Ann</dc:author>").authors == (Person(name="Ann"),)
    document = f'<rss version="2.0" {NAMESPACES}><channel><dc:author>Bo</dc:author></channel></rss>'
    assert parse(document).authors == (Person(name="Bo"),)


def test_language_of_the_header_is_the_last_resort() -> None:
    document = '<rss version="2.0"><channel/></rss>'
    assert parse(document, content_language="pt-BR, en").language == "pt-BR"


def test_categories_that_read_alike_are_kept_once() -> None:
    scheme = "http://a.example/" + "s" * 600
    entry = rss_entry(
        f'<atom:category term="t" scheme="{scheme}1"/>'
        f'<atom:category term=" t " scheme="{scheme}2"/>'
        '<atom:category term=" " label="L"/><atom:category>in text</atom:category>'
    )
    assert entry.categories == (
        Category(term="t", scheme=scheme[:500]),
        Category(term="L"),
        Category(term="in text"),
    )


def test_empty_tags_in_markup_are_opened_unless_html_closes_them_itself() -> None:
    inside = '<a href="x/"/>1 /&gt; 2<b/><br/><IMG alt="/&gt;" src="y/" /><ruby-x/>'
    entry = rss_entry(f"<description><p>{inside}</p></description>")
    assert entry.content
    assert entry.content.value == (
        '<p><a href="x/"></a>1 /&gt; 2<b></b><br><IMG alt="/&gt;" src="y/"><ruby-x></ruby-x></p>'
    )


def test_tombstones_then_what_the_feed_deleted_is_told() -> None:
    """RFC 6721, 3: an element at:deleted-entry has the id of the entry, and when it went."""
    parsed = parse(
        """<feed xmlns="http://www.w3.org/2005/Atom"
                 xmlns:at="http://purl.org/atompub/tombstones/1.0">
             <id>tag:blog.example,2018:feed</id>
             <at:deleted-entry ref=" tag:blog.example,2018:2 " when="2018-04-25T12:00:00Z">
               <at:comment>Spam</at:comment>
             </at:deleted-entry>
             <entry><id>tag:blog.example,2018:1</id></entry>
             <at:deleted-entry ref="tag:blog.example,2018:3" when="soon"/>
             <at:deleted-entry when="2018-04-25T12:00:00Z"/>
           </feed>"""
    )
    assert parsed.tombstones == (
        Tombstone(ref="tag:blog.example,2018:2", when=datetime(2018, 4, 25, 12, tzinfo=UTC)),
        Tombstone(ref="tag:blog.example,2018:3"),
    )
    assert [entry.id for entry in parsed.entries] == ["tag:blog.example,2018:1"]
