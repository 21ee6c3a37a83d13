"""`fengping backup`: a consistent copy of everything that can't be had again, while crawls and workers go on."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from ui.backup import BackedUp, Order, back_up
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.model_life import actor
from ui.setup import SetUp

TargetArgument = Annotated[
    Path, typer.Argument(metavar="TARGET", help="写到哪里：以 .zip 结尾为一个 ZIP 文件，否则为文件夹")
]
WithKeyOption = Annotated[
    bool, typer.Option("--with-key", help="连同化名密钥 secret.key；备份落到谁手里，谁就能算出作者的化名")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backup", help="备份台账、证据、采集进度、列对应、模型和配置，不用停机。例：fengping backup 备份.zip")(
        backup
    )


def backup(
    target: TargetArgument,
    *,
    with_key: WithKeyOption = False,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the back-up; say what is in it, what is not, and the hash that vouches for it."""
    if not target.resolve().parent.is_dir():
        raise typer.BadParameter(f"文件夹 {target.resolve().parent} 不存在", param_hint="TARGET")
    if target.resolve().is_relative_to(home.resolve()):
        raise typer.BadParameter("备份不能放在数据目录里面；请换一个位置，最好是另一块磁盘", param_hint="TARGET")
    order = Order(target=target, actor=actor(), now=datetime.now(UTC), with_key=with_key)
    setup = SetUp.open(home, config)
    columns = (TextColumn("备份"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        made = back_up(setup, order, on_progress=lambda done, of: progress.update(task, completed=done, total=of))
    if as_json:
        typer.echo(json.dumps(_as_json(made), ensure_ascii=False))
    else:
        _print(made)


def _as_json(made: BackedUp) -> dict[str, Any]:
    counts = {"files": len(made.listing.files), "bytes": made.listing.size}
    return {
        "backup": str(made.path),
        **counts,
        "ledger": made.listing.ledger,
        "with_key": made.has_key,
        "sha256": made.sha256,
    }


def _print(made: BackedUp) -> None:
    size = made.listing.size / 2**20
    typer.echo(f"已备份 {len(made.listing.files):,} 个文件，{size:,.1f} MiB：{made.path}")
    typer.echo(f"清单 SHA-256 {made.sha256}（已记入审计日志，可另处保存）")
    typer.echo("备份里有未遮盖的原始网页，只给该看的人；检索索引不在内，恢复后重建")
    if not made.has_key:
        typer.echo("化名密钥 secret.key 不在内；请另外保存，或加 --with-key")
    typer.echo(f"恢复：fengping restore {made.path} --home 新的数据目录")
