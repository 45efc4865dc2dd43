from __future__ import annotations

from pathlib import Path
from typing import Any

import html5lib
import pytest
from lxml import etree

from ecliptic.errors import RenderError
from ecliptic.model.entry import FeedInfo
from ecliptic.model.feed import FeedState, FetchState
from ecliptic.model.page import Page
from ecliptic.model.parsed import Category, Enclosure, Person
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.model.text import SafeHTML
from ecliptic.render import Renderer
from ecliptic.render.venus_atom import VenusAtom
from ecliptic.render.xhtml import xhtml
from ecliptic.render.xslt import Stylesheet
from making import NOON
from rendering import default_theme, make_feed, make_shown, render_page

HEAD = (
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:planet="http://planet.intertwingly.net/"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml" exclude-result-prefixes="atom planet xhtml">'
)
COPYING = "<xsl:template match='/'><xsl:copy-of select=\"document('{}')\"/></xsl:template>"
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "planet": "http://planet.intertwingly.net/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def sheet(text: str, head: str = HEAD) -> str:
    return f"{head}{text}</xsl:stylesheet>"


def put(folder: Path, text: str, name: str = "index.html.xslt") -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def planet(folder: Path, text: str, **settings: Any) -> Site:
    file = put(folder, text)
    template = OldTemplate(
        file=str(file),
        path="index.html",
        folder=str(folder),
        kind="xslt",
        engine="venus",
        **settings,
    )
    return Site(
        name="Planet V", link="http://v.example/", owner_name="Ann",
        extra={"face": "all.png"}, templates=(template,),
    )  # fmt: skip


def document(site: Site, *shown: Any, messages: dict[int, str] | None = None) -> etree._Element:
    feeds = list({one.feed.id: one.feed for one in shown}.values())
    atom = VenusAtom(site, site.templates[0], feeds, messages or {})
    return etree.fromstring(atom.document(shown, NOON))


def texts(tree: etree._Element, path: str) -> list[str]:
    found = tree.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(each) for each in found]


def test_document_when_venus_makes_it_says_all_of_planet_feeds_and_entries(tmp_path: Path) -> None:
    feed = make_feed(
        name="Ann's <b>", link="http://ann.example/", extra={"twitter": "ann", "bad key": "x"},
        info=FeedInfo(title="Blog", subtitle="Sub", id="tag:a,2018:a", format="rss20"),
    )  # fmt: skip
    shown = make_shown(
        1, feed, title="Use <i>", title_html=SafeHTML("Use <i>it</i><br>&nbsp;&lt;b&gt;"),
        language="de", authors=(Person(name="Bob", email="b@b.example"),),
        categories=(Category(term="py"),), comments="https://a.example/c",
        enclosures=(Enclosure(url="https://a.example/a.mp3", type="audio/mpeg", length=3),),
    )  # fmt: skip
    site = planet(tmp_path, sheet(""), date_format="%d.%m.%Y")
    tree = document(site, shown, messages={1: "404: not found"})
    for path, said in {
        "atom:title/text()": ["Planet V"],
        "atom:updated/text()": ["2018-04-25T12:00:00Z"],
        "atom:updated/@planet:format": ["25.04.2018"],
        "atom:author/atom:name/text()": ["Ann"],
        "atom:link[@rel='alternate']/@href": ["http://v.example/"],
        "planet:source/planet:name/text()": ["Ann's <b>"],
        "planet:source/planet:css-id/text()": ["ann-s-b"],
        "planet:source/planet:twitter/text()": ["ann"],
        "planet:source/planet:face/text()": ["all.png"],
        "planet:source/planet:message/text()": ["404: not found"],
        "planet:source/planet:format/text()": ["rss20"],
        "planet:source/atom:title/text()": ["Blog"],
        "planet:source/atom:link[@rel='self']/@href": ["https://blog1.example/feed"],
        "planet:source/atom:link[@rel='alternate']/@href": ["http://ann.example/"],
        "atom:entry/@xml:lang": ["de"],
        "atom:entry/atom:id/text()": ["tag:blog1.example,2018:1"],
        "atom:entry/atom:title/@type": ["xhtml"],
        "atom:entry/atom:title/xhtml:div/xhtml:i/text()": ["it"],
        "atom:entry/atom:title/xhtml:div/text()": ["Use ", "\xa0<b>"],
        "atom:entry/atom:content/xhtml:div/xhtml:p/text()": ["Body 1"],
        "atom:entry/atom:updated/text()": ["2018-04-25T11:00:00Z"],
        "atom:entry/atom:author/atom:name/text()": ["Bob"],
        "atom:entry/atom:category/@term": ["py"],
        "atom:entry/atom:link[@rel='enclosure']/@length": ["3"],
        "atom:entry/atom:link[@rel='replies']/@href": ["https://a.example/c"],
        "atom:entry/atom:source/atom:id/text()": ["tag:a,2018:a"],
        "atom:entry/atom:source/planet:name/text()": ["Ann's <b>"],
    }.items():
        assert texts(tree, path) == said, path
    assert len(texts(tree, "planet:source/planet:*")) == 6


def test_document_when_ids_are_no_addresses_gives_harmless_ones(tmp_path: Path) -> None:
    site = planet(tmp_path, sheet(""))
    tree = document(site, make_shown(1, id="javascript: alert(1)"), make_shown(2, id=""))
    assert all(each.startswith("urn:uuid:") for each in texts(tree, "atom:entry/atom:id/text()"))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<br>b<hr><wbr>", "a<br/>b<hr/><wbr/>"),
        (
            '<video controls=""><source src="a?b=1&amp;c"><track default=""></video>',
            '<video controls=""><source src="a?b=1&amp;c"/><track default=""/></video>',
        ),
        ('<img alt="a > b < c" src="d">', '<img alt="a > b &lt; c" src="d"/>'),
        ("1 &lt; 2 &amp; 3 &gt; 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("&nbsp;&amp;nbsp;", "&#160;&amp;nbsp;"),
        ('<a xlink:href="x" lang="de" title="">b</a>', '<a lang="de" title="">b</a>'),
    ],
)
def test_xhtml_when_markup_is_clean_gives_the_same_tree(html: str, expected: str) -> None:
    assert xhtml(SafeHTML(html)) == expected
    etree.fromstring(f"<div>{expected}</div>")


def test_render_when_a_stylesheet_makes_a_page_is_given_entries_and_keys(tmp_path: Path) -> None:
    text = sheet(
        '<xsl:output method="html"/><xsl:param name="face"/><xsl:param name="colour"/>'
        '<xsl:template match="atom:feed"><html><h1><xsl:value-of select="atom:title"/></h1>'
        '<p class="{$face} {$colour}"/><xsl:apply-templates select="atom:entry"/></html>'
        '</xsl:template><xsl:template match="atom:entry"><h2>'
        '<xsl:value-of select="atom:source/planet:name"/></h2>'
        '<xsl:copy-of select="atom:content/xhtml:div/*"/></xsl:template>'
    )
    site = planet(tmp_path, text, parameters={"colour": 'it\'s "red"'})
    page = render_page("index.html", [make_shown(1)], site=site).decode()
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    assert [each.text for each in tree.findall(".//h1")] == ["Planet V"]
    assert [each.text for each in tree.findall(".//h2")] == ["Blog 1"]
    assert [each.get("class") or each.text for each in tree.findall(".//p")] == [
        "all.png it's \"red\"", "Body 1",
    ]  # fmt: skip


def test_render_when_a_stylesheet_wants_a_value_as_it_is_escapes_it(tmp_path: Path) -> None:
    put(
        tmp_path,
        sheet(
            '<xsl:template match="atom:entry"><h2><xsl:value-of select="atom:title"'
            ' disable-output-escaping="yes"/></h2></xsl:template>'
        ),
        "parts/entry.xslt",
    )
    text = sheet(
        '<xsl:include href="parts/entry.xslt"/><xsl:template match="atom:feed"><div>'
        '<xsl:text disable-output-escaping="yes">&lt;!-- ours --&gt;</xsl:text>'
        '<xsl:value-of select="atom:entry/atom:title" disable-output-escaping="yes"/>'
        "<xsl:apply-templates select='atom:entry'/></div></xsl:template>"
    )
    shown = make_shown(1, title="<script>", title_html=SafeHTML("&lt;script&gt;"))
    page = render_page("index.html", [shown], site=planet(tmp_path, text)).decode()
    assert page.count("&lt;script&gt;") == 2
    assert "<script" not in page
    assert "<!-- ours -->" in page


@pytest.mark.parametrize(
    "text",
    [
        sheet('<xsl:include href="../secret.xslt"/>'),
        sheet('<xsl:import href="/etc/hostname"/>'),
        sheet('<xsl:import href="http://127.0.0.1:9/a.xslt"/>'),
        sheet(COPYING.format("../secret.xslt")),
        sheet(COPYING.format("http://127.0.0.1:9/")),
        sheet(
            '<xsl:template match="/"><e:document xmlns:e="http://exslt.org/common" href="out"/>'
            "</xsl:template>",
            HEAD.replace(">", ' xmlns:e="http://exslt.org/common" extension-element-prefixes="e">'),
        ),
        "<!DOCTYPE a [<!ENTITY e SYSTEM '../secret.xslt'>]>"
        + sheet("<xsl:template match='/'>&e;</xsl:template>"),
    ],
)
def test_render_when_a_stylesheet_reaches_outside_its_folder_refuses(
    tmp_path: Path, text: str
) -> None:
    put(tmp_path, sheet("<xsl:template match='a'>secret</xsl:template>"), "secret.xslt")
    site = planet(tmp_path / "theme", text)
    with pytest.raises(RenderError, match=r"index\.html\.xslt:\d+: "):
        render_page("index.html", [make_shown(1)], site=site)


@pytest.mark.parametrize(
    "text",
    [
        "<a", "", sheet("<xsl:template match='['/>"), sheet("<xsl:include href='none.xslt'/>"),
        sheet("<xsl:template match='/' name='a'><xsl:call-template name='a'/></xsl:template>"),
    ],
)  # fmt: skip
def test_render_when_a_stylesheet_is_wrong_names_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(RenderError, match=r"index\.html\.xslt:\d+: ") as caught:
        render_page("index.html", [make_shown(1)], site=planet(tmp_path, text))
    assert caught.value.params["file"] == str(tmp_path / "index.html.xslt")


def test_stylesheet_when_an_included_file_changes_has_another_mark(tmp_path: Path) -> None:
    file = put(tmp_path, sheet('<xsl:include href="a.xslt"/>'))
    put(tmp_path, sheet("<xsl:template match='a'>1</xsl:template>"), "a.xslt")
    before = Stylesheet(str(file), str(tmp_path)).mark
    assert Stylesheet(str(file), str(tmp_path)).mark == before
    put(tmp_path, sheet("<xsl:template match='a'>2</xsl:template>"), "a.xslt")
    assert Stylesheet(str(file), str(tmp_path)).mark != before


def test_fingerprint_when_a_stylesheet_tells_messages_moves_with_them(tmp_path: Path) -> None:
    def mark(feed: FeedState, text: str) -> bytes:
        renderer = Renderer(planet(tmp_path, sheet(text)), default_theme(), [feed])
        return renderer.fingerprint(Page(path="index.html", kind="old_template"), NOON)

    well, ill = make_feed(), make_feed(fetch=FetchState(code="fetch.dns", changed_at=NOON))
    telling = "<xsl:template match='planet:message'/>"
    assert mark(well, telling) != mark(ill, telling)
    assert mark(well, "") == mark(ill, "")
