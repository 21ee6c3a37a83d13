"""The labelled posts of this folder."""

from pathlib import Path

from nlp.errors import TrainingError
from nlp.training.public import public_texts
from nlp.training.records import LabelledPost, read_records

DATA = Path(__file__).parent / "data"


def load_records(public: Path | None, *, data: Path = DATA) -> list[LabelledPost]:
    """All labelled posts; those of the public sets (`real_*.jsonl`) only where `public` holds their texts.

    Raises:
        TrainingError: a record is wrong, or there are none.
    """
    texts = public_texts(public) if public else {}
    paths = [*sorted(data.glob("posts_*.jsonl")), *(sorted(data.glob("real_*.jsonl")) if texts else ())]
    readings = [read_records(path, texts=texts) for path in paths]
    errors = [error for reading in readings for error in reading.errors]
    if errors:
        raise TrainingError(f"{len(errors)} 条标注有误，第一条：{errors[0]}")
    records = [record for reading in readings for record in reading.records]
    if not records:
        raise TrainingError(f"{data} 中没有 posts_*.jsonl")
    return records


def load_labels(*, data: Path = DATA) -> dict[str, LabelledPost]:
    """All labelled posts by id, whether or not their texts are at hand (those of the public sets have none here).

    Raises:
        TrainingError: a record is wrong.
    """
    paths = [*sorted(data.glob("posts_*.jsonl")), *sorted(data.glob("real_*.jsonl"))]
    readings = [read_records(path, needs_text=False) for path in paths]
    errors = [error for reading in readings for error in reading.errors]
    if errors:
        raise TrainingError(f"{len(errors)} 条标注有误，第一条：{errors[0]}")
    return {record.id: record for reading in readings for record in reading.records}
