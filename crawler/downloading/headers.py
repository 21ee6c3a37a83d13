"""Headers: an answer whose headers never end is given up, before they fill the memory."""

import re

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HTTP11ClientProtocol, ParseError
from twisted.web._newclient import Request as TxRequest
from twisted.web.iweb import IResponse

LARGEST = 256 * 1024
"""Bytes of status line and headers; browsers take as much."""
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token of RFC 9110, 5.6.2


class _LimitedParser(_LenientHTTPClientParser):
    _taken = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 (Twisted's name)
        self._taken += len(line)
        if self._taken > LARGEST:
            raise ParseError(f"more than {LARGEST} bytes of headers", line[:100])  # type: ignore[no-untyped-call]
        super().lineReceived(line)

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 (Twisted's name)
        if _NAME.fullmatch(name):  # browsers pass over a header that has no proper name
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]


class _LimitedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: TxRequest) -> "Deferred[IResponse]":
        answer = super().request(request)
        if self._parser is None:
            raise RuntimeError("Twisted made no parser for a request")
        self._parser.__class__ = _LimitedParser  # Twisted hardcodes the class; see Scrapy's own protocol
        return answer


class LimitedFactory(_LenientHTTP11ClientFactory):
    """Factory of connections whose answers have headers of a limited size."""

    def buildProtocol(self, _addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802 (Twisted's name)
        """Make the protocol of a connection."""
        return _LimitedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
