"""A new model beside the old one: compare them on the ledger's posts, switch, go back."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from indexer.errors import IndexLockedError
from indexer.ledger import Switch
from indexer.reanalysis import Progress, compared, reanalyse, switch_to
from indexer.work import AnalysisPool
from indexer.worker import WorkReport, index_changes, refuse_lost_index, work
from monitor import ModelDifferences, model_differences
from nlp import Analyzer, NlpSettings
from ui.errors import ModelFolderError
from ui.model_choice import choose, previous_model, refuse_configured
from ui.model_folders import MODELS_FOLDER, ModelCard, find_model
from ui.setup import SetUp

COMPARISON_FILE = "comparison.json"
_DIFFERENCES = TypeAdapter(ModelDifferences)
# How long to wait for a worker that indexes a batch; one that stays keeps the right to write.
_INDEX_WAIT = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a switch did; `index_left` where a running worker holds the index and updates it."""

    card: ModelCard
    switch: Switch
    indexed: int
    analysed: int
    index_left: bool


def actor() -> str:
    """Who acts at the command line, as the audit log names them."""
    return f"cli:{getpass.getuser()}"


def open_model(setup: SetUp, card: ModelCard) -> Analyzer:
    """An analyzer of the set-up's brand that reads with a model."""
    return Analyzer(setup.configuration.brand, _settings(setup, card))


@contextmanager
def _reading(setup: SetUp, card: ModelCard) -> Iterator[tuple[Analyzer, AnalysisPool]]:
    """A model's analyzer, and what it reads many posts on (`[work] executor`) until the end of the block."""
    analyzer = open_model(setup, card)
    pool = setup.analysis_pool(analyzer, _settings(setup, card))
    try:
        yield analyzer, pool
    finally:
        pool.close()


def _settings(setup: SetUp, card: ModelCard) -> NlpSettings:
    nlp = setup.configuration.nlp
    return type(nlp).model_validate({**nlp.model_dump(), "model": str(card.folder)})


def compare(setup: SetUp, name: str, *, newest: int | None, on_progress: Progress) -> ModelDifferences:
    """Re-analyse beside the current analyses and say what would change; kept as the last comparison.

    No posts are compared, and nothing is kept, where all are read by this model already.
    """
    with _reading(setup, find_model(setup.home, name)) as (candidate, pool):
        reanalyse(setup.ledger, candidate, newest=newest, pool=pool, on_progress=on_progress)
    pairs = compared(setup.ledger, candidate, newest=newest)
    differences = model_differences(pairs, candidate=candidate.model_version, made=datetime.now(UTC))
    if differences.posts:
        _keep(setup.home, differences)
    return differences


def last_comparison(home: Path) -> ModelDifferences | None:
    """What the last comparison found; `None` before the first."""
    path = _comparison(home)
    try:
        return _DIFFERENCES.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise ModelFolderError(f"{path} 读不出来；请删掉它，再运行 fengping model compare") from error


def use(setup: SetUp, name: str, *, on_progress: Progress, on_indexed: Callable[[int], None]) -> Used:
    """Switch to a model: re-analyse what is left, make its analyses current, index them, analyse what waits.

    `ModelChoiceError` where the configuration names a model. Killed anywhere, the same call again goes on.
    """
    refuse_configured(setup.configuration.nlp, name)
    card = find_model(setup.home, name)
    with _reading(setup, card) as (candidate, pool):
        reanalyse(setup.ledger, candidate, pool=pool, on_progress=on_progress)
        choose(setup.home, name, now=datetime.now(UTC))
        detail = {"model": name}
        switch = switch_to(setup.ledger, candidate, actor=actor(), detail=detail, pool=pool, on_progress=on_progress)
    return _finished(setup, card, candidate, switch, on_indexed)


def use_previous(setup: SetUp, *, on_indexed: Callable[[int], None]) -> Used:
    """Go back to the model before the last switch: its kept analyses are current at once, what it lacks is analysed.

    `ModelChoiceError` where there is none to go back to, or the configuration names a model.
    """
    refuse_configured(setup.configuration.nlp, "--previous")
    card = find_model(setup.home, previous_model(setup.home))
    choose(setup.home, card.name, now=datetime.now(UTC))
    detail = {"model": card.name, "rolled_back": True}
    switch = setup.ledger.models.switch(card.version, actor=actor(), at=datetime.now(UTC), detail=detail)
    return _finished(setup, card, open_model(setup, card), switch, on_indexed)


def _finished(
    setup: SetUp, card: ModelCard, analyzer: Analyzer, switch: Switch, on_indexed: Callable[[int], None]
) -> Used:
    """Index what was switched and analyse what waits, unless a running worker holds the index and does it."""
    index = setup.another_index(wait=_INDEX_WAIT)
    indexed, report, left = 0, WorkReport(), False
    try:
        index.acquire()
        refuse_lost_index(setup.ledger, index)
        indexed = index_changes(setup.ledger, index, on_progress=on_indexed)
        report = work(setup.ledger, analyzer, index, batch=setup.configuration.work.batch)
    except IndexLockedError:
        left = True
    finally:
        index.close()
    return Used(card=card, switch=switch, indexed=indexed + report.indexed, analysed=report.analysed, index_left=left)


def _keep(home: Path, differences: ModelDifferences) -> None:
    path = _comparison(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(_DIFFERENCES.dump_json(differences))
    fresh.replace(path)


def _comparison(home: Path) -> Path:
    return home / MODELS_FOLDER / COMPARISON_FILE
