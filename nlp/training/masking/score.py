"""How well a masker does on marked posts: recall and precision by span, with Wilson's 95 % intervals.

Counted is, over all posts:

- a personal datum is *found* when every letter and digit of it lies in some finding, whatever the finding is called
  (signs, spaces and invisible characters between them do not count): what is masked can't be read;
- a finding is *right* when it overlaps a datum of its family. Families: names; addresses; plates; numbers of papers
  (identity, bank card, contract); ways to reach somebody (phones, QQ, WeChat, e-mail);
- beside them `excess`, the share of masked characters that belong to no datum: a masker that hides whole sentences
  would reach the two figures above, but not this one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nlp.privacy import PersonalData
from nlp.training.masking.generate import KINDS, MarkedPost, Span
from nlp.training.metrics import wilson

Find = Callable[[str], Sequence[PersonalData]]

# A finding's kind as shown in marks, and the kinds of data that it may stand on.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "姓名": ("name",),
    "地址": ("address",),
    "车牌号": ("plate",),
    **dict.fromkeys(("身份证号", "银行卡号", "合同号"), ("identity", "card", "contract")),
    **dict.fromkeys(("手机号", "座机号", "QQ号", "微信号", "邮箱"), ("mobile", "landline", "qq", "wechat", "email")),
}

# A stroke that people put between digits; Unicode calls it a letter.
_BETWEEN = "丶"


def score(posts: Iterable[MarkedPost], find: Find) -> dict[str, Any]:
    """`recall`, `precision`, `n` (data), `findings`, `excess`, `intervals`, and the same by kind under `kinds`.

    Recall is by the kind of the datum, precision by the kind of the finding (`findings`).
    """
    tally: Counter[tuple[str, str]] = Counter()
    for post in posts:
        _count(post, find(post.text), tally)
    total = {name: sum(tally[name, kind] for kind in KINDS) for name in ("n", "found")}
    kinds = {kind: _shares(tally["found", kind], tally["n", kind], "recall") for kind in KINDS}
    named = {name: _shares(tally["right", name], tally["findings", name], "precision") for name in FAMILIES}
    right, findings = (sum(tally[what, name] for name in FAMILIES) for what in ("right", "findings"))
    return {
        "posts": tally["posts", ""],
        **_both(total["found"], total["n"], right, findings),
        "excess": round(tally["excess", ""] / max(tally["masked", ""], 1), 4),
        "kinds": kinds,
        "findings_by_kind": named,
    }


def missed(post: MarkedPost, findings: Sequence[PersonalData]) -> list[Span]:
    """The data of a post that can still be read, in part or in all."""
    hidden = {place for finding in findings for place in range(finding.start, finding.end)}
    return [span for span in post.spans if not _signs(post.text, span) <= hidden]


def wrong(post: MarkedPost, findings: Sequence[PersonalData]) -> list[PersonalData]:
    """The findings that stand on no datum of their family."""
    return [finding for finding in findings if not any(_stands_on(finding, span) for span in post.spans)]


def _count(post: MarkedPost, findings: Sequence[PersonalData], tally: Counter[tuple[str, str]]) -> None:
    tally["posts", ""] += 1
    unread, false = missed(post, findings), wrong(post, findings)
    tally.update(("n", span.kind) for span in post.spans)
    tally.update(("found", span.kind) for span in post.spans if span not in unread)
    tally.update(("findings", finding.kind) for finding in findings)
    tally.update(("right", finding.kind) for finding in findings if finding not in false)
    true = {place for span in post.spans for place in range(span.start, span.end)}
    masked = {place for finding in findings for place in range(finding.start, finding.end)}
    tally["masked", ""] += len(masked)
    tally["excess", ""] += len(masked - true)


def _signs(text: str, span: Span) -> set[int]:
    return {place for place in range(span.start, span.end) if text[place].isalnum() and text[place] not in _BETWEEN}


def _stands_on(finding: PersonalData, span: Span) -> bool:
    return finding.start < span.end and span.start < finding.end and span.kind in FAMILIES[finding.kind]


def _both(found: int, n: int, right: int, findings: int) -> dict[str, Any]:
    return {
        "recall": _share(found, n),
        "precision": _share(right, findings),
        "n": n,
        "findings": findings,
        "intervals": {"recall": _interval(found, n), "precision": _interval(right, findings)},
    }


def _shares(hits: int, n: int, name: str) -> dict[str, Any]:
    return {name: _share(hits, n), "n": n, "interval": _interval(hits, n)}


def _share(hits: int, n: int) -> float | None:
    return round(hits / n, 4) if n else None


def _interval(hits: int, n: int) -> list[float]:
    return [round(end, 4) for end in wilson(hits, n)]
