"""What the network is trained on: the labelled posts of this folder, and public texts from outside the project."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import TrainingError
from nlp.training.public import public_texts
from nlp.training.records import LabelledPost, read_records
from nlp.training.split import in_part

DATA = Path(__file__).parent / "data"
DEVELOPMENT_SHARE = 0.2
CALIBRATION_SHARE = 0.12
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
