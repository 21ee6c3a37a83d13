import json
import shutil
from dataclasses import replace

import pytest

from nlp import Analyzer, BrandSettings, NlpSettings
from nlp.classify.classifier import Classifier
from nlp.errors import TrainingError
from nlp.settings import SHIPPED_MODEL
from nlp.training.dataset import load_records
from nlp.training.recalibrate import LEAST_POSTS, new_version, recalibrate, write_recalibrated


@pytest.fixture(scope="module")
def records():
    """Posts that the shipped model has not seen."""
    held_out = Classifier(SHIPPED_MODEL).held_out
    return [record for record in load_records(None) if record.id in held_out][:LEAST_POSTS]


@pytest.fixture(scope="module")
def overconfident(tmp_path_factory):
    """The shipped model with probabilities that are far too sure."""
    folder = tmp_path_factory.mktemp("models") / "sure"
    shutil.copytree(SHIPPED_MODEL, folder)
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    card["calibration"]["temperatures"] = dict.fromkeys(card["calibration"]["temperatures"], 0.2)
    (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def done(overconfident, records):
    return recalibrate(overconfident, records)


def test_probabilities_mean_what_they_say_afterwards(done, records, overconfident, tmp_path):
    assert done.after["kind"] < done.before["kind"]
    assert done.after["sentiment"] < done.before["sentiment"]
    target = tmp_path / "mine"
    write_recalibrated(overconfident, done, target)
    old, new = (Analyzer(BrandSettings(), NlpSettings(model=model)) for model in (overconfident, target))
    assert new.model_version.startswith(f"{old.model_version}-c")
    assert (target / "model.onnx").read_bytes() == (overconfident / "model.onnx").read_bytes()
    (before,), (after,) = (analyzer.analyze(["红创金服催收天天打电话，烦死了"]) for analyzer in (old, new))
    assert after.kind.value == before.kind.value
    assert after.kind.probability < before.kind.probability
    assert not new.classifier.held_out & {record.id for record in records}


def test_the_same_posts_give_the_same_version_also_from_a_recalibrated_model(done, records, overconfident, tmp_path):
    write_recalibrated(overconfident, done, tmp_path / "once")
    own = [replace(record, id=f"own-{record.id}") for record in records]
    again = recalibrate(tmp_path / "once", own)
    assert new_version(tmp_path / "once", again.calibration) == new_version(overconfident, done.calibration)


def test_too_few_posts_are_refused(records):
    with pytest.raises(TrainingError, match="至少要 200 条"):
        recalibrate(SHIPPED_MODEL, records[:-1])


def test_posts_that_the_model_was_trained_on_are_refused(records):
    held_out = Classifier(SHIPPED_MODEL).held_out
    learned = next(record for record in load_records(None) if record.id not in held_out)
    with pytest.raises(TrainingError, match=f"有 1 条是模型训练时用过的（{learned.id}"):
        recalibrate(SHIPPED_MODEL, [*records, learned])


def test_nothing_is_written_over(done, overconfident, tmp_path):
    with pytest.raises(TrainingError, match="已存在"):
        write_recalibrated(overconfident, done, tmp_path)
