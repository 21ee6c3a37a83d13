"""`fengping benchmark`: measure what others can repeat, public sets first; each is a command of the group."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from nlp.training.benchmark import SETS, PublicSet
from nlp.training.benchmark.base import DEFAULT_BASE, base_folder
from ui.cli.benchmark_duplicates import HELP as DUPLICATES_HELP
from ui.cli.benchmark_duplicates import benchmark_duplicates
from ui.cli.benchmark_masking import HELP, benchmark_masking
from ui.cli.benchmark_ocr import HELP as OCR_HELP
from ui.cli.benchmark_ocr import benchmark_ocr
from ui.cli.home import JsonOption
from ui.errors import NotSetUpError

FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="公开数据所在文件夹", exists=True, file_okay=False)]
BaseOption = Annotated[str, typer.Option("--base", help="起步的编码器：文件夹，或 Hugging Face 上的名字")]
SeedOption = Annotated[int, typer.Option("--seed", help="随机种子")]
_TITLES = {
    "finnsp": "FinNSP 金融负面",
    "chnsenticorp": "ChnSentiCorp 酒店、图书、电脑评论",
    "weibo2018": "weibo2018 微博情感",
    "finfe": "FinFE 股吧情绪",
}


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="用公开数据或生成的数据评测，任何人都能重做")
    for name, title in _TITLES.items():
        example = f"例：fengping benchmark {name} 公开数据 --base bge-small-zh-v1.5 --json"
        group.command(name, help=f"{title}：训练并评测。{example}")(_command(SETS[name]))
    group.command("masking", help=HELP)(benchmark_masking)
    group.command("duplicates", help=DUPLICATES_HELP)(benchmark_duplicates)
    group.command("ocr", help=OCR_HELP)(benchmark_ocr)
    app.add_typer(group, name="benchmark")


def _command(public_set: PublicSet) -> Callable[..., None]:
    def benchmark_set(
        folder: FolderArgument, *, base: BaseOption = DEFAULT_BASE, seed: SeedOption = 7, as_json: JsonOption = False
    ) -> None:
        report = _measured(public_set, folder, base, seed)
        if as_json:
            typer.echo(json.dumps(report, ensure_ascii=False))
        else:
            _print(report)

    return benchmark_set


def _measured(public_set: PublicSet, folder: Path, base: str, seed: int) -> Mapping[str, Any]:
    try:
        from nlp.training.benchmark.measure import measure
        from nlp.training.benchmark.parts import load_parts
    except ModuleNotFoundError as error:
        raise NotSetUpError(f"评测要训练，需要额外的组件（缺 {error.name}）：pip install 'fengping[train]'") from error
    console = Console(stderr=True)
    encoder = base_folder(base, folder)
    with console.status("读取数据，寻找近似重复"):
        parts = load_parts(public_set, folder)
    console.print(
        f"训练 {len(parts.training)} 条，另加 {len(parts.extra)} 条，评测 {len(parts.test)} 条（{parts.split}）"
    )
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
        row = progress.add_task("训练", total=None)
        return measure(
            public_set,
            parts,
            encoder,
            seed=seed,
            on_progress=lambda done, steps, loss: progress.update(
                row, completed=done, total=steps, description=f"训练（损失 {loss:.3f}）"
            ),
        )


def _print(report: Mapping[str, Any]) -> None:
    split = "从训练部分自己划出" if report["split"] == "own" else report["split"]
    typer.echo(f"{_TITLES[report['set']]}（{split}），{report['seconds']:.0f} 秒，种子 {report['seed']}")
    for title, share in (("全部", report), ("训练部分没有近似重复的", report["without_duplicate"])):
        if share["n"]:
            low, high = share["interval"]
            typer.echo(f"  {title}：准确率 {share['accuracy']:.3f} [{low:.3f}, {high:.3f}]，n = {share['n']}")
