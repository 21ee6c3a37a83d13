"""A list of posts as m.weibo.cn answers it: hits of a search, the posts of an account or of a topic page.

Posts are the `mblog` of cards of any type, one level down in `card_group` too; `card_type` is a number here and text
there. A search goes on by `page`, an account by `since_id` (older answers by `page`).
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageIssue, PageKind
from crawler.pages.page import Page
from crawler.pages.weibo.addresses import changed, parameter, root_of
from crawler.pages.weibo.status import Status, read_status, whole_texts
from crawler.post import IssueReason


def read_cards(page: Page, answer: Entry) -> Extraction:
    """Read the posts of a list; each is a post in full (or cut) and a thread that may hold comments."""
    root, data = root_of(page.url), answer.entry("data")
    statuses = [status for row in _rows(data.entries("cards")) if (status := read_status(row, root))]
    info = data.entry("cardlistInfo")
    if not statuses and not answer.issues:
        answer.issues.append(nothing_listed(page))
    return listed(
        statuses, root, answer.issues, following=_next(page, info) if statuses else None, stated=info.count("total")
    )


def listed(
    statuses: Sequence[Status],
    root: str,
    issues: Sequence[PageIssue],
    *,
    following: str | None,
    stated: int | None = None,
    boards: tuple[str, ...] = (),
) -> Extraction:
    """Return a list page of posts, each of them once."""
    threads = {status.thread.native_id: status.thread for status in statuses}
    posts = {one.post.native_id: one.post for one in chain.from_iterable(status.all for status in statuses)}
    return Extraction(
        kind=PageKind.LIST,
        posts=tuple(posts.values()),
        threads=tuple(threads.values()),
        boards=boards,
        next=following,
        issues=tuple(issues),
        cut=whole_texts(iter(statuses), root),
        stated=stated,
    )


def nothing_listed(page: Page) -> PageIssue:
    """Return why a list has no posts: the first page says so, a later one is odd and asked for again."""
    if parameter(page.url, "page") in {"", "0", "1"} and not parameter(page.url, "since_id"):
        return PageIssue(reason=IssueReason.EMPTY_BOARD, detail="没有找到微博（网站自己这样说）")
    return PageIssue(reason=IssueReason.EMPTY_PAGE, detail="列表的这一页没有一条微博", field="cards")


def _rows(cards: Sequence[Entry]) -> Iterator[Entry]:
    for card in cards:
        if card.entry("mblog").value:
            yield card.entry("mblog")
        yield from _rows(card.entries("card_group"))


def _next(page: Page, info: Entry) -> str | None:
    since, number = info.identity("since_id"), parameter(page.url, "page") or "1"
    if since not in {"", "0"}:
        return changed(page.url, since_id=since)
    if "100103" not in parameter(page.url, "containerid") and not info.identity("page"):
        return None
    return changed(page.url, page=str(int(number) + 1)) if number.isdecimal() else None
