"""Address guard: no request to a private or loopback address, unless the source's register entry names the host.

The start addresses come from a configuration, redirects and links from strangers: without this a forum could make the
crawler read what only machines inside can see.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.errors import AddressError


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
        if parts.hostname in self._allow_hosts or parts.netloc.lower() in self._allow_hosts:
            return
        try:
            await demand_public(parts.hostname)
        except AddressError as error:
            raise RefusedAddressError(str(error)) from error


async def demand_public(host: str) -> None:
    """Raise `AddressError` where a host has an address that isn't public; an unknown host passes (and fails later)."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return
    for *_, address in found:
        if not is_public(str(address[0])):
            raise AddressError(
                f"拒绝访问内网或本机地址 {host}（{address[0]}）；确需采集请把主机写进该来源的 allow_hosts"
            )


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_global and not ip.is_multicast
