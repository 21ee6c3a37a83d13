"""Any page or answer of 黑猫投诉: recognised by what it holds, then read as what it is."""

from typing import Any

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageIssue, PageKind
from crawler.pages.heimao import detail_html, seo_html
from crawler.pages.heimao.list_json import read_list
from crawler.pages.heimao.walls import error_of, wall_of
from crawler.pages.page import Page
from crawler.pages.script_json import unwrapped
from crawler.post import IssueReason


def read_heimao_page(page: Page) -> Extraction:
    """Read a page; one that shows no complaint comes back with the reason among its issues."""
    value = unwrapped(page.decoded.text.strip())
    if isinstance(value, (dict, list)):
        return _answer(page, value)
    if page.selector.css(detail_html.HEAD):
        return detail_html.read_complaint_page(page)
    if page.selector.css(seo_html.ROW):
        return seo_html.read_seo_list(page)
    return _explained(page)


def _answer(page: Page, value: dict[str, Any] | list[Any]) -> Extraction:
    whole = value if isinstance(value, dict) else {"result": {"data": {"lists": value}}}
    answer = Entry(whole, "回答", page.served)
    wall = error_of(answer)
    if wall is None and page.status >= 400:
        wall = PageIssue(reason=IssueReason.HTTP_STATUS, detail=f"黑猫回答 HTTP {page.status}，没有内容")
    if wall:
        return Extraction(kind=PageKind.MESSAGE, issues=(wall,))
    data = answer.entry("result").entry("data")
    if "lists" in data.value or "complaints" in data.value:
        return read_list(page, answer)
    return _unknown(page)


def _explained(page: Page) -> Extraction:
    wall = wall_of(page)
    if wall:
        return Extraction(kind=PageKind.MESSAGE, issues=(wall,))
    if not page.body.strip():
        issue = PageIssue(reason=IssueReason.EMPTY_PAGE, detail="黑猫回答了一个空白页面")
        return Extraction(kind=PageKind.UNKNOWN, issues=(issue,))
    return _unknown(page)


def _unknown(page: Page) -> Extraction:
    detail = f"这一页没有投诉（{len(page.body)} 字节）：黑猫可能改版，或这不是列表、搜索或投诉的网址"
    return Extraction(kind=PageKind.UNKNOWN, issues=(PageIssue(reason=IssueReason.UNKNOWN_PAGE, detail=detail),))
