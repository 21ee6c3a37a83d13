"""Any JSON:API answer of a Flarum forum: a list of discussions, a discussion, a list of posts.

Shapes: the recorded answers and flarum/framework, core/src/Api (ShowDiscussionController, ListPostsController): a
discussion names all its posts in `relationships` and holds the first of them in `included`; the rest is a list of
posts, which goes on by `links.next`. `included` may lack what relationships name. A list of posts of a discussion that
is gone is empty with HTTP 200; the discussion itself answers 404, so a thread is begun there.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from crawler.pages.answer import read_answer
from crawler.pages.entry import Entry, signature_of
from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost, ShownThread
from crawler.pages.flarum_post import Answer, read_post
from crawler.pages.forum_root import forum_root
from crawler.pages.page import Page
from crawler.post import IssueReason

_PAGE = 50
"""Entries asked for at once, the most that Flarum gives."""
_MARK = re.compile(r"/(?:api|d|t|tags|all|login)(?:/|$)")
_DISCUSSION = re.compile(r"/d/(?P<slug>[^/]+)(?:/\d*)?$")
_TAG = re.compile(r"/t/(?P<slug>[^/]+)$")


def api_address(url: str) -> str:
    """Return the address of the answer that stands for a page of the forum (home, tag, discussion)."""
    path, root = urlsplit(url).path.rstrip("/"), root_of(url)
    discussion, tag = _DISCUSSION.search(path), _TAG.search(path)
    if "/api/" in path:
        return url
    if discussion:
        return _discussion_address(root, discussion["slug"])
    query = {"filter[tag]": tag["slug"]} if tag else {}
    return f"{root}/api/discussions?{urlencode({**query, 'sort': '-lastPostedAt', 'page[limit]': _PAGE})}"


def _discussion_address(root: str, slug: str) -> str:
    number = re.match(r"\d+(?=-|$)", slug)
    return f"{root}/api/discussions/{number.group()}" if number else f"{root}/api/discussions/{slug}?bySlug=1"


def root_of(url: str) -> str:
    """Return the address of the forum itself, which may lie in a folder of its host."""
    return forum_root(url, _MARK)


def read_flarum_page(page: Page) -> Extraction:
    """Read an answer."""
    return read_answer(page, read=_read, said=_said)


def _said(answer: Entry) -> str:
    errors = answer.entries("errors")
    said = (error.text("detail") or error.text("title") or error.text("code") for error in errors)
    return "；".join(filter(None, said)) or ("errors" if answer.says("errors") else "")


def _read(page: Page, _value: Any, entry: Entry) -> Extraction | None:
    answer = Answer.of(entry, root_of(page.url))
    if isinstance(entry.value.get("data"), dict):
        return _discussion(answer) if entry.entry("data").text("type") == "discussions" else None
    if not isinstance(entry.value.get("data"), list):
        return None
    kinds = {row.text("type") for row in answer.data} or {urlsplit(page.url).path.rpartition("/")[2]}
    if kinds == {"posts"}:
        return _post_list(page, answer)
    return _discussion_list(page, answer) if kinds == {"discussions"} else None


def _discussion_list(page: Page, answer: Answer) -> Extraction:
    threads = [thread for row in answer.data if (thread := _thread(row, answer.root))]
    named = (answer.related(row, name) for row in answer.data for name in ("firstPost", "mostRelevantPost"))
    posts = [post for row in named if row and (post := read_post(row, answer))]
    if not threads:
        answer.issues.append(_no_discussions(page))
    return Extraction(
        kind=PageKind.LIST,
        threads=tuple(threads),
        posts=tuple(posts),
        next=_next(page, answer),
        issues=tuple(answer.issues),
    )


def _thread(row: Entry, root: str) -> ShownThread | None:
    native_id = row.about("列表中的一个主题").identity("id", required=True)
    shown = row.entry("attributes").about(f"主题 {native_id} ")
    if not native_id:
        return None
    posts = shown.count("commentCount")
    return ShownThread(
        native_id=native_id,
        url=_discussion_address(root, native_id),
        title=shown.text("title", required=True),
        replies=None if posts is None else max(0, posts - 1),
        is_sticky=shown.says("isSticky"),
        signature=signature_of(posts, *map(shown.value.get, ("lastPostNumber", "lastPostedAt"))),
        active=shown.moment("lastPostedAt", "createdAt"),
    )


def _no_discussions(page: Page) -> PageIssue:
    if "page[offset]" in parse_qs(urlsplit(page.url).query):
        return PageIssue(reason=IssueReason.EMPTY_PAGE, detail="列表的这一页没有一个主题", field="data")
    return PageIssue(reason=IssueReason.EMPTY_BOARD, detail="版块里没有主题（网站自己这样说）")


def _next(page: Page, answer: Answer) -> str | None:
    following = answer.links.text("next") or answer.links.entry("next").text("href")
    if not following:
        return None
    asked, named = urlsplit(page.url), urlsplit(following)
    # Behind a proxy Flarum may name itself by an inner address; the page is asked for where this one came from.
    return urlunsplit((asked.scheme, asked.netloc, asked.path, named.query, ""))


def _discussion(answer: Answer) -> Extraction:
    discussion = answer.data[0].about("主题")
    named = answer.identities(discussion, "posts")
    rows = [row for post_id in named if (row := answer.included.get(("posts", post_id)))]
    posts = _posts(answer, rows)
    following = _further(answer.root, discussion, named, rows)
    if not rows and not following:
        answer.issues.append(_no_posts())
    return Extraction(
        kind=PageKind.THREAD,
        posts=posts,
        next=following,
        issues=tuple(answer.issues),
        thread_id=discussion.identity("id", required=True) or None,
        announced=tuple(named),
        left_out=_left_out(rows, posts),
    )


def _further(root: str, discussion: Entry, named: Sequence[str], rows: Sequence[Entry]) -> str | None:
    """Return the list of posts from the first that isn't in the answer, where there is one."""
    shown = {row.identity("id") for row in rows}
    offset = next((place for place, post_id in enumerate(named) if post_id not in shown), len(named))
    if offset == len(named) >= (discussion.entry("attributes").count("commentCount") or 0):
        return None
    query = {
        "filter[discussion]": discussion.identity("id"),
        "sort": "number",
        "page[offset]": offset,
        "page[limit]": _PAGE,
    }
    return f"{root}/api/posts?{urlencode(query)}"


def _no_posts() -> PageIssue:
    return PageIssue(reason=IssueReason.EMPTY_PAGE, detail="主题的这一页没有一个帖子", field="data")


def _post_list(page: Page, answer: Answer) -> Extraction:
    posts = _posts(answer, answer.data)
    asked = parse_qs(urlsplit(page.url).query).get("filter[discussion]", [""])[0]
    thread_id = asked or next((answer.identity(row, "discussion") for row in answer.data), "")
    if not answer.data:
        answer.issues.append(_no_posts())
    return Extraction(
        kind=PageKind.THREAD,
        posts=posts,
        next=_next(page, answer),
        issues=tuple(answer.issues),
        thread_id=thread_id or None,
        left_out=_left_out(answer.data, posts),
    )


def _posts(answer: Answer, rows: Sequence[Entry]) -> tuple[ShownPost, ...]:
    return tuple(post for row in rows if (post := read_post(row, answer)))


def _left_out(rows: Sequence[Entry], posts: Sequence[ShownPost]) -> tuple[str, ...]:
    return tuple(sorted({row.identity("id") for row in rows} - {post.native_id for post in posts}))
