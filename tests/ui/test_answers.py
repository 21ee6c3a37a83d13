"""The order of the work: the most urgent first, page by page, none twice and none left out."""

from collections.abc import Iterator

import pytest
import streamlit as st

from indexer.search import Sort
from ui.setup import SetUp
from ui.web import answers


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_pages_hold_every_post_once_and_the_most_urgent_first(setup: SetUp, size: int) -> None:
    key, pages = setup.ledger.version_key(), -(-7 // size)
    found = [answers.urgent_first(key, "brand:红创金服", page=page + 1, size=size) for page in range(pages)]
    records = [record for page in found for record in page.records]
    assert [page.total for page in found] == [7] * pages
    assert len({record.id for record in records}) == 7
    order = {"critical": 0, "high": 1, "normal": 2}
    ranks = [order[str(record.urgency)] for record in records]
    assert ranks == sorted(ranks)


def test_a_page_beyond_the_last_is_the_last(setup: SetUp) -> None:
    key = setup.ledger.version_key()
    last = answers.find(key, "", sort=Sort.NEWEST, page=4, size=2)
    assert answers.find(key, "", sort=Sort.NEWEST, page=99, size=2) == last
    assert len(last.records) == 1


def test_an_answer_is_new_when_the_ledger_is(setup: SetUp) -> None:
    before = answers.state(setup.ledger.version_key())
    assert answers.state(setup.ledger.version_key()) is not None
    setup.ledger.note_audit(at=before[1][0].last_crawled, actor="a", action="export", subject="x")
    assert setup.ledger.version_key() != before
