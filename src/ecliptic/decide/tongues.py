"""Which language a few words are in, guessed cheaply: by their script, or by their small words.

It serves to notice that a feed has another language than it used to have. It
knows the languages in which planets are written, and says nothing of others.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import chain
from typing import Final

_SCRIPTS: Final = {
    "ru": r"[\u0400-\u04ff]+",
    "ar": r"[\u0600-\u06ff]+",
    "he": r"[\u0590-\u05ff]+",
    "el": r"[\u0370-\u03ff]+",
    "th": r"[\u0e00-\u0e7f]+",
    "hi": r"[\u0900-\u097f]+",
    "ja": r"[\u3040-\u30ff]+",
    "ko": r"[\uac00-\ud7af]+",
    "zh": r"[\u3400-\u9fff]+",
}
"""The large ones are last: it takes milliseconds to compile them."""

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
_LEAST_SCRIPT: Final = 0.27
"""The share of a text in a script that makes it the language's; names in another one do not."""


def tongue_of(text: str) -> str:
    """Return the language that ``text`` seems to be in (``en``, ``ja`` …), or ``""``."""
    if not text.isascii() and (code := _by_script(text)):
        return code
    hits = Counter(chain.from_iterable(filter(None, map(_LANGUAGES.get, text.casefold().split()))))
    best = max(hits.values(), default=0)
    if best < _LEAST_HITS:
        return ""
    found = [code for code, count in hits.items() if count == best]
    return found[0] if len(found) == 1 else ""


def _by_script(text: str) -> str:
    """Return the language of a text in a script that tells it, or ``""``."""
    least = max((len(text) - text.count(" ")) * _LEAST_SCRIPT, 1)
    if len(text) - len(text.encode("latin-1", "ignore")) < least:  # no more are of all scripts
        return ""
    for code in _SCRIPTS:
        if sum(map(len, _script(code).findall(text))) >= least:
            return code
    return ""


@cache
def _script(code: str) -> re.Pattern[str]:
    return re.compile(_SCRIPTS[code])


def is_small(word: str) -> bool:
    """Whether a word is so common in a language that it tells no subject."""
    return word in _LANGUAGES


def words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return _WORD.findall(text.casefold())
