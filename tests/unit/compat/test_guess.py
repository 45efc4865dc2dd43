from __future__ import annotations

import pytest

from ecliptic.compat import feedparser
from ecliptic.compat.guess import guessed

TEXTS = {
    "EUC-JP": ("euc_jp", "今日はとても良い天気ですから、散歩に行きましょう。"),
    "SHIFT_JIS": ("cp932", "今日はとても良い天気ですから、散歩に行きましょう。"),
    "EUC-KR": ("cp949", "오늘은 날씨가 아주 좋으니 산책을 갑시다"),
    "TIS-620": ("tis_620", "วันนี้อากาศดีมาก ไปเดินเล่นกันเถอะ"),
    "GB2312": ("gb2312", "今天天气很好，我们去公园散步，然后在那里吃饭。"),
    "Big5": ("big5", "今天天氣很好，我們去公園散步，然後在那裡吃飯。"),
    "windows-1255": ("cp1255", "היום מזג האוויר נהדר בואו נצא לטייל בפארק"),
    "windows-1251": ("cp1251", "Сегодня прекрасная погода, пойдёмте гулять в парк"),
    "KOI8-R": ("koi8_r", "Сегодня прекрасная погода, пойдёмте гулять в парк"),
}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_guessed_when_text_has_no_label_names_its_encoding(name: str) -> None:
    codec, text = TEXTS[name]
    document = f"<rss><channel><title>{text}</title></channel></rss>".encode(codec)
    assert guessed(document) == name
    result = feedparser.parse(document)
    assert (result.encoding, result.feed.title) == (name, text)
    assert isinstance(result.bozo_exception, feedparser.CharacterEncodingOverride)


@pytest.mark.parametrize("text", ["Café à la crème", "Größe und Straße " * 20, "déjà vu " * 50])
def test_guessed_when_text_is_western_names_nothing(text: str) -> None:
    document = f"<rss><channel><title>{text}</title></channel></rss>".encode("cp1252")
    assert guessed(document) == ""
    result = feedparser.parse(document)
    assert (result.encoding, result.feed.title) == ("windows-1252", text.strip())
