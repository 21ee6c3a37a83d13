"""JSON that comes wrapped: as JSONP, as a value in a script of a page, or as a text inside such a script."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

_CALL = re.compile(r"\s*(?:/\*.*?\*/\s*)?(?:try\s*\{\s*)?[\w$.]+\s*\(\s*(?=[\[{])", re.S)
_PARSED = re.compile(r"""JSON\.parse\(\s*("(?:[^"\\]|\\.)*")\s*\)""", re.S)
_ATTEMPTS = 5000
"""Braces tried in one script: pages hold far fewer, and a script without JSON isn't worth more."""
_DEPTH = 8
_DECODER = json.JSONDecoder()


def unwrapped(text: str) -> Any | None:
    """Return the value of an answer in JSON or JSONP (`try{name({…});}catch(e){};` too); `None` where it is neither."""
    call = _CALL.match(text)
    try:
        return _DECODER.raw_decode(text, call.end())[0] if call else json.loads(text)
    except (ValueError, RecursionError):
        return None


def embedded(scripts: Iterable[str], names: Collection[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in scripts that have one of the fields `names`, at whatever depth."""
    for script in scripts:
        for text in (script, *_parsed(script)):
            if any(name in text for name in names):
                yield from filter(None, (holder(value, names) for value in _objects(text)))


def holder(value: Any, names: Collection[str], depth: int = _DEPTH) -> Mapping[str, Any] | None:
    """Return the first object in `value`, outermost first, that has one of the fields `names`."""
    if isinstance(value, dict) and any(name in value for name in names):
        return value
    if not depth or not isinstance(value, (dict, list)):
        return None
    inner = value.values() if isinstance(value, dict) else value
    return next((found for one in inner if (found := holder(one, names, depth - 1)) is not None), None)


def _parsed(script: str) -> Iterator[str]:
    for found in _PARSED.finditer(script):
        text = _string(found[1])
        if text:
            yield text


def _string(literal: str) -> str:
    try:
        value = json.loads(literal)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def _objects(text: str) -> Iterator[Any]:
    start = text.find("{")
    for _ in range(_ATTEMPTS):
        if start < 0:
            return
        try:
            value, end = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            end = start + 1
        else:
            yield value
        start = text.find("{", end)
