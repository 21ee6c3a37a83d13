"""The head of a card: the finding as its title, what to know beneath, and a corner for the table."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.web.components.post_rows import Pill
from ui.web.markup import render


def card_head(title: str, *, note: str = "", pills: Sequence[Pill] = ()) -> DeltaGenerator:
    """Draw the head; the container returned is its right corner, to be filled with `with`."""
    row = st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False)
    row.html(render("card_title", title=title, note=note, pills=pills), width="stretch")
    return row
