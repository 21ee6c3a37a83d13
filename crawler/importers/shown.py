"""Posts that a page shows, as they land: the same as its spider would hand over."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from crawler.importers.building import Imported
from crawler.importers.file import ImportFile
from crawler.importers.fitting import Fit
from crawler.importers.identity import NAMES, platform_of_host
from crawler.pages.extraction import ShownPost
from crawler.pages.page import Page
from crawler.post import Evidence, Post, PostKind


def land_shown(page: Page, fit: Fit, evidence: Evidence, file: ImportFile) -> Iterator[Imported]:
    """Yield a page's posts, and what was odd on it; posts that it shows only in part are kept as far as they go."""
    extraction = fit.extraction
    source = source_of(page.url, file, reader=fit.reader)
    for shown in extraction.posts:
        yield post_of(
            shown, thread_id=extraction.thread_id, evidence=evidence, file=file, source=source, at=page.served
        )
    for found in extraction.issues:
        yield file.issue(found.detail, place=page.url, field=found.field, is_lost=not extraction.posts)
    for native_id in extraction.cut:
        yield file.issue(f"帖子 {native_id} 在页面上只有一部分", place=page.url, field="text", is_lost=False)


def source_of(url: str, file: ImportFile, *, reader: str = "") -> str:
    """Return the source of a page: what the user named, the registered one of its host, its platform, its host.

    A page that was saved without its address is of the platform whose engine reads it.
    """
    host = (urlsplit(url).hostname or "").lower()
    own = reader if reader in NAMES else ""
    return file.source or file.names.get(host) or file.source_of(platform_of_host(host) or own or host or "import")


def post_of(
    shown: ShownPost, *, thread_id: str | None, evidence: Evidence, file: ImportFile, source: str, at: datetime
) -> Post:
    """Return a shown post as it is kept, seen `at` (aware); a topic on a page of several is a thread of its own."""
    is_thread = shown.kind in {PostKind.TOPIC, PostKind.COMPLAINT} and thread_id is None
    return shown.kept(
        source=source,
        author=file.author(source, shown.author or ""),
        thread_id=shown.native_id if is_thread else thread_id,
        crawled=min(at, file.imported),
        evidence=evidence,
    )
