import random

from nlp.normalize import normalize
from nlp.training.augment import augmented, decorated, disguised_terms, in_full_width, in_traditional, without_marks

POST = "红创金服催收天天打电话，逾期32天，罚息比利息还高！要求协商还款，不然投诉12378。"


def test_the_same_chance_writes_the_same_noise():
    assert augmented(POST, random.Random(3)) == augmented(POST, random.Random(3))
    assert len({augmented(POST, random.Random(seed)) for seed in range(20)}) > 10


def test_disguised_terms_leave_the_rest_of_the_post_alone():
    noisy = {disguised_terms(POST, random.Random(seed)) for seed in range(30)}
    assert POST not in noisy or len(noisy) > 10
    assert all(text.startswith("红创金服") and "32天" in text and "打电话" in text for text in noisy)


def test_most_disguises_are_undone_by_the_normaliser():
    undone = sum(normalize(disguised_terms(POST, random.Random(seed))).text == POST for seed in range(50))
    assert undone >= 35


def test_script_and_width_are_undone_by_the_normaliser():
    assert "罰息" in in_traditional(POST, random.Random(1))
    assert normalize(in_traditional(POST, random.Random(1))).text == POST
    assert "１２３７８" in in_full_width(POST, random.Random(1))
    assert normalize(in_full_width(POST, random.Random(1))).text == POST


def test_marks_are_dropped_and_emoji_added_without_touching_the_words():
    bare = without_marks(POST, random.Random(2))
    assert len(bare) < len(POST) or " " in bare
    assert "".join(filter(str.isalnum, bare)) == "".join(filter(str.isalnum, POST))
    assert decorated(POST, random.Random(2)).startswith(POST)


def test_an_empty_text_stays_readable():
    assert isinstance(augmented("", random.Random(1)), str)
