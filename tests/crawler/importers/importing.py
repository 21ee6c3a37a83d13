"""Import one file as the command does, short of the ledger."""

import csv
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow
from pyarrow import parquet

from crawler.importers.evidence import Digests
from crawler.importers.file import ImportFile
from crawler.importers.formats import FORMATS, recognised
from crawler.importers.mapping import Mapped
from crawler.importers.row import ImportIssue
from crawler.importers.sample import take_sample
from crawler.post import Post

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEY = b"k" * 32
Rows = Sequence[Mapping[str, Any]]


def imported(path: Path, *, format_name: str = "auto", **more: Any) -> tuple[list[Post], list[ImportIssue]]:
    """Posts and issues of a file, read by the format that it is recognised as."""
    sample = take_sample(path)
    chosen = recognised(sample) if format_name == "auto" else FORMATS[format_name]
    file = ImportFile(
        sample=sample, archive=Digests(), key=KEY, imported=NOW, exported=more.pop("exported", NOW), **more
    )
    items = list(chosen.read(file))
    return [item for item in items if isinstance(item, Post)], [item for item in items if isinstance(item, ImportIssue)]


def posts_of(path: Path, **more: Any) -> list[Post]:
    """The posts of a file without a fault."""
    posts, issues = imported(path, **more)
    assert issues == []
    return posts


def mapped(**columns: str) -> Mapped:
    """A mapping by hand."""
    return Mapped(columns=columns)


def as_csv(path: Path, rows: Rows, *, encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_json(path: Path, rows: Rows) -> Path:
    path.write_text(json.dumps(list(rows), ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def as_json_lines(path: Path, rows: Rows) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def as_excel(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def as_sqlite(path: Path, tables: Mapping[str, Rows]) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for name, rows in tables.items():
            columns = ", ".join(f'"{column}"' for column in rows[0])
            connection.execute(f'CREATE TABLE "{name}" ({columns})')
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', [tuple(row.values()) for row in rows])
        connection.commit()
    return path


def as_parquet(path: Path, rows: Rows) -> Path:
    parquet.write_table(pyarrow.Table.from_pylist([dict(row) for row in rows]), path)
    return path


def table_rows(rows: Rows) -> list[list[Any]]:
    """Rows of cells under their header."""
    return [list(rows[0]), *(list(row.values()) for row in rows)]
