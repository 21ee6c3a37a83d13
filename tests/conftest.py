"""Servers that several folders' tests share, started once a session where a test asks for them."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.servers import elasticsearch


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real node."""
    pytest.importorskip("elasticsearch", reason="缺少 elasticsearch：pip install 'fengping[cluster]'")
    if elasticsearch.GIVEN:
        yield elasticsearch.GIVEN
        return
    if not elasticsearch.can_start():
        pytest.skip(elasticsearch.MISSING)
    node = elasticsearch.Node(tmp_path_factory.mktemp("elasticsearch"))
    node.start()
    yield node.url
    node.stop()


@pytest.fixture
def search_name() -> str:
    """A name for a test's own indices, whatever else the node holds."""
    return f"test_{uuid4().hex}"
