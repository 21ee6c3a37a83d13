"""dataabc/weibo-search: a CSV a word, of 17 to 19 columns, and of a fork with a line a comment (24 columns).

Shape: weibo/pipelines.py of dataabc/weibo-search. The text has lost its blanks; `retweet_id` is the post passed on.
"""

from collections.abc import Iterator
from dataclasses import replace

from crawler.importers.building import Columns, Imported, build_post, content_id, read_rows
from crawler.importers.file import ImportFile
from crawler.importers.identity import weibo_mid, weibo_url
from crawler.importers.reading import Reading
from crawler.importers.sample import Sample
from crawler.importers.weibo_words import own_words
from crawler.post import Post, PostKind

_NEEDS = {"id", "微博正文", "发布时间"}
_POST = Columns(
    native_id=("id", "bid"),
    text=("微博正文",),
    author=("用户昵称",),
    published=("发布时间",),
    parent_id=("retweet_id",),
    region=("ip",),
    likes=("点赞数",),
    replies=("评论数",),
    shares=("转发数",),
)
_COMMENT = Columns(
    native_id=("评论ID", "评论id"),
    text=("评论内容",),
    author=("评论人昵称",),
    published=("评论时间",),
    likes=("点赞次数",),
)


def recognise(sample: Sample) -> bool:
    """Whether it is a result of weibo-search."""
    return sample.columns >= _NEEDS


def read(file: ImportFile) -> Iterator[Imported]:
    """Yield each post, and the comment that its line holds."""
    return read_rows(file, lambda _table: lambda reading: _posts(reading, file))


def _posts(reading: Reading, file: ImportFile) -> Iterator[Post]:
    source = file.source_of("weibo")
    post = build_post(reading, _POST, file, source=source, kind=PostKind.TOPIC)
    mid = weibo_mid(post.native_id)
    yield replace(post, native_id=mid, thread_id=mid, url=weibo_url(mid), text=own_words(post.text))
    if reading.text(_COMMENT.text):
        yield _comment(build_post(reading, _COMMENT, file, source=source, kind=PostKind.COMMENT), mid)


def _comment(comment: Post, mid: str) -> Post:
    comment = replace(comment, text=own_words(comment.text))
    native_id = comment.native_id or f"{mid}-{content_id(comment)}"
    url = weibo_url(mid, native_id if native_id.isdecimal() else "")
    return replace(comment, native_id=native_id, thread_id=mid, url=url)
