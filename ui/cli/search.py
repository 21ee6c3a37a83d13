"""`fengping search`: find records with the query language."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from indexer.errors import QueryError
from indexer.query import Node, parse
from indexer.query.fields import CLOSED
from indexer.query.values import SHANGHAI
from indexer.record import Record
from indexer.search import Explanation, SearchResult, Snippet, Sort, explain, highlight, snippet
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.setup import SetUp

QueryArgument = Annotated[
    str, typer.Argument(metavar="QUERY", help="查询语句，如 '催收 OR \"暴力催收\" kind:投诉 after:7d'")
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=1000, help="最多显示多少条")]
SortOption = Annotated[Sort, typer.Option("--sort", help="排序：newest 最新，oldest 最早，relevance 最相关")]
CursorOption = Annotated[
    str | None, typer.Option("--cursor", help="接着上一页：上一页结果里的 cursor", show_default=False)
]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="不列帖子，而是说明查询怎样理解：各部分、查哪些词、各找到多少条、后端的查询")
]
_LABELS = ("kind", "sentiment", "urgency")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("search", help="查找帖子。例：fengping search '暴力催收 OR 爆通讯录 kind:投诉 after:7d'")(search)


def search(
    query: QueryArgument,
    *,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    limit: LimitOption = 20,
    sort: SortOption = Sort.NEWEST,
    cursor: CursorOption = None,
    explained: ExplainOption = False,
    as_json: JsonOption = False,
) -> None:
    """Print what a query finds."""
    setup = SetUp.open(home, config)
    try:
        tree = parse(query, now=datetime.now(UTC))
    except QueryError as error:
        raise typer.BadParameter(f"{error}\n{query}\n{'　' * (error.position - 1)}^", param_hint="QUERY") from error
    if explained:
        _tell(query, explain(setup.index, tree), as_json=as_json)
        return
    result = setup.index.search(tree, sort=sort, limit=limit, cursor=cursor)
    records = setup.ledger.records(result.record_ids)
    if not result.total and not setup.ledger.counts().indexed:
        typer.echo(f"{home} 里还没有可检索的帖子；请先采集（fengping crawl）并分析（fengping work）", err=True)
    if as_json:
        typer.echo(json.dumps(_as_json(query, tree, result, records), ensure_ascii=False))
    else:
        _print(tree, result, records)


def _as_json(query: str, tree: Node, result: SearchResult, records: list[Record]) -> dict[str, Any]:
    scores = {hit.record_id: hit.score for hit in result.hits}
    hits = [{**_hit(tree, record), "score": scores[record.id]} for record in records]
    return {"query": query, "total": result.total, "cursor": result.cursor, "hits": hits}


def _hit(tree: Node, record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "source": record.post.source,
        "native_id": record.post.native_id,
        "url": record.post.url,
        "published": record.post.published.isoformat() if record.post.published else None,
        "title": record.post.title,
        "text": record.post.text,
        "labels": {
            **{name: getattr(record, name) for name in _LABELS},
            "issues": list(record.issues),
            "overdue_complaint": record.is_overdue_complaint,
        },
        "confidence": record.confidence,
        "status": record.status.value,
        "highlights": [[span.start, span.end] for span in highlight(tree, record.post.text)],
    }


def _print(tree: Node, result: SearchResult, records: list[Record]) -> None:
    console = Console()
    console.print(f"共 {result.total:,} 条，显示 {len(records)} 条（时间为北京时间）", style="bold")
    for record in records:
        labels = " · ".join(CLOSED[name].get(getattr(record, name) or "", "未分析") for name in _LABELS)
        time = record.time.astimezone(SHANGHAI)
        console.print(
            f"\n[{record.id}] {time:%Y-%m-%d %H:%M} {record.post.source} {labels}", markup=False, style="cyan"
        )
        if record.post.title:
            console.print(_marked(snippet(tree, record.post.title)))
        console.print(_marked(snippet(tree, record.post.text)))
        console.print(record.post.url, markup=False, style="dim")
    if result.cursor:
        console.print(f"\n下一页：--cursor {result.cursor}", markup=False)


def _tell(query: str, explanation: Explanation, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"query": query, **asdict(explanation)}, ensure_ascii=False))
        return
    console = Console()
    for part in explanation.parts:
        looked_for = f"  查：{'、'.join(part.tokens)}" if part.tokens else ""
        line = f"{'    ' * part.depth}{part.words}：{part.found:,} 条{looked_for}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print("\n后端的查询：", style="bold")
    console.print(explanation.engine, markup=False, highlight=False, soft_wrap=True)


def _marked(part: Snippet) -> Text:
    text = Text(part.text.replace("\n", " "))
    for span in part.spans:
        text.stylize("bold red", span.start, span.end)
    return text
