"""Languages are told by the words of a text, and not by code in it."""

from __future__ import annotations

import pytest

from ecliptic.model.text import SafeHTML
from making import make_entry
from topical import needs_topics

pytestmark = needs_topics

TEXTS = {
    "en": "Yesterday we released a new version of the planet, and many people tried it.",
    "de": "Gestern haben wir eine neue Fassung des Planeten veröffentlicht und sie erklärt.",
    "fr": "Hier nous avons publié une nouvelle version de la planète, et beaucoup l'ont essayée.",
    "es": "Ayer publicamos una nueva versión del planeta, y mucha gente ya la ha probado.",
    "ru": "Вчера мы выпустили новую версию планеты, и с тех пор её попробовали многие люди.",
    "ja": "昨日、私たちはプラネットの新しいバージョンを公開しました。多くの人が試しています。",
    "pt": "Ontem publicámos uma nova versão do planeta, e muitas pessoas já a experimentaram.",
}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_detect_when_a_sentence_is_long_enough_then_it_is_sure(language: str) -> None:
    from ecliptic.topics.language import detect  # noqa: PLC0415 - the extra may be missing

    body = SafeHTML(f"<p>{TEXTS[language]} {TEXTS[language]}</p>")
    detected = detect(make_entry(title="", content=body))
    assert detected.language == language
    assert detected.probability > 0.9


@pytest.mark.slow
def test_detect_when_most_of_it_is_code_then_the_words_beside_it_tell() -> None:
    from ecliptic.topics.language import detect  # noqa: PLC0415 - the extra may be missing

    code = (
        "<pre>" + "if the queue is empty then return the last value of the list\n" * 20 + "</pre>"
    )
    detected = detect(make_entry(title="", content=SafeHTML(f"<p>{TEXTS['de']}</p>{code}")))
    assert detected.language == "de"


@pytest.mark.parametrize("text", ["", "1 2 3", "<img src='https://x.example/a.png' alt=''>"])
def test_detect_when_there_are_no_words_then_it_is_not_sure(text: str) -> None:
    from ecliptic.topics.language import detect  # noqa: PLC0415 - the extra may be missing

    detected = detect(make_entry(title="", content=SafeHTML(text)))
    assert detected.probability < 0.9 or detected.length < 40
