"""Pages of 微博 that stand where the content should: log-in, visitor check, captcha, a post that is gone."""

import re

from crawler.pages.extraction import PageIssue
from crawler.pages.page import Page
from crawler.post import IssueReason

_LOG_IN = re.compile(
    r"Sina Visitor System|新浪通行证|新浪微博-登录|登录_新浪|retcode=101|ajaxlogin\.php|passport\.weibo"
)
_BARRED = re.compile(r"访问受限|请输入验证码|安全验证|人机验证")
_GONE = re.compile(r"微博不存在|已被(?:作者|原作者)?删除|该微博已|抱歉，此微博|页面不存在|你访问的页面地址有误")
_ASKS = {401, 403, 418, 432}
"""How 微博 answers a visitor without a cookie (432 on the mobile site)."""
_HEAD = 6000


def wall_of(page: Page) -> PageIssue | None:
    """Return why a page holds no posts; `None` where it doesn't say."""
    title, head = page.selector.css("title::text").get(""), page.decoded.text[:_HEAD]
    if is_login(page.url) or is_login(page.location) or _LOG_IN.search(title + head):
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail="微博转到登录页：要登录才能看")
    if _BARRED.search(title):
        return PageIssue(
            reason=IssueReason.MESSAGE, detail=f"微博要求验证，没有给出内容（{title.split()[0]}）；采集不绕过验证"
        )
    if page.status in _ASKS:
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail=f"微博回答 HTTP {page.status}：没有登录的访客看不到")
    gone = _GONE.search(" ".join(page.selector.css("title::text, p::text, h1::text, div::text").getall()))
    if gone or page.status in {404, 410}:
        return PageIssue(reason=IssueReason.DELETED, detail=f"微博说：{gone.group() if gone else '页面不存在'}")
    return None


def is_login(url: str) -> bool:
    """Whether an address belongs to the log-in service."""
    return bool(re.search(r"//(?:visitor\.)?(?:passport|login)\.(?:weibo|sina)\.|/(?:signin|login)(?:/|\?|$)", url))
