"""MediaCrawler: contents and comments of 小红书, 抖音, 快手, bilibili, 微博, 贴吧 and 知乎, in any container."""

from collections.abc import Iterator
from dataclasses import replace

from crawler.errors import FieldError
from crawler.importers.building import Build, Imported, build_post, read_rows
from crawler.importers.file import ImportFile
from crawler.importers.identity import weibo_url
from crawler.importers.media_crawler_tables import Shape, shape_of
from crawler.importers.reading import Reading
from crawler.importers.row import Table
from crawler.importers.sample import Sample
from crawler.importers.weibo_words import own_words
from crawler.pages.tieba.addresses import post_address
from crawler.post import Post, PostKind


def recognise(sample: Sample) -> bool:
    """Whether one of the file's tables is one of MediaCrawler's."""
    return any(shape_of(table) for table in sample.tables)


def read(file: ImportFile) -> Iterator[Imported]:
    """Yield the posts and comments."""

    def choose(table: Table) -> Build | None:
        shape = shape_of(table)
        return (lambda reading: [_post(reading, shape, file)]) if shape else None

    return read_rows(file, choose)


def _post(reading: Reading, shape: Shape, file: ImportFile) -> Post:
    post = build_post(reading, shape.columns, file, source=file.source_of(shape.platform), kind=shape.kind)
    if not post.native_id:
        raise FieldError("没有编号", field=shape.columns.native_id[0])
    post = replace(post, native_id=f"{_prefix(reading, shape)}{post.native_id}")
    post = _comment(post, reading, shape) if shape.kind is PostKind.COMMENT else replace(post, thread_id=post.native_id)
    post = replace(post, url=post.url or shape.page(post.thread_id or ""))
    return _of_weibo(post) if shape.platform == "weibo" else post


def _prefix(reading: Reading, shape: Shape) -> str:
    """知乎 counts answers, articles and videos apart."""
    if shape.platform == "zhihu" and shape.kind is not PostKind.COMMENT:
        return f"{reading.text(('content_type',)) or 'answer'}-"
    return shape.prefix


def _comment(post: Post, reading: Reading, shape: Shape) -> Post:
    if not post.thread_id:
        raise FieldError("没有所属帖子的编号", field=shape.columns.thread_id[0])
    prefix = f"{reading.text(('content_type',)) or 'answer'}-" if shape.platform == "zhihu" else shape.thread_prefix
    url = _zhihu_url(prefix, post.thread_id) if shape.platform == "zhihu" else post.url
    parent_id = f"{shape.prefix}{post.parent_id}" if post.parent_id else None
    if shape.platform == "tieba":
        return _of_tieba(post, post.thread_id)
    return replace(post, thread_id=f"{prefix}{post.thread_id}", parent_id=parent_id, url=url)


def _of_tieba(post: Post, thread_id: str) -> Post:
    """贴吧 has floors, and replies inside them."""
    floor, nested = (post.parent_id, post.native_id) if post.parent_id else (post.native_id, "")
    kind = PostKind.COMMENT if nested else PostKind.REPLY
    return replace(post, kind=kind, url=post_address("https://tieba.baidu.com", thread_id, floor, nested))


def _zhihu_url(prefix: str, content_id: str) -> str:
    root = "https://zhuanlan.zhihu.com/p" if prefix == "article-" else f"https://www.zhihu.com/{prefix.rstrip('-')}"
    return f"{root}/{content_id}"


def _of_weibo(post: Post) -> Post:
    is_comment = post.kind is PostKind.COMMENT
    url = weibo_url(post.thread_id or "", post.native_id if is_comment else "")
    return replace(post, url=url, text=own_words(post.text))
