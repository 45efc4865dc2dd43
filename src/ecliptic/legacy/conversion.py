"""What is said of templates that are converted when pages are made."""

from __future__ import annotations

from ecliptic.errors import RenderError
from ecliptic.legacy import notices
from ecliptic.legacy.values import Values
from ecliptic.model.template import OldTemplate

CONVERTED = frozenset({"genshi", "django"})
"""The kinds of templates that are converted."""


def convertible(values: Values, template: OldTemplate) -> bool:
    """Return whether a template can be converted, and note what in it needs a look."""
    from ecliptic.render.conversion import conversions  # noqa: PLC0415 - few planets have any

    try:
        made = conversions(template)
    except RenderError as problem:
        values.notices.append(f"{problem.message}. Ecliptic's own page stands in its place.")
        return False
    for each in made:
        found = notices.some(
            f"line {finding.line}: {finding.what} ({finding.do})"
            for finding in each.converted.findings
        )
        if not each.converted.is_whole:
            values.notices.append(
                f"{each.file} cannot be converted: {found}. Ecliptic's own page stands in the"
                f" place of {template.path}."
            )
            return False
        if found:
            values.notices.append(f"Not all of {each.file} can be converted: {found}.")
    return True
