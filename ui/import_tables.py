"""What an import did, as a table for people and as one object for programs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from crawler.importers.formats import FORMATS
from crawler.importers.row import ImportIssue
from crawler.post import Post
from ui.importing import FileReport

_COUNTS = ("read", "new", "changed", "unchanged", "bad", "doubts")
_ISSUES = 10


def reports_as_json(reports: Sequence[FileReport], *, is_dry_run: bool) -> dict[str, Any]:
    """Return the sums over all files, and each file's report."""
    sums = {name: sum(getattr(report, name) for report in reports) for name in _COUNTS}
    return {"files": len(reports), **sums, "dry_run": is_dry_run, "reports": [_report(one) for one in reports]}


def _report(report: FileReport) -> dict[str, Any]:
    counts = {name: getattr(report, name) for name in _COUNTS}
    about = {"file": report.file, "format": report.format, "sources": report.sources}
    return {**about, **counts, "issues": [_issue(one) for one in report.issues]}


def _issue(issue: ImportIssue) -> dict[str, Any]:
    return {
        "place": issue.place,
        "line": issue.line,
        "field": issue.field,
        "detail": issue.detail,
        "is_lost": issue.is_lost,
    }


def print_reports(reports: Sequence[FileReport], *, is_dry_run: bool) -> None:
    """Print a line a file, then what could not be read, then the sums."""
    console = Console()
    if reports:
        console.print(_table(reports))
    for report in reports:
        _print_issues(report)
        for post in report.examples if is_dry_run else ():
            typer.echo(f"  {_example(post)}")
    new, changed, known, bad = (
        sum(getattr(one, name) for one in reports) for name in ("new", "changed", "unchanged", "bad")
    )
    if is_dry_run:
        read = sum(report.read for report in reports)
        typer.echo(f"试读 {len(reports)} 个文件：读出 {read} 条，坏行 {bad}；没有入库")
    else:
        typer.echo(f"导入 {len(reports)} 个文件：新 {new}，变化 {changed}，已有 {known}，坏行 {bad}")


def _table(reports: Sequence[FileReport]) -> Table:
    table = Table(title="导入结果", title_justify="left")
    for heading in ("文件", "格式", "来源"):
        table.add_column(heading)
    for heading in ("读出", "新", "变化", "已有", "坏行", "存疑"):
        table.add_column(heading, justify="right")
    for report in reports:
        known = FORMATS.get(report.format)
        counts = (f"{getattr(report, name):,}" for name in _COUNTS)
        table.add_row(Path(report.file).name, known.title if known else "—", "、".join(report.sources), *counts)
    return table


def _print_issues(report: FileReport) -> None:
    shown = sorted(report.issues, key=lambda issue: not issue.is_lost)[:_ISSUES]
    for issue in shown:
        typer.echo(f"{'坏行' if issue.is_lost else '存疑'} {issue}")
    left = report.bad + report.doubts - len(shown)
    if left > 0:
        typer.echo(f"……{Path(report.file).name} 另有 {left:,} 处；全部见 --json 的 issues（每个文件最多列 200 处）")


def _example(post: Post) -> str:
    words = " ".join(f"{post.title} {post.text}".split())
    at = f"{post.published:%Y-%m-%d %H:%M}" if post.published else "没有时间"
    return f"{post.source} {post.native_id} {post.kind} {at}（UTC） {words[:40]}"
