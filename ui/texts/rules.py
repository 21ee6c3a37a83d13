"""A rule that had a say in a label, as a sentence."""

from nlp import Rule
from ui.texts import Texts


def rule_line(text: Texts, rule: Rule) -> str:
    """What the rule did and what it went by."""
    comma = text("list.comma")
    return text(
        f"rule.{rule.name}",
        field=text(f"field.{rule.field}"),
        label=text.label(rule.field, rule.value),
        limit="" if rule.limit is None else f"{rule.limit:.0%}",
        terms=comma.join(rule.terms),
        issues=comma.join(text.label("issues", issue) for issue in rule.issues),
    )
