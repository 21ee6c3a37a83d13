"""How fresh each source is, and whether it should have been crawled by now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.register import SourceSettings
from indexer.ledger import SourceState
from monitor.settings import MonitorSettings

# A crawl may start late and run for a while: only the second missed turn is worth a warning.
_MISSED_TURNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFreshness:
    """A source's state and how long ago it was last crawled; `stale` when that is longer than it should be."""

    source: str
    posts: int
    last_crawled: datetime
    last_published: datetime | None
    age: timedelta
    stale: bool


def freshness(
    states: Sequence[SourceState],
    register: Mapping[str, SourceSettings],
    settings: MonitorSettings,
    *,
    now: datetime,
) -> tuple[SourceFreshness, ...]:
    """The sources in the order of `states`; one that the register no longer runs (an import) is never stale."""
    return tuple(_freshness(state, register.get(state.source), settings, now) for state in states)


def _freshness(
    state: SourceState, source: SourceSettings | None, settings: MonitorSettings, now: datetime
) -> SourceFreshness:
    age = now - state.last_crawled
    running = source is not None and source.enabled
    return SourceFreshness(
        source=state.source,
        posts=state.posts,
        last_crawled=state.last_crawled,
        last_published=state.last_published,
        age=age,
        stale=running and age > _allowed(source, settings),
    )


def _allowed(source: SourceSettings | None, settings: MonitorSettings) -> timedelta:
    turns = timedelta(seconds=source.every * _MISSED_TURNS) if source else timedelta()
    return max(turns, timedelta(hours=settings.stale_hours))
