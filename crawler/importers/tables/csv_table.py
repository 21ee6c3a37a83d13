"""CSV and TSV: cells by a delimiter, quoted where they hold it; one table.

A row with more or fewer cells than the header is no row: tools that add to a file of yesterday write new columns under
the old header, and guessing would put a person's name into a text.
"""

import csv
import io
import re
from collections.abc import Iterator

from crawler.importers.encoding import mended
from crawler.importers.opening import Source, open_text
from crawler.importers.row import Fault, Line, Row
from crawler.importers.tables.header import named, read_header

LIMIT = 8 * 1024 * 1024
"""Characters in a cell; a longer one is a quote that was never closed."""
_BROKEN = "\ufffd"
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def read_tables(source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    """Yield the one table."""
    with open_text(source) as text:
        line, columns = read_header(_cells(text, source.delimiter))
    yield "", _rows(source, [_text(column)[0] for column in columns], line)


def _cells(text: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LIMIT)
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, []


def _rows(source: Source, columns: list[str], header: int) -> Iterator[Line]:
    with open_text(source) as text:
        csv.field_size_limit(LIMIT)
        reader = csv.reader(text, delimiter=source.delimiter)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Fault(line=line, place=_place(line, reader.line_num), detail=_said(error))
                continue
            if line > header and any(cells) and not _is_header(cells, columns):
                yield _row(cells, columns, line, reader.line_num)


def _is_header(cells: list[str], columns: list[str]) -> bool:
    """Tools that are started again write their header again."""
    return cells[0].strip() == columns[0] and named(cells) == columns


def _row(cells: list[str], columns: list[str], line: int, last: int) -> Line:
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        detail = f"这一行有 {len(cells)} 列，表头有 {len(columns)} 列，对不上；请补上表头或改正引号、分隔符"
        return Fault(line=line, place=_place(line, last), detail=detail)
    read = [_text(cell) for cell in cells[: len(columns)]]
    return Row(
        values={column: text for column, (text, _) in zip(columns, read, strict=True)},
        line=line,
        place=_place(line, last),
        doubts=tuple((column, doubt) for column, (_, doubt) in zip(columns, read, strict=True) if doubt),
        is_mended=any(text != cell for cell, (text, _) in zip(cells, read, strict=False)),
    )


def _text(cell: str) -> tuple[str, str]:
    """Return a cell as it was meant, and what is doubtful about it."""
    if not _NOT_ASCII.search(cell):
        return cell, ""
    if _BROKEN in cell:
        return cell, f"有 {cell.count(_BROKEN)} 个字符按文件的编码读不出来，以“\ufffd”代替"
    try:
        return mended(cell) or cell, ""
    except ValueError as error:
        return cell, str(error)


def _place(line: int, last: int) -> str:
    return f"第 {line} 行" if last <= line else f"第 {line}–{last} 行"


def _said(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "一个单元格超过 800 万字，多半是引号没有闭合；请改正这一行的引号"
    return f"这一行不是有效的 CSV（{error}）；请改正引号和换行"
