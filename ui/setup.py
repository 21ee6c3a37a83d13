"""One set-up with its real parts: the only place where a process wires ledger, index and analyzer together."""

import os
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from indexer.ledger import Ledger, open_ledger
from indexer.search import SearchIndex, open_index
from indexer.work import AnalysisPool, open_pool
from nlp import Analyzer, NlpSettings
from ui.configuration import Configuration, load, load_written
from ui.errors import ModelChoiceError
from ui.model_choice import ModelChoice, model_choice

DEFAULT_HOME = Path("fengping-data")


@dataclass(frozen=True)
class SetUp:
    """The data folder, its configuration, and the parts, each opened when it is first asked for."""

    home: Path
    configuration: Configuration
    config: Path | None = None

    @classmethod
    def open(cls, home: Path, config: Path | None = None) -> "SetUp":
        """Read the configuration; `ConfigurationError` where it is wrong. Opens nothing yet."""
        return cls(home, load(config, home), config)

    @classmethod
    def from_environment(cls) -> "SetUp":
        """The set-up that FENGPING_HOME and FENGPING_CONFIG name; for processes that get no options (the web app)."""
        config = os.environ.get("FENGPING_CONFIG")
        return cls.open(Path(os.environ.get("FENGPING_HOME", DEFAULT_HOME)), Path(config) if config else None)

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, made and migrated where needed."""
        url = self.configuration.indexer.ledger_url
        return open_ledger(url.get_secret_value() if url else self.home)

    @cached_property
    def index(self) -> SearchIndex:
        """The search index by `[indexer] search`, made where it is missing."""
        return self.another_index()

    def another_index(self, *, wait: float = 0) -> SearchIndex:
        """The search index once more, for a writer of its own; `wait` as in `open_index`."""
        return open_index(self.home, self.configuration.indexer, wait=wait)

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analyzer of the configured brand; loading the model takes a second or two."""
        return Analyzer(self.configuration.brand, self.configuration.nlp)

    def analysis_pool(self, analyzer: Analyzer, nlp: NlpSettings) -> AnalysisPool:
        """What the analysis runs on by `[work] executor`; reached here, so that a wrong address is told at once.

        `nlp` are the settings that `analyzer` was made with: each process and each worker of a cluster loads the model
        itself, and reads with one thread.
        """
        work = self.configuration.work
        there = nlp.model.resolve() if nlp.model and nlp.model.is_dir() else nlp.model
        make = partial(Analyzer, self.configuration.brand, nlp.model_copy(update={"model": there, "threads": 1}))
        pool = open_pool(work.executor, analyzer, make, processes=work.processes)
        pool.open()
        return pool

    @property
    def model_choice(self) -> ModelChoice:
        """Which model is chosen by now, and who chose it."""
        return model_choice(load_written(self.config, self.home).nlp, self.home)

    @property
    def is_model_replaced(self) -> bool:
        """Whether another model has been chosen than the one that this process reads with."""
        return load(self.config, self.home).nlp != self.configuration.nlp

    def begin_work(self) -> None:
        """At the start of a worker: from now on its model's analyses become current, and no other worker's do.

        `ModelChoiceError` where another model was chosen while this one was being loaded.
        """
        version = self.analyzer.model_version
        if self.is_model_replaced:
            raise ModelChoiceError("载入模型期间又换了模型；请重新启动本进程")
        self.ledger.models.announce(version)
