"""The app: its pages, its frame, and what is shown when it can't start."""

import logging
from pathlib import Path

import streamlit as st

from indexer.errors import IndexerError
from nlp.errors import NlpError
from ui.errors import ConfigurationError
from ui.texts import Texts, texts
from ui.web import theme
from ui.web.components.frame import language
from ui.web.markup import render
from ui.web.parts import set_up
from ui.web.state import page_file

_LOG = logging.getLogger(__name__)

# In the order of the menu; every file of the folder is a page.
ORDER = ("overview", "complaints", "search", "sources", "model")
ICONS = {
    "overview": ":material/monitoring:",
    "complaints": ":material/inbox:",
    "search": ":material/search:",
    "sources": ":material/database:",
    "model": ":material/neurology:",
}
LOGO = Path(__file__).with_name("logo.svg")


def main() -> None:
    """Show the page of the address, or why there is none."""
    st.set_page_config(page_title="风评", page_icon=str(LOGO), layout="wide", initial_sidebar_state="collapsed")
    theme.apply_style()
    try:
        set_up()
    except ConfigurationError as error:
        st.error(texts("zh")("app.wrong_configuration"), icon=":material/error:")
        st.code(str(error), language=None)
        st.stop()
    text = texts(language())
    st.logo(str(LOGO), size="medium")
    pages = [
        st.Page(
            page_file(name),
            title=text(f"{name}.title"),
            icon=ICONS[name],
            url_path=name,
            default=name == ORDER[0],
        )
        for name in ORDER
    ]
    page = st.navigation(pages, position="top")
    try:
        page.run()
    except (IndexerError, NlpError) as error:
        _broken(text, str(error))
    except Exception:
        # The outermost place: what nobody expected goes to the terminal whole, and to the reader in their language.
        _LOG.exception("page %s failed", page.url_path)
        _broken(text, text("app.broken_help"))


def _broken(text: Texts, line: str) -> None:
    st.html(render("empty", title=text("app.broken"), line=line, command=""))
