"""Examples that run: the invented forum of the demo."""
