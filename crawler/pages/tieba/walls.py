"""Pages of 贴吧 that stand where the content should: log-in, verification, a thread or a board that is gone."""

import re
from collections.abc import Mapping
from typing import Any

from crawler.pages.extraction import PageIssue
from crawler.pages.page import Page
from crawler.post import IssueReason
from crawler.reading.text import read_lines

_LOG_IN = re.compile(r"passport\.baidu\.com\\?/v2|wappass\.baidu\.com\\?/passport", re.I)
_SCRIPTED_AWAY = re.compile(r"location(?:\.href)?\s*(?:=|\.replace|\.assign)|http-equiv=.?refresh", re.I)
_VERIFY = re.compile(r"安全验证|请完成下方验证|网络不给力，请稍后重试|拖动滑块")
_VERIFY_SCRIPT = re.compile(r"wappass\.baidu\.com\\?/static\\?/captcha")
_GONE = re.compile(
    r"贴吧404|贴子?已被(?:系统)?删除|帖子?已被(?:系统)?删除|该贴(?:子)?(?:已|不存在)|该帖(?:子)?(?:已|不存在)|"
    r"该吧被合并|页面不存在|您访问的贴子被隐藏|(?:吧|页面)[^。]{0,6}不存在|尚未建立|贴子可能已被删除|楼层可能已被删除"
)
_BARRED = re.compile(r"根据相关法律法规和政策|本吧暂不开放|暂不开放|该吧已被封禁|抱歉，您没有权限|仅.{0,6}可见")
_EMPTY = re.compile(
    r"还没有(?:人)?(?:发(?:布|表)?)?(?:任何)?(?:主题|贴子|帖子)|暂无(?:主题|贴子|帖子)|没有找到与?[^。]{0,40}(?:相关|内容|贴子)"
)
_NEEDS_LOG_IN = re.compile(r"请先?登录|未登录|登录后(?:可|才|即可)?(?:查看|浏览)|need ?login|not ?login", re.I)
_GONE_CODES = {"4", "29", "350008"}
"""Codes of the client API for a deleted thread or floor (shapes recorded by n0099/open-tbm)."""
_LOG_IN_CODES = {"1", "110003", "1990004"}
_SIGN = re.compile(r"sign|签名|非法请求|参数错误", re.I)
_REDIRECT = 8000
"""Characters that a page of the log-in service has at most; whole pages name that service in their scripts too."""
_SHOWN = 120


def is_login(url: str) -> bool:
    """Whether an address belongs to Baidu's log-in or verification service."""
    return bool(re.search(r"//(?:passport|wappass)\.baidu\.com", url))


def wall_of(page: Page) -> PageIssue | None:
    """Return why a page without posts has none; `None` where it doesn't say."""
    text = page.decoded.text
    said = " ".join((page.selector.css("title::text").get(""), read_lines(page.selector.root)))
    if is_login(page.url) or is_login(page.location) or _is_redirect(text):
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail="贴吧转到百度登录页：要登录才能看")
    if _VERIFY.search(said) or _VERIFY_SCRIPT.search(text):
        detail = "贴吧要求安全验证，没有给出内容；采集不绕过验证，过些时候再试"
        return PageIssue(reason=IssueReason.MESSAGE, detail=detail)
    return _message(said) or _status(page)


def _is_redirect(text: str) -> bool:
    return len(text) < _REDIRECT and bool(_LOG_IN.search(text) and _SCRIPTED_AWAY.search(text))


def _message(said: str) -> PageIssue | None:
    for pattern, reason in (
        (_EMPTY, IssueReason.EMPTY_BOARD),
        (_GONE, IssueReason.DELETED),
        (_BARRED, IssueReason.PERMISSION),
        (_NEEDS_LOG_IN, IssueReason.LOGIN_REQUIRED),
    ):
        found = pattern.search(said)
        if found:
            around = " ".join(said[max(0, found.start() - 30) : found.end() + 60].split())
            return PageIssue(reason=reason, detail=f"贴吧提示：{around[:_SHOWN]}")
    return None


def _status(page: Page) -> PageIssue | None:
    if page.status in {404, 410}:
        return PageIssue(reason=IssueReason.DELETED, detail=f"贴吧回答 HTTP {page.status}：页面不存在")
    if page.status in {401, 403}:
        return PageIssue(reason=IssueReason.PERMISSION, detail=f"贴吧回答 HTTP {page.status}：不给看")
    if page.status >= 400:
        return PageIssue(reason=IssueReason.HTTP_STATUS, detail=f"贴吧回答 HTTP {page.status}，没有内容")
    return None


def error_of(answer: Mapping[str, Any]) -> PageIssue | None:
    """Return what an answer of an API says went wrong, whatever its HTTP status; `None` where all is well."""
    inner = answer.get("error")
    code = next((str(answer[name]) for name in ("error_code", "errno", "no", "err_no") if name in answer), "0")
    if isinstance(inner, dict):
        code = str(inner.get("errno", code))
    if code in {"0", "", "None"}:
        return None
    return _error(code, _said(answer))


def _said(answer: Mapping[str, Any]) -> str:
    inner = answer.get("error")
    values = inner if isinstance(inner, dict) else answer
    names = ("error_msg", "errmsg", "error", "usermsg", "msg", "err_msg")
    return next((str(values[name]) for name in names if values.get(name)), "")


def _error(code: str, words: str) -> PageIssue:
    detail = f"贴吧的接口回答错误 {code}：{' '.join(words.split())[:_SHOWN] or '没有说明'}"
    if code in _GONE_CODES or _GONE.search(words):
        return PageIssue(reason=IssueReason.DELETED, detail=detail)
    if code in _LOG_IN_CODES or _NEEDS_LOG_IN.search(words):
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail=detail)
    if _SIGN.search(words):
        hint = f"{detail}；这个接口要签名，采集不伪造签名，可以导入已保存的回答"
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail=hint)
    return PageIssue(reason=IssueReason.MESSAGE, detail=detail)
