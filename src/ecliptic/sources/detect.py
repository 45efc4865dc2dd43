"""Which kind of file a configuration is, by what it holds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal, TypeAlias

from ecliptic.sources import files
from ecliptic.sources.findings import single

Kind: TypeAlias = Literal["toml", "ini", "opml", "yaml"]

_SUFFIXES: dict[str, Kind] = {
    ".toml": "toml", ".ini": "ini", ".cfg": "ini", ".conf": "ini", ".opml": "opml",
    ".yaml": "yaml", ".yml": "yaml",
}  # fmt: skip
_HEADER = re.compile(r"^[ \t]*(\[\[?)([^\n\]]+)\]", re.MULTILINE)
_BARE_HEADER = re.compile(r"[\w-]+(\.[\w-]+)*")
_VALUE = re.compile(r"^[ \t]*[\w.-]+[ \t]*=[ \t]*(\S?)[^\n]*$", re.MULTILINE)
_YAML_ITEM = re.compile(r"^[ \t]*- +\w+: ", re.MULTILINE)
_SAMPLE = 65_536


def detect(path: str | Path) -> Kind:
    """Return ``toml``, ``ini`` (Planet 2.0, Venus, Pluto), ``opml`` or ``yaml`` (Perlanet).

    The content decides; the name of the file only where the content says nothing.
    """
    path = Path(path)
    data = files.read(path)
    text = _sample(data)
    if text.lstrip().startswith("<"):
        return _markup(path, text)
    kind = _settings(text, path.suffix.lower()) or _SUFFIXES.get(path.suffix.lower())
    if kind:
        return kind
    if _YAML_ITEM.search(text):
        return "yaml"
    raise single(
        path,
        "sources.not_recognised",
        "this is no configuration we know; allowed: planet.toml, a Planet, Venus or Pluto ini"
        " file, a perlanetrc, or an OPML list",
    )


def _sample(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if sample[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return sample.decode("utf-16", "replace")
    return sample.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _markup(path: Path, text: str) -> Kind:
    lower = text.lower()
    if "<opml" in lower or "<outline" in lower:
        return "opml"
    raise single(path, "sources.not_opml", "this is XML or HTML, but not an OPML list of feeds")


def _settings(text: str, suffix: str) -> Kind | None:
    """Tell TOML from INI: by table names first, then by whether values are quoted."""
    headers = [(match[1], match[2].strip()) for match in _HEADER.finditer(text)]
    if any(bracket == "[[" for bracket, _ in headers):
        return "toml"
    if any("://" in name and name[:1] not in {'"', "'"} for _, name in headers):
        return "ini"
    if suffix == ".toml":
        return "toml"
    if any(name in {"Planet", "DEFAULT"} or not _bare(name) for _, name in headers):
        return "ini"
    return _by_values(text, bool(headers))


def _bare(name: str) -> bool:
    return bool(_BARE_HEADER.fullmatch(name)) or name[:1] in {'"', "'"}


def _by_values(text: str, has_headers: bool) -> Kind | None:  # noqa: FBT001 - one private caller
    starts = [match[1] for match in _VALUE.finditer(text)]
    if not starts and not has_headers:
        return None
    if not starts:
        return "ini" if _is_not_toml(text) else "toml"
    literal = sum(start in "\"'[{0123456789+-" and start != "" for start in starts)
    if literal == len(starts) and not _is_not_toml(text):
        return "toml"
    return "toml" if literal * 2 > len(starts) else "ini"


def _is_not_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return True
    return False
