"""A page of a thread in JSON: today's PC and mobile answers (page_pc, getPbData), the client's, and those of one floor.

Posts come as lists of pieces; authors stand inside them or, by id, in a list of users beside them.
"""

from collections.abc import Mapping
from typing import Any

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.pages.tieba.addresses import query_of, root_of, thread_of, turned
from crawler.pages.tieba.fields import author_of
from crawler.pages.tieba.thread import Floor, Nested, Thread, posts_of
from crawler.pages.tieba.words import read_pieces
from crawler.post import Engagement, IssueReason
from crawler.reading.regions import read_region

HOLDS_POSTS = ("post_list", "first_floor")
HOLDS_FLOOR = ("subpost_list",)
Users = Mapping[str, Mapping[str, Any]]


def read_thread_answer(page: Page, value: Mapping[str, Any]) -> Extraction:
    """Read an answer that holds posts of a thread."""
    answer = Entry(value, "回答", page.served)
    about = answer.entry("thread")
    thread = Thread(root_of(page.url), _thread_id(page, about, answer), page.served, issues=answer.issues)
    thread.title = about.text("title") or answer.text("title")
    thread.counts = _counts(about)
    users, first = _users(value), _first_ids(answer, about)
    floors = {floor.native_id: floor for row in _rows(answer) if (floor := _floor(row, thread, users, first))}
    if not floors:
        thread.note(IssueReason.EMPTY_PAGE, "回答里没有一个楼层", "post_list")
    rest = [address for floor in floors.values() for address in floor.missing(thread)] if thread.thread_id else []
    return Extraction(
        kind=PageKind.THREAD,
        posts=posts_of(floors.values(), thread),
        thread_id=thread.thread_id or None,
        next=_next(page, answer.entry("page"), thread),
        rest=tuple(rest),
        issues=tuple(thread.issues),
        stated=thread.counts.replies,
    )


def read_floor_answer(page: Page, value: Mapping[str, Any]) -> Extraction:
    """Read an answer that holds the nested replies to one post."""
    answer = Entry(value, "回答", page.served)
    thread = Thread(root_of(page.url), _thread_id(page, answer.entry("thread"), answer), page.served)
    post = answer.entry("post")
    parent = post.identity("id") or query_of(page.url).get("pid", "")
    rows = answer.entries("subpost_list")
    posts = [found for row in rows if (found := _nested(row, thread, _users(value), parent))]
    return Extraction(
        kind=PageKind.THREAD,
        posts=tuple({found.native_id: found for found in posts}.values()),
        thread_id=thread.thread_id or None,
        next=_next(page, answer.entry("page"), thread),
        issues=(*answer.issues, *thread.issues),
    )


def _thread_id(page: Page, about: Entry, answer: Entry) -> str:
    known = about.identity("id") or about.identity("tid") or about.identity("thread_id") or answer.identity("thread_id")
    return known or thread_of(page.url)


def _counts(about: Entry) -> Engagement:
    replies, views, shares = (about.count(name) for name in ("reply_num", "view_num", "share_num"))
    return Engagement(replies=replies, views=views, shares=shares)


def _users(value: Mapping[str, Any]) -> Users:
    users = value.get("user_list")
    rows = users.values() if isinstance(users, dict) else users if isinstance(users, list) else ()
    return {str(user.get("id") or user.get("user_id")): user for user in rows if isinstance(user, dict)}


def _first_ids(answer: Entry, about: Entry) -> set[str]:
    ids = (answer.entry("first_floor").identity("id"), about.identity("first_post_id"), about.identity("post_id"))
    return set(filter(None, ids))


def _rows(answer: Entry) -> list[Entry]:
    first = answer.entry("first_floor")
    return [*([first] if first.value else []), *answer.entries("post_list")]


def _floor(row: Entry, thread: Thread, users: Users, first: set[str]) -> Floor | None:
    native_id = row.about("一个楼层").identity("id") or row.identity("pid") or row.identity("post_id", required=True)
    if not native_id:
        return None
    row = row.about(f"楼层 {native_id} ")
    if row.says("is_deleted") or row.says("is_post_deleted"):
        row.note(IssueReason.DELETED, f"楼层 {native_id} 已被删除（网站自己这样说）")
        return None
    user = _user(row, users)
    nested = (_nested(one, thread, users, native_id) for one in _nested_rows(row))
    return Floor(
        native_id=native_id,
        text=_text(row),
        published=row.moment("time", "create_time", required=True),
        author=_author(user),
        is_topic=row.count("floor") == 1 or native_id in first,
        region=_region(user) or _region(row),
        likes=_likes(row),
        total=_total(row),
        nested=tuple({post.native_id: post for post in nested if post}.values()),
    )


def _total(row: Entry) -> int | None:
    totals = (row.count(name) for name in ("sub_post_number", "sub_post_num", "comment_num"))
    return next((total for total in totals if total is not None), None)


def _nested_rows(row: Entry) -> list[Entry]:
    """Return the nested replies of a post, which stand in a list or in a list inside an object of the same name."""
    return row.entries("sub_post_list") or row.entry("sub_post_list").entries("sub_post_list")


def _nested(row: Entry, thread: Thread, users: Users, parent_id: str) -> ShownPost | None:
    native_id = row.about("一条楼中楼").identity("id") or row.identity("spid", required=True)
    if not native_id:
        return None
    row, user = row.about(f"楼中楼 {native_id} "), _user(row, users)
    return Nested(
        native_id=native_id,
        parent_id=parent_id,
        text=_text(row, answers=True),
        published=row.moment("time", "create_time", required=True),
        author=_author(user),
        region=_region(user) or _region(row),
        likes=_likes(row),
    ).shown(thread)


def _text(row: Entry, *, answers: bool = False) -> str:
    if row.value.get("content") is None:
        row.missing("content")
    return read_pieces(row.value.get("content"), answers=answers)


def _user(row: Entry, users: Users) -> Entry:
    own = row.value.get("author")
    known = users.get(row.identity("author_id") or row.entry("author").identity("id"), {})
    return Entry({**known, **(own if isinstance(own, dict) else {})}, "作者", row.served)


def _author(user: Entry) -> str | None:
    shown = user.text("name_show") or user.text("show_nickname") or user.text("user_nickname")
    return author_of(name=user.text("name") or user.text("user_name"), portrait=user.text("portrait"), shown=shown)


def _region(entry: Entry) -> str | None:
    place = (entry.text("ip_address") or entry.text("ip_location")).strip()
    return read_region(place) or place or None


def _likes(row: Entry) -> int | None:
    return row.entry("agree").count("agree_num") if row.entry("agree").value else row.count("agree_num")


def _next(page: Page, paging: Entry, thread: Thread) -> str | None:
    current, total = paging.count("current_page") or 1, paging.count("total_page") or 1
    if current >= total or ("has_more" in paging.value and paging.count("has_more") == 0):
        return None
    following = turned(page.url, current + 1)
    if following is None:
        detail = f"主题共 {total} 页，这是第 {current} 页；已保存的回答接不到下一页"
        thread.note(IssueReason.CUT_SHORT, detail, "next")
    return following
