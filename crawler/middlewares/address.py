"""Address guard: no request to a private or loopback address, unless the source's register entry names the host.

The start addresses come from a configuration, redirects and links from strangers: without this a forum could make the
crawler read what only machines inside can see. Here are refused the addresses that can be told by their look; names
are looked up by `crawler.downloading.resolver` when the connection is made, and checked there.
"""

import ipaddress
import socket
from collections.abc import Collection, Iterable
from typing import Self
from urllib.parse import SplitResult, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

_CARRIERS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "::/96",  # IPv4-compatible (RFC 4291)
        "::ffff:0:0/96",  # IPv4-mapped (RFC 4291)
        "64:ff9b::/96",  # NAT64 (RFC 6052)
        "64:ff9b:1::/48",  # NAT64, local use (RFC 8215)
        "2001::/32",  # Teredo (RFC 4380)
        "2002::/16",  # 6to4 (RFC 3056)
        "fec0::/10",  # site-local (RFC 3879)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
    )
)
"""Networks whose addresses carry another address inside, or that the registries' list of special ones leaves out."""


class RefusedAddressError(IgnoreRequest):
    """The request isn't sent; the spider's errback turns this into an issue."""


class AddressGuard:
    """Scrapy downloader middleware; `allow_hosts` holds host names or `host:port`."""

    def __init__(self, allow_hosts: Iterable[str]) -> None:
        self._allow_hosts = frozenset(host.lower() for host in allow_hosts)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the guard of a crawl from the setting ALLOW_HOSTS."""
        return cls(crawler.settings.getlist("ALLOW_HOSTS"))

    async def process_request(self, request: Request) -> None:
        """Refuse the request, or let it pass."""
        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise RefusedAddressError(f"只访问 http 和 https：{request.url}")
        if is_allowed(parts, self._allow_hosts):
            return
        address = address_in(parts.hostname)
        if address is not None and not is_public(address):
            raise RefusedAddressError(refusal(parts.hostname, address))


def is_allowed(parts: SplitResult, allow_hosts: Collection[str]) -> bool:
    """Whether the register allows the host of an address, or this port of it, wherever it is."""
    host = (parts.hostname or "").lower()
    return host in allow_hosts or parts.netloc.rpartition("@")[2].lower() in allow_hosts


def refusal(host: str, address: str) -> str:
    """Return the sentence that says why a host is not asked."""
    return f"拒绝访问内网或本机地址 {host}（{address}）；确需采集请把主机写进该来源的 allow_hosts"


def address_in(host: str) -> str | None:
    """Return the IP address that a host is written as, in whatever way (`0x7f000001`, `127.1`); `None` for a name."""
    plain = host.rstrip(".")
    if plain == "localhost" or plain.endswith(".localhost"):  # by RFC 6761, whatever a resolver says
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(plain.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(plain))
    except OSError:
        return None


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and does not carry another one inside."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    is_carrier = any(ip in network for network in _CARRIERS if network.version == ip.version)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or is_carrier)
