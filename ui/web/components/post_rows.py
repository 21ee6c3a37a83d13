"""A list of posts: urgency, first line, labels, source, time, likes; a click picks one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.post import PostKind
from indexer.record import Record, ReviewStatus
from ui.texts import Texts
from ui.texts.moments import age_words, full_time
from ui.web import theme
from ui.web.components.clickable import clickable
from ui.web.components.frame import Frame
from ui.web.markup import Piece, excerpt, noted_pieces, render

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pill:
    """A label as a small box; `look` is its class in the style sheet."""

    words: str
    look: str = ""


def post_rows(
    frame: Frame,
    records: Sequence[Record],
    *,
    key: str,
    selected: int | None = None,
    lines: int = 1,
    spans: Callable[[Record], tuple[Spans, Spans]] | None = None,
) -> int | None:
    """Show the list; the id of the record that was clicked just now.

    `spans` gives what is to be marked in the title and in the text of a record.
    """
    rows = [_row(frame, record, spans(record) if spans else ((), ())) for record in records]
    picked = clickable(render("post_rows", rows=rows, selected=selected, lines=lines), key=key)
    return int(picked) if picked and picked.isdigit() else None


def pills(frame: Frame, record: Record) -> list[Pill]:
    """The labels of a record, the ones that call for action first."""
    found = label_pills(
        frame.text,
        kind=record.kind,
        sentiment=record.sentiment,
        urgency=record.urgency,
        issues=record.issues,
        overdue_complaint=record.is_overdue_complaint,
    )
    return found + _states(frame, record)


def label_pills(
    text: Texts,
    *,
    kind: str | None,
    sentiment: str | None,
    urgency: str | None,
    issues: Sequence[str],
    overdue_complaint: bool,
) -> list[Pill]:
    """Labels of the label guide, the ones that call for action first."""
    found = []
    if urgency in {"critical", "high"}:
        found.append(Pill(words=text.label("urgency", urgency), look=urgency or ""))
    if overdue_complaint:
        found.append(Pill(words=text("label.overdue_complaint"), look="overdue"))
    elif kind:
        found.append(Pill(words=text.label("kind", kind)))
    found += [Pill(words=text.label("issue", issue)) for issue in issues]
    if sentiment:
        sign = theme.SENTIMENT_SIGNS[sentiment]
        found.append(Pill(words=f"{sign} {text.label('sentiment', sentiment)}", look=sentiment))
    return found


def is_reply(record: Record) -> bool:
    """Whether the title is only that of the thread, which would read as the author's own words."""
    return record.post.kind in {PostKind.REPLY, PostKind.COMMENT} and bool(record.post.title and record.post.text)


def _states(frame: Frame, record: Record) -> list[Pill]:
    """What is to be known about the labels and the post besides."""
    text, found = frame.text, []
    if record.status is ReviewStatus.REVIEWED:
        found.append(Pill(words=text("status.reviewed"), look="reviewed"))
    elif record.analysis and record.analysis.doubtful:
        found.append(Pill(words=text("label.doubtful"), look="doubtful"))
    if record.is_edited_since_review:
        found.append(Pill(words=text("label.edited"), look="doubtful"))
    if record.not_seen_since:
        found.append(Pill(words=text("label.gone"), look="doubtful"))
    return found


def _row(frame: Frame, record: Record, spans: tuple[Spans, Spans]) -> dict[str, object]:
    title_spans, text_spans = spans
    post = record.post
    return {
        "id": record.id,
        "title": [] if is_reply(record) else _marked(post.title, title_spans),
        "text": excerpt(_marked(post.text.replace("\n", " "), text_spans)),
        "pills": pills(frame, record),
        "source": post.source,
        "age": age_words(frame.text, record.time, now=frame.now),
        "time": full_time(record.time),
        "likes": frame.text("list.likes", count=post.engagement.likes) if post.engagement.likes else "",
    }


def _marked(words: str, spans: Spans) -> list[Piece]:
    return noted_pieces(words, [(start, end, "") for start, end in spans])
