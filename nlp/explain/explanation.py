"""Explanation: all that speaks for the labels of one analysis."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.analysis import Analysis, Term
from nlp.analyzer import Analyzer
from nlp.classify.examples import Example
from nlp.explain.occlusion import Carrier, carriers
from nlp.explain.rules import Rule, fired_rules
from nlp.explain.shown import ShownLabel, shown_labels
from nlp.normalize import normalize

# Characters of a text that are looked at: each word tried is one more reading of all of them.
MOST_CHARACTERS = 2000
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One place of a word that carries a label; a word that stands in the text several times has as many reasons.

    `weight` is the share of the label's odds lost without the word (0–1), see `nlp.explain.occlusion`; `start` and
    `end` are offsets in the text. `brand` is set for the field `towards`: the sentiment towards that brand.
    """

    field: str
    label: str
    word: str
    weight: float
    start: int
    end: int
    brand: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What speaks for the labels of an analysis.

    `reasons` are words, label by label, in the order in which they were taken out; a label without any is carried by
    no single word. `terms` are the dictionary entries in the text, each once; `rules` those that fired; `examples` the
    labelled posts nearest in meaning, the nearest first, or none where the model folder holds none (`has_examples`).
    """

    reasons: tuple[Reason, ...]
    terms: tuple[Term, ...]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    has_examples: bool

    def words(self, field: str, value: str, *, brand: str = "") -> tuple[tuple[str, float], ...]:
        """The words that carry a label, each once with its weight, in the order in which they were taken out."""
        asked = (field, value, brand)
        own = [reason for reason in self.reasons if (reason.field, reason.label, reason.brand) == asked]
        return tuple({reason.word: reason.weight for reason in own}.items())

    def entries(self, field: str, value: str) -> tuple[str, ...]:
        """The dictionary entries whose topic is a label."""
        topic = value if field == "issues" else f"{field.removesuffix('s')}:{value}"
        return tuple(term.term for term in self.terms if term.topic == topic)


def explain(text: str, analysis: Analysis, analyzer: Analyzer, *, most: int = 3) -> Explanation:
    """Why an analysis of this text says what it says: for each label at most `most` words, and all the rest.

    Words are looked for in the beginning of a long text. Takes some tenths of a second, so it is asked for when shown.
    """
    classifier, beginning = analyzer.classifier, text[:MOST_CHARACTERS]
    brand = analyzer.brand
    names = (brand.name, *brand.aliases, *brand.products, *brand.competitors)
    found = carriers(beginning, shown_labels(analysis), classifier, names=names, most=most)
    return Explanation(
        reasons=tuple(reason for label, words in found.items() for reason in _reasons(label, words)),
        terms=tuple({term.term: term for term in reversed(analysis.terms)}.values())[::-1],
        rules=fired_rules(analysis, classifier),
        examples=classifier.examples.nearest(classifier.meanings([normalize(beginning).text])[0], n=EXAMPLES),
        has_examples=classifier.examples.exist,
    )


def _reasons(label: ShownLabel, words: Sequence[Carrier]) -> list[Reason]:
    return [
        Reason(label.field, label.value, carrier.word.word, round(carrier.weight, 4), start, end, label.brand)
        for carrier in words
        for start, end in carrier.word.places
    ]
