"""Any page or answer of 百度贴吧: recognised by what it holds, then read as what it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageIssue, PageKind
from crawler.pages.page import Page
from crawler.pages.script_json import embedded, holder, unwrapped
from crawler.pages.tieba import board_html, mobile_html, search_html, thread_html
from crawler.pages.tieba.addresses import data_address, is_mobile_board, mobile_board, root_of, thread_of
from crawler.pages.tieba.board_json import HOLDS_THREADS, read_list_answer
from crawler.pages.tieba.layers import layers, matches, scripts
from crawler.pages.tieba.nested_html import ITEM, empty_nested_page, read_nested_page
from crawler.pages.tieba.nested_json import HOLDS_NESTED, read_nested_answer
from crawler.pages.tieba.thread_json import HOLDS_FLOOR, HOLDS_POSTS, read_floor_answer, read_thread_answer
from crawler.pages.tieba.walls import error_of, wall_of
from crawler.post import IssueReason

_HTML_PARTS = ("content", "html", "floor_html", "thread_list_html")
_ANSWERS = (
    (HOLDS_POSTS, read_thread_answer),
    (HOLDS_FLOOR, read_floor_answer),
    (HOLDS_NESTED, read_nested_answer),
    (HOLDS_THREADS, read_list_answer),
)


def read_tieba_page(page: Page) -> Extraction:
    """Read a page; one that shows neither threads nor posts comes back with the reason among its issues."""
    value = unwrapped(page.decoded.text.strip())
    if isinstance(value, (dict, list)):
        return _answer(page, value)
    layer = layers(page)
    found = _html(page, layer, None) or _in_scripts(page, layer)
    return found or _explained(page, layer) or _unknown(page)


def _html(page: Page, layer: Sequence[Selector], paging: Entry | None) -> Extraction | None:
    """Read what is in HTML, in a page or as a part of an answer: as the first kind that gives something."""
    readers: tuple[tuple[str, Callable[[], Extraction]], ...] = (
        (thread_html.FLOOR, lambda: thread_html.read_thread_page(page, layer)),
        (ITEM, lambda: read_nested_page(page, layer)),
        (board_html.ROW, lambda: board_html.read_board_page(page, layer)),
        (mobile_html.FLOOR, lambda: mobile_html.read_mobile_thread(page, layer, paging)),
        (mobile_html.ROW, lambda: mobile_html.read_mobile_board(page, layer, paging)),
        (search_html.HIT, lambda: search_html.read_search_page(page, layer)),
    )
    read = (reader() for mark, reader in readers if matches(layer, mark))
    return next((found for found in read if found.left_out or not found.is_empty), None)


def _answer(page: Page, value: dict[str, Any] | list[Any]) -> Extraction:
    wall = error_of(value) if isinstance(value, dict) else None
    if wall or page.status >= 400:
        detail = f"贴吧回答 HTTP {page.status}，没有内容"
        issue = wall or PageIssue(reason=IssueReason.HTTP_STATUS, detail=detail)
        return Extraction(kind=PageKind.MESSAGE, issues=(issue,))
    return _held(page, value) or _partial(page, value) or _unknown(page)


def _held(page: Page, value: object) -> Extraction | None:
    for names, read in _ANSWERS:
        found = holder(value, names)
        if found is not None:
            return read(page, found)
    return None


def _partial(page: Page, value: object) -> Extraction | None:
    """Read an answer that holds a piece of a page as HTML."""
    found: Mapping[str, Any] = holder(value, _HTML_PARTS) or {}
    html = next((found[name] for name in _HTML_PARTS if isinstance(found.get(name), str)), "")
    return _html(
        page, [Selector(text=f"<div>{html}</div>", type="html")], Entry(found, "回答", page.served).entry("page")
    )


def _in_scripts(page: Page, layer: Sequence[Selector]) -> Extraction | None:
    texts = scripts(layer)
    for names, read in _ANSWERS:
        for value in embedded(texts, names):
            found = read(page, value)
            if not found.is_empty:
                return found
    return None


def _explained(page: Page, layer: Sequence[Selector]) -> Extraction | None:
    """Return a page without content as what it is: a wall, an end of nested replies, or today's empty shell."""
    wall = wall_of(page)
    if wall:
        kind = PageKind.LIST if wall.reason is IssueReason.EMPTY_BOARD else PageKind.MESSAGE
        return Extraction(kind=kind, issues=(wall,))
    if urlsplit(page.url).path.endswith("/p/comment"):
        return empty_nested_page(page)
    if not page.body.strip():
        issue = PageIssue(reason=IssueReason.EMPTY_PAGE, detail="贴吧回答了一个空白页面")
        return Extraction(kind=PageKind.UNKNOWN, issues=(issue,))
    return _shell(page) if _is_shell(page, layer) else None


def _is_shell(page: Page, layer: Sequence[Selector]) -> bool:
    title = page.selector.css("title::text").get("")
    return bool(re.search(r"贴吧", title) and layer and page.selector.css("script"))


def _shell(page: Page) -> Extraction:
    """Return the pages of 2026, which scripts fill: a thread has its content elsewhere, a board its mobile list."""
    detail = "贴吧的新版网页里没有内容（由脚本另取）"
    thread_id, board = thread_of(page.url), mobile_board(page.url)
    if thread_id:
        issue = PageIssue(reason=IssueReason.MESSAGE, detail=f"{detail}，改读这一页取数据的地址")
        following = data_address(root_of(page.url), thread_id)
        return Extraction(kind=PageKind.THREAD, thread_id=thread_id, next=following, issues=(issue,))
    if board and not is_mobile_board(page.url):
        issue = PageIssue(reason=IssueReason.MESSAGE, detail=f"{detail}，改读手机版的列表")
        return Extraction(kind=PageKind.INDEX, boards=(board,), issues=(issue,))
    return Extraction(kind=PageKind.MESSAGE, issues=(PageIssue(reason=IssueReason.MESSAGE, detail=detail),))


def _unknown(page: Page) -> Extraction:
    detail = f"这一页既没有主题也没有帖子（{len(page.body)} 字节）：贴吧可能改版，或这不是吧、主题或搜索的网址"
    return Extraction(kind=PageKind.UNKNOWN, issues=(PageIssue(reason=IssueReason.UNKNOWN_PAGE, detail=detail),))
