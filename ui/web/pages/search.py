"""Search: a box, what it can do, how many posts, the hits with the words marked, narrower by facets."""

from datetime import UTC, datetime

import streamlit as st

from indexer.errors import QueryError, RecordNotFoundError
from indexer.query import Node, parse
from indexer.record import Record
from indexer.search import Sort, highlight
from ui.web import answers
from ui.web.components.empty import show_empty, show_wrong_query
from ui.web.components.export_box import export_box
from ui.web.components.facets import chosen_facets, facet_column
from ui.web.components.frame import Frame, begin
from ui.web.components.history import audit_pane, versions_pane
from ui.web.components.post_pane import post_pane, reasons_pane
from ui.web.components.post_rows import Spans, post_rows
from ui.web.markup import render
from ui.web.parts import set_up
from ui.web.state import change, number, page_file, paging, parameter, select

SIZE = 20
TIPS = ("words", "phrase", "without", "near", "prefix", "fields", "numbers", "days")


def show() -> None:
    """Draw the page."""
    frame = begin("search")
    query = _box(frame)
    try:
        tree = parse(query, now=datetime.now(UTC))
    except QueryError as error:
        show_wrong_query(frame.text, query, error)
        return
    _results(frame, query, tree)
    _opened(frame)


def _box(frame: Frame) -> str:
    """The box with its tips and the order of the hits."""
    text = frame.text
    st.session_state["search-box"] = parameter("q")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text_input(
            text("search.label"),
            key="search-box",
            on_change=lambda: change(q=st.session_state["search-box"].strip(), page=None, post=None),
            placeholder=text("search.hint"),
            label_visibility="collapsed",
            icon=":material/search:",
            type="search",
        )
        with st.container(width=140):
            select(
                "sort",
                [sort.value for sort in Sort],
                default=Sort.NEWEST.value,
                label=text("search.sort"),
                words=lambda name: text(f"sort.{name}"),
                resets=("page",),
            )
        with st.popover(text("search.tips"), icon=":material/help:"):
            st.markdown("\n".join(f"- {text(f'tip.{name}')}" for name in TIPS))
    return parameter("q")


def _results(frame: Frame, query: str, tree: Node) -> None:
    narrowed = " ".join(part for part in (f"({query})" if query else "", *chosen_facets()) if part)
    sort = parameter("sort", Sort.NEWEST)
    chosen = Sort(sort) if sort in list(Sort) else Sort.NEWEST
    found = answers.find(frame.key, narrowed, sort=chosen, page=number("page", 1), size=SIZE)
    with st.container(key="panes"):
        left, right = st.columns([1, 4], gap="medium")
        with left:
            facet_column(frame, narrowed)
        with right:
            if found.total:
                _hits(frame, found, tree, narrowed)
            else:
                _nothing(frame)


def _hits(frame: Frame, found: answers.Found, tree: Node, narrowed: str) -> None:
    def spans(record: Record) -> tuple[Spans, Spans]:
        words = record.post.text.replace("\n", " ")
        marks = [highlight(tree, part) for part in (record.post.title, words)]
        title, text = ([(span.start, span.end) for span in found] for found in marks)
        return title, text

    with st.container(key="card-hits"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(render("count", line=frame.text("search.count", count=f"{found.total:,}")))
            export_box(frame, narrowed, found.total)
        picked = post_rows(frame, found.records, key="hit-rows", lines=2, spans=spans, selected=number("post", 0))
    pages = -(-found.total // SIZE)
    if pages > 1:
        paging(pages)
    if picked:
        change(post=picked)


def _opened(frame: Frame) -> None:
    """The post of the address, over the page."""
    wanted = number("post", 0)
    if not wanted:
        return

    @st.dialog(frame.text("search.post"), width="large", on_dismiss=lambda: change(post=None))
    def over() -> None:
        try:
            record = set_up().ledger.record(wanted)
        except RecordNotFoundError as error:
            st.error(str(error))
            return
        place = st.empty()
        post_pane(frame, record, place=place)
        text = frame.text
        names = [text("tab.reasons"), text("tab.versions", count=record.version), text("tab.audit")]
        why, versions, log = st.tabs(names)
        with versions:
            versions_pane(frame, record)
        with log:
            audit_pane(frame, record)
        if st.button(text("search.judge"), type="primary"):
            st.switch_page(page_file("complaints"), query_params={"post": str(wanted), "status": "all"})
        with why:
            reasons_pane(frame, record, place=place)

    over()


def _nothing(frame: Frame) -> None:
    if not frame.posts:
        show_empty(frame.text, "frame", command="fengping run")
    else:
        show_empty(frame.text, "search")


show()
