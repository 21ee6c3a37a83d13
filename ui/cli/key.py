"""`fengping key`: the keys behind the authors' pseudonyms."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from crawler.pseudonym import Key, load_keys, pseudonyms, rotate_key
from ui.cli.home import HOME, HomeOption, JsonOption

SourceArgument = Annotated[str, typer.Argument(metavar="SOURCE", help="来源名，与登记簿里的一致")]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="作者在该来源显示的名字；只用来计算，不保存")]
_CONSEQUENCES = """\
新密钥 {fresh}：此后开始的采集和导入用它。
已入库的帖子保留原来的化名（没有存姓名，无法改写）；同一作者在轮换前后是两个化名。
旧密钥仍在文件里：知道名字的人用 fengping key author 得到全部化名，就能把两边连起来。
要让旧化名从此无法对应到人，删去 {path} 里旧密钥的那一行；删后不可恢复。请备份这个文件。"""


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="密钥：轮换化名的密钥，查看有哪些，查一个作者的化名")
    group.command("rotate", help="换一把新密钥，旧的留作查询。例：fengping key rotate")(rotate)
    group.command("list", help="列出密钥的编号和日期，不显示密钥。例：fengping key list --json")(list_keys)
    group.command("author", help="一个作者在各把密钥下的化名。例：fengping key author teahouse 老周不老")(author)
    app.add_typer(group, name="key")


def rotate(*, home: HomeOption = HOME, as_json: JsonOption = False) -> None:
    """Make a new key and say what becomes of the authors stored so far."""
    fresh = rotate_key(home, datetime.now(UTC))
    if as_json:
        typer.echo(json.dumps({"key": fresh.id, "keys": len(load_keys(home))}))
    else:
        typer.echo(_CONSEQUENCES.format(fresh=fresh.id, path=home / "secret.key"))


def list_keys(*, home: HomeOption = HOME, as_json: JsonOption = False) -> None:
    """Print ids and dates, the newest first."""
    keys = load_keys(home)
    if as_json:
        typer.echo(json.dumps({"keys": [_as_json(key) for key in keys]}))
        return
    table = Table("编号", "建立时间（北京时间）", "用于")
    for index, key in enumerate(keys):
        table.add_row(key.id, _shown(key), "旧帖子的查询" if index else "新帖子")
    Console().print(table)


def author(source: SourceArgument, name: NameArgument, *, home: HomeOption = HOME, as_json: JsonOption = False) -> None:
    """Print the pseudonyms of an author, the newest key's first."""
    keys = load_keys(home)
    names = pseudonyms(source, name, keys)
    if as_json:
        typer.echo(json.dumps({"pseudonyms": {key.id: known for key, known in zip(keys, names, strict=True)}}))
    else:
        typer.echo("\n".join(names))


def _as_json(key: Key) -> dict[str, Any]:
    return {"id": key.id, "made": key.made.isoformat() if key.made else None}


def _shown(key: Key) -> str:
    return f"{key.made.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}" if key.made else "建立数据目录时"
