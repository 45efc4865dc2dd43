"""Pairs of entries that are, or are not, copies of one post: our own texts, labelled by hand.

``conformance/twins/pairs.tsv`` names the post, the feed that carries it (its author's
own unless said otherwise) and how that copy differs; here copies are made of that.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from ecliptic.model.entry import Entry, FeedInfo
from ecliptic.model.parsed import EntrySource
from ecliptic.model.text import SafeHTML
from making import NOON, make_entry

FOLDER: Final = Path(__file__).parent / "conformance" / "twins"

_FEEDS: Final = {
    "ann", "company", "forum", "hugo", "jan", "planet", "yann",
}  # fmt: skip
_IDS: Final = {
    "weak": "post-3",
    "zero": "00000000-0000-0000-0000-000000000000",
    "front": "https://template.example/",
    "copied": "tag:template.example,2010:hello-world",
    "none": "",
}


class Post(NamedTuple):
    """A post as its author wrote it."""

    name: str
    site: str
    title: str
    text: str
    language: str


class Side(NamedTuple):
    """A copy of a post, and what its feed says of itself."""

    host: str
    entry: Entry

    @property
    def info(self) -> FeedInfo:
        return FeedInfo(title=self.host, link=f"https://{self.host}/")


class Pair(NamedTuple):
    """Two copies, and whether a person takes them for one post."""

    is_same: bool
    kind: str
    one: str
    other: str


def pairs() -> list[Pair]:
    """Return all labelled pairs."""
    lines = (FOLDER / "pairs.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Pair(label == "same", kind, one, other) for label, kind, one, other in rows]


@cache
def posts() -> dict[str, Post]:
    """Return all posts by name; those of a series as ``name:0``, ``name:1`` …"""
    found = {}
    for name, given in tomllib.loads((FOLDER / "posts.toml").read_text("utf-8")).items():
        text = given["text"].strip()
        found[name] = Post(name, given["site"], given["title"], text, given.get("language", "en"))
    for name, given in tomllib.loads((FOLDER / "series.toml").read_text("utf-8")).items():
        for number, part in enumerate(given["parts"]):
            title, text = given["title"].format(**part), given["text"].strip().format(**part)
            key = f"{name}:{number}"
            found[key] = Post(key, given["site"], title, text, "en")
    return found


def side(words: str, feed_id: int) -> Side:
    """Return the copy that ``words`` ask for."""
    name, *changes = words.split()
    post = posts()[name]
    host = post.site
    if changes and changes[0] in _FEEDS:
        host = f"{changes.pop(0)}.example"
    asked = dict(change.partition("=")[::2] for change in changes)
    unknown = asked.keys() - _KNOWN
    assert not unknown, unknown
    date = None if "nodate" in asked else NOON + timedelta(days=int(asked.get("day", "0")))
    is_taken = "source" in asked
    title = _title(post, asked.get("titled", ""))
    return Side(
        host,
        make_entry(
            1,
            feed_id=feed_id,
            id=_id(post, host, asked),
            link=_link(post, host, asked.get("at", "own")),
            title=title,
            title_html=SafeHTML(title),
            content=SafeHTML(_body(post, asked)),
            language=post.language,
            published=date,
            shown_at=date or NOON,
            first_seen_at=NOON + timedelta(days=40),
            source=EntrySource(link=f"https://{post.site}/", title=post.site) if is_taken else None,
        ),
    )


_BODY: Final = (
    "excerpt", "none", "edited", "added", "cut", "quotes", "markup", "first", "originally", "more",
)  # fmt: skip
_KNOWN: Final = {"at", "id", "day", "nodate", "source", "titled", *_BODY}


def _slug(post: Post) -> str:
    return re.sub(r"\W+", "-", post.name)


def _link(post: Post, host: str, at: str) -> str:
    path = f"{post.site}/2018/{_slug(post)}"
    page, _, part = at.partition("#")
    if page in posts():
        return f"https://{posts()[page].site}/2018/{_slug(posts()[page])}"
    return {
        "own": f"https://{path}",
        "feed": f"https://{host}/posts/{_slug(post)}",
        "http": f"http://{path}",
        "www": f"https://www.{path}",
        "slash": f"https://{path}/",
        "utm": f"https://{path}?utm_source=rss&utm_medium=feed",
        "fbclid": f"https://{path}/?fbclid=IwAR0abc",
        "fragment": f"https://{path}#respond",
        "port": f"https://{post.site}:443/2018/{_slug(post)}",
        "index": f"https://{path}/index.html",
        "upper": f"HTTPS://{post.site.upper()}/2018/{_slug(post)}",
        "proxy": f"https://feedproxy.example/~r/{post.site}/~3/{len(post.text)}",
        "front": f"https://{host}/",
        "page": "https://club.example/news.html" + (f"#{part}" if part else ""),
        "query": "https://jan.example/show?post=17",
        "query2": "https://jan.example/show?post=18",
    }[page]


def _id(post: Post, host: str, asked: dict[str, str]) -> str:
    given = asked.get("id", "own")
    return (
        _IDS.get(given)
        or {
            "none": "",
            "own": f"tag:{post.site},2018:{_slug(post)}",
            "feed": f"tag:{host},2018:{_slug(post)}",
            "wp": f"https://{post.site}/?p={len(post.text)}",
            "uuid": f"urn:uuid:0f5f4f5a-0000-4000-8000-{len(post.text):012d}",
        }[given]
    )


def _title(post: Post, titled: str) -> str:
    if titled.startswith("re:"):
        return f"Re: {posts()[titled[3:]].title}"
    if titled in posts():
        return posts()[titled].title
    return {
        "": post.title,
        "none": "",
        "named": f"{post.site.partition('.')[0].title()}: {post.title}",
        "later": "Something that I keep being asked about",
    }[titled]


def _body(post: Post, asked: dict[str, str]) -> str:
    html = post.text
    for change in _BODY:
        if change in asked:
            html = _CHANGES[change](html, post, asked[change])
    return html if html.startswith("<") or not html else f"<p>{html}</p>"


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!。]) ?", text)


def _excerpt(text: str, _: Post, words: str) -> str:
    return " ".join(text.split()[: int(words)]) + " […]"


def _edited(text: str, _: Post, __: str) -> str:
    words = text.split()
    words[10::31] = ["indeed" for _ in words[10::31]]
    return " ".join(words)


def _quotes(text: str, _: Post, name: str) -> str:
    quoted = " ".join(_sentences(posts()[name].text)[1:4])
    return f"<blockquote>{quoted}</blockquote><p>{text}</p>"


def _markup(text: str, post: Post, _: str) -> str:
    parts = [f'<p class="x">{sentence}</p>' for sentence in _sentences(text) if sentence]
    body = "\n".join(parts).replace("'", "&#8217;").replace(" the ", " <em>the</em> ", 2)
    return f'<div id="{_slug(post)}"><img src="https://{post.site}/a.png" alt="">{body}</div>'


_CHANGES: Final[dict[str, Callable[[str, Post, str], str]]] = {
    "excerpt": _excerpt,
    "none": lambda *_: "",
    "edited": _edited,
    "added": lambda text, *_: f"{text} Update: several people asked me, and the answer is yes.",
    "cut": lambda text, *_: " ".join(_sentences(text)[:-2]),
    "quotes": _quotes,
    "markup": _markup,
    "first": lambda html, post, _: f"{html} The post {post.title} appeared first on {post.site}.",
    "originally": lambda html, post, _: f"<p>Originally published at {post.site}.</p><p>{html}</p>",
    "more": lambda html, *_: f'{html} <a href="#">Continue reading</a>',
}
