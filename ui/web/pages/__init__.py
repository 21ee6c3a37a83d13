"""One page of the app a file; each reads as its screen."""
