"""WARC files: each response read by the engine that knows it, else as an article; plain or gzipped.

Responses are archived again with the rest of the evidence, so that posts don't point at a file outside.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.evidence.warc import Received
from crawler.importers.building import Imported
from crawler.importers.container import Container
from crawler.importers.file import ImportFile
from crawler.importers.fitting import as_article, fitting
from crawler.importers.opening import TORN, open_bytes
from crawler.importers.sample import Sample
from crawler.importers.shown import land_shown
from crawler.pages.page import Page

_LARGEST = 64 * 1024 * 1024
_READABLE = re.compile(r"html|json|xml|text/plain|javascript", re.I)
_WITH_CONTENT = {"response", "resource"}


def recognise(sample: Sample) -> bool:
    """Whether it is a WARC file."""
    return sample.container is Container.WARC


def read(file: ImportFile) -> Iterator[Imported]:
    """Yield the posts of all responses; what isn't a page (pictures, redirects, errors) is counted by the reason."""
    passed: Counter[str] = Counter()
    with open_bytes(file.sample.source) as stream:
        number = 0
        try:
            for record in ArchiveIterator(stream):
                number += 1
                yield from _record(record, number, file, passed)
        except (ArchiveLoadFailed, OSError, *TORN) as error:
            detail = f"从这里起读不下去（{str(error)[:80]}），后面的没有读；文件可能没写完"
            yield file.issue(detail, place=f"第 {number + 1} 个记录", line=number + 1)
    for reason, count in passed.items():
        yield file.issue(f"{count} 个响应{reason}，跳过", is_lost=False)


def _record(record: Any, number: int, file: ImportFile, passed: Counter[str]) -> Iterator[Imported]:
    reason = _why_not(record)
    if reason or record.rec_type not in _WITH_CONTENT:
        passed.update([reason] if reason else [])
        return
    place = f"第 {number} 个记录"
    try:
        body = record.content_stream().read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        yield file.issue(f"响应解压失败：{error}", place=place, line=number)
        return
    if len(body) > _LARGEST:
        yield file.issue("响应解压后超过 64 MB，没有读", place=place, line=number)
    elif body.strip():
        yield from _page(record, body, file, place, number)


def _why_not(record: Any) -> str:
    if record.rec_type not in _WITH_CONTENT:
        return ""
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not status.startswith("2"):
        return f"的状态是 {status}"
    return "" if _READABLE.search(_content_type(record) or "html") else "不是网页或 JSON"


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""


def _page(record: Any, body: bytes, file: ImportFile, place: str, number: int) -> Iterator[Imported]:
    url = record.rec_headers.get_header("WARC-Target-URI") or file.path.resolve().as_uri()
    page = Page(url=url, body=body, served=_moment(record) or file.exported, content_type=_content_type(record))
    received = Received(url=url, status=200, headers=(("Content-Type", page.content_type),), body=body, at=page.served)
    fit = fitting(page) or as_article(page)
    if fit is not None and fit.extraction.posts:
        yield from land_shown(page, fit, file.archive.keep(received), file)
    else:
        detail = "是列表页或没有帖子和文章的页面，没有可导入的"
        yield file.issue(detail, place=f"{place} {url}", line=number, is_lost=False)


def _moment(record: Any) -> datetime | None:
    written = record.rec_headers.get_header("WARC-Date") or ""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
