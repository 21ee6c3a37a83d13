"""`fengping restore`: a data folder of a back-up, every file compared with its hash before anything is put in place."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from ui.backup import Restored, RestoreOrder, restore
from ui.cli.home import HOME, HomeOption, JsonOption
from ui.model_life import actor

BackupArgument = Annotated[Path, typer.Argument(metavar="BACKUP", help="fengping backup 写出的 ZIP 文件或文件夹")]
ForceOption = Annotated[bool, typer.Option("--force", help="数据目录不是空的也恢复；原来的改名保留，先停掉用它的进程")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("restore", help="从备份恢复数据目录，逐个文件核对。例：fengping restore 备份.zip --home fengping-data")(
        restore_backup
    )


def restore_backup(
    backup: BackupArgument, *, home: HomeOption = HOME, force: ForceOption = False, as_json: JsonOption = False
) -> None:
    """Restore; say what is there and what is yet to be done."""
    order = RestoreOrder(backup=backup, home=home, actor=actor(), now=datetime.now(UTC), force=force)
    columns = (TextColumn("恢复"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        restored = restore(order, on_progress=lambda done, of: progress.update(task, completed=done, total=of))
    if as_json:
        typer.echo(json.dumps(_as_json(restored), ensure_ascii=False))
    else:
        _print(restored)


def _as_json(restored: Restored) -> dict[str, Any]:
    return {
        "home": str(restored.home),
        "made": restored.listing.made.isoformat(),
        "files": len(restored.listing.files),
        "bytes": restored.listing.size,
        "ledger": restored.listing.ledger,
        "dump": str(restored.dump) if restored.dump else None,
        "aside": str(restored.aside) if restored.aside else None,
        "has_key": restored.has_key,
    }


def _print(restored: Restored) -> None:
    typer.echo(f"已恢复 {len(restored.listing.files):,} 个文件，都与清单相符：{restored.home}")
    if restored.aside:
        typer.echo(f"原来的数据目录改名为 {restored.aside}，确认无误后可删")
    if not restored.has_key:
        typer.echo(f"没有化名密钥；采集之前请把另外保存的 secret.key 放到 {restored.home}，否则作者会得到新的化名")
    if restored.dump:
        typer.echo(
            f"台账是 PostgreSQL 的导出；请先建一个空库并运行 pg_restore --no-owner --dbname=库的地址 {restored.dump}，"
            "再设环境变量 FENGPING_INDEXER__LEDGER_URL"
        )
    typer.echo(f"然后重建检索索引：fengping index rebuild --home {restored.home}")
