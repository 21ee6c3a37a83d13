"""One post: its labels, its text with what speaks for them, where it comes from."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indexer.record import Record
from nlp import Reason
from ui.texts.moments import full_time
from ui.web import answers
from ui.web.components.examples import examples_pane
from ui.web.components.fact_rows import fact_rows
from ui.web.components.frame import Frame
from ui.web.components.label_reasons import label_rows, other_terms, rule_lines, topic_words
from ui.web.components.post_rows import is_reply, pills
from ui.web.markup import Piece, noted_pieces, render, web_address

# Labels that say that all is well: what speaks for them is listed, but not marked in the text.
_UNREMARKABLE = frozenset({("urgency", "normal"), ("overdue_complaint", "no")})


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
    notes += [
        (reason.start, reason.end, _reason_words(frame, reason))
        for reason in reasons
        if (reason.field, reason.label) not in _UNREMARKABLE
    ]
    joined = _joined(notes)
    inside = [(start - shift, end - shift, note) for start, end, note in joined if start >= shift]
    before = [note for note in joined if note[0] < shift]
    return noted_pieces(post.title, before), noted_pieces(post.text, inside)


def _joined(notes: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """One note a place: a word may speak for several labels."""
    found: dict[tuple[int, int], list[str]] = {}
    for start, end, note in notes:
        found.setdefault((start, end), []).append(note)
    return [(*place, " · ".join(dict.fromkeys(own))) for place, own in found.items()]


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
        "alike": _alike(frame, record),
    }
    return [(text(f"post.{name}"), value) for name, value in shown.items() if value]


def _alike(frame: Frame, record: Record) -> str:
    if record.cluster_id is None:
        return ""
    return frame.text("post.alike_count", count=answers.cluster_size(frame.key, record.id) - 1)


def reasons_pane(frame: Frame, record: Record, *, place: DeltaGenerator) -> None:
    """Why the labels: words that carry each one, rules, domain terms, facts, and labelled posts that are alike."""
    text, analysis = frame.text, record.analysis
    if analysis is None:
        st.html(render("empty", title=text("reasons.empty"), line=text("reasons.empty_help"), command=""))
        return
    with st.spinner(text("reasons.loading")):
        explanation = answers.explanation(record.id, record.version, analysis.model_version)
    if explanation is None:
        return
    post_pane(frame, record, place=place, reasons=explanation.reasons)
    html = render(
        "reasons",
        rows=label_rows(text, analysis, explanation),
        rules_title=text("reasons.rules"),
        rules=rule_lines(text, explanation),
        terms_title=text("reasons.terms"),
        terms=other_terms(text, analysis, explanation),
        facts=fact_rows(text, analysis.facts),
        note=text("reasons.note", model=analysis.model_version, dictionary=analysis.dictionary_version),
        doubtful=text("label.doubtful"),
        no_words=text("reasons.no_words"),
    )
    st.html(html)
    examples_pane(text, explanation)
