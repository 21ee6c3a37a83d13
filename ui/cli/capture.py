"""`fengping capture`: one link, fetched, analysed and shown at once."""

import getpass
import json
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console

from crawler.errors import RegisterError
from indexer.record import Record
from ui.capturing import Captured, capture
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.setup import SetUp
from ui.texts import label_text

UrlArgument = Annotated[str, typer.Argument(metavar="URL", help="帖子、投诉或文章的链接")]
SourceOption = Annotated[
    str | None, typer.Option("--source", help="按哪个登记的来源读，或记在哪个来源名下；不写则看网址")
]
WhoOption = Annotated[str | None, typer.Option("--who", help="谁要抓取，写进审计日志；不写则用登录名")]
_SHOWN = 60


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("capture", help="抓取一个链接，立即分析并可检索。例：fengping capture https://tieba.baidu.com/p/1")(
        capture_link
    )


def capture_link(
    url: UrlArgument,
    *,
    source: SourceOption = None,
    who: WhoOption = None,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Capture and show what came of it; exit 1 when nothing could be read."""
    setup = SetUp.open(home, config)
    name = who or setup.configuration.web.reviewer or getpass.getuser()
    try:
        with Console(stderr=True).status("正在抓取"):
            captured = capture(setup, url, who=name, source=source)
    except RegisterError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(_as_json(captured), ensure_ascii=False))
    else:
        _print(captured)
    if not captured.records:
        raise typer.Exit(1)


def _as_json(captured: Captured) -> dict[str, Any]:
    names = ("url", "source", "spider", "is_registered", "new", "changed", "is_searchable", "seconds")
    return {
        **{name: getattr(captured, name) for name in names},
        "posts": [_post(record) for record in captured.records],
        "issues": [
            {"url": issue.url, "reason": issue.reason, "field": issue.field, "detail": issue.detail}
            for issue in captured.issues
        ],
    }


def _post(record: Record) -> dict[str, Any]:
    post = record.post
    return {
        "id": record.id,
        "native_id": post.native_id,
        "url": post.url,
        "published": post.published.isoformat() if post.published else None,
        "title": post.title,
        "text": post.text,
        "kind": record.kind,
        "sentiment": record.sentiment,
        "issues": list(record.issues),
        "urgency": record.urgency,
        "overdue_complaint": record.is_overdue_complaint,
        "evidence": asdict(post.evidence),
    }


def _print(captured: Captured) -> None:
    console = Console(highlight=False)
    for record in captured.records:
        console.print(_line(record), markup=False)
    for issue in captured.issues:
        console.print(f"▲ {issue.detail}（{issue.url}）", markup=False)
    later = "" if captured.is_searchable else "；正在运行的工作进程还没有分析完，稍后可检索"
    count = f"{len(captured.records)} 条，新 {captured.new}，变化 {captured.changed}"
    end = count if captured.records else "没有读到帖子"
    typer.echo(f"{captured.source}：{end}{later}，用时 {captured.seconds:.1f} 秒")


def _line(record: Record) -> str:
    words = " ".join(f"{record.post.title} {record.post.text}".split())
    labels = [
        label_text(field, value)
        for field, value in (("kind", record.kind), ("sentiment", record.sentiment), ("urgency", record.urgency))
        if value
    ]
    labels += [label_text("issues", issue) for issue in record.issues]
    return f"{record.id}  {'、'.join(labels) or '待分析'}  {words[:_SHOWN]}"
