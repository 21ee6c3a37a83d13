"""How fast ledger and search are, on made-up posts, beside what one would use instead."""

from indexer.benchmark.measure import Measurement, measure

__all__ = ["Measurement", "measure"]
