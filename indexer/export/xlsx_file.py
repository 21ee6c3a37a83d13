"""XLSX: sheets of as many rows as Excel takes; what doesn't fit into a cell is told, never cut.

Limits: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from indexer.errors import ExportUnwritableError, TooLongForExcelError
from indexer.export.cells import cell
from indexer.export.row import COLUMNS, Row, cells

SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed one, as the file's bytes must depend on the rows alone)
_OPTIONS = {"constant_memory": True, "use_zip64": True}


class XlsxFile:
    """A workbook that rows are written to; after `sheet_rows` rows, headings included, the next sheet begins."""

    def __init__(self, path: Path, *, sheet_rows: int = SHEET_ROWS) -> None:
        # Rows wait on the disk that the file goes to: the system's own folder may be small or kept in memory.
        self._folder = TemporaryDirectory(prefix=".export-", dir=path.parent)
        self._workbook = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": self._folder.name})
        self._workbook.set_properties({"created": _MADE})
        self._sheet_rows = sheet_rows
        self._sheet = self._next_sheet()

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows; `TooLongForExcelError` names the record whose text doesn't fit into a cell."""
        for row in rows:
            if self._at == self._sheet_rows:
                self._sheet = self._next_sheet()
            self._write_row(row)

    def close(self) -> None:
        """Finish the file."""
        try:
            self._workbook.close()
        except XlsxWriterException as error:
            raise ExportUnwritableError(str(error)) from error
        self._folder.cleanup()

    def abandon(self) -> None:
        """Let go of a file that won't be finished."""
        for sheet in self._workbook.worksheets():
            sheet.row_data_fh.close()
        self._workbook.fileclosed = True
        self._folder.cleanup()

    def _next_sheet(self) -> Worksheet:
        number = len(self._workbook.worksheets()) + 1
        sheet: Worksheet = self._workbook.add_worksheet(str(number))
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(COLUMNS):
            sheet.write_string(0, at, name)
        self._at = 1
        return sheet

    def _write_row(self, row: Row) -> None:
        for at, (name, value) in enumerate(zip(COLUMNS, map(cell, cells(row)), strict=True)):
            if isinstance(value, int):
                self._sheet.write_number(self._at, at, value)
            elif value:
                _refuse_too_long(value, name, row)
                self._sheet.write_string(self._at, at, value)
        self._at += 1


def _refuse_too_long(text: str, name: str, row: Row) -> None:
    # Excel counts in UTF-16, where a picture is two.
    if 2 * len(text) > CELL_CHARACTERS and len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL_CHARACTERS:
        raise TooLongForExcelError(row.id, name, CELL_CHARACTERS)
