"""What can go wrong in the user interface.

UiError
├── ConfigurationError  fengping.toml or a FENGPING_ variable is wrong: nothing starts (exit 2)
├── NotSetUpError       a part that a command needs is not there yet: the message says which command makes it (exit 1)
├── ModelFolderError    a model's folder is missing, broken or has a name that is taken (exit 1)
├── ModelChoiceError    the model can't be switched, for the configuration names one, or there is no previous (exit 1)
├── BackupError         nothing was backed up or restored, see the message; what was there is untouched (exit 1)
│   └── BackupDamagedError  a file of the back-up is missing or was changed: take another back-up
└── StageFailedError    a stage of `fengping run` or `fengping demo` failed: the others' work is kept (exit 1)

Every message is a Chinese sentence for the person at the terminal and says what to do next.
"""

from collections.abc import Sequence
from pathlib import Path


class UiError(Exception):
    """Base of all errors of this package."""


class ConfigurationError(UiError):
    """The configuration has unknown keys or wrong values; `problems` has one line for each."""

    def __init__(self, origin: Path | None, problems: Sequence[str]) -> None:
        place = str(origin) if origin else "环境变量"
        super().__init__("\n".join([f"配置有误（{place}），请改正后重试：", *(f"  · {line}" for line in problems)]))
        self.problems = tuple(problems)


class NotSetUpError(UiError):
    """A part of the set-up is missing."""


class ModelFolderError(UiError):
    """A model is not there, can't be read, or can't be added under this name."""


class ModelChoiceError(UiError):
    """The model can't be switched."""


class BackupError(UiError):
    """A back-up can't be made or restored; nothing of it is left behind."""


class BackupDamagedError(BackupError):
    """A file of a back-up is not what its listing says."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"备份已损坏或被改动：{name} {reason}；没有恢复任何文件，请换一份备份")
        self.name = name


class StageFailedError(UiError):
    """One stage stopped before its end."""

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(f"“{stage}”这一步没有完成：{reason}")
        self.stage = stage
