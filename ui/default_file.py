"""The commented fengping.toml that `fengping init` writes, made from the typed models so that it can't go stale."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from crawler.register import SourceSettings
from ui.configuration import Configuration, is_environment_only, variable

_HEAD = """# 风评的配置。以 # 开头的行是说明；被注释掉的键显示的是默认值（没有默认值的是例子），要改就去掉行首的 #。
# 环境变量优先于本文件：FENGPING_节__键，例如 FENGPING_WEB__PORT=8600。
# 密码之类的机密请放在环境变量里，不要写进本文件。
"""
_SECTIONS = {
    "brand": "关注的品牌",
    "evidence": "证据的封存",
    "nlp": "分析用的模型",
    "indexer": "台账与检索索引",
    "work": "分析进程",
    "monitor": "风险指数、突增和数据新鲜度",
    "web": "网页应用",
    "log": "常驻进程的日志",
}
# What stands for a key that has no default, so that taking the # away leaves a valid line.
_WITHOUT_DEFAULT = {
    "checked_on": "2026-01-31",
    "retention_days": "365",
    "model": '"models/mine"',
    "threads": "4",
    "processes": "4",
    "ledger_url": '"postgresql+psycopg://user@host/fengping"',
    "search_api_key_file": '"elasticsearch.key"',
    "search_ca_certs": '"http_ca.crt"',
}
_EXAMPLE = {"spider": "forum", "site": "discuz", "urls": ["https://bbs.example.com/"], "purpose": "了解品牌口碑"}


def default_file() -> str:
    """The text of the file: every key with its meaning, at its default."""
    fields = Configuration.model_fields
    sections = [_section(name, fields[name], words) for name, words in _SECTIONS.items()]
    return "\n".join([_HEAD, sections[0], _sources(), *sections[1:]])


def _section(name: str, field: FieldInfo, words: str) -> str:
    model = field.annotation
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise TypeError(f"section {name} has no model")
    return "\n".join([f"# {words}", f"[{name}]", *_keys(model, name), ""])


def _keys(model: type[BaseModel], path: str) -> Iterator[str]:
    below: list[str] = []
    for name, field in model.model_fields.items():
        default = field.get_default(call_default_factory=True)
        if is_environment_only(field):
            yield f"# {field.description}：不能写在本文件里，用环境变量 {variable(path, name)}"
        elif isinstance(default, BaseModel):
            below += ["", f"# {field.description or name}", f"[{path}.{name}]", *_keys(type(default), f"{path}.{name}")]
        else:
            yield from (f"# {field.description}", f"# {name} = {_value(name, default)}")
    yield from below


def _sources() -> str:
    """An example source, commented out: nothing is crawled that nobody registered with a purpose."""
    lines = [
        "# 采集来源，每个一节，节名就是来源名，中文要加引号。没有登记、没有写明目的的来源不会采集。",
        '# [sources."示例论坛"]',
    ]
    for name, field in SourceSettings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        value = _EXAMPLE.get(name, None if default is PydanticUndefined else default)
        lines.append(f"# {name} = {_value(name, value)}  # {field.description}")
    return "\n".join([*lines, ""])


def _value(name: str, value: Any) -> str:
    """A value as TOML writes it; JSON's strings, numbers and lists are TOML's."""
    if value is None:
        return _WITHOUT_DEFAULT[name]
    plain = list(value) if isinstance(value, tuple) else value
    return json.dumps(plain, ensure_ascii=False)
