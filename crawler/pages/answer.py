"""An answer of a JSON API: parsed and read, or the reason why it holds nothing."""

import json
import re
from collections.abc import Callable
from typing import Any

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageIssue, PageKind
from crawler.pages.page import Page
from crawler.post import IssueReason

Read = Callable[[Page, Any, Entry], Extraction | None]
Said = Callable[[Entry], str]

_REASONS = {
    401: IssueReason.LOGIN_REQUIRED,
    403: IssueReason.PERMISSION,
    404: IssueReason.DELETED,
    410: IssueReason.DELETED,
}
_LOG_IN = re.compile(r"logged[ _-]?in|\blog[ -]?in\b|not[ _-]?authenticated|登录|登入", re.I)
_CHALLENGE = re.compile(r"challenges\.cloudflare|cf[-_]chl|captcha|just a moment|人机验证|安全验证", re.I)
_SHOWN = 120


def read_answer(page: Page, *, read: Read, said: Said) -> Extraction:
    """Read an answer by `read`, which returns `None` for one that it doesn't know.

    `said` finds the site's own words in an error, empty where there are none; an error may come with any status.
    """
    try:
        value = json.loads(page.decoded.text)
    except (ValueError, RecursionError):
        return _refused(_no_json(page))
    entry = Entry(value if isinstance(value, dict) else {}, "回答", page.served)
    words = said(entry)
    if page.status >= 400 or words:
        return _refused(_error(page.status, words or str(value)))
    extraction = read(page, value, entry)
    return extraction or Extraction(kind=PageKind.UNKNOWN, issues=(_unknown(entry),))


def _refused(issue: PageIssue) -> Extraction:
    return Extraction(kind=PageKind.MESSAGE, issues=(issue,))


def _error(status: int, words: str) -> PageIssue:
    reason = _REASONS.get(status, IssueReason.HTTP_STATUS if status >= 400 else IssueReason.MESSAGE)
    if reason in {IssueReason.PERMISSION, IssueReason.MESSAGE} and _LOG_IN.search(words):
        reason = IssueReason.LOGIN_REQUIRED
    return PageIssue(reason=reason, detail=f"网站回答 HTTP {status}：{' '.join(words.split())[:_SHOWN]}")


def _no_json(page: Page) -> PageIssue:
    text = page.decoded.text
    if page.url.partition("?")[0].rstrip("/").endswith("/login"):
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail="网站转到登录页：要登录才能看")
    if _CHALLENGE.search(text):
        return PageIssue(reason=IssueReason.MESSAGE, detail="网站要求人机验证，没有给出内容；采集不绕过验证")
    if page.status >= 400:
        return PageIssue(reason=IssueReason.HTTP_STATUS, detail=f"网站回答 HTTP {page.status}，没有内容")
    if not text.strip():
        return PageIssue(reason=IssueReason.EMPTY_PAGE, detail="网站回答了一个空白页面")
    detail = "回答不是 JSON（或只传来一半）：请检查网址是不是这个论坛、接口有没有关闭"
    return PageIssue(reason=IssueReason.UNKNOWN_PAGE, detail=detail)


def _unknown(entry: Entry) -> PageIssue:
    names = "、".join(list(entry.value)[:5])
    detail = f"回答里既没有主题，也没有帖子（有 {names or '别的东西'}）：网站可能改版，或起始网址不是版块和主题"
    return PageIssue(reason=IssueReason.UNKNOWN_PAGE, detail=detail)
