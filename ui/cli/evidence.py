"""`fengping evidence`: seal what was kept, verify it, and hand it over so that others can verify it."""

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.evidence.checking import Checked, Problem
from ui import evidence
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.model_life import actor
from ui.setup import SetUp

PostsArgument = Annotated[list[int], typer.Argument(metavar="POST...", help="帖子编号（fengping search 显示的）")]
OutputOption = Annotated[Path, typer.Option("--output", "-o", metavar="BUNDLE.zip", help="写到哪个 ZIP 文件")]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="用途，记入审计日志；包里有未遮盖的原始网页")
]
_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="证据：封存成逐日的哈希链，核对，导出可离线核对的证据包")
    group.command("seal", help="把还没有封存的记录写进清单。例：fengping evidence seal")(seal)
    group.command("verify", help="核对清单、WARC 文件和台账，指出被动过的记录。例：fengping evidence verify --json")(
        verify
    )
    group.command(
        "export", help="导出帖子的证据包。例：fengping evidence export 12 15 -o 举证.zip --reason '向平台投诉'"
    )(export)
    app.add_typer(group, name="evidence")


def seal(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Seal and say what became of it; exit 1 where a time stamp could not be had."""
    made, vouched = evidence.seal_all(SetUp.open(home, config), clock=_now)
    if as_json:
        typer.echo(json.dumps(_sealed_as_json(made, vouched), ensure_ascii=False))
    else:
        for one in made:
            found = sum(entry.is_found for entry in one.records)
            note = f"，其中 {found} 个是后来收入的" if found else ""
            typer.echo(f"{one.name}：{len(one.records):,} 个记录{note}，SHA-256 {one.sha256}")
        typer.echo(f"封存了 {len(made)} 份清单，盖了 {len(vouched.stamped)} 个时间戳" if made else "没有新的记录要封存")
    for trouble in vouched.troubles:
        typer.echo(trouble, err=True)
    if vouched.troubles:
        raise typer.Exit(1)


def _now() -> datetime:
    return datetime.now(UTC)


def _sealed_as_json(made: tuple[Any, ...], vouched: evidence.Vouched) -> dict[str, Any]:
    return {
        "manifests": [{"name": one.name, "records": len(one.records), "sha256": one.sha256} for one in made],
        "head": vouched.head.sha256 if vouched.head else None,
        "stamped": list(vouched.stamped),
        "troubles": list(vouched.troubles),
    }


def verify(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Verify and name what is wrong; exit 1 where anything is."""
    checked, problems = evidence.verify(SetUp.open(home, config))
    if as_json:
        typer.echo(json.dumps(_checked_as_json(checked, problems), ensure_ascii=False))
    else:
        _print(checked, problems)
    if problems:
        raise typer.Exit(1)


def _checked_as_json(checked: Checked, problems: tuple[Problem, ...]) -> dict[str, Any]:
    counts = {name: getattr(checked, name) for name in ("manifests", "files", "records", "unsealed", "found")}
    head = {"name": checked.head.name, "sha256": checked.head.sha256} if checked.head else None
    return {**counts, "head": head, "problems": [dataclasses.asdict(problem) for problem in problems]}


def _print(checked: Checked, problems: tuple[Problem, ...]) -> None:
    for problem in problems[:_SHOWN]:
        place = f" 第 {problem.offset} 字节" if problem.offset is not None else ""
        number = f"（第 {problem.record} 个记录）" if problem.record else ""
        typer.echo(f"✗ {problem.file}{place}{number} {problem.url} {problem.detail}".replace("  ", " "))
    if len(problems) > _SHOWN:
        typer.echo(f"还有 {len(problems) - _SHOWN:,} 处，全部见 --json")
    counts = f"{checked.manifests:,} 份清单，{checked.files:,} 个文件，{checked.records:,} 个记录"
    notes = f"，{checked.unsealed:,} 个待封存" if checked.unsealed else ""
    typer.echo(f"核对了 {counts}{notes}：" + (f"{len(problems):,} 处不符" if problems else "都相符"))
    if checked.head:
        typer.echo(f"最后一份清单 {checked.head.name}，SHA-256 {checked.head.sha256}（代表此前全部证据，可另处保存）")


def export(
    posts: PostsArgument,
    *,
    output: OutputOption,
    reason: ReasonOption,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the bundle; say what is in it and its hashes."""
    if not reason.strip():
        raise typer.BadParameter("用途不能为空；审计日志要记下为什么导出", param_hint="--reason")
    if not output.parent.is_dir():
        raise typer.BadParameter(f"文件夹 {output.parent} 不存在", param_hint="--output")
    ids = list(dict.fromkeys(posts))
    setup = SetUp.open(home, config)
    bundled, sha256 = evidence.export_bundle(setup, ids, output, actor=actor(), reason=reason.strip(), clock=_now)
    if as_json:
        typer.echo(json.dumps({"file": str(output), "sha256": sha256, **dataclasses.asdict(bundled)}))
        return
    typer.echo(f"已导出 {bundled.posts} 条帖子、{bundled.records} 个响应、{bundled.manifests} 份清单：{output}")
    if bundled.not_kept:
        typer.echo(f"{bundled.not_kept} 个版本没有存档的响应（如太大的导入文件），包里只有帖子本身")
    typer.echo(f"文件 SHA-256 {sha256}；bundle.json SHA-256 {bundled.seal}（都已记入审计日志）")
    typer.echo("包里有未遮盖的原始网页，只给举证所需的人。核对：解压后运行 python verify.py")
