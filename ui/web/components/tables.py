"""The table behind each chart: every number that the picture shows, to be read, sorted and copied."""

from collections.abc import Mapping, Sequence

import streamlit as st

from monitor import AgreementReport, DayCounts, IssueChange
from ui.texts import Texts
from ui.web.answers import Watch


def day_table(text: Texts, watch: Watch) -> None:
    """Risk by day with its parts, the latest day first, and how it is computed."""
    rows = [
        {
            text("table.day"): risk.day,
            text("risk.index"): round(risk.index, 1),
            text("risk.band"): f"{risk.low:.0f}–{risk.high:.0f}",
            **{text(f"risk.{part.name}"): round(part.score, 1) for part in risk.parts},
            text("table.posts"): risk.posts,
            text("table.negative"): counts.negative,
            text.label("kind", "complaint"): counts.complaints,
            text("label.overdue_complaint"): counts.overdue,
        }
        for risk, counts in zip(reversed(watch.risk), reversed(watch.counts), strict=True)
    ]
    with st.popover(text("risk.how"), type="tertiary"):
        st.markdown(text("risk.formula"))
    _table(text, rows, width=920)


def issue_table(text: Texts, changes: Sequence[IssueChange]) -> None:
    """Complaints by issue in this period and in the one before."""
    rows = [
        {
            text("field.issues"): text.label("issue", change.issue),
            text("table.now"): change.count,
            text("table.before"): change.previous,
            text("table.change"): change.count - change.previous,
        }
        for change in changes
    ]
    _table(text, rows, width=420)


def sentiment_table(text: Texts, counts: Sequence[DayCounts]) -> None:
    """Posts by day and sentiment, the latest day first."""
    rows = [
        {
            text("table.day"): day.day,
            **{text.label("sentiment", name): getattr(day, name) for name in ("negative", "neutral", "positive")},
            text("table.posts"): day.posts,
        }
        for day in reversed(counts)
    ]
    _table(text, rows, width=420)


def agreement_table(text: Texts, report: AgreementReport) -> None:
    """Agreement of people and model in every field, by week and source, the latest week first."""
    rows = [
        {
            text("agreement.week"): row.week,
            text("agreement.source"): row.source,
            **{
                text(f"field.{found.field}"): f"{found.share:.0%} ({found.agreed}/{found.n})" if found.n else "–"
                for found in row.fields
            },
        }
        for row in report.rows
    ]
    _table(text, rows, width=720)


def _table(text: Texts, rows: Sequence[Mapping[str, object]], *, width: int) -> None:
    with st.popover(text("table.show"), type="tertiary"):
        st.dataframe(rows, hide_index=True, width=width, height=min(360, 40 + 36 * len(rows)))
