"""Saved pages and answers: HTML or JSON of a site, read by the engine that knows it; other HTML as an article."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from crawler.evidence.warc import Received
from crawler.importers.article import article_of
from crawler.importers.building import Imported
from crawler.importers.container import Container
from crawler.importers.evidence import LARGEST
from crawler.importers.file import ImportFile
from crawler.importers.fitting import as_article, fitting
from crawler.importers.opening import open_bytes
from crawler.importers.sample import Sample
from crawler.importers.shown import land_shown
from crawler.pages.page import Page

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
# Browsers that save a page note where it came from; pages name their own address.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->")
_CANONICAL = re.compile(
    r"""<link\b[^>]*\brel=["']?canonical["']?[^>]*\bhref=["']?(https?://[^"'\s>]+)|<meta\b[^>]*\bproperty=["']og:url["'][^>]*\bcontent=["'](https?://[^"']+)""",
    re.I,
)


def recognise(sample: Sample) -> bool:
    """Whether it is a page, or one JSON answer that an engine reads."""
    if sample.container is Container.HTML:
        return True
    is_answer = sample.container is Container.JSON and sample.source.records != "item"
    if not is_answer or sample.path.stat().st_size > LARGEST:
        return False
    fit = fitting(Page(url=sample.path.resolve().as_uri(), body=_body(sample), served=_ANY_TIME))
    return fit is not None and bool(fit.extraction.posts)


def read(file: ImportFile) -> Iterator[Imported]:
    """Yield the posts of the page, or the article that it is."""
    body = _body(file.sample)
    page = Page(url=file.url or _address(body) or file.path.resolve().as_uri(), body=body, served=file.exported)
    fit = fitting(page) or as_article(page)
    received = Received(url=page.url, status=200, headers=(), body=body, at=file.imported)
    if fit is not None and fit.extraction.posts:
        evidence = file.archive.keep_file(received, content_type="application/octet-stream")
        yield from land_shown(page, fit, evidence, file)
    elif fit is not None and fit.extraction.threads:
        yield file.issue("是列表页，只有标题没有正文；请保存帖子页再导入")
    else:
        yield article_of(
            received, source=file.source or "import", key=file.key, archive=file.archive, name=file.path.stem
        )


def _body(sample: Sample) -> bytes:
    with open_bytes(sample.source) as stream:
        return stream.read()


def _address(body: bytes) -> str | None:
    head = body[:20_000].decode("utf-8", "replace")
    found = _SAVED_FROM.search(head) or _CANONICAL.search(head)
    return next((address for address in found.groups() if address), None) if found else None
