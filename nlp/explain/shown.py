"""The labels of an analysis that a reader sees, each of which has its reasons."""

from dataclasses import dataclass

from nlp.analysis import Analysis, Label

SINGLE = ("kind", "sentiment", "urgency", "overdue_complaint")
SEVERAL = ("issues", "causes", "demands")


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """A value of a field (`towards` for the sentiment towards `brand`); `label` is what the analysis says of it."""

    field: str
    label: Label
    brand: str = ""

    @property
    def value(self) -> str:
        """The value of the label guide."""
        return self.label.value


def shown_labels(analysis: Analysis) -> tuple[ShownLabel, ...]:
    """All labels of an analysis, in the order of the label guide; the sentiments towards brands last."""
    single = [ShownLabel(field, getattr(analysis, field)) for field in SINGLE]
    several = [ShownLabel(field, label) for field in SEVERAL for label in getattr(analysis, field)]
    towards = [ShownLabel("towards", entry.sentiment, entry.brand) for entry in analysis.towards]
    return (*single, *several, *towards)
