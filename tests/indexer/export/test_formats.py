"""The files as other programs read them."""

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as parquet
import pytest

from indexer.errors import TooLongForExcelError
from indexer.export import Order, export
from indexer.export.cells import harmless
from indexer.export.formats import Format, open_file
from indexer.export.row import COLUMNS, as_row
from indexer.export.xlsx_file import CELL_CHARACTERS, XlsxFile
from indexer.ledger import Ledger
from indexer.search import SearchIndex
from indexer.worker import work
from tests.indexer.builders import RuleAnalyzer, post, record
from tests.indexer.export.conftest import at


def sheet_rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86 客服", "'+86 客服"),
        ("-3 天", "'-3 天"),
        ("@客服", "'@客服"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("1=1", "1=1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, written: str) -> None:
    assert harmless(text) == written


def test_csv_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    file = open_file(Format.CSV, path)
    file.write([as_row(record(-1, '=HYPERLINK(1)，\n“引号"'))])
    file.close()
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,source,")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["text"] == "'=HYPERLINK(1)，\n“引号\""
    assert (row["id"], row["likes"], row["overdue_complaint"], row["region"]) == ("-1", "-1", "no", "")


def test_xlsx_keeps_numbers_and_text_apart(tmp_path: Path) -> None:
    path = tmp_path / "posts.xlsx"
    file = XlsxFile(path)
    file.write([as_row(record(7, "=1+1 逾期 https://a.example"))])
    file.close()
    headings, row = sheet_rows(path)["1"]
    held = dict(zip(headings, row, strict=True))
    assert headings == COLUMNS
    assert (held["id"], held["likes"], held["text"]) == (7, 7, "'=1+1 逾期 https://a.example")
    assert (held["published"], held["issues"], held["region"]) == ("2024-05-10T05:00:00+08:00", "overdue", None)


def test_xlsx_goes_on_in_the_next_sheet(tmp_path: Path) -> None:
    path = tmp_path / "posts.xlsx"
    file = XlsxFile(path, sheet_rows=3)
    file.write([as_row(record(number)) for number in range(1, 6)])
    file.close()
    sheets = sheet_rows(path)
    assert {name: [row[0] for row in held] for name, held in sheets.items()} == {
        "1": ["id", 1, 2],
        "2": ["id", 3, 4],
        "3": ["id", 5],
    }


def test_a_text_that_excel_would_cut_is_told(ledger: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    ledger.land([post(1, "催" * CELL_CHARACTERS), post(2, "😡" * (CELL_CHARACTERS // 2 + 1))], now=at(0))
    work(ledger, RuleAnalyzer(), index, clock=lambda: at(0.5))
    folder = tmp_path / "out"
    folder.mkdir()
    order = Order(query="", path=folder / "posts.xlsx", actor="李审", now=at(1))
    with pytest.raises(TooLongForExcelError, match="记录 2 的 text"):
        export(ledger, index, order)
    assert list(folder.iterdir()) == []


def test_parquet_keeps_types(tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    file = open_file(Format.PARQUET, path)
    file.write([as_row(record(number, "=逾期 催收")) for number in (1, 2)])
    file.close()
    table = parquet.read_table(path)
    first = table.to_pylist()[0]
    assert (first["text"], first["issues"], first["overdue_complaint"]) == (
        "=逾期 催收",
        ["overdue", "collection"],
        True,
    )
    assert first["published"].isoformat() == "2024-05-10T11:00:00+08:00"


def test_an_export_of_nothing_is_a_file_with_headings(tmp_path: Path) -> None:
    for format_ in Format:
        open_file(format_, tmp_path / f"posts.{format_}").close()
    assert sheet_rows(tmp_path / "posts.xlsx") == {"1": [COLUMNS]}
    assert parquet.read_table(tmp_path / "posts.parquet").column_names == list(COLUMNS)
