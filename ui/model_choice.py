"""Which model a set-up reads with. This is the only place that decides it.

`[nlp] model` of the configuration, where it is set; else the model that `fengping model use` wrote into
HOME/models/current; else the shipped one.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from nlp import NlpSettings
from ui.errors import ConfigurationError, ModelChoiceError
from ui.model_folders import CARD_FILE, MODELS_FOLDER, SHIPPED, find_model, model_folder

CURRENT_FILE = "current"


class Origin(StrEnum):
    """Who chose the model."""

    CONFIGURED = "configured"
    CHOSEN = "chosen"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """The model in use; `folder` is `None` where the configuration names a model by its public name.

    `since` (UTC) and `previous`, the model to go back to, are known where `fengping model use` chose.
    """

    name: str
    folder: Path | None
    origin: Origin
    since: datetime | None = None
    previous: str | None = None


def model_choice(nlp: NlpSettings, home: Path) -> ModelChoice:
    """The choice by settings as they are written; `ConfigurationError` where the chosen model is gone."""
    if nlp.model:
        path = Path(nlp.model)
        return ModelChoice(name=str(nlp.model), folder=path if path.is_dir() else None, origin=Origin.CONFIGURED)
    chosen = _read(home)
    if chosen is None:
        return ModelChoice(name=SHIPPED, folder=model_folder(home, SHIPPED), origin=Origin.SHIPPED)
    if not (chosen.folder and (chosen.folder / CARD_FILE).is_file()):
        raise ConfigurationError(
            _file(home), [f"选用的模型 {chosen.name} 不在了；运行 fengping model use {SHIPPED} 改用随产品的模型"]
        )
    return chosen


def with_chosen_model(nlp: NlpSettings, home: Path) -> NlpSettings:
    """The settings with the folder of the choice filled in where they name no model."""
    if nlp.model:
        return nlp
    choice = model_choice(nlp, home)
    if choice.origin is Origin.SHIPPED:
        return nlp
    return type(nlp).model_validate({**nlp.model_dump(), "model": str(choice.folder)})


def refuse_configured(nlp: NlpSettings, name: str) -> None:
    """`ModelChoiceError` where the configuration names a model, which wins over any choice."""
    if nlp.model:
        raise ModelChoiceError(
            f"配置里写了 [nlp] model = {str(nlp.model)!r}，它优先于 fengping model use；"
            f"请先删去那一行（或环境变量 FENGPING_NLP__MODEL），再运行 fengping model use {name}"
        )


def previous_model(home: Path) -> str:
    """The name of the model before the last `use`; `ModelChoiceError` where there was none."""
    chosen = _read(home)
    if chosen is None or chosen.previous is None:
        raise ModelChoiceError("还没有用 fengping model use 换过模型，没有可退回的")
    return chosen.previous


def choose(home: Path, name: str, *, now: datetime) -> None:
    """Keep the choice, at once for everyone who starts from now on; the one before stays known as the previous."""
    find_model(home, name)
    before = _read(home)
    if before and before.name == name:
        return
    kept = {"model": name, "since": now.isoformat(), "previous": before.name if before else SHIPPED}
    path = _file(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{CURRENT_FILE}.{os.getpid()}")
    fresh.write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(path)


def _read(home: Path) -> ModelChoice | None:
    path = _file(home)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return ModelChoice(
            name=kept["model"],
            folder=model_folder(home, kept["model"]),
            origin=Origin.CHOSEN,
            since=datetime.fromisoformat(kept["since"]),
            previous=kept["previous"],
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(path, [f"读不出来（{error}）；删掉它，再运行 fengping model use"]) from error


def _file(home: Path) -> Path:
    return home / MODELS_FOLDER / CURRENT_FILE
