"""The file beside an export that says what it is: enough to make the same bytes again, and to tell that they are."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from indexer.export.filters import filters
from indexer.export.row import COLUMNS, ROW_VERSION, Row
from indexer.ledger.migrate import schema_version
from indexer.query.tree import Node
from indexer.query.values import SHANGHAI

_CHUNK = 1 << 20


@dataclass(slots=True)
class Tally:
    """What has been written so far: rows, and how many of them each model and dictionary labelled."""

    rows: int = 0
    analyses: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, rows: Sequence[Row]) -> None:
        """Count rows."""
        self.rows += len(rows)
        self.analyses.update((row.model_version or "", row.dictionary_version or "") for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A finished export. `as_of` and `exported` are aware; `not_analysed` posts were there but had no labels yet."""

    path: Path
    side_path: Path
    format: str
    query: str
    as_of: datetime
    exported: datetime
    actor: str
    rows: int
    not_analysed: int
    sha256: str


def side_path(path: Path) -> Path:
    """Where the side file of an export lies."""
    return path.with_name(f"{path.name}.meta.json")


def describe(exported: Exported, tree: Node, tally: Tally) -> dict[str, Any]:
    """The content of the side file."""
    return {
        "file": exported.path.name,
        "format": exported.format,
        "query": exported.query,
        "as_of": iso(exported.as_of),
        "filters": filters(tree),
        "rows": exported.rows,
        "not_analysed": exported.not_analysed,
        "sha256": exported.sha256,
        "columns": list(COLUMNS),
        "versions": {
            "fengping": version("fengping"),
            "row": ROW_VERSION,
            "schema": schema_version(),
            "analyses": [
                {"model": model, "dictionary": dictionary, "rows": rows}
                for (model, dictionary), rows in sorted(tally.analyses.items())
            ],
        },
        "exported_at": iso(exported.exported),
        "exported_by": exported.actor,
    }


def write_side_file(path: Path, content: dict[str, Any]) -> None:
    """Write it, for people and programs to read."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def sha256_of(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def iso(time: datetime) -> str:
    """A moment to the microsecond, in Asia/Shanghai."""
    return time.astimezone(SHANGHAI).isoformat()
