"""Tables of no known tool, read by a mapping of columns (see `crawler.importers.mapping`)."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.errors import MappingError
from crawler.importers.building import Build, Columns, Imported, build_post, content_id, read_rows
from crawler.importers.container import TABULAR
from crawler.importers.file import ImportFile
from crawler.importers.identity import Identity, identity_of, platform_named, weibo_mid, weibo_url
from crawler.importers.mapping import Mapped
from crawler.importers.reading import Reading
from crawler.importers.row import Table
from crawler.importers.sample import Sample
from crawler.importers.weibo_words import own_words
from crawler.post import Post, PostKind

UNNAMED = "import"
"""The source of posts that neither the user nor the rows name one for."""


def recognise(sample: Sample) -> bool:
    """Whether it is a table at all."""
    return sample.container in TABULAR and bool(sample.tables)


def read(file: ImportFile) -> Iterator[Imported]:
    """Yield the posts of the tables that have the mapped columns.

    Raises:
        MappingError: there is no mapping, or it names columns that no table has.
    """
    mapped = file.mapping
    if mapped is None:
        raise MappingError(f"{file.path} 的列还没有对应；请用 --mapping 指明，或先确认猜出的对应")
    missing = [column for column in mapped.columns.values() if column not in file.sample.columns]
    if missing:
        raise MappingError(f"{file.path} 没有这些列：{'、'.join(missing)}；请改正列对应文件")
    columns = Columns(**{name: (column,) for name, column in mapped.columns.items() if name != "platform"})

    def choose(table: Table) -> Build | None:
        is_one = any(mapped.columns.get(name) in table.columns for name in ("text", "title"))
        return (lambda reading: [_post(reading, columns, mapped, file)]) if is_one else None

    return read_rows(file, choose)


def _post(reading: Reading, columns: Columns, mapped: Mapped, file: ImportFile) -> Post:
    reading = replace(reading, zone=mapped.timezone)
    url = reading.text(columns.url)
    url = f"https:{url}" if url.startswith("//") else url
    identity = identity_of(url)
    platform = _platform(reading, mapped, identity, url)
    source = file.source or mapped.source or (file.source_of(platform) if platform else UNNAMED)
    post = replace(build_post(reading, columns, file, source=source, kind=mapped.kind), url=url)
    native_id = post.native_id or (identity.native_id if identity else "") or content_id(post)
    post = replace(post, native_id=native_id, url=url or file.path.resolve().as_uri())
    post = _of_weibo(post, identity) if platform == "weibo" else post
    is_thread = mapped.kind is not PostKind.COMMENT and not post.thread_id
    return replace(post, thread_id=post.native_id) if is_thread else post


def _platform(reading: Reading, mapped: Mapped, identity: Identity | None, url: str) -> str:
    if identity:
        return identity.platform
    named = reading.text((mapped.columns["platform"],)) if "platform" in mapped.columns else ""
    return platform_named(named) if named else (urlsplit(url).hostname or "")


def _of_weibo(post: Post, identity: Identity | None) -> Post:
    """Take the number that spiders take (exports often have another of their own), and no address with an account's."""
    post = replace(post, text=own_words(post.text))
    number = (identity.native_id if identity and post.kind is PostKind.TOPIC else "") or post.native_id
    if not number.isascii() or not number.isalnum():
        return post
    mid = weibo_mid(number) if post.kind is PostKind.TOPIC else number
    return replace(post, native_id=mid, url=weibo_url(mid) if post.kind is PostKind.TOPIC else post.url)
