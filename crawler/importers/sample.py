"""Sample: the beginning of a file, by which formats recognise it and columns are guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from crawler.importers.container import TABULAR, Container, find_container, read_tables
from crawler.importers.opening import Source
from crawler.importers.row import Fault, Line, Row, Table

_ROWS = 60
_LOOKED_AT = 2000
_EXCEL_KEEPS = 15
"""Digits of a number that Excel keeps; it writes zeros for the rest."""
_ENOUGH_ZEROS = 3


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What a file is made of and how its tables begin; `fault` is the first record that could not be read."""

    path: Path
    container: Container
    source: Source
    tables: tuple[Table, ...] = ()
    fault: Fault | None = None

    def table(self, name: str) -> Table | None:
        """Return the beginning of a table."""
        return next((table for table in self.tables if table.name == name), None)

    @property
    def columns(self) -> frozenset[str]:
        """The columns of all tables."""
        return frozenset(column for table in self.tables for column in table.columns)


def take_sample(path: Path) -> Sample:
    """Look at the beginning of a file.

    Raises:
        PageError: it can't be opened, is empty or damaged, or has to be saved in another format first.
    """
    container, source = find_container(path)
    if container not in TABULAR:
        return Sample(path=path, container=container, source=source)
    tables: list[Table] = []
    faults: list[Fault] = []
    for name, lines in read_tables(container, source):
        rows = _first_rows(lines, faults)
        if rows:
            tables.append(Table(name=name, columns=_columns(rows), rows=tuple(rows)))
    fault = faults[0] if faults else None
    return Sample(path=path, container=container, source=source, tables=tuple(tables), fault=fault)


def _first_rows(lines: Iterator[Line], faults: list[Fault]) -> list[Row]:
    rows: list[Row] = []
    for line in islice(lines, _LOOKED_AT):
        if isinstance(line, Row):
            rows.append(line)
        else:
            faults.append(line)
        if len(rows) == _ROWS:
            break
    return rows


def _columns(rows: list[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(column for row in rows for column in row.values))


def rounded_columns(table: Table | None) -> frozenset[str]:
    """Return columns of long numbers whose last digits Excel has replaced by zeros: their ids can't be trusted."""
    if table is None:
        return frozenset()
    return frozenset(column for column in table.columns if _is_rounded(table.values(column)))


def _is_rounded(values: list[Any]) -> bool:
    texts = (_digits(value) for value in values)
    beyond = [text[_EXCEL_KEEPS:] for text in texts if text.isdecimal() and len(text) > _EXCEL_KEEPS]
    zeros = "".join(beyond)
    return len(zeros) >= _ENOUGH_ZEROS and not zeros.strip("0")


def _digits(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else ""
    return str(value).strip() if isinstance(value, (int, str)) else ""
