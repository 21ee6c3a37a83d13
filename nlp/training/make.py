"""Make a model folder: pre-train, train, export, calibrate, write the card."""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from nlp.classify.encoder import Encoder
from nlp.classify.encoder_text import encoder_text
from nlp.normalize import normalize
from nlp.training.calibrate import calibrate
from nlp.training.dataset import DATA
from nlp.training.export import export_network, write_card
from nlp.training.parts import Parts
from nlp.training.pretrain import pretrain
from nlp.training.public import PUBLIC_FILES, public_texts
from nlp.training.records import LabelledPost
from nlp.training.train import Recipe, target_matrix, train

# As many characters in common at the start as two texts need to count as one, when texts are kept from pre-training.
_SAME_START = 40

Progress = Callable[[str, int, int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to make a model from: the encoder's folder, the folder of public texts (or none), and how long to train."""

    base: Path
    public: Path | None
    pretrain_epochs: int
    recipe: Recipe


def make_model(parts: Parts, plan: Plan, target: Path, *, on_progress: Progress) -> str:
    """Train on `parts.training`, calibrate on `parts.calibration`, write the folder `target`; returns the version.

    `on_progress` hears the stage, steps done, steps in all, and the loss.
    """
    with tempfile.TemporaryDirectory() as folder:
        base = plan.base
        if plan.public and plan.pretrain_epochs:
            base = _pretrained(parts, plan, Path(folder), on_progress)
        epochs = plan.recipe.epochs
        network = train(
            parts.training,
            base,
            plan.recipe,
            on_epoch=lambda done, loss: on_progress("train", done, epochs, loss),
        )
        export_network(network, base, target)
    calibration = calibrate(_scores(target, parts.calibration), target_matrix(parts.calibration))
    recipe = {**asdict(plan.recipe), "pretrain_epochs": plan.pretrain_epochs if plan.public else 0}
    held_out = sorted(record.id for record in parts.development)
    return write_card(target, calibration, recipe=recipe, data=_digests(plan.public), held_out=held_out)


def _pretrained(parts: Parts, plan: Plan, folder: Path, on_progress: Progress) -> Path:
    target = folder / "pretrained"
    pretrain(
        pretraining_texts(parts, plan.public),
        plan.base,
        target,
        epochs=plan.pretrain_epochs,
        seed=plan.recipe.seed,
        on_progress=lambda done, steps, loss: on_progress("pretrain", done, steps, loss),
    )
    return target


def pretraining_texts(parts: Parts, public: Path | None) -> list[str]:
    """Public texts and training posts; none that stands in a held-out part, nor one that begins like one of them."""
    kept_apart = {_start(record.text) for record in (*parts.development, *parts.calibration)}
    texts = [*(public_texts(public).values() if public else ()), *(record.text for record in parts.training)]
    return [text for text in dict.fromkeys(texts) if _start(text) not in kept_apart]


def _start(text: str) -> str:
    return "".join(character for character in normalize(text).text if character.isalnum())[:_SAME_START]


def _scores(model: Path, records: tuple[LabelledPost, ...]) -> np.ndarray:
    return Encoder(model).scores([encoder_text(normalize(record.text).text) for record in records])[0]


def _digests(public: Path | None) -> dict[str, str]:
    outside = [public / name for name in PUBLIC_FILES] if public else []
    files = [*sorted(DATA.glob("*.jsonl")), *outside]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
