"""How a fact is put into words, on the page and on the command line alike."""

from nlp import Fact
from ui.texts import Texts

# Values that are words of ours; all others are figures, or the name of a channel, and stand in the text itself.
_NAMED_BY_VALUE = frozenset(("third_party_contact", "impersonation", "disclosure", "overdue_stage"))


def fact_name(text: Texts, fact: Fact) -> str:
    """What kind of fact it is, and what or whom it is about where that is known: 金额：总欠款, 联系第三方：家人."""
    kind = text.label("fact", fact.kind)
    if fact.kind in _NAMED_BY_VALUE:
        return text("fact.named", kind=kind, name=text.label("fact_value", str(fact.value)))
    role = text.label("fact_role", fact.role) if fact.role else kind
    return kind if role == kind else text("fact.named", kind=kind, name=role)


def fact_quote(text: Texts, fact: Fact) -> str:
    """The author's words, with what keeps them from being plain: 没有打给家人 is denied."""
    marks = [text.label("fact_mark", mark) for mark in _marks(fact)]
    return text("fact.marked", words=fact.text, marks=text("list.comma").join(marks)) if marks else fact.text


def _marks(fact: Fact) -> list[str]:
    whose = fact.whose if fact.whose != "author" else None
    return [mark for mark in ("negated" if fact.negated else None, fact.modality, whose) if mark]
