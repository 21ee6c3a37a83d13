"""Row: one record of a file with its place, and what is said of one that can't be taken as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportIssue:
    """Something in a file that was not taken as it stands: which file, where in it, which field, and why.

    `line` counts from 1 (lines of text, rows of a sheet, objects of a list); `place` says the same in words. `is_lost`
    when nothing of the row was imported; else the post was, without the field.
    """

    file: str
    place: str
    detail: str
    line: int | None = None
    field: str = ""
    is_lost: bool = True

    def __str__(self) -> str:
        """One line for the operator."""
        where = f"{self.file} {self.place}".strip()
        return f"{where}：{self.field}：{self.detail}" if self.field else f"{where}：{self.detail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A record that the container itself gives no values for: cut off, torn, or with too many cells."""

    line: int | None
    place: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record: values by column, objects inside it flattened to `Author.Id`; `doubts` are (column, detail).

    `is_mended` when its text was encoded twice and has been brought back.
    """

    values: Mapping[str, Any]
    line: int
    place: str
    doubts: tuple[tuple[str, str], ...] = ()
    is_mended: bool = False


Line = Row | Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The beginning of one table of a file: its name (empty where a file is one table), columns and first rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def values(self, column: str) -> list[Any]:
        """Return what the first rows have in a column, without what is empty."""
        return [row.values[column] for row in self.rows if row.values.get(column) not in (None, "")]
