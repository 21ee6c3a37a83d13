"""Checking: walks manifests and WARC files, and names each record that isn't as it was sealed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from crawler.evidence import journal, manifest
from crawler.evidence.entry import Entry
from crawler.evidence.manifest import Manifest
from crawler.evidence.members import Member, members
from crawler.evidence.seal import WARC_PATTERN, locked
from crawler.evidence.verify import GENESIS, is_stamp_of

_CHUNK = 1 << 20


class Fault(StrEnum):
    """What is wrong with a piece of evidence."""

    CHANGED = "changed"
    MISSING = "missing"
    EXTRA = "extra"
    MANIFEST_CHANGED = "manifest_changed"
    BROKEN_CHAIN = "broken_chain"
    WRONG_STAMP = "wrong_stamp"
    NOT_KEPT = "not_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault: the `file`, and for a record its `offset` (bytes), its number in the file (from 1) and its address."""

    fault: Fault
    file: str
    detail: str
    offset: int | None = None
    record: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was looked at and what was wrong; `unsealed` records are noted but in no manifest yet.

    `head` is the last manifest, whose SHA-256 stands for all of them; `kept` gives the payload digests by file and
    offset, `seals` the SHA-256 of all manifests.
    """

    manifests: int
    files: int
    records: int
    unsealed: int
    found: int
    problems: tuple[Problem, ...]
    head: Manifest | None
    seals: frozenset[str] = field(repr=False)
    kept: Mapping[str, Mapping[int, str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Listing:
    """What should be there: the entries by file, the sizes of finished files (bytes), the WARC files that are there."""

    manifests: Sequence[Manifest]
    entries: Mapping[str, Sequence[Entry]]
    closed: Mapping[str, int]
    unsealed: int
    being_written: Sequence[str]
    there: Sequence[str]


def check_evidence(folder: Path) -> Checked:
    """Check everything below the evidence folder; takes about as long as reading it from the disk."""
    problems: list[Problem] = []
    listing = _listing(folder, problems)
    files = {*listing.entries, *listing.closed}
    for file in sorted(files):
        problems += _file(folder, file, listing.entries.get(file, ()), listing.closed.get(file))
    problems += _unlisted(listing.there, {*files, *listing.being_written})
    every = [entry for entries in listing.entries.values() for entry in entries]
    return Checked(
        manifests=len(listing.manifests),
        files=len(files),
        records=len(every),
        unsealed=listing.unsealed,
        found=sum(entry.is_found for entry in every),
        problems=tuple(problems),
        head=listing.manifests[-1] if listing.manifests else None,
        seals=frozenset(one.sha256 for one in listing.manifests),
        kept={
            file: {entry.offset: entry.payload_sha256 for entry in entries} for file, entries in listing.entries.items()
        },
    )


def _listing(folder: Path, problems: list[Problem]) -> _Listing:
    if not folder.is_dir():
        return _Listing((), {}, {}, 0, (), ())
    with locked(folder):
        there = sorted(path.name for path in folder.glob(WARC_PATTERN))  # first: a journal is begun before its file
        being_written = journal.journals(folder)
        manifests = list(_manifests(folder, problems))
        listed: dict[str, list[Entry]] = defaultdict(list)
        for entry in (entry for one in manifests for entry in one.records):
            listed[entry.file].append(entry)
        unsealed = _add_unsealed(folder, being_written, listed)
    problems += _chain(manifests)
    closed = {file: size for one in manifests for file, size in one.closed.items()}
    entries = {file: sorted(found, key=lambda entry: entry.offset) for file, found in listed.items()}
    return _Listing(manifests, entries, closed, unsealed, being_written, there)


def _manifests(folder: Path, problems: list[Problem]) -> Iterator[Manifest]:
    for name in manifest.names(folder):
        file = f"{manifest.FOLDER}/{name}"
        try:
            if not manifest.is_intact(folder, name):
                detail = "清单被改动过：内容与它自己的 SHA-256 不符"
                problems.append(Problem(fault=Fault.MANIFEST_CHANGED, file=file, detail=detail))
            yield manifest.read(folder, name)
        except (OSError, ValueError):
            detail = "清单读不出来；它所列的记录无法核对"
            problems.append(Problem(fault=Fault.MANIFEST_CHANGED, file=file, detail=detail))
        path = manifest.path_of(folder, name)
        token = path.with_name(f"{name}.tsr")
        if token.exists() and not is_stamp_of(token.read_bytes(), path.read_bytes()):
            detail = f"时间戳不是对清单 {name} 现在的内容盖的"
            problems.append(Problem(fault=Fault.WRONG_STAMP, file=f"{file}.tsr", detail=detail))


def _chain(manifests: Sequence[Manifest]) -> Iterator[Problem]:
    previous, number = GENESIS, 0
    for one in manifests:
        if one.number != number + 1:
            detail = f"清单的哈希链断开：第 {number + 1} 份应在它前面，却没有"
        elif one.previous != previous:
            detail = f"清单的哈希链断开：它所指的前一份与第 {number} 份的 SHA-256 不符"
        else:
            detail = ""
        if detail:
            yield Problem(fault=Fault.BROKEN_CHAIN, file=f"{manifest.FOLDER}/{one.name}", detail=detail)
        previous, number = one.sha256, one.number


def _add_unsealed(folder: Path, being_written: Sequence[str], listed: dict[str, list[Entry]]) -> int:
    count = 0
    for file in being_written:
        sealed = {entry.offset for entry in listed[file]}
        fresh = [entry for entry in journal.noted(folder, file) if entry.offset not in sealed]
        listed[file].extend(fresh)
        count += len(fresh)
    return count


def _file(folder: Path, file: str, entries: Sequence[Entry], size: int | None) -> Iterator[Problem]:
    """Yield what is wrong with a WARC file; `size` in bytes is `None` while it is being written."""
    path = folder / file
    if not path.exists():
        if entries or size:
            detail = f"WARC 文件缺失，其中有 {len(entries)} 个记录"
            yield Problem(fault=Fault.MISSING, file=file, detail=detail, url=entries[0].uri if entries else "")
        return
    with path.open("rb") as stream:
        wrong = [entry for entry in entries if _digest(stream, entry) != entry.sha256]
    ends = [0, *(entry.end for entry in entries)]
    has_gap = any(entry.offset != end for entry, end in zip(entries, ends, strict=False))
    if wrong or has_gap or (size is not None and path.stat().st_size != size):
        yield from _looked_into(path, file, entries, wrong, size)


def _digest(stream: BinaryIO, entry: Entry) -> str:
    stream.seek(entry.offset)
    digest, left = hashlib.sha256(), entry.length
    while left and (chunk := stream.read(min(_CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


def _looked_into(
    path: Path, file: str, entries: Sequence[Entry], wrong: Sequence[Entry], size: int | None
) -> Iterator[Problem]:
    """Walk a file that isn't as it was: records may have been changed, taken out, put in, or only moved by that."""
    there = {hashlib.sha256(member.compressed).hexdigest(): member for member in members(path)}
    known = {entry.sha256 for entry in entries}
    strange = {member.offset: member for digest, member in there.items() if digest not in known}
    moved = 0
    for number, entry in enumerate(entries, 1):
        if entry not in wrong:
            continue
        if entry.sha256 in there:
            moved += 1
        else:
            is_other = any(member.offset == entry.offset for digest, member in there.items() if digest in known)
            yield _lost(path, entry, number, strange, is_other=is_other)
    for member in strange.values():
        yield _extra(file, member)
    now = path.stat().st_size
    if size is not None and now != size:
        detail = f"文件封存时是 {size} 字节，现在是 {now} 字节" + (f"；{moved} 个记录完好但移了位置" if moved else "")
        yield Problem(fault=Fault.CHANGED, file=file, detail=detail, offset=min(size, now))


def _lost(path: Path, entry: Entry, number: int, strange: dict[int, Member], *, is_other: bool) -> Problem:
    """Return that a record was changed, or is missing where another one stands in its place or the file ends before."""
    is_there = bool(strange.pop(entry.offset, None)) or (path.stat().st_size >= entry.end and not is_other)
    fault = Fault.CHANGED if is_there else Fault.MISSING
    detail = "记录被改动过：SHA-256 与清单不符" if is_there else "记录缺失：文件里已经没有它"
    return Problem(fault=fault, file=path.name, detail=detail, offset=entry.offset, record=number, url=entry.uri)


def _extra(file: str, member: Member) -> Problem:
    detail = "多出来的记录，清单没有列出；若采集曾被强行中止，先运行 fengping evidence seal"
    return Problem(fault=Fault.EXTRA, file=file, detail=detail, offset=member.offset)


def _unlisted(there: Sequence[str], known: set[str]) -> Iterator[Problem]:
    for name in there:
        if name not in known:
            detail = "多出来的文件，清单没有列出；确认来历后用 fengping evidence seal 收入（会注明是后来收入的）"
            yield Problem(fault=Fault.EXTRA, file=name, detail=detail)
