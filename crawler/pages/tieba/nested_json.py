"""Nested replies (楼中楼) of all posts of a page at once: the answer of `/p/totalComment`, or the same in a script.

`comment_num` is how many a post has; at most ten of them stand in `comment_info`. `comment_list_num` is no length.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.pages.tieba.addresses import NESTED_PAGE, nested_addresses, query_of, root_of
from crawler.pages.tieba.fields import author_of
from crawler.pages.tieba.thread import Nested, Thread
from crawler.pages.tieba.words import read_html
from crawler.post import IssueReason

HOLDS_NESTED = ("comment_list", "comment_info")


def read_nested_answer(page: Page, value: Mapping[str, Any]) -> Extraction:
    """Read the answer of `/p/totalComment`."""
    thread = Thread(root_of(page.url), query_of(page.url).get("tid", ""), page.served)
    lists = _lists(value)
    posts = {post.native_id: post for post in read_nested_lists(value, thread)}
    rest = (address for post_id, one in lists.items() for address in _rest(thread, post_id, one))
    return Extraction(
        kind=PageKind.THREAD,
        posts=tuple(posts.values()),
        thread_id=thread.thread_id or None,
        rest=tuple(rest),
        left_out=() if posts else (f"empty {page.url}",),
        issues=tuple(thread.issues),
    )


def read_nested_lists(value: Mapping[str, Any], thread: Thread) -> Iterator[ShownPost]:
    """Yield the nested replies in an object that holds their lists."""
    users = value.get("user_list")
    people = users if isinstance(users, dict) else {}
    for post_id, one in _lists(value).items():
        for row in _rows(one):
            post = _nested(Entry(row, "一条楼中楼", thread.served, thread.issues), thread, post_id, people)
            if post:
                yield post


def _lists(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lists by the post that they belong to; one without is under an empty id."""
    lists = value.get("comment_list")
    if isinstance(lists, dict) and "comment_info" not in lists:
        return {str(post_id): one for post_id, one in lists.items()}
    return {"": lists if lists is not None else value}


def _rows(one: object) -> list[dict[str, Any]]:
    rows = one.get("comment_info") if isinstance(one, dict) else one
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _nested(row: Entry, thread: Thread, post_id: str, people: Mapping[str, Any]) -> ShownPost | None:
    native_id = row.identity("comment_id") or row.identity("spid") or row.identity("id", required=True)
    parent_id = row.identity("post_id") or row.identity("pid") or post_id
    thread.thread_id = thread.thread_id or row.identity("thread_id")
    if not native_id:
        return None
    row = row.about(f"楼中楼 {native_id} ")
    user = Entry(people.get(row.identity("user_id")) or {}, "作者", thread.served)
    name = row.text("username") or row.text("user_name") or user.text("user_name")
    shown = row.text("show_nickname") or row.text("nickname") or user.text("nickname") or user.text("user_nickname")
    return Nested(
        native_id=native_id,
        parent_id=parent_id,
        text=read_html(row.text("content"), answers=True),
        published=row.moment("now_time", "create_time", "time", required=True),
        author=author_of(name=name, portrait=row.text("portrait") or user.text("portrait"), shown=shown),
        region=row.text("ip_address") or row.text("location") or None,
    ).shown(thread)


def _rest(thread: Thread, post_id: str, one: object) -> tuple[str, ...]:
    total = Entry(one if isinstance(one, dict) else {}, "楼层", thread.served).count("comment_num") or 0
    shown = len(_rows(one))
    if total <= shown:
        return ()
    if not thread.thread_id or not post_id:
        detail = f"楼层 {post_id} 有 {total} 条楼中楼，这里只有 {shown} 条，不知道其余在哪里"
        thread.note(IssueReason.CUT_SHORT, detail, "comment_info")
        return ()
    whole = NESTED_PAGE if shown >= NESTED_PAGE else 0
    return nested_addresses(thread.root, thread.thread_id, post_id, total=total, shown=whole)
