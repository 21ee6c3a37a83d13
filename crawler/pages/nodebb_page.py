"""Any JSON answer of a NodeBB forum: a list of topics, a topic's page, the categories, or where one of them has gone.

Shapes: the recorded answers and NodeBB/NodeBB, src/controllers (helpers.redirect, helpers.notAllowed) and src/posts:
an answer that is only a text names the address that is meant (the title in it has changed); a deleted post stays in
its place with the text `[[topic:post-is-deleted]]`; deleted topics are refused to guests like hidden ones.
"""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawler.pages.answer import read_answer
from crawler.pages.entry import Entry, signature_of
from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownThread
from crawler.pages.forum_root import forum_root
from crawler.pages.nodebb_post import TopicReading, read_post
from crawler.pages.page import Page
from crawler.post import IssueReason

_MARK = re.compile(r"/(?:api|topic|category|categories|recent|popular|top|unread|tags|login)(?:/|$)")
_PLACE = re.compile(r"(?P<page>/(?:topic|category)/\d+(?:/[^/]+)?)(?:/\d+)?$")


def api_address(url: str) -> str:
    """Return the address of the answer that stands for a page of the forum (home, category, topic)."""
    scheme, host, path, query, _ = urlsplit(url)
    root = urlsplit(root_of(url)).path
    own = path.removeprefix(root).rstrip("/").removeprefix("/api") or "/recent"
    place = _PLACE.fullmatch(own)
    return urlunsplit((scheme, host, f"{root}/api{place['page'] if place else own}", query, ""))


def root_of(url: str) -> str:
    """Return the address of the forum itself, which may lie in a folder of its host."""
    return forum_root(url, _MARK)


def read_nodebb_page(page: Page) -> Extraction:
    """Read an answer."""
    return read_answer(page, read=_read, said=_said)


def _said(answer: Entry) -> str:
    if answer.says("external"):
        return "not-authorized：网站要求在另一个网站登录"
    status = answer.entry("status")
    return "" if status.text("code") == "ok" else status.text("message") or status.text("code") or answer.text("error")


def _read(page: Page, value: Any, answer: Entry) -> Extraction | None:
    if isinstance(value, str):
        return _moved(page, value)
    if "posts" in answer.value and "tid" in answer.value:
        return _topic(page, answer)
    if "topics" in answer.value:
        return _list(page, answer)
    if "categories" in answer.value:
        boards = tuple(_boards(root_of(page.url), answer.entries("categories")))
        return Extraction(kind=PageKind.INDEX, boards=boards, issues=tuple(answer.issues))
    return None


def _moved(page: Page, to: str) -> Extraction | None:
    if not to.startswith(("/", "http")):
        return None
    address = api_address(urljoin(f"{root_of(page.url)}/", to.lstrip("/") if to.startswith("/") else to))
    topic = re.search(r"/topic/([^/]+)", address)
    if topic:
        return Extraction(kind=PageKind.THREAD, next=address, thread_id=topic[1])
    return Extraction(kind=PageKind.LIST, next=address)


def _list(page: Page, answer: Entry) -> Extraction:
    root = root_of(page.url)
    rows = answer.entries("topics")
    threads = {thread.native_id: thread for row in rows if (thread := _thread(row.about("列表中的一个主题"), root))}
    following = _next(page, answer)
    boards = tuple(_boards(root, answer.entries("children")))
    if not threads:
        answer.issues.append(_no_topics(answer, following))
    return Extraction(
        kind=PageKind.LIST,
        threads=tuple(threads.values()),
        boards=boards,
        next=following,
        issues=tuple(answer.issues),
    )


def _thread(row: Entry, root: str) -> ShownThread | None:
    native_id = row.identity("tid", required=True)
    if not native_id or row.says("deleted"):
        return None
    posts = row.count("postcount")
    return ShownThread(
        native_id=native_id,
        url=f"{root}/api/topic/{row.text('slug') or native_id}",
        title=title_of(row),
        replies=None if posts is None else max(0, posts - 1),
        views=row.count("viewcount"),
        is_sticky=row.says("pinned"),
        signature=signature_of(posts, row.value.get("lastposttime")),
        active=row.moment("lastposttime", "lastposttimeISO", "timestamp"),
    )


def title_of(row: Entry) -> str:
    """Return a topic's title: `titleRaw`, or `title`, which is escaped for HTML."""
    return row.text("titleRaw") or html.unescape(row.text("title", required=True))


def _no_topics(answer: Entry, following: str | None) -> PageIssue:
    if following or (answer.entry("pagination").count("currentPage") or 1) > 1:
        return PageIssue(reason=IssueReason.EMPTY_PAGE, detail="列表的这一页没有一个主题", field="topics")
    return PageIssue(reason=IssueReason.EMPTY_BOARD, detail="版块里没有主题（网站自己这样说）")


def _boards(root: str, categories: list[Entry]) -> Iterator[str]:
    for category in categories:
        is_link = category.says("link") or category.says("disabled")
        if not is_link and category.identity("cid"):
            yield f"{root}/api/category/{category.text('slug') or category.identity('cid')}"
        yield from _boards(root, category.entries("children"))


def _topic(page: Page, answer: Entry) -> Extraction:
    rows = answer.entries("posts")
    topic = TopicReading.of(answer.about("主题"), root_of(page.url), title_of(answer.about("主题")))
    posts = tuple(post for row in rows if (post := read_post(row, topic)))
    if not rows:
        answer.note(IssueReason.EMPTY_PAGE, "主题的这一页没有一个帖子", "posts")
    left_out = {row.identity("pid") for row in rows} - {post.native_id for post in posts}
    return Extraction(
        kind=PageKind.THREAD,
        posts=posts,
        next=_next(page, answer),
        issues=tuple(answer.issues),
        thread_id=answer.identity("tid") or None,
        left_out=tuple(sorted(left_out)),
    )


def _next(page: Page, answer: Entry) -> str | None:
    pagination = answer.entry("pagination")
    current, last = pagination.count("currentPage"), pagination.count("pageCount")
    if current is None or last is None or current >= last:
        return None
    parts = urlsplit(page.url)
    query = {**dict(parse_qsl(parts.query)), "page": str(current + 1)}
    return urlunsplit(parts._replace(query=urlencode(query)))
