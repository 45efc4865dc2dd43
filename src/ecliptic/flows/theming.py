"""A theme, made, checked and shown without a planet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ecliptic.errors import RenderError, UsageError
from ecliptic.flows.sample import sample_pages
from ecliptic.model.finding import Checked, Finding
from ecliptic.model.paths import SHIPPED_THEMES
from ecliptic.model.site import Site
from ecliptic.render import Theme, starter_theme
from ecliptic.render.idle_parts import idle_parts
from ecliptic.render.old_pages import files_of
from ecliptic.render.page_faults import faults_of
from ecliptic.render.theme import folders_of


def theme_named(name: str) -> str:
    """Return what names a theme in settings: the path of its folder, or its name.

    Raises ``UsageError`` when there is neither.
    """
    if Path(name).is_dir():
        return str(Path(name).absolute())
    if name not in SHIPPED_THEMES:
        raise UsageError(
            "theme.missing",
            f"{name}: there is no such folder; themes that come along: {', '.join(SHIPPED_THEMES)}",
        )
    return name


def looks_of(site: Site) -> Iterator[Path]:
    """Yield what gives pages their look: the theme's folders, and templates with all they include.

    Of what cannot be read at present, only that itself.
    """
    try:
        yield from folders_of(site.theme)
    except RenderError:
        yield Path(site.theme)
    for template in site.templates:
        try:
            yield from map(Path, files_of(template))
        except RenderError:
            yield Path(template.file)
    yield from (Path(copied.file) for copied in site.copies)


def new_theme(folder: str, *, extends: str) -> tuple[str, ...]:
    """Make a small commented theme that builds on another; return the paths made.

    Raises ``UsageError`` when the folder is not empty.
    """
    root = Path(folder)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError("theme.exists", f"{folder}: is there already; nothing was changed")
    files = {root / name: text for name, text in starter_theme()}
    files[root / "theme.toml"] = (
        "# The theme that this one builds on: what is not here comes from there.\n"
        f'extends = "{extends}"\n'
    )
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError("theme.unwritable", f"{folder}: {error.strerror}") from error
    return tuple(str(path) for path in files)


def write_sample(folder: str, target: Path) -> int:
    """Write every page of a sample planet in a theme; return how many. Raises ``RenderError``."""
    made = {page.path: body for page, body in sample_pages(Theme.load(folder))}
    for name, body in made.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return len(made)


def check_theme(name: str) -> Checked:
    """Render every kind of page in a theme, and say what in them keeps readers or browsers off."""
    findings: list[Finding] = []
    try:
        theme = Theme.load(theme_named(name))
        made = dict(sample_pages(theme))
    except RenderError as error:
        return Checked(
            what=name, verdict="a page cannot be made", status=1, findings=(_told(error),)
        )
    findings += idle_parts(theme)
    paths = {page.path for page in made}
    for page, body in made.items():
        if page.path.endswith(".html"):
            findings += faults_of(page, body, paths)
    first = {(each.code, each.found): each for each in reversed(findings)}
    said = tuple(each for each in findings if first.get((each.code, each.found)) is each)
    errors = sum(each.severity == "error" for each in said)
    verdict = f"a theme, {len(made)} files made" + (f", {errors} errors" if errors else "")
    return Checked(what=name, verdict=verdict, status=1 if errors else 0, findings=said)


def _told(error: RenderError) -> Finding:
    """Return a fault of a template or of ``theme.toml``, with its place apart from its words."""
    file, line = str(error.params.get("file", "")), int(str(error.params.get("line", 0)))
    message = error.message.removeprefix(f"{file}:{line}: ")
    return Finding(severity="error", code=error.code, message=message, where=file, line=line)
