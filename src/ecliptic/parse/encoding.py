"""Bytes → text: which encoding a document is in, whatever it says of itself.

Order of belief: byte order mark, HTTP charset (RFC 7303, 3), XML declaration,
UTF-8, windows-1252. Labels mean what browsers mean by them (WHATWG Encoding
Standard, 4.2): ``iso-8859-1`` is windows-1252, ``gb2312`` is gb18030.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from ecliptic.model.parsed import Problem

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STARTS: Final = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),  # "<?xm" in EBCDIC (XML 1.0, appendix F)
)
_DECLARATION: Final = re.compile(
    rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']\s*([A-Za-z0-9_.:-]{1,40})"""
)
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)

_LABELS: Final = {
    "ascii": "cp1252", "us-ascii": "cp1252", "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "l1": "cp1252", "iso-8859-9": "cp1254", "latin5": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "cp936": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "korean": "cp949", "shift_jis": "cp932",
    "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "unicode-1-1-utf-8": "utf-8", "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252",
    "x-euc-jp": "euc_jp", "x-mac-cyrillic": "mac-cyrillic", "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman", "koi8-ru": "koi8-u", "dos-874": "cp874", "logical": "iso8859-8",
    "iso-8859-8-i": "iso8859-8", "unicode": "utf-16-le", "iso-10646-ucs-2": "utf-16-le",
    "ucs-2": "utf-16-le", "utf-16": "utf-16-le", "utf-32": "utf-32-le", "ucs-4": "utf-32-le",
    "unicode11utf8": "utf-8", "unicode20utf8": "utf-8", "x-unicode20utf8": "utf-8",
    "csunicode": "utf-16-le", "unicodefeff": "utf-16-le", "unicodefffe": "utf-16-be",
    "csisolatin5": "cp1254", "iso-ir-148": "cp1254", "l5": "cp1254", "windows-874": "cp874",
    "csisolatin9": "iso8859-15", "sun_eu_greek": "iso8859-7", "visual": "iso8859-8",
    "koi": "koi8-r", "koi8": "koi8-r", "mac": "mac-roman", "csmacintosh": "mac-roman",
    "x-mac-ukrainian": "mac-cyrillic", "csgb2312": "gb18030", "gb_2312": "gb18030",
    "cseucpkdfmtjapanese": "euc_jp", "cseuckr": "cp949", "csksc56011987": "cp949",
    "iso-ir-149": "cp949", "ks_c_5601-1989": "cp949", "ksc_5601": "cp949", "windows-949": "cp949",
    **{f"x-cp{number}": f"cp{number}" for number in range(1253, 1259)},
}  # fmt: skip
_ISO_LABEL: Final = re.compile(r"(?:cs)?iso[-_]?8859-?(\d{1,2})(?:-?[ei])?(?::\d{4})?\Z")
"""The many spellings of ISO 8859: ``iso88599``, ``iso_8859-9:1989``, ``csiso88598i``."""

_KNOWN: Final = frozenset({
    "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp866", "cp037", "cp874",
    *(f"cp{n}" for n in range(1250, 1259)), "cp932", "cp949", "gb18030", "big5hkscs", "euc_jp",
    "iso2022_jp", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
    *(f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)), "cp437", "cp850",
})  # fmt: skip
"""Every encoding we read. UTF-7 and Python's own codecs (zlib, idna …) are not among them."""

_WIDE: Final = ("utf-16", "utf-32")
_WESTERN: Final = frozenset({"cp1252", "iso8859-15", "mac-roman"})
_NOT_ASCII: Final = bytes(range(128, 256))
_MAX_PATCHES: Final = 10_000


class Decoded(NamedTuple):
    """Text, the encoding it was read with (its Python name), and what was wrong with it."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def codec_of(label: str) -> str:
    """Return the Python name of the encoding that ``label`` means, or ``""``."""
    label = label.strip().lower()
    label = _ISO_LABEL.sub(r"iso-8859-\1", label)
    name = _LABELS.get(label, "")
    if name:
        return name
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = _LABELS.get(name, name)
    return name if name in _KNOWN else ""


def charset_of(content_type: str) -> str:
    """Return the encoding named by a Content-Type header, or ``""``."""
    match = _CHARSET.search(content_type)
    return codec_of(match[1]) if match else ""


def declared_in(data: bytes) -> str:
    """Return the encoding named by the XML declaration, or ``""``."""
    match = _DECLARATION.match(data)
    return codec_of(match[1].decode("ascii")) if match else ""


def marked_in(data: bytes) -> str:
    """Return the encoding that the first bytes give away, or ``""``."""
    return next((name for start, name in (*_BOMS, *_STARTS) if data.startswith(start)), "")


def decode_strictly(data: bytes, label: str) -> str | None:
    """Return the text if ``label`` names an encoding in which every byte has a meaning."""
    name = codec_of(label)
    if not name:
        return None
    mark = next((mark for mark, own in _BOMS if own == name and data.startswith(mark)), b"")
    data = data[len(mark) :]
    if name in _WESTERN and not data.isascii() and _is_utf8(data):
        name = "utf-8"
    return _strictly(data, name)


def is_plainly_utf8(data: bytes, content_type: str) -> bool:
    """Tell whether nothing speaks against UTF-8, so that the bytes may be parsed as they are."""
    if data.startswith(codecs.BOM_UTF8) or data[:2] in {b"<\0", b"\xff\xfe", b"\xfe\xff"}:
        return False
    if content_type and charset_of(content_type) not in {"utf-8", ""}:
        return False
    match = _DECLARATION.match(data)
    return not match or match[1].lower() in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


def decode(data: bytes, content_type: str = "") -> Decoded:
    """Return the text of a document; bytes that mean nothing become U+FFFD."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], name, claims=_claims(data, content_type))
    for start, name in _STARTS:
        if data.startswith(start):
            return _decode_as(data, name, claims=_claims(data, content_type))
    claims = _claims(data, content_type)
    for name in claims:
        if name in _WESTERN and not data.isascii() and _is_utf8(data):
            continue  # UTF-8 by its bytes; chance does not write valid sequences
        text = _strictly(data, name)
        if text is not None:
            return Decoded(text, name, _mismatch(claims, name, data))
    return _decode_unclaimed(data, claims)


def _claims(data: bytes, content_type: str) -> list[str]:
    """Return the encodings claimed for an 8-bit document, most believable first."""
    claims = [charset_of(content_type), declared_in(data)]
    ascii_start = data[:1].isascii() and data[:1] != b"\0"
    return [name for name in claims if name and not (ascii_start and name.startswith(_WIDE))]


def _decode_as(data: bytes, name: str, *, claims: list[str]) -> Decoded:
    problems: tuple[Problem, ...] = ()
    if claims and claims[0] != name:
        problems = (Problem(code="parse.encoding_mismatch", detail=f"said {claims[0]}, is {name}"),)
    return Decoded(data.decode(name, "replace"), name, problems)


def _decode_unclaimed(data: bytes, claims: list[str]) -> Decoded:
    """Read bytes that no claim fits: UTF-8, else UTF-8 with stray bytes, else windows-1252."""
    text = _strictly(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", _mismatch(claims, "utf-8", data))
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(text) - broken - len(data.translate(None, _NOT_ASCII))
    name = next((claim for claim in claims if claim != "utf-8"), "cp1252")
    if sound >= broken:
        name = "utf-8"
        if broken <= _MAX_PATCHES:
            text = data.decode("utf-8", "ecliptic.windows")
    else:
        text = data.decode(name, "ecliptic.control" if name == "cp1252" else "replace")
    read_as = "utf-8 with stray bytes" if name == "utf-8" else name
    problem = Problem(code="parse.encoding_mismatch", detail=f"{_said(claims)}, read as {read_as}")
    return Decoded(text, name, (problem,))


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name, "ecliptic.control" if name == "cp1252" else "strict")
    except (UnicodeDecodeError, LookupError):
        return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mismatch(claims: list[str], name: str, data: bytes) -> tuple[Problem, ...]:
    if not claims or claims[0] == name or data.isascii():
        return ()
    return (Problem(code="parse.encoding_mismatch", detail=f"{_said(claims)}, is {name}"),)


def _said(claims: list[str]) -> str:
    return f"said {claims[0]}" if claims else "said nothing"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as windows-1252, the usual stranger in a UTF-8 page."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "ecliptic.control"), error.end


def _as_control(error: UnicodeError) -> tuple[str, int]:
    """Read the five bytes windows-1252 leaves open as browsers do: as control characters."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("ecliptic.windows", _as_windows)
codecs.register_error("ecliptic.control", _as_control)
