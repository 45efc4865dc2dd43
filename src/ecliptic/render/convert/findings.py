"""Collecting what a template becomes, and what could not be said."""

from __future__ import annotations

from ecliptic.render.convert import jinja
from ecliptic.render.convert.converted import Finding, Unsayable


class Findings:
    """The findings of one template, in the order of their lines."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def left_out(self, line: int, problem: Unsayable) -> str:
        """Note what could not be said; return the comment that stands in its place."""
        return jinja.left_out(self.note(problem.line or line, problem.what, problem.do))

    def note(self, line: int, what: str, do: str) -> Finding:
        """Note what is not quite the same."""
        finding = Finding(line=line, what=what, do=do)
        if finding not in self._found:
            self._found.append(finding)
        return finding

    def all(self) -> tuple[Finding, ...]:
        """Return all of them."""
        return tuple(sorted(self._found, key=lambda finding: finding.line))
