"""How fast the full analysis is, beside the model that one would use instead."""

from nlp.benchmark.speed import measure

__all__ = ["measure"]
