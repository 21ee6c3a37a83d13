"""Values in the attributes of 贴吧's pages: `data-field` is JSON, or JavaScript with single quotes, or cut short."""

import json
import re
from collections.abc import Mapping
from typing import Any

from parsel import Selector, SelectorList

_PAIR = re.compile(
    r"""["']?(?P<name>\w+)["']?\s*:\s*(?:'(?P<single>.*?)'(?=\s*[,}])|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<bare>-?\w+))"""
)
_ADDRESS = re.compile(r"\d{1,3}(?:\.(?:\d{1,3}|\*)){3}")
"""What stood for the name of whoever wrote without an account until 2014: an address, the last part masked."""


def fields_of(element: Selector | SelectorList[Selector], name: str = "data-field") -> Mapping[str, Any]:
    """Return the values in an attribute; what can be made out of one that is no JSON, without levels."""
    text = element.attrib.get(name, "")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _loose(text)
    return value if isinstance(value, dict) else {}


def _loose(text: str) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    for found in _PAIR.finditer(text):
        plain = found["single"] if found["single"] is not None else found["bare"]
        values.setdefault(found["name"], _plain(found["double"]) if found["double"] is not None else plain)
    return {name: value for name, value in values.items() if value not in {"null", "undefined"}}


def _plain(double: str) -> str:
    try:
        return str(json.loads(f'"{double}"'))
    except ValueError:
        return double


def find(values: Mapping[str, Any], *names: str) -> str:
    """Return the first text or number under one of `names`, at whatever level; empty where there is none."""
    for name in names:
        value = _first(values, name)
        if value is not None:
            return str(value)
    return ""


def _first(values: Mapping[str, Any], name: str) -> str | int | None:
    own = values.get(name)
    if isinstance(own, (str, int)) and not isinstance(own, bool) and own != "":
        return own
    inner = (value for value in values.values() if isinstance(value, dict))
    return next((found for one in inner if (found := _first(one, name)) is not None), None)


def author_of(*, name: str = "", portrait: str = "", shown: str = "") -> str | None:
    """Return what tells an author apart on all kinds of pages: the name, else the portrait, else the nickname shown.

    Accounts since 2020 may have no name. Portraits of before 2020 are made from the name and change with the picture.
    """
    picture = portrait.partition("?")[0]
    known = (name.strip(), picture if picture.startswith("tb.") else "", shown.strip())
    author = next(filter(None, known), "")
    return None if not author or _ADDRESS.fullmatch(author) else author
