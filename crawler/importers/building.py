"""Building: from a row and the columns of a table to a post; what platforms have of their own is for the formats."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields

from crawler.errors import FieldError
from crawler.importers.container import read_tables
from crawler.importers.file import ImportFile
from crawler.importers.reading import Names, Reading
from crawler.importers.row import Fault, ImportIssue, Line, Table
from crawler.importers.sample import rounded_columns
from crawler.post import Engagement, Post, PostKind
from crawler.reading.regions import read_region

Imported = Post | ImportIssue
Build = Callable[[Reading], Iterable[Post]]

_MASKED_NAME = re.compile(r"\*{2,}")
_NOBODY = {"匿名", "匿名用户", "anonymous"}
_SHOWN_REGION = re.compile(r"发布于|来自|IP\s*属地")
_FIRST_LEVEL = {"", "0"}
_MENDED = "行的文字是乱码（UTF-8 被当作别的编码读过），已还原"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """In which columns a table has which field; the first of them that holds anything counts.

    `author_key` stands for the author where the name is masked. `collected` is when the tool read the post, from which
    its relative dates count.
    """

    native_id: Names = ()
    title: Names = ()
    text: Names = ()
    url: Names = ()
    author: Names = ()
    author_key: Names = ()
    published: Names = ()
    collected: Names = ()
    thread_id: Names = ()
    parent_id: Names = ()
    region: Names = ()
    likes: Names = ()
    replies: Names = ()
    views: Names = ()
    shares: Names = ()

    @property
    def all(self) -> frozenset[str]:
        """All columns that are read."""
        return frozenset(name for one in fields(self) for name in getattr(self, one.name))


def build_post(reading: Reading, columns: Columns, file: ImportFile, *, source: str, kind: PostKind) -> Post:
    """Return the post of a row.

    Raises:
        FieldError: it has no words, or a field without which it would be another post can't be used.
    """
    title, text = " ".join(reading.text(columns.title).split()), reading.text(columns.text)
    if not (title or text):
        raise FieldError("没有文字", field=_first(columns.text) or _first(columns.title))
    native_id = reading.identity(columns.native_id)
    parent_id = reading.identity(columns.parent_id)
    return Post(
        source=source,
        native_id=native_id,
        url=reading.text(columns.url),
        kind=kind,
        title=title,
        text=text,
        published=reading.moment(columns.published),
        crawled=min(reading.moment(columns.collected) or file.imported, file.imported),
        evidence=file.evidence,
        thread_id=reading.identity(columns.thread_id) or None,
        parent_id=parent_id if parent_id not in {*_FIRST_LEVEL, native_id} else None,
        author=file.author(source, _author(reading, columns)),
        region=_region(reading.text(columns.region)),
        engagement=Engagement(
            likes=reading.count(columns.likes),
            replies=reading.count(columns.replies),
            views=reading.count(columns.views),
            shares=reading.count(columns.shares),
        ),
    )


def _first(names: Names) -> str:
    return names[0] if names else ""


def _author(reading: Reading, columns: Columns) -> str:
    name = reading.text(columns.author)
    if name in _NOBODY:
        return ""
    return reading.text(columns.author_key) or name if not name or _MASKED_NAME.search(name) else name


def _region(text: str) -> str | None:
    return (read_region(text) if _SHOWN_REGION.match(text) else text) or None


def content_id(post: Post) -> str:
    """Return an id for a post that its tool gave none: the same words at the same time are the same post.

    Digits and Latin letters don't count: a digest of a text with a phone number, beside the text with the number
    masked, would give the number away to whoever tries them all.
    """
    at = post.published.isoformat() if post.published else ""
    words = re.sub(r"[\x00-\x7f]", "", f"{post.title}\x00{post.text}")
    return "x-" + hashlib.sha256(f"{at}\x00{len(post.text)}\x00{words}".encode()).hexdigest()[:30]


def read_rows(file: ImportFile, choose: Callable[[Table], Build | None]) -> Iterator[Imported]:
    """Yield the posts of all tables; `choose` says how a table is read, `None` for one that holds no posts."""
    for name, lines in read_tables(file.sample.container, file.sample.source):
        table = file.sample.table(name)
        build = choose(table) if table else None
        if build is None:
            yield from _passed_over(file, name, lines, is_known=table is not None)
        else:
            yield from _built(file, lines, build, rounded_columns(table))


def _passed_over(file: ImportFile, name: str, lines: Iterator[Line], *, is_known: bool) -> Iterator[ImportIssue]:
    if is_known:
        yield file.issue(f"表“{name}”里不是帖子（列对不上已知的格式），跳过", place=name, is_lost=False)
        return
    for line in lines:
        if isinstance(line, Fault):
            yield file.issue(line.detail, place=line.place, line=line.line)


def _built(file: ImportFile, lines: Iterator[Line], build: Build, rounded: frozenset[str]) -> Iterator[Imported]:
    mended = 0
    for line in lines:
        if isinstance(line, Fault):
            yield file.issue(line.detail, place=line.place, line=line.line)
            continue
        mended += line.is_mended
        reading = Reading(row=line, served=file.exported, rounded=rounded, doubts=list(line.doubts))
        try:
            yield from list(build(reading))
        except FieldError as error:
            yield file.issue(str(error), place=line.place, line=line.line, field=error.field)
            continue
        for column, detail in reading.doubts:
            yield file.issue(detail, place=line.place, line=line.line, field=column, is_lost=False)
    if mended:
        yield file.issue(f"{mended} {_MENDED}", is_lost=False)
