"""One post in an answer of a Discourse forum."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from crawler.pages.entry import Entry
from crawler.pages.extraction import ShownPost
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.fragment import parse_fragment, read_fragment

_NOTE_OF_SOFTWARE = 3
"""`post_type` of notes such as "closed this topic" (1 is a post, 2 one by a moderator)."""
_LIKE = 2
"""`id` of likes in `actions_summary`, which leaves out actions that nobody took."""
_NOT_OWN_WORDS = ("aside.quote", "aside.onebox .onebox-body", ".onebox-metadata", ".lightbox-wrapper .meta")


@dataclass(frozen=True, slots=True)
class PostReading:
    """What a post takes from its topic.

    `counts` are the topic's, for its first post; `numbers` are the ids of the topic's posts by their number in it.
    """

    root: str
    thread_id: str
    title: str
    counts: Engagement
    numbers: Mapping[int, str] = field(default_factory=dict)


def read_post(row: Entry, topic: PostReading) -> ShownPost | None:
    """Read a post; `None` for one that was deleted, which is noted, and for notes of the software."""
    native_id = row.about("一个帖子").identity("id", required=True)
    row = row.about(f"帖子 {native_id} ")
    if not native_id or row.count("post_type") == _NOTE_OF_SOFTWARE:
        return None
    if row.says("user_deleted") or row.says("deleted_at"):
        row.note(IssueReason.DELETED, f"帖子 {native_id} 已被删除（网站自己这样说）")
        return None
    number = row.count("post_number")
    is_topic = number == 1
    return ShownPost(
        native_id=native_id,
        kind=PostKind.TOPIC if is_topic else PostKind.REPLY,
        url=f"{topic.root}/t/{row.text('topic_slug') or '-'}/{topic.thread_id}/{number}",
        title=topic.title if is_topic else "",
        text=_text(row),
        published=row.moment("created_at", required=True),
        author=row.text("username", required=True) or None,
        parent_id=topic.numbers.get(row.count("reply_to_post_number") or 0),
        engagement=_engagement(row, topic, is_topic=is_topic),
    )


def _text(row: Entry) -> str:
    if row.says("hidden"):
        row.note(IssueReason.SCREENED, f"{row.subject}的内容被网站隐藏（被举报，等待处理）", "text")
        return ""
    return read_fragment(parse_fragment(row.text("cooked", required=True)), leave_out=_NOT_OWN_WORDS)


def _engagement(row: Entry, topic: PostReading, *, is_topic: bool) -> Engagement:
    counts = topic.counts if is_topic else Engagement(replies=row.count("reply_count"))
    return replace(counts, likes=_likes(row))


def _likes(row: Entry) -> int | None:
    if "actions_summary" not in row.value:
        return None
    taken = row.entries("actions_summary")
    return next((action.count("count") or 0 for action in taken if action.count("id") == _LIKE), 0)
