"""Days, times and ages in words, always in Asia/Shanghai."""

from datetime import date, datetime

from monitor.days import SHANGHAI
from ui.texts import Texts


def day_words(text: Texts, day: date) -> str:
    """A day with its weekday: `11月24日 周二`."""
    weekday, name = text(f"weekday.{day.isoweekday()}"), text(f"month.{day.month}")
    return text("day.long", day=day.day, name=name, weekday=weekday)


def day_short(text: Texts, day: date) -> str:
    """A day: `11月24日`."""
    return text("day.short", day=day.day, name=text(f"month.{day.month}"))


def time_words(text: Texts, moment: datetime, *, now: datetime) -> str:
    """A moment: the time alone today, with its day before."""
    local = moment.astimezone(SHANGHAI)
    clock = f"{local:%H:%M}"
    return clock if local.date() == now.astimezone(SHANGHAI).date() else f"{day_short(text, local.date())} {clock}"


def full_time(moment: datetime) -> str:
    """A moment to the minute, for showing on hover and in histories."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def age_words(text: Texts, moment: datetime, *, now: datetime) -> str:
    """How long ago: `3 小时前`."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return text("age.now")
    if minutes < 60:
        return text("age.minutes", count=minutes)
    if minutes < 24 * 60:
        return text("age.hours", count=minutes // 60)
    return text("age.days", count=minutes // (24 * 60))
