"""Says in Chinese what is wrong with a setting and what is allowed there."""

import typing
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

_REASONS: Mapping[str, str] = {
    "missing": "必须填写",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为带引号的文字",
    "list_type": '应为列表，如 ["甲", "乙"]',
    "tuple_type": '应为列表，如 ["甲", "乙"]',
    "dict_type": "应为一节，如 [名称]",
    "model_type": "应为一节，如 [名称]",
    "model_attributes_type": "应为一节，如 [名称]",
    "date_from_datetime_parsing": "应为日期，如 2026-01-31",
    "date_parsing": "应为日期，如 2026-01-31",
    "path_type": "应为路径",
}
_BOUNDS: Mapping[str, tuple[str, str]] = {
    "greater_than_equal": ("ge", "不得小于"),
    "greater_than": ("gt", "必须大于"),
    "less_than_equal": ("le", "不得大于"),
    "less_than": ("lt", "必须小于"),
    "string_too_short": ("min_length", "字数不得少于"),
    "string_too_long": ("max_length", "字数不得多于"),
    "too_short": ("min_length", "项数不得少于"),
    "too_long": ("max_length", "项数不得多于"),
}


def explain_problem(model: type[BaseModel], problem: ErrorDetails) -> str:
    """One line: the key as it is written in the file, what is wrong, what is allowed."""
    key = ".".join(str(step) for step in problem["loc"]) or "（整份配置）"
    return f"{key}：{_reason(model, problem)}"


def allowed_keys(model: type[BaseModel], path: Sequence[int | str]) -> tuple[str, ...]:
    """The keys that stand beside the last step of `path`; empty where the path leaves the models."""
    current: type[BaseModel] | None = model
    for step in path[:-1]:
        current = _below(current, str(step)) if current else None
    return tuple(current.model_fields) if current else ()


def _reason(model: type[BaseModel], problem: ErrorDetails) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(model, problem["loc"])
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"{words} {context[name]}（现为 {problem['input']!r}）"
    if kind in {"literal_error", "enum"}:
        return f"只能是 {str(context['expected']).replace(' or ', '、')}（现为 {problem['input']!r}）"
    if kind == "value_error":
        return str(context["error"])
    given = "" if kind == "missing" else f"（现为 {problem['input']!r}）"
    return f"{_REASONS.get(kind, problem['msg'])}{given}"


def _unknown_key(model: type[BaseModel], path: Sequence[int | str]) -> str:
    keys = allowed_keys(model, path)
    near = get_close_matches(str(path[-1]), keys, n=1)
    guess = f"，是不是想写 {near[0]}" if near else ""
    return f"没有这个键{guess}；可用的键：{'、'.join(keys)}"


def _below(model: type[BaseModel], step: str) -> type[BaseModel] | None:
    """The model of a section, or of the entries of a table of sections (`[sources.NAME]`)."""
    if issubclass(model, _Entries):
        return model.entry
    field = model.model_fields.get(step)
    return _model_of(field.annotation) if field else None


class _Entries(BaseModel):
    """Stands for a table whose keys are names that the user chooses."""

    entry: typing.ClassVar[type[BaseModel]]


def _model_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is dict:
        return type("Entries", (_Entries,), {"entry": arguments[1], "__module__": __name__})
    return next((found for found in map(_model_of, arguments) if found), None)
