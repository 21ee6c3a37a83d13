"""`fengping work`: analyse what waits and make it searchable; what could not be analysed, and another try."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Event
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from indexer.errors import NotSetAsideError
from indexer.ledger import DeadLetter, Stage
from indexer.worker import WorkReport, stay
from monitor.days import SHANGHAI
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.logs import failures_in_log, set_up_logs
from ui.operations import MetricsAddress
from ui.setup import SetUp
from ui.stopping import stop_on_signal
from ui.working import Worker, log_turn, worker

_STAGES = {Stage.ANALYSIS: "分析", Stage.INDEXING: "索引"}

OnceOption = Annotated[bool, typer.Option("--once", help="处理完等待中的帖子就结束，不再等新帖子")]
AnalyseOnlyOption = Annotated[
    bool, typer.Option("--analyse-only", help="只分析，不写索引；给共用台账的第二个及以后的进程")
]
MetricsOption = Annotated[
    MetricsAddress | None,
    typer.Option(
        "--metrics",
        parser=MetricsAddress.parse,
        metavar="PORT",
        help="在这个端口提供 /metrics、/healthz、/readyz；默认只监听本机，要给外面用写 0.0.0.0:PORT",
        show_default=False,
    ),
]
IdsArgument = Annotated[list[int] | None, typer.Argument(metavar="[ID]...", help="记录编号，见 dead-letters")]
AllOption = Annotated[bool, typer.Option("--all", help="全部放回")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="最多列多少条，最近的在前")]


def register(app: typer.Typer) -> None:
    """Add the group; without a command below it, it works."""
    group = typer.Typer(help="分析等待中的帖子并编入索引；Ctrl+C 结束。例：fengping work --once")
    group.callback(invoke_without_command=True)(work_off)
    group.command("dead-letters", help="列出分析或索引失败、被搁置的帖子和原因。例：fengping work dead-letters --json")(
        show_dead_letters
    )
    group.command("retry", help="把被搁置的帖子放回队列，再试一次。例：fengping work retry --all")(retry)
    app.add_typer(group, name="work")


def work_off(
    context: typer.Context,
    *,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    once: OnceOption = False,
    analyse_only: AnalyseOnlyOption = False,
    metrics: MetricsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Work until nothing waits, or until told to stop; any stop is safe."""
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    setup = SetUp.open(home, config)
    set_up_logs(setup.configuration.log)
    stopped = stop_on_signal()
    with (
        failures_in_log(setup.configuration.log),
        worker(setup, stopped, once=once, analyse_only=analyse_only, metrics=metrics) as at_work,
    ):
        reports: list[WorkReport] = []
        _work(setup, at_work, stopped, once=once, keep=reports.append)
    _tell(reports, as_json=as_json)


def show_dead_letters(
    *, limit: LimitOption = 1000, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False
) -> None:
    """List what is set aside."""
    ledger = SetUp.open(home, config).ledger
    letters, total = ledger.dead_letters.listed(limit=limit), sum(ledger.dead_letters.counts().values())
    if as_json:
        typer.echo(json.dumps({"total": total, "dead_letters": [_as_json(letter) for letter in letters]}))
        return
    if letters:
        _print(letters)
    typer.echo(f"共搁置 {total:,} 条" + ("；放回队列：fengping work retry --all" if total else ""))


def retry(
    record_ids: IdsArgument = None,
    *,
    everything: AllOption = False,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put posts back into the queue."""
    if everything == bool(record_ids):
        raise typer.BadParameter("请给出记录编号，或用 --all 放回全部，二选一")
    letters = SetUp.open(home, config).ledger.dead_letters
    unknown = letters.unknown(record_ids or [])
    if unknown:
        raise NotSetAsideError(unknown)
    count = letters.retry(record_ids or None)
    typer.echo(json.dumps({"retried": count}) if as_json else f"放回 {count:,} 条；运行 fengping work 再试一次")


def _refuse_options(context: typer.Context) -> None:
    """An option before the command below would be passed over in silence."""
    sources = (context.get_parameter_source(name) for name in context.params)
    given = [source for source in sources if source is not None and source.name == "COMMANDLINE"]
    if given:
        raise typer.BadParameter(f"选项请写在 {context.invoked_subcommand} 后面")


def _work(setup: SetUp, at_work: Worker, stopped: Event, *, once: bool, keep: Callable[[WorkReport], None]) -> None:
    def turn() -> WorkReport:
        with _progress(setup) as on_progress:
            report = at_work.turn(on_progress)
        if report.analysed or report.indexed or report.set_aside or once:
            keep(report)
        if setup.configuration.log.format == "json":
            log_turn(report)
        return report

    if once:
        while at_work.patience.attempt(turn) is None and not stopped.wait(at_work.patience.seconds):
            pass
    else:
        idle = setup.configuration.work.idle_seconds
        stay(turn, seconds=idle, stop=stopped.is_set, pause=stopped.wait, patience=at_work.patience)


@contextmanager
def _progress(setup: SetUp) -> Iterator[Callable[[WorkReport], None]]:
    """A line that moves, for people; nothing where a collector reads."""
    if setup.configuration.log.format == "json":
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("分析", total=setup.ledger.counts().pending or None, visible=False)
        yield lambda report: progress.update(task, completed=report.analysed, visible=True)


def _tell(reports: list[WorkReport], *, as_json: bool) -> None:
    total = WorkReport(
        analysed=sum(report.analysed for report in reports),
        indexed=sum(report.indexed for report in reports),
        set_aside=sum(report.set_aside for report in reports),
        pending=reports[-1].pending if reports else 0,
        seconds=round(sum(report.seconds for report in reports), 3),
    )
    if as_json:
        typer.echo(json.dumps(asdict(total)))
        return
    typer.echo(f"分析 {total.analysed:,} 条，编入索引 {total.indexed:,} 条，用时 {total.seconds:.1f} 秒")
    if total.set_aside:
        typer.echo(f"搁置 {total.set_aside:,} 条分析不了的；原因见 fengping work dead-letters")
    if total.pending:
        typer.echo(f"另有 {total.pending:,} 条由别的进程处理，或上次处理时中断，租约到期后可再处理")


def _as_json(letter: DeadLetter) -> dict[str, object]:
    times = {"first_at": letter.first_at.isoformat(), "last_at": letter.last_at.isoformat()}
    return {**asdict(letter), "stage": letter.stage.value, **times}


def _print(letters: list[DeadLetter]) -> None:
    table = Table(title="被搁置的帖子", title_justify="left")
    for heading in ("编号", "来源", "步骤", "错误", "原因", "次数", "最近"):
        table.add_column(heading)
    for letter in letters:
        at = f"{letter.last_at.astimezone(SHANGHAI):%m-%d %H:%M}"
        cells = (str(letter.record_id), letter.source, _STAGES[letter.stage], letter.error, letter.reason)
        table.add_row(*cells, str(letter.attempts), at)
    Console().print(table)
