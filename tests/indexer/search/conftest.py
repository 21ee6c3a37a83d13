from collections.abc import Iterator

import pytest

from indexer.settings import IndexerSettings


@pytest.fixture(params=["embedded", "elasticsearch"])
def settings(request: pytest.FixtureRequest, search_name: str) -> Iterator[IndexerSettings]:
    """Where to search: both back ends in turn, under a name that no other test uses."""
    if request.param == "embedded":
        yield IndexerSettings()
        return
    url = request.getfixturevalue("elasticsearch_url")
    yield IndexerSettings(search=url, search_name=search_name)
    from tests.servers.elasticsearch_index import clear

    clear(url, search_name)
