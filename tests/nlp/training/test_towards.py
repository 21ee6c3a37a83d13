from dataclasses import replace

from nlp.analyzer import Analyzer
from nlp.brand import BrandSettings
from nlp.training.dataset import load_records
from nlp.training.records import LabelledPost
from nlp.training.towards import towards_figures


def two_brands() -> list[LabelledPost]:
    return [record for record in load_records(None) if len(record.towards) > 1][:20]


def test_every_pair_of_post_and_brand_is_measured_once() -> None:
    figures = towards_figures(two_brands(), Analyzer(BrandSettings()).classifier)
    assert figures is not None
    assert figures["n"] == sum(len(record.towards) for record in two_brands())
    assert figures["interval"][0] <= figures["accuracy"] <= figures["interval"][1]


def test_labels_turned_round_lower_the_figure() -> None:
    classifier = Analyzer(BrandSettings()).classifier
    other = {"negative": "positive", "positive": "negative", "neutral": "negative"}
    wrong = [replace(post, towards=tuple((name, other[mood]) for name, mood in post.towards)) for post in two_brands()]
    right_figures, wrong_figures = towards_figures(two_brands(), classifier), towards_figures(wrong, classifier)
    assert right_figures is not None
    assert wrong_figures is not None
    assert wrong_figures["accuracy"] < right_figures["accuracy"]


def test_posts_without_such_a_judgement_give_no_figure() -> None:
    plain = [post for post in load_records(None) if not post.towards][:3]
    assert towards_figures(plain, Analyzer(BrandSettings()).classifier) is None
