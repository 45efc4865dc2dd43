"""What is fuzzed: functions of any bytes that raise when a promise is broken."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import html5lib

from ecliptic import legacy, sources
from ecliptic.clean import clean_html
from ecliptic.clean.policy import TAGS, WRITTEN
from ecliptic.errors import ConfigError
from ecliptic.parse import parse
from ecliptic.parse.feed import MAX_ENTRIES
from ecliptic.sources import opml

URL: Final = "https://blog.example/feed"
_SCRIPT: Final = re.compile(r"[\s\x00-\x20]*(?:java|vb)script:", re.IGNORECASE)


def feed(data: bytes) -> None:
    """Any bytes are a feed or say that they are none, in text that can be written."""
    found = parse(data, url=URL)
    assert found.is_feed or found.problems
    assert len(found.entries) <= MAX_ENTRIES
    for entry in found.entries[:50]:
        repr(entry).encode()
        for link in (entry.link, entry.image, entry.comments):
            assert not _SCRIPT.match(link)


def markup(data: bytes) -> None:
    """Any markup becomes what the policy allows, and cleaning it again changes nothing."""
    once = clean_html(data.decode("utf-8", "replace"), base=URL)
    assert clean_html(once, base=URL) == once
    tree = html5lib.parseFragment(once, container="div", namespaceHTMLElements=False)
    for element in tree.iter():
        if element is tree:
            continue
        tag = str(element.tag).rpartition("}")[2]
        assert tag in TAGS
        assert set(element.attrib) <= WRITTEN["*"] | WRITTEN.get(tag, set())
        assert not any(_SCRIPT.match(value) for value in element.attrib.values())


def settings(data: bytes) -> None:
    """Any file is a configuration, or an error that says why it is none."""
    for subscription in opml.read(data):
        assert subscription.url
    with tempfile.TemporaryDirectory() as folder:
        for name, load in (("planet.toml", sources.load), ("planet.ini", legacy.load)):
            path = Path(folder, name)
            path.write_bytes(data)
            try:
                load(path)
            except ConfigError as error:
                assert error.code  # noqa: PT017 - not a test: what the error says is the promise


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "feed": feed,
    "markup": markup,
    "settings": settings,
}

_BODY: Final = (
    '<p onclick="x()">Hi <a href="/me">me</a><img src=x onerror=x><script>x()</script>'
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src=1>'></table></math>"
    '<svg><desc><b style="top:0">x</desc></svg><iframe src="https://player.vimeo.com/video/1">'
    '<pre><code class="language-python">x = 1</code></pre><ul><li>a<li>b<details open>'
)
_RSS: Final = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T &amp; U</title>'
    "<link>/</link><item><title>A &amp;amp; B</title><guid isPermaLink='false'>1</guid>"
    "<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate><author>a@b.example (A)</author>"
    f"<content:encoded><![CDATA[{_BODY}]]></content:encoded><category>c</category>"
    "<enclosure url='/a.mp3' length='1' type='audio/mpeg'/><media:group><media:content url='x'/>"
    "</media:group></item></channel></rss>"
)
_ATOM: Final = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/b/" xml:lang="en"><title>T</title>'
    "<entry><id>urn:1</id><title type='html'>&lt;b&gt;x</title><link href='1'/><updated>"
    "2004-01-01T00:00:00Z</updated><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
    "<p xml:base='/c'>x<br/></p></div></content></entry></feed>"
)
_JSON: Final = (
    '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":1,"url":"/1",'
    '"content_html":"<p>x","date_published":"2004-01-01T00:00:00Z","authors":[{"name":"A"}]}]}'
)
_TOML: Final = (
    'name = "P"\nurl = "https://p.example/"\n[[feed]]\nurl = "https://a.example/feed"\n'
    'name = "A"\n[pages]\nper_page = 10\n'
)
_INI: Final = (
    "[Planet]\nname = P\nlink = https://p.example/\nitems_per_page = 60\n"
    "[https://a.example/feed]\nname = A\n%(x)s\n"
)
_OPML: Final = (
    '<opml version="2.0"><head><title>P</title></head><body><outline text="A &amp; B"'
    ' type="rss" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></body></opml>'
)
SEEDS: Final[Mapping[str, tuple[bytes, ...]]] = {
    "feed": (_RSS.encode(), _ATOM.encode(), _JSON.encode(), _RSS.encode("utf-16")),
    "markup": (_BODY.encode(), b"<table><tr><td>x</table>", "caf\u00e9 \u202e <b>".encode()),
    "settings": (_TOML.encode(), _INI.encode(), _OPML.encode()),
}
"""Sound input of every kind, for the fuzzer to start from."""
