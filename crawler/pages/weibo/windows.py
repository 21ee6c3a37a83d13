"""Time windows of a search on s.weibo.com (`timescope=custom:2026-01-01-0:2026-02-01-0`), and how they are split.

The site shows fifty pages of a search at most, however many hits there are; whoever wants all asks for shorter windows.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.pages.weibo.addresses import changed, parameter
from crawler.reading.dates import SHANGHAI

_SCOPE = re.compile(r"custom:(?P<start>\d{4}-\d\d?-\d\d?(?:-\d\d?)?):(?P<end>\d{4}-\d\d?-\d\d?(?:-\d\d?)?)?$")
_HOUR, _DAY, _MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to before `end`, whole hours in Shanghai."""

    start: datetime
    end: datetime

    @property
    def scope(self) -> str:
        """The window as the site writes it."""
        return "custom:" + ":".join(f"{at:%Y-%m-%d}-{at.hour}" for at in (self.start, self.end))


def window_of(url: str, *, served: datetime) -> Window | None:
    """Return the window that a search asks for; one without an end goes on to the hour in which it was `served`."""
    found = _SCOPE.match(parameter(url, "timescope"))
    if not found:
        return None
    now = served.astimezone(SHANGHAI).replace(minute=0, second=0, microsecond=0) + _HOUR
    try:
        return Window(_moment(found["start"]), _moment(found["end"]) if found["end"] else now)
    except ValueError:
        return None


def _moment(text: str) -> datetime:
    year, month, day, *hour = (int(part) for part in text.split("-"))
    # 24 is how some write the end of a day.
    return datetime(year, month, day, tzinfo=SHANGHAI) + timedelta(hours=hour[0] if hour else 0)


def finer_windows(url: str, *, served: datetime) -> tuple[str, ...]:
    """Return the searches for the parts of a search's window, the newest first; none where it has none to split.

    Months are split into days and days into hours, at the turn of each, so that the next run asks for the same parts.
    """
    window = window_of(url, served=served)
    if window is None:
        return ()
    parts = _split(window)
    return tuple(changed(url, timescope=part.scope, page="1") for part in reversed(parts)) if len(parts) > 1 else ()


def _split(window: Window) -> list[Window]:
    length = window.end - window.start
    step = _next_month if length > _MONTH else _next_day if length > _DAY else _next_hour
    parts, start = [], window.start
    while start < window.end:
        end = min(step(start), window.end)
        parts.append(Window(start, end))
        start = end
    return parts


def _next_month(at: datetime) -> datetime:
    return (at.replace(day=1, hour=0) + _MONTH + _DAY).replace(day=1)


def _next_day(at: datetime) -> datetime:
    return at.replace(hour=0) + _DAY


def _next_hour(at: datetime) -> datetime:
    return at + _HOUR
