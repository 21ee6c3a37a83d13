"""JSON Lines: one object a line, in UTF-8; lists, numbers and true or false as they are."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from indexer.export.cells import as_text
from indexer.export.row import COLUMNS, Row, Value, cells


class JsonlFile:
    """A JSON Lines file that rows are written to."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="\n")

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        for row in rows:
            held = {name: _plain(value) for name, value in zip(COLUMNS, cells(row), strict=True)}
            self._stream.write(json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n")

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()

    def abandon(self) -> None:
        """Let go of a file that won't be finished."""
        self._stream.close()


def _plain(value: Value) -> Value:
    return as_text(value) if isinstance(value, datetime) else value
