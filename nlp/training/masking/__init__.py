"""Measuring the masker: made-up posts with their personal data marked, and how a masker is scored on them."""

from nlp.training.masking.generate import KINDS, MarkedPost, Span, make_posts
from nlp.training.masking.score import score

__all__ = ["KINDS", "MarkedPost", "Span", "make_posts", "score"]
