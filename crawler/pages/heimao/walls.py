"""What 黑猫 answers where the content should be: a code in JSON, or a page that says that there is nothing."""

import re

from crawler.pages.entry import Entry
from crawler.pages.extraction import PageIssue
from crawler.pages.page import Page
from crawler.post import IssueReason
from crawler.reading.text import read_lines

_SIGNED = "10005"
_LOG_IN = "10017"
"""Codes as visitors got them in 2026: the signed answers (search, companies), and the feed past page 50."""
_LOGIN_PAGE = re.compile(r"login\.sina\.com|passport\.(?:sina|weibo)\.|/signup/signin")
_GONE = re.compile(
    r"页面(?:没有找到|不存在|未找到)|投诉(?:单)?(?:已(?:被)?(?:删除|撤销|下线)|不存在)|404 ?Not Found", re.I
)
_VERIFY = re.compile(r"安全验证|人机验证|请完成验证|拖动滑块|访问过于频繁|系统检测到异常")
_NEEDS_LOG_IN = re.compile(r"请先?登录|登录后(?:可|才)?查看|登录查看更多|需要登录")
_SHORT = 4000
_SHOWN = 120


def is_login(url: str) -> bool:
    """Whether an address belongs to 新浪's log-in."""
    return bool(_LOGIN_PAGE.search(url))


def wall_of(page: Page) -> PageIssue | None:
    """Return why a page without complaints has none; `None` where it doesn't say."""
    said = " ".join((page.selector.css("title::text").get(""), " ".join(read_lines(page.selector.root).split())))
    if is_login(page.url) or is_login(page.location) or (len(page.body) < _SHORT and is_login(page.decoded.text)):
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail="黑猫转到登录页：要登录才能看")
    for pattern, reason, words in (
        (_GONE, IssueReason.DELETED, "黑猫提示"),
        (_VERIFY, IssueReason.MESSAGE, "黑猫要求验证，采集不绕过验证"),
        (_NEEDS_LOG_IN, IssueReason.LOGIN_REQUIRED, "黑猫提示"),
    ):
        found = pattern.search(said)
        if found:
            around = said[max(0, found.start() - 20) : found.end() + 60].strip()
            return PageIssue(reason=reason, detail=f"{words}：{around[:_SHOWN]}")
    return _status(page)


def _status(page: Page) -> PageIssue | None:
    if page.status in {404, 410}:
        return PageIssue(reason=IssueReason.DELETED, detail=f"黑猫回答 HTTP {page.status}：这个投诉不存在或已下线")
    if page.status >= 400:
        return PageIssue(reason=IssueReason.HTTP_STATUS, detail=f"黑猫回答 HTTP {page.status}，没有内容")
    return None


def error_of(answer: Entry) -> PageIssue | None:
    """Return what an answer says went wrong, whatever its HTTP status; `None` where all is well."""
    status = answer.entry("result").entry("status")
    code, words = status.identity("code"), " ".join((status.text("msg") or status.text("message")).split())[:_SHOWN]
    if code in {"0", ""}:
        return None
    if code == _SIGNED:
        detail = f"黑猫的这个接口要登录和签名（{code} {words}）；采集不伪造签名，可以用已保存的回答导入"
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail=detail)
    if code == _LOG_IN or _NEEDS_LOG_IN.search(words):
        detail = f"黑猫只给没有登录的访客看前面的页（{code} {words}）"
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail=detail)
    return PageIssue(reason=IssueReason.MESSAGE, detail=f"黑猫的接口回答错误 {code}：{words or '没有说明'}")
