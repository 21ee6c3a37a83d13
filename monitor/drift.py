"""Drift: whether the posts of the last seven days still look like those of the four weeks before, to the model.

Compared are, by PSI (see `monitor.stability`):

    score:FIELD    the probability of the label, 10 bins by the reference's deciles. Of a field with several values the
                   highest one, 0 where none held (a model keeps only what reached its threshold); of overdue
                   complaints the probability of `yes`
    labels:FIELD   which values hold
    words:terms    which entries of the domain dictionary stand in the posts: the reference's 30 most frequent, the rest
    words:topics   the topics of these entries
    words:unknown  by post, the share of Chinese words of two characters and more that the dictionary does not have

At most `SAMPLE` posts of each side are read, evenly over time; only those that one and the same model has analysed,
for a switch of models is no drift of posts. What the posts are is the machine's labels, decisions aside. With fewer
than `LEAST_POSTS` posts on a side there is no verdict.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from indexer.ledger import Ledger
from indexer.query import parse
from indexer.record import Record
from indexer.search.backend import SearchIndex
from monitor.days import Period
from monitor.scope import within
from monitor.stability import Verdict, chance, decile_counts, psi, value_counts, verdict
from nlp.analysis import Analysis, Label
from nlp.segment import segment
from nlp.words import is_word

RECENT_DAYS = 7
REFERENCE_DAYS = 28
LEAST_POSTS = 200
SAMPLE = 2000
_PAGE = 5000
_TERMS = 30
_ONE = ("kind", "sentiment", "urgency")
_SEVERAL = ("issues", "causes", "demands")
_RANK = (Verdict.CALM, Verdict.LOOK, Verdict.ALARM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A value whose share of posts (0–1) is another than before."""

    value: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One comparison; `by_chance` is what PSI must exceed to mean anything.

    `moved` are the values that moved most; of scores and rates there is one, without a name: the mean.
    """

    name: str
    psi: float
    by_chance: float
    verdict: Verdict
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The state of one day: periods, how many posts were compared, the measures with the largest PSI first.

    `verdict` is `None` where either side has too few posts, and then there are no measures.
    """

    recent: Period
    reference: Period
    recent_posts: int
    reference_posts: int
    model_version: str | None
    verdict: Verdict | None
    measures: tuple[Measure, ...]

    @property
    def alarm(self) -> bool:
        """Whether someone should act."""
        return self.verdict is Verdict.ALARM


def find_drift(ledger: Ledger, index: SearchIndex, today: date, *, sample: int = SAMPLE) -> Drift:
    """Compare the seven days that end with `today` (Asia/Shanghai) with the 28 days before them."""
    recent_period = Period.ending(today, days=RECENT_DAYS)
    before = recent_period.first - timedelta(days=1)
    reference_period = Period.ending(before, days=REFERENCE_DAYS)
    recent = _read(ledger, index, recent_period, sample)
    reference = _read(ledger, index, reference_period, sample)
    versions = Counter(record.analysis.model_version for record in recent if record.analysis)
    model = ledger.models.in_use() or next((version for version, _ in versions.most_common(1)), None)
    state = Drift(
        recent=recent_period,
        reference=reference_period,
        recent_posts=len(_of_model(recent, model)),
        reference_posts=len(_of_model(reference, model)),
        model_version=model,
        verdict=None,
        measures=(),
    )
    if min(state.recent_posts, state.reference_posts) < LEAST_POSTS:
        return state
    measures = compare(_of_model(reference, model), _of_model(recent, model))
    return replace(state, measures=measures, verdict=max((m.verdict for m in measures), key=_RANK.index))


def compare(reference: Sequence[Analysis], recent: Sequence[Analysis]) -> tuple[Measure, ...]:
    """All measures, the largest PSI first."""
    measures = [
        *(
            _scores(f"score:{name}", reference, recent, _score(name))
            for name in (*_ONE, *_SEVERAL, "overdue_complaint")
        ),
        *(
            _values(f"labels:{name}", reference, recent, _held(name))
            for name in (*_ONE, *_SEVERAL, "overdue_complaint")
        ),
        _values("words:terms", reference, recent, _frequent_terms(reference)),
        _values("words:topics", reference, recent, lambda analysis: {term.topic for term in analysis.terms}),
        _scores("words:unknown", reference, recent, unknown_words),
    ]
    return tuple(sorted(measures, key=lambda measure: -measure.psi))


def unknown_words(analysis: Analysis) -> float:
    """The share (0–1) of a text's longer Chinese words that the dictionary does not have; 0 where it has none."""
    longer = [token.word for token in segment(analysis.normalized) if len(token.word) > 1 and _is_chinese(token.word)]
    return sum(not is_word(word) for word in longer) / len(longer) if longer else 0.0


def _read(ledger: Ledger, index: SearchIndex, period: Period, sample: int) -> list[Record]:
    tree = parse(within("", period), now=period.end)
    page = index.search(tree, limit=_PAGE)
    step = max(1, -(-page.total // sample))
    ids = list(page.record_ids)
    while page.cursor:
        page = index.search(tree, limit=_PAGE, cursor=page.cursor)
        ids += page.record_ids
    return ledger.records(ids[::step])


def _of_model(records: Iterable[Record], model_version: str | None) -> list[Analysis]:
    found = (record.analysis for record in records)
    return [analysis for analysis in found if analysis and analysis.model_version == model_version]


def _scores(
    name: str, reference: Sequence[Analysis], recent: Sequence[Analysis], score: Callable[[Analysis], float]
) -> Measure:
    old, new = (np.array([score(analysis) for analysis in side]) for side in (reference, recent))
    moved = Moved(value="", before=round(float(old.mean()), 4), after=round(float(new.mean()), 4))
    return _measure(name, *decile_counts(old, new), len(old), len(new), (moved,))


def _values(
    name: str,
    reference: Sequence[Analysis],
    recent: Sequence[Analysis],
    held: Callable[[Analysis], set[str]],
) -> Measure:
    old, new = (
        Counter(value for analysis in side for value in held(analysis) or {"none"}) for side in (reference, recent)
    )
    shares = [
        Moved(value=value, before=round(old[value] / len(reference), 4), after=round(new[value] / len(recent), 4))
        for value in {*old, *new}
    ]
    moved = sorted(shares, key=lambda share: (-abs(share.after - share.before), share.value))[:5]
    return _measure(name, *value_counts(old, new), len(reference), len(recent), tuple(moved))


def _measure(
    name: str, old: np.ndarray, new: np.ndarray, reference: int, recent: int, moved: tuple[Moved, ...]
) -> Measure:
    value, by_chance = psi(old, new), chance(reference, recent, len(old))
    return Measure(
        name=name,
        psi=round(value, 4),
        by_chance=round(by_chance, 4),
        verdict=verdict(value, by_chance),
        moved=moved,
    )


def _score(name: str) -> Callable[[Analysis], float]:
    def score(analysis: Analysis) -> float:
        held = getattr(analysis, name)
        if name == "overdue_complaint":
            return float(held.probability if held.value == "yes" else 1 - held.probability)
        return (
            float(held.probability)
            if isinstance(held, Label)
            else max((label.probability for label in held), default=0.0)
        )

    return score


def _held(name: str) -> Callable[[Analysis], set[str]]:
    def values(analysis: Analysis) -> set[str]:
        held = getattr(analysis, name)
        return {held.value} if isinstance(held, Label) else {label.value for label in held}

    return values


def _frequent_terms(reference: Sequence[Analysis]) -> Callable[[Analysis], set[str]]:
    counted = Counter(term for analysis in reference for term in {term.term for term in analysis.terms})
    frequent = {term for term, _ in counted.most_common(_TERMS)}
    return lambda analysis: {term.term if term.term in frequent else "other" for term in analysis.terms}


def _is_chinese(word: str) -> bool:
    return any("一" <= character <= "鿿" for character in word)
