"""Landing: posts into the ledger, each exactly once, with every wording that it ever had."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Update, bindparam, func, insert, select, update

from crawler.post import Post
from indexer.ledger.batches import BATCH, parts
from indexer.ledger.details import keep_details
from indexer.ledger.sightings import note_sightings
from indexer.ledger.tables import posts as post_table
from indexer.ledger.tables import versions
from nlp.privacy import mask

_COUNTS = ("likes", "replies", "views", "shares")
_LATEST = ("url", "parent_id", "thread_id", *_COUNTS)  # a later crawl knows these better
_FIRST = ("author", "region", "published")  # "3 分钟前" was exact, "3 月 1 日" no longer is


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What landing did: posts that were new, had a changed wording, or were known as they are.

    `record_ids` are in the order of the posts. `moved` counts those of the known whose counts (or other details) moved.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    record_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Landed:
    """A post on its way in, with what the ledger already knows of it."""

    post: Post
    digest: str
    known: Row[Any] | None


def mask_posts(posts: Iterable[Post]) -> list[Post]:
    """Posts without personal data in title and text."""
    return [replace(post, title=mask(post.title), text=mask(post.text)) for post in posts]


def land(connection: Connection, posts: Sequence[Post], *, now: datetime) -> Landing:
    """Store masked posts; see `Ledger.land`."""
    _lock_sources(connection, posts)
    ids: dict[tuple[str, str], int] = {}
    landing = Landing()
    for wave in _waves(posts):
        landing = _add(landing, _land_wave(connection, wave, ids, now))
    return replace(landing, record_ids=tuple(ids[_key(post)] for post in posts))


def _land_wave(connection: Connection, wave: list[Post], ids: dict[tuple[str, str], int], now: datetime) -> Landing:
    known = _known(connection, wave)
    ids.update((key, row.id) for key, row in known.items())
    arrivals = [_Landed(post, _digest(post), known.get(_key(post))) for post in wave]
    new = [arrival.post for arrival in arrivals if arrival.known is None]
    ids.update(_insert(connection, new, now))
    changed = [a for a in arrivals if a.known is not None and a.known.digest != a.digest]
    _insert_versions(connection, [(ids[_key(a.post)], _next_version(a), a) for a in arrivals if _is_version(a)], now)
    moved = _update(connection, arrivals, now)
    note_sightings(connection, wave, new=new, now=now)
    return Landing(new=len(new), changed=len(changed), unchanged=len(wave) - len(new) - len(changed), moved=moved)


def _key(post: Post) -> tuple[str, str]:
    return post.source, post.native_id


def _digest(post: Post) -> str:
    # Of the masked wording: a digest of the raw one would let a phone number be found by trying all.
    return hashlib.sha256(f"{post.title}\x00{post.text}".encode()).hexdigest()


def _is_version(arrival: _Landed) -> bool:
    return arrival.known is None or arrival.known.digest != arrival.digest


def _next_version(arrival: _Landed) -> int:
    return 1 if arrival.known is None else int(arrival.known.version) + 1


def _add(one: Landing, other: Landing) -> Landing:
    names = ("new", "changed", "unchanged", "moved")
    return Landing(**{name: getattr(one, name) + getattr(other, name) for name in names})


def _waves(posts: Sequence[Post]) -> Iterator[list[Post]]:
    """Parts without a post twice, so that two wordings of one post in a batch become two versions."""
    wave: dict[tuple[str, str], Post] = {}
    for post in posts:
        if _key(post) in wave or len(wave) == BATCH:
            yield list(wave.values())
            wave = {}
        wave[_key(post)] = post
    if wave:
        yield list(wave.values())


def _lock_sources(connection: Connection, posts: Sequence[Post]) -> None:
    """On PostgreSQL, one landing at a time for each source; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        for source in sorted({post.source for post in posts}):
            connection.execute(select(func.pg_advisory_xact_lock(zlib.crc32(source.encode()))))


def _known(connection: Connection, posts: Sequence[Post]) -> dict[tuple[str, str], Row[Any]]:
    by_source: dict[str, list[str]] = {}
    for post in posts:
        by_source.setdefault(post.source, []).append(post.native_id)
    rows: dict[tuple[str, str], Any] = {}
    for source, native_ids in by_source.items():
        for part in parts(native_ids):
            found = connection.execute(_KNOWN, {"source": source, "native_ids": part})
            for row in found:
                rows[source, row.native_id] = row
    return rows


_KNOWN = (
    select(
        post_table.c.id,
        post_table.c.native_id,
        post_table.c.version,
        post_table.c.not_seen_since,
        *(post_table.c[name] for name in (*_LATEST, *_FIRST)),
        versions.c.digest,
    )
    .join(versions, (versions.c.post_id == post_table.c.id) & (versions.c.version == post_table.c.version))
    .where(post_table.c.source == bindparam("source"))
    .where(post_table.c.native_id.in_(bindparam("native_ids", expanding=True)))
)


def _insert(connection: Connection, posts: Sequence[Post], now: datetime) -> dict[tuple[str, str], int]:
    if not posts:
        return {}
    rows = [_row(post, now) for post in posts]
    ids = connection.scalars(insert(post_table).returning(post_table.c.id, sort_by_parameter_order=True), rows)
    return {_key(post): record_id for post, record_id in zip(posts, ids, strict=True)}


def _row(post: Post, now: datetime) -> dict[str, Any]:
    names = ("source", "native_id", *_FIRST, "url", "parent_id", "thread_id")
    counts = {name: getattr(post.engagement, name) for name in _COUNTS}
    fixed = {"version": 1, "revision": 1, "indexed_revision": 0, "attempts": 0, "first_seen": now, "last_seen": now}
    return {**{name: getattr(post, name) for name in names}, "kind": post.kind.value, **counts, **fixed}


def _insert_versions(connection: Connection, arrivals: Sequence[tuple[int, int, _Landed]], now: datetime) -> None:
    rows = [
        {
            "post_id": record_id,
            "version": version,
            "title": arrival.post.title,
            "text": arrival.post.text,
            "digest": arrival.digest,
            "crawled": arrival.post.crawled,
            "first_seen": now,
            "evidence_sha256": arrival.post.evidence.sha256,
            "evidence_file": arrival.post.evidence.file,
            "evidence_offset": arrival.post.evidence.offset,
        }
        for record_id, version, arrival in arrivals
    ]
    if rows:
        connection.execute(insert(versions), rows)


def _update(connection: Connection, arrivals: Sequence[_Landed], now: datetime) -> int:
    """Update what is known; how many had details that moved (and so are to be indexed again)."""
    seen: list[int] = []
    moved: list[dict[str, Any]] = []
    edited: list[int] = []
    for arrival in arrivals:
        if arrival.known is None:
            continue
        seen.append(arrival.known.id)
        details = _details(arrival.post, arrival.known)
        if details is not None:
            moved.append({"record_id": arrival.known.id, **details})
        if arrival.known.digest != arrival.digest:
            edited.append(arrival.known.id)
    keep_details(connection, [row["record_id"] for row in moved], until=now)
    _execute(connection, update(post_table).values(last_seen=now, not_seen_since=None), seen)
    _execute(connection, update(post_table).values(_NEXT_VERSION), edited)
    if moved:
        connection.execute(_MOVE, sorted(moved, key=lambda row: int(row["record_id"])))
    return len(moved)


def _details(post: Post, known: Row[Any]) -> Mapping[str, Any] | None:
    """The details as they are to be kept, or `None` where they are kept already and the post was not missing."""
    arrived = {name: getattr(post.engagement, name) for name in _COUNTS}
    arrived |= {name: getattr(post, name) for name in ("url", "parent_id", "thread_id", *_FIRST)}
    held = {name: getattr(known, name) for name in (*_LATEST, *_FIRST)}
    kept = {name: arrived[name] if arrived[name] is not None else held[name] for name in _LATEST}
    kept |= {name: held[name] if held[name] is not None else arrived[name] for name in _FIRST}
    return kept if kept != held or known.not_seen_since is not None else None


def _execute(connection: Connection, statement: Update, ids: Sequence[int]) -> None:
    for part in parts(sorted(ids)):
        connection.execute(statement.where(post_table.c.id.in_(bindparam("ids", expanding=True))), {"ids": part})


_NEXT_VERSION = {
    "version": post_table.c.version + 1,
    "revision": post_table.c.revision + 1,
    "model_version": None,
    "dictionary_version": None,
    "lease_worker": None,
    "lease_until": None,
    "attempts": 0,
}
_MOVE = (
    update(post_table)
    .where(post_table.c.id == bindparam("record_id"))
    .values(revision=post_table.c.revision + 1, **{name: bindparam(f"{name}") for name in (*_LATEST, *_FIRST)})
)
