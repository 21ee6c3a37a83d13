"""What all charts share: the time axis in the reader's days, a faint grid, and clicks that name a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt
import streamlit as st

from ui.texts import Texts
from ui.web import theme

# Days are sent as UTC midnights and read as UTC, so that the browser's own time zone can't move a post to another day.
_UTC = alt.Scale(type="utc")


def day_axis(text: Texts, days: int) -> alt.X:
    """The axis of days, in the reader's words."""
    labels = f"utcFormat(datum.value, '{text('day.axis')}')"
    axis = alt.Axis(labelExpr=labels, tickCount=min(days, 8), grid=False, title=None, labelFlush=True)
    return alt.X("date:T", scale=_UTC, axis=axis)


def day_value(day: date) -> str:
    """A day as the charts' data hold it."""
    return f"{day.isoformat()}T00:00:00Z"


def rows(data: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Data for a chart."""
    return alt.InlineData(values=[dict(row) for row in data])


def clickable_days(data: alt.InlineData, text: Texts, days: int, tooltip: Sequence[alt.Tooltip]) -> alt.Chart:
    """An invisible column over each day that shows the tooltip, lights up under the pointer and can be clicked."""
    hover = alt.selection_point(name="hover", on="pointerover", clear="pointerout", fields=["date"], empty=False)
    click = alt.selection_point(name="day", on="click", fields=["key"])
    colours = theme.palette()
    columns: alt.Chart = (
        alt.Chart(data)
        .mark_rule(strokeWidth=max(6, 900 // max(days, 1)), cursor="pointer", color=colours.accent)
        .encode(
            x=day_axis(text, days),
            opacity=alt.condition(hover, alt.value(0.10), alt.value(0.0)),
            tooltip=list(tooltip),
        )
        .add_params(hover, click)
    )
    return columns


def draw(chart: alt.LayerChart | alt.FacetChart, *, key: str, alt_text: str, height: int) -> str | None:
    """Show the chart; the key of the day that was clicked just now."""
    colours = theme.palette()
    styled = chart.properties(height=height, padding={"left": 0, "right": 8, "top": 8, "bottom": 0}).configure(
        font=theme.FONT,
        background="transparent",
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=colours.muted,
            labelFontSize=12,
            gridColor=colours.border,
            gridOpacity=0.7,
            domainColor=colours.border,
            tickColor=colours.border,
            labelFont=theme.FONT,
        ),
        text=alt.MarkConfig(font=theme.FONT, fontSize=12),
    )
    event = st.altair_chart(styled, key=key, on_select="rerun", selection_mode="day", theme=None, alt=alt_text)
    chosen = event.selection.get("day", [])
    return str(chosen[0]["key"]) if chosen else None
