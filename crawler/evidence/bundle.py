"""Bundle: a ZIP with which anyone can check, offline and with nothing but Python, where posts came from."""

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.errors import EvidenceError
from crawler.evidence import manifest, verify
from crawler.evidence.entry import Entry, stamp
from crawler.evidence.manifest import Manifest
from crawler.evidence.timestamp import token_path
from crawler.post import Evidence

FORMAT = "fengping evidence bundle 1"
_README = Path(__file__).with_name("bundle_readme.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One post for a bundle: its document as JSON, and the evidence of all its versions."""

    record_id: int
    document: Mapping[str, Any]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What goes into a bundle, for whom and why; `audit` is the part of the audit log that concerns the posts."""

    dossiers: Sequence[Dossier]
    audit: Mapping[str, Any]
    actor: str
    reason: str
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundled:
    """What a bundle holds; `seal` is the SHA-256 in its bundle.json, `not_kept` counts versions without a response."""

    posts: int
    records: int
    manifests: int
    not_kept: int
    seal: str


def write_bundle(folder: Path, path: Path, order: Order) -> Bundled:
    """Write the ZIP from an evidence folder whose records are sealed.

    Raises:
        EvidenceError: a record is in no manifest, or isn't as it was sealed.
    """
    manifests = [manifest.read(folder, name) for name in manifest.names(folder)]
    wanted = _wanted(order.dossiers)
    entries = _entries(manifests, wanted)
    within = [one for one in manifests if any((entry.file, entry.offset) in wanted for entry in one.records)]
    records = [asdict(entry) | {"path": f"warc/{number:04}.warc.gz"} for number, entry in enumerate(entries, 1)]
    files = {
        **{record["path"]: _compressed(folder, entry) for record, entry in zip(records, entries, strict=True)},
        **_manifest_files(folder, within),
        **{f"posts/{one.record_id}.json": _json(one.document) for one in order.dossiers},
        "chain.json": _json(_chain(manifests, within)),
        "audit.json": _json(order.audit),
        "README.txt": _readme(order, entries),
    }
    bundle = _described(order, records, files)
    _write(path, {**files, "bundle.json": _json(bundle), "verify.py": Path(verify.__file__).read_bytes()})
    not_kept = sum(evidence.file is None for one in order.dossiers for evidence in one.evidence)
    return Bundled(
        posts=len(order.dossiers),
        records=len(records),
        manifests=len(within),
        not_kept=not_kept,
        seal=bundle["sha256"],
    )


def _wanted(dossiers: Sequence[Dossier]) -> dict[tuple[str, int], str]:
    every = [evidence for one in dossiers for evidence in one.evidence]
    return {(one.file, one.offset or 0): one.sha256 for one in every if one.file is not None}


def _entries(manifests: Sequence[Manifest], wanted: Mapping[tuple[str, int], str]) -> list[Entry]:
    found = {(entry.file, entry.offset): entry for one in manifests for entry in one.records}
    for (file, offset), sha256 in wanted.items():
        entry = found.get((file, offset))
        if entry is None or entry.payload_sha256 != sha256:
            raise EvidenceError(f"{file} 第 {offset} 字节的证据不在清单里；运行 fengping evidence verify 看缺了什么")
    return [found[place] for place in wanted]


def _compressed(folder: Path, entry: Entry) -> bytes:
    try:
        with (folder / entry.file).open("rb") as file:
            file.seek(entry.offset)
            compressed = file.read(entry.length)
    except OSError as error:
        raise EvidenceError(f"证据文件 {entry.file} 读不出来：{error.strerror}；请从备份恢复") from error
    if hashlib.sha256(compressed).hexdigest() != entry.sha256:
        raise EvidenceError(f"{entry.file} 第 {entry.offset} 字节的记录被改动过；运行 fengping evidence verify")
    return compressed


def _manifest_files(folder: Path, manifests: Sequence[Manifest]) -> dict[str, bytes]:
    files = {f"manifests/{one.name}": manifest.path_of(folder, one.name).read_bytes() for one in manifests}
    tokens = {one.name: token_path(folder, one.name) for one in manifests}
    return files | {f"manifests/{path.name}": path.read_bytes() for path in tokens.values() if path.exists()}


def _chain(manifests: Sequence[Manifest], within: Sequence[Manifest]) -> list[dict[str, Any]]:
    """Return the heads from the first manifest concerned to the last there is."""
    first = min((one.number for one in within), default=len(manifests))
    kept = ("number", "name", "day", "sealed", "previous", "sha256")
    return [{name: getattr(one, name) for name in kept} for one in manifests if one.number >= first]


def _described(order: Order, records: Sequence[Mapping[str, Any]], files: Mapping[str, bytes]) -> dict[str, Any]:
    bundle = {
        "format": FORMAT,
        "made": stamp(order.made),
        "actor": order.actor,
        "reason": order.reason,
        "posts": [f"posts/{one.record_id}.json" for one in order.dossiers],
        "records": [{name: record[name] for name in ("path", "file", "offset")} for record in records],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return bundle | {"sha256": verify.seal_of(bundle)}


def _readme(order: Order, entries: Sequence[Entry]) -> bytes:
    pages = "\n".join(f"  {entry.kept}  {entry.uri}" for entry in entries) or "  （这些帖子没有存档的响应）"
    filled = _README.read_text(encoding="utf-8").format(
        made=stamp(order.made), actor=order.actor, reason=order.reason, posts=len(order.dossiers), pages=pages
    )
    return filled.encode()


def _json(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _write(path: Path, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
