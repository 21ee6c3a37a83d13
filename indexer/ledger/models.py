"""Analyses of several models side by side: which are the current ones, what a candidate lacks, the switch and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from indexer.ledger import audit, candidates, judged
from indexer.ledger.judged import Judged
from indexer.ledger.leasing import allow_model, keep
from indexer.ledger.part import LedgerPart
from indexer.ledger.tables import analyses, ledger_state, posts
from indexer.record import Pending, Record
from nlp.analysis import Analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCount:
    """How many analyses of a model's the ledger holds, and of how many posts they are the current one."""

    model_version: str
    analyses: int
    current: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """What a switch did: posts whose kept analysis became current, posts that had none and wait for one."""

    switched: int
    waiting: int


class Models(LedgerPart):
    """The models' side of a ledger: `ledger.models`. Every method is one transaction.

    A post's current analysis is that of the model it was last analysed by or switched to; those of other models stay
    beside it. Reviewers' decisions are not touched by any of this: they win over whichever analysis is current.
    """

    def in_use(self) -> str | None:
        """The version of the model whose analyses become current; `None` where any model's do."""
        with self._read() as connection:
            return connection.scalar(select(ledger_state.c.model_version))

    def announce(self, model_version: str) -> None:
        """Say, at the start of a worker, whose analyses become current from now on; no stored analysis changes."""
        if self.in_use() != model_version:
            with self._write() as connection:
                allow_model(connection, model_version)

    def counts(self) -> list[ModelCount]:
        """Every model that the ledger has analyses of, the one with the most current analyses first."""
        with self._read() as connection:
            held = connection.execute(select(analyses.c.model_version, func.count()).group_by(analyses.c.model_version))
            shown = select(posts.c.model_version, func.count()).group_by(posts.c.model_version)
            current = {version: count for version, count in connection.execute(shown) if version is not None}
            found = [ModelCount(model_version=v, analyses=n, current=current.get(v, 0)) for v, n in held]
        return sorted(found, key=lambda count: (-count.current, -count.analyses, count.model_version))

    # --- a candidate beside the current analyses -----------------------------------------------------------------

    def first_of_newest(self, count: int) -> int:
        """The lowest id among the `count` analysed posts that landed last; 1 where there are fewer."""
        with self._read() as connection:
            return candidates.first_of_newest(connection, count)

    def lacking(self, model_version: str, dictionary_version: str, *, first_id: int = 1) -> int:
        """How many analysed posts from `first_id` on have no analysis by this model and dictionary."""
        with self._read() as connection:
            return candidates.count_lacking(connection, model_version, dictionary_version, first_id=first_id)

    def lack(self, model_version: str, dictionary_version: str, *, first_id: int = 1, limit: int) -> list[Pending]:
        """The first of them, by id; nothing is leased, for two who analyse the same post keep it once."""
        with self._read() as connection:
            return candidates.lack(connection, model_version, dictionary_version, first_id=first_id, limit=limit)

    def keep(self, results: Sequence[tuple[Pending, Analysis]], *, now: datetime) -> None:
        """Keep analyses beside the current ones; what readers see stays as it is."""
        if results:
            with self._write(visible=False) as connection:
                keep(connection, results, now=now)

    def pairs(
        self, model_version: str, dictionary_version: str, *, after_id: int, limit: int
    ) -> list[tuple[Record, Analysis]]:
        """Records whose current analysis is another model's, with the candidate's of the same wording; by id."""
        with self._read() as connection:
            return candidates.pairs(connection, model_version, dictionary_version, after_id=after_id, limit=limit)

    # --- the switch ----------------------------------------------------------------------------------------------

    def switch(self, model_version: str, *, actor: str, at: datetime, detail: Mapping[str, object]) -> Switch:
        """Make a model's kept analyses the current ones, with an audit entry, all or nothing.

        A post without one (landed or edited meanwhile) waits for analysis. From then on only this model's analyses
        become current (`store` keeps another's in the history). The switched records are to be indexed again:
        `indexer.worker.index_changes`.
        """
        with self._write() as connection:
            allow_model(connection, model_version)
            done = Switch(
                switched=connection.execute(candidates.use(model_version)).rowcount,
                waiting=connection.execute(candidates.wait(model_version)).rowcount,
            )
            kept = {**detail, "version": model_version, "switched": done.switched, "waiting": done.waiting}
            audit.append(
                connection,
                at=at,
                actor=actor,
                action="use_model",
                subject=f"model:{model_version}",
                detail=json.dumps(kept, ensure_ascii=False, sort_keys=True),
            )
        return done

    # --- people and models ---------------------------------------------------------------------------------------

    def judged(self, *, after_id: int = 0, limit: int = 1000, latest: bool = False) -> list[Judged]:
        """What reviewers judged, by decision: ask again with the last `decision_id` until the list is empty.

        Each post once a model, with the last decision made on that model's labels; once in all with `latest`.
        """
        with self._read() as connection:
            return judged.judged(connection, after_id=after_id, limit=limit, latest=latest)

    def last_decision(self) -> int:
        """The number of the last decision, which changes with every one; 0 before the first."""
        with self._read() as connection:
            return judged.last_decision(connection)
