import numpy as np

from nlp.classify.heads import HEAD, WIDTH
from nlp.training.calibrate import calibrate

KIND = HEAD["kind"]


def posts(number: int, *, right: float) -> tuple[np.ndarray, np.ndarray]:
    """Raw scores and targets: every field says its first value, `kind` now and then surely, and is right that often."""
    random = np.random.default_rng(7)
    scores, targets = np.zeros((number, WIDTH)), np.zeros((number, WIDTH))
    scores[:, KIND.start] = random.uniform(1, 6, number)
    holds = random.random(number) < right
    targets[holds, KIND.start] = 1
    targets[~holds, KIND.start + 1] = 1
    return scores, targets


def test_about_one_label_in_ten_is_left_to_a_person_where_the_sure_ones_are_right() -> None:
    scores, targets = posts(400, right=0.95)
    doubt = calibrate(scores, targets).doubts["kind"]
    assert 0 < doubt < 1


def test_every_label_is_left_to_a_person_where_being_sure_says_nothing() -> None:
    assert calibrate(*posts(400, right=0.5)).doubts["kind"] == 1.0


def test_a_handful_of_right_posts_shows_nothing() -> None:
    assert calibrate(*posts(8, right=1.0)).doubts["kind"] == 1.0
