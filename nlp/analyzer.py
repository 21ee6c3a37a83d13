"""Analyzer: texts in, analyses out, in batches."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from nlp.analysis import Analysis, Label, Term
from nlp.brand import BrandSettings, brand_names
from nlp.classify.classifier import Classifier, Judgement
from nlp.dictionaries import dictionary_version
from nlp.facts import facts
from nlp.normalize import Normalized, normalize
from nlp.settings import SHIPPED_MODEL, NlpSettings
from nlp.terms import terms

# Places of terms, and of facts, kept of one text: more are only met in texts of megabytes, and tell nobody more.
MOST_PLACES = 500


class Analyzer:
    """The whole analysis of one set-up; loads the model on construction.

    Raises:
        ModelError: the model's folder is incomplete or does not fit.
    """

    def __init__(self, brand: BrandSettings, settings: NlpSettings | None = None) -> None:
        settings = settings or NlpSettings()
        self.brand = brand
        self.classifier = Classifier(settings.model or SHIPPED_MODEL, threads=settings.threads)
        self.model_version = self.classifier.version
        self.dictionary_version = dictionary_version()

    def analyze(self, texts: Sequence[str]) -> list[Analysis]:
        """One analysis a text, in order; offsets in the analyses are of the texts as given."""
        normalized = [normalize(text) for text in texts]
        judgements = self.classifier.judge([draft.text for draft in normalized])
        return [self._analysis(*parts) for parts in zip(texts, normalized, judgements, strict=True)]

    def _analysis(self, text: str, normalized: Normalized, judgement: Judgement) -> Analysis:
        found = terms(normalized)
        return Analysis(
            normalized=normalized.text,
            kind=judgement.single["kind"],
            sentiment=judgement.single["sentiment"],
            urgency=_with_terms(judgement.single["urgency"], found),
            overdue_complaint=judgement.single["overdue_complaint"],
            issues=judgement.several["issues"],
            causes=judgement.several["causes"],
            demands=judgement.several["demands"],
            facts=facts(text, normalized)[:MOST_PLACES],
            terms=_kept(found),
            brands=brand_names(normalized.text, self.brand),
            model_version=self.model_version,
            dictionary_version=self.dictionary_version,
        )


def analyze(texts: Sequence[str]) -> list[Analysis]:
    """Analyse with the shipped model and the brand of the examples; set-ups of their own use `Analyzer`."""
    return _default().analyze(texts)


def _with_terms(urgency: Label, found: Sequence[Term]) -> Label:
    """A word that names a danger to life is never passed over in silence: a person looks at the post."""
    if urgency.value != "critical" and any(term.topic == "urgency:critical" for term in found):
        return replace(urgency, doubtful=True)
    return urgency


def _kept(found: Sequence[Term]) -> tuple[Term, ...]:
    """The terms to keep, in the order of the text; those that name a danger before all others."""
    if len(found) <= MOST_PLACES:
        return tuple(found)
    by_weight = sorted(found, key=lambda term: (term.topic != "urgency:critical", term.start))
    return tuple(sorted(by_weight[:MOST_PLACES], key=lambda term: term.start))


@cache
def _default() -> Analyzer:
    return Analyzer(BrandSettings())
