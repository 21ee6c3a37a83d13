"""The rules that had a say in the labels of an analysis, beside the network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nlp.analysis import Analysis
from nlp.classify.calibration import Calibration
from nlp.classify.classifier import Classifier
from nlp.classify.guide import answers_agree
from nlp.classify.heads import OVERDUE_ISSUES
from nlp.explain.shown import SEVERAL, ShownLabel, shown_labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule that fired for a label. `name` is one of `RULES`, `limit` the probability that it compares with.

    `terms` are the dictionary entries, and `issues` the issues, that it went by.
    """

    name: str
    field: str
    value: str
    limit: float | None = None
    terms: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    brand: str = ""


_HALF = 0.5
# By name, what the rule does.
RULES = {
    "threshold": "the value holds because its probability reaches its threshold",
    "near_threshold": "the probability lies close to the threshold: a person decides",
    "unsure": "the most probable value is not probable enough: a person decides",
    "critical_first": "critical holds below one half already: missing it is the worst",
    "danger_word": "a dictionary word of danger to life stands in the text: a person looks, whatever the network says",
    "overdue_capped": "an overdue complaint is no more probable than a complaint, so it has that probability",
    "overdue_fits": "by the label guide, a complaint with one of these issues is an overdue complaint",
    "overdue_differs": "kind and issues contradict the answer for overdue complaint: a person decides",
    "unread": "the text is too long to be read in full: a person decides",
}


def fired_rules(analysis: Analysis, classifier: Classifier) -> tuple[Rule, ...]:
    """The rules that fired, in the order of the labels; thresholds are those of the classifier's model."""
    rules: list[Rule] = []
    for label in shown_labels(analysis):
        rules += _by_probability(label, classifier.calibration)
        if label.field == "urgency":
            rules += _by_words(analysis)
        if label.field == "overdue_complaint":
            rules += _by_guide(analysis)
    if not classifier.reads_whole(analysis.normalized):
        rules.append(Rule(name="unread", field="kind", value=analysis.kind.value))
    return tuple(rules)


def _by_probability(label: ShownLabel, calibration: Calibration) -> Iterator[Rule]:
    doubt, chance = calibration.doubts[label.field], label.label.probability
    if label.field in SEVERAL or label.field == "overdue_complaint":
        yield from _by_threshold(label, calibration.thresholds[label.field], doubt)
    elif (label.field, label.value) == ("urgency", "critical") and chance < _HALF:
        yield _rule("critical_first", label, calibration.thresholds["urgency"]["critical"])
    elif chance < doubt:
        yield _rule("unsure", label, doubt)


def _by_threshold(label: ShownLabel, thresholds: Mapping[str, float], band: float) -> Iterator[Rule]:
    limit = thresholds["yes" if label.value == "no" else label.value]
    chance = 1 - label.label.probability if label.value == "no" else label.label.probability
    if label.value != "no":
        yield _rule("threshold", label, limit)
    if abs(chance - limit) < band:
        yield _rule("near_threshold", label, limit)


def _by_words(analysis: Analysis) -> Iterator[Rule]:
    dangers = tuple(dict.fromkeys(term.term for term in analysis.terms if term.topic == "urgency:critical"))
    if dangers and analysis.urgency.value != "critical":
        yield Rule(name="danger_word", field="urgency", value=analysis.urgency.value, terms=dangers)


def _by_guide(analysis: Analysis) -> Iterator[Rule]:
    """An overdue complaint is a complaint about lateness, or about what arises from it (the label guide)."""
    issues = tuple(label.value for label in analysis.issues if label.value in OVERDUE_ISSUES)
    value = analysis.overdue_complaint.value
    agree = answers_agree(analysis.kind.value, issues, overdue=value == "yes")
    if (value, analysis.kind.value) == ("yes", "complaint"):
        yield from _by_cap(analysis)
    if value == "yes" and agree:
        yield Rule(name="overdue_fits", field="overdue_complaint", value=value, issues=issues)
    elif not agree:
        yield Rule(name="overdue_differs", field="overdue_complaint", value=value, issues=issues)


def _by_cap(analysis: Analysis) -> Iterator[Rule]:
    """The lesser of two probabilities is kept (`nlp.classify.calibration`): here it is that of a complaint."""
    if analysis.overdue_complaint.probability == analysis.kind.probability:
        yield Rule(name="overdue_capped", field="overdue_complaint", value="yes", limit=analysis.kind.probability)


def _rule(name: str, label: ShownLabel, limit: float) -> Rule:
    return Rule(name=name, field=label.field, value=label.value, limit=limit, brand=label.brand)
