"""Excel workbooks (.xlsx): each visible sheet is a table, read row by row."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from crawler.errors import PageError
from crawler.importers.opening import Source
from crawler.importers.row import Fault, Line, Row
from crawler.importers.tables.header import read_header


def read_tables(source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    """Yield the visible sheets that hold anything.

    Raises:
        PageError: it is no workbook, or one with a password.
    """
    with _opened(source) as book:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()
            header, columns = read_header(enumerate(sheet.iter_rows(values_only=True), 1))
            if columns:
                yield str(sheet.title), _rows(sheet, columns, header)


@contextmanager
def _opened(source: Source) -> Iterator[Workbook]:
    with source.path.open("rb") as file:  # by its name openpyxl would refuse what isn't called .xlsx
        try:
            with warnings.catch_warnings(action="ignore"):  # of styles and extensions, which nobody reads here
                book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as error:
            detail = "不是能读的 Excel 文件（可能有密码或已损坏）；请另存为 .xlsx 或 CSV"
            raise PageError(f"{source.path} {detail}") from error
        try:
            yield book
        finally:
            book.close()


def _rows(sheet: Any, columns: list[str], header: int) -> Iterator[Line]:
    for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if line <= header or all(cell in (None, "") for cell in cells):
            continue
        place = f"工作表“{sheet.title}”第 {line} 行"
        if any(cell not in (None, "") for cell in cells[len(columns) :]):
            yield Fault(line=line, place=place, detail="这一行有表头之外的单元格，对不上；请补上表头")
            continue
        yield Row(values=dict(zip(columns, cells, strict=False)), line=line, place=place)
