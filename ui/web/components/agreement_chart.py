"""Agreement of people and model by week: the share as a line, its interval as a bar, the number of posts on hover."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from monitor import Agreement, AgreementRow
from ui.texts import Texts
from ui.texts.moments import day_short
from ui.web import theme
from ui.web.components import charts

HEIGHT = 200
_MOST_WEEKS = 26


def agreement_chart(text: Texts, weeks: Sequence[AgreementRow], field: str) -> str | None:
    """Draw the chart of one field; the Monday (ISO) of the week that was clicked just now."""
    rows = [_row(text, week, found) for week, found in _judged(weeks, field)][:_MOST_WEEKS]
    data, colours = charts.rows(rows[::-1]), theme.palette()
    x = _mondays(text, [str(row["date"]) for row in rows])
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(title=None, format=".0%", tickCount=4, domain=False, ticks=False),
    )
    bars = alt.Chart(data).mark_rule(color=colours.accent, opacity=0.35, strokeWidth=3)
    line = alt.Chart(data).mark_line(
        color=colours.accent, strokeWidth=2, point=alt.OverlayMarkDef(size=48, filled=True)
    )
    layers = alt.layer(
        bars.encode(x=x, y=alt.Y("low:Q", scale=alt.Scale(domain=[0, 1])), y2="high:Q"),
        line.encode(x=x, y=y),
        charts.clickable_days(data, text, len(rows), _tooltip(text)).encode(x=x),
    )
    return charts.draw(layers, key="agreement-chart", alt_text=text("agreement.alt"), height=HEIGHT)


def field_of(row: AgreementRow, field: str) -> Agreement:
    """One field's agreement in a row."""
    return next(found for found in row.fields if found.field == field)


def percent(share: float | None) -> str:
    """A share in words, a dash where there is none."""
    return "–" if share is None else f"{share:.0%}"


def interval(found: Agreement) -> str:
    """The 95 % interval in words."""
    low, high = found.interval
    return f"{low:.0%}–{high:.0%}"


def _mondays(text: Texts, mondays: Sequence[str]) -> alt.X:
    """The axis of weeks, each named by its Monday; at most eight names."""
    step = -(-len(mondays) // 8)
    labels = f"utcFormat(datum.value, '{text('day.axis')}')"
    axis = alt.Axis(labelExpr=labels, values=list(mondays[::step]), grid=False, title=None)
    return alt.X("date:T", scale=alt.Scale(type="utc", padding=16), axis=axis)


def _judged(weeks: Sequence[AgreementRow], field: str) -> list[tuple[AgreementRow, Agreement]]:
    return [(week, found) for week in weeks if (found := field_of(week, field)).n and week.week]


def _row(text: Texts, week: AgreementRow, found: Agreement) -> dict[str, Any]:
    low, high = found.interval
    monday = week.week
    if monday is None or found.share is None:
        raise TypeError("a week of the chart has a Monday and judged posts")
    return {
        "date": charts.day_value(monday),
        "key": monday.isoformat(),
        "week": text("agreement.week_of", day=day_short(text, monday)),
        "share": found.share,
        "low": low,
        "high": high,
        "band": interval(found),
        "n": found.n,
    }


def _tooltip(text: Texts) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("week:N", title=text("agreement.week")),
        alt.Tooltip("share:Q", title=text("agreement.share"), format=".0%"),
        alt.Tooltip("band:N", title=text("agreement.interval")),
        alt.Tooltip("n:Q", title=text("agreement.count")),
    ]
