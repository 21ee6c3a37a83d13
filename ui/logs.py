"""`[log]`: what a process that stays writes about itself, as lines for people or as JSON for a collector.

Personal data and the words of posts have no place here: messages name counts, sources and ids, and whatever else comes
into one (the message of somebody else's error) is masked.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal

import typer
from pydantic import BaseModel, ConfigDict, Field

from crawler.errors import CrawlerError
from indexer.errors import IndexerError
from monitor.days import SHANGHAI
from nlp.errors import NlpError
from nlp.privacy import mask
from ui.errors import UiError

LOGGER = "fengping"
_FIELDS = "fields"


class LogSettings(BaseModel):
    """Settings of the log."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["text", "json"] = Field(
        default="text", description="日志格式：text 给人看，json 每行一个对象，给日志系统"
    )
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="记到哪一级：debug、info、warning、error"
    )


def set_up_logs(settings: LogSettings) -> None:
    """Write the log to standard error, as the settings say; for the commands that stay."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.format == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Libraries tell at "info" what is of no use here, such as each connection of a cluster's client.
    root.setLevel(logging.WARNING)
    logging.getLogger(LOGGER).setLevel(settings.level.upper())
    logging.getLogger("indexer").setLevel(settings.level.upper())
    if settings.format == "json":
        sys.excepthook = _tell_unexpected


@contextmanager
def failures_in_log(settings: LogSettings) -> Iterator[None]:
    """Where the log is JSON, a known failure is its last line and exit code 1; else the command line shows it."""
    try:
        yield
    except (CrawlerError, IndexerError, NlpError, UiError) as error:
        if settings.format != "json":
            raise
        log(str(error), level=logging.ERROR, error=type(error).__name__)
        raise typer.Exit(1) from error


def log(message: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Write a line; `fields` are counts and names that a collector can search by."""
    logging.getLogger(LOGGER).log(level, "%s", message, extra={_FIELDS: fields})


class TextLines(logging.Formatter):
    """The time in Asia/Shanghai and the message."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter.format`."""
        at = datetime.fromtimestamp(record.created, SHANGHAI)
        sign = "" if record.levelno < logging.WARNING else f"[{record.levelname.lower()}] "
        return f"{at:%m-%d %H:%M:%S}  {sign}{_message(record)}"


class JsonLines(logging.Formatter):
    """One JSON object a line: `time` (UTC), `level`, `logger`, `message` and the fields."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter.format`."""
        fields: Mapping[str, Any] = getattr(record, _FIELDS, {})
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **{name: mask(value) if isinstance(value, str) else value for name, value in fields.items()},
            **_trace(record),
        }
        return json.dumps(line, ensure_ascii=False, default=str)


def _trace(record: logging.LogRecord) -> dict[str, list[str]]:
    """Where an error came from, as places in the code only."""
    if not record.exc_info or record.exc_info[2] is None:
        return {}
    frames = traceback.extract_tb(record.exc_info[2])
    return {"trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]}


def _tell_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(LOGGER).critical("没有预料到的错误，进程结束", exc_info=(kind, error, trace))


def _message(record: logging.LogRecord) -> str:
    """The message with the type of an error, without its traceback: the values in it may be of a post."""
    error = record.exc_info[1] if record.exc_info else None
    return mask(f"{record.getMessage()}{f'（{type(error).__name__}）' if error else ''}")
