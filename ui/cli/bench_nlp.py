"""`fengping bench nlp`: how fast posts are analysed; `bench.py` makes it a command of the group."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from nlp.benchmark import measure
from ui.cli.home import JsonOption

PostsOption = Annotated[int, typer.Option("--posts", min=10, help="用多少条生成的帖子")]
ThreadsOption = Annotated[int | None, typer.Option("--threads", min=1, help="两边各用几个线程；不写则用全部核心")]


def register(group: typer.Typer) -> None:
    """Add the command to the group `bench`."""
    group.command("nlp", help="测量全套分析（含打码），与 BERT-base 管线对照。例：fengping bench nlp --posts 2000")(
        bench_nlp
    )


def bench_nlp(*, posts: PostsOption = 2000, threads: ThreadsOption = None, as_json: JsonOption = False) -> None:
    """Measure the full analysis of made-up posts beside a pipeline of transformers."""
    with Console(stderr=True).status("准备") as status:
        figures = measure(posts, threads=threads, on_step=lambda step: status.update(f"{step}（{posts:,} 条）"))
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False))
    else:
        _print(figures)


def _print(figures: Mapping[str, Any]) -> None:
    console = Console()
    console.print(f"{figures['posts']:,} 条，平均 {figures['mean_characters']} 字，{figures['threads']} 线程")
    table = Table("", "全套分析", "BERT-base 管线", "倍数")
    slow, ratio = figures["bert_base_posts_per_s"], figures["ratio"]
    table.add_row("分析（条/秒）", f"{figures['posts_per_s']:,}", f"{slow or '—'}", f"{ratio or '—'}")
    table.add_row("内存峰值（MiB）", f"{figures['rss_mib']:,}", "", "")
    console.print(table)
    if figures["note"]:
        console.print(figures["note"], markup=False)
    else:
        console.print(f"BERT-base 一侧只跑其中 {figures['bert_base_posts']} 条，批大小 {figures['bert_base_batch']}")
