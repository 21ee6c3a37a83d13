"""Any page of a forum: recognised by its site file, then read as what it is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from w3lib.url import url_query_cleaner

from crawler.pages.extraction import Extraction, PageIssue, PageKind
from crawler.pages.list_page import read_boards, read_list_page
from crawler.pages.page import Page
from crawler.pages.thread_page import read_thread_page
from crawler.post import IssueReason
from crawler.reading.text import read_lines
from crawler.site import Site


def read_forum_page(page: Page, site: Site) -> Extraction:
    """Read a page; one that shows neither threads nor posts comes back with the reason among its issues."""
    layouts = (site, *site.also)
    readings = (_read_as(page, layout) for layout in layouts)
    extraction = next(filter(None, readings), Extraction(kind=PageKind.UNKNOWN))
    if extraction.is_empty:
        return _explained(extraction, page, layouts)
    return _plain(extraction, site.drop_parameters) if site.drop_parameters else extraction


def _plain(extraction: Extraction, dropped: tuple[str, ...]) -> Extraction:
    """Return a page whose addresses lack the parameters that make one page many."""

    def plain(url: str) -> str:
        return str(url_query_cleaner(url, dropped, remove=True, unique=False, keep_fragments=True))

    return replace(
        extraction,
        posts=tuple(replace(post, url=plain(post.url)) for post in extraction.posts),
        threads=tuple(replace(thread, url=plain(thread.url)) for thread in extraction.threads),
        boards=tuple(dict.fromkeys(map(plain, extraction.boards))),
        next=plain(extraction.next) if extraction.next else None,
    )


def _read_as(page: Page, layout: Site) -> Extraction | None:
    if page.selector.css(layout.thread.here):
        return read_thread_page(page, layout)
    if page.selector.css(layout.list.here):
        return read_list_page(page, layout)
    if layout.index and page.selector.css(layout.index.here):
        return _index(page, layout.index.board)
    return None


def _index(page: Page, board: str) -> Extraction:
    issues = page.issues()
    return Extraction(kind=PageKind.INDEX, boards=read_boards(page, board, issues), issues=tuple(issues))


def _explained(extraction: Extraction, page: Page, layouts: Sequence[Site]) -> Extraction:
    """Return an empty page with why it is empty: the site's own message, the status, or that nobody knows it."""
    message = _redirected(page, layouts[0]) or _message(page, layouts)
    if message:
        return Extraction(kind=PageKind.MESSAGE, issues=(message,))
    if page.status >= 400:
        issue = PageIssue(reason=IssueReason.HTTP_STATUS, detail=f"网站回答 HTTP {page.status}，页面没有内容")
        return Extraction(kind=PageKind.MESSAGE, issues=(issue,))
    if not page.body.strip():
        issue = PageIssue(reason=IssueReason.EMPTY_PAGE, detail="网站回答了一个空白页面")
        return Extraction(kind=PageKind.UNKNOWN, issues=(issue,))
    if extraction.kind is PageKind.UNKNOWN:
        detail = "页面既不是版块列表，也不是主题，也不是已知的提示页：网站可能改版，请检查站点文件的 here 选择器"
        return Extraction(
            kind=PageKind.UNKNOWN,
            issues=(PageIssue(reason=IssueReason.UNKNOWN_PAGE, detail=detail, field="here"),),
        )
    return extraction


def _redirected(page: Page, site: Site) -> PageIssue | None:
    if not page.location:
        return None
    if is_login(page.location, site):
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail="网站转到登录页：要登录才能看")
    return PageIssue(reason=IssueReason.NOT_FOLLOWED, detail=f"网站把这个网址转到 {page.location}")


def is_login(url: str, site: Site) -> bool:
    """Whether an address is the site's log-in page."""
    return bool(site.login_url and re.search(site.login_url, url))


def _message(page: Page, layouts: Sequence[Site]) -> PageIssue | None:
    for message in chain.from_iterable(layout.messages for layout in layouts):
        for match in page.selector.css(message.select):
            said = " ".join(read_lines(match.root).split())
            if re.search(message.pattern, said):
                return PageIssue(reason=message.reason, detail=f"网站提示：{said[:120]}")
    return None
