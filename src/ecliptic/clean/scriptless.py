"""Markup as a reader without scripts should see it, before anything is dropped.

What is written here is read by nh3 like the rest, so nothing of it need be safe.
"""

from __future__ import annotations

import re

_noscript_tag = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)
_noscript = re.compile(r"<noscript\b[^<>]*>.*?(?:</noscript[^<>]*>|\Z)", re.IGNORECASE | re.DOTALL)
_input = re.compile(r"<input\b[^<>]*>", re.IGNORECASE)
_is_checkbox = re.compile(r"\btype\s*=\s*[\"']?checkbox\b", re.IGNORECASE).search
_is_checked = re.compile(r"[\s\"']checked(?=[\s=/>])", re.IGNORECASE).search


def without_scripts_and_forms(html: str) -> str:
    """Show what is meant for readers without scripts, and the boxes of task lists as signs."""
    if "<noscript" in html or "<NOSCRIPT" in html:
        # A picture that waits for a script stands a second time beside it, for those without.
        html = (_noscript if "data-src" in html else _noscript_tag).sub("", html)
    if "<input" in html:
        html = _input.sub(_sign, html)
    return html


def _sign(found: re.Match[str]) -> str:
    if not _is_checkbox(found.group()):
        return ""
    return "☑" if _is_checked(found.group()) else "☐"
