"""Article: a plain text or HTML file as one post of kind article."""

import hashlib
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crawler.errors import PageError
from crawler.evidence.warc import Received
from crawler.importers.evidence import Archive
from crawler.post import Post, PostKind
from crawler.pseudonym import pseudonym
from crawler.reading.article import Article, read_article_html
from crawler.reading.charset import read_text
from crawler.reading.dates import read_date

_TITLE_LENGTH = 60
_HTML = re.compile(r"<(?:!doctype html|html|head|body|article|div|p)\b", re.I)
_DATED = re.compile(r"^(?:发布|发表|更新)?(?:时间|日期|于)?\s*[:：]?\s*(?:19|20)\d\d[-/.年]\d")


def read_article(
    path: Path, *, source: str, crawled: datetime, key: bytes, warc: Archive, url: str | None = None
) -> Post:
    """Read a file as an article; the same bytes give the same post, however often they are imported.

    `url` is where it was published, `crawled` (aware) when it is imported; `key` makes the author's pseudonym.

    Raises:
        PageError: the file can't be opened or has no text.
    """
    received = Received(url=url or path.resolve().as_uri(), status=200, headers=(), body=_bytes(path), at=crawled)
    return article_of(received, source=source, key=key, archive=warc, name=path.stem, shown=str(path))


def article_of(
    received: Received, *, source: str, key: bytes, archive: Archive, name: str, shown: str | None = None
) -> Post:
    """Read a page or text as an article; `name` is its title where it has none, `shown` names it in the error.

    Raises:
        PageError: it has no text.
    """
    text = read_text(received.body).text
    is_html = bool(_HTML.search(text[:2000]))
    read = read_article_html(text, served=received.at) if is_html else _from_text(text, name, received.at)
    if not read.text.strip():
        raise PageError(f"{shown or name} 里没有读到正文；请检查文件，或先把正文存成纯文本")
    kept = replace(received, url=received.url if received.url.startswith("http") else read.url or received.url)
    return Post(
        source=source,
        native_id=hashlib.sha256(received.body).hexdigest()[:32],
        url=kept.url,
        kind=PostKind.ARTICLE,
        title=read.title,
        text=read.text,
        published=read.published,
        crawled=received.at,
        evidence=archive.keep_file(kept, content_type="text/html" if is_html else "text/plain"),
        author=pseudonym(source, read.author, key) if read.author else None,
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PageError(f"文件 {path} 打不开：{error.strerror}") from error


def _from_text(text: str, name: str, now: datetime) -> Article:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    title = first if len(lines) > 1 and len(first) <= _TITLE_LENGTH else name
    dated = next((line for line in lines[:6] if _DATED.match(line)), None)
    moment = read_date(dated, served=now) if dated else None
    return Article(title=title, text="\n".join(lines), published=moment.at if moment else None)
