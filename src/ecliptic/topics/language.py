"""In which language a text is. Imports py3langid: 0.6 s and 100 MB for whoever asks first."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from ecliptic.model.entry import Entry
from ecliptic.model.topic import Detected
from ecliptic.topics.features import plain

MOST_TEXT: Final = 2_000
"""Characters that are read; more make it no surer."""


def detect(entry: Entry) -> Detected:
    """Return the language that title and body of an entry most likely are in.

    Code is left out, for it is in none. ``zxx`` means that no words were found (ISO 639-2).
    """
    body = plain(entry.content or entry.summary, limit=MOST_TEXT, code=False)
    text = f"{entry.title[:MOST_TEXT]} {body}"[:MOST_TEXT].strip()
    language, probability = _identifier().classify(text)
    return Detected(language=language, probability=float(probability), length=len(text))


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
