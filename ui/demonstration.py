"""The stages of the demo: a forum is served, crawled over HTTP, an article imported, all analysed and indexed."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import tomli_w

import examples
from examples.forum.server import ForumServer, serve
from indexer.query import parse
from indexer.worker import WorkReport, work
from ui.cli.crawl import crawl_with_progress
from ui.cli.import_ import import_articles
from ui.configuration import FILE_NAME
from ui.errors import NotSetUpError, StageFailedError
from ui.serving import free_port
from ui.setup import SetUp

EXAMPLES = Path(examples.__file__).parent
ARTICLE = EXAMPLES / "article.txt"
ARTICLE_SOURCE = "资讯文章"
_FORUM_PORT = 8100
_HOST = "127.0.0.1"


@dataclass(slots=True)
class Tally:
    """What the demo did: posts by stage, `seconds` by stage.

    `seen` counts what the sources showed: the forum's posts and the imported article, told apart in `forum_posts` and
    `imported`. `landed`, `analysed`, `indexed` and `complaints` count what the set-up holds at the end.
    """

    seen: int = 0
    landed: int = 0
    analysed: int = 0
    indexed: int = 0
    complaints: int = 0
    forum_threads: int = 0
    forum_posts: int = 0
    imported: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Time a stage."""
        begun = monotonic()
        yield
        self.seconds[stage] = round(monotonic() - begun, 2)


def serve_forum() -> ForumServer:
    """The bundled forum, at its usual port where that is free, so that stored addresses keep working."""
    return serve(free_port(_HOST, _FORUM_PORT))


def prepare(home: Path, forum: ForumServer) -> SetUp:
    """The demo's set-up: its configuration in the data folder, with the forum's address.

    `NotSetUpError` where the folder has a configuration of another set-up: the demo adds nothing to real data.
    """
    settings = tomllib.loads((EXAMPLES / FILE_NAME).read_text(encoding="utf-8"))
    name = next(iter(settings["sources"]))
    settings["sources"][name]["urls"] = [forum.url]
    path = home / FILE_NAME
    if path.exists() and set(_sources(path)) != {name}:
        raise NotSetUpError(f"{home} 里已有别的配置，演示数据不应混进去；请用 --home 换一个数据目录")
    home.mkdir(parents=True, exist_ok=True)
    path.write_text(tomli_w.dumps(settings), encoding="utf-8")
    return SetUp.open(home, path)


def crawl_forum(setup: SetUp, tally: Tally) -> None:
    """Crawl the forum with the real spider; every thread is read, whatever an earlier demo has read."""
    with tally.timed("crawl"):
        reports = crawl_with_progress(setup, [], revisit=True)
    unfinished = [report for report in reports if not report.finished]
    if unfinished:
        raise StageFailedError("采集", f"{unfinished[0].reason}；详情见 {setup.home / 'crawl' / 'crawl.log'}")
    tally.forum_threads = sum(report.threads for report in reports)
    tally.forum_posts = sum(report.posts for report in reports)
    tally.seen += tally.forum_posts


def import_article(setup: SetUp, tally: Tally) -> None:
    """Import the bundled article, noise and all."""
    with tally.timed("import"):
        import_articles(setup, [ARTICLE], source=ARTICLE_SOURCE)
    tally.imported = 1
    tally.seen += 1


def analyse(setup: SetUp, tally: Tally, *, on_progress: Callable[[WorkReport], None]) -> None:
    """Analyse and index what waits, then count what the set-up holds."""
    with tally.timed("analyse"):
        try:
            work(
                setup.ledger, setup.analyzer, setup.index, batch=setup.configuration.work.batch, on_progress=on_progress
            )
        finally:
            setup.index.close()
    counts = setup.ledger.counts()
    tally.landed, tally.analysed = counts.posts, counts.analysed
    tally.indexed = setup.index.count()
    tree = parse("kind:complaint", now=datetime.now(UTC))
    tally.complaints = setup.index.search(tree, limit=1).total


def _sources(path: Path) -> dict[str, Any]:
    sources: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")).get("sources", {})
    return sources
