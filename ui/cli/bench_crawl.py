"""`fengping bench crawl`: how fast pages are collected; `bench.py` makes it a command of the group."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ui.cli.home import JsonOption
from ui.crawl_benchmark import measure

SecondsOption = Annotated[int, typer.Option("--seconds", min=3, help="两边各采集多少秒")]


def register(group: typer.Typer) -> None:
    """Add the command to the group `bench`."""
    group.command(
        "crawl", help="测量采集（含解析、存证、入账），与 scrapy bench 对照。例：fengping bench crawl --json"
    )(bench_crawl)


def bench_crawl(*, seconds: SecondsOption = 10, as_json: JsonOption = False) -> None:
    """Crawl a made-up forum on this machine, then let Scrapy's bench follow links as long."""
    with Console(stderr=True).status("准备") as status:
        figures = measure(seconds=seconds, on_step=lambda step: status.update(f"{step}（{seconds} 秒）"))
    if as_json:
        typer.echo(json.dumps(figures))
    else:
        _print(figures)


def _print(figures: Mapping[str, Any]) -> None:
    table = Table("", "采集", "scrapy bench", "比值")
    ours, bare = figures["pages_per_min"], figures["scrapy_bench_pages_per_min"]
    table.add_row("页/分钟", f"{ours:,}", f"{bare:,}", f"{figures['ratio']}")
    table.add_row("内存峰值（MiB）", f"{figures['rss_mib']:,}", "", "")
    console = Console()
    console.print(table)
    console.print(f"{figures['pages']:,} 页，入账 {figures['posts']:,} 条，各 {figures['seconds']} 秒")
