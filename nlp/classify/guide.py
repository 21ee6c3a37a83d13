"""What the label guide says of fields together, whatever the network says of each."""

from collections.abc import Collection

from nlp.classify.heads import OVERDUE_ISSUES


def answers_agree(kind: str, issues: Collection[str], *, overdue: bool) -> bool:
    """Whether the answer for overdue complaint can stand beside kind and issues.

    An overdue complaint is a complaint about lateness, or about what may arise from it; a complaint about lateness is
    always one.
    """
    if kind != "complaint":
        return not overdue
    if "overdue" in issues:
        return overdue
    return not overdue or not OVERDUE_ISSUES.isdisjoint(issues)
