"""CSV: UTF-8 with a byte order mark, by which Excel knows the encoding; lines end as RFC 4180 has it."""

import csv
from collections.abc import Sequence
from pathlib import Path

from indexer.export.cells import cell
from indexer.export.row import COLUMNS, Row, cells


class CsvFile:
    """A CSV file that rows are written to."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow(COLUMNS)

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        self._writer.writerows([cell(value) for value in cells(row)] for row in rows)

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()

    def abandon(self) -> None:
        """Let go of a file that won't be finished."""
        self._stream.close()
