"""Where a page of hits ended, as the text that asks for the page after it."""

import re

from indexer.errors import SearchIndexError
from indexer.search.backend import Sort

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?\Z")


def write_cursor(sort: Sort, *positions: float) -> str:
    """The cursor behind a hit at these positions of the order."""
    return ":".join([sort.value, *map(repr, positions)])


def read_cursor(cursor: str, sort: Sort, *, positions: int = 1) -> list[int | float]:
    """The positions of a cursor; `SearchIndexError` where it was made for another order or by hand."""
    made_for, *found = cursor.split(":")
    if made_for != sort.value or len(found) != positions or not all(map(_NUMBER.match, found)):
        raise SearchIndexError("翻页位置无效；请从第一页重新查询")
    return [float(position) if set(position) & set(".e") else int(position) for position in found]
