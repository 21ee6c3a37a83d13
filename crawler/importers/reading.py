"""Reading: the fields of one row, read strictly; what is doubtful is gathered with the name of its column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from crawler.errors import FieldError
from crawler.importers.cells import read_identity, read_moment, read_number, read_text
from crawler.importers.row import Row
from crawler.reading.dates import SHANGHAI

Names = Sequence[str]
"""Columns that may hold a field; the first of them that does counts."""
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Reads `row`; relative dates count from `served` (aware), as does a clock without a zone from that of `zone`.

    `rounded` columns have lost digits to Excel.

    A field whose value can't be used raises `FieldError` where the post would be another without it (ids, texts), and
    becomes a doubt where the post is only poorer (times, counts).
    """

    row: Row
    served: datetime
    rounded: frozenset[str] = frozenset()
    zone: ZoneInfo = SHANGHAI
    doubts: list[tuple[str, str]] = field(default_factory=list)

    def raw(self, names: Names) -> tuple[str, Any]:
        """Return the first of the columns that holds anything, and what: the first and `None` where none does."""
        values = self.row.values
        found = next((name for name in names if values.get(name) not in (None, "", [])), None)
        return (found, values[found]) if found else (names[0] if names else "", None)

    def text(self, names: Names) -> str:
        """Return a text, empty where there is none."""
        return self._strictly(names, read_text)

    def identity(self, names: Names) -> str:
        """Return an id, empty where there is none."""
        column, value = self.raw(names)
        if column in self.rounded and value is not None and len(str(value)) > 15:
            detail = "编号只剩 15 位有效数字，末尾被 Excel 写成了 0；请从原来的工具按文本重新导出"
            raise FieldError(detail, field=column)
        return self._strictly(names, read_identity)

    def count(self, names: Names) -> int | None:
        """Return a count, `None` where there is none or it can't be read."""
        return self._leniently(names, read_number)

    def moment(self, names: Names) -> datetime | None:
        """Return a moment in UTC, `None` where there is none or it can't be read."""
        return self._leniently(names, lambda value: read_moment(value, served=self.served, zone=self.zone))

    def _strictly(self, names: Names, read: Callable[[Any], str]) -> str:
        column, value = self.raw(names)
        try:
            return read(value)
        except FieldError as error:
            raise FieldError(str(error), field=column) from error

    def _leniently(self, names: Names, read: Callable[[Any], _T | None]) -> _T | None:
        column, value = self.raw(names)
        try:
            return read(value)
        except FieldError as error:
            self.doubts.append((column, str(error)))
            return None
