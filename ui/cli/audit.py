"""`fengping audit`: who did what, and whether the log of it was tampered with."""

import dataclasses
import json
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from indexer.errors import AuditTamperedError
from indexer.record import Audit
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.setup import SetUp

SubjectOption = Annotated[
    str | None, typer.Option("--subject", help="只看关于它的，如 record:12（帖子 12）", show_default=False)
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="最多列出多少条，最近的在前")]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="审计日志：核对哈希链，查看谁在什么时候做了什么")
    group.command("verify", help="核对哈希链，有改动就指出第一处，以 1 退出。例：fengping audit verify --json")(verify)
    group.command("list", help="列出审计日志，最近的在前。例：fengping audit list --subject record:12")(list_entries)
    app.add_typer(group, name="audit")


def verify(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Walk the chain; exit 1 and name the first broken entry where it is broken."""
    ledger = SetUp.open(home, config).ledger
    try:
        count = ledger.verify_audit()
    except AuditTamperedError as error:
        if as_json:
            typer.echo(
                json.dumps({"intact": False, "broken": error.entry_id, "reason": str(error)}, ensure_ascii=False)
            )
        else:
            typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps({"intact": True, "entries": count}))
    else:
        typer.echo(f"审计日志 {count:,} 条，哈希链完整")


def list_entries(
    *,
    subject: SubjectOption = None,
    limit: LimitOption = 50,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print entries, the latest first."""
    entries = SetUp.open(home, config).ledger.audit_log(subject, limit=limit)
    if as_json:
        typer.echo(json.dumps({"entries": [_as_json(entry) for entry in entries]}, ensure_ascii=False))
    elif entries:
        _print(entries)
    else:
        typer.echo(f"没有关于 {subject} 的记录" if subject else "审计日志还是空的")


def _as_json(entry: Audit) -> dict[str, Any]:
    return {**dataclasses.asdict(entry), "at": entry.at.isoformat(), "detail": json.loads(entry.detail)}


def _print(entries: list[Audit]) -> None:
    table = Table("编号", "时间（北京时间）", "谁", "做了什么", "对象", "详情")
    for entry in entries:
        at = f"{entry.at.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M:%S}"
        # As plain text: a reviewer's words in square brackets are no markup.
        cells = (str(entry.id), at, entry.actor, entry.action, entry.subject, entry.detail)
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
