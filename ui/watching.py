"""Watching: says once what has become notable, a spike of complaints or a source that has gone stale."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from monitor import Period, brand_scope, count_days, find_spikes, freshness, shanghai_day
from monitor.counts import since_first_post
from monitor.spikes import HISTORY_DAYS
from ui.setup import SetUp

# Spikes of these last days are news; older ones are on the chart.
_NEWS_DAYS = 2


class Watcher:
    """Looks whenever the ledger has changed, and says each thing once while it lasts."""

    def __init__(self, setup: SetUp, say: Callable[[str], None]) -> None:
        self._setup = setup
        self._say = say
        self._seen_key = ""
        self._told: set[tuple[str, str]] = set()

    def look(self) -> None:
        """Say what is new since the last look."""
        now = datetime.now(UTC)
        notable = self._stale(now)
        key = self._setup.ledger.version_key()
        if key != self._seen_key:
            self._seen_key = key
            notable |= self._spikes(shanghai_day(now))
        for about, words in sorted(notable.items()):
            if about not in self._told:
                self._say(words)
        self._told = {about for about in self._told if about[0] == "spike" or about in notable} | set(notable)

    def _stale(self, now: datetime) -> dict[tuple[str, str], str]:
        settings = self._setup.configuration
        states = self._setup.ledger.sources()
        sources = freshness(states, settings.sources, settings.monitor, now=now)
        return {("stale", source.source): f"▲ 来源过期：{source.source}" for source in sources if source.stale}

    def _spikes(self, today: date) -> dict[tuple[str, str], str]:
        settings = self._setup.configuration
        scope = brand_scope(settings.brand, settings.monitor)
        period = Period.ending(today, days=_NEWS_DAYS + HISTORY_DAYS)
        counts = since_first_post(count_days(self._setup.index, scope, period, noticed=settings.monitor.noticed))
        spikes = find_spikes(
            [(day.day, day.complaints) for day in counts],
            threshold=settings.monitor.spike_threshold,
            minimum=settings.monitor.spike_minimum,
        )
        recent = Period.ending(today, days=_NEWS_DAYS)
        return {
            ("spike", spike.day.isoformat()): f"▲ 投诉突增：{spike.day} {spike.count} 条，平日 {spike.usual:g} 条"
            for spike in spikes
            if spike.day in recent
        }
