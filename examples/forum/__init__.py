"""借贷茶馆: an invented forum with the page structure of Discuz! X3.4, for the demo and for tests."""
