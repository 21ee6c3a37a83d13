"""The indices of a set-up: generations side by side, one of them searched, each kept by month.

NAME-v2-000003-202611   the records of November 2026 in the third generation
NAME                    the alias for reading: every month of the searched generation
NAME-write-202611       the alias for writing: the month in the searched generation, so that who writes need not know it
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from elasticsearch import BadRequestError

from indexer.errors import IndexUnavailableError, IndexUnusableError
from indexer.search.document import SCHEMA_VERSION
from indexer.search.elasticsearch.connection import Connection
from indexer.search.elasticsearch.mapping import template

_INDEX = re.compile(r"(?P<name>[a-z][a-z0-9_]*)-v(?P<version>\d+)-(?P<number>\d{6})-(?P<month>\d{6})")
# A missing alias or month is an index that holds nothing; a part that does not answer is an error, not fewer records.
LENIENT: Final[dict[str, Any]] = {"ignore_unavailable": True, "allow_no_indices": True}


class Place(NamedTuple):
    """What the name of an index says."""

    version: int
    number: int
    month: str


class Generations:
    """The generations of a set-up's index on a cluster."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self.name = name

    @property
    def alias(self) -> str:
        """What is searched."""
        return self.name

    def current(self) -> int | None:
        """The generation that is searched, `None` before any was; `IndexUnusableError` for another schema's."""
        return self._current(self._indices())

    def unfinished(self) -> int | None:
        """The generation that a rebuild was filling when it was broken off: it is later than the searched one."""
        indices = self._indices()
        searched = [self._place(index).number for index, aliases in indices.items() if self.alias in aliases]
        later = [place for place in map(self._place, indices) if place.number > max(searched, default=0)]
        return max((place.number for place in later if place.version == SCHEMA_VERSION), default=None)

    def next_number(self) -> int:
        """The number of a new generation."""
        return self._next_number(self._indices())

    def index(self, number: int, month: str) -> str:
        """The index of a month in a generation."""
        return f"{self.name}-v{SCHEMA_VERSION}-{number:06d}-{month}"

    def pattern(self, number: int) -> str:
        """All months of a generation."""
        return f"{self.name}-v{SCHEMA_VERSION}-{number:06d}-*"

    def write_alias(self, month: str) -> str:
        """Where a month's records are written, whichever generation is searched."""
        return f"{self.name}-write-{month}"

    def make(self, number: int, month: str) -> None:
        """Make the index of a month in a generation that is not searched yet, where it is missing."""
        self._make(self.index(number, month), {})

    def make_searched(self, month: str) -> None:
        """Make the index of a month in the searched generation (the first one where there is none).

        `IndexUnavailableError` where a rebuild replaces that generation in this very moment: an index of the old one
        is not to be searched beside the new one.
        """
        # All from one look: between two, another writer may have made the first generation.
        indices = self._indices()
        number = self._current(indices)
        if number is None:
            self._make(self.index(self._next_number(indices), month), self._aliases(month))
            return
        index = self.index(number, month)
        self._make(index, {})
        searched = next(one for one, aliases in sorted(indices.items()) if self.alias in aliases)
        # Taken away and given back at once, which fails where it is not there any more.
        guard = [{"remove": {"index": searched, "alias": self.alias, "must_exist": True}}]
        kept = [{"add": {"index": searched, "alias": self.alias}}]
        try:
            self._update(guard + kept + self._added(index, self._aliases(month)))
        except IndexUnusableError as error:  # so is told what is not found
            self._delete([index])
            raise IndexUnavailableError("搜索索引正在换代；请稍后再试。帖子都在台账里，随后自动补上") from error

    def switch(self, number: int) -> None:
        """Make a generation the searched one, at once for all who read and write."""
        actions: list[dict[str, Any]] = []
        for index, aliases in self._indices().items():
            place = self._place(index)
            if place.number == number:
                actions += self._added(index, self._aliases(place.month))
            else:
                actions += [{"remove": {"index": index, "alias": alias}} for alias in aliases]
        if actions:
            self._update(actions)

    def remove_before(self, number: int) -> None:
        """Delete the indices of all earlier generations."""
        self._delete(index for index in self._indices() if self._place(index).number < number)

    def months(self) -> tuple[Mapping[str, int], int]:
        """How many records the searched generation has in each month, and its size in bytes."""
        with self._connection.asking() as client:
            rows = client.cat.indices(index=f"{self.alias}*", format="json", bytes="b", h="index,docs.count,store.size")
        current = self.current()
        counts: Counter[str] = Counter()
        size = 0
        for row in rows:
            found: Mapping[str, Any] = dict(row) if isinstance(row, Mapping) else {}
            index = str(found.get("index"))
            if self._is_own(index) and self._place(index).number == current:
                counts[self._place(index).month] += int(found.get("docs.count") or 0)
                size += int(found.get("store.size") or 0)
        return dict(sorted(counts.items())), size

    def _aliases(self, month: str) -> dict[str, dict[str, Any]]:
        # With a write index a second one of the month is refused, rather than each write to the two.
        return {self.alias: {}, self.write_alias(month): {"is_write_index": True}}

    def _added(self, index: str, aliases: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{"add": {"index": index, "alias": alias, **options}} for alias, options in aliases.items()]

    def _update(self, actions: list[dict[str, Any]]) -> None:
        with self._connection.asking() as client:
            client.indices.update_aliases(actions=actions)

    def _current(self, indices: Mapping[str, set[str]]) -> int | None:
        places = [self._place(index) for index, aliases in indices.items() if self.alias in aliases]
        if any(place.version != SCHEMA_VERSION for place in places):
            raise IndexUnusableError("搜索索引由另一个版本的风评写成；请运行 fengping index rebuild（台账不受影响）")
        # More than one only for the moment in which a month is made while the generation is replaced.
        return max((place.number for place in places), default=None)

    def _next_number(self, indices: Iterable[str]) -> int:
        return max((self._place(index).number for index in indices), default=0) + 1

    def _make(self, index: str, aliases: Mapping[str, Mapping[str, Any]]) -> None:
        with self._connection.asking() as client:
            client.indices.put_index_template(name=self.name, **template([f"{self.name}-v{SCHEMA_VERSION}-*"]))
            try:
                client.indices.create(index=index, aliases=aliases)
            except BadRequestError as error:
                if error.error != "resource_already_exists_exception":
                    raise
                return
            client.cluster.health(index=index, wait_for_status="yellow", timeout="30s")

    def _delete(self, indices: Iterable[str]) -> None:
        names = list(indices)  # by name: clusters refuse to delete by pattern, for good reason
        with self._connection.asking() as client:
            for start in range(0, len(names), 50):  # a request's address has a limit
                client.indices.delete(index=names[start : start + 50], ignore_unavailable=True)

    def _indices(self) -> dict[str, set[str]]:
        """Every index of the set-up with its aliases."""
        with self._connection.asking() as client:
            answer = client.indices.get_alias(index=f"{self.name}-v*", **LENIENT)
        return dict(self._own(answer.body))

    def _own(self, answer: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
        for index, found in answer.items():
            if self._is_own(index):
                yield index, set(found["aliases"])

    def _is_own(self, index: str) -> bool:
        match = _INDEX.fullmatch(index)
        return match is not None and match["name"] == self.name

    def _place(self, index: str) -> Place:
        return place_of(index)


def place_of(index: str) -> Place:
    """The generation and month of an index."""
    match = _INDEX.fullmatch(index)
    if match is None:
        raise IndexUnusableError(f"搜索别名指向了别的索引 {index}；请把 [indexer] search_name 换成没有用过的名称")
    return Place(int(match["version"]), int(match["number"]), match["month"])
