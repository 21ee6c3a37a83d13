"""A feed: the entries of RSS and Atom as posts, and why there are none (RSSHub's pages of errors among them)."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser

from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost
from crawler.pages.feed_words import PassedOn, read_feed_words, read_title
from crawler.pages.page import Page
from crawler.pages.weibo.addresses import DETAIL, without_account
from crawler.post import IssueReason, PostKind
from crawler.reading.dates import SHANGHAI, read_date


def read_feed_page(page: Page, kind: PostKind = PostKind.ARTICLE) -> Extraction:
    """Read the entries of a feed; a feed that can't be parsed or is empty comes back with the reason.

    A post that an entry passes on is a post of its own, which the entry names as its parent.
    """
    feed = feedparser.parse(page.decoded.text.encode(), response_headers={"content-type": "text/xml; charset=utf-8"})
    issues = page.issues()
    posts = {post.native_id: post for entry in feed.entries for post in _posts(entry, page, kind, issues)}
    if not feed.entries:
        issues.append(_nothing(page, feed))
    return Extraction(kind=PageKind.FEED, posts=tuple(posts.values()), issues=tuple(issues))


def _posts(entry: Any, page: Page, kind: PostKind, issues: list[PageIssue]) -> Iterator[ShownPost]:
    url, author = _address(entry.get("link"), page), entry.get("author") or ""
    words = read_feed_words(_body(entry), author)
    title = read_title(read_feed_words(entry.get("title", ""), "").text, words, author)
    text = words.text or title
    if not text:
        detail = f"订阅条目 {url} 没有标题也没有内容（可能是还没加载完的页面），没有收下"
        issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="text"))
        return
    if words.is_cut:
        detail = f"订阅条目 {url} 的正文被订阅截断（展开），只读到前半段"
        issues.append(PageIssue(reason=IssueReason.CUT_SHORT, detail=detail, field="text"))
    original = _original(words.passed_on, url, kind) if words.passed_on else None
    yield ShownPost(
        native_id=_native_id(entry, title, text, issues),
        kind=kind,
        url=url,
        title=title,
        text=text,
        published=_published(entry, page, issues),
        author=author or None,
        parent_id=original.native_id if original else None,
        engagement=words.counts,
    )
    if original:
        yield original


def _native_id(entry: Any, title: str, text: str, issues: list[PageIssue]) -> str:
    native_id = entry.get("id") or entry.get("link")
    if native_id:
        return without_account(str(native_id)).removeprefix(DETAIL)
    detail = f"订阅条目“{title[:40]}”没有 id 也没有链接，以内容摘要为编号"
    issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="native_id"))
    return hashlib.sha256(f"{title}\x00{text}".encode()).hexdigest()[:32]


def _original(passed_on: PassedOn, url: str, kind: PostKind) -> ShownPost:
    digest = hashlib.sha256(f"{passed_on.author}\x00{passed_on.text}".encode()).hexdigest()[:32]
    return ShownPost(
        native_id=without_account(passed_on.url).removeprefix(DETAIL) or digest,
        kind=kind,
        url=without_account(passed_on.url) or url,
        title="",
        text=passed_on.text,
        published=None,
        author=passed_on.author,
    )


def _address(link: str | None, page: Page) -> str:
    try:
        return without_account(page.absolute(link)) if link else page.url
    except ValueError:  # no address: the feed's own leads nearest to the entry
        return page.url


def _body(entry: Any) -> str:
    """Return the longest of what the entry gives: many feeds cut the summary and carry the whole text beside it."""
    bodies = [part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")]
    return str(max(bodies, key=len))


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


_ERROR = re.compile(r"Looks like something went wrong|RSSHub 发生了一些意外", re.I)
_LOG_IN = re.compile(r"cookie|log ?in|登录|not ?configured|ConfigNotFound", re.I)
_CHALLENGE = re.compile(r"captcha|验证|cloudflare|blocked", re.I)


def _nothing(page: Page, feed: Any) -> PageIssue:
    if _ERROR.search(page.decoded.text):
        return _rsshub_error(page)
    if page.status >= 400:
        return PageIssue(reason=IssueReason.HTTP_STATUS, detail=f"网站回答 HTTP {page.status}，没有订阅内容")
    if feed.get("version"):
        return PageIssue(reason=IssueReason.EMPTY_PAGE, detail="订阅里没有条目")
    reason = str(feed.get("bozo_exception", "没有 RSS 或 Atom 的根元素"))
    return PageIssue(reason=IssueReason.BROKEN_FEED, detail=f"不是可读的 RSS 或 Atom：{reason[:120]}")


def _rsshub_error(page: Page) -> PageIssue:
    """Return what RSSHub says went wrong; its page comes with 503 or 404 (template lib/views/error.tsx)."""
    shown = page.selector.css(".message code::text, code.details::text, .content pre::text, pre::text").getall()
    said = " ".join((shown[0] if shown else page.selector.xpath("string(//body)").get("")).split())[:120]
    reason = IssueReason.HTTP_STATUS if page.status >= 400 else IssueReason.MESSAGE
    if "route is empty" in said:
        reason = IssueReason.EMPTY_PAGE
    elif _LOG_IN.search(said):
        reason = IssueReason.LOGIN_REQUIRED
    elif _CHALLENGE.search(said):
        reason = IssueReason.MESSAGE
    return PageIssue(reason=reason, detail=f"RSSHub 没有取到内容（HTTP {page.status}）：{said}")
