"""`fengping crawl`: fetch what is new or changed at the registered sources."""

import dataclasses
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from crawler.crawl import crawl
from crawler.errors import CrawlerError, RegisterError, SiteFileError
from crawler.register import chosen
from crawler.report import CrawlReport
from indexer.ledger import CrawlRun, Ledger
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.evidence import vouch
from ui.setup import SetUp

logger = logging.getLogger(__name__)
SourcesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[SOURCE]...", help="来源名；不写则采集全部启用的来源")
]
RevisitOption = Annotated[bool, typer.Option("--revisit", help="不管有没有变化，所有主题都重读一遍")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("crawl", help="采集已登记的来源，只取新的和变化的。例：fengping crawl 茶馆 --revisit")(crawl_sources)


def crawl_sources(
    sources: SourcesArgument = None,
    *,
    revisit: RevisitOption = False,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Crawl and say what came of it; exit 1 when a source was not read to its end."""
    setup = SetUp.open(home, config)
    try:
        chosen(setup.configuration.sources, sources or [])  # before the progress lines begin
        reports = crawl_with_progress(setup, sources or [], revisit=revisit)
    except (RegisterError, SiteFileError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    except CrawlerError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps(_as_json(reports), ensure_ascii=False))
    else:
        _print(reports)
    if not all(report.finished for report in reports):
        raise typer.Exit(1)


def crawl_with_progress(setup: SetUp, sources: Sequence[str], *, revisit: bool = False) -> tuple[CrawlReport, ...]:
    """Crawl with a line for each source on standard error."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks: dict[str, Any] = {}

        def show(report: CrawlReport) -> None:
            if report.source not in tasks:
                tasks[report.source] = progress.add_task(report.source, total=None)
            progress.update(tasks[report.source], description=_line(report))

        return crawl_and_note(setup, sources, revisit=revisit, on_progress=show)


def crawl_and_note(
    setup: SetUp,
    sources: Sequence[str],
    *,
    revisit: bool = False,
    on_progress: Callable[[CrawlReport], None] | None = None,
) -> tuple[CrawlReport, ...]:
    """Crawl into the set-up's ledger and keep the runs there, which is how stale sources are seen."""
    url = setup.configuration.indexer.ledger_url
    started = datetime.now(UTC)
    reports = crawl(
        sources,
        home=setup.home,
        register=setup.configuration.sources,
        revisit=revisit,
        ledger_url=url.get_secret_value() if url else None,
        on_progress=on_progress,
    )
    for report in reports:
        _note(setup.ledger, report, started)
    for trouble in vouch(setup, clock=lambda: datetime.now(UTC)).troubles:
        logger.warning("%s", trouble)
    return reports


def _note(ledger: Ledger, report: CrawlReport, started: datetime) -> None:
    run = CrawlRun(
        source=report.source,
        started=started,
        finished=datetime.now(UTC),
        outcome=report.reason,
        pages=report.pages,
        posts=report.posts,
        new=report.new,
        changed=report.changed,
        issues=sum(report.issues.values()),
    )
    ledger.note_run(run)


def _line(report: CrawlReport) -> str:
    issues = sum(report.issues.values())
    note = f"，异常 {issues}" if issues else ""
    return f"{report.source}：{report.pages} 页，{report.posts} 帖，新 {report.new}，变 {report.changed}{note}"


def _as_json(reports: Sequence[CrawlReport]) -> Mapping[str, Any]:
    return {"sources": [dataclasses.asdict(report) for report in reports]}


def _print(reports: Sequence[CrawlReport]) -> None:
    if not reports:
        typer.echo("没有可采集的来源；在 fengping.toml 里登记 [sources.名称]，见 docs/sources.md")
        return
    table = Table(title="采集结果", title_justify="left")
    for heading in ("来源", "页", "主题", "帖子", "新", "变化", "秒"):
        table.add_column(heading, justify="left" if heading == "来源" else "right")
    table.add_column("异常")
    for report in reports:
        counts = (report.pages, report.threads, report.posts, report.new, report.changed, round(report.seconds, 1))
        issues = "，".join(f"{reason} {count}" for reason, count in sorted(report.issues.items()))
        unfinished = "" if report.finished else f"没有完成（{report.reason}） "
        table.add_row(report.source, *map(str, counts), f"{unfinished}{issues}")
    Console().print(table)
