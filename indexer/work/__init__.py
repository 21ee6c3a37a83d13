"""How the worker goes about its steps: on what the analysis runs, what happens to posts that fail, how it waits."""

from indexer.work.analyzing import Analyzer, MakeAnalyzer
from indexer.work.executors import open_pool
from indexer.work.indexing import Searchable, index_changes, index_now, refuse_lost_index
from indexer.work.patience import Patience
from indexer.work.pool import AnalysisPool, inline_pool

__all__ = [
    "AnalysisPool",
    "Analyzer",
    "MakeAnalyzer",
    "Patience",
    "Searchable",
    "index_changes",
    "index_now",
    "inline_pool",
    "open_pool",
    "refuse_lost_index",
]
