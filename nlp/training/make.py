"""Make a model folder: pre-train, train, export, calibrate, write the card."""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np

from nlp.analyzer import Analyzer
from nlp.brand import BrandSettings
from nlp.classify.calibration import Calibration
from nlp.classify.encoder import Encoder
from nlp.classify.encoder_text import encoder_text
from nlp.normalize import normalize
from nlp.settings import NlpSettings
from nlp.training.calibrate import calibrate
from nlp.training.card import add_figures, write_card
from nlp.training.dataset import DATA
from nlp.training.evaluate import evaluate
from nlp.training.examples import write_examples
from nlp.training.export import export_network
from nlp.training.parts import Parts
from nlp.training.pretrain import pretrain
from nlp.training.public import PUBLIC_FILES, public_texts
from nlp.training.public_sentiment import SENTIMENT_FILES, public_sentiment
from nlp.training.records import LabelledPost
from nlp.training.tasks import Task, sentiment_task, tasks
from nlp.training.train import Recipe, train

# As many characters in common at the start as two texts need to count as one, when texts are kept from pre-training.
_SAME_START = 40

Progress = Callable[[str, int, int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to make a model from: the encoder's folder, the folder of public texts (or none), and how long to train.

    `reviews` of the public sets train the head `sentiment` beside the labelled posts.
    """

    base: Path
    public: Path | None
    pretrain_epochs: int
    recipe: Recipe
    reviews: int = 1000


def make_model(parts: Parts, plan: Plan, target: Path, *, made: date, on_progress: Progress) -> str:
    """Train on `parts.training`, calibrate on `parts.calibration`, write the folder `target`; returns the version.

    `made` is the day that the card tells. `on_progress` hears the stage, steps done, steps in all, and the loss.
    """
    with tempfile.TemporaryDirectory() as folder:
        base = plan.base
        if plan.public and plan.pretrain_epochs:
            base = _pretrained(parts, plan, Path(folder), on_progress)
        epochs = plan.recipe.epochs
        network = train(
            asked_of(parts.training, plan),
            base,
            plan.recipe,
            on_epoch=lambda done, loss: on_progress("train", done, epochs, loss),
        )
        export_network(network, base, target)
    return finish_model(parts, plan, target, made=made)


def finish_model(parts: Parts, plan: Plan, target: Path, *, made: date) -> str:
    """Calibrate the exported network, write its card and examples, and measure it on `parts.development`."""
    calibration = _calibrated(target, parts, plan.recipe.seed)
    outside = {"pretrain_epochs": plan.pretrain_epochs, "reviews": plan.reviews} if plan.public else {}
    recipe = {**asdict(plan.recipe), **outside}
    held_out = sorted(record.id for record in parts.development)
    data = _digests(plan.public)
    version = write_card(target, calibration, recipe=recipe, data=data, held_out=held_out, made=made)
    analyzer = Analyzer(BrandSettings(), NlpSettings(model=target))
    learnt = [*parts.training, *parts.calibration]
    write_examples(target, learnt, analyzer.classifier.meanings([normalize(post.text).text for post in learnt]))
    if parts.development:
        analyses = analyzer.analyze([post.text for post in parts.development])
        add_figures(target, evaluate(parts.development, analyses))
    return version


def asked_of(records: Sequence[LabelledPost], plan: Plan) -> list[Task]:
    """What the network is trained on: the labelled posts, and the attitude in public reviews beside them."""
    reviews = public_sentiment(plan.public, most=plan.reviews, seed=plan.recipe.seed) if plan.public else []
    return [*tasks(records, seed=plan.recipe.seed), *(sentiment_task(*review) for review in reviews)]


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


def _calibrated(model: Path, parts: Parts, seed: int) -> Calibration:
    # Of the posts that name one brand nobody asks this when the product runs, and they are the easy ones.
    asked = tasks(parts.calibration, seed=seed, most_of_one_brand=0)
    texts = [encoder_text(normalize(task.text).text) for task in asked]
    about = [encoder_text(task.about) if task.about else None for task in asked]
    return calibrate(Encoder(model).read(texts, about=about).scores, np.array([task.targets for task in asked]))


def _digests(public: Path | None) -> dict[str, str]:
    outside = [public / name for name in (*PUBLIC_FILES, *SENTIMENT_FILES)] if public else []
    files = [*sorted(DATA.glob("*.jsonl")), *(file for file in outside if file.is_file())]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
