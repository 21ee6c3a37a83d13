"""Patience: what goes by is borne, told once, and not for longer than is allowed."""

from collections.abc import Callable

import pytest

from indexer.errors import IndexUnusableError, LedgerInterruptedError
from indexer.work import Patience


def failing(error: Exception) -> Callable[[], str]:
    def run() -> str:
        raise error

    return run


def test_a_trouble_is_told_once_and_so_is_its_end() -> None:
    said: list[str] = []
    patience = Patience(said.append)
    waited = []
    for _ in range(9):
        assert patience.attempt(failing(LedgerInterruptedError("连不上"))) is None
        waited.append(patience.seconds)
    assert waited == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert patience.trouble == "连不上"
    assert patience.attempt(lambda: "done") == "done"
    assert (patience.trouble, patience.seconds) == (None, 0)
    assert said == ["连不上；会自动重试", "已恢复，继续处理"]


def test_another_trouble_is_told_too() -> None:
    said: list[str] = []
    patience = Patience(said.append)
    patience.attempt(failing(LedgerInterruptedError("连不上")))
    patience.attempt(failing(LedgerInterruptedError("磁盘已满")))
    assert said == ["连不上；会自动重试", "磁盘已满；会自动重试"]


def test_what_does_not_go_by_is_raised_at_once() -> None:
    with pytest.raises(IndexUnusableError):
        Patience(print).attempt(failing(IndexUnusableError("坏了")))


def test_patience_has_an_end() -> None:
    now = iter([0.0, 5.0, 10.0])
    patience = Patience(lambda _: None, limit=10, clock=lambda: next(now))
    assert patience.attempt(failing(LedgerInterruptedError("连不上"))) is None
    assert patience.attempt(failing(LedgerInterruptedError("连不上"))) is None
    with pytest.raises(LedgerInterruptedError):
        patience.attempt(failing(LedgerInterruptedError("连不上")))
