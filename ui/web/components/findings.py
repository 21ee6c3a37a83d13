"""Titles made from the data: each says what its chart shows, with the comparison and the numbers behind it."""

from collections.abc import Sequence

from monitor import DayCounts, IssueChange, Period, PeriodRisk, Spike
from ui.texts import Texts
from ui.texts.moments import day_short
from ui.web.components.risk_number import direction


def risk_finding(
    text: Texts, now: PeriodRisk, before: PeriodRisk | None, spikes: Sequence[Spike], period: Period
) -> str:
    """Whether it is getting worse, and the latest spike."""
    way = direction(now, before)
    trend = text(
        f"risk.finding.{way}",
        days=period.days,
        index=f"{now.index:.0f}",
        before=f"{before.index:.0f}" if before else "",
    )
    if not spikes:
        return text("risk.finding.no_spike", trend=trend)
    spike = spikes[-1]
    return text(
        "risk.finding.spike", trend=trend, day=day_short(text, spike.day), count=spike.count, usual=f"{spike.usual:g}"
    )


def complaints_finding(text: Texts, changes: Sequence[IssueChange], now: int, before: int, period: Period) -> str:
    """How many complaints, how many more than before, and what most of them are about."""
    if not now and not before:
        return text("issues.finding.none", days=period.days)
    compared = _compared(text, now, before)
    top = next((change for change in changes if change.count), None)
    if top is None:
        return text("issues.finding.total", days=period.days, count=now, compared=compared)
    return text(
        "issues.finding.top",
        days=period.days,
        count=now,
        compared=compared,
        issue=text.label("issue", top.issue),
        top=top.count,
    )


def sentiment_finding(text: Texts, counts: Sequence[DayCounts], period: Period) -> str:
    """The share of negative posts and how it moved, with how many posts stand behind it."""
    share, posts = _negative_share(counts, period)
    earlier, earlier_posts = _negative_share(counts, period.previous)
    if not posts:
        return text("sentiment.finding.none", days=period.days)
    if not earlier_posts:
        return text("sentiment.finding.alone", days=period.days, share=f"{share:.0%}", posts=posts)
    points = round(100 * (share - earlier))
    way = "same" if points == 0 else "more" if points > 0 else "fewer"
    return text(f"sentiment.finding.{way}", days=period.days, share=f"{share:.0%}", posts=posts, points=abs(points))


def _compared(text: Texts, now: int, before: int) -> str:
    if now == before:
        return text("compared.same")
    if not before:
        return text("compared.new")
    if now >= 2 * before and before >= 3:
        return text("compared.times", times=f"{now / before:.1f}")
    return text("compared.more" if now > before else "compared.fewer", count=abs(now - before))


def _negative_share(counts: Sequence[DayCounts], period: Period) -> tuple[float, int]:
    days = [day for day in counts if day.day in period]
    posts = sum(day.posts for day in days)
    return (sum(day.negative for day in days) / posts if posts else 0.0), posts
