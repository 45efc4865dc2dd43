from __future__ import annotations

from datetime import UTC, datetime

from ecliptic.clean import POLICY, clean_entry, clean_feed
from ecliptic.model.decision import Verdict
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.parsed import (
    Category,
    Enclosure,
    EntrySource,
    Link,
    ParsedEntry,
    ParsedFeed,
    Person,
)
from ecliptic.model.text import Content

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
THEN = datetime(2026, 5, 1, tzinfo=UTC)
LINK = "https://blog.example/2026/post/"


def verdict(entry: ParsedEntry, notes: tuple[Reason, ...] = ()) -> Verdict:
    return Verdict(
        entry=entry,
        key="k",
        uid="eabc",
        fingerprint=b"f",
        is_new=True,
        is_changed=False,
        first_seen_at=NOW,
        shown_at=THEN,
        published=THEN,
        position=3,
        hidden=Reason(code="decide.old", at=NOW),
        notes=notes,
    )


def cleaned(entry: ParsedEntry, *, plain: str = "", notes: tuple[Reason, ...] = ()) -> Entry:
    return clean_entry(
        verdict(entry, notes),
        feed_id=7,
        base="https://blog.example/",
        link_rel="nofollow",
        now=NOW,
        plain=plain,
    )


def test_entry_when_cleaned_carries_over_what_was_decided() -> None:
    note = Reason(code="decide.first_seen", at=NOW)
    entry = cleaned(ParsedEntry(id="tag:x", link=LINK, updated=NOW), notes=(note,))
    assert (entry.uid, entry.feed_id, entry.key, entry.fingerprint) == ("eabc", 7, "k", b"f")
    assert (entry.policy, entry.id, entry.link, entry.position) == (POLICY, "tag:x", LINK, 3)
    assert (entry.first_seen_at, entry.shown_at, entry.published) == (NOW, THEN, THEN)
    assert entry.updated == NOW
    assert entry.hidden == Reason(code="decide.old", at=NOW)
    assert entry.notes == (note,)


def test_entry_when_it_has_bodies_cleans_them_in_its_own_namespace() -> None:
    entry = cleaned(
        ParsedEntry(
            link=LINK,
            title=Content(value="A <b>B</b> &amp; C"),
            content=Content(value='<h1 id="x">H</h1><a href="#x">i</a><img src="i.png">'),
            summary=Content(value="two\nlines\n\n<p>", kind="text"),
        )
    )
    assert (entry.title, entry.title_html) == ("A B & C", "A <b>B</b> &amp; C")
    assert entry.content.startswith('<h5 id="eabc-x">H</h5><a rel="nofollow" href="#eabc-x">')
    assert f'src="{LINK}i.png"' in entry.content
    assert entry.summary == "<p>two<br>lines</p><p>&lt;p&gt;</p>"


def test_entry_when_body_names_a_base_resolves_against_it() -> None:
    body = Content(value='<a href="y">x</a>', base="https://other.example/a/")
    assert (
        'href="https://other.example/a/y"' in cleaned(ParsedEntry(link=LINK, content=body)).content
    )
    body = Content(value='<a href="y">x</a>', base="javascript:alert(1)//")
    assert f'href="{LINK}y"' in cleaned(ParsedEntry(link=LINK, content=body)).content
    body = Content(value='<a href="y">x</a>')
    assert 'href="https://blog.example/y"' in cleaned(ParsedEntry(content=body)).content


def test_entry_when_addresses_are_hostile_has_none() -> None:
    bad = "javascript:alert(1)//"
    entry = cleaned(
        ParsedEntry(
            link=bad,
            comments=bad,
            image=bad,
            authors=(Person(name="A", url=bad), Person(url=bad)),
            enclosures=(Enclosure(url=bad), Enclosure(url="/a.mp3", type="Audio/MPEG", length=-1)),
            source=EntrySource(title="S", link=bad, feed_url=bad),
        )
    )
    assert (entry.link, entry.comments, entry.image) == ("", "", "")
    assert entry.authors == (Person(name="A"),)
    assert entry.enclosures == (
        Enclosure(url="https://blog.example/a.mp3", type="audio/mpeg", length=0),
    )
    assert entry.source == EntrySource(title="S")


def test_entry_when_image_is_absent_has_no_image() -> None:
    entry = cleaned(ParsedEntry(link=LINK))
    assert (entry.image, entry.comments, entry.source) == ("", "", None)


def test_entry_when_names_hold_markup_or_tricks_keeps_the_words() -> None:
    entry = cleaned(
        ParsedEntry(
            authors=(
                Person(
                    name="<script>alert(1)</script><b>x</b> AT&amp;T", email="mailto:a@b.example"
                ),
            ),
            categories=(
                Category(term="safe \u202egnp.exe", label="R&amp;D <div>"),
                Category(term=" "),
            ),
            rights="© \x00 2026\n<b>",
        )
    )
    assert entry.authors == (Person(name="x AT&T", email="a@b.example"),)
    assert entry.categories == (Category(term="safe gnp.exe", label="R&D <div>"),)
    assert entry.rights == "© 2026 <b>"


def test_entry_when_lists_are_endless_keeps_a_bounded_number() -> None:
    entry = cleaned(
        ParsedEntry(
            authors=tuple(Person(name=f"n{number}") for number in range(1_000)),
            categories=tuple(Category(term=f"n{number}") for number in range(1_000)),
            enclosures=tuple(Enclosure(url=f"/{number}") for number in range(10_000)),
        )
    )
    assert len(entry.authors) <= 100
    assert len(entry.categories) <= 100
    assert len(entry.enclosures) <= 100


def test_entry_when_body_is_too_much_is_shown_as_text_and_says_why() -> None:
    entry = cleaned(ParsedEntry(content=Content(value="<div>" * 300)))
    assert entry.content.startswith("&lt;div&gt;")
    assert entry.notes == (
        Reason(code="clean.escaped", at=NOW, params={"detail": "it is nested more than 200 deep"}),
    )


def test_entry_when_cleaning_was_stopped_is_shown_as_text_with_that_reason() -> None:
    old = Reason(code="clean.escaped", at=THEN, params={"detail": "old"})
    parsed = ParsedEntry(content=Content(value="<p>x</p>"), title=Content(value="<b>t</b>"))
    entry = cleaned(parsed, plain="it took too long", notes=(old,))
    assert entry.content == "<p>&lt;p&gt;x&lt;/p&gt;</p>"
    assert entry.notes == (
        Reason(code="clean.escaped", at=NOW, params={"detail": "it took too long"}),
    )
    assert cleaned(parsed, notes=(old,)).notes == ()


def test_entry_when_cleaned_twice_is_the_same() -> None:
    parsed = ParsedEntry(link=LINK, content=Content(value="<p>x <img src=a.png>"))
    assert cleaned(parsed) == cleaned(parsed)


def test_feed_when_cleaned_has_words_and_safe_addresses() -> None:
    info = clean_feed(
        ParsedFeed(
            format="rss20",
            id="i",
            title=Content(value="<b>T</b> &amp; \u202eU"),
            subtitle=Content(value="a < b", kind="text"),
            link="https://blog.example/",
            links=(
                Link(href="https://blog.example/"),
                Link(href="https://blog.example/feed", rel="self"),
            ),
            image="javascript:x",
            icon="https://blog.example/i.png",
            generator="g\n2",
            rights="r",
            language="en",
            authors=(Person(name="N", url="https://n.example/"),),
        )
    )
    assert (info.title, info.subtitle, info.link) == ("T & U", "a < b", "https://blog.example/")
    assert info.self_link == "https://blog.example/feed"
    assert (info.image, info.icon, info.generator) == ("", "https://blog.example/i.png", "g 2")
    assert info.authors == (Person(name="N", url="https://n.example/"),)
    assert (info.format, info.id, info.rights, info.language) == ("rss20", "i", "r", "en")
