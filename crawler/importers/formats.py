"""Formats: what `fengping import` reads, in the order in which they are tried on a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.errors import PageError
from crawler.importers import (
    heimao,
    mapped,
    media_crawler,
    plain_article,
    saved_page,
    screenshot,
    warc_file,
    weibo_crawler,
    weibo_search,
)
from crawler.importers.building import Imported
from crawler.importers.container import Container
from crawler.importers.file import ImportFile
from crawler.importers.sample import Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: `title` for people, whether a file's beginning is of it, and its reader."""

    name: str
    title: str
    recognise: Callable[[Sample], bool]
    read: Callable[[ImportFile], Iterator[Imported]]


TABLE = "table"
"""The format that needs a mapping of columns."""
FORMATS = {
    one.name: one
    for one in (
        Format(
            name="mediacrawler",
            title="MediaCrawler（七个平台的帖子和评论）",
            recognise=media_crawler.recognise,
            read=media_crawler.read,
        ),
        Format(name="weibo-search", title="weibo-search", recognise=weibo_search.recognise, read=weibo_search.read),
        Format(
            name="weibo-crawler",
            title="weibo-crawler、weiboSpider",
            recognise=weibo_crawler.recognise,
            read=weibo_crawler.read,
        ),
        Format(name="page", title="存下的网页或接口回答", recognise=saved_page.recognise, read=saved_page.read),
        Format(name="heimao", title="黑猫投诉", recognise=heimao.recognise, read=heimao.read),
        Format(name="warc", title="WARC 网页存档", recognise=warc_file.recognise, read=warc_file.read),
        Format(name="screenshot", title="截图（PNG、JPEG）", recognise=screenshot.recognise, read=screenshot.read),
        Format(name=TABLE, title="表格（按列对应）", recognise=mapped.recognise, read=mapped.read),
        Format(name="article", title="文章", recognise=plain_article.recognise, read=plain_article.read),
    )
}
_KINDS = (
    "MediaCrawler、weibo-search、weibo-crawler、黑猫的导出，"
    "CSV、Excel、JSON、Parquet、SQLite 表格，WARC，网页、截图和纯文本"
)


def recognised(sample: Sample) -> Format:
    """Return the format of a file.

    Raises:
        PageError: it is of none, or a table without a single row that can be read.
    """
    found = next((one for one in FORMATS.values() if one.recognise(sample)), None)
    if found:
        return found
    if sample.fault:
        raise PageError(f"{sample.path} 没有一行能读：{sample.fault.place}：{sample.fault.detail}")
    if sample.container is Container.OTHER:
        raise PageError(f"{sample.path} 认不出是什么文件；能导入的有：{_KINDS}")
    raise PageError(f"{sample.path} 里没有数据行")
