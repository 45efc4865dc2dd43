"""Everything Ecliptic raises.

    EclipticError(code, params)
    ├── ConfigError      settings or a subscription list cannot be used
    ├── FilterError      a filter expression cannot be used
    ├── StoreError       the state file cannot be used
    │   ├── Busy             another run holds the lock
    │   └── SchemaMismatch   the file was written by a newer version
    ├── RenderError      a template or theme cannot be used
    ├── PublishError     the site cannot be written; the old site stays
    ├── PluginError      a plugin is not there or fails; a flow makes a failed feed of it
    └── UsageError       a command was asked for something it cannot do

A feed that fails is *data*, never an exception: see ``model.outcome.Failed``.
Every error carries a stable ``code`` (``stage.reason``) and a message that
names the place and the remedy.
"""

from __future__ import annotations


class EclipticError(Exception):
    """Root of all errors: a stable code and a sentence for people."""

    exit_status = 1

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.params = params


class ConfigError(EclipticError):
    """Settings or subscriptions that cannot be used (exit status 2).

    ``params`` may hold ``file``, ``line``, ``key``, ``found`` and ``allowed``.
    """

    exit_status = 2


class UsageError(EclipticError):
    """A command was asked for something it cannot do (exit status 2)."""

    exit_status = 2


class FilterError(EclipticError):
    """A filter expression cannot be used (exit status 2).

    ``column`` counts from 1 where the place is known; 0 where it is not.
    """

    exit_status = 2

    def __init__(self, code: str, message: str, *, column: int = 0) -> None:
        super().__init__(code, message, column=column)
        self.column = column


class StoreError(EclipticError):
    """The state file cannot be read or written."""


class Busy(StoreError):
    """Another run holds the lock; the message names it."""


class SchemaMismatch(StoreError):
    """The state file was written by a newer version of Ecliptic."""


class RenderError(EclipticError):
    """A template or theme cannot be used."""


class PublishError(EclipticError):
    """The site could not be written; what was published before still stands."""


class PluginError(EclipticError):
    """A plugin is not there, or fails; ``detail`` begins with its name."""

    def __init__(self, code: str, message: str, *, detail: str) -> None:
        super().__init__(code, message, detail=detail)
        self.detail = detail
