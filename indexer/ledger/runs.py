"""What happened while crawling: runs, and oddities of the sources."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from crawler.post import CrawlIssue, IssueReason
from indexer.ledger.covering import hour_of
from indexer.ledger.tables import crawl_issues, field_hours
from indexer.ledger.tables import crawl_runs as run_table
from indexer.ledger.upserting import upsert

_UNREADABLE = {
    IssueReason.MISSING_FIELD,
    IssueReason.UNREADABLE_FIELD,
    IssueReason.UNKNOWN_PAGE,
    IssueReason.EMPTY_PAGE,
}
FINISHED = "finished"  # the outcome of a run that read all there was


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRun:
    """One crawl of one source, begun at `started` (UTC); `outcome` is "running", "finished" or why it ended early."""

    source: str
    started: datetime
    finished: datetime | None = None
    outcome: str = "running"
    pages: int = 0
    posts: int = 0
    new: int = 0
    changed: int = 0
    issues: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlTotal:
    """The sums of a source's crawl runs; `last_success` (UTC) is the end of the last one that read all there was."""

    source: str
    pages: int
    posts: int
    issues: int
    last_success: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedIssue:
    """An oddity of a source; the same one met again counts up `times` and moves `last_at` (UTC)."""

    source: str
    url: str
    reason: str
    field: str
    detail: str
    first_at: datetime
    last_at: datetime
    times: int


def note_issue(connection: Connection, issue: CrawlIssue) -> None:
    """Keep an oddity, or count it up."""
    row = {
        "source": issue.source,
        "url": issue.url,
        "reason": str(issue.reason),
        "field": issue.field or "",
        "detail": issue.detail,
        "first_at": issue.at,
        "last_at": issue.at,
        "times": 1,
    }
    upsert(connection, crawl_issues, [row], replaced=("detail", "last_at"), added=("times",))
    if issue.reason in _UNREADABLE:
        _note_field(connection, issue)


def _note_field(connection: Connection, issue: CrawlIssue) -> None:
    """Count a field that was missing, by the hour: that more are missing than usual tells that a site has changed."""
    field = issue.field or str(issue.reason)
    row = {"source": issue.source, "field": field, "hour": hour_of(issue.at), "missing": 1, "url": issue.url}
    upsert(connection, field_hours, [row], replaced=("url",), added=("missing",))


def issues(connection: Connection, *, source: str | None, limit: int, offset: int) -> list[NotedIssue]:
    """Oddities, the latest first."""
    query = select(crawl_issues).order_by(crawl_issues.c.last_at.desc(), crawl_issues.c.url).limit(limit).offset(offset)
    if source is not None:
        query = query.where(crawl_issues.c.source == source)
    return [NotedIssue(**row) for row in connection.execute(query).mappings()]


def note_run(connection: Connection, run: CrawlRun) -> None:
    """Keep a run, or replace what was known of it."""
    row = asdict(run)
    upsert(connection, run_table, [row], replaced=[name for name in row if name not in ("source", "started")])


def crawl_runs(connection: Connection, *, source: str | None, limit: int) -> list[CrawlRun]:
    """Runs, the latest first."""
    query = select(run_table).order_by(run_table.c.started.desc(), run_table.c.source).limit(limit)
    if source is not None:
        query = query.where(run_table.c.source == source)
    return [CrawlRun(**row) for row in connection.execute(query).mappings()]


def crawl_totals(connection: Connection) -> list[CrawlTotal]:
    """What the kept runs sum up to, by source."""
    done = func.max(run_table.c.finished).filter(run_table.c.outcome == FINISHED)
    sums = (func.sum(run_table.c[name]).label(name) for name in ("pages", "posts", "issues"))
    query = select(run_table.c.source, *sums, done.label("last_success")).group_by(run_table.c.source)
    return [CrawlTotal(**row) for row in connection.execute(query.order_by(run_table.c.source)).mappings()]
