"""One export from query to file: streamed beside its place, sealed, noted in the audit log, then put there at once."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer.errors import ExportUnwritableError
from indexer.export.formats import Format, format_of, open_file
from indexer.export.row import as_row
from indexer.export.selection import Looked, Selection
from indexer.export.side_file import Exported, Tally, describe, iso, sha256_of, side_path, write_side_file
from indexer.ledger import Ledger
from indexer.query import parse
from indexer.record import Record
from indexer.search.backend import SearchIndex
from nlp.privacy import mask

OnProgress = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to export, where to, by whom. `now` is aware; `as_of` is an earlier moment, `None` for now."""

    query: str
    path: Path
    actor: str
    now: datetime
    as_of: datetime | None = None


def export(
    ledger: Ledger, index: SearchIndex | None, order: Order, *, on_progress: OnProgress = lambda *_: None
) -> Exported:
    """Write the records that a query finds, by id, and the side file; memory does not grow with their number.

    The same query as of the same moment gives the same bytes: `days ago` count from that moment. The index is asked
    only for the present, and not needed with an `as_of`. `on_progress` gets posts looked at, posts to look at and
    rows. `QueryError` where the query can't be read, `ExportError` otherwise; nothing is left behind then.
    """
    as_of = order.as_of or order.now
    format_, tree = format_of(order.path), parse(order.query, now=as_of)
    selection = Selection(ledger, tree, as_of)
    pages = selection.present(index) if index and order.as_of is None else selection.earlier()
    partial, partial_side = (_beside(path) for path in (order.path, side_path(order.path)))
    tally = Tally()
    try:
        _write(format_, partial, pages, tally, lambda: _tell(on_progress, selection.looked, tally))
        exported = _exported(order, format_, as_of, tally, selection.looked, sha256_of(partial))
        write_side_file(partial_side, describe(exported, tree, tally))
        _note(ledger, exported)
        partial_side.replace(exported.side_path)
        partial.replace(exported.path)
    except OSError as error:
        raise ExportUnwritableError(error.strerror or str(error)) from error
    finally:
        partial.unlink(missing_ok=True)
        partial_side.unlink(missing_ok=True)
    return exported


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.partial")


def _write(format_: Format, path: Path, pages: Iterator[list[Record]], tally: Tally, tell: Callable[[], None]) -> None:
    file = open_file(format_, path)
    try:
        for records in pages:
            rows = [as_row(record) for record in records]
            file.write(rows)
            tally.add(rows)
            tell()
        file.close()
    except BaseException:
        file.abandon()
        raise


def _tell(on_progress: OnProgress, looked: Looked, tally: Tally) -> None:
    on_progress(looked.posts, looked.of, tally.rows)


def _exported(order: Order, format_: Format, as_of: datetime, tally: Tally, looked: Looked, sha256: str) -> Exported:
    return Exported(
        path=order.path,
        side_path=side_path(order.path),
        format=format_.value,
        query=order.query,
        as_of=as_of,
        exported=order.now,
        actor=order.actor,
        rows=tally.rows,
        not_analysed=looked.not_analysed,
        sha256=sha256,
    )


def _note(ledger: Ledger, exported: Exported) -> None:
    """The audit entry, before the file is there: none leaves unnoted. Personal data in a query is not kept."""
    detail = {
        "query": mask(exported.query),
        "as_of": iso(exported.as_of),
        "format": exported.format,
        "rows": exported.rows,
        "sha256": exported.sha256,
    }
    ledger.note_audit(
        at=exported.exported,
        actor=exported.actor,
        action="export",
        subject=f"export:{exported.sha256[:16]}",
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
    )
