"""The models that a set-up knows: the shipped one, and folders that were added to HOME/models."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlp.classify.classifier import Classifier
from nlp.settings import SHIPPED_MODEL
from ui.errors import ModelFolderError

SHIPPED = "shipped"
MODELS_FOLDER = "models"
CARD_FILE = "model.json"
_NAME = re.compile(r"[\w][\w.-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What a model says of itself in its `model.json`.

    `made` is an ISO date, `data` names the labelled files it was made from, `held_out` counts the posts that making
    it never saw, `figures` is the report of `fengping evaluate` on these; each is empty where the card does not say.
    """

    name: str
    folder: Path
    version: str
    made: str = ""
    data: tuple[str, ...] = ()
    held_out: int = 0
    figures: Mapping[str, Any] = field(default_factory=dict)


def read_card(name: str, folder: Path) -> ModelCard:
    """The card of a model's folder; `ModelFolderError` where there is none that can be read."""
    try:
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        return ModelCard(
            name=name,
            folder=folder,
            version=str(card["version"]),
            made=str(card.get("made", "")),
            data=tuple(sorted(card.get("data_sha256", ()))),
            held_out=len(card.get("held_out", ())),
            figures=card.get("figures", {}),
        )
    except (OSError, ValueError, KeyError, AttributeError) as error:
        reason = f"{type(error).__name__}：{error}"
        raise ModelFolderError(
            f"模型文件夹 {folder} 的 {CARD_FILE} 读不出来（{reason}）；请移走它，再用 fengping model add 重新加入"
        ) from error


def known_models(home: Path) -> tuple[ModelCard, ...]:
    """The shipped model, then the folders of HOME/models by name; `ModelFolderError` names one that is broken."""
    added = sorted(path.parent for path in (home / MODELS_FOLDER).glob(f"[!.]*/{CARD_FILE}"))
    return (read_card(SHIPPED, SHIPPED_MODEL), *(read_card(folder.name, folder) for folder in added))


def find_model(home: Path, name: str) -> ModelCard:
    """A known model by its name; `ModelFolderError` names those that there are."""
    models = known_models(home)
    found = next((card for card in models if card.name == name), None)
    if found is None:
        names = "、".join(card.name for card in models)
        raise ModelFolderError(f"没有名为 {name} 的模型；已知的有：{names}。用 fengping model add 加入文件夹")
    return found


def model_folder(home: Path, name: str) -> Path:
    """Where a model of this name lies, whether or not it is there."""
    return SHIPPED_MODEL if name == SHIPPED else home / MODELS_FOLDER / name


def add_model(home: Path, folder: Path, name: str) -> ModelCard:
    """Copy a folder made by `fengping train` into HOME/models; it is there completely or not at all.

    `ModelFolderError` for a name that is taken or no name, and for a model whose version another one has: their
    analyses could not be told apart. `ModelError` where the folder is no model of this version's.
    """
    _check_name(home, name)
    card = read_card(name, folder)
    same = next((known for known in known_models(home) if known.version == card.version), None)
    if same:
        raise ModelFolderError(f"{folder} 与模型 {same.name} 的版本相同（{card.version}），不必再加")
    Classifier(folder)  # loads it, so that a folder that is incomplete is refused here and not at the switch
    target = model_folder(home, name)
    fresh = target.with_name(f".{name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(folder, fresh)
    fresh.rename(target)
    return read_card(name, target)


def _check_name(home: Path, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ModelFolderError(
            f"{name!r} 不能作模型名：只用文字、数字、下划线、连字符和点，不以点开头；用 --name 另起一个"
        )
    if name == SHIPPED or model_folder(home, name).exists():
        raise ModelFolderError(f"已有名为 {name} 的模型；用 --name 另起一个")
