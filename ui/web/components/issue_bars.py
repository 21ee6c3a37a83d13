"""Complaints by issue as bars: how many, the mark of the period before, the change in words."""

from collections.abc import Sequence

from monitor import IssueChange
from ui.texts import Texts
from ui.web.components.clickable import clickable
from ui.web.markup import render


def issue_bars(text: Texts, changes: Sequence[IssueChange]) -> str | None:
    """Draw the bars; the issue that was clicked just now."""
    most = max((max(change.count, change.previous) for change in changes), default=1) or 1
    bars = [
        {
            "name": change.issue,
            "words": text.label("issue", change.issue),
            "count": change.count,
            "width": round(100 * change.count / most, 1),
            "before": round(100 * change.previous / most, 1),
            "delta": change_words(text, change),
            "way": _way(change),
            "help": text("issues.help", count=change.count, previous=change.previous),
        }
        for change in changes
    ]
    return clickable(render("issue_bars", bars=bars, note=text("issues.note")), key="issue-bars")


def change_words(text: Texts, change: IssueChange) -> str:
    """The change against the period before, in words that fit its size."""
    difference = change.count - change.previous
    if difference == 0:
        return text("change.same")
    if not change.previous:
        return text("change.new")
    if change.count >= 2 * change.previous and change.previous >= 3:
        return text("change.times", times=f"{change.count / change.previous:.1f}")
    return text("change.more" if difference > 0 else "change.fewer", count=abs(difference))


def _way(change: IssueChange) -> str:
    if change.count == change.previous:
        return "same"
    return "worse" if change.count > change.previous else "better"
