"""`fengping coverage`: how much of what the sites state was read, why the rest was not, and what needs a look."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from indexer.ledger import Covered, NotedIssue, Uncovered
from monitor import SourceAlarm, source_alarms
from monitor.days import SHANGHAI
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.setup import SetUp
from ui.texts import texts
from ui.texts.coverage_words import alarm_words, gap_words, unknown_words

SourceOption = Annotated[str | None, typer.Option("--source", help="只看一个来源")]
SinceOption = Annotated[
    str | None, typer.Option("--since", help="只看从这天（北京时间）或最近多久以来读过的，如 2026-11-01、7d、12h")
]
_SHOWN = 10
_LISTED = 100_000
_UNITS = {"h": "hours", "d": "days"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("coverage", help="网站说有多少、读到多少，缺口各是什么原因。例：fengping coverage --since 7d")(coverage)


def coverage(
    *,
    source: SourceOption = None,
    since: SinceOption = None,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show coverage by source and board, gaps by reason, and alarms."""
    now = datetime.now(UTC)
    start = _moment(since, now)
    setup = SetUp.open(home, config)
    alarms = source_alarms(setup.ledger, setup.configuration.sources, now=now)
    alarms = tuple(alarm for alarm in alarms if source in (None, alarm.source))
    if as_json:
        typer.echo(json.dumps(_as_json(setup, source, start, alarms), ensure_ascii=False))
    else:
        _print(setup, source, start, alarms)


def _moment(since: str | None, now: datetime) -> datetime | None:
    if since is None:
        return None
    number, unit = since[:-1], since[-1:]
    try:
        if number.isdecimal() and unit in _UNITS:
            return now - timedelta(**{_UNITS[unit]: int(number)})
        at = datetime.fromisoformat(since)
    except (ValueError, OverflowError) as error:
        typer.echo(f"--since 要写成 2026-11-01、7d 或 12h（现为 {since}）", err=True)
        raise typer.Exit(2) from error
    return (at if at.tzinfo else at.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def _as_json(
    setup: SetUp, source: str | None, since: datetime | None, alarms: Sequence[SourceAlarm]
) -> Mapping[str, Any]:
    kept = setup.ledger.coverage
    return {
        "sources": [_covered(one) for one in kept.by_source(source=source, since=since)],
        "boards": [_covered(one) for one in kept.by_board(source=source, since=since)],
        "hours": [_covered(one) for one in kept.by_hour(source=source, since=since)],
        "gaps": [_plain(one) for one in kept.gaps(source=source, since=since, limit=_LISTED)],
        "issues": [_plain(one) for one in _issues(setup, source, since)],
        "alarms": [_plain(alarm) for alarm in alarms],
    }


def _issues(setup: SetUp, source: str | None, since: datetime | None) -> list[NotedIssue]:
    found = setup.ledger.issues(source=source, limit=_LISTED)
    return [issue for issue in found if since is None or issue.last_at >= since]


def _covered(covered: Covered) -> dict[str, Any]:
    kept = {name: value for name, value in _plain(covered).items() if value not in ("", None)}
    return {**kept, "stated": covered.stated, "share": covered.share}


def _plain(record: Any) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(record).items()}


def _print(setup: SetUp, source: str | None, since: datetime | None, alarms: Sequence[SourceAlarm]) -> None:
    console, text = Console(), texts("zh")
    for alarm in alarms:
        console.print(f"▲ {alarm_words(text, alarm)}", markup=False, highlight=False)
    boards = setup.ledger.coverage.by_board(source=source, since=since)
    if not boards:
        typer.echo("还没有覆盖记录；运行 fengping crawl 或 fengping run，采集时会记下网站说有多少、读到多少")
        return
    console.print(_table("按来源", setup.ledger.coverage.by_source(source=source, since=since)))
    console.print(_table("按版块或检索", boards))
    gaps = setup.ledger.coverage.gaps(source=source, since=since, limit=_SHOWN)
    for gap in gaps:
        console.print(_line(gap), markup=False, highlight=False)
    if len(gaps) == _SHOWN:
        typer.echo("全部缺口见 fengping coverage --json 的 gaps")


def _table(title: str, rows: Sequence[Covered]) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in ("来源", "版块或检索"):
        table.add_column(heading, overflow="fold")
    for heading in ("主题", "网站说有", "读到", "覆盖"):
        table.add_column(heading, justify="right")
    table.add_column("缺口", overflow="fold")
    text = texts("zh")
    for row in rows:
        share = "—" if row.share is None else f"{row.share:.1%}"
        gaps = "；".join(filter(None, (gap_words(text, row.gaps), unknown_words(text, row.unknown))))
        table.add_row(row.source, row.board, f"{row.items:,}", f"{row.stated:,}", f"{row.got:,}", share, gaps)
    return table


def _line(gap: Uncovered) -> str:
    words = gap_words(texts("zh"), {name: count for name, count in gap.gaps.items() if count})
    unknown = unknown_words(texts("zh"), {name: 1 for name, count in gap.gaps.items() if not count})
    of = "" if gap.stated is None else f"，网站说有 {gap.stated}，读到 {gap.got}"
    return f"● {gap.source} {gap.url}{of}：{'；'.join(filter(None, (words, unknown)))}"
