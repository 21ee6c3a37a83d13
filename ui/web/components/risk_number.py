"""The one number: the mean risk of the period, its band, its change, and the five parts behind it."""

from collections.abc import Sequence
from statistics import fmean

from monitor import PeriodRisk, RiskDay
from ui.texts import Texts
from ui.web.components.clickable import clickable
from ui.web.markup import render

# From these values on; the names are in the texts. A quiet forum with its usual grumbling lies near 20.
LEVELS = ((60, "severe"), (40, "alert"), (25, "watch"), (0, "calm"))
PARTS = ("volume", "negativity", "severity", "reach", "velocity")


def level(index: float) -> str:
    """The name of the level that an index is at."""
    return next(name for least, name in LEVELS if index >= least)


def direction(now: PeriodRisk, before: PeriodRisk | None) -> str:
    """`worse` or `better` where the bands do not hold the other's value, else `same`; `unknown` without a before."""
    if before is None:
        return "unknown"
    if now.low <= before.index <= now.high or before.low <= now.index <= before.high:
        return "same"
    return "worse" if now.index > before.index else "better"


def risk_number(text: Texts, days: Sequence[RiskDay], now: PeriodRisk, before: PeriodRisk | None) -> str | None:
    """Draw the number and its parts; the name of the part that was clicked just now."""
    way = direction(now, before)
    change = abs(now.index - before.index) if before else 0.0
    html = render(
        "risk_number",
        label=text("risk.number", days=len(days)),
        index=f"{now.index:.0f}",
        band=text("risk.band_words", low=f"{now.low:.0f}", high=f"{now.high:.0f}"),
        level=text(f"risk.level.{level(now.index)}"),
        look={"severe": "critical", "alert": "high"}.get(level(now.index), ""),
        way=way,
        change=text(f"risk.change.{way}", points=f"{change:.0f}", days=len(days)),
        behind=text("risk.behind", posts=now.posts),
        parts_title=text("risk.parts"),
        parts=[_part(text, days, position) for position in range(len(PARTS))],
    )
    return clickable(html, key="risk-number")


def _part(text: Texts, days: Sequence[RiskDay], position: int) -> dict[str, object]:
    found = [day.parts[position] for day in days]
    name, score = found[0].name, fmean(part.score for part in found)
    return {
        "name": name,
        "words": text(f"risk.{name}"),
        "help": text(f"risk.{name}_help"),
        "score": f"{score:.0f}",
        "width": round(score),
        "points": f"+{score * found[0].weight:.1f}",
    }
