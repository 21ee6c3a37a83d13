"""A feed: the entries of RSS and Atom as posts."""

import hashlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
from parsel import Selector

from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.post import IssueReason, PostKind
from crawler.reading.dates import SHANGHAI, read_date
from crawler.reading.text import read_lines


def read_feed_page(page: Page, kind: PostKind = PostKind.ARTICLE) -> Extraction:
    """Read the entries of a feed; a feed that can't be parsed or is empty comes back with the reason."""
    feed = feedparser.parse(page.decoded.text.encode(), response_headers={"content-type": "text/xml; charset=utf-8"})
    issues = page.issues()
    posts = {post.native_id: post for entry in feed.entries if (post := _post(entry, page, kind, issues))}
    if not posts:
        issues.append(_nothing(page, feed))
    return Extraction(kind=PageKind.FEED, posts=tuple(posts.values()), issues=tuple(issues))


def _post(entry: Any, page: Page, kind: PostKind, issues: list[PageIssue]) -> ShownPost | None:
    url = _address(entry.get("link"), page)
    title = _plain(entry.get("title", ""))
    text = _plain(_body(entry)) or title
    native_id = entry.get("id") or entry.get("link")
    if not native_id:
        detail = f"订阅条目“{title[:40]}”没有 id 也没有链接，以内容摘要为编号"
        issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="native_id"))
        native_id = hashlib.sha256(f"{title}\x00{text}".encode()).hexdigest()[:32]
    return ShownPost(
        native_id=native_id,
        kind=kind,
        url=url,
        title=title,
        text=text,
        published=_published(entry, page, issues),
        author=entry.get("author") or None,
    )


def _address(link: str | None, page: Page) -> str:
    try:
        return page.absolute(link) if link else page.url
    except ValueError:  # no address: the feed's own leads nearest to the entry
        return page.url


def _body(entry: Any) -> str:
    """Return the longest of what the entry gives: many feeds cut the summary and carry the whole text beside it."""
    bodies = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    return str(max(bodies, key=len))


def _plain(html: str) -> str:
    """Return the text of a piece of HTML; feeds also send plain text with line breaks, which count there."""
    if not html.strip():
        return ""
    if not re.search(r"<[a-zA-Z!/]", html):
        html = html.replace("\n", "<br>")
    return read_lines(Selector(text=html, type="html").root)


def _published(entry: Any, page: Page, issues: list[PageIssue]) -> datetime | None:
    shown = entry.get("published") or entry.get("updated") or ""
    at = _standard(shown)
    if at is None and shown:
        moment = read_date(shown, served=page.served)
        at = moment.at if moment else None
    if at is None:
        detail = f"订阅条目 {entry.get('link', '')} 的时间“{shown[:40]}”读不懂" if shown else "订阅条目没有时间"
        issues.append(PageIssue(reason=IssueReason.UNREADABLE_FIELD, detail=detail, field="published"))
    return at


def _standard(shown: str) -> datetime | None:
    """Read RFC 822 and ISO 8601; a time without zone is meant in Shanghai's, as Chinese sites do."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            at = read(shown)
        except ValueError:
            continue
        return (at if at.tzinfo else at.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    return None


def _nothing(page: Page, feed: Any) -> PageIssue:
    if page.status >= 400:
        return PageIssue(reason=IssueReason.HTTP_STATUS, detail=f"网站回答 HTTP {page.status}，没有订阅内容")
    if feed.get("version"):
        return PageIssue(reason=IssueReason.EMPTY_PAGE, detail="订阅里没有条目")
    reason = str(feed.get("bozo_exception", "没有 RSS 或 Atom 的根元素"))
    return PageIssue(reason=IssueReason.BROKEN_FEED, detail=f"不是可读的 RSS 或 Atom：{reason[:120]}")
