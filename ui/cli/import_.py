"""`fengping import`: exports of other tools, tables, archives, saved pages and articles into the ledger."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from crawler.checking import read_moment
from crawler.errors import MappingError, PageError
from crawler.evidence.warc import Warc
from crawler.importers.article import read_article
from crawler.importers.formats import FORMATS
from crawler.importers.mapping import load_mapping
from crawler.importers.screenshot import thread_id
from crawler.pseudonym import load_key
from indexer.ledger import Landing
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.import_mapping import asking
from ui.import_tables import print_reports, reports_as_json
from ui.importing import FileReport, ImportOptions, files_in, import_files
from ui.setup import SetUp

FilesArgument = Annotated[list[Path], typer.Argument(metavar="FILE...", help="文件或文件夹（连同下面的文件）")]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", help="记在哪个来源名下；不写则按平台（weibo、tieba …），看不出平台的记作 import"),
]
FormatOption = Annotated[str, typer.Option("--format", help=f"文件的格式：auto（看内容），或 {'、'.join(FORMATS)}")]
MappingOption = Annotated[Path | None, typer.Option("--mapping", help="列对应文件（TOML）：表格的哪一列是什么")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="不问，直接用猜出的列对应")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只读不入库，看看会读出什么")]
UrlOption = Annotated[str | None, typer.Option("--url", help="网页或文章原来的网址（只导入一个文件时）")]
ThreadOption = Annotated[bool, typer.Option("--thread", help="这几张截图是同一个帖子或群聊的，按先后写")]
AtOption = Annotated[
    str | None, typer.Option("--at", help="文件是何时导出的，“3分钟前”一类时间从它算起；不写则看文件的修改时间")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "import",
        help="导入别的工具的导出文件、表格、WARC、网页和文章，重复导入不会重复入账。"
        "例：fengping import 导出/ --dry-run",
    )(import_command)


def import_command(
    files: FilesArgument,
    *,
    source: SourceOption = None,
    format_name: FormatOption = "auto",
    mapping: MappingOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    url: UrlOption = None,
    thread: ThreadOption = False,
    at: AtOption = None,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import and say what was new; exit 1 when nothing at all could be read."""
    options = ImportOptions(
        source=source, format=format_name, mapping=mapping, url=url, at=_moment(at), is_dry_run=dry_run
    )
    found = _checked(files, options)
    if thread:
        options = replace(options, thread=thread_id(found[0]))
    setup = SetUp.open(home, config)
    with _progress() as progress:
        shown = _Shown(progress)
        confirm = asking(home, progress, yes=yes, keep=not dry_run, may_ask=sys.stdin.isatty() and not as_json)
        reports = import_files(setup, found, options, confirm=confirm, on_progress=shown.show)
    if as_json:
        typer.echo(json.dumps(reports_as_json(reports, is_dry_run=dry_run), ensure_ascii=False))
    else:
        print_reports(reports, is_dry_run=dry_run)
    if not any(report.read for report in reports):
        raise typer.Exit(1)


def _moment(text: str | None) -> datetime | None:
    try:
        return read_moment(text) if text else None
    except ValueError as error:
        raise _wrong("--at 要写成 2026-11-24 19:05 这样的时间") from error


def _checked(files: Sequence[Path], options: ImportOptions) -> list[Path]:
    """Return the files to import, or stop where the command can't be meant so."""
    if options.format not in {"auto", *FORMATS}:
        raise _wrong(f"没有 {options.format} 这种格式；可写 auto、{'、'.join(FORMATS)}")
    try:
        found = files_in(files)
        if options.mapping:
            load_mapping(options.mapping)
    except (PageError, MappingError) as error:
        raise _wrong(str(error)) from error
    if options.url and len(found) > 1:
        raise _wrong("--url 只能用于一个文件；请分开导入")
    return found


def _wrong(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(2)


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress


class _Shown:
    """A line of progress for each file: bytes read of its size, posts so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def show(self, report: FileReport, count: int) -> None:
        if report.file not in self._tasks:
            size = Path(report.file).stat().st_size
            self._tasks[report.file] = self._progress.add_task(Path(report.file).name, total=size)
        line = f"{Path(report.file).name}：{report.read:,} 条，坏 {report.bad:,}"
        self._progress.update(self._tasks[report.file], advance=count, description=line)


def import_articles(setup: SetUp, files: list[Path], *, source: str, url: str | None = None) -> Landing:
    """Land files as articles, their bytes as evidence."""
    now, key = datetime.now(UTC), load_key(setup.home)
    warc = Warc(setup.home / "evidence", source)
    try:
        posts = [read_article(path, source=source, crawled=now, key=key, warc=warc, url=url) for path in files]
    finally:
        warc.close()
    return setup.ledger.land(posts, now=now)
