"""Checking: what a site file or spider extracts from one page, before anything is stored."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.engines import ENGINES
from crawler.errors import PageError
from crawler.pages.extraction import Extraction
from crawler.pages.forum_page import read_forum_page
from crawler.pages.page import Page
from crawler.process import user_agent
from crawler.reading.dates import SHANGHAI
from crawler.site import Site, load_site

_SECONDS = 30
_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Message
    body: bytes
    url: str


def check(
    site_name: str, target: str, *, url: str | None = None, at: datetime | None = None, clock: Callable[[], datetime]
) -> Extraction:
    """Read `target`, an address or the file of a recorded page, as `site_name` would (a site file, or an engine).

    `url` is where a recorded page came from and `at` (aware) when it was served; without them the page's own base
    address and, where `FILE.headers` lies beside the file, its Date count.

    Raises:
        SiteFileError: no such site, or its file is wrong.
        PageError: the page can't be opened.
    """
    site = None if site_name in ENGINES else load_site(site_name)
    address = target if site else ENGINES[site_name].address(target)
    answer = _fetched(address, site) if _is_address(target) else _recorded(target, url)
    page = Page(
        url=answer.url,
        body=answer.body,
        served=at or _date(answer.headers) or clock(),
        status=answer.status,
        content_type=answer.headers.get("Content-Type", ""),
        location=answer.headers.get("Location", ""),
        encoding=site.encoding if site else None,
    )
    return read_forum_page(page, site) if site else ENGINES[site_name].read(page)


def read_moment(text: str) -> datetime:
    """Read a moment that a user typed: ISO 8601 (Shanghai's time unless it names a zone) or seconds since 1970.

    Raises:
        ValueError: it is neither.
    """
    if re.fullmatch(r"\d{9,11}(\.\d+)?", text):
        return datetime.fromtimestamp(float(text), UTC)
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def _is_address(target: str) -> bool:
    return urlsplit(target).scheme in {"http", "https"}


def _recorded(target: str, url: str | None) -> _Answer:
    path = Path(target)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise PageError(f"页面文件 {target} 打不开：{error.strerror}；请给出网址或已保存的页面") from error
    status, headers = _recorded_headers(path.with_name(f"{path.name}.headers"))
    return _Answer(status, headers, body, url or path.resolve().as_uri())


def _recorded_headers(path: Path) -> tuple[int, Message]:
    if not path.is_file():
        return 200, Message()
    first, _, rest = path.read_bytes().partition(b"\n")
    status = re.search(rb"\s(\d{3})\b", first)
    return int(status.group(1)) if status else 200, message_from_bytes(rest)


def _date(headers: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return None


def _fetched(url: str, site: Site | None) -> _Answer:
    """Fetch one page as it is; the user typed the address, so it may be inside."""
    request = urllib.request.Request(url, headers={"User-Agent": user_agent(site, ""), "Accept-Encoding": "identity"})  # noqa: S310  # http and https only, see _is_address
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  # as above
            return _Answer(answer.status, answer.headers, answer.read(_BYTES), answer.url)
    except urllib.error.HTTPError as error:
        return _Answer(error.code, error.headers, error.read(_BYTES), url)
    except (OSError, ValueError) as error:
        raise PageError(f"网址 {url} 访问不到：{error}；请检查网址和网络") from error
