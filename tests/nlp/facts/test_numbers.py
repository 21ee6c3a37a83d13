import pytest

from nlp.facts.numbers import figure, number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("三万五", 35000),
        ("两千零八十", 2080),
        ("十", 10),
        ("一百二", 120),
        ("十五", 15),
        ("1.2万", 12000),
        ("5,000", 5000),
        ("2w", 20000),
        ("8k", 8000),
    ],
)
def test_numbers_as_people_write_them(written, value):
    assert number(written) == value


@pytest.mark.parametrize("vague", ["几万", "半", "十几"])
def test_a_vague_number_is_no_figure(vague):
    assert number(vague) is None


@pytest.mark.parametrize(
    ("spoken", "low_and_high"),
    [("七八", "7-8"), ("两三千", "2000-3000"), ("十几", "11-19"), ("二十几", "21-29"), ("几十", "20-90")],
)
def test_a_spoken_range_keeps_its_two_ends(spoken, low_and_high):
    assert figure(spoken) == low_and_high


@pytest.mark.parametrize("vague", ["几", "几千", "半"])
def test_no_number_is_invented(vague):
    assert figure(vague) is None
