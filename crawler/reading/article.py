"""The main text of a page (news, blog, advertorial) by trafilatura, with the minute of its time where that is shown."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from parsel import Selector

from crawler.reading.dates import SHANGHAI, read_date

_META = (
    "meta[property='article:published_time']::attr(content), meta[itemprop='datePublished']::attr(content), "
    "meta[name='pubdate' i]::attr(content), meta[name='publishdate' i]::attr(content), "
    "meta[name='PubDate']::attr(content), meta[property='og:release_date']::attr(content), "
    "[itemprop='datePublished']::attr(datetime), time[pubdate]::attr(datetime)"
)
_SHORT = 100
_CLOCK = r"\s*(?:日\s*)?[T ]?\s*(?P<clock>\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was read: `text` is empty where a page has no main text; `published` is in UTC, `url` the page's own."""

    title: str
    text: str
    published: datetime | None = None
    author: str | None = None
    url: str | None = None


def read_article_html(html: str, *, served: datetime) -> Article:
    """Read the main text of a page, without navigation, comments and advertising; `served` is aware."""
    read = _extracted(html, eager=False)
    if len(read.get("text") or "") < _SHORT:  # short pages: rather some furniture than no text
        read = _extracted(html, eager=True)
    return Article(
        title=read.get("title") or "",
        text=read.get("text") or "",
        published=_published(html, read.get("date"), served),
        author=read.get("author"),
        url=read.get("url"),
    )


def _extracted(html: str, *, eager: bool) -> Mapping[str, Any]:
    import trafilatura  # takes a second to load, and most crawls don't need it

    found = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False, favor_recall=eager)
    if found is None:
        return {}
    return found if isinstance(found, dict) else dict(found.as_dict())


def _published(html: str, day: str | None, served: datetime) -> datetime | None:
    """Return the time that the page declares, else the one that it shows for the day that trafilatura found."""
    page = Selector(text=html, type="html")
    for shown in _declared(page):
        moment = read_date(shown, served=served)
        if moment and re.search(r"\d[:：]\d", shown):
            return moment.at
    if not day:
        return None
    at = datetime.fromisoformat(day).replace(tzinfo=SHANGHAI)
    clock = re.search(_of_day(at) + _CLOCK, " ".join(page.xpath("//body//text()[normalize-space()]").getall()))
    moment = read_date(f"{day} {clock['clock']}", served=served) if clock else None
    return moment.at if moment else at.astimezone(UTC)


def _of_day(at: datetime) -> str:
    return rf"{at.year}\s*[-/.年]\s*0?{at.month}\s*[-/.月]\s*0?{at.day}(?!\d)"


def _declared(page: Selector) -> Iterator[str]:
    yield from page.css(_META).getall()
    for script in page.css("script[type='application/ld+json']::text").getall():
        try:
            yield from _dates_in(json.loads(script))
        except (ValueError, RecursionError):
            continue


def _dates_in(value: Any) -> Iterator[str]:
    rows = value if isinstance(value, list) else [value]
    for row in rows:
        if isinstance(row, dict):
            if isinstance(row.get("datePublished"), str):
                yield row["datePublished"]
            yield from _dates_in(row.get("@graph", []))
