"""Coverage by board, and the numbers behind it: by hour, and every thread or page with a gap."""

from collections.abc import Sequence

import streamlit as st

from indexer.ledger import Covered, Uncovered
from ui.texts import Texts
from ui.texts.coverage_words import gap_words, unknown_words
from ui.texts.moments import full_time
from ui.web.components.plain_table import Row, plain_table

_COLUMNS = ("sources.name", "coverage.board", "coverage.items", "coverage.stated", "coverage.got", "coverage.share")


def coverage_table(text: Texts, boards: Sequence[Covered]) -> None:
    """Draw a row a board, the largest gap first."""
    ordered = sorted(boards, key=lambda board: (board.got - board.stated, not board.unknown, board.source, board.board))
    rows = [Row(cells=(*_cells(board), _gaps(text, board))) for board in ordered]
    columns = [text(name) for name in (*_COLUMNS, "coverage.gaps")]
    plain_table(columns, rows, key="coverage-table", numbers=(2, 3, 4, 5), wide=6)


def _cells(covered: Covered) -> tuple[str, ...]:
    share = "–" if covered.share is None else f"{covered.share:.1%}"
    counts = (f"{count:,}" for count in (covered.items, covered.stated, covered.got))
    return (covered.source, covered.board or "–", *counts, share)


def _gaps(text: Texts, covered: Covered) -> str:
    words = (gap_words(text, covered.gaps), unknown_words(text, covered.unknown))
    return text("list.semicolon").join(filter(None, words)) or "–"


def hour_table(text: Texts, hours: Sequence[Covered]) -> None:
    """Coverage by hour in the corner of the card."""
    columns = [text(name) for name in _COLUMNS]
    rows = [
        {
            text("coverage.hour"): full_time(hour.hour) if hour.hour else "",
            **dict(zip(columns, _cells(hour), strict=True)),
            text("coverage.gaps"): _gaps(text, hour),
        }
        for hour in hours
    ]
    with st.popover(text("coverage.hour"), type="tertiary"):
        st.dataframe(rows, hide_index=True, width=920, height=min(360, 40 + 36 * len(rows)))


def gap_table(text: Texts, gaps: Sequence[Uncovered]) -> None:
    """Every thread or page with a gap in the corner of the card."""
    rows = [
        {
            text("sources.name"): gap.source,
            text("issues.url"): gap.url,
            text("coverage.stated"): gap.stated,
            text("coverage.got"): gap.got,
            text("coverage.gaps"): gap_words(text, gap.gaps),
            text("issues.last"): full_time(gap.at),
        }
        for gap in gaps
    ]
    with st.popover(text("coverage.gaps"), type="tertiary", disabled=not rows):
        st.dataframe(rows, hide_index=True, width=920, height=min(360, 40 + 36 * len(rows)))
