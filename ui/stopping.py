"""Stopping a process that stays: politely, so that what is in hand is finished."""

import signal
from threading import Event
from types import FrameType


def stop_on_signal() -> Event:
    """An event that Ctrl+C or a polite kill sets: the batch in hand is finished first."""
    stopped = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return stopped
