"""Indices on a test's node."""

from typing import Any

from indexer.search.elasticsearch import Connection, ElasticsearchIndex


def open_elasticsearch(url: str, name: str, **options: Any) -> ElasticsearchIndex:
    """An index of this name on the node."""
    return ElasticsearchIndex(Connection([url]), name=name, **options)


def indices(url: str, name: str) -> dict[str, set[str]]:
    """Every index of this name, with its aliases."""
    connection = Connection([url])
    with connection.asking() as client:
        found = client.indices.get_alias(index=f"{name}-*")
    connection.close()
    return {index: set(about["aliases"]) for index, about in sorted(found.items())}


def clear(url: str, name: str) -> None:
    """Remove every index of this name, and its template."""
    connection = Connection([url])
    with connection.asking() as client:
        for index in client.indices.get(index=f"{name}-*"):
            client.indices.delete(index=index)
        if client.indices.exists_index_template(name=name):
            client.indices.delete_index_template(name=name)
    connection.close()
