"""The state of a page lives in its address: every view is a link, and the browser's back button works.

Widgets are set from the address before they are drawn and write it when they change. (Streamlit's own `bind` would put
translated labels and counts into the address.)
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st


def page_file(name: str) -> Path:
    """The file of a page, by which Streamlit goes there; a path relative to the script would need `pages` beside it."""
    return Path(__file__).with_name("pages") / f"{name}.py"


def parameter(name: str, default: str = "") -> str:
    """The value of a parameter of the address."""
    return st.query_params.get(name, default)


def choices(name: str) -> tuple[str, ...]:
    """The values of a parameter that may be several."""
    return tuple(value for value in parameter(name).split(",") if value)


def change(**values: str | int | None) -> None:
    """Set parameters of the address; `None` and the empty text remove one."""
    for name, value in values.items():
        if value in (None, ""):
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = str(value)


def toggle(name: str, value: str) -> None:
    """Add a value to a parameter that may be several, or take it out."""
    chosen = choices(name)
    kept = [other for other in chosen if other != value]
    change(**{name: ",".join(kept if value in chosen else [*chosen, value])})


def number(name: str, default: int) -> int:
    """A parameter that is a positive whole number; anything else in the address counts as `default`."""
    written = parameter(name)
    return int(written) if written.isascii() and written.isdigit() and int(written) > 0 else default


def _in_address(
    name: str, options: Sequence[str], *, key: str, default: str, resets: Sequence[str]
) -> tuple[str, Callable[[], None]]:
    """The choice that the address holds, given to the widget `key`, and what writes the widget's choice back."""
    current = parameter(name, default)
    chosen = current if current in options else default
    st.session_state[key] = chosen

    def write() -> None:
        picked = st.session_state[key]
        change(**{name: None if picked == default else picked}, **dict.fromkeys(resets))

    return chosen, write


def segments(
    name: str,
    options: Sequence[str],
    *,
    default: str,
    label: str,
    words: Callable[[str], str],
    resets: Sequence[str] = (),
) -> str:
    """A row of choices of which one holds, kept in the address; a change also clears the parameters `resets`."""
    key = f"choice-{name}"
    chosen, write = _in_address(name, options, key=key, default=default, resets=resets)
    st.segmented_control(
        label, options, key=key, format_func=words, on_change=write, required=True, label_visibility="collapsed"
    )
    return chosen


def select(
    name: str,
    options: Sequence[str],
    *,
    default: str,
    label: str,
    words: Callable[[str], str],
    resets: Sequence[str] = (),
) -> str:
    """A drop-down kept in the address."""
    key = f"select-{name}"
    chosen, write = _in_address(name, options, key=key, default=default, resets=resets)
    st.selectbox(label, options, key=key, format_func=words, on_change=write, label_visibility="collapsed")
    return chosen


def paging(pages: int, *, name: str = "page") -> None:
    """The pages of a list, kept in the address."""
    current = min(number(name, 1), pages)
    # The page is part of the key, so that the address decides which page is shown, not what was clicked before.
    key = f"paging-{name}-{current}"

    def write() -> None:
        picked = st.session_state[key]
        change(**{name: None if picked == 1 else picked})

    st.pagination(pages, default=current, key=key, on_change=write)
