"""Posts, records and a real (if tiny) analyzer for the tests of ledger, worker and search."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.post import Engagement, Evidence, Post, PostKind
from indexer.record import Record
from nlp.analysis import Analysis, Label

NOW = datetime(2024, 5, 10, 4, 0, tzinfo=UTC)
_ISSUES = {"逾期": "overdue", "催收": "collection", "征信": "credit_report", "利息": "cost", "客服": "service"}


def post(number: int, text: str = "借了五千，逾期三天就被催收", **changes: Any) -> Post:
    """A post of the forum 灌水吧; say only what matters to the test."""
    made = Post(
        source="forum",
        native_id=str(number),
        url=f"https://forum.example/thread-1-1.html#pid{number}",
        kind=PostKind.REPLY,
        title="",
        text=text,
        published=NOW - timedelta(hours=number),
        crawled=NOW,
        evidence=Evidence(sha256="0" * 64),
        thread_id="1",
        author=f"u-{number % 7}",
        engagement=Engagement(likes=number),
    )
    return replace(made, **changes)


@dataclass(frozen=True)
class RuleAnalyzer:
    """Labels by the words of a text: no model, but a function of the text alone, as the real one is."""

    model_version: str = "rules-1"

    def analyze(self, texts: Sequence[str]) -> list[Analysis]:
        """One analysis a text."""
        return [self._analyse(text) for text in texts]

    def _analyse(self, text: str) -> Analysis:
        issues = tuple(Label(value, 0.9) for word, value in _ISSUES.items() if word in text)
        kind = "complaint" if "催收" in text or "骗" in text else "help" if "怎么" in text else "discussion"
        overdue = kind == "complaint" and any(label.value == "overdue" for label in issues)
        return Analysis(
            normalized=text,
            kind=Label(kind, 0.8, doubtful="app" in text),
            sentiment=Label("negative" if kind == "complaint" else "neutral", 0.7),
            urgency=Label("high" if "起诉" in text else "normal", 0.95, doubtful="不" in text),
            overdue_complaint=Label("yes" if overdue else "no", 0.6),
            issues=issues,
            causes=(),
            demands=(),
            facts=(),
            terms=(),
            brands=("红创金服",) if "红创" in text else (),
            model_version=self.model_version,
            dictionary_version="words-1",
        )


def record(number: int, text: str = "借了五千，逾期三天就被催收", **changes: Any) -> Record:
    """An analysed record, as the ledger would give it."""
    (analysis,) = RuleAnalyzer().analyze([text])
    made = Record(
        id=number,
        post=post(number, text),
        version=1,
        revision=1,
        first_seen=NOW,
        last_seen=NOW,
        analysis=analysis,
    )
    return replace(made, **changes)
