"""Capture: which source and spider a single address that a person hands over belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.errors import RegisterError
from crawler.importers.identity import platform_of_host
from crawler.register import Register, SourceSettings

PURPOSE = "capture"
"""The purpose of a one-off act, where the address belongs to no registered source."""
CAPTURE_SETTINGS = {"FENGPING_CAPTURE": True, "CLOSESPIDER_PAGECOUNT": 60, "CLOSESPIDER_TIMEOUT": 120}
"""What bounds a capture: a thread of a thousand pages is a crawl's work."""
_PLATFORM_SPIDERS = {"weibo", "tieba", "heimao"}
_APPS = re.compile(r"(^|\.)(?:apps|itunes)\.apple\.com$")
_FEED = re.compile(r"(?:/(?:feed|rss|atom)/?|\.(?:rss|atom)|/(?:feed|rss|atom)\.xml)$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a captured address lands: the name of its source, and its register entry with only this address."""

    source: str
    settings: SourceSettings
    is_registered: bool


def target_of(url: str, register: Register, *, source: str | None = None) -> Target:
    """Return the target of an address: the registered source of its host, else the platform that it is of.

    `source` names a registered source whose spider is to be used, or the one to be.

    Raises:
        RegisterError: it is no web address.
    """
    host = (urlsplit(url).hostname or "").lower() if url.startswith(("http://", "https://")) else ""
    if not host:
        raise RegisterError(f"不是网址：{url}；请粘贴以 http:// 或 https:// 开头的链接")
    name = source if source in register else _registered(host, register) if source is None else None
    if name is not None:
        # The entry's own limits hold, also for one that no longer is crawled.
        settings = register[name].model_copy(update={"urls": (url,)})
        return Target(source=name, settings=settings, is_registered=True)
    platform = platform_of_host(host)
    settings = SourceSettings(spider=_spider(url, host, platform), urls=(url,), purpose=PURPOSE)
    return Target(source=source or platform or host, settings=settings, is_registered=False)


def _registered(host: str, register: Register) -> str | None:
    """Return the source whose hosts an address lies on; the one of the most exact host where there are several."""
    found = [(len(own), name) for name, entry in register.items() for own in _own_hosts(host, entry)]
    return max(found, key=lambda match: match[0])[1] if found else None


def _own_hosts(host: str, entry: SourceSettings) -> Iterator[str]:
    for own in entry.hosts:
        plain = own.lower().removeprefix("www.")
        if host == plain or host.endswith(f".{plain}"):
            yield plain


def _spider(url: str, host: str, platform: str | None) -> str:
    if platform in _PLATFORM_SPIDERS:
        return str(platform)
    if _APPS.search(host):
        return "appstore"
    return "feed" if _FEED.search(urlsplit(url).path) else "article"
