"""`fengping bench`: how fast this machine is; each bench is a command of the group."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from indexer.benchmark import measure
from ui.cli import bench_crawl, bench_nlp
from ui.cli.home import JsonOption

PostsOption = Annotated[int, typer.Option("--posts", min=1000, help="用多少条生成的帖子")]
_ROWS = {
    "index_posts_per_s": "编入索引（条/秒）",
    "search_p50_ms": "查询 p50（毫秒）",
    "search_p95_ms": "查询 p95（毫秒）",
    "dashboard_p95_ms": "看板统计 p95（毫秒）",
    "rss_mib": "内存峰值（MiB）",
    "disk_mib": "索引大小（MiB）",
}
_LANDING = {
    "land_posts_per_s": "入账（条/秒，不含打码）",
    "land_masked_posts_per_s": "入账（条/秒，含打码）",
    "land_again_posts_per_s": "重复入账（条/秒，含打码）",
}


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="测量速度和占用")
    group.command("index", help="测量入账、索引和查询，与 SQLite FTS5 对照。例：fengping bench index --posts 100000")(
        bench_index
    )
    bench_crawl.register(group)
    bench_nlp.register(group)
    app.add_typer(group, name="bench")


def bench_index(*, posts: PostsOption = 100_000, as_json: JsonOption = False) -> None:
    """Measure ledger and search on made-up posts, in temporary folders."""
    console = Console(stderr=True)
    with console.status("准备") as status:
        figures = measure(posts, on_step=lambda step: status.update(f"{step}（{posts:,} 条）"))
    if as_json:
        typer.echo(json.dumps(figures))
    else:
        _print(figures)


def _print(figures: Mapping[str, Any]) -> None:
    table = Table("", "内嵌索引", "SQLite FTS5", "倍数")
    other = figures["sqlite_fts5"]
    for name, title in _ROWS.items():
        ratio = figures[name] / other[name] if name == "index_posts_per_s" else other[name] / figures[name]
        table.add_row(title, f"{figures[name]:,}", f"{other[name]:,}", f"{ratio:.1f}")
    for name, title in _LANDING.items():
        table.add_row(title, f"{figures[name]:,}", "", "")
    Console().print(table)
