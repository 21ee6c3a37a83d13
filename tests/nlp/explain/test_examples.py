"""Labelled posts that are near in meaning, written beside a model and read again."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp import Analyzer, BrandSettings, NlpSettings, explain
from nlp.classify.examples import FILE, Examples
from nlp.errors import ModelError
from nlp.normalize import normalize
from nlp.settings import SHIPPED_MODEL
from nlp.training.dataset import load_records
from nlp.training.examples import write_examples
from nlp.training.records import LabelledPost

COUNT = 300
MODEL_FILES = ("model.json", "model.onnx", "tokenizer.json")


@pytest.fixture(scope="module")
def bare_folder(tmp_path_factory) -> Path:
    """The shipped model without examples."""
    folder = tmp_path_factory.mktemp("model")
    for name in MODEL_FILES:
        shutil.copy(SHIPPED_MODEL / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def records() -> list[LabelledPost]:
    return load_records(None)[:COUNT]


@pytest.fixture(scope="module")
def meanings(bare_folder, records) -> np.ndarray:
    classifier = Analyzer(BrandSettings(), NlpSettings(model=bare_folder)).classifier
    return classifier.meanings([normalize(record.text).text for record in records])


@pytest.fixture(scope="module")
def folder(bare_folder, records, meanings, tmp_path_factory) -> Path:
    """The shipped model with examples of the test's own."""
    folder = Path(shutil.copytree(bare_folder, tmp_path_factory.mktemp("with") / "model"))
    assert write_examples(folder, records, meanings) == COUNT
    return folder


def test_a_post_is_nearest_to_itself(folder, records, meanings):
    examples = Examples(folder)
    for record, meaning in zip(records, meanings, strict=True):
        first, *others = examples.nearest(meaning, n=3)
        assert first.likeness == pytest.approx(1, abs=0.02)
        assert first.record == record or others[0].likeness == pytest.approx(first.likeness, abs=0.02)


def test_likeness_is_that_of_the_meanings(folder, records, meanings):
    for example in Examples(folder).nearest(meanings[7], n=COUNT):
        exact = float(meanings[[record.id for record in records].index(example.record.id)] @ meanings[7])
        assert example.likeness == pytest.approx(exact, abs=0.02)


def test_an_explanation_shows_three_and_the_nearest_first(folder):
    analyzer = Analyzer(BrandSettings(), NlpSettings(model=folder))
    text = "催收天天打电话骂人，还联系我家里人"
    (analysis,) = analyzer.analyze([text])
    explanation = explain(text, analysis, analyzer)
    likeness = [example.likeness for example in explanation.examples]
    assert explanation.has_examples
    assert len(likeness) == 3
    assert likeness == sorted(likeness, reverse=True)
    assert sum("collection" in example.record.issues for example in explanation.examples) >= 2


def test_a_model_without_examples_says_so(bare_folder):
    analyzer = Analyzer(BrandSettings(), NlpSettings(model=bare_folder))
    (analysis,) = analyzer.analyze(["催收骂人"])
    explanation = explain("催收骂人", analysis, analyzer)
    assert explanation.examples == ()
    assert not explanation.has_examples


def test_posts_whose_text_stands_outside_the_project_are_left_out(tmp_path, records, meanings):
    outside = replace(records[0], id="0012d20a")
    assert write_examples(tmp_path, [outside, *records[1:3]], meanings[:3]) == 2
    assert {example.record for example in Examples(tmp_path).nearest(meanings[0])} == set(records[1:3])


def test_the_file_is_small_and_the_same_each_time(folder, tmp_path, records, meanings):
    write_examples(tmp_path, records, meanings)
    assert (tmp_path / FILE).read_bytes() == (folder / FILE).read_bytes()
    assert (folder / FILE).stat().st_size < 600 * COUNT


def test_a_broken_file_says_what_to_do(tmp_path):
    (tmp_path / FILE).write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(ModelError, match="fengping train"):
        Examples(tmp_path).nearest(np.ones(512))
