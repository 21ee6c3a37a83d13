"""A small table that is read rather than sorted; its rows may lead somewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui.web.components.clickable import clickable
from ui.web.markup import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of a row; `pick` is what a click reports, none where it leads nowhere."""

    cells: tuple[str, ...]
    pick: str = ""


def plain_table(
    columns: Sequence[str], rows: Sequence[Row], *, key: str, numbers: Sequence[int] = (), wide: int = -1
) -> str | None:
    """Draw the table; the `pick` of the row that was clicked just now.

    `numbers` are the columns of figures (right-aligned), `wide` is the one whose text may take several lines.
    """
    html = render("plain_table", columns=columns, rows=rows, numbers=numbers, wide=wide)
    if any(row.pick for row in rows):
        return clickable(html, key=key)
    st.html(html)
    return None


def part_title(words: str) -> None:
    """The heading of one of several tables in a card."""
    st.html(render("part", words=words))
