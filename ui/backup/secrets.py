"""The configuration file without what is secret in it: a back-up lies in more hands than the file it is made of."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, SecretStr

from ui.configuration import Configuration, variable
from ui.errors import BackupError


def without_secrets(path: Path) -> str:
    """The file's text, a note in the place of each secret setting; `BackupError` where one can't be cut out."""
    text = path.read_text(encoding="utf-8")
    held = tomllib.loads(text)
    for section, name in _secret_settings():
        written = re.compile(rf"(?m)^[ \t]*#?[ \t]*(?:{section}[ \t]*\.[ \t]*)?{name}[ \t]*=.*$")
        text = written.sub(f"# {name} 是机密，没有备份；恢复后请设环境变量 {variable(section, name)}", text)
        if value := _value(held, section, name):
            _refuse_left(text, path, section, name, value)
    return text


def _refuse_left(text: str, path: Path, section: str, name: str, value: str) -> None:
    try:
        left = _value(tomllib.loads(text), section, name) is not None or value in text
    except tomllib.TOMLDecodeError:
        left = True
    if left:
        raise BackupError(
            f"{path} 里 {section}.{name} 是机密，写法特殊，备份时去不掉；"
            f"请把它移到环境变量 {variable(section, name)}，再备份"
        )


def _value(held: Mapping[str, Any], section: str, name: str) -> str | None:
    value = held.get(section, {}).get(name)
    return None if value is None else str(value)


def _secret_settings() -> Iterator[tuple[str, str]]:
    """Section and name of each setting that is shown as `***`."""
    for section, field in Configuration.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            for name, setting in field.annotation.model_fields.items():
                if setting.annotation is SecretStr or SecretStr in get_args(setting.annotation):
                    yield section, name
