"""What every index must find: the product's own evaluation of a query over one record, which uses no index."""

from indexer.query.evaluate import matches, values

__all__ = ["matches", "values"]
