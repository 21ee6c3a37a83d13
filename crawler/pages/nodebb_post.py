"""One post in an answer of a NodeBB forum."""

import re
from dataclasses import dataclass, replace
from typing import Self

from parsel import Selector

from crawler.pages.entry import Entry
from crawler.pages.extraction import ShownPost
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.fragment import parse_fragment, read_fragment

# A quote is the line "@NAME said in TOPIC:", whose link leads to the post, and a blockquote after it.
_QUOTING_LINE = "p:has(+ blockquote) a[href*='/post/']"
_NOT_OWN_WORDS = ("blockquote", "p:has(> a[href*='/post/']):has(+ blockquote)")
_GUEST = "0"
"""`uid` of guests and of accounts that are gone."""


@dataclass(frozen=True, slots=True)
class TopicReading:
    """What a post takes from its topic, whose `counts` its first post has."""

    root: str
    title: str
    first_post: str
    counts: Engagement

    @classmethod
    def of(cls, topic: Entry, root: str, title: str) -> Self:
        """Take from a topic's answer what its posts need."""
        posts = topic.count("postcount")
        replies = None if posts is None else max(0, posts - 1)
        return cls(root, title, topic.identity("mainPid"), Engagement(replies=replies, views=topic.count("viewcount")))


def read_post(row: Entry, topic: TopicReading) -> ShownPost | None:
    """Read a post; `None` for one that was deleted, which is noted."""
    native_id = row.about("一个帖子").identity("pid", required=True)
    row = row.about(f"帖子 {native_id} ")
    if not native_id:
        return None
    if row.says("deleted"):
        row.note(IssueReason.DELETED, f"帖子 {native_id} 已被删除（网站自己这样说）")
        return None
    return _post(native_id, row, topic)


def _post(native_id: str, row: Entry, topic: TopicReading) -> ShownPost:
    is_topic = native_id == topic.first_post
    content = parse_fragment(row.text("content", required=True))
    counts = topic.counts if is_topic else Engagement(replies=_replies(row))
    return ShownPost(
        native_id=native_id,
        kind=PostKind.TOPIC if is_topic else PostKind.REPLY,
        url=f"{topic.root}/post/{native_id}",
        title=topic.title if is_topic else "",
        text=read_fragment(content, leave_out=_NOT_OWN_WORDS),
        published=row.moment("timestamp", "timestampISO", required=True),
        author=_author(row),
        parent_id=_answered(row, content),
        engagement=replace(counts, likes=row.count("upvotes")),
    )


def _author(row: Entry) -> str | None:
    user = row.entry("user")
    if user.identity("uid") == _GUEST:
        return None
    return user.text("username", required=True) or None


def _answered(row: Entry, content: Selector) -> str | None:
    """Return the id of the post that this one answers: `toPid`, or the first that it quotes."""
    answered = row.identity("toPid")
    if answered not in {"", "0"}:
        return answered
    link = content.css(_QUOTING_LINE).css("::attr(href)").get() or ""
    quoted = re.search(r"/post/(\d+)", link)
    return quoted[1] if quoted else None


def _replies(row: Entry) -> int | None:
    return row.count("replies") if isinstance(row.value.get("replies"), int) else row.entry("replies").count("count")
