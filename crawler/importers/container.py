"""Container: what a file is made of, told by its content; its name is only asked where text could be either."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from crawler.errors import PageError
from crawler.importers.encoding import charset_of
from crawler.importers.opening import TORN, Source, open_bytes
from crawler.importers.row import Fault, Line
from crawler.importers.tables import csv_table, json_table

_HEAD = 1 << 20
_PIECE = 1 << 12
_DELIMITERS = ",\t;|"
_UNREADABLE = 0.1
"""From this share of letters that nobody writes on, a file is no text; mojibake has fewer."""
_UNWRITTEN = {"Cn", "Co", "Cs"}
_TABLE_NAMES = {".csv", ".tsv", ".tab"}
_BEFORE = r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
_MARKUP = re.compile(_BEFORE + r"<(?:!doctype html|html|head|body|article|div|p|rss|feed|rdf:RDF)\b", re.I | re.S)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Container(StrEnum):
    """What a file is made of."""

    CSV = "csv"
    JSON = "json"
    JSON_LINES = "jsonl"
    EXCEL = "xlsx"
    SQLITE = "sqlite"
    PARQUET = "parquet"
    WARC = "warc"
    HTML = "html"
    TEXT = "text"
    OTHER = "other"


def find_container(path: Path) -> tuple[Container, Source]:
    """Return what a file is made of, and how it is to be opened.

    Raises:
        PageError: it can't be opened, is empty, or is of a kind that has to be saved anew first.
    """
    source = Source(path=path)
    with open_bytes(source) as file:
        head = _head(file, path)
    if not head.strip(b"\x00\r\n\t "):
        raise PageError(f"{path} 是空文件")
    return _of_bytes(head, source) or _of_text(head, source)


def _head(file: BinaryIO, path: Path) -> bytes:
    """Return the beginning of a file; of one that breaks off, what there is."""
    head = b""
    try:
        while len(head) < _HEAD and (piece := file.read(_PIECE)):
            head += piece
    except TORN as error:
        if not head:
            raise PageError(f"{path} 解压失败（{error}）；文件可能没传完") from error
    return head


def _of_bytes(head: bytes, source: Source) -> tuple[Container, Source] | None:
    if head.startswith(_OLD_EXCEL):
        raise PageError(f"{source.path} 是旧版 Excel（.xls）或带密码的工作簿；请另存为 .xlsx 或 CSV（UTF-8）")
    if head.startswith(b"PK\x03\x04"):
        return (Container.EXCEL if _is_workbook(source.path) else Container.OTHER), source
    marks = {b"SQLite format 3\x00": Container.SQLITE, b"PAR1": Container.PARQUET, b"WARC/": Container.WARC}
    found = next((container for mark, container in marks.items() if head.startswith(mark)), None)
    return (found, source) if found else None


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return "xl/workbook.xml" in packed.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise PageError(f"{path} 损坏了，打不开；请重新取一份") from error


def _of_text(head: bytes, source: Source) -> tuple[Container, Source]:
    source = replace(source, charset=charset_of(head))
    text = head.decode(source.charset, "replace").lstrip("\ufeff")
    if _is_binary(text[:4096]):
        return Container.OTHER, source
    if text.lstrip()[:1] in {"{", "["}:
        return _of_json(text.lstrip(), source)
    if _MARKUP.match(text):
        return Container.HTML, source
    delimiter = _delimiter(text, is_table=source.path.suffix.lower() in _TABLE_NAMES)
    return (Container.CSV, replace(source, delimiter=delimiter)) if delimiter else (Container.TEXT, source)


def _is_binary(text: str) -> bool:
    unwritten = sum(unicodedata.category(letter) in _UNWRITTEN or "\x00" <= letter < "\t" for letter in text)
    return unwritten + text.count("\ufffd") > _UNREADABLE * len(text)


def _of_json(text: str, source: Source) -> tuple[Container, Source]:
    first, _, rest = text.partition("\n")
    if first.rstrip().endswith("}") and rest.lstrip().startswith("{"):
        return Container.JSON_LINES, source
    return Container.JSON, replace(source, records="item" if text[0] == "[" else json_table.find_records(source))


def _delimiter(text: str, *, is_table: bool) -> str:
    """Return what divides the cells, empty where the text is no table."""
    shares = {delimiter: _regular(text, delimiter) for delimiter in _DELIMITERS}
    best = max(shares, key=lambda delimiter: shares[delimiter])
    share, width = shares[best]
    if is_table:
        return best if width > 1 else ","
    return best if share >= 0.9 and width > 2 else ""


def _regular(text: str, delimiter: str) -> tuple[float, int]:
    """Return the share of rows that are as wide as most, and that width; rows of one cell count for nothing."""
    csv.field_size_limit(csv_table.LIMIT)
    try:
        rows = [row for row in islice(csv.reader(io.StringIO(text), delimiter=delimiter), 200) if any(row)]
    except csv.Error:
        return 0.0, 0
    widths = [len(row) for row in rows[:-1] or rows]
    width = max(set(widths), key=widths.count) if len(rows) > 1 else 0
    return (widths.count(width) / len(widths) if width > 1 else 0.0), width


def read_tables(container: Container, source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    """Yield the tables of a file with their rows; one table is to be read to its end before the next.

    Raises:
        PageError: the file is damaged, or no table.
    """
    if container not in TABULAR:
        raise PageError(f"{source.path} 不是表格（{container}），这种格式读不了；请去掉 --format，或换一种")
    for name, lines in _READERS[container](source):
        yield name, _whole(lines)


def _whole(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield what there is of a packed file that breaks off, and say where."""
    last = 0
    try:
        for line in lines:
            last = line.line or last
            yield line
    except TORN as error:
        detail = f"压缩文件从这里断了（{error}），后面的没有读；文件可能没传完"
        yield Fault(line=last + 1, place=f"第 {last + 1} 行起", detail=detail)


def _excel(source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    from crawler.importers.tables import excel_table  # openpyxl and pyarrow take their time to load

    return excel_table.read_tables(source)


def _sqlite(source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    from crawler.importers.tables import sqlite_table

    return sqlite_table.read_tables(source)


def _parquet(source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    from crawler.importers.tables import parquet_table

    return parquet_table.read_tables(source)


_READERS: dict[Container, Callable[[Source], Iterator[tuple[str, Iterator[Line]]]]] = {
    Container.CSV: csv_table.read_tables,
    Container.JSON: json_table.read_tables,
    Container.JSON_LINES: json_table.read_lines,
    Container.EXCEL: _excel,
    Container.SQLITE: _sqlite,
    Container.PARQUET: _parquet,
}
TABULAR = frozenset(_READERS)
"""Containers that are made of tables."""
