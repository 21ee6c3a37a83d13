"""Item pipelines of the crawler itself, one step a file; landing in the ledger is the indexer's."""
