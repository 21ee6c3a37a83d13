import pytest

from crawler.reading.counts import read_count

CASES = {
    "1.2万": 12_000,
    "1.5亿": 150_000_000,
    "100+": 100,
    "10万+": 100_000,
    "1,234": 1_234,
    "3.5w": 35_000,
    "2k": 2_000,
    "查看: 20456": 20_456,
    "7164.8万": 71_648_000,
    "0": 0,
    "": None,
    "赞": None,
}


@pytest.mark.parametrize("shown", CASES)
def test_counts(shown: str) -> None:
    assert read_count(shown) == CASES[shown]
