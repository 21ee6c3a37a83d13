"""`fengping index`: build the search index anew from the ledger, or compare the two."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from indexer.search import INDEX_FOLDER, Fault, check, rebuild
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.setup import SetUp

_SHOWN = 20
_FAULTS = {
    Fault.MISSING: "索引里缺少",
    Fault.UNKNOWN: "索引里多出",
    Fault.OUTDATED: "索引里过时",
    Fault.DOUBLED: "索引里重复",
}
WaitOption = Annotated[float, typer.Option("--wait", min=0, help="别的进程正在写索引时最多等多少秒")]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="搜索索引：重建，或与台账核对")
    group.command("rebuild", help="从台账重建搜索索引，重建期间旧索引照常可查。例：fengping index rebuild")(
        rebuild_index
    )
    group.command("check", help="核对台账与索引是否一致，不一致时以 1 退出。例：fengping index check --json")(
        check_index
    )
    app.add_typer(group, name="index")


def rebuild_index(
    *, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False, wait: WaitOption = 5.0
) -> None:
    """Build the index anew and say how many records it holds."""
    setup = SetUp.open(home, config)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("重建索引", total=None)
        count = rebuild(
            setup.ledger,
            home / INDEX_FOLDER,
            wait=wait,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    typer.echo(json.dumps({"records": count}) if as_json else f"已重建搜索索引：{count:,} 条记录")


def check_index(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Compare and report; exit 1 where they disagree."""
    setup = SetUp.open(home, config)
    difference = check(setup.ledger, setup.index)
    faults = {fault.value: list(difference.faults.get(fault, ())) for fault in Fault}
    if as_json:
        counts = {"ledger": difference.ledger, "index": difference.index, "agrees": difference.agrees}
        typer.echo(json.dumps({**counts, **faults}))
    else:
        typer.echo(f"台账应有 {difference.ledger:,} 条，索引现有 {difference.index:,} 条")
        for fault, ids in difference.faults.items():
            typer.echo(f"{_FAULTS[fault]} {len(ids)} 条：{'、'.join(map(str, ids[:_SHOWN]))}")
        typer.echo("一致" if difference.agrees else "不一致；请运行 fengping index rebuild")
    if not difference.agrees:
        raise typer.Exit(1)
