"""The tables that MediaCrawler writes: contents and comments of seven platforms, in any container.

Shapes: NanmiCoder/MediaCrawler, store/*/__init__.py and database/models.py, of 2024 (user_id, ip_location) and from
July 2026 (creator_hash and a masked nickname instead).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from crawler.importers.building import Columns
from crawler.importers.identity import weibo_url
from crawler.importers.row import Table
from crawler.post import PostKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One kind of table: the columns that only it `needs`, where its fields are, and the page that a post is on.

    `prefix` goes before the id, `thread_prefix` before the thread's (see `crawler.importers.identity`); `page` makes an
    address of the thread's id where the table has none.
    """

    platform: str
    kind: PostKind
    needs: frozenset[str]
    columns: Columns
    page: Callable[[str], str]
    prefix: str = ""
    thread_prefix: str = ""


_PERSON = Columns(
    author=("nickname", "user_nickname", "user_name"),
    author_key=("creator_hash", "user_id"),
    collected=("last_modify_ts", "add_ts"),
    region=("ip_location",),
    title=("title",),
)
_COMMENT = replace(
    _PERSON,
    native_id=("comment_id",),
    parent_id=("parent_comment_id",),
    text=("content",),
    published=("create_time", "publish_time"),
    title=(),
    likes=("like_count", "comment_like_count"),
    replies=("sub_comment_count",),
)


def _at(pattern: str) -> Callable[[str], str]:
    return lambda thread_id: pattern.format(thread_id)


_XHS, _DOUYIN = _at("https://www.xiaohongshu.com/explore/{}"), _at("https://www.douyin.com/video/{}")
_KUAISHOU, _TIEBA = _at("https://www.kuaishou.com/short-video/{}"), _at("https://tieba.baidu.com/p/{}")
_VIDEO, _ARTICLE = _at("https://www.bilibili.com/video/{}"), _at("https://www.bilibili.com/read/{}")
_ZHIHU = _at("https://www.zhihu.com/search?q={}")

_CONTENTS = (
    Shape(
        platform="zhihu",
        kind=PostKind.TOPIC,
        needs=frozenset({"content_id", "content_type", "content_text"}),
        columns=replace(
            _PERSON,
            native_id=("content_id",),
            text=("content_text", "desc"),
            url=("content_url",),
            published=("created_time",),
            likes=("voteup_count",),
            replies=("comment_count",),
        ),
        page=_ZHIHU,
    ),
    Shape(
        platform="tieba",
        kind=PostKind.TOPIC,
        needs=frozenset({"note_id", "tieba_name", "total_replay_num"}),
        columns=replace(
            _PERSON,
            native_id=("note_id",),
            text=("desc",),
            url=("note_url",),
            published=("publish_time",),
            replies=("total_replay_num",),
        ),
        page=_TIEBA,
    ),
    Shape(
        platform="douyin",
        kind=PostKind.TOPIC,
        needs=frozenset({"aweme_id", "desc"}),
        columns=replace(
            _PERSON,
            native_id=("aweme_id",),
            text=("desc",),
            url=("aweme_url",),
            published=("create_time",),
            likes=("liked_count",),
            replies=("comment_count",),
            shares=("share_count",),
        ),
        page=_DOUYIN,
    ),
    Shape(
        platform="bilibili",
        kind=PostKind.TOPIC,
        needs=frozenset({"video_id", "video_play_count"}),
        columns=replace(
            _PERSON,
            native_id=("video_id",),
            text=("desc",),
            published=("create_time",),
            likes=("liked_count",),
            replies=("video_comment",),
            views=("video_play_count",),
            shares=("video_share_count",),
        ),
        page=_VIDEO,
        prefix="av",
    ),
    Shape(
        platform="bilibili",
        kind=PostKind.ARTICLE,
        needs=frozenset({"article_id", "article_url", "content"}),
        columns=replace(
            _PERSON,
            native_id=("article_id",),
            text=("content", "desc"),
            published=("create_time",),
            likes=("liked_count",),
            replies=("comment_count",),
            shares=("share_count",),
        ),
        page=_ARTICLE,
        prefix="cv",
    ),
    Shape(
        platform="bilibili",
        kind=PostKind.TOPIC,
        needs=frozenset({"dynamic_id", "text", "pub_ts"}),
        columns=replace(
            _PERSON,
            native_id=("dynamic_id",),
            text=("text",),
            published=("pub_ts",),
            likes=("total_liked",),
            replies=("total_comments",),
            shares=("total_forwards",),
        ),
        page=_at("https://t.bilibili.com/{}"),
    ),
    Shape(
        platform="kuaishou",
        kind=PostKind.TOPIC,
        needs=frozenset({"video_id", "viewd_count"}),
        columns=replace(
            _PERSON,
            native_id=("video_id",),
            text=("desc",),
            url=("video_url",),
            published=("create_time",),
            likes=("liked_count",),
            views=("viewd_count",),
        ),
        page=_KUAISHOU,
    ),
    Shape(
        platform="weibo",
        kind=PostKind.TOPIC,
        needs=frozenset({"note_id", "content", "shared_count"}),
        columns=replace(
            _PERSON,
            native_id=("note_id",),
            text=("content",),
            published=("create_time", "create_date_time"),
            likes=("liked_count",),
            replies=("comments_count",),
            shares=("shared_count",),
        ),
        page=weibo_url,
    ),
    Shape(
        platform="xiaohongshu",
        kind=PostKind.TOPIC,
        needs=frozenset({"note_id", "desc", "time"}),
        columns=replace(
            _PERSON,
            native_id=("note_id",),
            text=("desc",),
            url=("note_url",),
            published=("time",),
            likes=("liked_count",),
            replies=("comment_count",),
            shares=("share_count",),
        ),
        page=_XHS,
    ),
)


def _comments(
    platform: str, *needs: str, thread: str, page: Callable[[str], str], prefix: str = "", thread_prefix: str = ""
) -> Shape:
    columns = replace(_COMMENT, thread_id=(thread,))
    return Shape(
        platform=platform,
        kind=PostKind.COMMENT,
        needs=frozenset({"comment_id", "content", thread, *needs}),
        columns=columns,
        page=page,
        prefix=prefix,
        thread_prefix=thread_prefix,
    )


_COMMENTS = (
    _comments("zhihu", thread="content_id", page=_ZHIHU, prefix="comment-"),
    _comments("tieba", "tieba_name", thread="note_id", page=_TIEBA),
    _comments("douyin", thread="aweme_id", page=_DOUYIN),
    _comments("bilibili", "parent_comment_id", thread="video_id", page=_VIDEO, thread_prefix="av"),
    _comments("bilibili", thread="article_id", page=_ARTICLE, thread_prefix="cv"),
    _comments("kuaishou", thread="video_id", page=_KUAISHOU),
    _comments("weibo", "create_date_time", thread="note_id", page=weibo_url),
    _comments("xiaohongshu", "create_time", thread="note_id", page=_XHS),
)
_BY_CONTENT_FIRST = (*_COMMENTS, *_CONTENTS)


def shape_of(table: Table) -> Shape | None:
    """Return what kind of table it is; `None` where it is none of MediaCrawler's (or holds accounts)."""
    columns = set(table.columns)
    return next((shape for shape in _BY_CONTENT_FIRST if shape.needs <= columns), None)
