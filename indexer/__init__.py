"""Keep and find: the ledger, the search index and the worker between them."""
