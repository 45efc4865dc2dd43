"""Which language a few words are in, guessed cheaply: by their script, or by their small words.

It serves to notice that a feed has another language than it used to have. It
knows the languages in which planets are written, and says nothing of others.
"""

from __future__ import annotations

import re
from typing import Final

_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_NOT_LATIN: Final = re.compile(r"[\u0370-\u1dff\u3040-\ud7ff]")
_SMALL: Final = {
    "en": "the and of to is that it for was with this are you not have from but they which",
    "de": "der die und das ist nicht ein eine mit für auf den von wie auch sich dem zu im",
    "fr": "le la les des est et une pour dans que qui sur pas avec plus du au ce nous",
    "es": "el los las una que para con por como pero más del es en al lo se su",
    "pt": "os uma que para com não por como mais dos da do em ao das você são seu",
    "it": "il che di per una con non sono della gli è nel più alla dei anche questo si",
    "nl": "het een van dat en niet met voor zijn op te aan ook maar bij naar wordt",
    "pl": "nie na się jest że do to jak za od ale przez dla oraz tym są po jego",
    "tr": "bir ve bu için ile çok daha olarak gibi olan ne en kadar sonra değil",
    "id": "yang dan di untuk dengan ini dari itu pada adalah tidak dalam akan bisa anda situs",
    "sv": "och att det som en på är av för med den till inte om ett har jag",
    "cs": "je se na že to jsem ale jako pro tak když jsou byl které nebo může",
    "vi": "và của là có cho không được với các một những trong khi này người",
    "fi": "ja on ei se että mutta kun oli myös joka niin tai ovat sen",
    "ro": "și în de la pe cu nu este care pentru din mai sau ca un o",
    "hu": "a az és hogy nem egy is de volt csak meg ha vagy már ez",
}
_LANGUAGES: Final[dict[str, list[str]]] = {}
for _code, _words in _SMALL.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_code)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LEAST_HITS: Final = 3
_LEAST_SCRIPT: Final = 0.3
"""The share of letters in a script that makes it the language's; names in another one do not."""


def tongue_of(text: str) -> str:
    """Return the language that ``text`` seems to be in (``en``, ``ja`` …), or ``""``."""
    if not text.isascii() and _NOT_LATIN.search(text):
        letters = sum(map(str.isalpha, text)) or 1
        for code, script in _SCRIPTS:
            if len(script.findall(text)) >= letters * _LEAST_SCRIPT:
                return code
    hits: dict[str, int] = {}
    for codes in filter(None, map(_LANGUAGES.get, text.casefold().split())):
        for code in codes:
            hits[code] = hits.get(code, 0) + 1
    if not hits:
        return ""
    best, next_best = (*sorted(hits.values(), reverse=True), 0)[:2]
    if best < _LEAST_HITS or best == next_best:
        return ""
    return max(hits, key=hits.__getitem__)


def is_small(word: str) -> bool:
    """Whether a word is so common in a language that it tells no subject."""
    return word in _LANGUAGES


def words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return _WORD.findall(text.casefold())
