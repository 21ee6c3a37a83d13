"""The words that carry a label: taken out one after the other, each time the one without which its odds fall most.

Words interact: of two that say the same, neither seems to matter while the other stands. So the second is looked for
in the text without the first, and so on; what is shown has been taken out together and did lower the label.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nlp.classify.classifier import Classifier
from nlp.explain.passages import passages
from nlp.explain.readings import NOTHING, Readings
from nlp.explain.shown import ShownLabel
from nlp.explain.words import Word, telling_words

# Words of a passage that are tried: the first ones where it has more (a list of single words and figures).
MOST_WORDS = 160
# Words that are tried again beside those already taken out; each is one more reading of the whole text.
CANDIDATES = 4
LONG_CANDIDATES = 3
# Share of the odds that must be lost for a word to count as a reason.
LEAST_WEIGHT = 0.1


@dataclass(frozen=True, slots=True)
class Carrier:
    """A word that carries a label: `weight` is the share of the label's odds lost with it (0–1).

    Odds, p / (1 - p), rather than the probability: a label that several words carry stays near 1 without any one. Of
    the second word and later ones, the share is of the odds that the words before it left.
    """

    word: Word
    weight: float


def carriers(
    text: str, labels: Sequence[ShownLabel], classifier: Classifier, *, names: Sequence[str] = (), most: int
) -> dict[ShownLabel, tuple[Carrier, ...]]:
    """For each label at most `most` words, in the order in which they were taken out.

    None where no word alone moves the label enough. `names` count as one word each.
    """
    readings = Readings(text, classifier)
    candidates = _candidates(readings, telling_words(text, names=names), labels, classifier)
    found: dict[ShownLabel, tuple[Carrier, ...]] = dict.fromkeys(labels, ())
    growing = list(labels)
    for _ in range(most):
        sets = {label: _next_sets(candidates[label], found[label]) for label in growing}
        readings.read(_with_before(sets))
        best = {label: _heaviest(readings, label, before, words) for label, (before, words) in sets.items()}
        found |= {label: (*found[label], carrier) for label, carrier in best.items() if carrier}
        growing = [label for label in growing if best[label]]
    return found


_Sets = tuple[frozenset[Word], Sequence[Word]]


def _next_sets(candidates: Sequence[Word], found: Sequence[Carrier]) -> _Sets:
    """The words taken out so far, and those that may be next."""
    before = frozenset(carrier.word for carrier in found)
    return before, [word for word in candidates if word not in before]


def _with_before(sets: Mapping[ShownLabel, _Sets]) -> Iterable[tuple[ShownLabel, frozenset[Word]]]:
    for label, (before, words) in sets.items():
        yield label, before
        yield from ((label, before | {word}) for word in words)


def _heaviest(readings: Readings, label: ShownLabel, before: frozenset[Word], words: Sequence[Word]) -> Carrier | None:
    weighed = [Carrier(word, _weight(readings, label, before, word)) for word in words]
    best = max(weighed, key=lambda carrier: carrier.weight, default=None)
    return best if best and best.weight >= LEAST_WEIGHT else None


def _weight(readings: Readings, label: ShownLabel, before: frozenset[Word], word: Word) -> float:
    return 1 - readings.odds(label, before | {word}) / readings.odds(label, before)


def _candidates(
    readings: Readings, words: Sequence[Word], labels: Sequence[ShownLabel], classifier: Classifier
) -> dict[ShownLabel, Sequence[Word]]:
    """For each label the words that weigh most in the passage that says it most, the weightiest first."""
    bounds = passages(readings.text)
    if len(bounds) <= 1:
        return _ranked(readings, labels, words[:MOST_WORDS], CANDIDATES)
    found: dict[ShownLabel, Sequence[Word]] = {}
    for (start, end), said in _by_passage(readings.text, bounds, labels, classifier).items():
        inside = [word for word in words if any(start <= place[0] < end for place in word.places)]
        passage = Readings(readings.text[start:end], classifier, start=start)
        found |= _ranked(passage, said, inside[:MOST_WORDS], LONG_CANDIDATES)
    return found


def _by_passage(
    text: str, bounds: Sequence[tuple[int, int]], labels: Sequence[ShownLabel], classifier: Classifier
) -> dict[tuple[int, int], list[ShownLabel]]:
    """The labels by the passage that, read alone, has the best odds for them."""
    alone = {(start, end): Readings(text[start:end], classifier, start=start) for start, end in bounds}
    for passage in alone.values():
        passage.read((label, NOTHING) for label in labels)
    found: dict[tuple[int, int], list[ShownLabel]] = {}
    for label in labels:
        best = max(bounds, key=lambda bound: alone[bound].odds(label, NOTHING))
        found.setdefault(best, []).append(label)
    return found


def _ranked(
    readings: Readings, labels: Sequence[ShownLabel], words: Sequence[Word], most: int
) -> dict[ShownLabel, Sequence[Word]]:
    singles = [frozenset((word,)) for word in words]
    readings.read((label, taken) for label in labels for taken in (NOTHING, *singles))
    return {label: sorted(words, key=lambda word: readings.odds(label, frozenset((word,))))[:most] for label in labels}
