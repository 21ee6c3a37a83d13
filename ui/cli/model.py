"""`fengping model`: the models of a set-up, from comparing a new one to switching and going back."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from crawler.pseudonym import load_key
from monitor import agreement, find_drift, shanghai_day
from monitor.corrections import corrections, judged_records
from monitor.days import SHANGHAI
from ui import model_report, model_tables
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.configuration import load_written
from ui.model_choice import model_choice
from ui.model_folders import add_model, known_models
from ui.model_life import actor, compare, use, use_previous
from ui.setup import SetUp

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="模型名，见 fengping model list")]
UseArgument = Annotated[str | None, typer.Argument(metavar="[NAME]", help="模型名；shipped 是随产品的模型")]
FolderArgument = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="fengping train 写出的文件夹", exists=True, file_okay=False)
]
NamedOption = Annotated[str | None, typer.Option("--name", help="模型名；不写则用文件夹名", show_default=False)]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help="只比较最近入库的多少条；不写则全部", show_default=False)
]
PreviousOption = Annotated[bool, typer.Option("--previous", help="退回上一个模型，已存的分析立即恢复")]
OutputOption = Annotated[Path, typer.Option("-o", "--output", help="写到这个 JSONL 文件，已有则覆盖", dir_okay=False)]
SinceOption = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help="只要这一天（北京时间）起的决定", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="模型：并排比较、切换、退回，与人工的一致率，漂移")
    commands = (
        ("list", list_models, "列出已知的模型和各自的分析数。例：fengping model list"),
        ("add", add, "把训练出的模型加进数据目录。例：fengping model add 模型 --name 十一月"),
        ("compare", compare_model, "用新模型并排重新分析，看差异，不影响现有标签。例：fengping model compare 十一月"),
        ("use", use_model, "切换模型，或退回上一个。例：fengping model use 十一月"),
        ("corrections", export_corrections, "把人工更正导出为训练数据。例：fengping model corrections -o 更正.jsonl"),
        ("agreement", show_agreement, "人工与模型的一致率，按周和来源。例：fengping model agreement --json"),
        ("drift", show_drift, "近 7 天的帖子与此前 28 天相比有没有漂移。例：fengping model drift"),
    )
    for name, command, words in commands:
        group.command(name, help=words)(command)
    app.add_typer(group, name="model")


def list_models(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """List models, and the analyses that the ledger holds of each."""
    setup = _set_up(home, config)
    choice = model_choice(setup.configuration.nlp, home)
    report = model_report.listed(known_models(home), choice, setup.ledger.models.counts())
    _tell(report, model_tables.print_list, as_json=as_json)


def add(folder: FolderArgument, *, name: NamedOption = None, home: HomeOption = HOME) -> None:
    """Copy a model's folder into the set-up's."""
    card = add_model(home, folder, name or folder.resolve().name)
    typer.echo(f"已加入模型 {card.name}（{card.version}）；接着：fengping model compare {card.name}")


def compare_model(
    name: NameArgument,
    *,
    limit: LimitOption = None,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Re-analyse beside the current analyses and show the differences."""
    setup = _set_up(home, config)
    with _progress("并排分析") as (progress, task):
        differences = compare(
            setup,
            name,
            newest=limit,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    _tell(model_report.differences(differences, setup.ledger), model_tables.print_differences, as_json=as_json)


def use_model(
    name: UseArgument = None,
    *,
    previous: PreviousOption = False,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Switch to a model, or back."""
    if previous == bool(name):
        raise typer.BadParameter("请给出模型名，或用 --previous 退回上一个，二选一")
    setup = _set_up(home, config)
    with _progress("并排分析") as (progress, task):

        def analysed(count: int, total: int) -> None:
            progress.update(task, completed=count, total=total)

        def indexed(count: int) -> None:
            progress.update(task, description="编入索引", completed=count, total=None)

        if name:
            done = use(setup, name, on_progress=analysed, on_indexed=indexed)
        else:
            done = use_previous(setup, on_indexed=indexed)
    _tell(model_report.used(done), model_tables.print_used, as_json=as_json)


def export_corrections(
    *, output: OutputOption, since: SinceOption = None, home: HomeOption = HOME, config: ConfigOption = None
) -> None:
    """Write the last decision about each post as a labelled record, and keep that in the audit log."""
    setup = _set_up(home, config)
    begun = since.replace(tzinfo=SHANGHAI) if since else None
    count = 0
    fresh = output.with_name(f"{output.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        for record in corrections(judged_records(setup.ledger, latest=True), key=load_key(home), since=begun):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    fresh.replace(output)
    detail = json.dumps({"records": count, "since": since.date().isoformat() if since else None})
    setup.ledger.note_audit(
        at=datetime.now(UTC), actor=actor(), action="export_corrections", subject="corrections", detail=detail
    )
    typer.echo(f"{output}：{count:,} 条；可用 fengping evaluate {output} 评测，或并入训练数据")


def show_agreement(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """How far people and the model agree."""
    setup = _set_up(home, config)
    report = agreement(judged_records(setup.ledger))
    _tell(model_report.agreed(report), model_tables.print_agreement, as_json=as_json)


def show_drift(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Whether the posts of the last days are still like those before."""
    setup = _set_up(home, config)
    with Console(stderr=True).status("比较近 7 天与此前 28 天"):
        state = find_drift(setup.ledger, setup.index, shanghai_day(datetime.now(UTC)))
    _tell(model_report.drifted(state), model_tables.print_drift, as_json=as_json)


def _set_up(home: Path, config: Path | None) -> SetUp:
    """The set-up as it is configured: commands that switch must see whether the configuration names a model."""
    return SetUp(home, load_written(config, home))


def _tell(report: model_report.Report, table: Callable[[model_report.Report], None], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        table(report)


@contextmanager
def _progress(words: str) -> Iterator[tuple[Progress, TaskID]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress, progress.add_task(words, total=None)
