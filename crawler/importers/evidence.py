"""Evidence of imports: the file that posts came from, archived once however often it is imported."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from crawler.evidence.warc import Received, Warc
from crawler.post import Evidence

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is archived; of a larger one the digest alone is kept, the file stays where it is."""
_LIST = Path("imports") / "kept.jsonl"
_CHUNK = 1 << 20


class Archive(Protocol):
    """Where importers leave what posts came from."""

    def keep(self, received: Received) -> Evidence:
        """Keep a response."""
        ...

    def keep_file(self, received: Received, *, content_type: str) -> Evidence:
        """Keep the bytes of a file."""
        ...


@dataclass(frozen=True)
class Digests:
    """An archive that keeps nothing: for trying out an import."""

    def keep(self, received: Received) -> Evidence:
        """Return the digest alone."""
        return Evidence(sha256=received.sha256)

    def keep_file(self, received: Received, *, content_type: str) -> Evidence:  # noqa: ARG002  # as the protocol has it
        """Return the digest alone."""
        return Evidence(sha256=received.sha256)


@dataclass(frozen=True)
class Kept:
    """An archive that keeps the same bytes once: `HOME/imports/kept.jsonl` remembers what is where."""

    home: Path
    warc: Warc
    known: dict[str, Evidence] = field(default_factory=dict)

    @classmethod
    def open(cls, home: Path, warc: Warc) -> "Kept":
        """Read what was kept before; a line that a crash tore is passed over."""
        kept = cls(home, warc)
        path = home / _LIST
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            if line.endswith("}"):
                evidence = Evidence(**json.loads(line))
                kept.known[evidence.sha256] = evidence
        return kept

    def keep(self, received: Received) -> Evidence:
        """Keep a response unless its bytes are kept already."""
        return self._known(received.sha256) or self._remember(self.warc.keep(received))

    def keep_file(self, received: Received, *, content_type: str) -> Evidence:
        """Keep a file unless its bytes are kept already."""
        return self._known(received.sha256) or self._remember(self.warc.keep_file(received, content_type=content_type))

    def _known(self, sha256: str) -> Evidence | None:
        evidence = self.known.get(sha256)
        is_there = evidence is not None and (self.home / "evidence" / (evidence.file or "")).is_file()
        return evidence if is_there else None

    def _remember(self, evidence: Evidence) -> Evidence:
        self.known[evidence.sha256] = evidence
        path = self.home / _LIST
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(evidence)) + "\n")
        return evidence


def keep_whole(path: Path, archive: Archive, *, at: datetime) -> Evidence:
    """Keep a file to import, or the digest of one that is too large."""
    if path.stat().st_size > LARGEST:
        return Evidence(sha256=_digest(path))
    received = Received(url=path.resolve().as_uri(), status=200, headers=(), body=path.read_bytes(), at=at)
    return archive.keep_file(received, content_type="application/octet-stream")


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
