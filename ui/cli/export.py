"""`fengping export`: what a query finds as a file, and again as of an earlier moment."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from indexer.errors import QueryError, UnknownExportFormatError
from indexer.export import Exported, Order, export, format_of
from indexer.query.values import SHANGHAI
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.model_life import actor
from ui.setup import SetUp

QueryArgument = Annotated[str, typer.Argument(metavar="QUERY", help="查询语句，与 fengping search 相同；'' 为全部")]
OutputOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="写到哪个文件；后缀定格式：.xlsx .csv .jsonl .parquet")
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="当时的数据：如 2026-11-01 或 2026-11-01T12:00:00.5+08:00（不写时区即北京时间）",
        show_default=False,
    ),
]
_EXAMPLE = "例：fengping export 'kind:投诉 after:30d' -o 投诉.xlsx"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", help=f"把查到的帖子导出成文件，旁边附一份说明（.meta.json）。{_EXAMPLE}")(export_query)


def export_query(
    query: QueryArgument,
    output: OutputOption,
    *,
    as_of: AsOfOption = None,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the file and its side file; say how many rows, as of when, and the hash."""
    now = datetime.now(UTC)
    moment = _moment(as_of, now)
    _check_format(output)
    setup = SetUp.open(home, config)
    order = Order(query=query, path=output, actor=actor(), now=now, as_of=moment)
    try:
        exported = _export(setup, order)
    except QueryError as error:
        raise typer.BadParameter(str(error), param_hint="QUERY") from error
    if as_json:
        typer.echo(json.dumps(_as_json(exported), ensure_ascii=False))
    else:
        _print(exported)


def _export(setup: SetUp, order: Order) -> Exported:
    columns = (TextColumn("导出"), BarColumn(), TextColumn("{task.fields[rows]:,} 条"), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, rows=0)
        return export(
            setup.ledger,
            None if order.as_of else setup.index,
            order,
            on_progress=lambda done, total, rows: progress.update(task, completed=done, total=total, rows=rows),
        )


def _moment(text: str | None, now: datetime) -> datetime | None:
    if text is None:
        return None
    try:
        written = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text} 不是时间；请写 2026-11-01 或 2026-11-01T12:00:00+08:00", param_hint="--as-of"
        ) from error
    moment = written if written.tzinfo else written.replace(tzinfo=SHANGHAI)
    if moment > now:
        raise typer.BadParameter("要的是以前某一时刻的数据，这个时刻还没有到", param_hint="--as-of")
    return moment


def _check_format(output: Path) -> None:
    try:
        format_of(output)
    except UnknownExportFormatError as error:
        raise typer.BadParameter(str(error), param_hint="--output") from error


def _as_json(exported: Exported) -> dict[str, Any]:
    return {
        "file": str(exported.path),
        "side_file": str(exported.side_path),
        "rows": exported.rows,
        "not_analysed": exported.not_analysed,
        "sha256": exported.sha256,
        "as_of": exported.as_of.astimezone(SHANGHAI).isoformat(),
    }


def _print(exported: Exported) -> None:
    typer.echo(f"已导出 {exported.rows:,} 条：{exported.path}（说明：{exported.side_path.name}）")
    typer.echo(f"数据截至 {exported.as_of.astimezone(SHANGHAI).isoformat()}；SHA-256 {exported.sha256}")
    if exported.not_analysed:
        typer.echo(f"另有 {exported.not_analysed:,} 条帖子当时还没有分析，没有导出", err=True)
