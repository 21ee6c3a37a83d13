"""`fengping source`: what can be read, and what a site file makes of a page."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from crawler.checking import check, read_moment
from crawler.engines import ENGINES
from crawler.errors import CrawlerError
from crawler.pages.extraction import Extraction, ShownPost, ShownThread
from crawler.register import SourceSettings
from crawler.site import load_site, shipped_sites
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.configuration import load

SiteArgument = Annotated[
    str, typer.Argument(metavar="SITE", help="自带站点（如 discuz）、站点文件 TOML 的路径，或 feed、discourse 等爬虫")
]
TargetArgument = Annotated[str, typer.Argument(metavar="URL_OR_FILE", help="网址，或已保存的页面文件")]
UrlOption = Annotated[str | None, typer.Option("--url", help="已保存的页面原来的网址")]
AtOption = Annotated[
    str | None, typer.Option("--at", help="页面是什么时候取的（相对日期从这时算起），如 2026-11-24T19:05:32+08:00")
]
_TEXT_SHOWN = 60


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="来源：能读哪些站点，一个页面能读出什么")
    group.command("check", help="看站点文件从一个页面读出什么，不入库。例：fengping source check discuz 页面.html")(
        check_page
    )
    group.command("list", help="列出自带站点和已登记的来源。例：fengping source list")(list_sources)
    app.add_typer(group, name="source")


def check_page(
    site: SiteArgument,
    target: TargetArgument,
    *,
    url: UrlOption = None,
    at: AtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what is extracted; exit 1 when that is nothing."""
    served = _moment(at)
    try:
        extraction = check(site, target, url=url, at=served, clock=lambda: datetime.now(UTC))
    except CrawlerError as error:
        raise _wrong_use(str(error)) from error
    if as_json:
        typer.echo(json.dumps(_as_json(extraction), ensure_ascii=False))
    else:
        _print(extraction)
    if extraction.is_empty:
        raise typer.Exit(1)


def _moment(at: str | None) -> datetime | None:
    try:
        return read_moment(at) if at else None
    except ValueError as error:
        raise _wrong_use(f"--at 不是时间：{at}；请写成 2026-11-24T19:05:32+08:00（不写时区按北京时间）") from error


def _wrong_use(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(2)


def _as_json(extraction: Extraction) -> Mapping[str, Any]:
    return {
        "page": extraction.kind,
        "thread_id": extraction.thread_id,
        "posts": [_post(post) for post in extraction.posts],
        "threads": [_thread(thread) for thread in extraction.threads],
        "boards": list(extraction.boards),
        "next": extraction.next,
        "issues": [
            {"reason": issue.reason, "field": issue.field, "detail": issue.detail} for issue in extraction.issues
        ],
    }


def _post(post: ShownPost) -> Mapping[str, Any]:
    return {
        "native_id": post.native_id,
        "kind": post.kind,
        "parent_id": post.parent_id,
        "url": post.url,
        "title": post.title,
        "text": post.text,
        "published": post.published.isoformat() if post.published else None,
    }


def _thread(thread: ShownThread) -> Mapping[str, Any]:
    return {
        "native_id": thread.native_id,
        "url": thread.url,
        "title": thread.title,
        "replies": thread.replies,
        "views": thread.views,
        "is_sticky": thread.is_sticky,
        "last_active": thread.active.isoformat() if thread.active else None,
    }


def _print(extraction: Extraction) -> None:
    console = Console()
    if extraction.posts:
        console.print(_post_table(extraction))
    if extraction.threads:
        console.print(_thread_table(extraction))
    for board in extraction.boards:
        console.print(f"版块  {board}", highlight=False, markup=False)
    if extraction.next:
        console.print(f"下一页  {extraction.next}", highlight=False)
    for issue in extraction.issues:
        console.print(f"▲ {issue.reason}：{issue.detail}", highlight=False, markup=False)
    if extraction.is_empty:
        console.print("没有读到任何帖子、主题或版块")


def _post_table(extraction: Extraction) -> Table:
    table = Table(title=f"帖子 {len(extraction.posts)} 条", title_justify="left")
    for heading in ("编号", "类型", "引用", "时间（北京）", "正文"):
        table.add_column(heading, overflow="fold")
    for post in extraction.posts:
        text = f"{post.title} ／ {post.text}" if post.title else post.text
        table.add_row(post.native_id, post.kind, post.parent_id or "", _local(post.published), _first(text))
    return table


def _thread_table(extraction: Extraction) -> Table:
    table = Table(title=f"主题 {len(extraction.threads)} 个", title_justify="left")
    for heading in ("编号", "标题", "最后回复（北京）"):
        table.add_column(heading, overflow="fold")
    table.add_column("回复", justify="right")
    for thread in extraction.threads:
        replies = "" if thread.replies is None else str(thread.replies)
        table.add_row(thread.native_id, thread.title, _local(thread.active), replies)
    return table


def _local(at: datetime | None) -> str:
    return f"{at.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M:%S}" if at else "—"


def _first(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TEXT_SHOWN else f"{line[:_TEXT_SHOWN]}…"


def list_sources(*, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """List shipped site files and registered sources."""
    sites = {name: load_site(name).title for name in shipped_sites()}
    sources = load(config, home).sources
    if as_json:
        registered = {name: source.model_dump(mode="json") for name, source in sources.items()}
        typer.echo(json.dumps({"sites": sites, "sources": registered}, ensure_ascii=False))
        return
    console = Console()
    console.print(_site_table(sites))
    if sources:
        console.print(_source_table(sources))
    else:
        typer.echo("还没有登记来源；在 fengping.toml 里写 [sources.名称]，见 docs/sources.md")


def _site_table(sites: Mapping[str, str]) -> Table:
    table = Table(title="自带站点文件", title_justify="left")
    table.add_column("名称")
    table.add_column("读什么")
    for name, title in sites.items():
        table.add_row(name, title)
    for name, engine in ENGINES.items():
        table.add_row(name, f"{engine.title}（不用站点文件）")
    return table


def _source_table(sources: Mapping[str, SourceSettings]) -> Table:
    table = Table(title="已登记的来源", title_justify="left")
    for heading in ("名称", "爬虫", "站点", "网址", "目的", "启用"):
        table.add_column(heading, overflow="fold")
    for name, source in sources.items():
        enabled = "是" if source.enabled else "否"
        table.add_row(name, source.spider, source.site, "\n".join(source.urls), source.purpose, enabled)
    return table
