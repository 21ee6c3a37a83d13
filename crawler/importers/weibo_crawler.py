"""dataabc/weibo-crawler and weiboSpider: the posts of accounts, as CSV, Excel, SQLite or JSON, of 2017 to today.

Shapes: weibo.py of dataabc/weibo-crawler, weibo_spider/writer of dataabc/weiboSpider; that of 2017 had no ids and
numbered its texts (`1:…`). What it passes on stands in columns 源… or in `retweet`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.importers.building import Build, Columns, Imported, build_post, content_id, read_rows
from crawler.importers.file import ImportFile
from crawler.importers.identity import weibo_mid, weibo_url
from crawler.importers.reading import Reading
from crawler.importers.row import Table
from crawler.importers.sample import Sample
from crawler.importers.weibo_words import own_words
from crawler.post import Post, PostKind

_POST = Columns(
    native_id=("id", "微博id", "bid"),
    text=("正文", "微博正文", "微博内容", "微博", "text", "content"),
    author=("用户昵称", "screen_name"),
    published=("完整日期", "日期", "发布时间", "full_created_at", "created_at", "publish_time"),
    parent_id=("源微博id", "retweet_id", "retweet.id"),
    region=("ip", "region_name"),
    likes=("点赞数", "attitudes_count", "up_num"),
    replies=("评论数", "comments_count", "comment_num"),
    shares=("转发数", "reposts_count", "retweet_num"),
)
_SHAPES = (
    {"id", "正文", "点赞数", "转发数"},
    {"微博id", "微博正文", "点赞数"},
    {"微博", "点赞数", "转发数", "发布时间"},
    {"id", "text", "attitudes_count", "reposts_count"},
    {"id", "content", "up_num", "retweet_num"},
)
_NUMBERED = re.compile(r"\d{1,6}:")


def recognise(sample: Sample) -> bool:
    """Whether one of the tables is of these tools."""
    return any(_is_known(table) for table in sample.tables)


def _is_known(table: Table) -> bool:
    return any(shape <= set(table.columns) for shape in _SHAPES)


def read(file: ImportFile) -> Iterator[Imported]:
    """Yield the posts."""

    def choose(table: Table) -> Build | None:
        return (lambda reading: [_post(reading, file)]) if _is_known(table) else None

    return read_rows(file, choose)


def _post(reading: Reading, file: ImportFile) -> Post:
    post = build_post(reading, _POST, file, source=file.source_of("weibo"), kind=PostKind.TOPIC)
    if not post.native_id:
        return _without_id(post)
    mid = weibo_mid(post.native_id)
    parent_id = weibo_mid(post.parent_id) if post.parent_id else None
    text = own_words(post.text)
    return replace(post, native_id=mid, thread_id=mid, parent_id=parent_id, url=weibo_url(mid), text=text)


def _without_id(post: Post) -> Post:
    post = replace(post, text=own_words(_NUMBERED.sub("", post.text, count=1)))
    return replace(post, native_id=content_id(post), url="https://m.weibo.cn/")
