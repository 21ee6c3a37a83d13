"""Texts of public finance sets, which stand outside the project: labels name them by id."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from nlp.errors import TrainingError

PUBLIC_FILES = ("finnsp_train.json", "bdci2019_unlabelled.csv")


def public_texts(folder: Path) -> dict[str, str]:
    """Texts by id of the public finance sets (`bdci2019_unlabelled.csv`, `finnsp_train.json`) in `folder`.

    Raises:
        TrainingError: the folder lacks a file.
    """
    try:
        texts = _finnsp(folder / PUBLIC_FILES[0])
        texts.update(_bdci(folder / PUBLIC_FILES[1]))
    except FileNotFoundError as error:
        raise TrainingError(f"缺少公开数据 {error.filename}；用 --public 指明它们所在的文件夹") from error
    return texts


def _bdci(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["id"]: _joined(row["title"], row["text"]) for row in csv.DictReader(lines)}


def _finnsp(path: Path) -> dict[str, str]:
    rows: Sequence[Sequence[str]] = json.loads(path.read_text(encoding="utf-8"))
    return {row[0]: _joined(row[1], row[2]) for row in rows if len(row) >= 5}


def _joined(title: str | None, text: str | None) -> str:
    """Title and text as one; many rows repeat the title at the start of the text."""
    title, text = (title or "").strip(), (text or "").strip()
    return text if not title or text.startswith(title[:20]) else f"{title}\n{text}"
