"""Coverage and alarms in words, for the app and the command line."""

from collections.abc import Mapping

from monitor import AlarmKind, SourceAlarm
from ui.texts import Texts


def gap_words(text: Texts, gaps: Mapping[str, int]) -> str:
    """How many posts are missing for which reasons, the most first; empty where none is."""
    ordered = sorted(gaps.items(), key=lambda gap: (-gap[1], gap[0]))
    return text("list.comma").join(f"{text(f'gap.{name}')} {count:,}" for name, count in ordered)


def unknown_words(text: Texts, places: Mapping[str, int]) -> str:
    """How many pages and threads could not be read of which nobody says how many posts they hold."""
    if not places:
        return ""
    return text("coverage.unknown", gaps=gap_words(text, places))


def alarm_words(text: Texts, alarm: SourceAlarm) -> str:
    """An alarm in one sentence, without its address."""
    if alarm.kind is AlarmKind.QUIET:
        hours = {"seen": f"{alarm.seen:.0f}", "usual": f"{alarm.usual:.1f}"}
        return text("alarm.quiet", source=alarm.source, url=alarm.url, **hours)
    shares = {"seen": f"{alarm.seen:.0%}", "usual": f"{alarm.usual:.1%}"}
    return text("alarm.field_missing", source=alarm.source, url=alarm.url, field=alarm.field, **shares)
