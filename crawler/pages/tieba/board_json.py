"""Lists of threads in JSON: today's board and search answers, the client's, and what collectors kept of them."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction
from crawler.pages.page import Page
from crawler.pages.tieba.addresses import query_of, root_of, turned
from crawler.pages.tieba.fields import author_of
from crawler.pages.tieba.listing import Listed, list_of
from crawler.pages.tieba.words import read_html, read_pieces

HOLDS_THREADS = ("thread_list", "card_list", "ThreadLists", "ThreadList", "tids")
_TEXTS = {"文字", "text", "0"}


def read_list_answer(page: Page, value: Mapping[str, Any]) -> Extraction:
    """Read an answer that lists threads."""
    answer = Entry(value, "回答", page.served)
    rows = [row for one in _rows(answer) if (row := _row(one, page, _users(value)))]
    rows = rows or [Listed(root=root_of(page.url), thread_id=tid, title="") for tid in _bare(answer)]
    return list_of(rows, following=_next(page, answer), issues=answer.issues)


def _rows(answer: Entry) -> Iterator[Entry]:
    cards = (card.entry("data") for card in answer.entries("card_list") if card.entry("data").value)
    kept = (one.entries("ThreadList") for one in answer.entries("ThreadLists"))
    yield from chain(answer.entries("thread_list"), cards, chain.from_iterable(kept), answer.entries("ThreadList"))


def _bare(answer: Entry) -> list[str]:
    """Return the numbers of threads that stand alone in one text, a comma behind each."""
    return [tid for tid in answer.text("tids").split(",") if tid.isdigit()]


def _users(value: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    users = value.get("user_list")
    rows = users if isinstance(users, list) else ()
    return {str(user.get("id")): user for user in rows if isinstance(user, dict)}


def _row(row: Entry, page: Page, users: Mapping[str, Mapping[str, Any]]) -> Listed | None:
    names = ("tid", "thread_id", "Tid", "id")
    thread_id = next(filter(None, map(row.identity, names)), "")
    if not thread_id:
        return None  # cards of people and of boards stand among the threads
    row = row.about(f"主题 {thread_id} ")
    active = row.moment("last_time_int", "last_time", "last_modify_time")
    return Listed(
        root=root_of(page.url),
        thread_id=thread_id,
        title=read_html(row.text("title") or row.text("Title")),
        post_id=row.identity("first_post_id") or row.identity("pid") or row.identity("post_id"),
        text=_text(row),
        author=_author(row, users),
        published=row.moment("create_time", "time"),
        active=active,
        replies=row.count("reply_num") if "reply_num" in row.value else row.count("post_num"),
        views=row.count("view_num"),
        is_sticky=row.says("is_top") and row.count("is_top") != 0,
        said=str(active),
    )


def _text(row: Entry) -> str:
    own = next(
        (
            row.value[name]
            for name in ("content", "first_post_content", "abstract", "rich_abstract")
            if row.value.get(name)
        ),
        "",
    )
    kept = row.entries("Abstracts")
    words = "\n".join(piece.text("Content").strip() for piece in kept if piece.text("Type") in _TEXTS)
    return (
        read_pieces(own) or words.strip() or ("[图片]" if any(piece.text("Type") == "图片" for piece in kept) else "")
    )


def _author(row: Entry, users: Mapping[str, Mapping[str, Any]]) -> str | None:
    own = row.entry("user").value or row.entry("author").value or users.get(row.identity("author_id"), {})
    user = Entry(own, "作者", row.served)
    name = user.text("name") or user.text("user_name") or row.text("Author") or row.text("author_name")
    shown = user.text("name_show") or user.text("show_nickname") or user.text("user_nickname")
    return author_of(name=name, portrait=user.text("portrait"), shown=shown)


def _next(page: Page, answer: Entry) -> str | None:
    paging = answer.entry("page")
    asked = query_of(page.url).get("pn", "")
    current = paging.count("current_page") or paging.count("cur_page") or (int(asked) if asked.isdigit() else 1)
    has_more = paging.count("has_more") or answer.count("has_more")
    return turned(page.url, current + 1) if has_more or current < (paging.count("total_page") or 1) else None
