"""Configuration: one fengping.toml, each section a typed model, environment variables above it."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from crawler.evidence.settings import EvidenceSettings
from crawler.register import SourceSettings
from indexer.settings import IndexerSettings, WorkSettings
from monitor.settings import MonitorSettings
from nlp import BrandSettings, NlpSettings
from ui.errors import ConfigurationError
from ui.logs import LogSettings
from ui.model_choice import with_chosen_model
from ui.web.settings import WebSettings
from ui.wrong_setting import explain_problem

FILE_NAME = "fengping.toml"
PREFIX = "FENGPING_"


class Configuration(BaseSettings):
    """All sections of one set-up; made by `load`, secrets are shown as `***`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, validate_default=False
    )

    brand: BrandSettings = Field(default_factory=BrandSettings)
    sources: dict[str, SourceSettings] = Field(default_factory=dict)
    evidence: EvidenceSettings = Field(default_factory=EvidenceSettings)
    nlp: NlpSettings = Field(default_factory=NlpSettings)
    indexer: IndexerSettings = Field(default_factory=IndexerSettings)
    work: WorkSettings = Field(default_factory=WorkSettings)
    monitor: MonitorSettings = Field(default_factory=MonitorSettings)
    web: WebSettings = Field(default_factory=WebSettings)
    log: LogSettings = Field(default_factory=LogSettings)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 -- the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment variables win over the file, whose content comes in as arguments."""
        return env_settings, init_settings


def find_file(config: Path | None, home: Path) -> Path | None:
    """The configuration file in use: `config`, ./fengping.toml, HOME/fengping.toml; `None` where there is none."""
    if config is not None:
        return config
    candidates = (Path(FILE_NAME), home / FILE_NAME)
    return next((path for path in candidates if path.is_file()), None)


def load(config: Path | None, home: Path) -> Configuration:
    """The configuration of a set-up, its `nlp.model` the model in use (see `ui.model_choice`).

    `ConfigurationError` names every wrong key with what is allowed.
    """
    configuration = load_written(config, home)
    return configuration.model_copy(update={"nlp": with_chosen_model(configuration.nlp, home)})


def load_written(config: Path | None, home: Path) -> Configuration:
    """The configuration as it is written, whatever model `fengping model use` chose."""
    origin = find_file(config, home)
    written = _read(origin) if origin else {}
    _refuse_unknown_variables(os.environ)
    _refuse_secrets(origin, written)
    try:
        return Configuration(**written)
    except ValidationError as error:
        problems = [explain_problem(Configuration, problem) for problem in error.errors()]
        raise ConfigurationError(origin, problems) from error


def shown(configuration: Configuration) -> dict[str, Any]:
    """The configuration for showing and logging: JSON-like values, secrets as `***`."""
    return {name: _masked(section) for name, section in configuration.model_dump(mode="json").items()}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(path, ["文件不存在；用 fengping init 生成一份，或检查 --config"]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(path, [f"文件读不出来：{error}；请存为 UTF-8 并检查权限"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            path, [f'不是合法的 TOML：{error}；中文的名称要加引号，如 [sources."茶馆"]']
        ) from error


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    """A section that does not exist would be passed over by the library, so that a typing error changes nothing."""
    named = [name for name in environment if name.startswith(PREFIX) and "__" in name]
    sections = set(Configuration.model_fields)
    unknown = [name for name in named if name.removeprefix(PREFIX).split("__")[0].lower() not in sections]
    if unknown:
        allowed = "、".join(sorted(sections))
        raise ConfigurationError(None, [f"{name}：没有这一节；可用的节：{allowed}" for name in sorted(unknown)])


def is_environment_only(field: FieldInfo) -> bool:
    """Whether a setting may not stand in the file, which more people read than should know it."""
    return isinstance(field.json_schema_extra, dict) and bool(field.json_schema_extra.get("environment_only"))


def variable(section: str, name: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{section}__{name}".upper()


def _refuse_secrets(origin: Path | None, written: Mapping[str, Any]) -> None:
    problems = [
        f"{section}.{name}：是机密，不能写在配置文件里；请放到环境变量 {variable(section, name)}"
        for section, field in Configuration.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        for name, setting in field.annotation.model_fields.items()
        if is_environment_only(setting) and isinstance(written.get(section), dict) and name in written[section]
    ]
    if problems:
        raise ConfigurationError(origin, problems)


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return "***" if value == "**********" else value
