"""Analysis: what the product makes of one text."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """One value of the label guide with its calibrated probability (0–1).

    `doubtful` is true where the probability is below the threshold of the value: a person should judge.
    """

    value: str
    probability: float
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure, a date or conduct that the text states; `start` and `end` are character offsets in the original text.

    `kind` is one of `nlp.facts.KINDS`; `value` is normalised (5.2 for 5.2 %, ISO dates, `11-19` for a spoken range),
    `unit` its unit. `period` is the time that the figure is about, such as `2024-Q1`, where the sentence names one.
    `role` says what an amount or a rate is (`nlp.facts.amounts.ROLES`; `irr`, `apr`, `monthly`, `daily`).

    Of conduct and complaint channels `negated` says that the text denies it, and `modality` why it is not told as
    something that happened (`conditional`, `feared`, `hearsay`, `rule`; `None`: it is). `whose` is, of conduct, to whom
    it was done: `author`, `spoken_for` (family or a friend), `other`, or `brand_says` where the lender is speaking.
    """

    kind: str
    value: float | str
    unit: str
    text: str
    start: int
    end: int
    period: str | None = None
    role: str | None = None
    negated: bool = False
    modality: str | None = None
    whose: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the domain dictionary found in the text, with offsets in the original; `topic` is its issue."""

    term: str
    topic: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Towards:
    """The author's sentiment towards one brand of a text that names several."""

    brand: str
    sentiment: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The labels of the label guide, facts and domain terms of one text, and what produced them.

    `towards` is empty unless the text names more than one brand.
    """

    normalized: str
    kind: Label
    sentiment: Label
    urgency: Label
    overdue_complaint: Label
    issues: tuple[Label, ...]
    causes: tuple[Label, ...]
    demands: tuple[Label, ...]
    facts: tuple[Fact, ...]
    terms: tuple[Term, ...]
    brands: tuple[str, ...]
    model_version: str
    dictionary_version: str
    towards: tuple[Towards, ...] = ()

    @property
    def is_overdue_complaint(self) -> bool:
        """Whether the post counts as an overdue complaint by the label guide."""
        return self.overdue_complaint.value == "yes"

    @property
    def doubtful(self) -> bool:
        """Whether any label is left to a person."""
        single = (self.kind, self.sentiment, self.urgency, self.overdue_complaint)
        return any(label.doubtful for label in (*single, *self.issues))

    def to_json(self) -> str:
        """The analysis as one JSON object, read back by `from_json`."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Analysis":
        """Read what `to_json` wrote."""
        return _analysis(json.loads(text))


def _analysis(data: Mapping[str, Any]) -> Analysis:
    return Analysis(
        normalized=data["normalized"],
        kind=Label(**data["kind"]),
        sentiment=Label(**data["sentiment"]),
        urgency=Label(**data["urgency"]),
        overdue_complaint=Label(**data["overdue_complaint"]),
        issues=_labels(data["issues"]),
        causes=_labels(data["causes"]),
        demands=_labels(data["demands"]),
        facts=tuple(Fact(**fact) for fact in data["facts"]),
        terms=tuple(Term(**term) for term in data["terms"]),
        brands=tuple(data["brands"]),
        model_version=data["model_version"],
        dictionary_version=data["dictionary_version"],
        towards=tuple(Towards(entry["brand"], Label(**entry["sentiment"])) for entry in data.get("towards", ())),
    )


def _labels(data: Sequence[Mapping[str, Any]]) -> tuple[Label, ...]:
    return tuple(Label(**label) for label in data)
