"""`fengping import`: articles from files into the ledger."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.errors import PageError
from crawler.evidence.warc import Warc
from crawler.importers.article import read_article
from crawler.post import Post
from crawler.pseudonym import load_key
from indexer.ledger import Landing
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.setup import SetUp

FilesArgument = Annotated[list[Path], typer.Argument(metavar="FILE...", help="纯文本或 HTML 文件，每个文件一篇文章")]
SourceOption = Annotated[str, typer.Option("--source", help="记在哪个来源名下")]
UrlOption = Annotated[str | None, typer.Option("--url", help="文章原来的网址（只导入一个文件时）")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", help="导入文章（纯文本或 HTML），重复导入不会重复入账。例：fengping import 文章.txt")(
        import_files
    )


def import_files(
    files: FilesArgument,
    *,
    source: SourceOption = "import",
    url: UrlOption = None,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import and say what was new; nothing is imported when one file can't be read."""
    if url and len(files) > 1:
        typer.echo("--url 只能用于一个文件；请分开导入", err=True)
        raise typer.Exit(2)
    setup = SetUp.open(home, config)
    try:
        landing = import_articles(setup, files, source=source, url=url)
    except PageError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    counts = {"files": len(files), "new": landing.new, "changed": landing.changed, "unchanged": landing.unchanged}
    line = f"导入 {len(files)} 个文件：新 {landing.new}，变化 {landing.changed}，已有 {landing.unchanged}"
    typer.echo(json.dumps(counts) if as_json else line)


def import_articles(setup: SetUp, files: list[Path], *, source: str, url: str | None = None) -> Landing:
    """Land files as articles, their bytes as evidence."""
    now, key = datetime.now(UTC), load_key(setup.home)
    warc = Warc(setup.home / "evidence", source)
    try:
        posts = [_read(path, source, now, key, warc, url) for path in files]
    finally:
        warc.close()
    return setup.ledger.land(posts, now=now)


def _read(path: Path, source: str, now: datetime, key: bytes, warc: Warc, url: str | None) -> Post:
    return read_article(path, source=source, crawled=now, key=key, warc=warc, url=url)
