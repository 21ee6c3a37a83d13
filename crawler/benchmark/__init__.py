"""Benchmarks of the crawler: what is measured is made here, from a seed, so that anybody can repeat it."""
