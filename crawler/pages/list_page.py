"""A board's list page: its threads and the next page."""

import hashlib

from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownThread
from crawler.pages.page import Page
from crawler.pages.picking import Picker
from crawler.post import IssueReason
from crawler.reading.counts import read_count
from crawler.reading.dates import Moment, read_date
from crawler.site import Dates, ListPage, Place, Site


def read_list_page(page: Page, site: Site) -> Extraction:
    """Read the threads of a list page, in the page's order, each thread once."""
    issues: list[PageIssue] = page.issues()
    threads: dict[str, ShownThread] = {}
    for item in page.selector.css(site.list.item):
        picker = Picker(item, "列表中的一个主题", issues)
        thread = _thread(picker, page, site)
        if thread:
            threads.setdefault(thread.native_id, thread)
    boards = read_boards(page, site.list.board, issues) if site.list.board else ()
    if not threads and not boards:
        issues.append(_nothing(page, site.list))
    whole = Picker(page.selector, "列表页", issues)
    following = whole.next_page(site.list.next, page)
    shown = tuple(threads.values())
    return Extraction(kind=PageKind.LIST, threads=shown, boards=boards, next=following, issues=tuple(issues))


def read_boards(page: Page, board: str, issues: list[PageIssue]) -> tuple[str, ...]:
    """Return the boards that the links matched by `board` lead to, in the page's order."""
    pickers = (Picker(match, "页面上的一个版块", issues) for match in page.selector.css(board))
    links = (picker.link((Place(xpath="./@href"),), "board", page) for picker in pickers)
    return tuple(dict.fromkeys(filter(None, links)))


def _thread(picker: Picker, page: Page, site: Site) -> ShownThread | None:
    places = site.list
    native_id = picker.value(places.native_id, "native_id", required=True)
    url = picker.link(places.url, "url", page, required=True)
    if not native_id or not url:
        return None
    replies = picker.value(places.replies, "replies")
    last = _last_reply(picker, page, site.dates, places)
    return ShownThread(
        native_id=native_id,
        url=url,
        title=picker.value(places.title, "title", required=True) or "",
        replies=read_count(replies or ""),
        views=read_count(picker.value(places.views, "views") or ""),
        is_sticky=bool(places.sticky and picker.scope.css(places.sticky)),
        signature=_signature(replies, last, picker.value(places.last_author, "last_author")),
        active=last.at if last else None,
    )


def _last_reply(picker: Picker, page: Page, dates: Dates, places: ListPage) -> Moment | None:
    shown = picker.value(places.last_reply, "last_reply")
    return read_date(shown, served=page.served, zone=dates.zone, languages=dates.languages) if shown else None


def _signature(replies: str | None, last: Moment | None, last_author: str | None) -> str:
    """Return a digest of what the list says; dates that drift with the clock (`3分钟前`) don't count."""
    at = last.at.isoformat(timespec="minutes") if last and last.absolute else ""
    return hashlib.sha256(f"{replies}|{at}|{last_author}".encode()).hexdigest()[:16]


def _nothing(page: Page, places: ListPage) -> PageIssue:
    if places.empty and page.selector.css(places.empty):
        return PageIssue(reason=IssueReason.EMPTY_BOARD, detail="版块里没有主题（网站自己这样说）")
    detail = f"列表页没有一个主题：选择器 {places.item} 没有匹配到内容"
    return PageIssue(reason=IssueReason.EMPTY_PAGE, detail=detail, field="item")
