"""Analyzer: texts in, analyses out, in batches."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache

from nlp.analysis import Analysis, Fact, Label, Term, Towards
from nlp.brand import BrandSettings, brand_names
from nlp.classify.classifier import Judgement
from nlp.classify.guide import answers_agree
from nlp.classify.loading import load_classifier
from nlp.dictionaries import dictionary_version
from nlp.facts import facts
from nlp.normalize import Normalized, normalize
from nlp.settings import NlpSettings
from nlp.terms import terms

# Places of terms, and of facts, kept of one text: more are only met in texts of megabytes, and tell nobody more.
MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class _Found:
    """What words and figures tell of a text, without the network."""

    terms: Sequence[Term]
    facts: tuple[Fact, ...]


def _found(text: str, normalized: Normalized) -> _Found:
    return _Found(terms(normalized), tuple(facts(text, normalized)))


class Analyzer:
    """The whole analysis of one set-up; loads the model on construction.

    Raises:
        ModelError: the model is missing, incomplete or does not fit.
    """

    def __init__(self, brand: BrandSettings, settings: NlpSettings | None = None) -> None:
        settings = settings or NlpSettings()
        self.brand = brand
        self.classifier = load_classifier(settings)
        self.model_version = self.classifier.version
        self.dictionary_version = dictionary_version()

    def analyze(self, texts: Sequence[str]) -> list[Analysis]:
        """One analysis a text, in order; offsets in the analyses are of the texts as given."""
        normalized = [normalize(text) for text in texts]
        # The network leaves the interpreter free: what is found by words is found meanwhile.
        with ThreadPoolExecutor(1) as pool:
            judged = pool.submit(self.classifier.judge, [draft.text for draft in normalized])
            found = [_found(*pair) for pair in zip(texts, normalized, strict=True)]
        triples = zip(normalized, judged.result(), found, strict=True)
        return self._with_towards([self._analysis(*triple) for triple in triples])

    def _with_towards(self, analyses: list[Analysis]) -> list[Analysis]:
        """Where a text names several brands, it is read once more about each of them."""
        asked = [(row, brand) for row, analysis in enumerate(analyses) for brand in _several(analysis.brands)]
        labels = self.classifier.towards([analyses[row].normalized for row, _ in asked], [brand for _, brand in asked])
        for (row, brand), label in zip(asked, labels, strict=True):
            analyses[row] = replace(analyses[row], towards=(*analyses[row].towards, Towards(brand, label)))
        return analyses

    def _analysis(self, normalized: Normalized, judgement: Judgement, found: _Found) -> Analysis:
        return Analysis(
            normalized=normalized.text,
            kind=judgement.single["kind"],
            sentiment=judgement.single["sentiment"],
            urgency=_with_terms(judgement.single["urgency"], found.terms),
            overdue_complaint=_by_guide(judgement),
            issues=judgement.several["issues"],
            causes=judgement.several["causes"],
            demands=judgement.several["demands"],
            facts=found.facts[:MOST_PLACES],
            terms=_kept(found.terms),
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


def _by_guide(judgement: Judgement) -> Label:
    """The answer for overdue complaint; one that kind and issues contradict is left to a person."""
    answer = judgement.single["overdue_complaint"]
    issues = {label.value for label in judgement.several["issues"]}
    agree = answers_agree(judgement.single["kind"].value, issues, overdue=answer.value == "yes")
    return answer if agree else replace(answer, doubtful=True)


def _several(brands: tuple[str, ...]) -> tuple[str, ...]:
    return brands if len(brands) > 1 else ()


def _kept(found: Sequence[Term]) -> tuple[Term, ...]:
    """The terms to keep, in the order of the text; those that name a danger before all others."""
    if len(found) <= MOST_PLACES:
        return tuple(found)
    by_weight = sorted(found, key=lambda term: (term.topic != "urgency:critical", term.start))
    return tuple(sorted(by_weight[:MOST_PLACES], key=lambda term: term.start))


@cache
def _default() -> Analyzer:
    return Analyzer(BrandSettings())
