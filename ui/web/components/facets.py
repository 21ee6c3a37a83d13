"""What a search can be narrowed by: the values of each field with how many posts have them."""

from collections.abc import Mapping

import streamlit as st

from indexer.query.fields import CLOSED
from indexer.search import Field
from ui.web import answers
from ui.web.components.clickable import clickable
from ui.web.components.frame import Frame
from ui.web.markup import render
from ui.web.state import change, choices, toggle

# Beyond the first eight a list is read rather than scanned; the box finds the others.
MOST = 8


def chosen_facets() -> list[str]:
    """The facets of the address as parts of a query; a value that its field does not have is passed over."""
    chosen = {field: [value for value in choices(field.value) if _exists(field, value)] for field in answers.FACETS}
    return [
        f"({' OR '.join(f'{field}:{_quoted(value)}' for value in values)})"
        for field, values in chosen.items()
        if values
    ]


def _exists(field: Field, value: str) -> bool:
    return field not in CLOSED or value in CLOSED[field]


def facet_column(frame: Frame, query: str) -> None:
    """Draw the facets of what `query` finds; a click narrows or widens the search."""
    counted = answers.facets(frame.key, query)
    shown = [_facet(frame, field, counted[field]) for field in answers.FACETS if counted[field] or choices(field.value)]
    picked = clickable(render("facets", facets=shown), key="facets")
    if picked:
        name, _, value = picked.partition(":")
        toggle(name, value)
        change(page=None, post=None)
        st.rerun()


def _facet(frame: Frame, field: Field, counts: Mapping[str, int]) -> dict[str, object]:
    chosen = choices(field.value)
    names = list(dict.fromkeys([*chosen, *counts]))[:MOST]
    entries = [
        {
            "name": name,
            "words": frame.text.label(field.value, name),
            "count": f"{counts.get(name, 0):,}",
            "selected": name in chosen,
        }
        for name in names
    ]
    return {"name": field.value, "words": frame.text(f"field.{field.value}"), "entries": entries}


def _quoted(value: str) -> str:
    """A value as it stands in a query; quotes inside would end it."""
    return f'"{value.replace(chr(34), "")}"'
