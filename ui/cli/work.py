"""`fengping work`: analyse what waits and make it searchable."""

import json
import signal
from dataclasses import asdict
from threading import Event
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from indexer.worker import WorkReport, stay, work
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.setup import SetUp

OnceOption = Annotated[bool, typer.Option("--once", help="处理完等待中的帖子就结束，不再等新帖子")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("work", help="分析等待中的帖子并编入索引；Ctrl+C 结束。例：fengping work --once")(work_off)


def work_off(
    *, home: HomeOption = HOME, config: ConfigOption = None, once: OnceOption = False, as_json: JsonOption = False
) -> None:
    """Work until nothing waits, or until told to stop; any stop is safe."""
    setup = SetUp.open(home, config)
    stopped = _stop_on_signal()
    setup.index.acquire()  # a second worker is refused before it loads its model
    try:
        setup.begin_work()
        if once:
            reports = [_work(setup, stopped)]
        else:
            reports = []
            stay(
                lambda: _kept(reports, _work(setup, stopped)),
                seconds=setup.configuration.work.idle_seconds,
                stop=stopped.is_set,
                pause=stopped.wait,
            )
    finally:
        setup.index.close()
    _tell(reports, as_json=as_json)


def _work(setup: SetUp, stopped: Event) -> WorkReport:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("分析", total=setup.ledger.counts().pending or None, visible=False)
        return work(
            setup.ledger,
            setup.analyzer,
            setup.index,
            batch=setup.configuration.work.batch,
            stop=stopped.is_set,
            on_progress=lambda report: progress.update(task, completed=report.analysed, visible=True),
        )


def _kept(reports: list[WorkReport], report: WorkReport) -> WorkReport:
    if report.analysed or report.indexed:
        reports.append(report)
    return report


def _tell(reports: list[WorkReport], *, as_json: bool) -> None:
    total = WorkReport(
        analysed=sum(report.analysed for report in reports),
        indexed=sum(report.indexed for report in reports),
        pending=reports[-1].pending if reports else 0,
        seconds=round(sum(report.seconds for report in reports), 3),
    )
    if as_json:
        typer.echo(json.dumps(asdict(total)))
    else:
        typer.echo(f"分析 {total.analysed:,} 条，编入索引 {total.indexed:,} 条，用时 {total.seconds:.1f} 秒")
        if total.pending:
            typer.echo(f"另有 {total.pending:,} 条由别的进程处理，或上次处理时中断，租约到期后可再处理")


def _stop_on_signal() -> Event:
    """An event that Ctrl+C or a polite kill sets: the batch in hand is finished first."""
    stopped = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return stopped
