"""XSLT, for the templates of Venus: it reads nothing outside its folder and writes nothing.

A stylesheet is the operator's own and may take its time; libxslt stops one that
calls itself without end.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from lxml import etree

from ecliptic.errors import RenderError

_NO_ACCESS: Final = vars(etree.XSLTAccessControl)["DENY_ALL"]  # its types leave the name out
_VALUE: Final = "{http://www.w3.org/1999/XSL/Transform}value-of"
_UNESCAPED: Final = "disable-output-escaping"


class Stylesheet:
    """A stylesheet with those it includes, ``files``. ``mark`` is a hash of all of them."""

    def __init__(self, file: str, folder: str) -> None:
        """Read a stylesheet; raises ``RenderError`` with its file and line."""
        self._file = file
        self._folder = Path(folder).resolve()
        self._digest = blake2b(digest_size=12)
        self.tells_trouble = False
        self.files = [file]
        text = self._read(Path(file))
        try:
            tree = self._tree(text, file)
            self._transform = etree.XSLT(tree, access_control=_NO_ACCESS)
        except (etree.LxmlError, LookupError) as error:
            raise self._fault(error) from error
        self.mark = self._digest.digest()

    def transform(self, document: bytes, parameters: Mapping[str, str]) -> bytes:
        """Return what the stylesheet makes of a document, written as it wants it."""
        given: dict[str, Any] = {
            key: etree.XSLT.strparam(value) for key, value in parameters.items()
        }
        parser = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True)
        try:
            return bytes(self._transform(etree.fromstring(document, parser), **given))
        except etree.XSLTError as error:
            raise self._fault(error) from error

    def _tree(self, text: bytes, file: str) -> etree._Element:
        """Parse a stylesheet that escapes every value: a title may look like markup and be text."""
        options: dict[str, Any] = {"no_network": True, "resolve_entities": "internal"}
        parser = etree.XMLParser(**options)
        parser.resolvers.add(_Inside(self))
        tree = etree.fromstring(text, parser, base_url=file)
        for element in tree.iter(_VALUE):
            if element.get(_UNESCAPED):
                del element.attrib[_UNESCAPED]
        return tree

    def _read(self, path: Path) -> bytes:
        try:
            text = path.read_bytes()
        except OSError as error:
            raise RenderError(
                "render.template", f"{path}: cannot be read ({error.strerror})", file=str(path)
            ) from error
        self._digest.update(text)
        self.tells_trouble = self.tells_trouble or b"planet:message" in text
        return text

    def included(self, address: str) -> tuple[bytes, str]:
        """Return an included file and where it is; ``LookupError`` for one outside the folder."""
        path = Path(address.removeprefix("file://")).resolve()
        if not path.is_relative_to(self._folder):
            raise LookupError(f"{address} is outside {self._folder}, the folder of the stylesheet")
        if not path.is_file():
            raise LookupError(f"there is no {path}; mend the address or add the file")
        self.files.append(str(path))
        return etree.tostring(self._tree(self._read(path), str(path))), str(path)

    def _fault(self, error: Exception) -> RenderError:
        line = getattr(error, "lineno", None) or 0
        log = getattr(error, "error_log", ())
        first = next(iter(log), None)
        if first is not None:
            line = first.line
        said = str(error) or "it cannot be used"
        return RenderError(
            "render.template", f"{self._file}:{line}: {said}", file=self._file, line=line
        )


class _Inside(etree.Resolver):
    """Answers what a stylesheet includes, from its folder alone."""

    def __init__(self, stylesheet: Stylesheet) -> None:
        self._stylesheet = stylesheet

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:
        """Return the included stylesheet."""
        del public_id
        text, path = self._stylesheet.included(system_url)
        return self.resolve_string(text, context, base_url=path)
