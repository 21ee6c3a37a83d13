"""One small forum that answers as Discourse, Flarum or NodeBB do: what a crawl asks of them, as short as it can be."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.pages import Answer, PageServer

BEGAN = datetime(2026, 11, 20, 2, tzinfo=UTC)
LISTED = 3
"""Threads on a list page."""
SHOWN = 20
"""Posts that a thread's page holds, on all three platforms."""


@dataclass(frozen=True)
class SmallPost:
    number: int
    author: str
    html: str
    answers: int | None = None
    is_deleted: bool = False


@dataclass
class SmallThread:
    number: int
    title: str
    posts: list[SmallPost]

    def post_id(self, number: int) -> int:
        return self.number * 1000 + number

    def at(self, number: int) -> datetime:
        return BEGAN + timedelta(hours=self.number, minutes=number)

    @property
    def last(self) -> datetime:
        return self.at(self.posts[-1].number)

    @property
    def shown(self) -> list[SmallPost]:
        return [post for post in self.posts if not post.is_deleted]

    def change(self, number: int, **change: Any) -> None:
        self.posts = [replace(post, **change) if post.number == number else post for post in self.posts]

    def reply(self, author: str, html: str, *, answers: int | None = None) -> None:
        self.posts.append(SmallPost(self.posts[-1].number + 1, author, html, answers))


@dataclass
class SmallForum:
    """Threads by number; `odd` answers win over the forum's own, by path with query."""

    threads: dict[int, SmallThread] = field(default_factory=dict)
    odd: dict[str, Answer] = field(default_factory=dict)

    @property
    def newest_first(self) -> list[SmallThread]:
        return sorted(self.threads.values(), key=lambda thread: thread.last, reverse=True)


def teahouse() -> SmallForum:
    """A forum of four threads, one of 45 posts of which the 7th is deleted and the 41st answers the third."""
    forum = SmallForum()
    for number in range(1, 5):
        posts = [SmallPost(1, "用户甲", f"<p>主题 {number} 的开头</p>"), SmallPost(2, "用户乙", "<p>同问</p>", 1)]
        forum.threads[number] = SmallThread(number, f"主题 {number}", posts)
    long = forum.threads[2]
    for number in range(3, 46):
        long.reply(f"用户{number % 5}", f"<p>第 {number} 楼</p>", answers=3 if number == 41 else None)
    long.change(7, is_deleted=True)
    return forum


Path = str
Query = Mapping[str, str]
Own = Callable[[SmallForum, Path, Query], Answer]


class ForumServer(PageServer):
    """Serves a forum as one platform does."""

    def __init__(self, forum: SmallForum, own: Own) -> None:
        self.forum, self._own = forum, own
        super().__init__({})

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.hits[path] += 1
        parts = urlsplit(path)
        query = {name: ",".join(values) for name, values in parse_qs(parts.query).items()}
        return self.forum.odd.get(path) or self._own(self.forum, parts.path, query)


def answered(value: object, status: int = 200) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), status, "application/json; charset=utf-8")


def _thread(forum: SmallForum, path: str, place: int) -> SmallThread | None:
    name = path.split("/")[place].removesuffix(".json")
    return forum.threads.get(int(name)) if name.isdecimal() else None


def discourse(forum: SmallForum, path: Path, query: Query) -> Answer:
    if path == "/latest.json":
        return _discourse_list(forum, int(query.get("page", 0)))
    thread = _thread(forum, path, 2) if path.startswith("/t/") else None
    if thread is None:
        return answered({"errors": ["找不到请求的网址或资源。"], "error_type": "not_found"}, 404)
    wanted = query.get("post_ids[]", "").split(",") if path.endswith("/posts.json") else []
    asked = [post for post in thread.shown if str(thread.post_id(post.number)) in wanted]
    stream = {"posts": [_discourse_post(thread, post) for post in asked or thread.shown[:SHOWN]]}
    if wanted:
        return answered({"post_stream": stream, "id": thread.number})
    ids = [thread.post_id(post.number) for post in thread.shown]
    about = {"id": thread.number, "title": thread.title, "posts_count": len(ids), "views": 9}
    return answered({"post_stream": {**stream, "stream": ids}, **about})


def _discourse_list(forum: SmallForum, page: int) -> Answer:
    found = forum.newest_first[page * LISTED :]
    topics = [
        {
            "id": thread.number,
            "title": thread.title,
            "posts_count": len(thread.shown),
            "highest_post_number": thread.posts[-1].number,
            "last_posted_at": thread.last.isoformat(),
        }
        for thread in found[:LISTED]
    ]
    more = {"more_topics_url": f"/latest?no_definitions=true&page={page + 1}"} if found[LISTED:] else {}
    return answered({"topic_list": {"topics": topics, **more}})


def _discourse_post(thread: SmallThread, post: SmallPost) -> Mapping[str, Any]:
    return {
        "id": thread.post_id(post.number),
        "post_number": post.number,
        "post_type": 1,
        "username": post.author,
        "created_at": thread.at(post.number).isoformat(),
        "cooked": post.html,
        "topic_slug": "topic",
        "reply_to_post_number": post.answers,
        "actions_summary": [],
    }


def flarum(forum: SmallForum, path: Path, query: Query) -> Answer:
    offset = int(query.get("page[offset]", 0))
    if path == "/api/discussions":
        found = forum.newest_first[offset:]
        more = {"next": f"http://inner.example{path}?page%5Boffset%5D={offset + LISTED}"} if found[LISTED:] else {}
        return answered({"data": [_discussion(thread) for thread in found[:LISTED]], "links": more})
    thread = _thread(forum, path, 3) if path.startswith("/api/discussions/") else None
    if path == "/api/posts":
        return _flarum_posts(forum.threads.get(int(query["filter[discussion]"])), offset)
    if thread is None:
        return answered({"errors": [{"status": "404", "code": "not_found"}]}, 404)
    named = [{"type": "posts", "id": str(thread.post_id(post.number))} for post in thread.shown]
    posts = [_flarum_post(thread, post) for post in thread.shown[:SHOWN]]
    whole = {**_discussion(thread), "relationships": {"posts": {"data": named}}}
    return answered({"data": whole, "included": [*posts, *_users(thread)]})


def _flarum_posts(thread: SmallThread | None, offset: int) -> Answer:
    if thread is None:
        return answered({"data": [], "links": {}})
    found = thread.shown[offset:]
    more = {"next": f"/api/posts?filter%5Bdiscussion%5D={thread.number}&page%5Boffset%5D={offset + SHOWN}"}
    posts = [_flarum_post(thread, post) for post in found[:SHOWN]]
    links = more if found[SHOWN:] else {}
    return answered({"data": posts, "included": [_discussion(thread), *_users(thread)], "links": links})


def _discussion(thread: SmallThread) -> dict[str, Any]:
    attributes = {
        "title": thread.title,
        "commentCount": len(thread.shown),
        "lastPostNumber": thread.posts[-1].number,
        "lastPostedAt": thread.last.isoformat(),
    }
    return {"type": "discussions", "id": str(thread.number), "attributes": attributes}


def _flarum_post(thread: SmallThread, post: SmallPost) -> Mapping[str, Any]:
    mention = f'<a class="PostMention" data-id="{thread.post_id(post.answers)}">某</a> ' if post.answers else ""
    return {
        "type": "posts",
        "id": str(thread.post_id(post.number)),
        "attributes": {
            "number": post.number,
            "createdAt": thread.at(post.number).isoformat(),
            "contentType": "comment",
            "contentHtml": post.html.replace("<p>", f"<p>{mention}"),
        },
        "relationships": {
            "user": {"data": {"type": "users", "id": post.author}},
            "discussion": {"data": {"type": "discussions", "id": str(thread.number)}},
        },
    }


def _users(thread: SmallThread) -> list[Mapping[str, Any]]:
    names = sorted({post.author for post in thread.posts})
    return [{"type": "users", "id": name, "attributes": {"username": name}} for name in names]


def nodebb(forum: SmallForum, path: Path, query: Query) -> Answer:
    page = int(query.get("page", 1))
    if path == "/api/recent":
        topics = [_topic(thread) for thread in forum.newest_first]
        return answered({"topics": topics[(page - 1) * LISTED : page * LISTED], **_pages(page, len(topics), LISTED)})
    thread = _thread(forum, path, 3) if path.startswith("/api/topic/") else None
    if thread is None:
        return answered({"path": path, "title": "Not Found"}, 404)
    slug = _topic(thread)["slug"]
    if path != f"/api/topic/{slug}":
        return answered(f"/topic/{slug}")
    posts = [_nodebb_post(thread, post) for post in thread.posts[(page - 1) * SHOWN : page * SHOWN]]
    return answered({**_topic(thread), "posts": posts, **_pages(page, len(thread.posts), SHOWN)})


def _pages(page: int, total: int, size: int) -> Mapping[str, Any]:
    return {"pagination": {"currentPage": page, "pageCount": -(-total // size)}}


def _topic(thread: SmallThread) -> dict[str, Any]:
    return {
        "tid": thread.number,
        "slug": f"{thread.number}/title-{thread.title[-1]}",
        "title": thread.title,
        "mainPid": thread.post_id(1),
        "postcount": len(thread.posts),
        "lastposttime": int(thread.last.timestamp() * 1000),
    }


def _nodebb_post(thread: SmallThread, post: SmallPost) -> Mapping[str, Any]:
    return {
        "pid": thread.post_id(post.number),
        "content": "[[topic:post-is-deleted]]" if post.is_deleted else post.html,
        "deleted": int(post.is_deleted),
        "timestamp": int(thread.at(post.number).timestamp() * 1000),
        "user": {"uid": 7, "username": post.author},
        "toPid": str(thread.post_id(post.answers)) if post.answers else "",
        "upvotes": 0,
    }
