"""Any JSON answer of a Discourse forum: a list of topics, a topic, further posts of one, the newest posts, categories.

Shapes: the recorded answers and discourse/discourse, app/serializers (PostStreamSerializerMixin, PostSerializer):
a topic gives its first posts and `stream`, the ids of all that a guest may see; topics of more than ten thousand posts
give `isMegaTopic` and `lastId` instead and are read by `?page=`. Numbers of posts have gaps where posts were deleted.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

from crawler.pages.answer import read_answer
from crawler.pages.discourse_post import PostReading, read_post
from crawler.pages.entry import Entry, signature_of
from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost, ShownThread
from crawler.pages.page import Page
from crawler.post import Engagement, IssueReason

_CHUNK = 20
"""Posts asked for at once: what a topic's own page holds."""
_ROOT = re.compile(r"/(?:c|t|tags?|latest|top|new|hot|posts|categories|login)(?=[/.]|$)")
_TOPIC = re.compile(r"/t/(?:[^/]*[^/\d][^/]*/)?(?P<id>\d+)(?:/\d+)?$")
_BARE = re.compile(r"/(?:latest|top|new|hot|posts|categories)$")
_NO_NUMBERS: Mapping[int, str] = MappingProxyType({})


def json_address(url: str) -> str:
    """Return the address of the answer that stands for a page of the forum (home, category, tag, topic)."""
    scheme, host, path, query, _ = urlsplit(url)
    path = path.rstrip("/")
    topic = _TOPIC.search(path)
    if topic:
        path, query = f"{path[: topic.start()]}/t/{topic['id']}.json", ""
    elif path.endswith(".json"):
        pass
    elif re.search(r"/(?:c|tag)/", path):
        path += ".json" if "/l/" in path else "/l/latest.json"
    else:
        path += ".json" if _BARE.search(path) else "/latest.json"
    return urlunsplit((scheme, host, path, query, ""))


def root_of(url: str) -> str:
    """Return the address of the forum itself, which may lie in a folder of its host."""
    scheme, host, path, *_ = urlsplit(url)
    found = _ROOT.search(path)
    return urlunsplit((scheme, host, path[: found.start()] if found else "", "", ""))


def read_discourse_page(page: Page, numbers: Mapping[int, str] = _NO_NUMBERS) -> Extraction:
    """Read an answer; `numbers` are the ids of earlier posts of its topic, by which replies find what they answer."""
    return read_answer(page, read=partial(_read, numbers=numbers), said=_said)


def _said(answer: Entry) -> str:
    errors = answer.value.get("errors")
    if not errors:
        return ""
    words = "；".join(map(str, errors)) if isinstance(errors, list) else str(errors)
    return f"{words}（{answer.text('error_type')}）"


def _read(page: Page, _value: Any, answer: Entry, numbers: Mapping[int, str]) -> Extraction | None:
    if "post_stream" in answer.value:
        return _topic(page, answer, numbers)
    if "topic_list" in answer.value:
        return _list(page, answer.entry("topic_list"))
    if "latest_posts" in answer.value:
        return _newest(page, answer)
    if "category_list" in answer.value:
        return _categories(page, answer.entry("category_list"))
    return None


def _list(page: Page, listed: Entry) -> Extraction:
    root = root_of(page.url)
    threads: dict[str, ShownThread] = {}
    for row in listed.entries("topics"):
        thread = _thread(row.about("列表中的一个主题"), root)
        if thread:
            threads.setdefault(thread.native_id, thread)
    more = listed.text("more_topics_url")
    following = json_address(urljoin(page.url, more)) if more else None
    if not threads:
        listed.issues.append(_no_topics(page))
    return Extraction(kind=PageKind.LIST, threads=tuple(threads.values()), next=following, issues=tuple(listed.issues))


def _thread(row: Entry, root: str) -> ShownThread | None:
    native_id = row.identity("id", required=True)
    if not native_id:
        return None
    posts = row.count("posts_count")
    changes = (row.value.get(name) for name in ("highest_post_number", "last_posted_at", "bumped_at"))
    return ShownThread(
        native_id=native_id,
        url=_topic_address(root, native_id),
        title=row.text("title", required=True),
        replies=None if posts is None else max(0, posts - 1),
        views=row.count("views"),
        is_sticky=row.says("pinned") or row.says("pinned_globally"),
        signature=signature_of(posts, *changes),
        active=row.moment("last_posted_at", "bumped_at", "created_at"),
    )


def _topic_address(root: str, native_id: str) -> str:
    return f"{root}/t/{native_id}.json"


def _no_topics(page: Page) -> PageIssue:
    if "page" in parse_qs(urlsplit(page.url).query):
        return PageIssue(reason=IssueReason.EMPTY_PAGE, detail="列表的这一页没有一个主题", field="topics")
    return PageIssue(reason=IssueReason.EMPTY_BOARD, detail="版块里没有主题（网站自己这样说）")


def _newest(page: Page, answer: Entry) -> Extraction:
    """Read the newest posts of all topics: a list of the topics that they belong to, with the posts."""
    root = root_of(page.url)
    threads: dict[str, ShownThread] = {}
    posts: list[ShownPost] = []
    for row in answer.entries("latest_posts"):
        topic = row.about("最新帖子中的一个").identity("topic_id", required=True)
        title = row.text("topic_title")
        post = read_post(row, PostReading(root, topic, title, Engagement()))
        if topic and post:
            url = _topic_address(root, topic)
            shown = ShownThread(native_id=topic, url=url, title=title or row.text("topic_slug"), active=post.published)
            threads.setdefault(topic, shown)
            posts.append(post)
    if not threads:
        answer.issues.append(_no_topics(page))
    return Extraction(
        kind=PageKind.LIST, threads=tuple(threads.values()), posts=tuple(posts), issues=tuple(answer.issues)
    )


def _categories(page: Page, listed: Entry) -> Extraction:
    root = root_of(page.url)
    paths = [(row.text("slug"), row.identity("id")) for row in listed.entries("categories")]
    boards = [f"{root}/c/{slug or '-'}/{native_id}/l/latest.json" for slug, native_id in paths if native_id]
    return Extraction(kind=PageKind.INDEX, boards=tuple(boards), issues=tuple(listed.issues))


def _topic(page: Page, answer: Entry, numbers: Mapping[int, str]) -> Extraction:
    stream = answer.entry("post_stream")
    rows = stream.entries("posts")
    shown = [row.identity("id") for row in rows if row.identity("id")]
    thread_id = answer.identity("id") or next((row.identity("topic_id") for row in rows), "")
    known = {**numbers, **{row.count("post_number") or 0: row.identity("id") for row in rows}}
    posts = _posts(
        answer, rows, PostReading(root_of(page.url), thread_id, _title(answer, stream), _counts(answer), known)
    )
    return Extraction(
        kind=PageKind.THREAD,
        posts=posts,
        next=_next_of_mega(page, stream, shown),
        issues=tuple(answer.issues),
        thread_id=thread_id or None,
        rest=_rest(page, stream.identities("stream"), shown, thread_id),
        announced=tuple(stream.identities("stream")),
        left_out=tuple(sorted(set(shown) - {post.native_id for post in posts})),
        numbers=known,
    )


def _title(answer: Entry, stream: Entry) -> str:
    """Return the title, which a topic's own page has and the pages of its further posts don't."""
    return answer.about("主题").text("title", required="stream" in stream.value)


def _counts(answer: Entry) -> Engagement:
    posts = answer.count("posts_count")
    return Engagement(replies=None if posts is None else max(0, posts - 1), views=answer.count("views"))


def _posts(answer: Entry, rows: Sequence[Entry], topic: PostReading) -> tuple[ShownPost, ...]:
    if not rows:
        answer.note(IssueReason.EMPTY_PAGE, "主题没有给出一个帖子", "posts")
    return tuple(post for row in rows if (post := read_post(row, topic)))


def _rest(page: Page, announced: Sequence[str], shown: Sequence[str], thread_id: str) -> tuple[str, ...]:
    on_page = set(shown)
    waiting = [native_id for native_id in announced if native_id not in on_page]
    chunks = (waiting[start : start + _CHUNK] for start in range(0, len(waiting), _CHUNK))
    base = f"{root_of(page.url)}/t/{thread_id}/posts.json"
    return tuple(f"{base}?{urlencode([('post_ids[]', one) for one in ids])}" for ids in chunks)


def _next_of_mega(page: Page, stream: Entry, shown: Sequence[str]) -> str | None:
    if not stream.says("isMegaTopic") or not shown or stream.identity("lastId") in shown:
        return None
    parts = urlsplit(page.url)
    number = parse_qs(parts.query).get("page", ["1"])[0]
    following = int(number) + 1 if number.isdecimal() else 2
    return urlunsplit(parts._replace(query=urlencode({"page": following})))
