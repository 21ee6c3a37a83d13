"""Training, calibration and development: three parts of the labelled posts that share no near-duplicate."""

from dataclasses import dataclass
from pathlib import Path

from nlp.training.dataset import DATA, load_records
from nlp.training.records import LabelledPost
from nlp.training.split import in_part

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
    records = load_records(public, data=data)
    held_out = in_part(records, share=DEVELOPMENT_SHARE, seed=_SEED)
    rest = [record for record, out in zip(records, held_out, strict=True) if not out]
    development = [record for record, out in zip(records, held_out, strict=True) if out]
    calibrating = in_part(rest, share=CALIBRATION_SHARE, seed=_SEED + "-calibration")
    return Parts(
        tuple(record for record, out in zip(rest, calibrating, strict=True) if not out),
        tuple(record for record, out in zip(rest, calibrating, strict=True) if out),
        tuple(development),
    )
