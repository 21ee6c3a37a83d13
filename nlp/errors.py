"""What can go wrong in nlp.

NlpError
├── RecordError    a labelled record is wrong: mend the line, the rest is kept
├── ModelError     the model's files are missing or do not fit: stop, nothing is analysed
└── TrainingError  training cannot start or made nothing: stop
"""

from pathlib import Path


class NlpError(Exception):
    """Base of all errors of this package."""


class RecordError(NlpError):
    """A line of a labelled file that is wrong; `field` is `-` where the whole line is."""

    def __init__(self, path: Path, line: int, field: str, reason: str) -> None:
        super().__init__(f"{path} 第 {line} 行，字段 {field}：{reason}")
        self.path = path
        self.line = line
        self.field = field
        self.reason = reason


class ModelError(NlpError):
    """The model's folder is missing something or was made for other heads."""


class TrainingError(NlpError):
    """Training cannot start: the message says what is missing."""
