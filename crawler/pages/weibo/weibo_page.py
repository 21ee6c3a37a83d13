"""Any page or answer of 微博: recognised by what it holds, then read as what it is.

Answers come with HTTP 200 whatever happened: `ok` is 1, -100 (log in), or 0 with a message; a captcha has no data but
an address. Shapes: the recorded answers, and those that public clients of m.weibo.cn test for.
"""

import json
import re
from typing import Any

from crawler.pages.answer import read_answer
from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.pages.weibo import search_page, wap_page
from crawler.pages.weibo.addresses import changed, mid_of, parameter, root_of
from crawler.pages.weibo.cards import nothing_listed, read_cards
from crawler.pages.weibo.comments import read_comments, read_old_comments
from crawler.pages.weibo.status import further_pages, read_status, whole_texts
from crawler.pages.weibo.walls import wall_of
from crawler.pages.weibo.words import read_words
from crawler.post import IssueReason, PostKind

_RENDERED = re.compile(r"\$render_data\s*=\s*(\[.*?\])\s*\[0\]\s*\|\|", re.S)
_NOTHING = re.compile(r"还没有内容|没有找到|暂无数据|暂时没有")
_NO_COMMENTS = re.compile(r"还没有人评论|暂无评论|快来抢沙发")
_GONE = re.compile(r"不存在|已被?删除|已被.{0,8}删除|找不到")
_LOG_IN = re.compile(r"登录|登入")
_BARRED = re.compile(r"权限|可见|隐私|已关闭评论|关闭了评论")


def read_weibo_page(page: Page) -> Extraction:
    """Read a page or an answer; one without posts comes back with the reason among its issues."""
    if not page.decoded.text.lstrip().startswith("<"):
        return _answer(page)
    if page.selector.css(search_page.HERE):
        return search_page.read_search_page(page)
    if page.selector.css(wap_page.HERE):
        return wap_page.read_wap_page(page)
    rendered = _RENDERED.search(page.decoded.text)
    if rendered:
        return _rendered(page, rendered[1])
    return _message(wall_of(page) or _unknown(page))


def _message(issue: PageIssue) -> Extraction:
    kind = PageKind.UNKNOWN if issue.reason is IssueReason.UNKNOWN_PAGE else PageKind.MESSAGE
    return Extraction(kind=kind, issues=(issue,))


def _unknown(page: Page) -> PageIssue:
    if page.status >= 400:
        return PageIssue(reason=IssueReason.HTTP_STATUS, detail=f"微博回答 HTTP {page.status}，没有内容")
    detail = "页面既不是微博的列表，也不是微博正文或评论：网站可能改版，或网址不对"
    return PageIssue(reason=IssueReason.UNKNOWN_PAGE, detail=detail)


def _answer(page: Page) -> Extraction:
    is_empty = not page.decoded.text.strip()
    wall = wall_of(page) if page.status >= 400 or is_empty else None
    return _message(wall) if wall else read_answer(page, read=_read, said=_said)


def _said(answer: Entry) -> str:
    """Return the site's own words where it refuses; what it says of empty lists and gone posts is read later."""
    words = answer.text("msg") or answer.text("message")
    if answer.identity("ok") == "-100" or "passport" in answer.text("url"):
        return words if _LOG_IN.search(words) else f"要登录才能看 {words}"
    if answer.text("url") and not answer.value.get("data"):
        return f"要求验证 {words}（{answer.text('url')[:60]}）；采集不绕过验证"
    is_refused = answer.identity("ok") == "0" and not answer.entry("data").entries("cards")
    return words if is_refused and not any(known.search(words) for known in _READ_LATER) else ""


_READ_LATER = (_NOTHING, _NO_COMMENTS, _GONE, _BARRED)


def _read(page: Page, _value: Any, answer: Entry) -> Extraction | None:
    data = answer.entry("data")
    if answer.identity("ok") == "0" and not data.entries("cards"):
        return _refused(page, answer.text("msg"))
    if "cards" in data.value:
        return read_cards(page, answer)
    if "longTextContent" in data.value:
        return _long_text(page, data)
    if isinstance(answer.value.get("data"), list) or isinstance(data.value.get("data"), list):
        return read_comments(page, answer)
    if "html" in data.value:
        return read_old_comments(page, answer)
    if "userInfo" in data.value:
        return _account(page, data)
    return _status(page, data) if "text" in data.value else None


def _refused(page: Page, words: str) -> Extraction | None:
    """`ok` 0: nothing there (a list or comments), or a post that is gone or closed."""
    if _NO_COMMENTS.search(words) or ("/comments/" in page.url and _NOTHING.search(words)):
        return Extraction(kind=PageKind.THREAD, thread_id=parameter(page.url, "mid", "id") or None)
    if _GONE.search(words):
        return _message(PageIssue(reason=IssueReason.DELETED, detail=f"微博说：{words}"))
    if _BARRED.search(words):
        return _message(PageIssue(reason=IssueReason.PERMISSION, detail=f"微博说：{words}"))
    return Extraction(kind=PageKind.LIST, issues=(nothing_listed(page),)) if _NOTHING.search(words) else None


def _rendered(page: Page, value: str) -> Extraction:
    """Read the page of a post, which holds its answer in a script."""
    try:
        first = json.loads(value)[0]
    except (ValueError, LookupError):
        return _message(PageIssue(reason=IssueReason.CUT_SHORT, detail="微博正文页只传来一半，读不出内容"))
    return _status(page, Entry(first, "微博正文页", page.served).entry("status"))


def _status(page: Page, row: Entry) -> Extraction:
    """Read a post with the one that it passes on; its whole text and comments are further pages of it."""
    root = root_of(page.url)
    status = read_status(row, root)
    if status is None:
        return Extraction(kind=PageKind.MESSAGE, issues=tuple(row.issues))
    cut = whole_texts(iter([status]), root)
    return Extraction(
        kind=PageKind.THREAD,
        posts=tuple(one.post for one in status.all),
        issues=tuple(row.issues),
        thread_id=status.post.native_id,
        rest=further_pages(status, cut, root),
        cut=cut,
    )


def _long_text(page: Page, data: Entry) -> Extraction:
    """Read the whole text of a long post; whose it is stands in the address only."""
    mid, text = mid_of(parameter(page.url, "id") or "0"), read_words(data.text("longTextContent"))
    if not text:
        detail = f"微博 {mid} 的全文是空的：网站的回答里没有 longTextContent"
        return _message(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="text"))
    post = ShownPost(
        native_id=mid,
        kind=PostKind.TOPIC,
        url=f"{root_of(page.url)}/detail/{mid}",
        title="",
        text=text,
        published=None,
    )
    return Extraction(kind=PageKind.THREAD, posts=(post,), issues=tuple(data.issues), thread_id=mid)


def _account(page: Page, data: Entry) -> Extraction:
    """Read what an account's page says of itself: the list that holds its posts."""
    tabs = data.entry("tabsInfo").entries("tabs")
    boards = [tab.identity("containerid") for tab in tabs if tab.text("tab_type") == "weibo"]
    root = root_of(page.url)
    addresses = tuple(changed(f"{root}/api/container/getIndex", containerid=name) for name in boards if name)
    return Extraction(kind=PageKind.INDEX, boards=addresses, issues=tuple(data.issues))
