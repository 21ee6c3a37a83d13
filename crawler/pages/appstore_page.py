"""A page of the App Store's public feed of reviews (JSON): fifty a page, ten pages at most.

Shapes: the recorded answers (2021) and what public readers of the feed say of those since. Numbers are text in `label`;
`entry` is a list, one object where there is one review, and absent where there is none; a first entry without a rating
is the app itself. The `next` link leads to XML and exists past the end, `last` tells how many pages there are. An app
that doesn't exist and one without reviews in a country answer alike.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from crawler.pages.answer import read_answer
from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.post import Engagement, IssueReason, PostKind

PAGES = 10
_HOST = "https://itunes.apple.com"
_APP = re.compile(r"/(?P<country>[a-z]{2})/(?:.*/)?id=?(?P<app>\d+)")
_FEED = re.compile(r"/(?P<country>[a-z]{2})/rss/customerreviews/(?:.*/)?id=(?P<app>\d+)")
_PAGE = re.compile(r"(?<=/page=)\d+")
_TOO_DEEP = re.compile(r"page depth is limited", re.I)


def feed_address(url: str) -> str:
    """Return the newest reviews of the app that an address names, in its country (cn where it names none)."""
    scheme, host, path, *_ = urlsplit(url)
    app = _FEED.search(path) or _APP.search(path) or re.search(r"/(?P<country>)id(?P<app>\d+)", path)
    if app is None or "/json" in path:
        return url
    root = _HOST if (host or "").endswith("apple.com") else f"{scheme}://{host}"
    return f"{root}/{app['country'] or 'cn'}/rss/customerreviews/page=1/id={app['app']}/sortby=mostrecent/json"


def app_of(url: str) -> str:
    """Return country and number of the app that a feed belongs to, such as `cn-497799835`; empty where it says none."""
    found = _FEED.search(urlsplit(url).path)
    return f"{found['country']}-{found['app']}" if found else ""


def read_appstore_page(page: Page) -> Extraction:
    """Read a page of reviews; one without any comes back with the reason among its issues."""
    if _TOO_DEEP.search(page.decoded.text[:500]):
        return Extraction(kind=PageKind.MESSAGE, issues=(_cap(),))
    return read_answer(page, read=_read, said=_said)


def _said(answer: Entry) -> str:
    return answer.text("errorMessage") or answer.text("error")


def _cap() -> PageIssue:
    detail = "App Store 每个国家只给最近 500 条评论（10 页），更早的看不到"
    return PageIssue(reason=IssueReason.SITE_CAP, detail=detail)


def _read(page: Page, _value: Any, answer: Entry) -> Extraction | None:
    feed = answer.entry("feed")
    if not feed.value:
        return None
    posts = {post.native_id: post for row in _rows(feed) if (post := _review(row, page))}
    number, last = _number(page.url), _last(feed)
    is_capped = bool(posts) and number >= PAGES
    if not posts:
        feed.issues.append(_nothing(number, last))
    elif all(post.published is None for post in posts.values()):
        feed.note(IssueReason.MISSING_FIELD, "这一页的评论都没有 updated：网站没有给出时间", "published")
    following = _following(page, number) if posts and number < min(last or number, PAGES) else None
    return Extraction(
        kind=PageKind.FEED,
        posts=tuple(posts.values()),
        next=following,
        issues=(*feed.issues, *([_cap()] if is_capped else [])),
        thread_id=app_of(page.url) or None,
    )


def _rows(feed: Entry) -> Iterator[Entry]:
    """Yield the reviews; an entry without a rating is the app itself."""
    entries = feed.entries("entry") or ([feed.entry("entry")] if feed.entry("entry").value else [])
    yield from (entry for entry in entries if "im:rating" in entry.value)


def _label(row: Entry, name: str, *, required: bool = False) -> str:
    label = row.entry(name).text("label")
    if required and not label:
        row.missing(name)
    return label


def _review(row: Entry, page: Page) -> ShownPost | None:
    native_id = _label(row.about("一条评论"), "id", required=True)
    row = row.about(f"评论 {native_id} ")
    if not native_id:
        return None
    words = _label(row, "content", required=True)
    stars, version = _label(row, "im:rating", required=True), _label(row, "im:version")
    rating = f"评分：{stars} 星（满分 5 星）" + (f"，版本 {version}" if version else "")
    return ShownPost(
        native_id=native_id,
        kind=PostKind.REVIEW,
        url=_address(row, page),
        title=_label(row, "title"),
        text="\n".join(line for line in (rating, *map(str.strip, words.splitlines())) if line),
        published=row.entry("updated").moment("label"),
        author=_label(row.entry("author"), "name") or None,
        engagement=Engagement(likes=row.entry("im:voteSum").count("label")),
    )


def _address(row: Entry, page: Page) -> str:
    """Return where the reviews of the app are shown; a single one has no page."""
    links = row.entries("link") or [row.entry("link")]
    shown = next((link.entry("attributes").text("href") for link in links), "")
    return shown or page.url


def _number(url: str) -> int:
    found = _PAGE.search(urlsplit(url).path)
    return int(found.group()) if found else 1


def _last(feed: Entry) -> int | None:
    """Return the number of the last page; `None` where the feed tells none."""
    links = (link.entry("attributes") for link in feed.entries("link"))
    last = next((link.text("href") for link in links if link.text("rel") == "last"), "")
    return _number(last) if last else None


def _following(page: Page, number: int) -> str | None:
    parts = urlsplit(page.url)
    path = _PAGE.sub(str(number + 1), parts.path)
    return urlunsplit(parts._replace(path=path)) if path != parts.path else None


def _nothing(number: int, last: int | None) -> PageIssue:
    if last is None and number == 1:
        detail = "没有评论：应用在这个国家还没有评论，或应用编号不存在（网站对两者的回答一样），请核对编号和国家"
        return PageIssue(reason=IssueReason.EMPTY_BOARD, detail=detail)
    end = f"网站说最后一页是第 {last} 页" if last else "网站没有说有几页"
    return PageIssue(reason=IssueReason.EMPTY_PAGE, detail=f"第 {number} 页没有评论（{end}）", field="entry")
