"""From plain code into an asynchronous flow."""

from __future__ import annotations

from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from ecliptic.errors import UsageError

Value = TypeVar("Value")


def run(flow: Coroutine[Any, Any, Value]) -> Value:
    """Run a flow to its end; raise ``UsageError`` where an event loop would stand still for it."""
    import asyncio  # noqa: PLC0415 - takes longer than all of some commands that need no loop

    with suppress(RuntimeError):  # there is none, as it should be
        asyncio.get_running_loop()
        flow.close()
        raise UsageError(
            "engine.running_loop",
            "an event loop is running here and would stand still: call this from a thread, "
            "for instance `await asyncio.to_thread(planet.build)`",
        )
    return asyncio.run(flow)
