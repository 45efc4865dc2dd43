"""Apple's podcast module (https://help.apple.com/itc/podcasts_connect, "Podcast RSS feed")."""

from __future__ import annotations

from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate import addresses, markup, values
from ecliptic.parse.validate.rules import Check, Fault, Module, Note, module, rule

_CATEGORIES: Final = """
Arts; Books; Design; Fashion & Beauty; Food; Performing Arts; Visual Arts
Business; Careers; Entrepreneurship; Investing; Management; Marketing; Non-Profit
Comedy; Comedy Interviews; Improv; Stand-Up
Education; Courses; How To; Language Learning; Self-Improvement
Fiction; Comedy Fiction; Drama; Science Fiction
Government
History
Health & Fitness; Alternative Health; Fitness; Medicine; Mental Health; Nutrition; Sexuality
Kids & Family; Education for Kids; Parenting; Pets & Animals; Stories for Kids
Leisure; Animation & Manga; Automotive; Aviation; Crafts; Games; Hobbies; Home & Garden
Leisure; Video Games
Music; Music Commentary; Music History; Music Interviews
News; Business News; Daily News; Entertainment News; News Commentary; Politics
News; Sports News; Tech News
Religion & Spirituality; Buddhism; Christianity; Hinduism; Islam; Judaism; Religion; Spirituality
Science; Astronomy; Chemistry; Earth Sciences; Life Sciences; Mathematics; Natural Sciences
Science; Nature; Physics; Social Sciences
Society & Culture; Documentary; Personal Journals; Philosophy; Places & Travel; Relationships
Sports; Baseball; Basketball; Cricket; Fantasy Sports; Football; Golf; Hockey; Rugby; Running
Sports; Soccer; Swimming; Tennis; Volleyball; Wilderness; Wrestling
Technology
True Crime
TV & Film; After Shows; Film History; Film Interviews; Film Reviews; TV Reviews
"""
CATEGORIES: Final = frozenset(
    name.strip() for line in _CATEGORIES.strip().splitlines() for name in line.split(";")
)
_EARLIER: Final = frozenset({
    "Audio Blogs", "International", "Movies & Television", "Public Radio", "Talk Radio",
    "Travel", "Transportation", "Games & Hobbies", "Health", "Religion", "Family", "Film",
    "Higher Education", "K-12", "Educational Technology", "Language Courses", "Training",
    "Literature", "Gadgets", "Podcasting", "Software How-To", "Tech News", "Local", "National",
    "Regional", "Non-Profit", "Business News", "Management & Marketing", "Shopping",
    "Self-Help", "Hobbies", "Other Games", "Outdoor", "Professional", "College & High School",
    "Amateur", "Medicine", "Natural Sciences", "Social Sciences", "Places & Travel", "Food",
    "Sports & Recreation", "Government & Organizations", "Kids & Family", "History",
    "Society & Culture", "Personal Journals", "Spirituality", "Other",
})  # fmt: skip
"""Categories of the lists before that of 2019."""

_FILES: Final = (".mp3", ".m4a", ".mp4", ".m4v", ".mov", ".pdf", ".epub", ".aac", ".m4b")
_REFUSED: Final = (".wmv", ".wma", ".ogg", ".flac", ".wav", ".avi", ".mkv", ".webm", ".ra", ".rm")
_LONGEST: Final = 255
_EXPLICIT: Final = values.one_of(
    ("true", "false", "yes", "no", "clean", "explicit"), ignore_case=True, shown="true or false"
)


def _category(value: str) -> Fault | None:
    if value in CATEGORIES:
        return None
    if value in _EARLIER:
        return Fault("check.old_category")
    return Fault("check.bad_choice", "the categories of Apple Podcasts")


def in_channel(channel: Element, note: Note) -> None:
    """Look at what Apple asks of a podcast, where a feed is one."""
    found = {child.tag for child in channel if isinstance(child.tag, str)}
    if not any(_is_podcast(tag) for tag in found):
        items = channel.iterfind("item")
        if not any(_is_podcast(str(child.tag)) for item in items for child in item):
            return
    for name in ("category", "explicit", "image"):
        if f"{_ITUNES}{name}" not in found:
            note("check.missing_in_podcast", "", f"itunes:{name}")
    for enclosure in channel.iterfind("item/enclosure"):
        path = enclosure.get("url", "").partition("?")[0].lower()
        if path.endswith(_REFUSED):
            note("check.podcast_format", path, ", ".join(_FILES))


_ITUNES: Final = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"


def _is_podcast(tag: str) -> bool:
    return tag.startswith(_ITUNES)


_TEXT: Final = rule(text=markup.plain, may_be_empty=True)
_IMAGE: Final[dict[str, Check]] = {"href!": addresses.full}
_BOTH: Final = "feed entry"

PODCASTS: Final[dict[str, Module]] = {
    "itunes:author": module(_BOTH, "?", _TEXT),
    "itunes:title": module(_BOTH, "?", _TEXT),
    "itunes:subtitle": module(_BOTH, "?", rule(
        text=values.both(markup.plain, values.at_most(_LONGEST)), may_be_empty=True)),
    "itunes:summary": module(_BOTH, "?", rule(
        text=values.both(markup.plain, values.at_most(4_000)), may_be_empty=True)),
    "itunes:keywords": module(_BOTH, "?", rule(
        text=values.both(markup.plain, values.at_most(_LONGEST)), may_be_empty=True)),
    "itunes:explicit": module(_BOTH, "?", rule(text=_EXPLICIT)),
    "itunes:block": module(_BOTH, "?", rule(
        text=values.one_of(("yes", "no"), ignore_case=True))),
    "itunes:complete": module("feed", "?", rule(
        text=values.one_of(("yes", "no"), ignore_case=True))),
    "itunes:type": module("feed", "?", rule(
        text=values.one_of(("episodic", "serial"), ignore_case=True))),
    "itunes:new-feed-url": module("feed", "?", rule(text=values.stripped(addresses.full))),
    "itunes:owner": module("feed", "?", rule("itunes:name? itunes:email?")),
    "itunes:name": module("owner", "?", _TEXT),
    "itunes:email": module("owner", "?", rule(text=values.stripped(values.addr_spec))),
    "itunes:image": module(_BOTH, "?", rule(place="any", attributes=_IMAGE)),
    "itunes:category": module("feed entry category", "*", rule(
        "itunes:category*", attributes={"text!": _category})),
    "itunes:duration": module("entry", "?", rule(text=values.matching(
        r"(?:\d+:)?\d{1,3}:[0-5]?\d|\d+", "seconds, or hours:minutes:seconds"),
        may_be_empty=True)),
    "itunes:episode": module("entry", "?", rule(text=values.integer(1))),
    "itunes:season": module(_BOTH, "?", rule(text=values.integer(1))),
    "itunes:episodeType": module("entry", "?", rule(
        text=values.one_of(("full", "trailer", "bonus"), ignore_case=True))),
    "itunes:order": module("entry", "?", rule(text=values.integer())),
    "itunes:isClosedCaptioned": module("entry", "?", rule(
        text=values.one_of(("yes", "no"), ignore_case=True))),
    "itunes:link": module(_BOTH, "*", rule(place="any")),
    "itunes:pubDate": module(_BOTH, "?", rule(place="any")),
}  # fmt: skip
