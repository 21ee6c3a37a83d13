"""The risk index by day: the line with its band, spikes marked with a word, the compared period shaded."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from monitor import Period, RiskDay, Spike
from ui.texts import Texts
from ui.texts.moments import day_short, day_words
from ui.web import theme
from ui.web.components import charts

HEIGHT = 280


def risk_chart(text: Texts, days: Sequence[RiskDay], spikes: Sequence[Spike], period: Period) -> str | None:
    """Draw the chart; the ISO day that was clicked just now."""
    data = charts.rows([_row(text, day) for day in days])
    top = min(100, max(40, 20 * -(-int(max(day.high for day in days) + 8) // 20)))
    layers = alt.layer(
        _shade(text, period, days, top),
        _band(data, text, days, top),
        _line(data, text, days),
        _last(text, days),
        *_spike_marks(text, days, spikes),
        charts.clickable_days(data, text, len(days), _tooltip(text)),
    )
    return charts.draw(layers, key="risk-chart", alt_text=text("risk.alt"), height=HEIGHT)


def _row(text: Texts, day: RiskDay) -> Mapping[str, Any]:
    return {
        "date": charts.day_value(day.day),
        "key": day.day.isoformat(),
        "day": day_words(text, day.day),
        "index": round(day.index, 1),
        "low": round(day.low, 1),
        "high": round(day.high, 1),
        "band": f"{day.low:.0f}–{day.high:.0f}",
        "posts": day.posts,
        **{part.name: f"{part.score:.0f} × {part.weight:.2f} = {part.points:.1f}" for part in day.parts},
    }


def _tooltip(text: Texts) -> list[alt.Tooltip]:
    names = ("volume", "negativity", "severity", "reach", "velocity")
    return [
        alt.Tooltip("day:N", title=text("table.day")),
        alt.Tooltip("index:Q", title=text("risk.index"), format=".0f"),
        alt.Tooltip("band:N", title=text("risk.band")),
        alt.Tooltip("posts:Q", title=text("table.posts")),
        *(alt.Tooltip(f"{name}:N", title=text(f"risk.{name}")) for name in names),
    ]


def _shade(text: Texts, period: Period, days: Sequence[RiskDay], top: int) -> alt.LayerChart | alt.FacetChart:
    """The period that the number beside the chart is of."""
    first = max(period.first, days[0].day)
    data = charts.rows([{"date": charts.day_value(first), "end": charts.day_value(period.last), "top": top}])
    x = charts.day_axis(text, len(days))
    ground = alt.Chart(data).mark_rect(color=theme.palette().accent, opacity=0.06).encode(x=x, x2="end:T")
    words = alt.Chart(data).mark_text(
        text=text("overview.days", days=period.days),
        align="left",
        baseline="top",
        dx=4,
        dy=4,
        color=theme.palette().muted,
    )
    return alt.layer(ground, words.encode(x=x, y=alt.Y("top:Q")))


def _band(data: alt.InlineData, text: Texts, days: Sequence[RiskDay], top: int) -> alt.Chart:
    y = alt.Y(
        "low:Q", scale=alt.Scale(domain=[0, top]), axis=alt.Axis(title=None, tickCount=4, domain=False, ticks=False)
    )
    mark = alt.Chart(data).mark_area(color=theme.palette().accent, opacity=0.14, interpolate="linear")
    chart: alt.Chart = mark.encode(x=charts.day_axis(text, len(days)), y=y, y2="high:Q")
    return chart


def _line(data: alt.InlineData, text: Texts, days: Sequence[RiskDay]) -> alt.Chart:
    mark = alt.Chart(data).mark_line(color=theme.palette().accent, strokeWidth=2, strokeJoin="round")
    chart: alt.Chart = mark.encode(x=charts.day_axis(text, len(days)), y="index:Q")
    return chart


def _last(text: Texts, days: Sequence[RiskDay]) -> alt.Chart:
    """Today, hollow because it is not over."""
    colours = theme.palette()
    row = charts.rows([_row(text, days[-1])])
    mark = alt.Chart(row).mark_point(
        size=56, filled=True, fill=colours.surface, stroke=colours.accent, strokeWidth=2, opacity=1
    )
    chart: alt.Chart = mark.encode(x=charts.day_axis(text, len(days)), y="index:Q")
    return chart


def _spike_marks(text: Texts, days: Sequence[RiskDay], spikes: Sequence[Spike]) -> list[alt.Chart]:
    known = {day.day: day for day in days}
    marked = [spike for spike in spikes if spike.day in known]
    if not marked:
        return []
    middle = days[len(days) // 2].day
    colours = theme.palette()
    values = [
        {
            "date": charts.day_value(spike.day),
            "high": known[spike.day].high,
            "label": text(
                "risk.spike_mark", day=day_short(text, spike.day), count=spike.count, usual=f"{spike.usual:g}"
            ),
            "late": spike.day > middle,
        }
        for spike in marked
    ]
    point = alt.Chart(charts.rows(values)).mark_point(
        shape="triangle-down", size=80, filled=True, color=colours.negative, opacity=1, yOffset=-8
    )
    layers = [point.encode(x=charts.day_axis(text, len(days)), y="high:Q")]
    for late in (False, True):
        row = charts.rows([value for value in values if value["late"] is late])
        words = alt.Chart(row).mark_text(
            align="right" if late else "left",
            dx=-10 if late else 10,
            dy=-8,
            color=colours.negative,
            fontWeight=600,
            fontSize=12,
        )
        layers.append(words.encode(x=charts.day_axis(text, len(days)), y="high:Q", text="label:N"))
    return layers
