"""The card of a model folder, `model.json`: what the model is, how it was made, and how well it does."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from nlp.classify.calibration import Calibration
from nlp.classify.heads import ALL_HEADS


def write_card(
    target: Path,
    calibration: Calibration,
    *,
    recipe: Mapping[str, object],
    data: Mapping[str, str],
    held_out: Sequence[str],
    made: date,
) -> str:
    """Write version, heads, calibration and how the model was made; returns the version.

    `held_out` are the ids of the labelled posts that neither training nor calibration saw. The version is a digest of
    weights and calibration, so that equal models have equal versions whenever they were made.
    """
    numbers = json.dumps(asdict(calibration), sort_keys=True).encode()
    digest = hashlib.sha256((target / "model.onnx").read_bytes() + numbers).hexdigest()
    card = {
        "version": f"posts-{digest[:10]}",
        "made": made.isoformat(),
        "heads": {head.name: list(head.values) for head in ALL_HEADS},
        "calibration": asdict(calibration),
        "recipe": dict(recipe),
        "data_sha256": dict(data),
        "held_out": list(held_out),
    }
    _write(target, card)
    return str(card["version"])


def add_figures(target: Path, figures: Mapping[str, Any]) -> None:
    """Keep with the model what `nlp.training.evaluate.evaluate` measured on its held-out posts."""
    card = json.loads((target / "model.json").read_text(encoding="utf-8"))
    _write(target, {**card, "figures": figures})


def _write(target: Path, card: Mapping[str, Any]) -> None:
    (target / "model.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
