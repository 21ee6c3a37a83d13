"""One post: its labels, its text with what speaks for them, where it comes from."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indexer.record import Record
from nlp import Reason
from ui.texts import Texts
from ui.texts.moments import full_time
from ui.web import answers
from ui.web.components.frame import Frame
from ui.web.components.post_rows import is_reply, pills
from ui.web.markup import Piece, noted_pieces, render, web_address


def post_pane(frame: Frame, record: Record, *, place: DeltaGenerator, reasons: Sequence[Reason] = ()) -> None:
    """Draw the post at `place`; domain terms and reasons are marked in its text, each with its meaning on hover."""
    title, text = _marked(frame, record, reasons)
    html = render(
        "post",
        pills=pills(frame, record),
        thread=frame.text("post.thread", title=record.post.title) if is_reply(record) else "",
        title=[] if is_reply(record) else title,
        text=text,
        facts=_facts(frame, record),
        url=web_address(record.post.url),
        original=frame.text("post.original"),
    )
    place.html(html)


def _marked(frame: Frame, record: Record, reasons: Sequence[Reason]) -> tuple[list[Piece], list[Piece]]:
    """Title and text with the marks; offsets of terms and reasons count in the two joined."""
    post, terms = record.post, record.analysis.terms if record.analysis else ()
    shift = len(record.analysed_text) - len(post.text)
    notes = [(term.start, term.end, topic_words(frame.text, term.topic)) for term in terms]
    notes += [(reason.start, reason.end, _reason_words(frame, reason)) for reason in reasons]
    inside = [(start - shift, end - shift, note) for start, end, note in notes if start >= shift]
    before = [note for note in notes if note[0] < shift]
    return noted_pieces(post.title, before), noted_pieces(post.text, inside)


def _reason_words(frame: Frame, reason: Reason) -> str:
    return f"{frame.text.label(reason.field, reason.label)} {reason.weight:.0%}"


def _facts(frame: Frame, record: Record) -> Sequence[tuple[str, str]]:
    """What is known about the post besides its text, in the order of interest."""
    text, post, counts = frame.text, record.post, record.post.engagement
    shown = {
        "source": f"{post.source} · {text.label('post_kind', post.kind)}",
        "author": post.author or text("post.anonymous"),
        "region": post.region or "",
        "published": full_time(post.published) if post.published else text("post.no_time"),
        "crawled": full_time(record.last_seen),
        "gone": full_time(record.not_seen_since) if record.not_seen_since else "",
        "counts": text("list.comma").join(
            text(f"count.{name}", count=value)
            for name in ("likes", "replies", "views", "shares")
            if (value := getattr(counts, name)) is not None
        ),
    }
    return [(text(f"post.{name}"), value) for name, value in shown.items() if value]


def reasons_pane(frame: Frame, record: Record, *, place: DeltaGenerator) -> None:
    """Why the labels: the words that carry each one, the domain terms, the facts, and how sure the model is."""
    text, analysis = frame.text, record.analysis
    if analysis is None:
        st.html(render("empty", title=text("reasons.empty"), line=text("reasons.empty_help"), command=""))
        return
    with st.spinner(text("reasons.loading")):
        every = answers.reasons(record.id, record.version, analysis.model_version)
    post_pane(frame, record, place=place, reasons=every)
    rows = [
        {
            "field": text(f"field.{field}"),
            "label": text.label(field, value),
            "chance": f"{probability:.0%}",
            "doubtful": doubtful,
            "words": _words(every, field, value),
        }
        for field, value, probability, doubtful in _labels(record)
    ]
    html = render(
        "reasons",
        rows=rows,
        terms_title=text("reasons.terms"),
        terms=sorted({(term.term, topic_words(text, term.topic)) for term in analysis.terms}),
        facts_title=text("reasons.facts"),
        facts=[(text.label("fact", fact.kind), fact.text) for fact in analysis.facts],
        note=text("reasons.note", model=analysis.model_version, dictionary=analysis.dictionary_version),
        doubtful=text("label.doubtful"),
        no_words=text("reasons.no_words"),
    )
    st.html(html)


def _words(reasons: Sequence[Reason], field: str, value: str) -> list[tuple[str, str]]:
    """The words that carry a label, each once, the weightiest first."""
    weights: dict[str, float] = {}
    for reason in reasons:
        if (reason.field, reason.label) == (field, value):
            weights[reason.word] = max(weights.get(reason.word, 0.0), reason.weight)
    return [(word, f"{weight:.0%}") for word, weight in sorted(weights.items(), key=lambda item: -item[1])]


def topic_words(text: Texts, topic: str) -> str:
    """What a domain term stands for: an issue, or `cause:…`, `demand:…`, `urgency:…`, or a word of the trade."""
    field, _, value = topic.rpartition(":")
    return text.label(field or "issue", value)


def _labels(record: Record) -> list[tuple[str, str, float, bool]]:
    analysis = record.analysis
    if analysis is None:
        return []
    single = [(name, getattr(analysis, name)) for name in ("kind", "sentiment", "urgency", "overdue_complaint")]
    several = [(name, label) for name in ("issues", "causes", "demands") for label in getattr(analysis, name)]
    return [(field, label.value, label.probability, label.doubtful) for field, label in (*single, *several)]
