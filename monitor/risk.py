"""The brand-risk index: one number from 0 to 100 a day, made of five parts that anyone can recompute.

    index = 100 × Σ weight × part / 100        (weights of `[monitor.weights]`, together 1; each part 0–100)

For a day with n posts, of which g are negative (all counts are posts of the brand, see `monitor.scope`):

    volume      growth(n, usual posts)         usual posts: median of the 28 days before
    negativity  100 × share(negative)
    severity    100 × share(severe)            severe = 0.6 × overdue complaints + 0.4 × urgency high + 1 × critical,
                                               at most n
    reach       100 × share(noticed)           posts that others reacted to, see `monitor.counts`
    velocity    growth(g, usual g)             usual g: mean of the 7 days before

    growth(x, usual) = 100 × log2((x + 1) / (usual + 1)) / 3, kept within 0–100:
                       the usual level is 0, twice is about 33, four times 67, eight times and more 100
    share(x)         = (x + 5u) / (n + 5)      u: the same share over the 28 days before (0 where they had no post)

The five borrowed posts in `share` keep a day with a single angry post from looking like a crisis. A day without any
post has all parts 0. Fewer than 7 days before a day are no usual level: volume and velocity are 0 then.

The band says how far the shares may be off because a day has few posts: for each share the 95 % Wilson interval on
(x + 5u) of (n + 5), carried through the formula above with all shares low and all high at once, so it is rather too
wide than too narrow. (A severe post weighs between 0 and 1; for such a mean the interval is wider than needed, too.)
Volume and velocity have no band: their posts are counted, not sampled. The band does not cover posts that no source
showed, nor labels that are wrong.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2, sqrt
from statistics import fmean, median

from monitor.counts import DayCounts
from monitor.settings import RiskWeights

HISTORY_DAYS = 28
VELOCITY_DAYS = 7
BORROWED_POSTS = 5
_Z95 = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPart:
    """One part of a day's index, 0–100 with its band; `count` posts stand behind it, `usual` is what they compare with.

    `usual` is a number of posts for volume and velocity, a share (0–1) for the others; `None` where there is none.
    """

    name: str
    score: float
    low: float
    high: float
    weight: float
    count: int
    usual: float | None

    @property
    def points(self) -> float:
        """What the part adds to the index."""
        return self.weight * self.score


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskDay:
    """The index of one Asia/Shanghai day, its band and its parts in the order of the formula."""

    day: date
    posts: int
    index: float
    low: float
    high: float
    parts: tuple[RiskPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRisk:
    """The mean index of several days; the band is that of the mean, the days' errors taken as independent."""

    index: float
    low: float
    high: float
    posts: int


@dataclass(frozen=True, slots=True)
class _Share:
    """A share of a day's posts with its band (0–1)."""

    value: float
    low: float
    high: float
    usual: float


def risk_days(counts: Sequence[DayCounts], weights: RiskWeights) -> tuple[RiskDay, ...]:
    """The index of each day in `counts`, which are consecutive days; earlier ones serve as history for later ones."""
    return tuple(
        _risk_day(day, counts[max(0, number - HISTORY_DAYS) : number], weights) for number, day in enumerate(counts)
    )


def period_risk(days: Sequence[RiskDay]) -> PeriodRisk | None:
    """The mean over `days`; `None` where there are none."""
    if not days:
        return None
    index = fmean(day.index for day in days)
    below = sqrt(sum((day.index - day.low) ** 2 for day in days)) / len(days)
    above = sqrt(sum((day.high - day.index) ** 2 for day in days)) / len(days)
    return PeriodRisk(index=index, low=index - below, high=index + above, posts=sum(day.posts for day in days))


def wilson(count: float, total: float) -> tuple[float, float]:
    """The 95 % Wilson interval of a share; (0, 1) where nothing was counted."""
    if total <= 0:
        return 0.0, 1.0
    share, z2 = count / total, _Z95**2
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z95 * sqrt(share * (1 - share) / total + z2 / (4 * total**2)) / (1 + z2 / total)
    return max(0.0, centre - half), min(1.0, centre + half)


def growth(count: float, usual: float) -> float:
    """0 at the usual level and below, 100 at eight times the usual level and above, logarithmic between."""
    return 100 * min(1.0, max(0.0, log2((count + 1) / (usual + 1)) / 3))


def _risk_day(day: DayCounts, history: Sequence[DayCounts], weights: RiskWeights) -> RiskDay:
    parts = (
        _volume(day, history, weights.volume),
        _negativity(day, history, weights.negativity),
        _severity(day, history, weights.severity),
        _reach(day, history, weights.reach),
        _velocity(day, history, weights.velocity),
    )
    return RiskDay(
        day=day.day,
        posts=day.posts,
        index=sum(part.points for part in parts),
        low=sum(part.weight * part.low for part in parts),
        high=sum(part.weight * part.high for part in parts),
        parts=parts,
    )


def _volume(day: DayCounts, history: Sequence[DayCounts], weight: float) -> RiskPart:
    usual = median(before.posts for before in history) if len(history) >= VELOCITY_DAYS else None
    return _grown("volume", day.posts, usual, weight)


def _velocity(day: DayCounts, history: Sequence[DayCounts], weight: float) -> RiskPart:
    week = history[-VELOCITY_DAYS:]
    usual = fmean(before.negative for before in week) if len(week) == VELOCITY_DAYS else None
    return _grown("velocity", day.negative, usual, weight)


def _negativity(day: DayCounts, history: Sequence[DayCounts], weight: float) -> RiskPart:
    return _shared("negativity", day.negative, _share(day, history, lambda counts: counts.negative), weight)


def _severity(day: DayCounts, history: Sequence[DayCounts], weight: float) -> RiskPart:
    return _shared("severity", day.severe, _share(day, history, _severe), weight)


def _reach(day: DayCounts, history: Sequence[DayCounts], weight: float) -> RiskPart:
    return _shared("reach", day.noticed, _share(day, history, lambda counts: counts.noticed), weight)


def _grown(name: str, count: int, usual: float | None, weight: float) -> RiskPart:
    score = growth(count, usual) if usual is not None else 0.0
    return RiskPart(name=name, score=score, low=score, high=score, weight=weight, count=count, usual=usual)


def _shared(name: str, count: int, share: _Share, weight: float) -> RiskPart:
    low, score, high = (100 * value for value in (share.low, share.value, share.high))
    return RiskPart(name=name, score=score, low=low, high=high, weight=weight, count=count, usual=share.usual)


def _severe(counts: DayCounts) -> float:
    """Posts by how much they weigh: an overdue complaint that also names a regulator counts as one."""
    return min(float(counts.posts), 0.6 * counts.overdue + 0.4 * counts.high + counts.critical)


def _share(day: DayCounts, history: Sequence[DayCounts], pick: Callable[[DayCounts], float]) -> _Share:
    if day.posts == 0:
        return _Share(0.0, 0.0, 0.0, 0.0)
    before = sum(counts.posts for counts in history)
    usual = sum(pick(counts) for counts in history) / before if before else 0.0
    count, total = pick(day) + BORROWED_POSTS * usual, day.posts + BORROWED_POSTS
    return _Share(count / total, *wilson(count, total), usual)
