"""What is wrong with a template, where, and what to do about it."""

from __future__ import annotations

from ecliptic.errors import RenderError


def fault(file: str, line: int, said: str) -> RenderError:
    """Return the error of a template: its message begins with file and line."""
    return RenderError("render.template", f"{file}:{line}: {said}", file=file, line=line)
