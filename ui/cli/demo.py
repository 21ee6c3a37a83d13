"""`fengping demo`: from a forum's pages to the dashboard, in one command."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ui.cli.home import HOME, HomeOption
from ui.configuration import FILE_NAME
from ui.demonstration import Tally, analyse, crawl_forum, import_article, prepare, serve_forum
from ui.serving import app_url, free_port, serve
from ui.setup import SetUp

HeadlessOption = Annotated[
    bool, typer.Option("--headless", help="不打开应用，跑完打印一个 JSON 对象：各步的帖子数和用时")
]
PortOption = Annotated[int | None, typer.Option("--port", min=0, max=65535, help="应用的端口")]

_LOOK_AT = """
[bold]风评已就绪：{url}[/]

  看看这些：
  · [bold]总览[/]：风险曲线上 8–14 天前的突增是一波催收投诉；点那一天，看当天的帖子
  · [bold]投诉[/]：最急的在最前；按 Y 确认标签，按 E 更正并写理由，“研判记录”里有审计日志
  · [bold]检索[/]：试试  催收 电话 kind:投诉  或  罚息 -推广
  · 命令行：fengping search '催收 urgency:高' --home {home}

  虚构论坛在 {forum} ，“打开原帖”会到那里。
  [dim]Ctrl+C 结束；数据留在 {home}，再次运行 fengping web --home {home} 可以接着看。[/]
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", help="演示：采集附带的虚构论坛，分析，打开应用。例：fengping demo")(demo)


def demo(*, home: HomeOption = HOME, headless: HeadlessOption = False, port: PortOption = None) -> None:
    """Run the demo; with the app it stays until Ctrl+C."""
    console = Console(stderr=True, highlight=False)
    with_app = not headless
    forum = serve_forum()
    try:
        setup = prepare(home, forum)
        tally = _stages(setup, console)
        if with_app:
            _open(setup, home, forum.url, console, port)
        else:
            typer.echo(json.dumps(asdict(tally), ensure_ascii=False))
    finally:
        forum.close()


def _stages(setup: SetUp, console: Console) -> Tally:
    tally = Tally()
    with tally.timed("total"):
        console.print("① 采集虚构论坛“借贷茶馆”……")
        crawl_forum(setup, tally)
        console.print(
            f"   读到 {tally.forum_threads} 个主题、{tally.forum_posts} 条帖子（{tally.seconds['crawl']} 秒）"
        )
        console.print("② 导入一篇带乱码的资讯文章……")
        import_article(setup, tally)
        console.print("③ 分析并编入索引……")
        _analyse(setup, tally, console)
        console.print(
            f"   分析 {tally.analysed} 条，可检索 {tally.indexed} 条，其中投诉 {tally.complaints} 条"
            f"（{tally.seconds['analyse']} 秒）"
        )
    return tally


def _analyse(setup: SetUp, tally: Tally, console: Console) -> None:
    columns = (TextColumn("   {task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("分析", total=setup.ledger.counts().pending)
        analyse(setup, tally, on_progress=lambda report: progress.update(task, completed=report.analysed))


def _open(setup: SetUp, home: Path, forum: str, console: Console, port: int | None) -> None:
    web = setup.configuration.web
    chosen = free_port(web.address, web.port if port is None else port, others=port is None)
    console.print(_LOOK_AT.format(url=app_url(web.address, chosen), forum=forum, home=home))
    serve(setup, config=home / FILE_NAME, port=chosen, open_browser=False)
