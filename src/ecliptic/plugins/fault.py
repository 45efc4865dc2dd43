"""What is said of a plugin that cannot do its work: a code, and its name first of all."""

from __future__ import annotations

from typing import Final

from ecliptic.errors import PluginError
from ecliptic.log import get_logger
from ecliptic.model.codes import words

log = get_logger(__name__)

_LONGEST: Final = 300


def fault(code: str, plugin: str, why: str = "") -> PluginError:
    """Return the error of a plugin, for whoever called it to raise."""
    detail = f"{plugin}: {why}"[:_LONGEST] if why else plugin
    return PluginError(code, words(code, {"detail": detail}), detail=detail)


def failed(plugin: str, step: str, error: Exception) -> PluginError:
    """Log that a plugin raised, and return the error to raise in its place."""
    log.warning("plugin_failed plugin=%s step=%s error=%r", plugin, step, error)
    return fault("plugins.failed", plugin, f"{type(error).__name__}: {error}")
