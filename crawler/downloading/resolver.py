"""Resolver: a name is looked up once for a connection, the address is checked, and to that address it connects.

A check before the request alone could be fooled by a name that answers with a public address first and with one of
this machine afterwards (DNS rebinding).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.middlewares.address import is_public, refusal

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred


class Lookup:
    """One connection's lookup: whether the register allows the host whatever its address; what was `refused`."""

    def __init__(self, *, is_allowed: bool) -> None:
        self.is_allowed = is_allowed
        self.refused = ""


_STRICT = Lookup(is_allowed=False)
_current: ContextVar[Lookup] = ContextVar("lookup", default=_STRICT)


@contextmanager
def looking_up(*, is_allowed: bool) -> Iterator[Lookup]:
    """Set what holds for the lookups that are begun inside; elsewhere no private address is let through."""
    lookup = Lookup(is_allowed=is_allowed)
    token = _current.set(lookup)
    try:
        yield lookup
    finally:
        _current.reset(token)


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver (IPv4, cached for the process), which knows no private addresses unless they are allowed."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802 (Twisted's name)
        """Look a name up; fails as if it were unknown where its address is private."""
        lookup = _current.get()
        return self._ask(name, timeout).addCallback(_checked, name, lookup)

    def _ask(self, name: str, timeout: Sequence[int]) -> "Deferred[str]":
        return super().getHostByName(name, timeout)


def _checked(address: str, name: str, lookup: Lookup) -> str:
    if lookup.is_allowed or is_public(address):
        return address
    lookup.refused = refusal(name, address)
    raise DNSLookupError(lookup.refused)
