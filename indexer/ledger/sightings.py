"""How many posts each source has given and how fresh they are, kept up to date as posts land."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from crawler.post import Post
from indexer.ledger.covering import hour_of
from indexer.ledger.tables import source_hours, sources
from indexer.ledger.upserting import upsert


def note_sightings(connection: Connection, posts: Sequence[Post], *, new: Sequence[Post], now: datetime) -> None:
    """Add a landed batch to its sources' numbers; never a count over all posts."""
    added = Counter(post.source for post in new)
    for source in sorted({post.source for post in posts}):
        shown = [post for post in posts if post.source == source]
        _note(connection, source, shown, added[source])
        row = {"source": source, "hour": hour_of(now), "posts": len(shown), "new": added[source]}
        upsert(connection, source_hours, [row], added=("posts", "new"))


def _note(connection: Connection, source: str, posts: Sequence[Post], added: int) -> None:
    held = connection.execute(select(sources).where(sources.c.source == source)).one_or_none()
    crawled = max(post.crawled for post in posts)
    published = max((post.published for post in posts if post.published), default=None)
    if held is None:
        row = {"source": source, "posts": added, "last_crawled": crawled, "last_published": published}
        connection.execute(insert(sources), row)
        return
    connection.execute(
        update(sources)
        .where(sources.c.source == source)
        .values(
            posts=sources.c.posts + added,
            last_crawled=max(crawled, held.last_crawled),
            last_published=_later(published, held.last_published),
        )
    )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((time for time in (one, other) if time is not None), default=None)
