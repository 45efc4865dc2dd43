from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ecliptic.builtin.youtube import read
from ecliptic.clean import clean_html
from ecliptic.plugins import Document, ParsedFeed
from recorded import GITHUB_RELEASES, YOUTUBE_CHANNEL

URL = "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"


def feed(body: bytes) -> ParsedFeed:
    return read(Document(address=URL, url=URL, body=body, content_type="text/xml"))


def test_read_when_given_a_film_then_its_player_is_folded_before_its_description() -> None:
    (entry,) = feed(YOUTUBE_CHANNEL.encode()).entries
    assert entry.content is not None
    safe = clean_html(entry.content.value, base=entry.link)
    player, _, rest = safe.partition("</details>")
    assert player.startswith(
        '<details class="embed"><summary>How a "carry" works &amp; why</summary>'
    )
    assert 'src="https://www.youtube-nocookie.com/embed/aBc-123_xYz"' in player
    assert rest == "<p>Wheels &lt;and&gt; teeth.<br>Line two.</p><p>Music: none</p>"


def test_read_when_given_a_film_then_the_rest_is_what_the_feed_says() -> None:
    (entry,) = feed(YOUTUBE_CHANNEL.encode()).entries
    assert entry.link == "https://www.youtube.com/watch?v=aBc-123_xYz"
    assert entry.image == "https://i1.ytimg.com/vi/aBc-123_xYz/hqdefault.jpg"
    assert (entry.summary, entry.enclosures) == (None, ())


def test_read_when_a_film_has_no_description_then_the_player_stands_alone() -> None:
    start, end = YOUTUBE_CHANNEL.split("<media:description>")
    bare = start + end.split("</media:description>")[1]
    (entry,) = feed(bare.encode()).entries
    assert entry.content is not None
    assert entry.content.value.endswith("</iframe>")


def test_read_when_an_entry_is_no_film_then_it_stays_as_it_is() -> None:
    entries = feed(GITHUB_RELEASES.encode()).entries
    assert not any("iframe" in entry.content.value for entry in entries if entry.content)


@given(st.binary() | st.binary().map(YOUTUBE_CHANNEL.encode().__add__))
def test_read_when_given_any_bytes_then_never_raises(body: bytes) -> None:
    assert isinstance(feed(body), ParsedFeed)
