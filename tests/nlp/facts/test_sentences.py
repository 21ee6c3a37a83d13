"""Precision and recall over `sentences.jsonl`: invented sentences, half of which were not looked at in tuning."""

import json
from pathlib import Path

import pytest

from nlp.facts import facts
from nlp.normalize import normalize

SENTENCES = [
    json.loads(line) for line in Path(__file__).with_name("sentences.jsonl").read_text(encoding="utf-8").splitlines()
]
SAID_OF_FACTS = {"role": None, "negated": False, "modality": None, "whose": None}


def is_found(expected, text, found):
    """The same kind and value at an overlapping place."""
    start = text.index(expected["text"])
    end = start + len(expected["text"])
    return next(
        (
            fact
            for fact in found
            if (fact.kind, fact.value) == (expected["kind"], expected["value"])
            and fact.start < end
            and fact.end > start
        ),
        None,
    )


def matched(part):
    """Pairs of what is expected and what was found for it, and how many were found in all."""
    pairs, total = [], 0
    for row in SENTENCES:
        if row["part"] == part:
            found = list(facts(row["text"], normalize(row["text"])))
            total += len(found)
            pairs += [(expected, is_found(expected, row["text"], found)) for expected in row["facts"]]
    return pairs, total


@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_precision_and_recall(part):
    pairs, total = matched(part)
    hits = sum(fact is not None for _, fact in pairs)
    assert hits / total >= 0.95
    assert hits / len(pairs) >= 0.95


@pytest.mark.parametrize("part", ["tuning", "held_out"])
@pytest.mark.parametrize("name", SAID_OF_FACTS)
def test_what_is_said_of_a_fact(part, name):
    pairs, _ = matched(part)
    said = [(expected[name], getattr(fact, name)) for expected, fact in pairs if fact and name in expected]
    assert sum(wanted == got for wanted, got in said) / len(said) >= 0.9
