"""Chinese text in, analysis out: normalise, segment, classify, extract facts, mask personal data, explain."""

from nlp.analysis import Analysis, Fact, Label, Term
from nlp.analyzer import Analyzer, analyze
from nlp.brand import BrandSettings
from nlp.classify.examples import Example
from nlp.explain import Explanation, Reason, Rule, explain
from nlp.privacy import mask
from nlp.segment import Token, segment
from nlp.settings import NlpSettings

__all__ = [
    "Analysis",
    "Analyzer",
    "BrandSettings",
    "Example",
    "Explanation",
    "Fact",
    "Label",
    "NlpSettings",
    "Reason",
    "Rule",
    "Term",
    "Token",
    "analyze",
    "explain",
    "mask",
    "segment",
]
