"""Spiders: one engine a platform a file; what differs between sites of a platform stands in `crawler/sites`."""
