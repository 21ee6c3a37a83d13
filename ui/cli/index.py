"""`fengping index`: what the search index holds; compare it with the ledger, or build it anew from there."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from indexer.search import Fault, IndexState, check, rebuild
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.setup import SetUp

_SHOWN = 20
_FAULTS = {
    Fault.MISSING: "索引里缺少",
    Fault.UNKNOWN: "索引里多出",
    Fault.OUTDATED: "索引里过时",
    Fault.DOUBLED: "索引里重复",
}
_BACKENDS = {"embedded": "内嵌索引", "elasticsearch": "Elasticsearch"}
WaitOption = Annotated[float, typer.Option("--wait", min=0, help="别的进程正在写内嵌索引时最多等多少秒")]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="搜索索引：看状态，与台账核对，或重建")
    group.command("status", help="索引在哪里、有多少条、还有多少条没编入。例：fengping index status")(show_status)
    group.command("check", help="核对台账与索引是否一致，不一致时以 1 退出。例：fengping index check --json")(
        check_index
    )
    group.command(
        "rebuild", help="从台账重建搜索索引，其间旧索引照常可查；中断了再运行就接着做。例：fengping index rebuild"
    )(rebuild_index)
    app.add_typer(group, name="index")


def show_status(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Say what the index is made of and what waits for it."""
    setup = SetUp.open(home, config)
    with setup.index as index:
        state = index.state()
    counts = setup.ledger.counts()
    waiting = counts.analysed - counts.indexed
    if as_json:
        typer.echo(json.dumps({**asdict(state), "waiting": waiting}, ensure_ascii=False))
    else:
        _print(state, waiting)


def rebuild_index(
    *, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False, wait: WaitOption = 5.0
) -> None:
    """Build the index anew and say how many records it holds."""
    setup = SetUp.open(home, config)
    with (
        Progress(console=Console(stderr=True), transient=True) as progress,
        setup.another_index(wait=wait) as index,
    ):
        task = progress.add_task("重建索引", total=None)
        count = rebuild(
            setup.ledger, index, on_progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
    typer.echo(json.dumps({"records": count}) if as_json else f"已重建搜索索引：{count:,} 条记录")


def check_index(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Compare and report; exit 1 where they disagree."""
    setup = SetUp.open(home, config)
    with setup.index as index:
        difference = check(setup.ledger, index)
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


def _print(state: IndexState, waiting: int) -> None:
    typer.echo(f"{_BACKENDS[state.backend]}：{state.place}")
    if state.generation is None:
        typer.echo("还没有编入过帖子")
    else:
        typer.echo(f"当前一代 {state.generation}：{state.records:,} 条，{state.size / 2**20:,.1f} MiB")
    if waiting:
        typer.echo(f"还有 {waiting:,} 条已分析、没有编入；fengping work 或 fengping run 会编入")
    if state.unfinished:
        name, records = state.unfinished
        typer.echo(f"没有完成的重建 {name}：已有 {records:,} 条；fengping index rebuild 接着做")
    if state.parts:
        months = "，".join(f"{month[:4]}-{month[4:]} {count:,}" for month, count in state.parts.items())
        typer.echo(f"各月：{months}")
