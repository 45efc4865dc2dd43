"""How much each finding matters: what breaks a specification, what readers trip over, advice."""

from __future__ import annotations

from typing import Final, Literal

Severity = Literal["error", "warning", "note"]

_ERRORS: Final = frozenset({
    "unknown_root", "unknown_element", "misplaced_element", "missing_element",
    "repeated_element", "missing_attribute", "missing_member", "empty", "unexpected_text",
    "bad_date", "bad_address", "relative_address", "bad_id", "guid_not_address", "bad_email",
    "bad_language", "bad_type", "bad_number", "bad_choice", "bad_value", "not_escaped",
    "not_inline", "missing_div", "broken_markup", "bad_base64", "wrong_namespace", "repeated_link",
    "no_content", "no_title_or_description", "bad_paging", "repeated_value", "wrong_json",
    "here_and_elsewhere", "unknown_encoding",
})  # fmt: skip
_NOTES: Final = frozenset({
    "missing_recommended", "missing_self", "not_canonical", "unknown_namespace", "unsafe_style",
    "same_updated", "same_meaning", "odd_prefix", "content_order", "address_not_ascii",
    "obscure_encoding", "image_title", "group_of_one", "more",
})  # fmt: skip


def severity_of(code: str) -> Severity:
    """Return the severity of a code of this package; most are warnings."""
    reason = code.removeprefix("check.")
    if reason in _ERRORS:
        return "error"
    return "note" if reason in _NOTES else "warning"
