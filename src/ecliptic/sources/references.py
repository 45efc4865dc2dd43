"""What a written ``planet.toml`` has in the place of secrets: where they are to be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from ecliptic.model.access import Access, Proxy, without_password

_NOT_IN_NAMES: Final = re.compile(r"[^A-Z0-9]+")


class References:
    """Names a variable of the environment for each secret; equal ones share it."""

    def __init__(self) -> None:
        self._of_secret: dict[tuple[str, str], str] = {}
        self._taken: dict[str, str] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of the variables, in the order in which they were asked for."""
        return tuple(self._taken)

    def access(self, access: Access) -> dict[str, Any]:
        """Return the settings of a feed that give it its access again."""
        found = dict(self._credentials(access))
        if access.headers:
            found["headers"] = {
                name: self._secret(access.home, name, value) for name, value in access.headers
            }
        if access.proxy is not None:
            found["proxy"] = self.proxy(access.proxy, access.home) or "none"
        if access.insecure:
            found["insecure"] = True
        return found

    def proxy(self, proxy: Proxy, home: str = "") -> object:
        """Return the setting of a proxy; its address is secret where it has a password in it."""
        if without_password(proxy.url) == proxy.url:
            return proxy.url
        return self._secret(home, "proxy", proxy.url)

    def _credentials(self, access: Access) -> Iterator[tuple[str, object]]:
        user, _, password = access.credentials.partition(":")
        if password:
            yield "username", user
            yield "password", self._secret(access.home, "password", password)
        elif user:  # the name alone lets it in, so that is the secret
            yield "username", self._secret(access.home, "username", user)

    def _secret(self, home: str, what: str, value: str) -> dict[str, str]:
        host = urlsplit(home).hostname or ""
        place = (f"{host} {what}", value)
        if place not in self._of_secret:
            name = _NOT_IN_NAMES.sub("_", f"PLANET {host} {what}".upper()).strip("_")
            number = sum(taken == name for taken in self._taken.values()) + 1
            own = f"{name}_{number}" if number > 1 else name
            self._taken[own] = name
            self._of_secret[place] = own
        return {"env": self._of_secret[place]}
