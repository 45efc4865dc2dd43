"""The formats the corpus is written in, and the ways it is ill-formed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from html import escape

import msgspec


class Post(msgspec.Struct, frozen=True):
    """One entry before it is written in a format."""

    number: int
    title: str
    html: str
    author: str
    tag: str
    published: datetime


class Feed(msgspec.Struct, frozen=True):
    """One feed before it is written in a format."""

    index: int
    host: str
    format: str
    language: str
    title: str
    posts: tuple[Post, ...]


HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def rss20(feed: Feed) -> str:
    """Write RSS 2.0; two feeds of three give the full text in content:encoded."""
    items = "".join(_rss_item(feed, post) for post in feed.posts)
    return (
        f'{HEAD}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n'
        f"<channel>\n<title>{escape(feed.title)}</title>\n<link>http://{feed.host}/</link>\n"
        f"<description>{escape(feed.title)}</description>\n<language>{feed.language}</language>\n"
        f"<lastBuildDate>{format_datetime(feed.posts[0].published)}</lastBuildDate>\n"
        f"{items}</channel>\n</rss>\n"
    )


def _rss_item(feed: Feed, post: Post) -> str:
    address = _address(feed, post)
    short = post.html.partition("</p>")[0] + "</p>"
    if feed.index % 3:
        text = (
            f"<description>{escape(short)}</description>\n"
            f"<content:encoded><![CDATA[{post.html}]]></content:encoded>"
        )
    else:
        text = f"<description>{escape(post.html)}</description>"
    return (
        f"<item>\n<title>{escape(post.title)}</title>\n<link>{address}</link>\n"
        f'<guid isPermaLink="true">{address}</guid>\n<dc:creator>{post.author}</dc:creator>\n'
        f"<category>{post.tag}</category>\n"
        f"<pubDate>{format_datetime(post.published)}</pubDate>\n{text}\n</item>\n"
    )


def atom10(feed: Feed) -> str:
    """Write Atom 1.0."""
    entries = "".join(
        f"<entry>\n<title>{escape(post.title)}</title>\n"
        f'<link rel="alternate" type="text/html" href="{_address(feed, post)}"/>\n'
        f"<id>tag:{feed.host},2026:{feed.index}/{post.number}</id>\n"
        f"<published>{post.published.isoformat()}</published>\n"
        f"<updated>{post.published.isoformat()}</updated>\n"
        f'<author><name>{post.author}</name></author>\n<category term="{post.tag}"/>\n'
        f'<content type="html">{escape(post.html)}</content>\n</entry>\n'
        for post in feed.posts
    )
    return (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">\n'
        f"<title>{escape(feed.title)}</title>\n<id>tag:{feed.host},2026:{feed.index}</id>\n"
        f'<link href="http://{feed.host}/"/>\n'
        f"<updated>{feed.posts[0].published.isoformat()}</updated>\n{entries}</feed>\n"
    )


def rss10(feed: Feed) -> str:
    """Write RSS 1.0 (RDF)."""
    order = "".join(f'<rdf:li resource="{_address(feed, post)}"/>\n' for post in feed.posts)
    items = "".join(
        f'<item rdf:about="{_address(feed, post)}">\n<title>{escape(post.title)}</title>\n'
        f"<link>{_address(feed, post)}</link>\n<dc:date>{post.published.isoformat()}</dc:date>\n"
        f"<dc:creator>{post.author}</dc:creator>\n<dc:subject>{post.tag}</dc:subject>\n"
        f"<content:encoded>{escape(post.html)}</content:encoded>\n</item>\n"
        for post in feed.posts
    )
    return (
        f'{HEAD}<rdf:RDF xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">\n'
        f'<channel rdf:about="http://{feed.host}/"><title>{escape(feed.title)}</title>\n'
        f"<link>http://{feed.host}/</link>\n<description>{escape(feed.title)}</description>\n"
        f"<items><rdf:Seq>\n{order}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def json11(feed: Feed) -> str:
    """Write JSON Feed 1.1."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": f"http://{feed.host}/",
        "language": feed.language,
        "items": [
            {
                "id": _address(feed, post),
                "url": _address(feed, post),
                "title": post.title,
                "content_html": post.html,
                "date_published": post.published.isoformat(),
                "authors": [{"name": post.author}],
                "tags": [post.tag],
            }
            for post in feed.posts
        ],
    }
    return msgspec.json.encode(document).decode()


def damage(text: str, kind: int) -> str:
    """Break well-formed XML in one of five ways that are seen in the wild; all entries remain."""
    match kind % 5:
        case 0:
            return text.replace("</title>", " R&D</title>", 3)
        case 1:
            return text.replace("</title>", "&nbsp;&eacute;t&eacute;</title>", 2)
        case 2:
            return text.replace("<title>", "<title>\x0b", 4)
        case 3:
            return text[: text.rindex("</")]
        case _:
            return text + "<!-- served by cache-7 --><script>track()</script>\n"


def _address(feed: Feed, post: Post) -> str:
    return f"http://{feed.host}/blog/{feed.index}/{post.number}/"


WRITERS: dict[str, tuple[str, Callable[[Feed], str]]] = {
    "rss20": ("application/rss+xml; charset=utf-8", rss20),
    "atom10": ("application/atom+xml; charset=utf-8", atom10),
    "rss10": ("application/rdf+xml; charset=utf-8", rss10),
    "json11": ("application/feed+json", json11),
}
