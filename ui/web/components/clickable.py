"""Rows, bars and tables that can be clicked: HTML from a template, whose elements with `data-pick` report a click.

The HTML comes from `ui.web.markup.render`, which escapes every value, so a post's text is never markup here.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

_SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".fp-clickable");
  if (!root) {
    root = document.createElement("div");
    root.className = "fp-clickable";
    parentElement.appendChild(root);
  }
  if (root.dataset.html !== data) {
    root.dataset.html = data;
    root.innerHTML = data;
    const selected = root.querySelector(".selected[data-scroll]");
    if (selected) selected.scrollIntoView({ block: "nearest" });
  }
  const pick = (event) => {
    const target = event.target.closest("[data-pick]");
    if (target) setTriggerValue("picked", target.dataset.pick);
  };
  root.onclick = pick;
  root.onkeydown = (event) => {
    if (event.key === "Enter" && event.target.matches("tr[data-pick]")) pick(event);
  };
}
"""


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("fengping_clickable", js=_SCRIPT, isolate_styles=False)


def clickable(html: str, *, key: str) -> str | None:
    """Show the HTML; the `data-pick` of the element that was clicked just now, else `None`."""
    result = _component()(data=html, key=key, on_picked_change=_nothing)
    return str(result.picked) if result.picked else None


def _nothing() -> None:
    """The page is drawn anew after a click; nothing else is to be done."""
