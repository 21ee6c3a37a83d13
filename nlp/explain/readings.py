"""What the network says of a text with words taken out: in batches, each version of the text once."""

from collections.abc import Iterable

import numpy as np

from nlp.classify.classifier import Classifier
from nlp.classify.heads import HEAD, SENTIMENTS
from nlp.explain.shown import ShownLabel
from nlp.explain.words import Word, without
from nlp.normalize import normalize

Taken = frozenset[Word]
NOTHING: Taken = frozenset()
# Nearer to 0 and 1 than this a probability is rounding.
_LEAST_CHANCE = 1e-6


class Readings:
    """The odds of labels in a passage of a text, which begins at `start` of it."""

    def __init__(self, text: str, classifier: Classifier, *, start: int = 0) -> None:
        self.text = text
        self._classifier = classifier
        self._start = start
        self._guide: dict[Taken, dict[str, np.ndarray]] = {}
        self._towards: dict[tuple[str, Taken], np.ndarray] = {}

    def read(self, wanted: Iterable[tuple[ShownLabel, Taken]]) -> None:
        """Read what is not yet known of these labels without these words; the guide's labels come all at once."""
        asked = list(wanted)
        self._read_guide({taken for label, taken in asked if not label.brand} - self._guide.keys())
        self._read_towards({(label.brand, taken) for label, taken in asked if label.brand} - self._towards.keys())

    def odds(self, label: ShownLabel, taken: Taken) -> float:
        """The odds, p / (1 - p), of a label without these words, as read before."""
        chance = min(max(self._chance(label, taken), _LEAST_CHANCE), 1 - _LEAST_CHANCE)
        return chance / (1 - chance)

    def _chance(self, label: ShownLabel, taken: Taken) -> float:
        if label.brand:
            return float(self._towards[label.brand, taken][SENTIMENTS.index(label.value)])
        row = self._guide[taken][label.field]
        if label.value == "no":  # the head has a column for yes only
            return 1.0 - float(row[0])
        return float(row[HEAD[label.field].values.index(label.value)])

    def _read_guide(self, missing: set[Taken]) -> None:
        if not missing:
            return
        order = list(missing)
        chances = self._classifier.probabilities([self._variant(taken) for taken in order])
        for number, taken in enumerate(order):
            self._guide[taken] = {field: rows[number] for field, rows in chances.items()}

    def _read_towards(self, missing: set[tuple[str, Taken]]) -> None:
        if not missing:
            return
        order = list(missing)
        texts = [self._variant(taken) for _, taken in order]
        chances = self._classifier.towards_probabilities(texts, [brand for brand, _ in order])
        self._towards.update(zip(order, chances, strict=True))

    def _variant(self, taken: Taken) -> str:
        return normalize(without(self.text, taken, start=self._start)).text
