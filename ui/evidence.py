"""Evidence of a set-up: sealed and vouched for, compared with the ledger, and put together for a bundle."""

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.evidence.bundle import Bundled, Dossier, Order, write_bundle
from crawler.evidence.checking import Checked, Fault, Problem, check_evidence
from crawler.evidence.manifest import Manifest, latest
from crawler.evidence.seal import seal
from crawler.evidence.timestamp import timestamp
from indexer.ledger import Ledger
from indexer.record import Audit, Record
from ui.setup import SetUp

_SEALED, _SUBJECT = "seal_evidence", "evidence"
_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What came of vouching for the manifests: which were stamped, and what went wrong with the next one."""

    head: Manifest | None
    stamped: tuple[str, ...]
    troubles: tuple[str, ...]


def folder_of(setup: SetUp) -> Path:
    """The evidence folder."""
    return setup.home / "evidence"


def seal_all(setup: SetUp, *, clock: Callable[[], datetime]) -> tuple[tuple[Manifest, ...], Vouched]:
    """Seal everything there is, files of unknown origin as found; then vouch for it."""
    made = seal(folder_of(setup), at=clock(), adopt=True)
    return made, vouch(setup, clock=clock)


def vouch(setup: SetUp, *, clock: Callable[[], datetime]) -> Vouched:
    """Have new manifests time-stamped, where the configuration says how, and keep the chain's head in the audit log."""
    folder = folder_of(setup)
    stamped = list(timestamp(folder, setup.configuration.evidence))
    head = latest(folder)
    if head is not None and _noted_head(setup.ledger).get("sha256") != head.sha256:
        detail = json.dumps({"number": head.number, "manifest": head.name, "sha256": head.sha256})
        setup.ledger.note_audit(at=clock(), actor="system", action=_SEALED, subject=_SUBJECT, detail=detail)
    return Vouched(
        head=head,
        stamped=tuple(name for name, trouble in stamped if not trouble),
        troubles=tuple(f"{name}：{trouble}" for name, trouble in stamped if trouble),
    )


def _noted_head(ledger: Ledger) -> dict[str, Any]:
    for entry in ledger.audit_log(_SUBJECT, limit=100):
        if entry.action == _SEALED:
            noted: dict[str, Any] = json.loads(entry.detail)
            return noted
    return {}


def verify(setup: SetUp) -> tuple[Checked, tuple[Problem, ...]]:
    """Check the files, then what the audit log and the posts say of them; the problems of both."""
    checked = check_evidence(folder_of(setup))
    return checked, (*checked.problems, *_cut_off(setup, checked), *_not_kept(setup.ledger, checked))


def _cut_off(setup: SetUp, checked: Checked) -> Iterator[Problem]:
    """Manifests at the end of the chain may be gone without a trace in the others; the audit log remembers the head."""
    noted = _noted_head(setup.ledger)
    if noted and noted["sha256"] not in checked.seals:
        file = f"manifests/{noted['manifest']}"
        detail = f"审计日志记得第 {noted['number']} 份清单（SHA-256 {noted['sha256'][:12]}…），现在没有这一份"
        yield Problem(fault=Fault.BROKEN_CHAIN, file=file, detail=detail)


def _not_kept(ledger: Ledger, checked: Checked) -> Iterator[Problem]:
    after = 0
    while page := ledger.kept_evidence(after_id=after, limit=_PAGE):
        after = page[-1].record_id
        for one in page:
            if one.file is not None and checked.kept.get(one.file, {}).get(one.offset or 0) != one.sha256:
                detail = f"帖子 {one.record_id} 第 {one.version} 版的证据不在清单里，或 SHA-256 与帖子所记的不符"
                yield Problem(fault=Fault.NOT_KEPT, file=one.file, offset=one.offset, detail=detail, url=one.url)


def export_bundle(
    setup: SetUp, record_ids: Sequence[int], path: Path, *, actor: str, reason: str, clock: Callable[[], datetime]
) -> tuple[Bundled, str]:
    """Seal, write the bundle, note in the audit log who took it and why, then put it there; with the ZIP's SHA-256.

    Raises:
        RecordNotFoundError: a post isn't in the ledger.
        EvidenceError: the evidence of one is missing or was changed.
    """
    now = clock()
    seal_all(setup, clock=clock)
    dossiers = [dossier(setup.ledger, record_id) for record_id in record_ids]
    audit = audit_excerpt(setup.ledger, record_ids)
    order = Order(dossiers=dossiers, audit=audit, actor=actor, reason=reason, made=now)
    partial = path.with_name(f".{path.name}.part")
    try:
        bundled = write_bundle(folder_of(setup), partial, order)
        sha256 = hashlib.sha256(partial.read_bytes()).hexdigest()
        detail = json.dumps(
            {"reason": reason, "file": path.name, "sha256": sha256, "seal": bundled.seal}, ensure_ascii=False
        )
        for record_id in record_ids:
            setup.ledger.note_audit(
                at=now, actor=actor, action="export_evidence", subject=f"record:{record_id}", detail=detail
            )
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return bundled, sha256


def dossier(ledger: Ledger, record_id: int) -> Dossier:
    """A post as the ledger holds it: every version with its evidence and analysis, and all decisions."""
    record = ledger.record(record_id)
    versions = list(_versions(ledger, record))
    document = {
        "id": record.id,
        **_plain(record.post, without={"title", "text", "crawled", "evidence"}),
        "first_seen": record.first_seen.isoformat(),
        "last_seen": record.last_seen.isoformat(),
        "not_seen_since": record.not_seen_since.isoformat() if record.not_seen_since else None,
        "versions": [_version(number, one) for number, one in versions],
        "decisions": [_plain(decision) for decision in ledger.decisions(record_id)],
    }
    return Dossier(record_id=record_id, document=document, evidence=tuple(one.post.evidence for _, one in versions))


def _versions(ledger: Ledger, record: Record) -> Iterator[tuple[int, Record]]:
    """Each version as it stood just before the next one came."""
    versions = ledger.versions(record.id)
    for version, following in itertools.pairwise(versions):
        as_of = max(version.first_seen, following.first_seen - timedelta(microseconds=1))
        yield version.version, ledger.history.records([record.id], as_of=as_of)[0]
    yield record.version, record


def _version(number: int, record: Record) -> dict[str, Any]:
    return {
        "version": number,
        "title": record.post.title,
        "text": record.post.text,
        "crawled": record.post.crawled.isoformat(),
        "evidence": dataclasses.asdict(record.post.evidence),
        "analysis": json.loads(record.analysis.to_json()) if record.analysis else None,
    }


def _plain(thing: Any, *, without: set[str] | frozenset[str] = frozenset()) -> dict[str, Any]:
    fields = {name: value for name, value in dataclasses.asdict(thing).items() if name not in without}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in fields.items()}


def audit_excerpt(ledger: Ledger, record_ids: Sequence[int]) -> Mapping[str, Any]:
    """The audit entries about some records, and the chain from the first of them to the log's end."""
    entries: dict[int, Audit] = {}
    for record_id in record_ids:
        found = _audit_pages(ledger, f"record:{record_id}", first=1)
        entries |= {entry.id: entry for entry in found}
    first = min(entries, default=None)
    chain = [] if first is None else sorted(_audit_pages(ledger, None, first=first), key=lambda entry: entry.id)
    return {
        "entries": [_plain(entries[number]) for number in sorted(entries)],
        "chain": [(entry.id, entry.previous_hash, entry.hash) for entry in chain],
    }


def _audit_pages(ledger: Ledger, subject: str | None, *, first: int) -> Iterator[Audit]:
    """Entries from the number `first` on, the latest first."""
    offset = 0
    while page := ledger.audit_log(subject, limit=_PAGE, offset=offset):
        yield from (entry for entry in page if entry.id >= first)
        if page[-1].id <= first:
            return
        offset += _PAGE
