"""Which addresses our own plugins take, and what they ask for instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.plugins.call import address_of
from ecliptic.plugins.collect import OURS, choose, choose_installed, plugin_for
from making import NOON

CHANNEL = "UCabcdefghijklmnopqrstuv"
FILMS = "https://www.youtube.com/feeds/videos.xml"
REWRITTEN = {
    "github": {
        "https://github.com/ada/engine": "https://github.com/ada/engine/releases.atom",
        "https://github.com/ada/engine/": "https://github.com/ada/engine/releases.atom",
        "https://github.com/ada/engine.git": "https://github.com/ada/engine/releases.atom",
        "https://github.com/ada/engine.py": "https://github.com/ada/engine.py/releases.atom",
        "https://www.github.com/ada/engine#readme": "https://github.com/ada/engine/releases.atom",
        "https://github.com/ada/engine/releases?page=2": "https://github.com/ada/engine/releases.atom",
        "https://github.com/ada/engine/tags": "https://github.com/ada/engine/tags.atom",
    },
    "mastodon": {
        "https://mastodon.example/@ada": "https://mastodon.example/@ada.rss",
        "https://social.mastodon.example/@Ada_L/": "https://social.mastodon.example/@Ada_L.rss",
        "http://127.0.0.1:8080/@ada": "http://127.0.0.1:8080/@ada.rss",
    },
    "youtube": {
        f"https://www.youtube.com/channel/{CHANNEL}": f"{FILMS}?channel_id={CHANNEL}",
        f"https://youtube.com/channel/{CHANNEL}/videos": f"{FILMS}?channel_id={CHANNEL}",
        f"https://m.youtube.com/channel/{CHANNEL}?sub=1": f"{FILMS}?channel_id={CHANNEL}",
        "https://www.youtube.com/playlist?list=PL_abc-1": f"{FILMS}?playlist_id=PL_abc-1",
        "https://www.youtube.com/playlist?si=x&list=PL1&y=2": f"{FILMS}?playlist_id=PL1",
        f"{FILMS}?channel_id={CHANNEL}": f"{FILMS}?channel_id={CHANNEL}",
    },
}
PLAIN = [
    "https://blog.example/feed.xml",
    "https://github.com/",
    "https://github.com/ada",
    "https://github.com/ada.atom",
    "https://github.com/topics/python",
    "https://github.com/orgs/ada",
    "https://github.com/ada/engine/releases.atom",
    "https://github.com/ada/engine/issues",
    "https://github.com.evil.example/ada/engine",
    "https://evil.example/?https://github.com/ada/engine",
    "https://notgithub.com/ada/engine",
    "https://mastodon.example/@ada.rss",
    "https://mastodon.example/@ada/1002",
    "https://mastodon.example/@ada@other.example",
    "https://mastodon.example/@ada?",
    "https://user@mastodon.example/ada",
    "https://medium.com/@ada",
    "https://www.youtube.com/@ada",
    "https://www.youtube.com/watch?v=aBc-123_xYz",
    "https://www.youtube.com/channel/UCshort",
    "https://stackoverflow.com/feeds/tag?tagnames=python",
    "https://stackoverflow.com/questions/50000001/why",
    "https://stackoverflow.com.evil.example/questions/tagged/python",
]


@pytest.mark.parametrize(
    ("plugin", "address", "asked"),
    [(name, *pair) for name, cases in REWRITTEN.items() for pair in cases.items()],
)
def test_address_when_a_plugin_of_ours_knows_it_then_its_feed_is_asked(
    plugin: str, address: str, asked: str
) -> None:
    chosen = choose(address)
    assert chosen is not None
    assert chosen.plugin == plugin
    assert address_of(chosen, address, NOON) == asked
    assert plugin_for(address) == plugin


@pytest.mark.parametrize("address", PLAIN)
def test_address_when_it_is_nothing_we_know_then_it_is_asked_as_it_is(address: str) -> None:
    assert choose(address) is None
    assert choose_installed(address) is None
    assert address_of(None, address, NOON) == address
    assert plugin_for(address) == ""


def test_address_when_of_stack_exchange_then_its_plugin_takes_it() -> None:
    assert (
        plugin_for("https://stackoverflow.com/questions/tagged/python?tab=Votes") == "stackexchange"
    )
    assert plugin_for("https://mathoverflow.net/questions") == "stackexchange"
    assert plugin_for("https://unix.stackexchange.com/questions/tagged/bash") == "stackexchange"


@pytest.mark.slow
@pytest.mark.parametrize("plugin", OURS)
@given(address=st.text() | st.from_regex(r"\Ahttps://[a-z.]+/[@/a-z?=&]*\Z"))
def test_rewrite_when_given_any_address_then_never_raises(plugin: str, address: str) -> None:
    chosen = choose(next(iter(REWRITTEN.get(plugin, {"https://stackapps.com/questions": ""}))))
    assert chosen is not None
    assert isinstance(address_of(chosen, address, NOON), str)
