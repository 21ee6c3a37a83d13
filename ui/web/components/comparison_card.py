"""What the last comparison of a new model found: labels that change, every critical post, whom people agree with."""

from collections.abc import Mapping

import streamlit as st

from monitor import ModelDifferences
from monitor.model_differences import LabelChange
from ui.model_report import excerpt
from ui.texts import Texts
from ui.texts.moments import full_time
from ui.web.components.agreement_chart import interval, percent
from ui.web.components.card_head import card_head
from ui.web.components.plain_table import Row, part_title, plain_table
from ui.web.parts import set_up

_MOST_CHANGES = 12


def comparison_card(text: Texts, found: ModelDifferences) -> str | None:
    """Draw the card; the id of the record that was clicked just now."""
    title = text(
        "comparison.finding",
        candidate=found.candidate,
        posts=f"{found.posts:,}",
        appear=found.overdue_appear,
        vanish=found.overdue_vanish,
    )
    current = text("list.comma").join(found.current)
    card_head(title, note=text("comparison.note", time=full_time(found.made), current=current))
    with st.container(key="stack-comparison"):
        left, right = st.columns(2, gap="medium")
    with left:
        changed = _changes(text, found)
    with right:
        critical = _critical(text, found)
        _sides(text, found)
    return critical or changed


def _changes(text: Texts, found: ModelDifferences) -> str | None:
    if not found.changes:
        part_title(text("comparison.no_changes"))
        return None
    part_title(text("comparison.changes"))
    columns = [text("model.field"), *(text(f"comparison.{name}") for name in ("before", "after", "count"))]
    rows = [
        Row(
            cells=(
                text(f"field.{change.field}"),
                _value(text, change, change.before),
                _value(text, change, change.after),
                f"{change.count:,}",
            ),
            pick=str(change.examples[-1]) if change.examples else "",
        )
        for change in found.changes[:_MOST_CHANGES]
    ]
    return plain_table(columns, rows, key="comparison-changes", numbers=(3,))


def _value(text: Texts, change: LabelChange, value: str | None) -> str:
    return text.label(change.field, value) if value else "–"


def _critical(text: Texts, found: ModelDifferences) -> str | None:
    if not found.critical:
        part_title(text("comparison.no_critical"))
        return None
    part_title(text("comparison.critical", count=len(found.critical)))
    words = _words([change.record_id for change in found.critical])
    rows = [
        Row(
            cells=(
                f"{text.label('urgency', change.before)} → {text.label('urgency', change.after)}",
                words.get(change.record_id, ""),
            ),
            pick=str(change.record_id),
        )
        for change in found.critical
    ]
    with st.container(height=240 if len(rows) > 5 else "content", border=False):
        return plain_table([text("field.urgency"), text("search.post")], rows, key="comparison-critical", wide=1)


def _words(record_ids: list[int]) -> Mapping[int, str]:
    return {record.id: excerpt(record.analysed_text) for record in set_up().ledger.records(record_ids)}


def _sides(text: Texts, found: ModelDifferences) -> None:
    judged = [pair for pair in found.agreement if pair.current.n]
    if not judged:
        return
    part_title(text("comparison.sides"))
    columns = [text("model.field"), *(text(f"comparison.{name}") for name in ("side_current", "side_candidate", "n"))]
    rows = [
        Row(
            cells=(
                text(f"field.{pair.current.field}"),
                *(f"{percent(side.share)} ({interval(side)})" for side in (pair.current, pair.candidate)),
                str(pair.current.n),
            )
        )
        for pair in judged
    ]
    plain_table(columns, rows, key="comparison-sides", numbers=(1, 2, 3))
