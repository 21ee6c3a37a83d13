"""The sources and how fresh they are; a click opens a source's posts."""

from ui.texts.moments import age_words, full_time
from ui.web.components.clickable import clickable
from ui.web.components.frame import Frame
from ui.web.markup import render


def source_table(frame: Frame) -> str | None:
    """Draw the table; the source that was clicked just now."""
    text = frame.text
    columns = [text(f"sources.{name}") for name in ("name", "posts", "crawled", "published", "state")]
    rows = [
        {
            "name": source.source,
            "posts": f"{source.posts:,}",
            "crawled": age_words(text, source.last_crawled, now=frame.now),
            "crawled_at": full_time(source.last_crawled),
            "published": age_words(text, source.last_published, now=frame.now) if source.last_published else "–",
            "published_at": full_time(source.last_published) if source.last_published else "",
            "stale": source.stale,
            "state": text("sources.stale" if source.stale else "sources.fresh"),
        }
        for source in frame.sources
    ]
    return clickable(render("source_table", columns=columns, rows=rows), key="source-table")
