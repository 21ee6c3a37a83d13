"""Article: a plain text or HTML file as one post of kind article."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.errors import PageError
from crawler.evidence.warc import Received, Warc
from crawler.post import Post, PostKind
from crawler.pseudonym import pseudonym
from crawler.reading.charset import read_text
from crawler.reading.dates import SHANGHAI, read_date

_TITLE_LENGTH = 60
_HTML = re.compile(r"<(?:!doctype html|html|head|body|article|div|p)\b", re.I)
_DATED = re.compile(r"^(?:发布|发表|更新)?(?:时间|日期|于)?\s*[:：]?\s*(?:19|20)\d\d[-/.年]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    title: str
    text: str
    published: datetime | None = None
    author: str | None = None
    url: str | None = None


def read_article(path: Path, *, source: str, crawled: datetime, key: bytes, warc: Warc, url: str | None = None) -> Post:
    """Read a file as an article; the same bytes give the same post, however often they are imported.

    `url` is where it was published, `crawled` (aware) when it is imported; `key` makes the author's pseudonym.

    Raises:
        PageError: the file can't be opened or has no text.
    """
    body = _bytes(path)
    text = read_text(body).text
    read = _from_html(text) if _HTML.search(text[:2000]) else _from_text(text, path, crawled)
    if not read.text.strip():
        raise PageError(f"{path} 里没有读到正文；请检查文件，或先把正文存成纯文本")
    address = url or read.url or path.resolve().as_uri()
    received = Received(url=address, status=200, headers=(), body=body, at=crawled)
    return Post(
        source=source,
        native_id=hashlib.sha256(body).hexdigest()[:32],
        url=address,
        kind=PostKind.ARTICLE,
        title=read.title,
        text=read.text,
        published=read.published,
        crawled=crawled,
        evidence=warc.keep_file(received, content_type="text/html" if _HTML.search(text[:2000]) else "text/plain"),
        author=pseudonym(source, read.author, key) if read.author else None,
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PageError(f"文件 {path} 打不开：{error.strerror}") from error


def _from_text(text: str, path: Path, now: datetime) -> _Read:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    title = first if len(lines) > 1 and len(first) <= _TITLE_LENGTH else path.stem
    dated = next((line for line in lines[:6] if _DATED.match(line)), None)
    moment = read_date(dated, served=now) if dated else None
    return _Read(title=title, text="\n".join(lines), published=moment.at if moment else None)


def _from_html(html: str) -> _Read:
    import trafilatura  # takes a second to load, and only HTML needs it

    found = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False, favor_recall=True)
    if found is None:
        return _Read(title="", text="")
    article = found if isinstance(found, dict) else found.as_dict()
    date = article.get("date")
    published = datetime.fromisoformat(date).replace(tzinfo=SHANGHAI).astimezone(UTC) if date else None
    return _Read(
        title=article.get("title") or "",
        text=article.get("text") or "",
        published=published,
        author=article.get("author"),
        url=article.get("url"),
    )
