"""`fengping benchmark duplicates`: how many edited copies are found, how many others are taken for one."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from indexer.benchmark.near_duplicates import measure
from ui.cli.home import JsonOption

HELP = "用改写过的帖子量近似重复的召回率、精确率和速度。例：fengping benchmark duplicates --seed 7 --json"
SeedOption = Annotated[int, typer.Option("--seed", help="生成器的种子；同一个种子总是同样的帖子")]
PostsOption = Annotated[int, typer.Option("--posts", "-n", min=8, help="共多少条帖子，四分之一以内是原文，其余是改写")]
_EDITS = {
    "deleted": "删字",
    "inserted": "加字",
    "numbers": "改数字",
    "hashtags": "加话题",
    "truncated": "截短一到三成",
    "synonyms": "换近义词",
    "order": "调换句序",
    "several": "两种一起",
}


def benchmark_duplicates(*, seed: SeedOption = 1, posts: PostsOption = 20_000, as_json: JsonOption = False) -> None:
    """Print recall by edit, precision by pairs, with 95 % intervals (Wilson), and the speed of the clustering alone."""
    with (
        TemporaryDirectory(prefix="fengping-") as folder,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        task = progress.add_task("归并", total=posts)
        figures = measure(
            Path(folder), seed=seed, posts=posts, on_progress=lambda done, _: progress.update(task, completed=done)
        )
    figures = {"seed": seed, **figures}
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False))
    else:
        _print(figures)


def _print(figures: Mapping[str, Any]) -> None:
    table = Table("改法", "条", "召回率", "95 % 区间")
    for edit, title in _EDITS.items():
        table.add_row(title, *_row(figures["copies"]["edits"][edit], "recall"))
    table.add_section()
    table.add_row("合计", *_row(figures["copies"], "recall"))
    table.add_row("同组的帖子对是同一篇（精确率）", *_row(figures["pairs"], "precision"))
    console = Console()
    console.print(table)
    console.print(f"{figures['posts']:,} 条帖子，{figures['seconds']} 秒，每秒 {figures['posts_per_s']:,} 条")


def _row(share: Mapping[str, Any], name: str) -> tuple[str, str, str]:
    low, high = share["interval"]
    value = share[name]
    return f"{share['n']:,}", "—" if value is None else f"{value:.4f}", f"{low:.4f}–{high:.4f}"
