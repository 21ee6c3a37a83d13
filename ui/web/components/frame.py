"""The frame of every page: its name, how current the data is, the language, and news without a restart."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from monitor import SourceFreshness, freshness
from ui.texts import LANGUAGES, Texts, texts
from ui.texts.moments import age_words, time_words
from ui.web import answers, theme
from ui.web.markup import render
from ui.web.parts import set_up, version_key
from ui.web.state import change, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page needs: its words, the version of the data that it shows, and the time it is drawn (UTC)."""

    text: Texts
    key: str
    now: datetime
    sources: tuple[SourceFreshness, ...]
    posts: int
    pending: int


def language() -> str:
    """The language of the address, else of this visit, else of the configuration."""
    wanted = parameter("lang") or st.session_state.get("language") or set_up().configuration.web.language
    st.session_state["language"] = wanted if wanted in LANGUAGES else "zh"
    return str(st.session_state["language"])


def begin(name: str, *, tools: Callable[[Texts], None] | None = None) -> Frame:
    """Draw the head of the page `name`, its `tools` in the right corner, and return what its body needs."""
    theme.apply_style()
    frame = _frame()
    with st.container(key="head", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(render("head", title=frame.text(f"{name}.title"), question=frame.text(f"{name}.question")))
        _news(frame.key)
        if tools:
            tools(frame.text)
        _language_switch(frame.text)
    _stale_banner(frame)
    return frame


def _frame() -> Frame:
    key, now = version_key(), datetime.now(UTC)
    counts, states = answers.state(key)
    settings = set_up().configuration
    sources = freshness(states, settings.sources, settings.monitor, now=now)
    return Frame(text=texts(language()), key=key, now=now, sources=sources, posts=counts.posts, pending=counts.pending)


def _news(shown_key: str) -> None:
    """Say how current the page is, and draw it anew as soon as the ledger changed."""

    @st.fragment(run_every=set_up().configuration.web.refresh_seconds)
    def watch() -> None:
        if version_key() != shown_key:
            st.rerun()
        frame = _frame()
        st.html(render("as_of", line=_as_of(frame)))

    watch()


def _as_of(frame: Frame) -> str:
    crawled = [source.last_crawled for source in frame.sources]
    if not crawled:
        return frame.text("frame.no_data")
    line = frame.text("frame.as_of", time=time_words(frame.text, max(crawled), now=frame.now))
    waiting = frame.text("frame.pending", count=frame.pending) if frame.pending else ""
    return f"{line}{waiting}"


def _language_switch(text: Texts) -> None:
    other = "en" if text.language == "zh" else "zh"

    def switch() -> None:
        st.session_state["language"] = other
        change(lang=None if other == set_up().configuration.web.language else other)

    st.button(text("frame.other_language"), on_click=switch, type="tertiary", key="language-switch")


def _stale_banner(frame: Frame) -> None:
    stale = [source for source in frame.sources if source.stale]
    if not stale:
        return
    names = frame.text("list.comma").join(source.source for source in stale)
    age = age_words(frame.text, min(source.last_crawled for source in stale), now=frame.now)
    st.html(
        render("banner", title=frame.text("frame.stale", names=names), line=frame.text("frame.stale_help", age=age))
    )
