"""The rows of the reasons: for each label its probability, the words that carry it, its dictionary entries."""

from collections.abc import Mapping

from nlp import Analysis, Explanation
from nlp.explain.shown import ShownLabel, shown_labels
from ui.texts import Texts
from ui.texts.rules import rule_line


def label_rows(text: Texts, analysis: Analysis, explanation: Explanation) -> list[Mapping[str, object]]:
    """One row a label, in the order of the label guide."""
    return [_row(text, label, explanation) for label in shown_labels(analysis)]


def rule_lines(text: Texts, explanation: Explanation) -> list[str]:
    """The rules that fired, a sentence each; a plain threshold stands beside its label instead."""
    return [rule_line(text, rule) for rule in explanation.rules if rule.name != "threshold"]


def other_terms(text: Texts, analysis: Analysis, explanation: Explanation) -> list[tuple[str, str]]:
    """The domain terms that stand beside no label, each with what it stands for."""
    told = {entry for label in shown_labels(analysis) for entry in explanation.entries(label.field, label.value)}
    return sorted((term.term, topic_words(text, term.topic)) for term in explanation.terms if term.term not in told)


def topic_words(text: Texts, topic: str) -> str:
    """What a domain term stands for: an issue, or `cause:…`, `demand:…`, `urgency:…`, or a word of the trade."""
    field, _, value = topic.rpartition(":")
    return text.label(field or "issue", value)


def _row(text: Texts, label: ShownLabel, explanation: Explanation) -> Mapping[str, object]:
    words = explanation.words(label.field, label.value, brand=label.brand)
    entries = explanation.entries(label.field, label.value)
    return {
        "field": text(f"field.{label.field}"),
        "label": _named(text, label),
        "chance": _chance(text, label, explanation),
        "doubtful": label.label.doubtful,
        "words": [(word, f"{weight:.0%}") for word, weight in words],
        "entries": text("reasons.entries", entries=text("list.comma").join(entries)) if entries else "",
    }


def _named(text: Texts, label: ShownLabel) -> str:
    value = text.label(label.field, label.value)
    return text("reasons.about", label=value, brand=label.brand) if label.brand else value


def _chance(text: Texts, label: ShownLabel, explanation: Explanation) -> str:
    """The probability, and the threshold of a value that has one."""
    chance, asked = f"{label.label.probability:.0%}", ("threshold", label.field, label.value)
    limit = next((rule.limit for rule in explanation.rules if (rule.name, rule.field, rule.value) == asked), None)
    return chance if limit is None else text("reasons.limit", chance=chance, limit=f"{limit:.0%}")
