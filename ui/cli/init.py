"""`fengping init`: write a commented fengping.toml."""

from pathlib import Path
from typing import Annotated

import typer

from ui.configuration import FILE_NAME
from ui.default_file import default_file

PathArgument = Annotated[Path, typer.Argument(metavar="[FILE]", help="写到哪里")]
ForceOption = Annotated[bool, typer.Option("--force", help="已有文件也覆盖")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init", help="生成一份带注释的配置文件。例：fengping init")(write_file)


def write_file(path: PathArgument = Path(FILE_NAME), *, force: ForceOption = False) -> None:
    """Write the file; an existing one is kept unless told otherwise."""
    if path.exists() and not force:
        typer.echo(f"{path} 已存在，没有改动；要覆盖请加 --force", err=True)
        raise typer.Exit(2)
    path.write_text(default_file(), encoding="utf-8")
    typer.echo(f"已生成 {path}。接下来：填写 [brand] 和 [sources.…]，运行 fengping doctor 检查，再运行 fengping run")
