"""The search index on an Elasticsearch cluster; needs the extra `cluster`."""

from indexer.search.elasticsearch.connection import Connection, connect
from indexer.search.elasticsearch.index import ElasticsearchIndex

__all__ = ["Connection", "ElasticsearchIndex", "connect"]
