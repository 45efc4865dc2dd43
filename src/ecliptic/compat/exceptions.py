"""What ``bozo_exception`` can be: reasons that a document is not quite what it should be."""

from __future__ import annotations

from xml.sax import SAXParseException  # a class alone: no parser of xml.sax is used
from xml.sax.xmlreader import Locator

from ecliptic.model.parsed import Problem


class ThingsNobodyCaresAboutButMe(Exception):  # noqa: N818 - the name that programs catch
    """Anything wrong with how a document was sent."""


class CharacterEncodingOverride(ThingsNobodyCaresAboutButMe):
    """The document is in another encoding than it says."""


class CharacterEncodingUnknown(ThingsNobodyCaresAboutButMe):
    """The encoding could not be found out."""


class NonXMLContentType(ThingsNobodyCaresAboutButMe):
    """The document was sent as something else than XML."""


class UndeclaredNamespace(Exception):  # noqa: N818 - the name that programs catch
    """A prefix is used that no namespace was declared for."""


class _Place(Locator):
    """Where in the document a problem is."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self._line = line

    def getLineNumber(self) -> int:  # noqa: N802 - the name in the interface
        return self._line


def malformed(problem: Problem) -> SAXParseException:
    """Return the exception for markup that is not well-formed, with its line."""
    return SAXParseException(problem.detail or problem.code, None, _Place(problem.line))
