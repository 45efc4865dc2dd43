"""Every code a decision or failure can carry, and its words.

Codes are ``stage.reason``, stable, and stored; the words are looked up only
when a person reads them. ``{name}`` in the words is filled from the reason's
params or, for a failure, from its ``detail``.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from ecliptic.model.check_codes import CHECK_DOCUMENT
from ecliptic.model.face_codes import FACES
from ecliptic.model.guard_codes import GUARD
from ecliptic.model.identity_codes import IDENTITY
from ecliptic.model.theme_codes import THEME

SOURCES: Final = {
    "sources.missing_file": "there is no such configuration file",
    "sources.unreadable": "the configuration file cannot be read",
    "sources.unwritable": "the configuration file cannot be written; it is as it was",
    "sources.exists": "a file of that name is there already",
    "sources.no_dialect": "a dialect is named for a file that is not an older engine's",
    "sources.too_large": "the configuration file is far larger than any list of feeds",
    "sources.not_recognised": "the file is no configuration we know",
    "sources.no_yaml": "the file is in YAML, and what reads it is not installed",
    "sources.not_native": "the file is one of an older engine, which cannot be used here",
    "sources.not_opml": "the file is XML or HTML, but not an OPML list of feeds",
    "sources.bad_syntax": "the file is not valid TOML",
    "sources.missing": "a setting that must be there is not",
    "sources.unknown_key": "there is no setting of this name",
    "sources.wrong_type": "a table or list is something else",
    "sources.bad_value": "a setting has a value that it cannot have",
    "sources.bad_address": "an address is not an absolute http or https address",
    "sources.bad_path": "a path is missing, or in the way of another one",
    "sources.duplicate_feed": "a feed is listed more than once",
    "sources.duplicate_page": "two pages would stand in one folder",
    "sources.unknown_feed": "there is no feed of this address in the file",
    "sources.not_editable": "the file is written in a way that cannot be edited without harm",
    "sources.not_a_list": "what is there is no list of feeds; its last good copy is used",
    "sources.empty_list": "the list has no feed any more; the {detail} of its last good copy stay",
    "sources.notice": "something in the file has another effect, or none",
    "sources.no_link": "the planet has no link of its own",
    "sources.no_topic": "a hub is named, and the feeds it should be told of have no address",
    "sources.no_archive": "posts have no pages of their own, for there is no archive",
    "sources.no_feeds": "no feed is listed yet",
    "sources.same_name": "two feeds have the same name",
    "sources.near_duplicate": "two addresses may be one feed",
    "sources.unchecked": "the certificate of a feed's server is not checked",
    "sources.overheard": "a password or header is sent over http, where anyone can read it",
    "sources.insecure": "feeds are read over http, which anyone on the way can change",
}

FETCH: Final = {
    "fetch.never": "not asked yet",
    "fetch.ok": "fetched",
    "fetch.not_modified": "not modified since the last check",
    "fetch.old_cache": "entries were read from an older engine's cache",
    "fetch.same_body": "fetched, the same bytes as last time",
    "fetch.offline": "not asked: this run is offline",
    "fetch.pushed": "sent by the feed's hub",
    "fetch.held": "not asked: its host had just refused two other feeds",
    "fetch.unreached": "not asked: its host could not be reached for three other feeds",
    "fetch.bad_url": "the address cannot be asked for: {detail}",
    "fetch.file": "the file cannot be read: {detail}",
    "fetch.refused_address": "it leads to {detail}, an address that is not public and not allowed",
    "fetch.dns": "no address is known for the name {detail}",
    "fetch.connect": "no connection could be made: {detail}",
    "fetch.proxy": "the proxy could not be used: {detail}",
    "fetch.tls": "the secure connection could not be trusted: {detail}",
    "fetch.timeout": "took longer than is allowed, while waiting for the {detail}",
    "fetch.reset": "the server broke the connection off",
    "fetch.empty": "the server closed the connection without an answer",
    "fetch.truncated": "the answer ended too early",
    "fetch.protocol": "what came is not HTTP: {detail}",
    "fetch.too_large": "larger than is allowed: {detail}",
    "fetch.bad_coding": "the content coding could not be undone: {detail}",
    "fetch.bad_delta": "the server sent a part of the feed (226) that cannot be merged: {detail}",
    "fetch.crash": "the answer could not be judged: {detail}",
    "fetch.bad_redirect": "the redirect cannot be followed: {detail}",
    "fetch.too_many_redirects": "too many redirects: {detail}",
}

# RFC 9110 renamed these; Python did so in 3.13, and a code's words do not depend on that.
_PHRASES: Final = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}

FETCH_HTTP: Final = {
    f"fetch.http_{status.value}": f"the server answered {status.value} "
    f"{_PHRASES.get(status, status.phrase)}"
    for status in HTTPStatus
    if status >= HTTPStatus.MULTIPLE_CHOICES
}

PARSE: Final = {
    "parse.not_a_feed": "the document is not a feed: {detail}",
    "parse.timeout": "reading the document took longer than {detail} and was stopped",
    "parse.crash": "the reader of the document stopped: {detail}",
    "parse.malformed_xml": "the XML is not well-formed: {detail}",
    "parse.undeclared_entity": "an entity that XML does not know was read as HTML: {detail}",
    "parse.bare_markup": "a character that must be escaped was not: {detail}",
    "parse.control_character": "a control character was removed",
    "parse.encoding_mismatch": "the document is not in the encoding it names: {detail}",
    "parse.bad_date": "a date could not be read: {detail}",
    "parse.truncated": "the document was cut: {detail}",
    "parse.compressed": "the document was sent as a compressed file",
    "parse.too_many_entries": "only the first {detail} entries were read",
}

PLUGINS: Final = {
    "plugins.unknown": "no plugin of this name is installed: {detail}",
    "plugins.not_for_address": "the plugin reads no addresses of this kind: {detail}",
    "plugins.failed": "the plugin could not do its work: {detail}",
    "plugins.not_a_feed": "the plugin found no feed in the document: {detail}",
    "plugins.no_steps": "the plugin does nothing to entries",
    "plugins.bad_parameter": "a parameter of a plugin cannot be used",
    "plugins.filtered": "left out by the plugin {plugin}: {reason}; to see such entries, take it "
    "out of plugins in the settings, or say `ecliptic entries unhide`",
    "plugins.filtered.count": "{count} left out by plugins (plugins in the settings)",
    "plugins.skipped": "a plugin failed at it and was passed over: {detail}",
    "plugins.asked_too_much": "a plugin asked for more pages than it may: {detail}",
}

DECIDE: Final = {
    "decide.first_seen": "first seen in this feed",
    "decide.changed": "the author changed it; it keeps its place",
    "decide.due": "its time has come: it is shown from now on",
    "decide.filtered": "kept off by the filter of {of}: {filter}; another filter in the settings "
    "shows it again, and so does `ecliptic entries unhide`",
    "decide.filtered.count": "{count} kept off by filters",
    "decide.plugin_gone": "the plugin {plugin}, which left it out, is not used any more",
    "decide.filter_passed": "no filter keeps it off any more",
    "decide.hidden_by_hand": "hidden by hand ({why}); `ecliptic entries unhide` shows it again",
    "decide.hidden_by_hand.count": "{count} hidden by hand",
    "decide.shown_by_hand": "shown by hand: no rule hides it any more",
    "decide.language": "in the language {language}, by its words (probability {probability}); "
    "neither it nor its feed declares one",
    "decide.other_language": "in the language {language}, by its words (probability "
    "{probability}); its feed declares {declared} for all entries",
    "decide.topic": "on topic with probability {probability}",
    "decide.topic_labelled": "labelled {label} topic by hand",
    "decide.topic_review": "on topic with probability {probability} only, below {limit} "
    "(review_below), for its words: {words}; `ecliptic topics label` with on or off decides",
    "decide.topic_review.count": "{count} held until their topic is reviewed (grey)",
    "decide.off_topic": "off topic: on topic with probability {probability} only, below {limit} "
    "(drop_below), for its words: {words}; `ecliptic entries unhide` shows it again",
    "decide.off_topic.count": "{count} off topic (drop_below)",
    "decide.duplicate": "the same post is shown from {feed}: {how}, and {because}; "
    "`ecliptic entries unhide` shows this copy too",
    "decide.duplicate.count": "{count} of which another feed's copy is shown (duplicates)",
    "decide.unfolded": "no copy of another entry any more: it is shown again",
    "decide.next_run": "at the next run",
    "decide.paused": "the feed is paused in the configuration",
    "decide.wait": "after {until}: the server asked us not to come back before (Retry-After)",
    "decide.host_busy": "after {until}: its host refused two other feeds and wants to be left "
    "alone (429, 503)",
    "decide.host_unreached": "after {until}: its host could not be reached for three other feeds",
    "decide.gone": "after {until}: the server said that the feed is gone for good",
    "decide.next_floor": "after {until}: the shortest time between two checks (min_interval)",
    "decide.next_rhythm": "after {until}: it publishes about {rate} entries a week, and "
    "all checks share a budget (checks_per_day)",
    "decide.next_ceiling": "after {until}: it publishes about {rate} entries a week, and "
    "this is the longest time between two checks (max_interval)",
    "decide.next_fresh": "after {until}: the server said that its answer is good until then "
    "(Cache-Control, Expires)",
    "decide.next_asked": "after {until}: the feed asks to be read every {minutes} minutes at most "
    "(ttl, sy:updatePeriod)",
    "decide.next_skipped": "after {until}: the feed asks not to be read at the hours or days "
    "before it (skipHours, skipDays)",
    "decide.next_pushed": "after {until}: its hub sends what is new, and a check only sees that "
    "the hub does",
    "decide.push_missed": "its hub is not relied upon: a check found {count} entries that it "
    "should have sent",
    "decide.next_backoff": "after {until}: failed {failures} times in a row, so it is asked less "
    "and less often",
    "decide.suspended": "after {until}: its name has been unknown for a month",
    "decide.first_check": "its first check",
    "decide.forced": "asked before it was due (--all, --only)",
    "decide.wait.due": "due after the time that the server had asked for",
    "decide.host_busy.due": "due after its host had been left alone",
    "decide.host_unreached.due": "a look whether its host can be reached again",
    "decide.gone.due": "a look whether it is still gone",
    "decide.next_run.due": "not asked for long",
    "decide.next_floor.due": "due after the shortest time between two checks",
    "decide.next_rhythm.due": "due by its rhythm",
    "decide.next_ceiling.due": "due after the longest time between two checks",
    "decide.next_fresh.due": "due when the answer before was no longer good",
    "decide.next_asked.due": "due after the time that the feed asks for",
    "decide.next_skipped.due": "due after the hours or days that the feed skips",
    "decide.next_pushed.due": "a look whether its hub sends what is new",
    "decide.next_backoff.due": "tried again after a failure",
    "decide.suspended.due": "tried again, after a month without a name",
    "decide.redirected": "redirected to {url} for good, as its server says; followed, and asked "
    "there first when this lasts",
    "decide.redirected_other": "redirected to {url} for good, as its server says; followed, but "
    "not believed: what came from there was another feed",
    "decide.moved": "moved for good to {url}, where it is asked now",
    "decide.moved_back": "asked at its own address again: {url}, to which it had moved, fails "
    "for good",
    "decide.moved_other": "asked at its own address again: {url}, to which it had moved, gives "
    "another feed now",
    "decide.same_address": "the same feed as {other}: both end at {url}",
    "decide.same_feed": "the same feed as {other}: both call themselves {id} and share entries",
}

_AGAIN: Final = "; make it anew with `ecliptic topics train`, or delete it"

TOPICS: Final = {
    "topics.not_a_model": "nothing was judged by topic, for the model's file is none: {detail}"
    + _AGAIN,
    "topics.damaged": "nothing was judged by topic, for the model cannot be used: {detail}"
    + _AGAIN,
    "topics.old_model": "nothing was judged by topic, for the model is of another version: "
    "{detail}" + _AGAIN,
    "topics.not_installed": "nothing was judged by topic, for what the model needs is not "
    "installed: {detail}",
    "topics.unreadable": "nothing was judged by topic, for the model cannot be read: {detail}",
}

CLEAN: Final = {
    "clean.escaped": "shown as plain text: {detail}",
}

RENDER: Final = {
    "render.failed": "the page could not be made and stays as it was: {detail}",
    "render.no_pillow": "a picture of the planet's name is asked for, and what draws it is not "
    "installed",
    "render.font": "the font of the planet's picture cannot be used",
    "render.social_letters": "no picture was made, because the font does not have {detail}. Name "
    'one that does: social_font = "path/to/NotoSans-Bold.ttf"; or a picture of your own',
    "render.social_shaping": "no picture was made, because the letters of the name join, stack or "
    "run from right to left, and Pillow finds no FriBiDi here to set them. Install it (on Debian: "
    "libfribidi0), or name a picture of your own",
    "render.social_long": "no picture was made, because the name has {detail} characters, and 200 "
    "are the most. Name a picture of your own",
    "render.social_room": "no picture was made, because the name or the address is too wide in "
    "this font. Name another as social_font, or a picture of your own",
}

SELECT: Final = {
    "select.front_page": "on the front page, number {rank} of {of}",
    "select.unsubscribed": "its feed is not subscribed any more",
    "select.hidden_feed": "its feed is hidden in the configuration",
    "select.days": "older than the {days} days before the newest entry (days_per_page)",
    "select.feed_items": "its feed has {limit} newer entries on the front page (feed_items)",
    "select.items": "older than the {limit} entries of the front page (items_per_page)",
}

PUBLISH: Final = {
    "publish.bad_path": "the site cannot have a file {path!r}: a path is relative, without '..' "
    "and control characters, and each name in it has at most 255 bytes",
    "publish.path_conflict": "{path!r} cannot be a page: {inside!r} needs a folder of that name",
    "publish.unlisted_path": "{path!r} was rendered and is not a page of this site",
    "publish.no_space": "no room left to write the site at {where} ({detail}); the old site "
    "stays. Free some space, or choose another output folder, and run again",
    "publish.too_large": "{path} is larger than a file may be here ({detail}); the old site "
    "stays. Raise the limit (ulimit -f) and run again",
    "publish.not_permitted": "not permitted to write {path} ({detail}); the old site stays. Let "
    "the user who runs this write there, or choose another output folder",
    "publish.read_only": "{path} is on a disk that is mounted read-only; the old site stays. "
    "Choose another output folder",
    "publish.in_the_way": "something that is not ours stands in the way at {path} ({detail}); "
    "the old site stays. Move it away, or choose another output folder",
    "publish.link_in_the_way": "{path} is a link, and our files would leave the site through it. "
    "Remove the link, or choose another output folder",
    "publish.is_links": "{path} is a link to a generation, and a plain folder is asked for. "
    'Remove the link and run again, or use publish_as = "links"',
    "publish.no_links": "{path} cannot become a link: a folder with files or a mounted volume is "
    'there, or the file system has no links. Move it away, or use publish_as = "folder"',
    "publish.failed": "cannot write {path}: {detail}; the old site stays",
}

DELIVER: Final = {
    "deliver.denied": "the hub denied the subscription: {detail}",
}

CHECK: Final = {
    "check.moved": "the feed has moved for good to another address",
    "check.state_exposed": "others can read the state file, which holds the secrets of hubs",
    "check.twice": "two subscriptions are the same feed",
    "check.no_validators": "the server sends neither ETag nor Last-Modified",
    "check.other_feed": "the page names another feed too",
    "check.no_entries": "the feed has no entries",
    "check.undated": "entries have no date",
    "check.no_id": "entries have no id",
    "check.no_link": "entries have no link",
    "check.no_body": "entries have no body",
    "check.repeated_id": "<{what}> holds entries with the same id, {found}: readers show one",
}

WORDS: Final[Mapping[str, str]] = {
    **SOURCES,
    **FETCH,
    **FETCH_HTTP,
    **PARSE,
    **PLUGINS,
    **DECIDE,
    **IDENTITY,
    **GUARD,
    **FACES,
    **THEME,
    **TOPICS,
    **CLEAN,
    **RENDER,
    **SELECT,
    **PUBLISH,
    **DELIVER,
    **CHECK,
    **CHECK_DOCUMENT,
}


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def due_words(code: str) -> str:
    """Return why a check was made, for the code of the reason by which its time had come."""
    due = f"{code}.due"
    return words(due if due in WORDS else code) if code else ""


def words(code: str, params: Mapping[str, object] | None = None) -> str:
    """Return the sentence for ``code``; an unknown code is returned as it is."""
    told = WORDS.get(code)
    if told is not None:
        return told.format_map(_Blank(params or {}))
    _, is_http, status = code.partition("fetch.http_")
    return f"the server answered {status}" if is_http else code
