"""The header of a table that is only cells: where it stands, and names for columns that have none."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from statistics import median
from typing import Any

_LOOKED_AT = 10
_DATA = re.compile(r"https?://|\d{8,}|(?:19|20)\d\d[-/.年]\d")
_LONG = 40

Cells = Sequence[Any]


def read_header(rows: Iterable[tuple[int, Cells]]) -> tuple[int, list[str]]:
    """Return the line of the header (0 where there is none and data begins at once) and the names of the columns.

    A title over the table (one cell in a row of several) isn't the header.
    """
    first = [(line, cells) for line, cells in islice(rows, _LOOKED_AT) if any(not _is_blank(cell) for cell in cells)]
    if not first:
        return 0, []
    width = median(_filled(cells) for _, cells in first)
    line, cells = next((line, cells) for line, cells in first if _filled(cells) * 2 > width)
    if any(_is_data(cell) for cell in cells):
        return line - 1, [f"列{number}" for number in range(1, len(cells) + 1)]
    return line, named(cells)


def named(cells: Cells) -> list[str]:
    """Return names for columns: blank ones are numbered, the same name again gets a number."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = "" if _is_blank(cell) else " ".join(str(cell).replace("\ufeff", "").split())
        names.append(_unique(name or f"列{number}", names))
    while names and names[-1] == f"列{len(names)}" and _is_blank(cells[len(names) - 1]):
        names.pop()
    return names


def _unique(name: str, taken: list[str]) -> str:
    if name not in taken:
        return name
    return next(again for number in range(2, len(taken) + 3) if (again := f"{name}_{number}") not in taken)


def _filled(cells: Cells) -> int:
    return sum(not _is_blank(cell) for cell in cells)


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _is_data(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(_DATA.match(cell.strip())) or len(cell) > _LONG
    return cell is not None
