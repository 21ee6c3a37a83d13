"""Posts by day, divided by sentiment; the names stand at the right end, where the columns are."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from monitor import DayCounts
from ui.texts import Texts
from ui.texts.moments import day_words
from ui.web import theme
from ui.web.components import charts
from ui.web.components.post_rows import Pill

HEIGHT = 208
SENTIMENTS = ("negative", "neutral", "positive")


def sentiment_chart(text: Texts, counts: Sequence[DayCounts]) -> str | None:
    """Draw the chart; the ISO day that was clicked just now."""
    parts = charts.rows([row for day in counts for row in _parts(day)])
    days = charts.rows([_day(text, day) for day in counts])
    columns = (
        alt.Chart(parts)
        .mark_bar(size=max(2, min(18, 420 // len(counts))))
        .encode(
            x=charts.day_axis(text, len(counts)),
            y=alt.Y(
                "count:Q", stack=True, axis=alt.Axis(title=None, tickCount=4, tickMinStep=1, domain=False, ticks=False)
            ),
            color=alt.Color("sentiment:N", scale=_colours(), legend=None),
            order=alt.Order("order:Q"),
        )
    )
    over = charts.clickable_days(days, text, len(counts), _tooltip(text))
    return charts.draw(alt.layer(columns, over), key="sentiment-chart", alt_text=text("sentiment.alt"), height=HEIGHT)


def _parts(day: DayCounts) -> list[dict[str, Any]]:
    return [
        {
            "date": charts.day_value(day.day),
            "sentiment": name,
            "order": order,
            "count": getattr(day, name),
        }
        for order, name in enumerate(SENTIMENTS)
    ]


def _day(text: Texts, day: DayCounts) -> dict[str, Any]:
    counted = {name: getattr(day, name) for name in SENTIMENTS}
    return {
        "date": charts.day_value(day.day),
        "key": day.day.isoformat(),
        "day": day_words(text, day.day),
        "posts": day.posts,
        **counted,
    }


def _colours() -> alt.Scale:
    colours = theme.palette()
    return alt.Scale(domain=list(SENTIMENTS), range=[colours.sentiment(name) for name in SENTIMENTS])


def _tooltip(text: Texts) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("day:N", title=text("table.day")),
        alt.Tooltip("posts:Q", title=text("table.posts")),
        *(
            alt.Tooltip(f"{name}:Q", title=f"{theme.SENTIMENT_SIGNS[name]} {text.label('sentiment', name)}")
            for name in SENTIMENTS
        ),
    ]


def sentiment_pills(text: Texts) -> list[Pill]:
    """The names of the colours, each with its sign."""
    return [
        Pill(words=f"{theme.SENTIMENT_SIGNS[name]} {text.label('sentiment', name)}", look=name) for name in SENTIMENTS
    ]
