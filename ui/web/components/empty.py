"""The states in which there is nothing to show: what is missing, why, and the one thing that helps."""

import streamlit as st

from indexer.errors import QueryError
from ui.texts import Texts
from ui.web.markup import pieces, render


def show_empty(text: Texts, name: str, *, command: str = "") -> None:
    """Say that there is nothing, why, and which command helps."""
    st.html(render("empty", title=text(f"{name}.empty"), line=text(f"{name}.empty_help"), command=command))


def show_wrong_query(text: Texts, query: str, error: QueryError) -> None:
    """Show the query with the place where it can't be read, and what to write instead."""
    place = min(error.position - 1, len(query))
    shown = pieces(f"{query} ", [(place, place + 1)])
    st.html(render("wrong_query", title=text("search.wrong"), pieces=shown, line=str(error)))
