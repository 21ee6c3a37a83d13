"""Examining a batch that failed: which of its posts can be analysed, and which can't and why."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field

from indexer.errors import AnalysisFailingError, ExecutorUnavailableError, ForeignModelError
from indexer.ledger import Failure, Stage
from indexer.record import Pending
from indexer.work.analyzing import Analyzer
from indexer.work.pool import AnalysisPool, Batch, Cause
from indexer.work.reasons import reason
from nlp.analysis import Analysis

# A sentence that any analyzer reads: where it fails too, the posts are not at fault.
_PLAIN = "今天天气不错"
# A process may die for reasons of its own; three in a row do not.
_PLAIN_ATTEMPTS = 3


@dataclass(slots=True)
class Findings:
    """What an examination found: analyses of the posts that have one, failures of the others."""

    analysed: list[tuple[Pending, Analysis]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def examine(pool: AnalysisPool, leased: Sequence[Pending], *, attempts: int) -> Findings:
    """Analyse what can be, by halving down to the posts that fail `attempts` times alone.

    Raises:
        AnalysisFailingError: a plain sentence fails too.
        ExecutorUnavailableError: the executor went away.
    """
    _refuse_failing(pool)
    findings = Findings()
    _halve(pool, leased, attempts, findings)
    return findings


def analysed_by(pool: AnalysisPool, leased: Sequence[Pending], *, batch: int, attempts: int) -> Iterator[Findings]:
    """Analyse posts in batches of like length, as many at once as the pool has room for; each as it is done."""
    waiting = deque(in_batches(leased, batch))
    under_way: dict[Batch, Sequence[Pending]] = {}
    while waiting or under_way:
        while waiting and len(under_way) < pool.width:
            part = waiting.popleft()
            under_way[pool.submit([pending.analysed_text for pending in part])] = part
        done, _ = wait([sent.future for sent in under_way], return_when=FIRST_COMPLETED)
        for sent in [sent for sent in under_way if sent.future in done]:
            yield findings_of(pool, sent, under_way.pop(sent), attempts=attempts)


def findings_of(pool: AnalysisPool, batch: Batch, leased: Sequence[Pending], *, attempts: int) -> Findings:
    """What came of a batch that is done; one that failed is examined."""
    try:
        analyses = batch.future.result()
    except Exception as error:  # told apart by the pool
        if pool.cause(batch, error) is Cause.LOST:
            raise lost(error) from error
        return examine(pool, leased, attempts=attempts)
    return Findings(list(zip(leased, analyses, strict=True)))


def in_batches(leased: Sequence[Pending], batch: int) -> Iterator[Sequence[Pending]]:
    """In batches in order of length, so that a batch of the model holds texts of like length."""
    ordered = sorted(leased, key=lambda pending: len(pending.analysed_text))
    for start in range(0, len(ordered), batch):
        yield ordered[start : start + batch]


def refuse_foreign(findings: Findings, analyzer: Analyzer) -> None:
    """`ForeignModelError` where an analysis is not of the analyzer's model and dictionary."""
    own_dictionary = getattr(analyzer, "dictionary_version", None)
    own = (analyzer.model_version, own_dictionary)
    for _, analysis in findings.analysed:
        foreign = (analysis.model_version, analysis.dictionary_version if own_dictionary else None)
        if foreign != own:
            raise ForeignModelError(_versions(*own), _versions(*foreign))


def lost(error: BaseException) -> ExecutorUnavailableError:
    """The error to raise where the executor went away under a batch."""
    return ExecutorUnavailableError(
        f"与分析集群的连接中断，手上的帖子会重新分析；请检查调度器是否在运行（{reason(error)}）"
    )


def _halve(pool: AnalysisPool, leased: Sequence[Pending], attempts: int, findings: Findings) -> None:
    if len(leased) == 1:
        _try_alone(pool, leased[0], attempts, findings)
        return
    analyses = _try(pool, leased)
    if not isinstance(analyses, Exception):
        findings.analysed.extend(zip(leased, analyses, strict=True))
        return
    middle = len(leased) // 2
    for half in (leased[:middle], leased[middle:]):
        _halve(pool, half, attempts, findings)


def _try_alone(pool: AnalysisPool, pending: Pending, attempts: int, findings: Findings) -> None:
    error: Exception | None = None
    for _ in range(attempts):
        analyses = _try(pool, [pending])
        if not isinstance(analyses, Exception):
            findings.analysed.append((pending, analyses[0]))
            return
        error = analyses
    if error is not None:
        findings.failures.append(_failure(pending, error, attempts))


def _failure(pending: Pending, error: Exception, attempts: int) -> Failure:
    return Failure(
        record_id=pending.record_id,
        stage=Stage.ANALYSIS,
        error=type(error).__name__,
        reason=reason(error, pending.title, pending.text),
        version=pending.version,
        attempts=attempts,
    )


def _try(pool: AnalysisPool, leased: Sequence[Pending]) -> list[Analysis] | Exception:
    return _analyses(pool, [pending.analysed_text for pending in leased])[0]


def _refuse_failing(pool: AnalysisPool) -> None:
    for attempt in range(1, _PLAIN_ATTEMPTS + 1):
        analyses, cause = _analyses(pool, [_PLAIN])
        if not isinstance(analyses, Exception):
            return
        if cause is Cause.RAISED or attempt == _PLAIN_ATTEMPTS:
            raise AnalysisFailingError(f"{type(analyses).__name__} {reason(analyses)}") from analyses


def _analyses(pool: AnalysisPool, texts: Sequence[str]) -> tuple[list[Analysis] | Exception, Cause | None]:
    batch = pool.submit(texts)
    try:
        return batch.future.result(), None
    except Exception as error:
        # Whatever it is: what a text does to the analysis is unknown, and the cause is told apart here.
        cause = pool.cause(batch, error)
        if cause is Cause.LOST:
            raise lost(error) from error
        return error, cause


def _versions(model: str, dictionary: str | None) -> str:
    return f"模型 {model}" + (f"、词典 {dictionary}" if dictionary else "")
