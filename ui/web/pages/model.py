"""Model: is it still right, have the posts changed, and what would a new one do."""

import streamlit as st

from monitor import AgreementReport
from monitor.agreement import FIELDS
from ui.errors import UiError
from ui.model_folders import known_models
from ui.model_life import last_comparison
from ui.web import model_answers
from ui.web.components.agreement_chart import agreement_chart, field_of, interval, percent
from ui.web.components.card_head import card_head
from ui.web.components.comparison_card import comparison_card
from ui.web.components.drift_words import drift_finding, drift_table
from ui.web.components.empty import show_empty
from ui.web.components.frame import Frame, begin
from ui.web.components.model_card import model_card
from ui.web.components.plain_table import Row, plain_table
from ui.web.components.tables import agreement_table
from ui.web.markup import render
from ui.web.parts import set_up
from ui.web.state import page_file, parameter, segments

# Fewer judged posts than this are shown with their number in the title: the share alone would promise too much.
_ENOUGH = 30
_SHOWN_MEASURES = 6


def show() -> None:
    """Draw the page."""
    frame = begin("model")
    if not frame.posts:
        show_empty(frame.text, "frame", command="fengping run")
        return
    if frame.pending == frame.posts:
        show_empty(frame.text, "pending", command="fengping work")
        return
    try:
        _replaced(frame)
        _cards(frame)
    except UiError as error:
        st.html(render("empty", title=frame.text("model.broken"), line=str(error), command=""))


def _replaced(frame: Frame) -> None:
    if set_up().is_model_replaced:
        text = frame.text
        st.html(render("banner", title=text("model.replaced"), line=text("model.replaced_help")))


def _cards(frame: Frame) -> None:
    with st.container(key="stack-model"):
        left, right = st.columns(2, gap="small")
    with left, st.container(key="card-model", height="stretch"):
        _model(frame)
    with right, st.container(key="card-agreement", height="stretch"):
        _agreement(frame)
    with st.container(key="card-comparison"):
        _comparison(frame)
    with st.container(key="card-drift"):
        _drift(frame)


def _model(frame: Frame) -> None:
    parts = set_up()
    choice, cards = parts.model_choice, known_models(parts.home)
    in_use = parts.ledger.models.in_use()
    version = next((card.version for card in cards if card.folder == choice.folder), in_use or choice.name)
    model_card(frame.text, choice, version, cards, model_answers.counts(in_use))


def _agreement(frame: Frame) -> None:
    text, report = frame.text, model_answers.agreed()
    if not report.decisions:
        show_empty(text, "agreement")
        return
    wanted = parameter("field", FIELDS[0])
    field = wanted if wanted in FIELDS else FIELDS[0]
    with card_head(_agreement_finding(frame, report, field), note=text("agreement.note")):
        agreement_table(text, report)
    segments(
        "field", FIELDS, default=FIELDS[0], label=text("agreement.field"), words=lambda name: text(f"field.{name}")
    )
    if field_of(report.overall, field).n:
        week = agreement_chart(text, report.weeks, field)
        _sources(frame, report, field)
        if week:
            st.switch_page(page_file("complaints"), query_params={"status": "reviewed"})


def _agreement_finding(frame: Frame, report: AgreementReport, field: str) -> str:
    found, name = field_of(report.overall, field), frame.text(f"field.{field}")
    if not found.n:
        return frame.text("agreement.finding.none", field=name)
    low, high = found.interval
    words = {"field": name, "share": percent(found.share), "n": found.n, "low": percent(low), "high": percent(high)}
    return frame.text("agreement.finding" if found.n >= _ENOUGH else "agreement.finding.weak", **words)


def _sources(frame: Frame, report: AgreementReport, field: str) -> None:
    text = frame.text
    found = [(row.source or "", field_of(row, field)) for row in report.sources]
    rows = [Row(cells=(source, percent(each.share), interval(each), str(each.n))) for source, each in found if each.n]
    columns = [text(f"agreement.{name}") for name in ("source", "share", "interval", "count")]
    plain_table(columns, rows, key="agreement-sources", numbers=(1, 2, 3))


def _comparison(frame: Frame) -> None:
    found = last_comparison(set_up().home)
    if found is None:
        show_empty(frame.text, "comparison", command="fengping model compare")
        return
    picked = comparison_card(frame.text, found)
    if picked:
        st.switch_page(page_file("complaints"), query_params={"post": picked, "status": "all"})


def _drift(frame: Frame) -> None:
    """Last, for posts have to be read for it: the rest of the page stands by then."""
    text = frame.text
    state = model_answers.drift()
    posts = {"recent": f"{state.recent_posts:,}", "reference": f"{state.reference_posts:,}"}
    note = text("drift.note", **posts) if state.measures else ""
    with card_head(drift_finding(text, state), note=note):
        if state.measures:
            with st.popover(text("table.show"), type="tertiary"):
                drift_table(text, state.measures, key="drift-all")
    if state.measures:
        drift_table(text, state.measures[:_SHOWN_MEASURES], key="drift-first")


show()
