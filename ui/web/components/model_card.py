"""The model in use: what it is, since when, how good it was measured to be, and the others that are known."""

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.ledger import ModelCount
from monitor import shanghai_day
from ui.model_choice import ModelChoice
from ui.model_folders import ModelCard
from ui.texts import Texts
from ui.texts.moments import day_short
from ui.web.components.card_head import card_head
from ui.web.components.plain_table import Row, part_title, plain_table

# The headline figure of each field in a report of `fengping evaluate`; the report's interval is that figure's.
_HEADLINES = (
    ("kind", "accuracy"),
    ("sentiment", "accuracy"),
    ("issues", "micro_f1"),
    ("urgency", "accuracy"),
    ("overdue_complaint", "f1"),
)


def model_card(
    text: Texts, choice: ModelChoice, version: str, cards: Sequence[ModelCard], counts: Sequence[ModelCount]
) -> None:
    """Draw the card."""
    shown = {"name": choice.name, "version": version}
    title = (
        text("model.in_use_since", day=day_short(text, shanghai_day(choice.since)), **shown)
        if choice.since
        else text("model.in_use", **shown)
    )
    card_head(title, note=text(f"model.origin.{choice.origin}"))
    in_use = next((card for card in cards if card.folder == choice.folder), None)
    if in_use and in_use.figures:
        part_title(text("model.measured", n=f"{in_use.figures['n']:,}"))
        _figures(text, in_use.figures)
    else:
        part_title(text("model.unmeasured"))
    part_title(text("model.known"))
    _known(text, cards, counts)


def _figures(text: Texts, figures: Mapping[str, Any]) -> None:
    rows = [
        Row(
            cells=(
                text(f"field.{field}"),
                text(f"model.{name}", value=f"{figures[field][name]:.3f}"),
                "–".join(f"{end:.3f}" for end in figures[field]["interval"]),
            )
        )
        for field, name in _HEADLINES
        if field in figures
    ]
    columns = [text("model.field"), text("model.figure"), text("model.interval")]
    plain_table(columns, rows, key="model-figures", numbers=(1, 2))


def _known(text: Texts, cards: Sequence[ModelCard], counts: Sequence[ModelCount]) -> None:
    held = {count.model_version: count for count in counts}
    rows = [_row(card.name, card.version, card.made, held.pop(card.version, None)) for card in cards]
    rows += [_row(text("model.unknown_name"), count.model_version, "", count) for count in held.values()]
    columns = [text(f"model.{name}") for name in ("name", "version", "made", "analyses", "current")]
    plain_table(columns, rows, key="model-known", numbers=(3, 4))


def _row(name: str, version: str, made: str, count: ModelCount | None) -> Row:
    figures = (f"{count.analyses:,}", f"{count.current:,}") if count else ("0", "0")
    return Row(cells=(name, version, made or "–", *figures))
