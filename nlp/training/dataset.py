"""What the network is trained on: the labelled posts of this folder, and public texts from outside the project."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import TrainingError
from nlp.training.records import LabelledPost, read_records
from nlp.training.split import in_part

DATA = Path(__file__).parent / "data"
DEVELOPMENT_SHARE = 0.2
CALIBRATION_SHARE = 0.12
PUBLIC_FILES = ("finnsp_train.json", "bdci2019_unlabelled.csv")
_SEED = "fengping-1"


@dataclass(frozen=True, slots=True)
class Parts:
    """Labelled posts in three parts that share no near-duplicate."""

    training: tuple[LabelledPost, ...]
    calibration: tuple[LabelledPost, ...]
    development: tuple[LabelledPost, ...]


def load_parts(public: Path | None, *, data: Path = DATA) -> Parts:
    """Read `posts_*.jsonl`, and `real_*.jsonl` where `public` holds the texts that these name by id.

    Raises:
        TrainingError: a record is wrong, or there are none.
    """
    records = _records(data, public_texts(public) if public else {})
    held_out = in_part(records, share=DEVELOPMENT_SHARE, seed=_SEED)
    rest = [record for record, out in zip(records, held_out, strict=True) if not out]
    development = [record for record, out in zip(records, held_out, strict=True) if out]
    calibrating = in_part(rest, share=CALIBRATION_SHARE, seed=_SEED + "-calibration")
    return Parts(
        tuple(record for record, out in zip(rest, calibrating, strict=True) if not out),
        tuple(record for record, out in zip(rest, calibrating, strict=True) if out),
        tuple(development),
    )


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


def _records(data: Path, texts: Mapping[str, str]) -> list[LabelledPost]:
    paths = [*sorted(data.glob("posts_*.jsonl")), *(sorted(data.glob("real_*.jsonl")) if texts else ())]
    readings = [read_records(path, texts=texts) for path in paths]
    errors = [error for reading in readings for error in reading.errors]
    if errors:
        raise TrainingError(f"{len(errors)} 条标注有误，第一条：{errors[0]}")
    records = [record for reading in readings for record in reading.records]
    if not records:
        raise TrainingError(f"{data} 中没有 posts_*.jsonl")
    return records


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
